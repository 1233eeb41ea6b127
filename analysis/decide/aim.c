/* Reads aims, and asks worlds whether they are met. */
#include "analysis/decide/aim.h"
#include "analysis/base/memory.h"
#include "analysis/results/question.h"
#include "sim/date.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool read_share(const char *text, double *share) {
    char *end = NULL;
    double percent = strtod(text, &end);
    end += strspn(end, " ");
    *share = percent / 100;
    return end != text && strcmp(end, "%") == 0 && percent > 0 && percent < 100;
}

const char *hw_aim_read_event(hw_aim *aim, const char *text) {
    static const char open[] = "p(", by[] = " by ";
    const char *close = strrchr(text, ')'), *middle = NULL;
    for (const char *next = strstr(text, by); next != NULL && next < close; next = strstr(next + 1, by)) {
        middle = next; /* the last one: a name may have "by" in it */
    }
    *aim = (hw_aim){0};
    if (strncmp(text, open, strlen(open)) != 0 || close == NULL || middle == NULL) {
        return NULL;
    }
    const char *date = middle + strlen(by), *name = text + strlen(open);
    char *day = hw_take_text("%.*s", (int)(close - date), date);
    bool good = hw_date_parse(day, &aim->by);
    free(day);
    aim->name = good ? hw_take_text("%.*s", (int)(middle - name), name) : NULL;
    return good ? close + 1 + strspn(close + 1, " ") : NULL;
}

hw_status hw_aim_read(hw_aim *aim, const char *text, hw_errors *errors) {
    static const char least[] = ">=";
    const char *rest = hw_aim_read_event(aim, text);
    if (rest == NULL || strncmp(rest, least, strlen(least)) != 0 ||
        !read_share(rest + strlen(least), &aim->share)) {
        hw_errors_say(
            errors,
            "an aim is 'p(PLACE by YYYY-MM-DD) >= N %%', such as 'p(Agdam city by 2028-12-31) >= 80 %%', not "
            "'%s'",
            text);
        return HW_ERROR_INPUT;
    }
    return HW_OK;
}

hw_status hw_aim_look(hw_aim *aim, const hw_outcomes *outcomes, hw_errors *errors) {
    uint32_t place, district, before = errors->count;
    (void)hw_question_check_dates(outcomes, &aim->by, 1, errors);
    if (hw_question_place(outcomes, aim->name, &place, &district, errors) == HW_OK) {
        aim->of_district = place == UINT32_MAX;
        aim->position = aim->of_district ? district : place;
    }
    return errors->count > before ? HW_ERROR_INPUT : HW_OK;
}

bool hw_aim_met(const hw_aim *aim, const hw_outcomes *outcomes, bool *met, hw_errors *errors) {
    hw_aim here = *aim; /* a place may stand elsewhere in another scenario */
    if (hw_aim_look(&here, outcomes, errors) != HW_OK) {
        return false;
    }
    const char *name = here.of_district ? "district_completion_day" : "place_release_day";
    const hw_variable *variable = hw_record_find(outcomes->layout, name);
    double *days = outcomes->read(outcomes->source, name, errors);
    for (uint64_t r = 0; days != NULL && r < outcomes->count; r++) {
        assert(here.position < variable->count);
        double day = days[r * variable->count + here.position];
        met[r] = !isnan(day) && floor(day) <= (double)(here.by - outcomes->start);
    }
    free(days);
    return days != NULL;
}

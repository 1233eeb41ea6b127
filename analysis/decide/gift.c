/* Finds the streams of a gift and what they are tied to. */
#include "analysis/decide/gift.h"
#include "analysis/base/memory.h"
#include "analysis/results/differences.h"
#include "models/scenario.h"
#include "sim/date.h"
#include "sim/length.h"
#include <stdlib.h>
#include <string.h>

/* ---- Strings ---- */

/* A string of a stream: the key that ties it, what unties it, and another key that goes with it. Time is
 * loosened, not taken away: planners would spread money without an end over all years to come. */
typedef struct knot {
    const char *name, *key, *instead; /* instead: NULL: the key is left out */
    const char *also, *also_instead;  /* or NULL */
    const char *partly;               /* its name where only some of the streams can be untied */
    bool time;                        /* twice as long in place of `instead` */
    bool (*tied)(const hw_stream_terms *terms);
} knot;

static bool to_districts(const hw_stream_terms *terms) {
    return terms->only_districts.count > 0;
}

static bool to_place(const hw_stream_terms *terms) {
    return terms->only_place != HW_NO_REFERENCE;
}

static bool to_operators(const hw_stream_terms *terms) {
    return terms->only_operators.count > 0;
}

static bool to_method(const hw_stream_terms *terms) {
    return terms->only_method != 0;
}

static bool by_condition(const hw_stream_terms *terms) {
    return terms->condition != 0;
}

static bool is_pledge(const hw_stream_terms *terms) {
    return terms->amount != UINT32_MAX;
}

static bool in_tranches(const hw_stream_terms *terms) {
    return is_pledge(terms) && terms->tranches > 1;
}

static const knot knots[] = {
    {.name = "without the earmark for districts", .key = "only_districts", .tied = to_districts},
    {.name = "without the earmark for a place", .key = "only_place", .tied = to_place},
    {.name = "without the earmark for operators", .key = "only_operators", .tied = to_operators},
    {.name = "without the earmark for a method", .key = "only_method", .tied = to_method},
    {.name = "without its condition", .key = "condition", .tied = by_condition},
    {"paid at once", "tranches", "1", "first_share", "100 %", NULL, false, in_tranches},
    {.name = "valid twice as long",
     .key = "valid_for",
     .partly = "valid twice as long, where that time is certain",
     .tied = is_pledge,
     .time = true},
};
static const char all_untied[] = "without all these strings";

static void set(hw_untied *untied, const char *stream, const char *key, char *yaml) {
    untied->settings = hw_take_again(untied->settings, untied->count + 1, sizeof *untied->settings);
    untied->settings[untied->count++] =
        (hw_setting){.path = hw_take_text("streams.\"%s\".%s", stream, key), .yaml = yaml};
}

static char *copy(const char *text) {
    return text != NULL ? hw_take_text("%s", text) : NULL;
}

/* False where nothing can be untied: a time that is uncertain, or as long as any may be, has no double. */
static bool untie(hw_untied *untied, const knot *one, const char *stream, const hw_value *valid_for) {
    if (one->time &&
        (valid_for->distribution.kind != HW_FIXED || 2 * valid_for->distribution.a > valid_for->key->high)) {
        return false;
    }
    set(untied, stream, one->key,
        one->time ? hw_take_text("%.10g days", 2 * valid_for->distribution.a) : copy(one->instead));
    if (one->also != NULL) {
        set(untied, stream, one->also, copy(one->also_instead));
    }
    return true;
}

static const hw_stream_terms *terms_of(const hw_scenario *scenario, const char *stream) {
    for (uint32_t i = 0; i < scenario->streams.count; i++) {
        if (strcmp(scenario->streams.names[i], stream) == 0) {
            return HW_ITEM(scenario->streams, hw_stream_terms, i);
        }
    }
    return NULL;
}

static void free_untied(hw_untied *untied) {
    for (uint32_t i = 0; i < untied->count; i++) {
        free((char *)untied->settings[i].path);
        free((char *)untied->settings[i].yaml);
    }
    free(untied->settings);
}

/* Each knot that some stream of the gift has; where strings are several, the gift without all of them too. */
static void find_knots(hw_gift *gift, const hw_loaded *with) {
    const hw_value *values = hw_binding_values(with->binding)->items;
    gift->untied = hw_take(HW_LENGTH(knots) + 1, sizeof *gift->untied);
    hw_untied all = {.name = all_untied};
    uint32_t strings = 0;
    for (size_t k = 0; k < HW_LENGTH(knots); k++) {
        hw_untied one = {.name = knots[k].name};
        uint32_t tied = 0, loosened = 0;
        for (uint32_t s = 0; s < gift->stream_count; s++) {
            const hw_stream_terms *terms = terms_of(with->scenario, gift->streams[s]);
            const hw_value *valid_for = is_pledge(terms) ? &values[terms->valid_for] : NULL;
            if (!knots[k].tied(terms)) {
                continue;
            }
            tied++;
            bool loose = untie(&one, &knots[k], gift->streams[s], valid_for);
            loosened += loose;
            if (loose && !knots[k].time) {
                (void)untie(&all, &knots[k], gift->streams[s], valid_for);
            }
        }
        one.name = loosened < tied && knots[k].partly != NULL ? knots[k].partly : one.name;
        if (one.count > 0) {
            gift->untied[gift->untied_count++] = one;
            strings += !knots[k].time;
        }
    }
    if (strings > 1) {
        gift->untied[gift->untied_count++] = all;
    } else {
        free_untied(&all);
    }
}

static int64_t begins(const hw_stream_terms *terms, int64_t start) {
    int64_t day = is_pledge(terms)          ? terms->pledged
                  : terms->yearly.count > 0 ? terms->yearly.items[0].day
                                            : start;
    return day == INT64_MAX || day < start ? start : day; /* of a pledge without a day it is the start */
}

static bool is_zero(const hw_value *value) {
    return value->distribution.kind == HW_FIXED && value->distribution.a <= 0;
}

static bool is_nothing(const hw_stream_terms *terms, const hw_value *values) {
    bool nothing = !is_pledge(terms) || is_zero(&values[terms->amount]);
    for (uint32_t i = 0; i < terms->yearly.count; i++) {
        nothing = nothing && is_zero(&values[terms->yearly.items[i].value]);
    }
    return nothing;
}

/* What a stream of the gift has to be. */
static void check_stream(const hw_gift *gift, const hw_loaded *with, const char *name, hw_errors *errors) {
    const hw_stream_terms *terms = terms_of(with->scenario, name);
    if (is_nothing(terms, hw_binding_values(with->binding)->items)) {
        hw_errors_say(errors, "'%s' gives nothing: its amount is zero", name);
    }
    int32_t start = hw_date_from_days(with->start).year;
    if (gift->file == NULL && hw_date_from_days(terms->pledged).year < start) {
        hw_errors_say(errors, "--years begins before the scenario does: expected %d or later", start);
    }
}

static bool is_gift_path(const hw_gift *gift, const hw_difference *one) {
    static const char streams[] = "streams", currencies[] = "currencies";
    bool added = one->base == NULL;
    bool of_gift =
        added && (strcmp(one->path, streams) == 0 || strncmp(one->path, currencies, strlen(currencies)) == 0);
    for (uint32_t s = 0; s < gift->stream_count && !of_gift; s++) {
        of_gift = added && strncmp(one->path, streams, strlen(streams)) == 0 &&
                  strcmp(one->path + strlen(streams) + 1, gift->streams[s]) == 0;
    }
    return of_gift;
}

/* What else the file changes would be booked to the gift. */
static void check_differences(const hw_gift *gift, const hw_loaded *base, const hw_loaded *with,
                              hw_errors *errors) {
    hw_differences differences;
    hw_differences_find(&differences, hw_binding_rows(base->binding), hw_binding_rows(with->binding));
    for (uint32_t i = 0; i < differences.count; i++) {
        if (!is_gift_path(gift, &differences.items[i])) {
            hw_errors_say(errors,
                          "%s changes '%s', which is no money of the gift: its effect would be booked to the "
                          "gift. Say it in the base too, or use homeward compare",
                          gift->file, differences.items[i].path);
        }
    }
    hw_differences_free(&differences);
}

static uint32_t paid_by(const hw_stream_terms *terms) {
    return terms->pays == HW_PAYS_RECONSTRUCTION ? HW_GIFT_PAYS_BUILDING : HW_GIFT_PAYS_WORK;
}

static void find_others(hw_gift *gift, const hw_scenario *base) {
    gift->others = hw_take(base->streams.count, sizeof *gift->others);
    for (uint32_t i = 0; i < base->streams.count; i++) {
        if ((paid_by(HW_ITEM(base->streams, hw_stream_terms, i)) & gift->pays) != 0) {
            gift->others[gift->other_count++] = hw_take_text("%s", base->streams.names[i]);
        }
    }
}

static hw_status find_streams(hw_gift *gift, const hw_loaded *base, const hw_loaded *with, const char *path,
                              hw_errors *errors) {
    const hw_scenario *before = base->scenario, *after = with->scenario;
    gift->streams = hw_take(after->streams.count, sizeof *gift->streams);
    gift->from = INT64_MAX;
    for (uint32_t i = 0; i < after->streams.count; i++) {
        if (terms_of(before, after->streams.names[i]) == NULL) {
            int64_t from = begins(HW_ITEM(after->streams, hw_stream_terms, i), with->start);
            gift->from = from < gift->from ? from : gift->from;
            gift->pays |= paid_by(HW_ITEM(after->streams, hw_stream_terms, i));
            gift->streams[gift->stream_count++] = hw_take_text("%s", after->streams.names[i]);
            check_stream(gift, with, after->streams.names[i], errors);
        }
    }
    if (gift->stream_count == 0) {
        hw_errors_say(
            errors,
            "%s gives nothing: it has no stream of money that %s lacks. A stream under a new name is "
            "a gift; two scenarios are compared by homeward compare",
            gift->file != NULL ? gift->file : "the command line", path);
        return HW_ERROR_INPUT;
    }
    if (gift->file != NULL) {
        check_differences(gift, base, with, errors);
    }
    if (errors->count > 0) {
        return HW_ERROR_INPUT;
    }
    find_others(gift, before);
    find_knots(gift, with);
    return HW_OK;
}

static hw_study_source source_of(const hw_gift *gift, const char *base) {
    return gift->file != NULL
               ? (hw_study_source){.path = gift->file, .over = base}
               : (hw_study_source){.path = base, .settings = &gift->in_words, .setting_count = 1};
}

hw_status hw_gift_look(hw_gift *gift, const char *base, const hw_study_wish *wish, hw_errors *errors) {
    hw_loaded without = {0}, with = {0};
    const hw_study_source plain = {.path = base}, given = source_of(gift, base);
    hw_status status = hw_study_load(&without, &plain, wish, errors);
    if (status == HW_OK) {
        status = hw_study_load(&with, &given, wish, errors);
    }
    if (status == HW_OK) {
        status = find_streams(gift, &without, &with, base, errors);
    }
    hw_load_free(&without);
    hw_load_free(&with);
    return status;
}

/* ---- Sources ---- */

hw_study_source *hw_gift_sources(const hw_gift *gift, const char *base) {
    hw_study_source *sources = hw_take(2 + gift->untied_count, sizeof *sources);
    const hw_study_source given = source_of(gift, base);
    sources[0] = (hw_study_source){.path = base};
    sources[1] = given;
    sources[1].name = "the gift";
    for (uint32_t u = 0; u < gift->untied_count; u++) {
        const hw_untied *one = &gift->untied[u];
        hw_setting *settings = hw_take(given.setting_count + one->count, sizeof *settings);
        for (uint32_t i = 0; i < given.setting_count; i++) {
            settings[i] = given.settings[i];
        }
        for (uint32_t i = 0; i < one->count; i++) {
            settings[given.setting_count + i] = one->settings[i];
        }
        sources[2 + u] = given;
        sources[2 + u].name = one->name;
        sources[2 + u].settings = settings;
        sources[2 + u].setting_count = given.setting_count + one->count;
    }
    return sources;
}

void hw_gift_sources_free(const hw_gift *gift, hw_study_source *sources) {
    for (uint32_t u = 0; sources != NULL && u < gift->untied_count; u++) {
        free((hw_setting *)sources[2 + u].settings);
    }
    free(sources);
}

void hw_gift_free(hw_gift *gift) {
    for (uint32_t u = 0; u < gift->untied_count; u++) {
        free_untied(&gift->untied[u]);
    }
    for (uint32_t s = 0; s < gift->stream_count; s++) {
        free((char *)gift->streams[s]);
    }
    for (uint32_t s = 0; s < gift->other_count; s++) {
        free((char *)gift->others[s]);
    }
    free(gift->others);
    free((char *)gift->in_words.path);
    free((char *)gift->in_words.yaml);
    free(gift->streams);
    free(gift->untied);
    *gift = (hw_gift){0};
}

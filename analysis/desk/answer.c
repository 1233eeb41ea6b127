/* Makes answers of worlds that are there. */
#include "analysis/desk/answer.h"
#include "analysis/base/json.h"
#include "analysis/base/memory.h"
#include "analysis/desk/question.h"
#include "analysis/page/page.h"
#include "analysis/results/gathered.h"
#include <stdlib.h>
#include <string.h>

static char *text_of(json_t *value) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    hw_json_write_in_page(out, value);
    hw_end_stream(out);
    json_decref(value);
    return text;
}

static json_t *list_errors(const hw_errors *errors) {
    json_t *list = hw_json_array();
    for (uint32_t i = 0; i < errors->kept; i++) {
        const hw_error *error = &errors->items[i];
        bool own = error->where.file != NULL && strcmp(error->where.file, hw_desk_question_file) == 0;
        json_t *one = hw_json_object();
        hw_json_put(one, "line", own ? hw_json_count(error->where.line) : json_null());
        hw_json_put(one, "column", own ? hw_json_count(error->where.column) : json_null());
        hw_json_put(one, "message", hw_json_text(error->message));
        hw_json_append(list, one);
    }
    return list;
}

char *hw_desk_errors(const hw_errors *errors) {
    json_t *told = hw_json_object();
    hw_json_put(told, "errors", list_errors(errors));
    return text_of(told);
}

char *hw_desk_wrong(const hw_errors *errors) {
    json_t *told = hw_json_object();
    hw_json_put(told, "state", hw_json_text("wrong"));
    hw_json_put(told, "errors", list_errors(errors));
    return text_of(told);
}

char *hw_desk_running(uint64_t done, uint64_t of, const char *left, const char *step) {
    json_t *told = hw_json_object();
    hw_json_put(told, "state", hw_json_text("running"));
    hw_json_put(told, "done", hw_json_count(done));
    hw_json_put(told, "of", hw_json_count(of));
    hw_json_put(told, "left", hw_json_text(left));
    hw_json_put(told, "step", hw_json_text(step));
    return text_of(told);
}

char *hw_desk_decided(const char *path, hw_errors *errors) {
    hw_page_answer answer;
    char *text = NULL;
    if (hw_page_answer_read(&answer, path, errors) == HW_OK) {
        json_t *told = hw_json_object();
        answer.file = "none: asked at the desk";
        hw_json_put(told, "state", hw_json_text("done"));
        hw_page_put_answers(told, &(hw_page_wish){.answers = &answer, .answer_count = 1});
        text = text_of(told);
    }
    hw_page_answer_free(&answer);
    return text;
}

static hw_gathered gather(const hw_worlds_kept *worlds, uint64_t count) {
    return (hw_gathered){.loaded = worlds->loaded,
                         .seed = worlds->seed,
                         .asked = count,
                         .records = worlds->records,
                         .failed = (const char *const *)worlds->failed};
}

/* What is odd about the question and not about its base. */
static json_t *warnings_of(const hw_loaded *loaded, const hw_loaded *base) {
    json_t *list = hw_json_array();
    for (uint32_t i = 0; i < loaded->warnings.kept; i++) {
        if (loaded != base && !hw_errors_hold(&base->warnings, &loaded->warnings.items[i])) {
            hw_json_append(list, hw_json_text(loaded->warnings.items[i].message));
        }
    }
    return list;
}

/* NULL when it is not that of these worlds. Only a whole one is kept. */
static json_t *base_part(hw_desk_base_part *part, const hw_page_result *base, uint64_t count,
                         hw_status *status, hw_errors *errors) {
    if (part->worlds == 0) {
        part->data = hw_page_result_data(base, status, errors);
        part->worlds = count;
    }
    if (*status != HW_OK) {
        hw_desk_base_part_free(part);
    }
    return part->worlds == count ? part->data : NULL;
}

void hw_desk_base_part_free(hw_desk_base_part *part) {
    json_decref(part->data);
    *part = (hw_desk_base_part){0};
}

char *hw_desk_answer(const hw_worlds_kept *base, hw_desk_base_part *part, const hw_worlds_kept *asked,
                     uint64_t count) {
    const hw_worlds_kept *both[2] = {base, asked};
    hw_gathered gathered[2];
    hw_outcomes outcomes[2];
    hw_page_result results[2];
    static const char *const names[2] = {"base", "question"};
    uint32_t shown = asked != NULL ? 2 : 1, opened = 0;
    hw_errors errors = {0};
    hw_status status = HW_OK;
    for (; opened < shown && status == HW_OK; opened++) {
        gathered[opened] = gather(both[opened], count);
        status = hw_gathered_open(&outcomes[opened], &gathered[opened], &errors);
        results[opened] =
            (hw_page_result){.file = names[opened], .name = names[opened], .outcomes = &outcomes[opened]};
    }
    json_t *data = NULL;
    if (status == HW_OK) {
        results[0].data = base_part(part, &results[0], count, &status, &errors);
    }
    if (status == HW_OK) {
        const hw_page_wish wish = {
            .results = results, .result_count = shown, .language = "en", .without_scenarios = true};
        data = hw_page_data(&wish, &status, &errors);
    }
    char *text;
    if (status == HW_OK) {
        hw_json_put(data, "worlds", hw_json_count(count));
        hw_json_put(data, "of", hw_json_count(base->most));
        hw_json_put(data, "warnings", warnings_of(both[shown - 1]->loaded, base->loaded));
        text = text_of(data);
    } else {
        json_decref(data);
        text = hw_desk_errors(&errors);
    }
    for (uint32_t i = 0; i < opened; i++) {
        hw_gathered_close(&outcomes[i], &gathered[i]);
    }
    hw_errors_free(&errors);
    return text;
}

/* Answers to questions of what to do, as parts of the page: their tables, and by which command they are made
 * again. */
#include "analysis/base/memory.h"
#include "analysis/decide/answer.h"
#include "analysis/page/parts.h"
#include "sim/length.h"
#include <stdlib.h>
#include <string.h>

static const char *const facts[] = {"question", "command", "version", "seed", "digest"};
static_assert(HW_LENGTH(facts) == HW_PAGE_ANSWER_FACTS, "a fact more or less");

hw_status hw_page_answer_read(hw_page_answer *answer, const char *path, hw_errors *errors) {
    const char *slash = strrchr(path, '/');
    *answer = (hw_page_answer){.file = slash != NULL ? slash + 1 : path};
    hw_status status = hw_book_file_read(path, &answer->tables, &hw_answer_kind, errors);
    for (size_t i = 0; i < HW_LENGTH(facts) && status == HW_OK; i++) {
        status = hw_book_file_read_fact(path, facts[i], &answer->facts[i], &hw_answer_kind, errors);
    }
    if (status == HW_OK && hw_book_find(&answer->tables, "findings") == NULL) {
        hw_errors_say(errors, "%s has no table 'findings': nothing could be said of it", path);
        status = HW_ERROR_INPUT;
    }
    return status;
}

void hw_page_answer_free(hw_page_answer *answer) {
    hw_book_free(&answer->tables);
    for (size_t i = 0; i < HW_LENGTH(facts); i++) {
        free(answer->facts[i]);
    }
}

void hw_page_put_answers(json_t *page, const hw_page_wish *wish) {
    if (wish->answer_count == 0) {
        return;
    }
    json_t *answers = hw_json_array();
    for (uint32_t a = 0; a < wish->answer_count; a++) {
        const hw_page_answer *answer = &wish->answers[a];
        json_t *told = hw_json_object(), *tables = hw_json_object();
        hw_json_put(told, "file", hw_json_text(answer->file));
        for (size_t i = 0; i < HW_LENGTH(facts); i++) {
            hw_json_put(told, facts[i], hw_json_text(answer->facts[i]));
        }
        for (uint32_t i = 0; i < answer->tables.count; i++) {
            hw_page_put_sheet(tables, &answer->tables.sheets[i]);
        }
        hw_json_put(told, "tables", tables);
        hw_json_append(answers, told);
    }
    hw_json_put(page, "answers", answers);
}

/* A page to look at: one HTML file that needs nothing else and asks nobody. Its look and its script come from
 * analysis/page and are built into the program; the numbers of the results are put in here. Every number is
 * computed here: the page only shows. */
#ifndef HW_ANALYSIS_PAGE_H
#define HW_ANALYSIS_PAGE_H

#include "analysis/base/json.h"
#include "analysis/results/outcomes.h"
#include "analysis/tables/sheet.h"
#include "sim/run/output_file.h"
#include "sim/run/sweep_results.h"

typedef struct hw_page_result {
    const char *file; /* as the reader knows it */
    const char *name; /* short, different from all others' */
    const hw_outcomes *outcomes;
    json_t *data; /* what hw_page_result_data() made of it before; NULL: it is made now */
} hw_page_result;

/* Its numbers as hw_page_data() has them; the caller's. Statuses are those of hw_page_data(). */
json_t *hw_page_result_data(const hw_page_result *result, hw_status *status, hw_errors *errors);

/* A sweep of the scenario: it shows which inputs matter. */
typedef struct hw_page_sweep {
    const char *file; /* as the reader knows it */
    const hw_sweep_results *results;
    const char *outcome; /* an output, or "output: element"; NULL: all */
} hw_page_sweep;

/* How good earlier forecasts were: the tables of homeward hindcast. */
typedef struct hw_page_scores {
    const char *file; /* as the reader knows it */
    hw_book tables;
} hw_page_scores;

/* Reads a file of scores. Statuses are those of hw_book_file_read; and HW_ERROR_INPUT when it lacks a table
 * that the page shows. Free the tables after failure too. */
hw_status hw_page_scores_read(hw_page_scores *scores, const char *path, hw_errors *errors);

/* The answer to a question of what to do: the tables of homeward pledge, target, rank ... */
enum { HW_PAGE_ANSWER_FACTS = 5 };
typedef struct hw_page_answer {
    const char *file; /* as the reader knows it */
    hw_book tables;
    char *facts[HW_PAGE_ANSWER_FACTS]; /* question, command, version, seed, digest */
} hw_page_answer;

/* Reads a file of --output. Statuses are those of hw_book_file_read; and HW_ERROR_INPUT when it says nothing.
 * Free after failure too. */
hw_status hw_page_answer_read(hw_page_answer *answer, const char *path, hw_errors *errors);
void hw_page_answer_free(hw_page_answer *answer);

struct hw_contender;

typedef struct hw_page_wish {
    const hw_page_result *results; /* the first is shown first */
    uint32_t result_count;         /* of several the first is the base that the others are compared with */
    const struct hw_contender *contenders; /* the same with a noise floor or copies; NULL: just the results */
    uint32_t contender_count;
    const int64_t *by;    /* the date asked about at first (days since 1970-01-01); NULL: the page's choice */
    const char *language; /* in which it opens */
    const char *place;    /* the place or district that is shown first, as in homeward compare; or NULL */
    json_t *map;          /* outlines of its own (outlines.h), or NULL */
    const hw_page_sweep *sweep;   /* or NULL */
    const hw_page_scores *scores; /* or NULL */
    const hw_page_answer *answers;
    uint32_t answer_count;
    bool without_scenarios; /* the page cannot save them */
} hw_page_wish;

/* Whether the program was built with the page (HW_PAGE). */
bool hw_page_is_built(void);

/* For a check before the page is made. */
extern const hw_output_format hw_page_format;

/* Writes the page, whole or not at all. HW_ERROR_INPUT where something lies that must not be replaced, for a
 * language that the page does not speak, for a date outside of the first result's span, or for a sweep with
 * another model, with other places, districts or dates than the results, without the outcome asked for, or
 * with more influences than a page can show; HW_ERROR_IO when the program has no page, the results hold no
 * places or months, or a file cannot be read or written; HW_ERROR_LAW when not one replication of a result is
 * good. */
hw_status hw_page_write(const char *path, const hw_page_wish *wish, const hw_output_rules *rules,
                        hw_errors *errors);

/* A page that was written before, whole; free with free(). HW_ERROR_INPUT where it is none, HW_ERROR_IO where
 * it cannot be read: then it is NULL. */
hw_status hw_page_read(const char *path, char **page, size_t *size, hw_errors *errors);

/* "results/great-return.html" for "results/great-return.h5"; free with free(). */
char *hw_page_path(const char *results);

/* The numbers alone; free with json_decref whatever the status: {"format": 1, "by", "language", "results":
 * [{"file", "title", …, "places", "districts", "months", "counts", "shares", "series", "tables",
 * "scenario"}], "comparison", "sweep", "scores", "answers"}. "scenario" is packed (analysis/base/packed.h).
 * Statuses as above. */
json_t *hw_page_data(const hw_page_wish *wish, hw_status *status, hw_errors *errors);

/* Puts "scores": {"file", "tables": {…}} when there are some. */
void hw_page_put_scores(json_t *page, const hw_page_wish *wish);

/* Puts "answers": [{"file", "question", "command", "version", "seed", "digest", "tables": {…}}] when there
 * are some. */
void hw_page_put_answers(json_t *page, const hw_page_wish *wish);

#endif

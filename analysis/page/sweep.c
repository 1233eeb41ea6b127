/* What the result hangs on: the influences that a sweep found, as `homeward sensitivity` has them, and which
 * scenario the sweep varied. */
#include "analysis/base/memory.h"
#include "analysis/page/parts.h"
#include "analysis/results/differences.h"
#include "analysis/results/value_tree.h"
#include "analysis/sensitivity/sensitivity.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Each row takes some 300 bytes in the page. */
enum { INFLUENCES_MOST = 3000, DIFFERENCES_TOLD = 12 };

/* ---- Which scenario was varied ---- */

static bool begins(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

/* Whether scenarios that differ so ask different questions: other places, districts or dates. */
static bool makes_a_stranger(const hw_difference *one) {
    if (strcmp(one->path, "start") == 0 || strcmp(one->path, "horizon") == 0) {
        return true;
    }
    bool missing = one->base == NULL || one->variant == NULL;
    const char *present = one->base != NULL ? one->base : one->variant;
    return missing && strcmp(present, "...") == 0 &&
           (begins(one->path, "places.") || begins(one->path, "districts."));
}

/* The name that the scenario gives itself; free with free(). */
static char *title_of(const char *rows) {
    hw_value_tree values;
    hw_value_tree_read(&values, rows);
    const char *name = hw_value_tree_text(&values, "name");
    char *title = hw_take_text("%s", name != NULL ? name : "");
    hw_value_tree_free(&values);
    return title;
}

/* The result whose scenario it is, without differences; if no scenario is the same, the first result, with
 * the differences from it. */
typedef struct kinship {
    uint32_t result;
    hw_differences differences;
} kinship;

static kinship find_kin(const hw_page_wish *wish, const char *rows) {
    kinship kin = {0};
    for (uint32_t i = 0; i < wish->result_count; i++) {
        const char *shown = wish->results[i].outcomes->rows;
        hw_differences found;
        hw_differences_find(&found, shown != NULL ? shown : "", rows);
        if (i > 0 && found.count > 0) {
            hw_differences_free(&found);
            continue;
        }
        hw_differences_free(&kin.differences);
        kin = (kinship){.result = i, .differences = found};
        if (found.count == 0) {
            break;
        }
    }
    return kin;
}

static hw_status refuse_stranger(const kinship *kin, const hw_page_wish *wish, const char *title,
                                 hw_errors *errors) {
    for (uint32_t i = 0; i < kin->differences.count; i++) {
        const hw_difference *one = &kin->differences.items[i];
        if (makes_a_stranger(one)) {
            hw_errors_say(errors,
                          "%s varied the scenario '%s', which asks another question than '%s' (%s differs): "
                          "what moves the one says nothing of the other; run a sweep of this scenario",
                          wish->sweep->file, title, wish->results[kin->result].outcomes->title, one->path);
            return HW_ERROR_INPUT;
        }
    }
    return HW_OK;
}

static json_t *kinship_of(const kinship *kin, const char *label, const char *title) {
    json_t *facts = hw_json_object(), *differing = hw_json_array();
    for (uint32_t i = 0; i < kin->differences.count && i < DIFFERENCES_TOLD; i++) {
        const hw_difference *one = &kin->differences.items[i];
        json_t *row = hw_json_array();
        hw_json_append(row, hw_json_text(one->path));
        hw_json_append(row, hw_json_text(one->base));
        hw_json_append(row, hw_json_text(one->variant));
        hw_json_append(differing, row);
    }
    hw_json_put(facts, "label", hw_json_text(label));
    hw_json_put(facts, "title", hw_json_text(title));
    hw_json_put(facts, "result", hw_json_count(kin->result));
    hw_json_put(facts, "differ", hw_json_count(kin->differences.count));
    hw_json_put(facts, "differing", differing);
    return facts;
}

static hw_status add_scenario(json_t *scenarios, const hw_page_wish *wish, const char *label,
                              const char *rows, hw_errors *errors) {
    kinship kin = find_kin(wish, rows);
    char *title = title_of(rows);
    hw_status status = refuse_stranger(&kin, wish, title, errors);
    if (status == HW_OK) {
        hw_json_append(scenarios, kinship_of(&kin, label, title));
    }
    free(title);
    hw_differences_free(&kin.differences);
    return status;
}

/* The values of each scenario of the sweep, of files of older formats too; NULL with an error. */
static char **rows_of(const hw_sweep_results *results, uint64_t *count, hw_errors *errors) {
    char **rows = hw_sweep_results_rows(results, count);
    if (rows != NULL) {
        return rows;
    }
    rows = hw_sweep_results_scenarios(results, count);
    bool good = rows != NULL;
    for (uint64_t i = 0; good && i < *count; i++) {
        char *text = rows[i];
        rows[i] = hw_value_rows_of_scenario(text, errors);
        good = rows[i] != NULL;
        free(text);
    }
    if (!good) {
        hw_sweep_results_free_texts(rows, *count);
    }
    return good ? rows : NULL;
}

static hw_status put_scenarios(json_t *sweep, const hw_page_wish *wish, hw_errors *errors) {
    uint64_t count = 0;
    uint64_t label_count = 0;
    char **rows = rows_of(wish->sweep->results, &count, errors);
    char **labels = hw_sweep_results_axis(wish->sweep->results, "case", &label_count);
    hw_status status = rows != NULL && labels != NULL && count == label_count ? HW_OK : HW_ERROR_IO;
    if (status != HW_OK) {
        hw_errors_say(errors, "%s is damaged: it does not say which scenarios it varied", wish->sweep->file);
    }
    json_t *scenarios = hw_json_array();
    for (uint64_t i = 0; status == HW_OK && i < count; i++) {
        status = add_scenario(scenarios, wish, labels[i], rows[i], errors);
    }
    hw_json_put(sweep, "scenarios", scenarios);
    hw_sweep_results_free_texts(rows, count);
    hw_sweep_results_free_texts(labels, label_count);
    return status;
}

/* ---- What was asked, and what was found ---- */

static void put_about(json_t *page, const hw_page_sweep *sweep) {
    const hw_sweep_about *about = hw_sweep_results_about(sweep->results);
    uint64_t failed = 0;
    const uint64_t *points = NULL;
    (void)hw_sweep_results_failures(sweep->results, &failed, &points);
    hw_json_put(page, "file", hw_json_text(sweep->file));
    hw_json_put(page, "title", hw_json_text(about->title));
    hw_json_put(page, "question", hw_json_text(about->question));
    hw_json_put(page, "design", hw_json_text(about->design));
    hw_json_put(page, "model", hw_json_text(about->model));
    hw_json_put(page, "version", hw_json_text(about->version));
    hw_json_put(page, "digest", hw_json_text(about->digest));
    hw_json_put(page, "text", hw_json_text(about->file));
    /* As text: 64 bits do not fit into a number of JSON. */
    char *seed = hw_take_text("%" PRIu64, about->seed);
    hw_json_put(page, "seed", hw_json_text(seed));
    free(seed);
    hw_json_put(page, "points", hw_json_count(about->points));
    hw_json_put(page, "replications", hw_json_count(about->replications));
    hw_json_put(page, "failed", hw_json_count(failed));
}

/* What each output is a statistic of, in the words of the model. */
static void put_outputs(json_t *page, const hw_sweep_results *results) {
    uint32_t count = 0;
    const char *const *names = hw_sweep_results_outputs(results, &count);
    json_t *outputs = hw_json_object();
    for (uint32_t i = 0; i < count; i++) {
        char *full = hw_take_text("%s_mean", names[i]);
        const hw_sweep_variable *mean = hw_sweep_results_find(results, full);
        const char *meaning = mean != NULL && mean->long_name != NULL ? strstr(mean->long_name, ": ") : NULL;
        hw_json_put(outputs, names[i], hw_json_text(meaning != NULL ? meaning + 2 : ""));
        free(full);
    }
    hw_json_put(page, "outputs", outputs);
}

/* How many numbers of this output are asked for. */
static uint64_t numbers_of(const hw_sweep_results *results, const char *name, const char *outcome) {
    char *full = hw_take_text("%s_mean", name);
    const hw_sweep_variable *mean = hw_sweep_results_find(results, full);
    free(full);
    uint64_t all = mean != NULL ? mean->count : 0;
    if (outcome == NULL || strcmp(outcome, name) == 0) {
        return all;
    }
    return begins(outcome, name) && begins(outcome + strlen(name), ": ") ? 1 : 0;
}

/* Asked before anything is estimated, which takes long for so many. */
static hw_status check_size(const hw_page_wish *wish, hw_errors *errors) {
    const hw_sweep_results *results = wish->sweep->results;
    uint32_t factors = 0;
    uint32_t outputs = 0;
    uint64_t cases = 0;
    uint64_t outcomes = 0;
    (void)hw_sweep_results_factors(results, &factors);
    char **labels = hw_sweep_results_axis(results, "case", &cases);
    hw_sweep_results_free_texts(labels, cases);
    const char *const *names = hw_sweep_results_outputs(results, &outputs);
    for (uint32_t i = 0; i < outputs; i++) {
        outcomes += cases * numbers_of(results, names[i], wish->sweep->outcome);
    }
    if (outcomes * factors <= INFLUENCES_MOST) {
        return HW_OK;
    }
    hw_errors_say(
        errors, "%s has %" PRIu64 " outcomes of %" PRIu32 " factors; a page shows at most %d influences: %s",
        wish->sweep->file, outcomes, factors, INFLUENCES_MOST,
        wish->sweep->outcome != NULL ? "ask for one number, such as --outcome 'release: Agdam city'"
                                     : "choose an outcome with --outcome");
    return HW_ERROR_INPUT;
}

static hw_status put_influences(json_t *page, const hw_page_wish *wish, hw_errors *errors) {
    static const char *const kinds[] = {[HW_SENSITIVITY_SOBOL] = "sobol",
                                        [HW_SENSITIVITY_MORRIS] = "morris",
                                        [HW_SENSITIVITY_REGRESSION] = "regression"};
    const hw_sensitivity_wish question = {.outcome = wish->sweep->outcome};
    hw_sensitivity sensitivity;
    hw_status status = hw_sensitivity_read(&sensitivity, wish->sweep->results, &question, errors);
    if (status == HW_OK) {
        hw_book book = {0};
        hw_sensitivity_build(&book, &sensitivity, wish->sweep->outcome != NULL);
        hw_json_put(page, "kind", hw_json_text(kinds[sensitivity.kind]));
        hw_json_put(page, "influences", hw_json_text(book.sheets[0].name));
        json_t *tables = hw_json_object();
        for (uint32_t i = 0; i < book.count; i++) {
            hw_page_put_sheet(tables, &book.sheets[i]);
        }
        hw_json_put(page, "tables", tables);
        hw_book_free(&book);
    }
    hw_sensitivity_free(&sensitivity);
    return status;
}

static hw_status check_model(const hw_page_wish *wish, hw_errors *errors) {
    const char *varied = hw_sweep_results_about(wish->sweep->results)->model;
    for (uint32_t i = 0; i < wish->result_count; i++) {
        const char *shown = wish->results[i].outcomes->model;
        if (strcmp(varied, shown) != 0) {
            hw_errors_say(errors,
                          "%s was run with the model %s, %s with %s: what moves the one need not move the "
                          "other; run the sweep again with this program",
                          wish->sweep->file, varied, wish->results[i].file, shown);
            return HW_ERROR_INPUT;
        }
    }
    return HW_OK;
}

hw_status hw_page_influences(json_t *page, const hw_page_wish *wish, hw_errors *errors) {
    if (wish->sweep == NULL) {
        return HW_OK;
    }
    hw_status status = check_model(wish, errors);
    if (status == HW_OK) {
        status = check_size(wish, errors);
    }
    json_t *sweep = hw_json_object();
    put_about(sweep, wish->sweep);
    put_outputs(sweep, wish->sweep->results);
    if (status == HW_OK) {
        status = put_scenarios(sweep, wish, errors);
    }
    if (status == HW_OK) {
        status = put_influences(sweep, wish, errors);
    }
    hw_json_put(page, "sweep", sweep);
    return status;
}

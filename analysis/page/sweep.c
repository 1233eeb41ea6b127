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

static void write_text(FILE *out, const char *name, const char *text) {
    hw_json_write(out, hw_json_text(name));
    fputc(':', out);
    hw_json_write(out, hw_json_text(text));
    fputc(',', out);
}

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

static void write_value(FILE *out, const char *value) {
    if (value != NULL) {
        hw_json_write(out, hw_json_text(value));
    } else {
        fputs("null", out);
    }
}

static void write_kinship(FILE *out, const kinship *kin, const char *label, const char *title) {
    fputc('{', out);
    write_text(out, "label", label);
    write_text(out, "title", title);
    fprintf(out, "\"result\":%" PRIu32 ",\"differ\":%" PRIu32 ",\"differing\":[", kin->result,
            kin->differences.count);
    for (uint32_t i = 0; i < kin->differences.count && i < DIFFERENCES_TOLD; i++) {
        const hw_difference *one = &kin->differences.items[i];
        fputs(i ? ",[" : "[", out);
        hw_json_write(out, hw_json_text(one->path));
        fputc(',', out);
        write_value(out, one->base);
        fputc(',', out);
        write_value(out, one->variant);
        fputc(']', out);
    }
    fputs("]}", out);
}

static hw_status write_scenario(FILE *out, const hw_page_wish *wish, const char *label, const char *rows,
                                hw_errors *errors) {
    kinship kin = find_kin(wish, rows);
    char *title = title_of(rows);
    hw_status status = refuse_stranger(&kin, wish, title, errors);
    if (status == HW_OK) {
        write_kinship(out, &kin, label, title);
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

static hw_status write_scenarios(FILE *out, const hw_page_wish *wish, hw_errors *errors) {
    uint64_t count = 0;
    uint64_t label_count = 0;
    char **rows = rows_of(wish->sweep->results, &count, errors);
    char **labels = hw_sweep_results_axis(wish->sweep->results, "case", &label_count);
    hw_status status = rows != NULL && labels != NULL && count == label_count ? HW_OK : HW_ERROR_IO;
    if (status != HW_OK) {
        hw_errors_say(errors, "%s is damaged: it does not say which scenarios it varied", wish->sweep->file);
    }
    fputs("\"scenarios\":[", out);
    for (uint64_t i = 0; status == HW_OK && i < count; i++) {
        fputs(i ? "," : "", out);
        status = write_scenario(out, wish, labels[i], rows[i], errors);
    }
    fputs("],", out);
    hw_sweep_results_free_texts(rows, rows != NULL ? count : 0);
    hw_sweep_results_free_texts(labels, labels != NULL ? label_count : 0);
    return status;
}

/* ---- What was asked, and what was found ---- */

static void write_about(FILE *out, const hw_page_sweep *sweep) {
    const hw_sweep_about *about = hw_sweep_results_about(sweep->results);
    uint64_t failed = 0;
    const uint64_t *points = NULL;
    (void)hw_sweep_results_failures(sweep->results, &failed, &points);
    write_text(out, "file", sweep->file);
    write_text(out, "title", about->title);
    write_text(out, "question", about->question);
    write_text(out, "design", about->design);
    write_text(out, "model", about->model);
    write_text(out, "version", about->version);
    write_text(out, "digest", about->digest);
    write_text(out, "text", about->file);
    /* As text: 64 bits do not fit into a number of JSON. */
    fprintf(out,
            "\"seed\":\"%" PRIu64 "\",\"points\":%" PRIu64 ",\"replications\":%" PRIu64 ",\"failed\":%" PRIu64
            ",",
            about->seed, about->points, about->replications, failed);
}

/* What each output is a statistic of, in the words of the model. */
static void write_outputs(FILE *out, const hw_sweep_results *results) {
    uint32_t count = 0;
    const char *const *names = hw_sweep_results_outputs(results, &count);
    fputs("\"outputs\":{", out);
    for (uint32_t i = 0; i < count; i++) {
        char *full = hw_take_text("%s_mean", names[i]);
        const hw_sweep_variable *mean = hw_sweep_results_find(results, full);
        const char *meaning = mean != NULL && mean->long_name != NULL ? strstr(mean->long_name, ": ") : NULL;
        fputs(i ? "," : "", out);
        hw_json_write(out, hw_json_text(names[i]));
        fputc(':', out);
        hw_json_write(out, hw_json_text(meaning != NULL ? meaning + 2 : ""));
        free(full);
    }
    fputs("},", out);
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

static hw_status write_influences(FILE *out, const hw_page_wish *wish, hw_errors *errors) {
    static const char *const kinds[] = {[HW_SENSITIVITY_SOBOL] = "sobol",
                                        [HW_SENSITIVITY_MORRIS] = "morris",
                                        [HW_SENSITIVITY_REGRESSION] = "regression"};
    const hw_sensitivity_wish question = {.outcome = wish->sweep->outcome};
    hw_sensitivity sensitivity;
    hw_status status = hw_sensitivity_read(&sensitivity, wish->sweep->results, &question, errors);
    if (status == HW_OK) {
        hw_book book = {0};
        hw_sensitivity_build(&book, &sensitivity, wish->sweep->outcome != NULL);
        write_text(out, "kind", kinds[sensitivity.kind]);
        write_text(out, "influences", book.sheets[0].name);
        fputs("\"tables\":{", out);
        for (uint32_t i = 0; i < book.count; i++) {
            fputs(i ? "," : "", out);
            hw_page_sheet(out, &book.sheets[i]);
        }
        fputc('}', out);
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

hw_status hw_page_influences(FILE *out, const hw_page_wish *wish, hw_errors *errors) {
    if (wish->sweep == NULL) {
        return HW_OK;
    }
    hw_status status = check_model(wish, errors);
    if (status == HW_OK) {
        status = check_size(wish, errors);
    }
    fputs(",\n\"sweep\":{", out);
    write_about(out, wish->sweep);
    write_outputs(out, wish->sweep->results);
    if (status == HW_OK) {
        status = write_scenarios(out, wish, errors);
    }
    if (status == HW_OK) {
        status = write_influences(out, wish, errors);
    }
    fputc('}', out);
    return status;
}

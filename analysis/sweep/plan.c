/* Reads the file of a sweep and checks it whole. */
#include "analysis/sweep/plan.h"
#include "analysis/base/file_kind.h"
#include "analysis/base/memory.h"
#include "analysis/sweep/plan_parts.h"
#include "sim/date.h"
#include "sim/input/digest.h"
#include "sim/input/layers.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- What a file may say ---- */

typedef struct scenario_terms {
    const char *file;
} scenario_terms;

static const hw_key scenario_keys[] = {
    {.name = "file",
     .type = HW_KEY_TEXT,
     .offset = offsetof(scenario_terms, file),
     .meaning = "Path of the scenario, relative to the design's file."},
};
static const hw_section scenario_section = {"scenario", "One of the scenarios of a sweep.",
                                            sizeof(scenario_terms), scenario_keys, HW_LENGTH(scenario_keys)};

static const char *const keeps[] = {"summaries", "outcomes", NULL};

static const hw_key keys[] = {
    {.name = "name",
     .type = HW_KEY_TEXT,
     .offset = offsetof(hw_sweep_terms, name),
     .meaning = "Title of the sweep."},
    {.name = "question",
     .type = HW_KEY_TEXT,
     .optional = true,
     .offset = offsetof(hw_sweep_terms, question),
     .meaning = "What it is to answer."},
    {.name = "scenario",
     .type = HW_KEY_TEXT,
     .optional = true,
     .offset = offsetof(hw_sweep_terms, scenario),
     .meaning = "Path of the scenario, relative to the design's file."},
    {.name = "scenarios",
     .type = HW_KEY_TABLE,
     .optional = true,
     .section = &scenario_section,
     .offset = offsetof(hw_sweep_terms, scenarios),
     .meaning = "Several scenarios instead, each under a label of its own: every one is run at all points."},
    {.name = "factors",
     .type = HW_KEY_TABLE,
     .optional = true,
     .section = &hw_factor_section,
     .offset = offsetof(hw_sweep_terms, factors),
     .meaning = "What the sweep changes."},
    {.name = "every_assumed",
     .type = HW_KEY_YES_NO,
     .standard = "no",
     .offset = offsetof(hw_sweep_terms, every_assumed),
     .meaning = "Make a factor of every uncertain value of the (first) scenario that is marked as assumed.",
     .source = "our choice"},
    {.name = "as_of",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_sweep_terms, as_of),
     .meaning = "Take every scenario as it was known on this day, as if it said so itself."},
    {.name = "design",
     .type = HW_KEY_REGISTRY,
     .registry = &hw_designs,
     .offset = offsetof(hw_sweep_terms, designs),
     .meaning = "The one design that chooses the points, with its parameters."},
    {.name = "replications",
     .type = HW_KEY_COUNT,
     .low = 1,
     .high = 1e8,
     .standard = "100",
     .offset = offsetof(hw_sweep_terms, replications),
     .meaning =
         "Replications of every point, on common random numbers: number r draws the same world everywhere.",
     .source = "our choice"},
    {.name = "seed",
     .type = HW_KEY_COUNT,
     .standard = "1",
     .offset = offsetof(hw_sweep_terms, seed),
     .meaning = "Same sweep and seed, same results.",
     .source = "our choice"},
    {.name = "keep",
     .type = HW_KEY_CHOICE,
     .choices = keeps,
     .standard = "summaries",
     .offset = offsetof(hw_sweep_terms, keep),
     .meaning =
         "Whether the result has summaries of each point only, or the outputs of every replication too.",
     .source = "our choice"},
    {.name = "outputs",
     .type = HW_KEY_TABLE,
     .optional = true,
     .section = &hw_output_section,
     .offset = offsetof(hw_sweep_terms, outputs),
     .meaning = "What is kept of each replication. Left out: release of places, completion of districts, "
                "people back, "
                "victims and spending at the horizon; with 'keep: outcomes' all of the outcome."},
    {.name = "by",
     .type = HW_KEY_YAML,
     .optional = true,
     .offset = offsetof(hw_sweep_terms, by),
     .meaning = "Dates for which the result gives the probability of each output that is a day."},
};

const hw_section hw_sweep_section = {"sweep", "Many variants of a scenario, each replicated many times.",
                                     sizeof(hw_sweep_terms), keys, HW_LENGTH(keys)};

static const char usual_outputs[] =
    "{place_release_day: {}, district_completion_day: {}, people_back: {at: [last]}, "
    "victims: {at: [last, sum]}, spent_usd: {of: purpose_spent_usd, at: [sum, sum]}}";

/* ---- Reading the file ---- */

static hw_status read_file(hw_sweep_plan *plan, const char *path, const hw_setting *settings, uint32_t count,
                           hw_errors *errors) {
    if (hw_file_kind_check(path, HW_FILE_DESIGN, errors) != HW_OK) {
        return HW_ERROR_INPUT;
    }
    plan->document = hw_document_load(path, errors);
    hw_status status = plan->document != NULL ? HW_OK : HW_ERROR_INPUT;
    for (uint32_t i = 0; i < count && status == HW_OK; i++) {
        status = hw_load_set(plan->document, &hw_sweep_section, &settings[i], errors);
    }
    if (status != HW_OK) {
        return status;
    }
    const hw_node *root = hw_document_root(plan->document);
    const hw_node *keep = hw_node_child(root, "keep");
    bool outcomes =
        keep != NULL && keep->kind == HW_NODE_SCALAR && strcmp(keep->text, keeps[HW_KEEP_OUTCOMES]) == 0;
    if (hw_node_child(root, "outputs") == NULL && !outcomes) {
        status = hw_document_set(plan->document, "outputs", usual_outputs, "<usual outputs>", errors);
    }
    if (status == HW_OK) {
        plan->binding = hw_binding_create(&hw_sweep_section, plan->document, &plan->terms, errors);
    }
    return plan->binding != NULL ? HW_OK : HW_ERROR_INPUT;
}

const hw_node *hw_sweep_plan_child(const hw_sweep_plan *plan, const char *key) {
    return hw_node_child(hw_document_root(plan->document), key);
}

hw_position hw_sweep_plan_position(const hw_sweep_plan *plan, const char *key) {
    const hw_node *node = hw_sweep_plan_child(plan, key);
    return node != NULL ? node->key_where : hw_document_root(plan->document)->where;
}

/* ---- Scenarios ---- */

static char *beside(const char *file, const char *path) {
    const char *slash = strrchr(file, '/');
    return slash != NULL && *path != '/' ? hw_take_text("%.*s/%s", (int)(slash - file), file, path)
                                         : hw_take_text("%s", path);
}

static char *base_name(const char *path) {
    const char *slash = strrchr(path, '/'), *base = slash != NULL ? slash + 1 : path,
               *dot = strrchr(base, '.');
    return hw_take_text("%.*s", dot != NULL && dot != base ? (int)(dot - base) : (int)strlen(base), base);
}

const char *hw_sweep_plan_own(hw_sweep_plan *plan, char *text) {
    plan->texts = hw_take_again(plan->texts, plan->text_count + (size_t)1, sizeof *plan->texts);
    plan->texts[plan->text_count++] = text;
    return text;
}

static hw_status load_scenario(hw_sweep_scenario *scenario, const char *label, const char *design,
                               const char *file, int64_t as_of, hw_errors *errors) {
    char day[16];
    const hw_setting setting = {.path = "as_of", .yaml = as_of != INT64_MAX ? hw_date_print(as_of, day) : ""};
    scenario->label = label;
    scenario->path = beside(design, file);
    return hw_load(&scenario->loaded, scenario->path, &setting, as_of != INT64_MAX, errors);
}

static hw_status load_scenarios(hw_sweep_plan *plan, const char *design, hw_errors *errors) {
    const hw_sweep_terms *terms = &plan->terms;
    if ((terms->scenario != NULL) == (terms->scenarios.count > 0)) {
        hw_errors_add(errors,
                      hw_sweep_plan_position(plan, terms->scenario != NULL ? "scenario" : "scenarios"),
                      "expected either 'scenario', a path, or 'scenarios', labels with a file each");
        return HW_ERROR_INPUT;
    }
    plan->scenario_count = terms->scenario != NULL ? 1 : terms->scenarios.count;
    plan->scenarios = hw_take(plan->scenario_count, sizeof *plan->scenarios);
    if (terms->scenario != NULL) {
        return load_scenario(&plan->scenarios[0], hw_sweep_plan_own(plan, base_name(terms->scenario)), design,
                             terms->scenario, terms->as_of, errors);
    }
    hw_status worst = HW_OK;
    for (uint32_t s = 0; s < plan->scenario_count; s++) {
        const scenario_terms *one = &((const scenario_terms *)terms->scenarios.items)[s];
        hw_status status = load_scenario(&plan->scenarios[s], terms->scenarios.names[s], design, one->file,
                                         terms->as_of, errors);
        worst = status != HW_OK ? status : worst;
    }
    return worst;
}

/* ---- Points ---- */

/* Which design is named; NULL after an error. */
static const hw_node *find_design(hw_sweep_plan *plan, hw_errors *errors) {
    const hw_node *node = hw_sweep_plan_child(plan, "design");
    const hw_node *named = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; node != NULL && i < node->child_count; i++) {
        for (uint32_t d = 0; d < hw_designs.count; d++) {
            if (strcmp(hw_designs.sections[d]->name, node->children[i]->key) == 0) {
                named = node->children[i];
                plan->design = hw_design_list[d];
                plan->design_name = hw_designs.sections[d]->name;
                count++;
            }
        }
    }
    if (count == 1) {
        return named;
    }
    hw_errors_add(
        errors, hw_sweep_plan_position(plan, "design"),
        "'design': expected one design with its parameters, such as {latin_hypercube: {points: 100}}; "
        "homeward list designs shows them");
    return NULL;
}

static hw_status make_design(hw_sweep_plan *plan, const char *path, const hw_node *named, hw_errors *errors) {
    const char **names = hw_take(plan->factor_count, sizeof *names);
    uint32_t *levels = hw_take(plan->factor_count, sizeof *levels);
    for (uint32_t f = 0; f < plan->factor_count; f++) {
        names[f] = plan->factors[f].name;
        levels[f] = plan->factors[f].level_count;
    }
    plan->design_plan.question = (hw_design_question){.names = names,
                                                      .levels = levels,
                                                      .factor_count = plan->factor_count,
                                                      .seed = plan->terms.seed,
                                                      .where = named->key_where,
                                                      .beside = path};
    const void *parameters = NULL;
    for (uint32_t d = 0; d < hw_designs.count; d++) {
        if (hw_design_list[d] == plan->design) {
            parameters = plan->terms.designs[d];
        }
    }
    hw_status status = plan->design->plan(parameters, &plan->design_plan, errors);
    if (status == HW_OK &&
        __builtin_mul_overflow(plan->design_plan.points, (uint64_t)plan->scenario_count, &plan->points)) {
        status = HW_ERROR_MEMORY;
    }
    return status;
}

/* Each text of a table is tried once for each factor, up to this number of them; the others are tried at
 * their point. */
enum { TRIED_MOST = 500 };

static bool was_tried(const char **tried, uint32_t count, const char *text) {
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(tried[i], text) == 0) {
            return true;
        }
    }
    return false;
}

/* Numbers stay numbers, however a cell writes them, when all of the column are. */
static bool are_numbers(const hw_sweep_plan *plan, uint32_t factor) {
    bool numbers = true;
    hw_position where;
    for (uint64_t p = 0; p < plan->design_plan.points && numbers; p++) {
        numbers = !isnan(hw_factor_number_of(&plan->factors[factor],
                                             plan->design->text(&plan->design_plan, p, factor, &where)));
    }
    return numbers;
}

static hw_status check_table(hw_sweep_plan *plan, hw_errors *errors) {
    uint32_t before = errors->count;
    const char **tried = hw_take(TRIED_MOST, sizeof *tried);
    const hw_loaded **scenarios = hw_sweep_plan_loaded(plan);
    for (uint32_t f = 0; plan->design->text != NULL && f < plan->factor_count; f++) {
        uint32_t count = 0;
        for (uint64_t p = 0; p < plan->design_plan.points && count < TRIED_MOST; p++) {
            hw_position where;
            const char *text = plan->design->text(&plan->design_plan, p, f, &where);
            if (!was_tried(tried, count, text)) {
                tried[count++] = text;
                hw_factor_try_text(&plan->factors[f], text, where, scenarios,
                                   count == 1 ? plan->scenario_count : 1, errors);
            }
        }
        plan->factors[f].table_of_numbers = are_numbers(plan, f);
    }
    free(scenarios);
    free(tried);
    return errors->count == before ? HW_OK : HW_ERROR_INPUT;
}

/* ---- Outputs ---- */

static hw_status read_one_date(const hw_sweep_plan *plan, const hw_node *node, double *day,
                               hw_errors *errors) {
    int64_t date = 0;
    const hw_loaded *loaded = &plan->scenarios[0].loaded;
    if (node->kind != HW_NODE_SCALAR || !hw_date_parse(node->text, &date)) {
        hw_errors_add(errors, node->where,
                      "'by': expected dates that exist, such as [2027-12-31, 2030-12-31]");
        return HW_ERROR_INPUT;
    }
    if (date < loaded->start || date > loaded->horizon) {
        hw_errors_add(errors, node->where, "'by': %s is not in the time that is simulated", node->text);
        return HW_ERROR_INPUT;
    }
    *day = (double)(date - loaded->start) + 1; /* the end of that day */
    return HW_OK;
}

static hw_status read_dates(hw_sweep_plan *plan, hw_errors *errors) {
    const hw_node *node = hw_sweep_plan_child(plan, "by");
    if (node == NULL) {
        return HW_OK;
    }
    bool list = node->kind == HW_NODE_LIST;
    plan->by_count = list ? node->child_count : 1;
    plan->by = hw_take(plan->by_count, sizeof *plan->by);
    hw_status worst = HW_OK;
    for (uint32_t i = 0; i < plan->by_count; i++) {
        if (read_one_date(plan, list ? node->children[i] : node, &plan->by[i], errors) != HW_OK) {
            worst = HW_ERROR_INPUT;
        }
    }
    return worst;
}

/* Reads the plan's outputs from the layout of one variant. */
static hw_status outputs_of(const hw_sweep_plan *plan, const hw_record_layout *layout, hw_outputs *outputs,
                            hw_errors *errors) {
    const hw_node *node = hw_sweep_plan_child(plan, "outputs");
    return hw_outputs_read(outputs, node != NULL ? &plan->terms.outputs : NULL, node, layout, errors);
}

/* What is kept must have the same shape everywhere. */
static hw_status read_same_shape(const hw_sweep_plan *plan, const hw_loaded *loaded, const char *whose,
                                 hw_outputs *outputs, hw_errors *errors) {
    hw_status status = outputs_of(plan, loaded->layout, outputs, errors);
    if (status == HW_OK && strcmp(outputs->description, plan->outputs.description) != 0) {
        hw_errors_add(
            errors, hw_sweep_plan_position(plan, "outputs"),
            "%s has other places, districts or years than the first scenario: choose outputs that both "
            "have, with 'at'",
            whose);
        status = HW_ERROR_INPUT;
    }
    return status;
}

static hw_status read_outputs(hw_sweep_plan *plan, hw_errors *errors) {
    hw_status status = outputs_of(plan, plan->scenarios[0].loaded.layout, &plan->outputs, errors);
    for (uint32_t s = 1; s < plan->scenario_count && status == HW_OK; s++) {
        hw_outputs outputs;
        status = read_same_shape(plan, &plan->scenarios[s].loaded, plan->scenarios[s].path, &outputs, errors);
        hw_outputs_free(&outputs);
    }
    if (status == HW_OK && plan->outputs.layout.variable_count == 0) {
        hw_errors_add(errors, hw_sweep_plan_position(plan, "outputs"),
                      "'outputs' is empty: expected at least one");
        status = HW_ERROR_INPUT;
    }
    hw_status dates = read_dates(plan, errors);
    return status != HW_OK ? status : dates;
}

/* ---- Digests ---- */

enum { FOLDED_BYTES = 1 << 20 };

/* The text of a table of points, one cell a line. What has grown long is folded into its digest, so that a
 * table of a million points is not held a second time. */
static FILE *print_table(const hw_sweep_plan *plan, FILE *out, char **text, size_t *size) {
    hw_position where;
    for (uint64_t p = 0; plan->design->text != NULL && p < plan->design_plan.points; p++) {
        for (uint32_t f = 0; f < plan->factor_count; f++) {
            fprintf(out, "%s\n", plan->design->text(&plan->design_plan, p, f, &where));
        }
        if (ftell(out) > FOLDED_BYTES) {
            char digest[HW_DIGEST_TEXT];
            hw_end_stream(out);
            hw_digest_text(*text, *size, digest);
            free(*text);
            out = hw_take_stream(text, size);
            fprintf(out, "%s\n", digest);
        }
    }
    return out;
}

static void take_digests(hw_sweep_plan *plan) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = hw_take_stream(&text, &size);
    fprintf(out, "seed %u\nkeep %s\n%s", plan->terms.seed, keeps[plan->terms.keep],
            plan->outputs.description);
    for (uint32_t i = 0; i < plan->by_count; i++) {
        fprintf(out, "by %.17g\n", plan->by[i]);
    }
    fflush(out);
    hw_digest_text(text, size, plan->question);
    fprintf(out, "%s", hw_binding_resolved(plan->binding));
    for (uint32_t s = 0; s < plan->scenario_count; s++) {
        fprintf(out, "%s %s\n", plan->scenarios[s].label,
                hw_binding_digest(plan->scenarios[s].loaded.binding));
    }
    out = print_table(plan, out, &text, &size);
    hw_end_stream(out);
    hw_digest_text(text, size, plan->digest);
    free(text);
}

/* ---- Public ---- */

hw_status hw_sweep_plan_read(hw_sweep_plan *plan, const char *path, const hw_setting *settings,
                             uint32_t setting_count, hw_errors *errors) {
    *plan = (hw_sweep_plan){0};
    hw_status status = read_file(plan, path, settings, setting_count, errors);
    const hw_node *design = status == HW_OK ? find_design(plan, errors) : NULL;
    if (status == HW_OK) {
        status = load_scenarios(plan, path, errors);
    }
    if (design == NULL) {
        return HW_ERROR_INPUT;
    }
    if (status == HW_OK) {
        status = hw_sweep_plan_read_factors(plan, errors);
    }
    if (status == HW_OK) {
        status = make_design(plan, path, design, errors);
    }
    if (status == HW_OK) {
        status = check_table(plan, errors);
    }
    if (status == HW_OK) {
        status = read_outputs(plan, errors);
    }
    if (status == HW_OK) {
        take_digests(plan);
    }
    return status;
}

void hw_sweep_plan_free(hw_sweep_plan *plan) {
    if (plan->design != NULL && plan->design->release != NULL) {
        plan->design->release(&plan->design_plan);
    }
    free((void *)plan->design_plan.question.names);
    free((void *)plan->design_plan.question.levels);
    for (uint32_t f = 0; f < plan->factor_count; f++) {
        hw_factor_free(&plan->factors[f]);
    }
    free(plan->factors);
    for (uint32_t i = 0; i < plan->text_count; i++) {
        free(plan->texts[i]);
    }
    free(plan->texts);
    hw_outputs_free(&plan->outputs);
    for (uint32_t s = 0; s < plan->scenario_count; s++) {
        hw_load_free(&plan->scenarios[s].loaded);
        free(plan->scenarios[s].path);
    }
    free(plan->scenarios);
    free(plan->by);
    hw_binding_free(plan->binding);
    if (plan->document != NULL) {
        hw_document_free(plan->document);
    }
    *plan = (hw_sweep_plan){0};
}

const hw_sweep_scenario *hw_sweep_plan_scenario(const hw_sweep_plan *plan, uint64_t point) {
    return &plan->scenarios[point / plan->design_plan.points];
}

void hw_sweep_plan_values(const hw_sweep_plan *plan, uint64_t point, double *unit, hw_factor_value *values,
                          hw_design_place *place) {
    uint64_t number = point % plan->design_plan.points;
    *place = (hw_design_place){0};
    plan->design->point(&plan->design_plan, number, unit, place);
    for (uint32_t f = 0; f < plan->factor_count; f++) {
        hw_factor_value_at(&plan->factors[f], unit[f], plan->design->reaches_ends, &values[f]);
        if (plan->design->text != NULL) {
            values[f].from = plan->design->text(&plan->design_plan, number, f, &values[f].where);
            if (plan->factors[f].table_of_numbers) {
                values[f].number = hw_factor_number_of(&plan->factors[f], values[f].from);
            }
        }
    }
}

hw_status hw_sweep_plan_open(const hw_sweep_plan *plan, uint64_t point, hw_loaded *loaded,
                             hw_outputs *outputs, hw_errors *errors) {
    *outputs = (hw_outputs){0};
    double *unit = hw_take(plan->factor_count, sizeof *unit);
    hw_factor_value *values = hw_take(plan->factor_count, sizeof *values);
    hw_design_place place;
    hw_sweep_plan_values(plan, point, unit, values, &place);
    hw_status status = hw_load_begin(loaded, hw_sweep_plan_scenario(plan, point)->loaded.document);
    loaded->without_warnings = true; /* printed before anything is run */
    for (uint32_t f = 0; f < plan->factor_count && status == HW_OK; f++) {
        status = hw_factor_set(&plan->factors[f], &values[f], loaded->document, errors);
    }
    if (status == HW_OK) {
        status = hw_load_bind(loaded, errors);
    }
    if (status == HW_OK) {
        status = read_same_shape(plan, loaded, "this point", outputs, errors);
    }
    free(unit);
    free(values);
    return status;
}

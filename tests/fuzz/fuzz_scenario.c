/* Whatever a scenario, its layers and its settings say, they are refused with a message, or make a scenario
 * that holds every law: its resolved text loads again to itself, and a replication of it ends, breaks no law
 * of the model, and has the same bytes when it is repeated. So what `check` accepts cannot bring down `run`.
 *
 * Input: the scenario; then parts that begin with a line of their own:
 *   @include   part1.yaml, part2.yaml ... that others may include, beside the shipped layers
 * (layers/ground.yaml ...)
 *   @over      a file laid over the scenario, as further files of the command line are
 *   @set       lines PATH=VALUE */
#define _GNU_SOURCE /* nftw, strsep */
#include "models/land_release.h"
#include "models/laws.h"
#include "models/scenario.h"
#include "sim/input/binding.h"
#include "sim/input/units.h"
#include "tests/fuzz/fuzz.h"

/* ---- The folder ---- */

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    fuzz_enter_folder();
    atexit(fuzz_leave_folder);
    return symlink(HW_SOURCE_DIR "/scenarios/layers", "layers");
}

/* ---- A scenario of several files ---- */

typedef struct files {
    const char *paths[FUZZ_PARTS_MOST]; /* the scenario and what is laid over it */
    size_t count;
    char *settings;
} files;

static const char *const names[FUZZ_PARTS_MOST] = {"scenario.yaml", "part1.yaml", "part2.yaml", "part3.yaml",
                                                   "part4.yaml",    "part5.yaml", "part6.yaml", "part7.yaml"};

static void write_files(files *f, const uint8_t *data, size_t size) {
    fuzz_part parts[FUZZ_PARTS_MOST];
    size_t count = fuzz_split(data, size, parts);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(parts[i].word, "set") == 0) {
            free(f->settings);
            f->settings = strndup((const char *)parts[i].bytes, parts[i].size);
            continue;
        }
        fuzz_write_file(names[i], parts[i].bytes, parts[i].size);
        if (i == 0 || strcmp(parts[i].word, "over") == 0) {
            f->paths[f->count++] = names[i];
        }
    }
    for (size_t i = count; i < FUZZ_PARTS_MOST; i++) {
        unlink(names[i]);
    }
}

static hw_status set_one(hw_document *document, char *line, hw_errors *errors) {
    char *value = strchr(line, '=');
    if (value == NULL) {
        return HW_OK;
    }
    *value++ = '\0';
    return hw_document_set(document, line, value, "<command line>", errors);
}

static hw_document *read_files(const files *f, hw_errors *errors) {
    hw_document *document = hw_document_load_layers(f->paths, f->count, errors);
    hw_status status = HW_OK;
    char *rest = f->settings;
    for (char *line = NULL; document != NULL && status == HW_OK && (line = strsep(&rest, "\n")) != NULL;) {
        status = set_one(document, line, errors);
    }
    if (document != NULL && (status == HW_OK) != (errors->count == 0)) {
        fuzz_give_up("a setting was refused without a message, or taken with one", "");
    }
    if (status != HW_OK) {
        hw_document_free(document);
        document = NULL;
    }
    return document;
}

/* ---- One replication ---- */

/* What goes beyond is accepted as well, but would take too long here. */
enum { BYTES_MOST = 16 << 20, EVENTS_MOST = 50000 };
static const double DAYS_MOST = 8000;

typedef struct budget {
    hw_world *world;
    uint64_t events;
    bool spent;
} budget;

/* The processes one after the other, as long as there is anything left to spend. */
static hw_status run_window(void *context, double from, double until, uint64_t *handled,
                            hw_failure *failure) {
    budget *b = context;
    hw_status status = HW_OK;
    uint64_t before = *handled;
    for (uint32_t p = 0; status == HW_OK && !b->spent && p < b->world->process_count; p++) {
        status = hw_world_run_process(b->world, p, from, until, handled, failure);
        b->spent = b->events + (*handled - before) > EVENTS_MOST;
    }
    b->events += *handled - before;
    if (status == HW_OK && b->spent) {
        snprintf(failure->message, sizeof failure->message, "enough");
        status = HW_ERROR_LAW;
    }
    return status;
}

/* A world that would need more than there is room for is given up, and says so: no law is broken. */
static bool is_given_up(const hw_failure *failure) {
    return strncmp(failure->message, HW_GIVEN_UP, strlen(HW_GIVEN_UP)) == 0;
}

/* False when it was given up, by the model or for want of time. */
static bool replicate(hw_world *world, unsigned char *outcome, size_t bytes, uint64_t replication) {
    budget spending = {.world = world};
    hw_failure failure = {0};
    uint64_t events = 0;
    memset(outcome, 0, bytes);
    world->window = (hw_window){.run = run_window, .context = &spending};
    const hw_rng_key key = {.seed = 1, .replication = replication};
    hw_status status = hw_world_replicate(world, key, outcome, &events, &failure);
    if (status != HW_OK && !spending.spent && !is_given_up(&failure)) {
        fuzz_give_up("a scenario that was accepted broke a law of the model", failure.message);
    }
    return status == HW_OK;
}

static void run_scenario(const hw_scenario *scenario) {
    if (hw_land_release.horizon(scenario) > DAYS_MOST ||
        hw_world_bytes(&hw_land_release, scenario) > BYTES_MOST) {
        return;
    }
    hw_record_layout *layout = hw_scenario_layout(scenario);
    hw_world world;
    if (layout == NULL || hw_world_create(&world, &hw_land_release, scenario) != HW_OK) {
        fuzz_give_up("no memory for a small world", "");
        return;
    }
    unsigned char *first = malloc(layout->bytes + 1);
    unsigned char *again = malloc(layout->bytes + 1);
    /* Another one between: nothing of it may be left. */
    if (replicate(&world, first, layout->bytes, 1) && replicate(&world, again, layout->bytes, 2) &&
        replicate(&world, again, layout->bytes, 1) && memcmp(first, again, layout->bytes) != 0) {
        fuzz_give_up("the same replication has other bytes when it is repeated", "");
    }
    fuzz_accepted = true;
    free(first);
    free(again);
    hw_world_destroy(&world);
    hw_scenario_layout_free(layout);
}

/* ---- Binding ---- */

static hw_position where_in_file(const void *context, const char *path) {
    return hw_binding_where(context, path);
}

/* The resolved text, or NULL when the scenario is refused; then there must be a message. */
static char *bind(const hw_document *document, bool run, hw_errors *errors) {
    hw_scenario *scenario = calloc(1, hw_scenario_section.size);
    hw_binding *binding = hw_binding_create(&hw_scenario_section, document, scenario, errors);
    char *resolved = NULL;
    if ((binding == NULL) != (errors->count > 0)) {
        fuzz_give_up("refused without a message, or a message without refusal", "");
    }
    if (binding != NULL) {
        scenario->values = hw_binding_values(binding);
        hw_errors warnings = {0};
        hw_scenario_check(scenario, where_in_file, binding, errors, &warnings);
        hw_errors_free(&warnings);
        resolved = strdup(hw_binding_resolved(binding));
    }
    if (binding != NULL && errors->count == 0 && run) {
        run_scenario(scenario);
    }
    hw_binding_free(binding);
    free(scenario);
    return resolved;
}

static void bind_again(const char *resolved) {
    hw_errors errors = {0};
    hw_document *document = hw_document_parse(resolved, "resolved.yaml", &errors);
    char *again = document == NULL ? NULL : bind(document, false, &errors);
    if (again == NULL || strcmp(resolved, again) != 0) {
        fuzz_give_up("the resolved text does not load again to itself", resolved);
    }
    free(again);
    hw_document_free(document);
    hw_errors_free(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    hw_errors errors = {0};
    files f = {0};
    write_files(&f, data, size);
    hw_document *document = read_files(&f, &errors);
    char *resolved = document == NULL ? NULL : bind(document, true, &errors);
    if (resolved == NULL && errors.count == 0) {
        fuzz_give_up("refused without a message", "");
    }
    if (resolved != NULL) {
        bind_again(resolved);
    }
    char *messages = hw_errors_text(&errors);
    free(messages);
    free(resolved);
    hw_document_free(document);
    hw_errors_free(&errors);
    free(f.settings);
    return 0;
}

/* ---- Changes of an input that keep to what the descriptor tables say ---- */

#ifndef HW_FUZZ_MAIN
static double some_number(const hw_key *key, unsigned dice) {
    static const double scales[] = {1e-9, 1e-4, 0.01, 0.3, 1, 3, 30, 365, 1e4, 1e6, 1e9, 1e12};
    bool limited = key->low != 0 || key->high != 0;
    switch (dice % 4) {
    case 0:
        return limited ? key->low : 0;
    case 1:
        return limited ? key->high : scales[dice / 4 % 12];
    case 2:
        return limited ? key->low + (key->high - key->low) * (dice / 4 % 100) / 100 : scales[dice / 4 % 12];
    default:
        return scales[dice / 4 % 12];
    }
}

/* A value of the kind that the key wants, mostly in its range; "" where there is nothing to choose. */
static void say_value(char *text, size_t size, const hw_key *key, unsigned dice) {
    uint32_t choices = 0;
    const char *unit = hw_dimension_held(key->dimension);
    *text = '\0';
    switch (key->type) {
    case HW_KEY_QUANTITY:
    case HW_KEY_DATED:
        if (dice % 8 == 7) {
            double number = some_number(key, dice / 8);
            snprintf(text, size, "{p10: %.9g %s, p50: %.9g %s, p90: %.9g %s}", number, unit, 2 * number, unit,
                     3 * number, unit);
        } else {
            snprintf(text, size, "%.9g %s", some_number(key, dice / 8), unit);
        }
        break;
    case HW_KEY_COUNT:
        snprintf(text, size, "%.0f", some_number(key, dice));
        break;
    case HW_KEY_YES_NO:
        snprintf(text, size, dice % 2 == 0 ? "yes" : "no");
        break;
    case HW_KEY_DATE:
        snprintf(text, size, "%u-%02u-%02u", 2019 + dice % 8, 1 + dice / 8 % 12, 1 + dice / 96 % 28);
        break;
    case HW_KEY_CHOICE:
        while (key->choices[choices] != NULL) {
            choices++;
        }
        snprintf(text, size, "%s", key->choices[dice % choices]);
        break;
    default:
        break;
    }
}

/* A line PATH=VALUE for one value of the scenario; "" when it cannot be read. */
static void say_setting(char *line, size_t size, const uint8_t *data, size_t bytes, unsigned dice) {
    hw_errors errors = {0};
    files f = {0};
    char value[128] = "";
    *line = '\0';
    write_files(&f, data, bytes);
    hw_document *document = read_files(&f, &errors);
    hw_scenario *scenario = calloc(1, hw_scenario_section.size);
    hw_binding *binding =
        document == NULL ? NULL : hw_binding_create(&hw_scenario_section, document, scenario, &errors);
    if (binding != NULL) {
        const hw_values *values = hw_binding_values(binding);
        const hw_value *chosen = &values->items[dice % values->count];
        say_value(value, sizeof value, chosen->key, dice / values->count);
        if (*value != '\0') {
            snprintf(line, size, "%s=%s\n", chosen->path, value);
        }
    }
    hw_binding_free(binding);
    hw_document_free(document);
    hw_errors_free(&errors);
    free(scenario);
    free(f.settings);
}

static size_t add_setting(uint8_t *data, size_t size, size_t most, unsigned dice) {
    static const char begin[] = "\n@set\n";
    fuzz_part parts[FUZZ_PARTS_MOST];
    char line[400];
    size_t count = fuzz_split(data, size, parts);
    bool has_set = strcmp(parts[count - 1].word, "set") == 0 && data[size - 1] == '\n';
    size_t start = has_set ? 0 : sizeof begin - 1;
    say_setting(line, sizeof line, data, size, dice);
    if (*line == '\0' || size + start + strlen(line) > most) {
        return 0;
    }
    memcpy(data + size, begin, start);
    memcpy(data + size + start, line, strlen(line));
    return size + start + strlen(line);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
    size_t changed = 0;
    if (size > 0 && seed % 4 < 2) {
        changed = add_setting(data, size, most, seed / 4);
    } else if (seed % 4 == 2) {
        changed = fuzz_change_number(data, size, most, seed / 4);
    }
    return changed > 0 ? changed : LLVMFuzzerMutate(data, size, most);
}
#endif

/* `homeward schema`: the reference of all keys, from the tables that the loader uses. */
#include "sim/input/binding.h"

#include "sim/input/layers.h"
#include "sim/input/pool.h"
#include "sim/input/prose.h"
#include "sim/input/units.h"
#include <math.h>
#include <string.h>

enum { KEY_INDENT = 4, MEANING_INDENT = 8 };

/* ---- One key ---- */

static const char *choices_text(hw_pool *pool, const char *const *choices) {
    const char *text = "one of ";
    for (size_t i = 0; choices[i] != NULL; i++) {
        text = hw_pool_print(pool, "%s%s%s", text, i == 0 ? "" : ", ", choices[i]);
    }
    return text;
}

static const char *quantity_text(hw_pool *pool, hw_dimension dimension) {
    const char *units = hw_dimension_units(dimension);
    return *units == '\0' ? hw_dimension_name(dimension)
                          : hw_pool_print(pool, "%s (%s)", hw_dimension_name(dimension), units);
}

static const char *type_text(hw_pool *pool, const hw_key *key) {
    switch (key->type) {
    case HW_KEY_QUANTITY:
        return quantity_text(pool, key->dimension);
    case HW_KEY_COUNT:
        return "a whole number";
    case HW_KEY_YES_NO:
        return "yes or no";
    case HW_KEY_DATE:
        return "a date (YYYY-MM-DD)";
    case HW_KEY_TEXT:
        return "a text";
    case HW_KEY_YAML:
        return "a value, a list or keys and values, see below";
    case HW_KEY_CHOICE:
        return choices_text(pool, key->choices);
    case HW_KEY_REFERENCE:
        return hw_pool_print(pool, "a name from '%s'", key->refers_to);
    case HW_KEY_REFERENCES:
        return hw_pool_print(pool, "a list of names from '%s'", key->refers_to);
    case HW_KEY_DATED:
        return hw_pool_print(pool, "dates (YYYY-MM-DD or YYYY), each with %s",
                             quantity_text(pool, key->dimension));
    case HW_KEY_SECTION:
        return "keys and values, see below";
    case HW_KEY_TABLE:
        return hw_pool_print(pool, "names, each with the keys of one %s, see below", key->section->name);
    case HW_KEY_REGISTRY:
        return "names with keys and values, see below";
    }
    return "";
}

static const char *range_text(hw_pool *pool, const hw_key *key) {
    bool quantity = key->type == HW_KEY_QUANTITY || key->type == HW_KEY_DATED;
    const char *unit = quantity ? hw_dimension_held(key->dimension) : "";
    const char *blank = *unit == '\0' ? "" : " ";
    if (key->low == 0.0 && key->high == 0.0) {
        return "";
    }
    if (isinf(key->high)) {
        return hw_pool_print(pool, "; at least %.10g%s%s", key->low, blank, unit);
    }
    if (isinf(key->low)) {
        return hw_pool_print(pool, "; at most %.10g%s%s", key->high, blank, unit);
    }
    return hw_pool_print(pool, "; from %.10g to %.10g%s%s", key->low, key->high, blank, unit);
}

static const char *standard_text(hw_pool *pool, const hw_key *key) {
    if (key->type == HW_KEY_SECTION || key->type == HW_KEY_REGISTRY) {
        return "";
    }
    if (key->standard == NULL) {
        return key->optional ? "; may be left out" : "; required";
    }
    if (key->source == NULL) {
        return hw_pool_print(pool, "; default %s (assumed)", key->standard);
    }
    return hw_pool_print(pool, "; default %s (source: %s)", key->standard, key->source);
}

static const char *need_text(hw_pool *pool, const hw_key *key) {
    if (key->chosen_by != NULL && key->type == HW_KEY_REGISTRY && key->registry->switched_by != NULL) {
        return hw_pool_print(pool, "; an entry is read only when it has '%s', or '%s' names it",
                             key->registry->switched_by, key->chosen_by);
    }
    if (key->chosen_by != NULL) {
        return hw_pool_print(pool, "; an entry is read only when '%s' names it", key->chosen_by);
    }
    if (key->read_if != NULL) {
        return hw_pool_print(pool, "; read only with '%s'", key->read_if);
    }
    return key->only_with == NULL ? "" : hw_pool_print(pool, "; only beside '%s'", key->only_with);
}

static void print_key(FILE *out, hw_pool *pool, const hw_key *key) {
    hw_prose_print(out, KEY_INDENT, 2,
                   hw_pool_print(pool, "%s: %s%s%s%s", key->name, type_text(pool, key), range_text(pool, key),
                                 standard_text(pool, key), need_text(pool, key)));
    hw_prose_print(out, MEANING_INDENT, 0, key->meaning);
    if (key->before_start != NULL) {
        hw_prose_print(out, MEANING_INDENT, 0,
                       hw_pool_print(pool, "Before the scenario's start: %s.", key->before_start));
    }
    if (key->after_horizon != NULL) {
        hw_prose_print(out, MEANING_INDENT, 0,
                       hw_pool_print(pool, "After its horizon: %s.", key->after_horizon));
    }
    if (key->fixes != NULL) {
        hw_prose_print(out, MEANING_INDENT, 0, hw_pool_print(pool, "No factor of a sweep: %s.", key->fixes));
    }
}

/* ---- Sections ---- */

static void print_section(FILE *out, hw_pool *pool, const hw_section *section, const char *path);

static void print_below(FILE *out, hw_pool *pool, const hw_key *key, const char *path) {
    const char *inner = hw_path_join(pool, path, key->name);
    if (key->type == HW_KEY_SECTION) {
        print_section(out, pool, key->section, inner);
    } else if (key->type == HW_KEY_TABLE) {
        print_section(out, pool, key->section, hw_pool_print(pool, "%s.<%s>", inner, key->section->name));
    }
    for (uint32_t i = 0; key->type == HW_KEY_REGISTRY && i < key->registry->count; i++) {
        const hw_section *entry = key->registry->sections[i];
        print_section(out, pool, entry, hw_path_join(pool, inner, entry->name));
    }
}

static void print_section(FILE *out, hw_pool *pool, const hw_section *section, const char *path) {
    fprintf(out, "%s\n", *path == '\0' ? section->name : path);
    hw_prose_print(out, KEY_INDENT, 0, section->documentation);
    fputc('\n', out);
    for (uint32_t i = 0; i < section->key_count; i++) {
        print_key(out, pool, &section->keys[i]);
    }
    fputc('\n', out);
    for (uint32_t i = 0; i < section->key_count; i++) {
        print_below(out, pool, &section->keys[i], path);
    }
}

static void print_introduction(FILE *out) {
    hw_prose_print(
        out, 0, 0,
        "Every quantity carries its unit (5.2 km2, 14 months, 2.5 MUSD) and may be uncertain: {p10: 1 "
        "day, p50: 2 days, p90: 4 days}, or {distribution: pert, low: ..., mode: ..., high: ...}; the "
        "others are triangular (low, mode, high), uniform (low, high), normal (mean, sd), lognormal "
        "(median, sigma), exponential (mean), gamma (shape, scale) and beta (alpha, beta).");
    fputc('\n', out);
    hw_prose_print(
        out, 0, 0,
        "Any value may be written as {value: ..., source: ..., assumed: yes, note: ..., known_by: "
        "2023-09-20}. A source or assumed in a mapping holds for all values inside that do not say "
        "otherwise; so does known_by, the day by which a value was known; known_by: asked says that it "
        "is no knowledge but a question, which holds as of any day. With as_of: 2023-04-30 at "
        "the top of a file, values that were known later fall back to the file before, else to their "
        "default; entries of tables and dated series, and items of lists such as {value: a name, "
        "known_by: ...}, are left out.");
    fputc('\n', out);
    hw_prose_print(
        out, 0, 0,
        "include: [a.yaml, b.yaml] at the top of a file reads those files first; what the file itself "
        "says wins. currencies: {AZN: 0.588 USD} lets money be written as 97.6 MAZN; with shown_in: AZN "
        "among "
        "them, results tell money in AZN at that rate.");
    fputc('\n', out);
}

/* ---- Paths ---- */

/* Where a path has led to: a section, and one key of it, or all (NULL). */
typedef struct destination {
    const hw_section *section;
    const hw_key *key;
    const char *path; /* of the section */
} destination;

static const hw_key *find_key(const hw_section *section, const char *name) {
    for (uint32_t i = 0; i < section->key_count; i++) {
        if (strcmp(section->keys[i].name, name) == 0) {
            return &section->keys[i];
        }
    }
    return NULL;
}

static const hw_section *find_entry(const hw_registry *registry, const char *name) {
    for (uint32_t i = 0; i < registry->count; i++) {
        if (strcmp(registry->sections[i]->name, name) == 0) {
            return registry->sections[i];
        }
    }
    return NULL;
}

static void add_unknown(hw_errors *errors, const char *name, const char *of, const char *const *names,
                        uint32_t count) {
    hw_suggest(errors, (hw_position){0}, name, names, count, "", "there is no key '%s' in %s", name, of);
}

static void add_unknown_key(hw_pool *pool, const hw_section *section, const char *name, hw_errors *errors) {
    const char **names = hw_pool_take(pool, section->key_count, sizeof(const char *));
    for (uint32_t i = 0; i < section->key_count; i++) {
        names[i] = section->keys[i].name;
    }
    add_unknown(errors, name, section->name, names, section->key_count);
}

static void add_unknown_entry(const hw_registry *registry, const char *name, hw_errors *errors) {
    const char *names[HW_REGISTRY_MOST];
    for (uint32_t i = 0; i < registry->count; i++) {
        names[i] = registry->sections[i]->name;
    }
    add_unknown(errors, name, registry->name, names, registry->count);
}

/* A path may name an item of a table ("shops.Corner.area") or leave the name out ("shops.area"). */
static bool is_item_name(const destination *at, const char *name, const char *rest) {
    return *name == '<' || (find_key(at->section, name) == NULL && *rest != '\0');
}

/* One step: false after adding an error. */
static bool step(hw_pool *pool, destination *at, const char *name, const char *rest, hw_errors *errors) {
    if (at->key != NULL && at->key->type == HW_KEY_REGISTRY) {
        const hw_section *entry = find_entry(at->key->registry, name);
        if (entry == NULL) {
            add_unknown_entry(at->key->registry, name, errors);
            return false;
        }
        const char *registry_path = hw_path_join(pool, at->path, at->key->name);
        *at = (destination){.section = entry, .path = hw_path_join(pool, registry_path, name)};
        return true;
    }
    bool table = at->key != NULL && at->key->type == HW_KEY_TABLE;
    if (table || (at->key != NULL && at->key->type == HW_KEY_SECTION)) {
        const char *path = hw_path_join(pool, at->path, at->key->name);
        const hw_section *section = at->key->section;
        path = table ? hw_pool_print(pool, "%s.<%s>", path, section->name) : path;
        *at = (destination){.section = section, .path = path};
        if (table && is_item_name(at, name, rest)) {
            return true;
        }
    } else if (at->key != NULL) {
        hw_errors_say(errors, "'%s' has no keys inside", at->key->name);
        return false;
    }
    at->key = find_key(at->section, name);
    if (at->key == NULL) {
        add_unknown_key(pool, at->section, name, errors);
    }
    return at->key != NULL;
}

static bool follow(hw_pool *pool, const char *path, destination *at, hw_errors *errors) {
    const char *rest = path;
    const char *problem = NULL;
    for (const char *name; (name = hw_path_next(pool, &rest, &problem)) != NULL;) {
        if (!step(pool, at, name, rest, errors)) {
            return false;
        }
    }
    if (problem != NULL) {
        hw_errors_say(errors, "'%s' is no path: %s", path, problem);
    }
    return problem == NULL;
}

hw_status hw_schema_print(FILE *out, const hw_section *root, const char *path, hw_errors *errors) {
    hw_pool pool = {0};
    destination at = {.section = root, .path = ""};
    bool found = path == NULL || follow(&pool, path, &at, errors);
    if (found && at.key == NULL) {
        if (path == NULL) {
            print_introduction(out);
        }
        print_section(out, &pool, at.section, at.path);
    } else if (found && at.key->type == HW_KEY_SECTION) {
        print_below(out, &pool, at.key, at.path);
    } else if (found) {
        fprintf(out, "%s\n", hw_path_join(&pool, at.path, at.key->name));
        print_key(out, &pool, at.key);
        fputc('\n', out);
        print_below(out, &pool, at.key, at.path);
    }
    hw_pool_free(&pool);
    return found ? HW_OK : HW_ERROR_INPUT;
}

/* What refers to what: which files may go, and why. */
#include "analysis/archive/parts.h"
#include "analysis/base/memory.h"
#include "analysis/scenario/load.h"
#include "analysis/scenario/parameters_from.h"
#include "sim/letters.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- Scenarios below the folder ---- */

typedef struct known_scenario {
    const char *path;
    char *real;            /* behind links and dots */
    hw_document *document; /* NULL: it cannot be read */
    char *table;           /* the table that it draws from, behind links; or NULL */
    char **parts;          /* the real paths of all files that it is made of */
    size_t part_count;
} known_scenario;

typedef struct known {
    known_scenario *scenarios;
    uint32_t count;
    bool all_read; /* of those that may name a table */
} known;

static char *real_path(const char *path) {
    char *real = realpath(path, NULL);
    return real != NULL ? real : hw_take_text("%s", path);
}

static bool mentions_a_table(const char *path) {
    bool mentions = true; /* what cannot be read may */
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    if (file != NULL) {
        mentions = false;
        while (!mentions && getline(&line, &room, file) >= 0) {
            mentions = strstr(line, "parameters_from") != NULL;
        }
        fclose(file);
    }
    free(line);
    return mentions;
}

static void read_scenario(known *all, const char *path) {
    known_scenario *scenario = &all->scenarios[all->count++];
    hw_errors ignored = {0};
    *scenario =
        (known_scenario){.path = path, .real = real_path(path), .document = hw_document_load(path, &ignored)};
    hw_errors_free(&ignored);
    if (scenario->document == NULL) {
        all->all_read = all->all_read && !mentions_a_table(path);
        return;
    }
    char *table = hw_parameters_path(scenario->document);
    scenario->table = table != NULL ? real_path(table) : NULL;
    free(table);
    const char *const *files = hw_document_files(scenario->document, &scenario->part_count);
    scenario->parts = hw_take(scenario->part_count + 1, sizeof *scenario->parts);
    for (size_t i = 0; i < scenario->part_count; i++) {
        scenario->parts[i] = real_path(files[i]);
    }
}

static known read_scenarios(const hw_archive *archive) {
    known all = {.scenarios = hw_take(archive->scenario_count + 1, sizeof *all.scenarios), .all_read = true};
    for (uint32_t i = 0; i < archive->scenario_count; i++) {
        read_scenario(&all, archive->scenarios[i]);
    }
    return all;
}

static void free_known(known *all) {
    for (uint32_t i = 0; i < all->count; i++) {
        known_scenario *scenario = &all->scenarios[i];
        for (size_t p = 0; p < scenario->part_count; p++) {
            free(scenario->parts[p]);
        }
        free((void *)scenario->parts);
        free(scenario->real);
        free(scenario->table);
        hw_document_free(scenario->document);
    }
    free(all->scenarios);
}

/* ---- Journals and parts of files ---- */

static const hw_archive_entry *entry_at(const hw_archive *archive, const char *path) {
    for (uint32_t i = 0; i < archive->count; i++) {
        if (strcmp(archive->entries[i].path, path) == 0) {
            return &archive->entries[i];
        }
    }
    return NULL;
}

static bool is_finished(const hw_archive_entry *entry) {
    return entry != NULL && entry->trouble == NULL && entry->complete &&
           (entry->kind == HW_ARCHIVE_RESULT || entry->kind == HW_ARCHIVE_SWEEP);
}

static bool same(const char *a, const char *b) {
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* "quick.h5.journal-*" is about "quick.h5", "sobol/journal-*" about "sobol/sweep.h5". */
static char *result_of_journal(const hw_archive_entry *journal) {
    size_t length = strlen(journal->path) - strlen("journal-*");
    bool alone = length > 0 && journal->path[length - 1] == '.';
    return alone ? hw_take_text("%.*s", (int)length - 1, journal->path)
                 : hw_take_text("%.*ssweep.h5", (int)length, journal->path);
}

static char *judge_journal(const hw_archive *archive, const hw_archive_entry *journal) {
    char *path = result_of_journal(journal), *why = NULL;
    const hw_archive_entry *result = entry_at(archive, path);
    bool of_sweep = same(journal->variant, "sweep");
    if (!journal->in_use && is_finished(result) && of_sweep == (result->kind == HW_ARCHIVE_SWEEP) &&
        same(journal->digest, result->digest) && same(journal->model, result->model) &&
        (of_sweep || (same(journal->seed, result->seed) && same(journal->code, result->code))) &&
        journal->reach <= result->asked) {
        why = hw_take_text("%s is finished and holds all of it%s", path,
                           of_sweep ? " (only sweep --reuse would read it)" : "");
    }
    free(path);
    return why;
}

static char *judge_partial(const hw_archive *archive, const hw_archive_entry *partial) {
    enum { SECONDS_OF_A_DAY = 86400 };
    char *path =
        hw_take_text("%.*s", (int)(strlen(partial->path) - strlen(".homeward-partial")), partial->path);
    bool old = time(NULL) - partial->files[0].about.st_mtime > SECONDS_OF_A_DAY;
    char *why = old && is_finished(entry_at(archive, path))
                    ? hw_take_text("was left behind a day ago or more, and %s is finished", path)
                    : NULL;
    free(path);
    return why;
}

/* ---- Kept results ---- */

/* As studies name what they keep. */
static bool is_kept_result(const hw_archive_entry *entry) {
    if (entry->digest == NULL || entry->seed == NULL) {
        return false;
    }
    char *ending = hw_take_text("-%.12s-seed%s-n%" PRIu64 ".h5", entry->digest, entry->seed, entry->asked);
    bool kept = hw_text_ends(entry->path, ending);
    free(ending);
    return kept;
}

static const char *base_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* The only scenario below the folder with that file name; NULL when there is none, or are several. */
static const known_scenario *scenario_named(const known *all, const char *name, size_t length) {
    const known_scenario *found = NULL;
    for (uint32_t i = 0; i < all->count; i++) {
        const char *base = base_of(all->scenarios[i].path);
        if (strlen(base) == length && strncmp(base, name, length) == 0) {
            if (found != NULL) {
                return NULL;
            }
            found = &all->scenarios[i];
        }
    }
    return found != NULL && found->document != NULL ? found : NULL;
}

static bool is_part_of(const known_scenario *one, const known_scenario *other) {
    for (size_t p = 0; one != other && p < other->part_count; p++) {
        if (strcmp(other->parts[p], one->real) == 0) {
            return true;
        }
    }
    return false;
}

/* The files that a result was made of which no other one of them includes, in order: they lie over each
 * other. 0 when any is not below the folder, or not known for certain. */
static uint32_t roots_of(const known *all, const char *made_of, const char **roots, uint32_t room) {
    const known_scenario *parts[HW_ERRORS_KEPT];
    uint32_t count = 0, root_count = 0;
    for (const char *name = made_of; *name != '\0';) {
        size_t length = strcspn(name, "\n");
        const known_scenario *part = scenario_named(all, name, length);
        if (part == NULL || count == HW_ERRORS_KEPT) {
            return 0;
        }
        parts[count++] = part;
        name += length + (name[length] == '\n');
    }
    for (uint32_t i = 0; i < count; i++) {
        bool inside = false;
        for (uint32_t j = 0; j < count; j++) {
            inside = inside || is_part_of(parts[i], parts[j]);
        }
        if (!inside && root_count < room) {
            roots[root_count++] = parts[i]->path;
        }
    }
    return root_count;
}

/* "a.b=1" and "without a.b", one a line. Cuts the text up. */
static uint32_t read_settings(char *text, hw_setting *settings, uint32_t room) {
    static const char without[] = "without ";
    uint32_t count = 0;
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        char *equals = strchr(line, '=');
        bool gone = equals == NULL && strncmp(line, without, strlen(without)) == 0;
        if (count == room || (equals == NULL && !gone)) {
            return UINT32_MAX;
        }
        if (equals != NULL) {
            *equals = '\0';
        }
        settings[count++] = (hw_setting){.path = gone ? line + strlen(without) : line,
                                         .yaml = equals != NULL ? equals + 1 : NULL};
    }
    return count;
}

/* The digest of what its files and settings make today; NULL when that is not known. */
static char *digest_today(const known *all, const hw_archive_entry *entry) {
    enum { ROOTS = 64, SETTINGS = 256 };
    const char *roots[ROOTS];
    hw_setting settings[SETTINGS];
    uint32_t count = entry->made_of != NULL ? roots_of(all, entry->made_of, roots, ROOTS) : 0;
    char *text = hw_take_text("%s", entry->settings != NULL ? entry->settings : "");
    uint32_t set = read_settings(text, settings, SETTINGS);
    char *digest = NULL;
    if (count > 0 && set != UINT32_MAX) {
        hw_loaded loaded;
        hw_errors ignored = {0};
        if (hw_load_layers(&loaded, roots, count, settings, set, &ignored) == HW_OK) {
            digest = hw_take_text("%s", hw_binding_digest(loaded.binding));
        }
        hw_errors_free(&ignored);
        hw_load_free(&loaded);
    }
    free(text);
    return digest;
}

static char *judge_result(const known *all, const hw_archive_entry *entry) {
    char *today = is_kept_result(entry) ? digest_today(all, entry) : NULL;
    char *why = today != NULL && !same(today, entry->digest)
                    ? hw_take_text("its scenario says something else today (%.12s)", today)
                    : NULL;
    free(today);
    return why;
}

/* ---- Tables of conditioned values ---- */

static bool is_named(const known *all, const char *path) {
    char *real = real_path(path);
    bool named = false;
    for (uint32_t i = 0; i < all->count && !named; i++) {
        named = all->scenarios[i].table != NULL && strcmp(all->scenarios[i].table, real) == 0;
    }
    free(real);
    return named;
}

static bool is_drawn_from(const hw_archive *archive, const hw_archive_entry *table) {
    for (uint32_t i = 0; i < archive->count; i++) {
        const hw_archive_entry *entry = &archive->entries[i];
        if (entry != table && entry->kind != HW_ARCHIVE_POSTERIOR &&
            same(entry->drawn_from, table->drawn_from)) {
            return true;
        }
    }
    return false;
}

static bool has_scenario(const known *all) {
    for (uint32_t i = 0; i < all->count; i++) {
        if (all->scenarios[i].document != NULL) {
            return true;
        }
    }
    return false;
}

static char *judge_table(const hw_archive *archive, const known *all, const hw_archive_entry *table) {
    bool certain = all->all_read && has_scenario(all) && archive->unread_count == 0;
    char *typed = hw_archive_path(archive, table->files[0].path);
    char *why = certain && !is_named(all, typed) && !is_drawn_from(archive, table)
                    ? hw_take_text("no scenario below %s names it, and no result there was drawn from it",
                                   archive->folder)
                    : NULL;
    free(typed);
    return why;
}

/* ---- All ---- */

static bool lies_in_waves(const char *path) {
    return strstr(path, ".waves/") != NULL;
}

void hw_archive_judge(hw_archive *archive) {
    known all = read_scenarios(archive);
    for (uint32_t i = 0; i < archive->count; i++) {
        hw_archive_entry *entry = &archive->entries[i];
        if (entry->trouble != NULL || entry->in_use || lies_in_waves(entry->files[0].path)) {
            continue;
        }
        entry->unreferenced = entry->kind == HW_ARCHIVE_JOURNAL     ? judge_journal(archive, entry)
                              : entry->kind == HW_ARCHIVE_PARTIAL   ? judge_partial(archive, entry)
                              : entry->kind == HW_ARCHIVE_RESULT    ? judge_result(&all, entry)
                              : entry->kind == HW_ARCHIVE_POSTERIOR ? judge_table(archive, &all, entry)
                                                                    : NULL;
    }
    free_known(&all);
}

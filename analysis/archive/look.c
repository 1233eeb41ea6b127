/* What files say of themselves. HDF5 opens only what has a good seal: over others it may stumble. */
#include "analysis/archive/parts.h"
#include "analysis/base/memory.h"
#include "analysis/results/value_tree.h"
#include "sim/date.h"
#include "sim/length.h"
#include "sim/run/intake.h"
#include "sim/run/journal_index.h"
#include "sim/run/netcdf_read.h"
#include "sim/run/store.h"
#include "sim/run/sweep.h"
#include "sim/run/sweep_store.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- Files of HDF5 ---- */

/* Where a kind of file says what: names of attributes, NULL where it does not. */
typedef struct words_of_kind {
    hw_archive_kind kind;
    const char *format; /* the number of its format, ours up to `newest` */
    int32_t newest;
    const char *scenario, *variant, *version, *digest, *asked;
    const char *rows; /* dataset with the values of its scenario, or of the first one */
} words_of_kind;

static const words_of_kind kinds[] = {
    {.kind = HW_ARCHIVE_RESULT,
     .format = "homeward_format",
     .newest = HW_STORE_FORMAT,
     .scenario = "title",
     .variant = "settings",
     .version = "homeward_version",
     .digest = "digest",
     .asked = "replications_asked",
     .rows = HW_STORE_ROWS},
    {.kind = HW_ARCHIVE_SWEEP,
     .format = "homeward_sweep_format",
     .newest = HW_SWEEP_FORMAT,
     .scenario = "title",
     .variant = "design",
     .version = "homeward_version",
     .digest = "digest",
     .asked = "replications",
     .rows = "case_values"},
    {.kind = HW_ARCHIVE_POSTERIOR,
     .format = "homeward_parameters_format",
     .newest = 1,
     .scenario = "about",
     .digest = "scenario_digest"},
    {.kind = HW_ARCHIVE_ANSWER,
     .format = "homeward_answer_format",
     .newest = 1,
     .scenario = "question",
     .variant = "command",
     .version = "version",
     .digest = "digest"},
    {.kind = HW_ARCHIVE_SCORES, .format = "homeward_scores_format", .newest = 1},
};

static char *text_of(hid_t file, const char *name) {
    char *text = name != NULL && H5Aexists(file, name) > 0 ? hw_netcdf_read_text(file, name) : NULL;
    if (text != NULL && text[0] == '\0') {
        free(text);
        text = NULL;
    }
    return text;
}

/* "a=1, b=2" of one setting a line. */
static char *in_one_line(const char *lines) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    for (const char *c = lines; *c != '\0'; c++) {
        fputs(*c == '\n' ? ", " : (char[2]){*c, '\0'}, out);
    }
    hw_end_stream(out);
    return text;
}

/* The seed is a number, or of answers a text. */
static char *seed_of(hid_t file) {
    uint64_t seed = 0;
    bool is_number = false;
    hid_t attribute = H5Aexists(file, "seed") > 0 ? H5Aopen(file, "seed", H5P_DEFAULT) : -1;
    if (attribute >= 0) {
        hid_t type = H5Aget_type(attribute);
        is_number = type >= 0 && H5Tget_class(type) == H5T_INTEGER;
        H5Tclose(type);
        H5Aclose(attribute);
    }
    if (!is_number) {
        return text_of(file, "seed");
    }
    return hw_netcdf_read_number(file, "seed", H5T_NATIVE_UINT64, &seed) ? hw_take_text("%" PRIu64, seed)
                                                                         : NULL;
}

/* The values of the (first) scenario, as rows; NULL where there are none, as in files of older formats. */
static char *rows_of(hid_t file, const char *name) {
    if (name == NULL || H5Lexists(file, name, H5P_DEFAULT) <= 0) {
        return NULL;
    }
    uint64_t count = strcmp(name, HW_STORE_ROWS) == 0 ? 1 : hw_netcdf_length(file, name);
    char **texts = count > 0 ? hw_netcdf_read_texts_of(file, name, count) : NULL;
    char *first = texts != NULL && texts[0] != NULL ? hw_take_text("%s", texts[0]) : NULL;
    hw_netcdf_free_texts(texts, texts != NULL ? count : 0);
    return first;
}

static void read_rows(hw_archive_entry *entry, hid_t file, const char *name) {
    char *rows = rows_of(file, name);
    if (rows != NULL) {
        hw_value_tree values;
        hw_value_tree_read(&values, rows);
        const char *table = hw_value_tree_text(&values, "parameters_are");
        entry->drawn_from = table != NULL ? hw_take_text("%s", table) : NULL;
        entry->knows_as_of = hw_value_rows_as_of(rows, &entry->as_of);
        hw_value_tree_free(&values);
    }
    free(rows);
}

/* The table itself, the answer, the scores: an attribute says the day. */
static void read_as_of(hw_archive_entry *entry, hid_t file) {
    char *text = text_of(file, "as_of");
    entry->knows_as_of = text != NULL && hw_date_parse(text, &entry->as_of);
    free(text);
}

static bool read_count(hid_t file, const char *name, uint64_t *count) {
    return hw_netcdf_read_number(file, name, H5T_NATIVE_UINT64, count);
}

static const char *read_numbers(hw_archive_entry *entry, hid_t file, const words_of_kind *words) {
    int32_t complete = 1;
    if (words->asked != NULL && !read_count(file, words->asked, &entry->asked)) {
        return "is damaged: it does not say for how many replications it was asked";
    }
    if (entry->kind == HW_ARCHIVE_RESULT) {
        entry->finished =
            hw_netcdf_length(file, HW_STORE_REPLICATION) + hw_netcdf_length(file, HW_STORE_FAILED);
        (void)hw_netcdf_read_number(file, "complete", H5T_NATIVE_INT32, &complete);
    } else {
        entry->finished = entry->asked;
    }
    entry->complete = complete != 0;
    return NULL;
}

/* What is wrong with it, or NULL. */
static const char *read_as(hw_archive_entry *entry, hid_t file, const words_of_kind *words) {
    entry->kind = words->kind;
    entry->scenario = text_of(file, words->scenario);
    entry->settings = entry->kind == HW_ARCHIVE_RESULT ? text_of(file, words->variant) : NULL;
    char *variant = text_of(file, words->variant);
    entry->variant = variant != NULL ? in_one_line(variant) : NULL;
    free(variant);
    entry->version = text_of(file, words->version);
    entry->digest = text_of(file, words->digest);
    entry->model = text_of(file, "model");
    entry->code = text_of(file, "homeward_code");
    entry->made_of = text_of(file, "scenario_files");
    entry->seed = seed_of(file);
    if (words->rows != NULL) {
        read_rows(entry, file, words->rows);
    } else {
        read_as_of(entry, file);
    }
    if (entry->kind == HW_ARCHIVE_POSTERIOR && entry->scenario != NULL) {
        entry->drawn_from = hw_take_text("%s", entry->scenario);
    }
    if (words->digest != NULL && entry->digest == NULL && entry->kind != HW_ARCHIVE_ANSWER) {
        return "is damaged: it does not say of which scenario it is";
    }
    return read_numbers(entry, file, words);
}

static const char *read_hdf5(hw_archive_entry *entry, hid_t file) {
    for (size_t i = 0; i < HW_LENGTH(kinds); i++) {
        int32_t format = 0;
        if (H5Aexists(file, kinds[i].format) <= 0) {
            continue;
        }
        if (!hw_netcdf_read_number(file, kinds[i].format, H5T_NATIVE_INT32, &format) || format < 1 ||
            format > kinds[i].newest) {
            entry->kind = kinds[i].kind;
            return "has a format that this program does not know: a newer Homeward wrote it";
        }
        return read_as(entry, file, &kinds[i]);
    }
    return "is HDF5, but not a file of Homeward";
}

/* What is said of a file begins with its path, which stands beside it in the table. */
static char *without_path(const char *message, const char *path) {
    static const char opening[] = "cannot open ";
    const char *rest = message;
    if (strncmp(rest, opening, strlen(opening)) == 0) {
        rest += strlen(opening);
    }
    size_t length = strlen(path);
    bool begins = strncmp(rest, path, length) == 0;
    const char *tail = begins ? rest + length : rest;
    return hw_take_text("%s%s", begins && tail[0] == ':' ? "cannot be opened" : "",
                        tail + (begins && *tail == ' '));
}

/* Of a file with a bad seal the finding alone, without the cure. */
static char *why_refused(const hw_intake *intake, hw_intake_kind kind, const char *typed,
                         const hw_errors *problems) {
    bool bad_seal = intake->seal != HW_SEAL_GOOD && intake->seal != HW_SEAL_UNREADABLE;
    bool foreign = intake->seal == HW_SEAL_NONE && kind == HW_INTAKE_OTHER;
    return bad_seal && !foreign
               ? hw_take_text("%s", hw_seal_words(intake->seal))
               : without_path(problems->kept > 0 ? problems->items[0].message : "cannot be read", typed);
}

void hw_archive_look(hw_archive_entry *entry, const char *typed) {
    hw_intake intake;
    hw_errors problems = {0};
    const char *wrong = NULL;
    if (hw_intake_begin(&intake, typed, HW_SEALED_ONLY, &problems)) {
        H5E_BEGIN_TRY {
            hid_t file = hw_intake_open(typed);
            wrong = file >= 0 ? read_hdf5(entry, file) : "is damaged: HDF5 cannot open it";
            if (file >= 0) {
                H5Fclose(file);
            }
        }
        H5E_END_TRY;
        entry->trouble = wrong != NULL ? hw_take_text("%s", wrong) : NULL;
    } else {
        hw_intake_kind kind = hw_intake_kind_of(typed);
        entry->kind = kind == HW_INTAKE_RESULT  ? HW_ARCHIVE_RESULT
                      : kind == HW_INTAKE_SWEEP ? HW_ARCHIVE_SWEEP
                                                : HW_ARCHIVE_OTHER;
        entry->trouble = why_refused(&intake, kind, typed, &problems);
    }
    hw_intake_end(&intake);
    hw_errors_free(&problems);
}

/* ---- Work that is not finished ---- */

static void read_identity(hw_archive_entry *entry, const char *identity) {
    char *plan = hw_sweep_identity_line(identity, "plan");
    char *asked = hw_sweep_identity_line(identity, "replications");
    entry->digest = plan != NULL ? plan : hw_sweep_identity_line(identity, "digest");
    entry->scenario = hw_sweep_identity_line(identity, "title");
    entry->model = hw_sweep_identity_line(identity, "model");
    entry->code = hw_sweep_identity_line(identity, "code");
    entry->seed = hw_sweep_identity_line(identity, "seed");
    entry->variant = hw_take_text("%s", plan != NULL ? "sweep" : "run");
    entry->asked = asked != NULL ? strtoull(asked, NULL, 10) : 0;
    free(asked);
}

void hw_archive_look_at_journals(hw_archive_entry *entry, const char *stem) {
    hw_journal_index index = {0};
    hw_trouble trouble = {0};
    if (hw_journal_index_open(&index, stem, HW_JOURNAL_LOOK, &trouble) != HW_OK) {
        entry->trouble = hw_take_text("%s", trouble.text);
    } else if (hw_journal_index_identity(&index) == NULL) {
        entry->trouble = hw_take_text("holds nothing: its program ended before it had finished anything");
    } else if (hw_journal_index_others(&index, hw_journal_index_identity(&index)) > 0) {
        entry->trouble = hw_take_text("are of several questions");
    } else {
        read_identity(entry, hw_journal_index_identity(&index));
    }
    for (uint64_t i = 0; i < index.count; i++) {
        const hw_journal_entry *record = &index.entries[i];
        entry->finished += record->last - record->first;
        entry->reach = record->last > entry->reach ? record->last : entry->reach;
    }
    for (uint32_t f = 0; f < index.file_count; f++) {
        entry->in_use = entry->in_use || hw_journal_in_use(index.files[f].path);
    }
    if (index.file_count != entry->file_count && entry->trouble == NULL) {
        entry->trouble = hw_take_text("changed while they were looked at");
    }
    hw_journal_index_free(&index);
}

void hw_archive_look_at_partial(hw_archive_entry *entry, const char *typed) {
    if (hw_intake_kind_of(typed) == HW_INTAKE_OTHER) {
        entry->trouble = hw_take_text("nothing in it says that Homeward wrote it");
    }
}

/* Finds the scenario files of levers and bundles in a folder. */
#include "analysis/compare/lever_files.h"
#include "analysis/base/memory.h"
#include "sim/input/document.h"
#include "sim/run/experiment.h"
#include <dirent.h>
#include <errno.h>
#include <mpi.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int is_scenario(const struct dirent *entry) {
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 5 && strcmp(entry->d_name + length - 5, ".yaml") == 0;
}

static void add_file(hw_lever_files *files, char *path, hw_lever_kind kind) {
    files->items = hw_take_again(files->items, files->count + 1, sizeof *files->items);
    files->items[files->count++] = (hw_lever_file){.path = path, .kind = kind};
}

static int by_bytes(const struct dirent **left, const struct dirent **right) {
    return strcmp((*left)->d_name, (*right)->d_name);
}

static void scan_folder(hw_lever_files *files, const char *folder, hw_lever_kind kind) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_scenario, by_bytes);
    for (int i = 0; i < count; i++) {
        add_file(files, hw_take_text("%s/%s", folder, entries[i]->d_name), kind);
        free(entries[i]);
    }
    free(entries);
}

/* ---- Only some ---- */

static bool is_named(const char *path, const char *name, size_t length) {
    const char *slash = strrchr(path, '/'), *base = slash != NULL ? slash + 1 : path;
    return strncmp(base, name, length) == 0 && strcmp(base + length, ".yaml") == 0;
}

static void complain_unknown(const hw_lever_files *files, const char *name, size_t length,
                             hw_errors *errors) {
    char *wanted = hw_take_text("%.*s", (int)length, name);
    char **names = hw_take(files->count, sizeof *names);
    for (uint32_t i = 0; i < files->count; i++) {
        const char *slash = strrchr(files->items[i].path, '/');
        names[i] = hw_take_text("%.*s", (int)strlen(slash + 1) - 5, slash + 1);
    }
    hw_suggest(errors, (hw_position){0}, wanted, (const char *const *)names, files->count, "",
               "there is no lever '%s'", wanted);
    for (uint32_t i = 0; i < files->count; i++) {
        free(names[i]);
    }
    free(names);
    free(wanted);
}

static hw_status keep_only(hw_lever_files *files, const char *only, hw_errors *errors) {
    bool *kept = hw_take(files->count, sizeof *kept);
    hw_status status = HW_OK;
    for (const char *name = only; *name;) {
        size_t length = strcspn(name, ",");
        bool known = false;
        for (uint32_t i = 0; i < files->count; i++) {
            bool named = is_named(files->items[i].path, name, length);
            known = known || named;
            kept[i] = kept[i] || named;
        }
        if (!known) {
            complain_unknown(files, name, length, errors);
            status = HW_ERROR_INPUT;
        }
        name += length;
        name += *name == ',';
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < files->count; i++) {
        if (kept[i]) {
            files->items[count++] = files->items[i];
        } else {
            free(files->items[i].path);
        }
    }
    files->count = count;
    free(kept);
    return status;
}

/* ---- Made for this base? ---- */

static bool same_file(const char *left, const char *right) {
    struct stat a, b;
    return stat(left, &a) == 0 && stat(right, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Whether a file lies in a folder or in a folder of that. */
static bool is_in(const char *path, const char *folder) {
    char *full = realpath(path, NULL), *full_folder = realpath(folder, NULL);
    size_t length = full_folder != NULL ? strlen(full_folder) : 0;
    bool in =
        full != NULL && full_folder != NULL && strncmp(full, full_folder, length) == 0 && full[length] == '/';
    free(full);
    free(full_folder);
    return in;
}

/* The first file that a lever needs and neither the base nor the folder has; NULL for none. */
static const char *foreign_file(const hw_document *base, const hw_document *lever, const char *folder) {
    size_t base_count, count;
    const char *const *base_files = hw_document_files(base, &base_count);
    const char *const *files = hw_document_files(lever, &count);
    for (size_t i = 0; i < count; i++) {
        bool known = is_in(files[i], folder);
        for (size_t j = 0; j < base_count && !known; j++) {
            known = same_file(files[i], base_files[j]);
        }
        if (!known) {
            return files[i];
        }
    }
    return NULL;
}

static hw_status check_files(const hw_lever_files *files, const char *base_path, const char *folder,
                             hw_errors *errors) {
    hw_document *base = hw_document_load(base_path, errors);
    hw_status status = base != NULL ? HW_OK : HW_ERROR_INPUT;
    for (uint32_t i = 0; base != NULL && i < files->count; i++) {
        hw_document *lever = hw_document_load(files->items[i].path, errors);
        const char *foreign = lever != NULL ? foreign_file(base, lever, folder) : NULL;
        if (foreign != NULL) {
            hw_errors_say(errors,
                          "%s is made for another base: it includes %s, which %s does not (--levers names "
                          "another folder, --only some of its levers)",
                          files->items[i].path, foreign, base_path);
        }
        status = lever == NULL || foreign != NULL ? HW_ERROR_INPUT : status;
        if (lever != NULL) {
            hw_document_free(lever);
        }
    }
    if (base != NULL) {
        hw_document_free(base);
    }
    return status;
}

char *hw_lever_files_folder(const char *base) {
    const char *slash = strrchr(base, '/');
    return slash != NULL ? hw_take_text("%.*s/levers", (int)(slash - base), base) : hw_take_text("levers");
}

static hw_status find_in(hw_lever_files *files, const char *base, const char *folder, const char *only,
                         hw_errors *errors) {
    char *bundles = hw_take_text("%s/bundles", folder);
    scan_folder(files, folder, HW_LEVER_SINGLE);
    scan_folder(files, bundles, HW_LEVER_BUNDLE);
    free(bundles);
    if (files->count == 0) {
        hw_errors_say(errors, "no lever is to be found: %s holds no .yaml files", folder);
        return HW_ERROR_INPUT;
    }
    hw_status status = only != NULL ? keep_only(files, only, errors) : HW_OK;
    return status == HW_OK ? check_files(files, base, folder, errors) : status;
}

hw_status hw_lever_files_here(hw_lever_files *files, const char *base, const char *folder, const char *only,
                              hw_errors *errors) {
    *files = (hw_lever_files){0};
    char *place = folder != NULL ? hw_take_text("%s", folder) : hw_lever_files_folder(base);
    hw_status status = find_in(files, base, place, only, errors);
    free(place);
    return status;
}

/* ---- On all ranks ---- */

/* Rank 0 has them all; the others have those before this one. */
static void share_file(hw_lever_files *files, uint32_t i) {
    bool sends = i < files->count;
    int32_t head[2] = {0, 0};
    if (sends) {
        head[0] = (int32_t)strlen(files->items[i].path);
        head[1] = (int32_t)files->items[i].kind;
    }
    MPI_Bcast(head, 2, MPI_INT32_T, 0, MPI_COMM_WORLD);
    char *path = sends ? files->items[i].path : hw_take((size_t)head[0] + 1, 1);
    MPI_Bcast(path, head[0], MPI_CHAR, 0, MPI_COMM_WORLD);
    if (!sends) {
        add_file(files, path, (hw_lever_kind)head[1]);
    }
}

hw_status hw_lever_files_find(hw_lever_files *files, const char *base, const char *folder, const char *only,
                              hw_errors *errors) {
    *files = (hw_lever_files){0};
    int32_t found[2] = {HW_OK, 0};
    if (hw_rank() == 0) {
        found[0] = (int32_t)hw_lever_files_here(files, base, folder, only, errors);
        found[1] = (int32_t)files->count;
    }
    MPI_Bcast(found, 2, MPI_INT32_T, 0, MPI_COMM_WORLD);
    for (int32_t i = 0; i < found[1]; i++) {
        share_file(files, (uint32_t)i);
    }
    return (hw_status)found[0];
}

void hw_lever_files_free(hw_lever_files *files) {
    for (uint32_t i = 0; i < files->count; i++) {
        free(files->items[i].path);
    }
    free(files->items);
    *files = (hw_lever_files){0};
}

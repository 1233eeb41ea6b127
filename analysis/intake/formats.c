/* The table of formats, and how a file's format is found. */
#include "analysis/intake/formats.h"
#include "sim/length.h"
#include "sim/ordinary_file.h"
#include <errno.h>
#include <string.h>

enum { HEAD_BYTES = 8192 };

#define ADDRESS(name) &hw_intake_format_##name,
const hw_intake_format *const hw_intake_formats[] = {HW_FORMATS(ADDRESS)};
#undef ADDRESS
const uint32_t hw_intake_format_count = HW_LENGTH(hw_intake_formats);

static uint32_t name_all(const char *names[HW_LENGTH(hw_intake_formats)]) {
    for (uint32_t i = 0; i < hw_intake_format_count; i++) {
        names[i] = hw_intake_formats[i]->name;
    }
    return hw_intake_format_count;
}

const hw_intake_format *hw_intake_format_find(const char *name, hw_errors *errors) {
    const char *names[HW_LENGTH(hw_intake_formats)];
    for (uint32_t i = 0; i < hw_intake_format_count; i++) {
        if (strcmp(hw_intake_formats[i]->name, name) == 0) {
            return hw_intake_formats[i];
        }
    }
    hw_suggest(errors, (hw_position){0}, name, names, name_all(names), "; see homeward list formats",
               "--as: there is no format '%s'", name);
    return NULL;
}

const hw_intake_format *hw_intake_format_of(const char *path, hw_errors *errors) {
    char head[HEAD_BYTES + 1];
    const char *problem = NULL;
    FILE *file = hw_ordinary_stream(path, &problem);
    if (file == NULL) {
        hw_errors_say(errors, "cannot read '%s': %s", path, problem != NULL ? problem : strerror(errno));
        return NULL;
    }
    size_t bytes = fread(head, 1, HEAD_BYTES, file);
    fclose(file);
    size_t kept = 0;
    for (size_t i = 0; i < bytes; i++) { /* UTF-16 has zeros between letters */
        head[kept] = head[i];
        kept += head[i] != '\0';
    }
    head[kept] = '\0';
    const char *text = strncmp(head, "\xEF\xBB\xBF", 3) == 0 ? head + 3 : head;
    for (uint32_t i = 0; i < hw_intake_format_count; i++) {
        if (hw_intake_formats[i]->recognises(path, text)) {
            return hw_intake_formats[i];
        }
    }
    hw_errors_say(
        errors, "%s is of no format that is known: say it, as in --as csv (see homeward list formats)", path);
    return NULL;
}

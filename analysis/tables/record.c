/* Remembers in a folder which of its tables this program wrote. */
#include "analysis/tables/record.h"
#include "analysis/base/memory.h"
#include "sim/run/output_file.h"
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static const char RECORD_NAME[] = ".homeward-tables";

/* The whole of an ordinary file as a text; NULL when it cannot be read. */
static char *read_file(const char *path, size_t *size) {
    struct stat about;
    bool ordinary = stat(path, &about) == 0 && S_ISREG(about.st_mode);
    FILE *in = ordinary ? fopen(path, "rb") : NULL;
    if (in == NULL) {
        return NULL;
    }
    char *text = hw_take((size_t)about.st_size + 1, 1);
    *size = fread(text, 1, (size_t)about.st_size, in);
    fclose(in);
    text[*size] = '\0';
    return text;
}

/* What the record says of a table that is as this file: NAME SIZE CRC. */
static char *line_of(const char *name, const char *path) {
    size_t size = 0;
    char *text = read_file(path, &size);
    char *line = text == NULL ? NULL
                              : hw_take_text("%s %zu %08" PRIx32 "\n", name, size,
                                             (uint32_t)crc32_z(0, (const unsigned char *)text, size));
    free(text);
    return line;
}

/* Where the line of a table begins; NULL when it is missing. */
static char *find(const hw_table_record *record, const char *name) {
    size_t length = strlen(name);
    for (char *line = record->lines; line != NULL && *line != '\0';) {
        if (strncmp(line, name, length) == 0 && line[length] == ' ') {
            return line;
        }
        line = strchr(line, '\n');
        line = line == NULL ? NULL : line + 1;
    }
    return NULL;
}

void hw_table_record_open(hw_table_record *record, const char *folder) {
    size_t size = 0;
    record->changed = false;
    record->path = hw_take_text("%s/%s", folder, RECORD_NAME);
    record->lines = read_file(record->path, &size);
    if (record->lines == NULL) {
        record->lines = hw_take_text("%s", "");
    }
}

hw_table_known hw_table_record_knows(const hw_table_record *record, const char *name, const char *path) {
    const char *known = find(record, name);
    char *now = known == NULL ? NULL : line_of(name, path);
    bool same = now != NULL && strncmp(known, now, strlen(now)) == 0;
    free(now);
    return known == NULL ? HW_TABLE_UNKNOWN : same ? HW_TABLE_OURS : HW_TABLE_CHANGED;
}

void hw_table_record_note(hw_table_record *record, const char *name, const char *path) {
    char *before = find(record, name);
    if (before != NULL) {
        char *end = strchr(before, '\n');
        memmove(before, end == NULL ? before + strlen(before) : end + 1,
                end == NULL ? 1 : strlen(end + 1) + 1);
    }
    char *line = line_of(name, path);
    char *lines = hw_take_text("%s%s", record->lines, line == NULL ? "" : line);
    free(line);
    free(record->lines);
    record->lines = lines;
    record->changed = true;
}

/* A record that is older than its tables would call them changed: better none. */
static void write_record(const hw_table_record *record) {
    const hw_output_format format = {.noun = "a record of tables"};
    const hw_output_rules rules = {.replace = true};
    hw_errors errors = {0};
    hw_output_file file;
    hw_status status = hw_output_open(&file, record->path, &format, &rules, &errors);
    if (status == HW_OK) {
        fputs(record->lines, file.stream);
        status = hw_output_close(&file, &errors);
    }
    if (status != HW_OK) {
        (void)unlink(record->path);
    }
    hw_errors_free(&errors);
}

void hw_table_record_close(hw_table_record *record) {
    if (record->changed) {
        write_record(record);
    }
    free(record->lines);
    free(record->path);
}

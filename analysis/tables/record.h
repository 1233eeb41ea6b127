/* Which tables of a folder Homeward wrote, and as what: CSV has no room for a mark that no other program
 * trips over, so the folder keeps a record beside them, ".homeward-tables". A table that somebody has changed
 * since is no longer ours to replace. */
#ifndef HW_ANALYSIS_TABLE_RECORD_H
#define HW_ANALYSIS_TABLE_RECORD_H

#include <stdbool.h>

typedef struct hw_table_record {
    char *path;  /* of the record */
    char *lines; /* "NAME SIZE CRC" for each table, one a line; "" where there is no record */
    bool changed;
} hw_table_record;

/* Reads the record of a folder. A record that cannot be read is as none. */
void hw_table_record_open(hw_table_record *record, const char *folder);

/* Whether the record lists a table of that name, and whether the file at `path` is still as it was
 * written. */
typedef enum hw_table_known { HW_TABLE_UNKNOWN, HW_TABLE_OURS, HW_TABLE_CHANGED } hw_table_known;
hw_table_known hw_table_record_knows(const hw_table_record *record, const char *name, const char *path);

/* The file at `path` is now the table of that name. */
void hw_table_record_note(hw_table_record *record, const char *name, const char *path);

/* Writes the record, as far as that can be done (without one, tables are known by their headers), and frees.
 */
void hw_table_record_close(hw_table_record *record);

#endif

/* Tables to where the options of a command say: CSV files in --csv FOLDER (with --excel), one JSON document
 * with --json. */
#ifndef HW_ANALYSIS_DELIVER_H
#define HW_ANALYSIS_DELIVER_H

#include "analysis/base/command.h"
#include "analysis/tables/sheet.h"

/* The rows of every command that delivers tables; it needs HW_REPLACE_OPTION, too. */
#define HW_TABLE_OPTIONS                                                                                     \
    {"csv", 0, HW_OPTION_TEXT, false, "FOLDER", "write all tables as CSV files into this folder instead"},   \
        {"excel", 0,    HW_OPTION_SWITCH,                                                                    \
         false,   NULL, "with --csv: begin each file with a byte order mark, which Excel needs"},            \
    {                                                                                                        \
        "json", 0, HW_OPTION_SWITCH, false, NULL, "write all tables as one JSON document instead"            \
    }

/* Whether either was asked for: else tables are for the terminal. */
bool hw_delivers(const hw_arguments *arguments);

/* Whether tables can be written there, looked at before the work, by rank 0 for all (collective). */
hw_status hw_deliver_check(const hw_arguments *arguments, hw_errors *errors);

/* Writes the book there, over nothing that the call reads (`rules`; NULL: its operands alone). HW_ERROR_INPUT
 * and HW_ERROR_IO as hw_book_write_csv. */
hw_status hw_deliver(const hw_arguments *arguments, const hw_book *book, const hw_output_rules *rules,
                     hw_errors *errors);

#endif

/* What was found, as tables. */
#include "analysis/archive/archive.h"
#include "analysis/base/memory.h"
#include "sim/length.h"
#include "sim/visible.h"
#include <inttypes.h>
#include <string.h>

enum {
    PATH,
    KIND,
    SCENARIO,
    SCENARIO_SHORT,
    VARIANT,
    AS_OF,
    SEED,
    ASKED,
    THERE,
    VERSION,
    DIGEST,
    SHORT,
    CHANGED,
    BYTES,
    STATE,
    UNREFERENCED,
    COLUMNS
};

static void set_date(hw_cell *cell, int64_t day) {
    *cell = (hw_cell){.kind = HW_CELL_DATE, .number = (double)day};
}

static void set_count(hw_cell *cell, uint64_t count) {
    if (count > 0) {
        hw_cell_set_settled(cell, (double)count);
    }
}

static void set_known(hw_cell *cell, const char *text) {
    if (text != NULL) {
        hw_cell_set_text(cell, text);
    }
}

/* A name of a file may be any bytes; those that are no UTF-8 are shown as in JSON. */
static char *in_utf8(const char *path) {
    char *text = NULL;
    size_t length = 0, size = strlen(path);
    FILE *out = hw_take_stream(&text, &length);
    for (size_t at = 0; at < size;) {
        uint32_t code = 0;
        size_t bytes = hw_utf8_decode((const unsigned char *)path + at, size - at, &code);
        fprintf(out, "%.*s", bytes > 0 ? (int)bytes : 3, bytes > 0 ? path + at : "\xEF\xBF\xBD");
        at += bytes > 0 ? bytes : 1;
    }
    hw_end_stream(out);
    return text;
}

/* The twelve digits by which other commands tell a scenario; of an answer they stand behind a name. */
static char *short_digest(const char *digest) {
    const char *colon = digest != NULL ? strstr(digest, ": ") : NULL;
    return hw_take_text("%.12s", colon != NULL ? colon + 2 : digest != NULL ? digest : "");
}

/* A title with all that was set over it may be longer than a screen is wide. */
static char *short_title(const char *title) {
    enum { CHARACTERS = 60 };
    size_t bytes = 0, size = title != NULL ? strlen(title) : 0;
    for (int taken = 0; bytes < size && taken < CHARACTERS; taken++) {
        uint32_t code = 0;
        size_t next = hw_utf8_decode((const unsigned char *)title + bytes, size - bytes, &code);
        bytes += next > 0 ? next : 1;
    }
    return hw_take_text("%.*s%s", (int)bytes, title != NULL ? title : "", bytes < size ? "…" : "");
}

/* What has trouble is damaged or not Homeward's, which the reason says. */
static char *state_of(const hw_archive_entry *entry) {
    bool is_journal = entry->kind == HW_ARCHIVE_JOURNAL;
    return entry->trouble != NULL              ? hw_take_text("cannot be told: %s", entry->trouble)
           : entry->in_use                     ? hw_take_text("is being written")
           : is_journal                        ? hw_take_text("not finished, or kept")
           : entry->kind == HW_ARCHIVE_PARTIAL ? hw_take_text("left over from a program that was ended")
           : !entry->complete                  ? hw_take_text("not finished")
                                               : hw_take_text("whole");
}

static void add_row(hw_sheet *sheet, const hw_archive_entry *entry) {
    hw_cell *row = hw_sheet_add_row(sheet, true);
    hw_cell_take_text(&row[PATH], in_utf8(entry->path));
    hw_cell_set_text(&row[KIND], hw_archive_kind_names[entry->kind]);
    set_known(&row[SCENARIO], entry->scenario);
    hw_cell_take_text(&row[SCENARIO_SHORT], short_title(entry->scenario));
    set_known(&row[VARIANT], entry->variant);
    if (entry->knows_as_of) {
        set_date(&row[AS_OF], entry->as_of);
    }
    set_known(&row[SEED], entry->seed);
    set_count(&row[ASKED], entry->asked);
    set_count(&row[THERE], entry->finished);
    set_known(&row[VERSION], entry->version);
    set_known(&row[DIGEST], entry->digest);
    hw_cell_take_text(&row[SHORT], short_digest(entry->digest));
    set_date(&row[CHANGED], entry->changed);
    hw_cell_set_settled(&row[BYTES], (double)entry->bytes);
    hw_cell_take_text(&row[STATE], state_of(entry));
    set_known(&row[UNREFERENCED], entry->unreferenced);
}

static hw_view view_of(const hw_archive_wish *wish) {
    hw_view view = {.label_title = "file",
                    .label = PATH,
                    .across = HW_NO_COLUMN,
                    .columns = {hw_plain_column("kind", KIND), hw_plain_column("as of", AS_OF),
                                hw_plain_column("seed", SEED), hw_plain_column("n", THERE),
                                hw_plain_column("digest", SHORT), hw_plain_column("changed", CHANGED)},
                    .column_count = 6};
    if (wish->unreferenced) {
        view.columns[view.column_count++] = hw_plain_column("bytes", BYTES);
        view.columns[view.column_count++] = hw_plain_column("why it may go", UNREFERENCED);
    } else {
        view.columns[view.column_count++] = hw_plain_column("state", STATE);
        view.columns[view.column_count++] = hw_plain_column("scenario", SCENARIO_SHORT);
    }
    return view;
}

static void add_unread(hw_book *book, const hw_archive *archive) {
    hw_sheet *sheet = hw_book_add(book, "not_looked_into", "Not looked into");
    hw_sheet_add_column(sheet, "what", NULL, 0);
    sheet->view = (hw_view){.column_count = 0};
    for (uint32_t i = 0; i < archive->unread_count; i++) {
        hw_cell_set_text(&hw_sheet_add_row(sheet, false)[0], archive->unread[i]);
    }
}

void hw_archive_add_sheets(hw_book *book, const hw_archive *archive, const hw_archive_wish *wish) {
    static const char *const texts[] = {"file", "kind", "scenario", "scenario_in_short", "variant"};
    hw_sheet *sheet =
        hw_book_add(book, "runs", wish->unreferenced ? "What nothing refers to" : "What is there");
    hw_sheet_add_columns(sheet, texts, HW_LENGTH(texts), NULL, 0);
    hw_sheet_add_column(sheet, "as_of", "date", 0);
    hw_sheet_add_column(sheet, "seed", NULL, 0);
    hw_sheet_add_column(sheet, "replications_asked", "1", 0);
    hw_sheet_add_column(sheet, "replications", "1", 0);
    hw_sheet_add_column(sheet, "version", NULL, 0);
    hw_sheet_add_column(sheet, "digest", NULL, 0);
    hw_sheet_add_column(sheet, "digest_in_short", NULL, 0);
    hw_sheet_add_column(sheet, "changed", "date", 0);
    hw_sheet_add_column(sheet, "size", "bytes", 0);
    hw_sheet_add_column(sheet, "state", NULL, 0);
    hw_sheet_add_column(sheet, "unreferenced", NULL, 0);
    sheet->view = view_of(wish);
    for (uint32_t i = 0; i < archive->count; i++) {
        if (hw_archive_matches(&archive->entries[i], wish)) {
            add_row(sheet, &archive->entries[i]);
        }
    }
    add_unread(book, archive);
}

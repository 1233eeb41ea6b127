/* The keys of a mapping file, and how it is read. */
#include "analysis/intake/mapping.h"
#include "analysis/intake/rates.h"
#include "sim/date.h"
#include "sim/length.h"
#include "sim/letters.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const hw_map_field_names[HW_MAP_FIELDS] = {"name",    "district", "place",    "operator",
                                                       "setting", "class",    "status",   "from",
                                                       "date",    "amount",   "currency", "of"};

static const hw_key word_keys[] = {
    {.name = "means",
     .type = HW_KEY_TEXT,
     .offset = offsetof(hw_map_word, means),
     .meaning = "What it is called in the scenario; of a status: take or leave_out."},
};
static const hw_section word_section = {"word", "A word of the table, and what it means.",
                                        sizeof(hw_map_word), word_keys, HW_LENGTH(word_keys)};

static const hw_key field_keys[] = {
    {.name = "column",
     .type = HW_KEY_TEXT,
     .optional = true,
     .offset = offsetof(hw_map_field, column),
     .meaning =
         "The column's name in the first row; of HXL a tag such as #adm2+name; of GeoJSON a property."},
    {.name = "fixed",
     .type = HW_KEY_TEXT,
     .optional = true,
     .offset = offsetof(hw_map_field, fixed),
     .meaning = "The same for every row; what is written from it is marked as assumed."},
    {.name = "unit",
     .type = HW_KEY_TEXT,
     .optional = true,
     .offset = offsetof(hw_map_field, unit),
     .meaning = "Unit of the numbers: m2, ha, km2. Not for counts."},
    {.name = "words",
     .type = HW_KEY_TABLE,
     .optional = true,
     .section = &word_section,
     .offset = offsetof(hw_map_field, words),
     .meaning =
         "What each word of the column means, in any letter case; a row with another word is left out."},
};
static const hw_section field_section = {"column",
                                         "Where a value stands in the table, and what its words mean.",
                                         sizeof(hw_map_field), field_keys, HW_LENGTH(field_keys)};

static const char *const makes_names[] = {"streams", "hazard_areas", "observations", NULL};
static const char *const date_orders[] = {"YYYY-MM-DD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", NULL};
static const char *const decimals[] = {"point", "comma", NULL};
static const char *const periods[] = {"row", "month", "year", NULL};
static const char *const confidences[] = {"high", "medium", "low", "rounded", "derived", "undated", NULL};

static const hw_key column_keys[] = {
    {.name = "name",
     .type = HW_KEY_SECTION,
     .section = &field_section,
     .offset = HW_MAP_NAME * sizeof(hw_map_field),
     .meaning = "Its name: of a stream, or of a single area or fact."},
    {.name = "district",
     .type = HW_KEY_SECTION,
     .section = &field_section,
     .offset = HW_MAP_DISTRICT * sizeof(hw_map_field),
     .meaning = "The district it lies in; of a stream: the earmark."},
    {.name = "place",
     .type = HW_KEY_SECTION,
     .section = &field_section,
     .offset = HW_MAP_PLACE * sizeof(hw_map_field),
     .meaning = "The place (facts)."},
    {.name = "operator",
     .type = HW_KEY_SECTION,
     .section = &field_section,
     .offset = HW_MAP_OPERATOR * sizeof(hw_map_field),
     .meaning = "The operator (facts); of a stream: the earmark."},
    {.name = "setting",
     .type = HW_KEY_SECTION,
     .section = &field_section,
     .offset = HW_MAP_SETTING * sizeof(hw_map_field),
     .meaning = "Kind of ground (areas)."},
    {.name = "class",
     .type = HW_KEY_SECTION,
     .section = &field_section,
     .offset = HW_MAP_CLASS * sizeof(hw_map_field),
     .meaning = "Class of suspicion (areas)."},
    {.name = "status",
     .type = HW_KEY_SECTION,
     .section = &field_section,
     .offset = HW_MAP_STATUS * sizeof(hw_map_field),
     .meaning = "Whether the row counts: its words mean take or leave_out."},
    {.name = "from",
     .type = HW_KEY_SECTION,
     .section = &field_section,
     .offset = HW_MAP_FROM * sizeof(hw_map_field),
     .meaning = "First day (facts of a row)."},
    {.name = "date",
     .type = HW_KEY_SECTION,
     .section = &field_section,
     .offset = HW_MAP_DATE * sizeof(hw_map_field),
     .meaning = "Day of the row: of a fact the last one, of a stream that of the promise."},
    {.name = "amount",
     .type = HW_KEY_SECTION,
     .section = &field_section,
     .offset = HW_MAP_AMOUNT * sizeof(hw_map_field),
     .meaning = "Area, amount of money, or what the fact says; a fact without it counts rows."},
    {.name = "currency",
     .type = HW_KEY_SECTION,
     .section = &field_section,
     .offset = HW_MAP_CURRENCY * sizeof(hw_map_field),
     .meaning = "Currency of the amount (streams)."},
    {.name = "of",
     .type = HW_KEY_SECTION,
     .section = &field_section,
     .offset = HW_MAP_OF * sizeof(hw_map_field),
     .meaning = "What the quantity is of: mine_cleared, AP, killed (facts)."},
};
static const hw_section columns_section = {"columns", "What each column of the table is for.",
                                           HW_MAP_FIELDS * sizeof(hw_map_field), column_keys,
                                           HW_LENGTH(column_keys)};

static const hw_key keys[] = {
    {.name = "makes",
     .type = HW_KEY_CHOICE,
     .choices = makes_names,
     .offset = offsetof(hw_map_terms, makes),
     .meaning = "What the rows are: streams of money, hazard areas, or facts."},
    {.name = "quantity",
     .type = HW_KEY_TEXT,
     .optional = true,
     .offset = offsetof(hw_map_terms, quantity),
     .only_with = "makes: observations",
     .instead = "only facts have a quantity",
     .meaning = "What the facts are about (homeward observations --help)."},
    {.name = "dates",
     .type = HW_KEY_CHOICE,
     .choices = date_orders,
     .standard = "YYYY-MM-DD",
     .offset = offsetof(hw_map_terms, dates),
     .meaning = "How days are written."},
    {.name = "decimal",
     .type = HW_KEY_CHOICE,
     .choices = decimals,
     .standard = "point",
     .offset = offsetof(hw_map_terms, decimal),
     .meaning = "The sign before the decimals."},
    {.name = "grouped",
     .type = HW_KEY_YES_NO,
     .standard = "yes",
     .offset = offsetof(hw_map_terms, grouped),
     .only_with = "makes: hazard_areas",
     .instead = "only hazard areas are grouped; facts have a 'period'",
     .meaning =
         "Whether areas of one district, setting and class become one entry. Of GeoJSON they always do."},
    {.name = "period",
     .type = HW_KEY_CHOICE,
     .choices = periods,
     .standard = "year",
     .offset = offsetof(hw_map_terms, period),
     .only_with = "makes: observations",
     .instead = "only facts are added up by time",
     .meaning = "Rows are added up by year or month, or each is a fact of its own."},
    {.name = "covers_from",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_map_terms, covers_from),
     .only_with = "makes: observations",
     .instead = "only facts are added up by time",
     .meaning = "The first day that the table covers: the first period begins there."},
    {.name = "covers_to",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_map_terms, covers_to),
     .only_with = "makes: observations",
     .instead = "only facts are added up by time",
     .meaning = "The last day that the table covers: the last period ends there, and all is known by then."},
    {.name = "confidence",
     .type = HW_KEY_CHOICE,
     .choices = confidences,
     .standard = "medium",
     .offset = offsetof(hw_map_terms, confidence),
     .only_with = "makes: observations",
     .instead = "only facts have an error",
     .meaning = "How far the facts are trusted (homeward observations --help)."},
    {.name = "columns",
     .type = HW_KEY_SECTION,
     .section = &columns_section,
     .offset = offsetof(hw_map_terms, columns),
     .meaning = "What each column is for."},
};
const hw_section hw_map_section = {"map", "What the columns of a table mean.", sizeof(hw_map_terms), keys,
                                   HW_LENGTH(keys)};

/* ---- What cannot be said by the table above ---- */

hw_position hw_mapping_where(const hw_mapping *mapping, hw_map_field_kind field, const char *key) {
    char path[64];
    snprintf(path, sizeof path, "columns.%s%s%s", hw_map_field_names[field], key != NULL ? "." : "",
             key != NULL ? key : "");
    hw_position where = hw_binding_where(mapping->binding, path);
    return where.file != NULL || key == NULL ? where : hw_mapping_where(mapping, field, NULL);
}

static hw_position top_of(const hw_mapping *mapping) {
    return hw_document_root(mapping->document)->where;
}

/* What each kind of entry has fields for. */
enum { USELESS, ALLOWED, NEEDED };
static const unsigned char uses[HW_MAKES][HW_MAP_FIELDS] = {
    [HW_MAKES_STREAMS] = {[HW_MAP_NAME] = NEEDED,
                          [HW_MAP_DISTRICT] = ALLOWED,
                          [HW_MAP_OPERATOR] = ALLOWED,
                          [HW_MAP_STATUS] = ALLOWED,
                          [HW_MAP_DATE] = NEEDED,
                          [HW_MAP_AMOUNT] = NEEDED,
                          [HW_MAP_CURRENCY] = NEEDED},
    [HW_MAKES_AREAS] = {[HW_MAP_NAME] = ALLOWED,
                        [HW_MAP_DISTRICT] = NEEDED,
                        [HW_MAP_SETTING] = NEEDED,
                        [HW_MAP_CLASS] = NEEDED,
                        [HW_MAP_STATUS] = ALLOWED,
                        [HW_MAP_AMOUNT] = NEEDED},
    [HW_MAKES_FACTS] = {[HW_MAP_NAME] = ALLOWED,
                        [HW_MAP_DISTRICT] = ALLOWED,
                        [HW_MAP_PLACE] = ALLOWED,
                        [HW_MAP_OPERATOR] = ALLOWED,
                        [HW_MAP_STATUS] = ALLOWED,
                        [HW_MAP_FROM] = ALLOWED,
                        [HW_MAP_DATE] = NEEDED,
                        [HW_MAP_AMOUNT] = ALLOWED,
                        [HW_MAP_OF] = ALLOWED},
};

static void check_field(const hw_mapping *mapping, hw_map_field_kind kind, unsigned supplied,
                        hw_errors *errors) {
    const hw_map_field *field = &mapping->terms.columns[kind];
    const char *name = hw_map_field_names[kind];
    bool said =
        field->column != NULL || field->fixed != NULL || field->unit != NULL || field->words.count > 0;
    if (!said && uses[mapping->terms.makes][kind] == NEEDED && (supplied >> kind & 1) == 0) {
        hw_errors_add(errors, top_of(mapping), "'columns.%s' is missing: %s want it", name,
                      makes_names[mapping->terms.makes]);
    }
    if (said && field->column == NULL && field->fixed == NULL) {
        hw_errors_add(errors, hw_mapping_where(mapping, kind, NULL), "'%s': expected 'column' or 'fixed'",
                      name);
    }
    if (field->fixed != NULL && (field->column != NULL || field->words.count > 0)) {
        hw_errors_add(errors, hw_mapping_where(mapping, kind, "fixed"),
                      "'%s': what is fixed has neither a column nor words", name);
    }
    if (field->unit != NULL && kind != HW_MAP_AMOUNT) {
        hw_errors_add(errors, hw_mapping_where(mapping, kind, "unit"), "'%s': only 'amount' has a unit",
                      name);
    }
    if (said && uses[mapping->terms.makes][kind] == USELESS) {
        hw_errors_add(errors, hw_mapping_where(mapping, kind, NULL), "'%s' means nothing for %s", name,
                      makes_names[mapping->terms.makes]);
    }
    for (uint32_t i = 0; kind == HW_MAP_STATUS && i < field->words.count; i++) {
        const char *means = ((const hw_map_word *)field->words.items)[i].means;
        if (strcmp(means, "take") != 0 && strcmp(means, "leave_out") != 0) {
            hw_errors_add(errors, hw_mapping_where(mapping, kind, "words"),
                          "'status': expected words that mean take or leave_out, found '%s'", means);
        }
    }
    if (kind == HW_MAP_STATUS && said && field->words.count == 0) {
        hw_errors_add(errors, hw_mapping_where(mapping, kind, NULL),
                      "'status' wants 'words' that mean take or leave_out");
    }
}

/* A fact without a first day is about all since the model begins. */
bool hw_fact_needs_first_day(const hw_fact_kind *kind) {
    return !kind->day && !kind->level;
}

static void check_facts(const hw_mapping *mapping, hw_errors *errors) {
    const hw_map_terms *terms = &mapping->terms;
    const hw_fact_kind *kind = terms->quantity != NULL ? hw_fact_kind_find(terms->quantity) : NULL;
    const char *names[64];
    uint32_t count = 0;
    for (; count < hw_fact_kind_count && count < HW_LENGTH(names); count++) {
        names[count] = hw_fact_kinds[count].name;
    }
    if (terms->quantity == NULL) {
        hw_errors_add(errors, top_of(mapping), "'quantity' is missing: what the facts are about");
    } else if (kind == NULL) {
        hw_suggest(errors, hw_binding_where(mapping->binding, "quantity"), terms->quantity, names, count, "",
                   "'quantity': unknown quantity '%s'", terms->quantity);
    } else if ((kind->day || kind->level || kind->per_day || kind->dimension == HW_DIM_MONEY) &&
               terms->period != HW_PERIOD_ROW) {
        hw_errors_add(errors, top_of(mapping), "%s cannot be added up by time: say 'period: row'",
                      kind->name);
    }
    if (kind != NULL && (kind->day || kind->dimension == HW_DIM_AREA) &&
        terms->columns[HW_MAP_AMOUNT].column == NULL) {
        hw_errors_add(errors, top_of(mapping), "%s wants an 'amount' column: rows alone do not tell it",
                      kind->name);
    }
    if (kind != NULL && hw_fact_needs_first_day(kind) && terms->period == HW_PERIOD_ROW &&
        terms->columns[HW_MAP_FROM].column == NULL) {
        hw_errors_add(errors, top_of(mapping),
                      "%s of a row wants its first day too: say 'from' (the column of 'date' again, where a "
                      "row is about "
                      "one day)",
                      kind->name);
    }
    if (terms->period != HW_PERIOD_ROW &&
        (terms->covers_from == INT64_MAX || terms->covers_to == INT64_MAX)) {
        hw_errors_add(
            errors, top_of(mapping),
            "'covers_from' and 'covers_to' are missing: the first and the last day that the table covers");
    } else if (terms->period != HW_PERIOD_ROW && terms->covers_from > terms->covers_to) {
        hw_errors_add(errors, hw_binding_where(mapping->binding, "covers_from"),
                      "'covers_from' is after 'covers_to'");
    }
}

static void check(const hw_mapping *mapping, unsigned supplied, hw_errors *errors) {
    for (hw_map_field_kind kind = 0; kind < HW_MAP_FIELDS; kind++) {
        check_field(mapping, kind, supplied, errors);
    }
    if (mapping->terms.makes == HW_MAKES_FACTS) {
        check_facts(mapping, errors);
    }
}

hw_status hw_mapping_read(hw_mapping *mapping, const char *path, const char *text, unsigned supplied,
                          hw_errors *errors) {
    uint32_t before = errors->count;
    *mapping = (hw_mapping){.is_made = text != NULL};
    mapping->document = text != NULL ? hw_document_parse(text, path, errors) : hw_document_load(path, errors);
    if (mapping->document != NULL) {
        mapping->binding = hw_binding_create(&hw_map_section, mapping->document, &mapping->terms, errors);
    }
    if (mapping->binding != NULL) {
        check(mapping, supplied, errors);
    }
    return errors->count > before ? HW_ERROR_INPUT : HW_OK;
}

void hw_mapping_free(hw_mapping *mapping) {
    hw_binding_free(mapping->binding);
    hw_document_free(mapping->document);
    *mapping = (hw_mapping){0};
}

/* ---- Cells ---- */

bool hw_mapping_date(const hw_mapping *mapping, const char *text, int64_t *day) {
    enum { ISO, DAY_DOT, DAY_SLASH, MONTH_SLASH };
    uint32_t order = mapping->terms.dates;
    int first = 0, second = 0, year = 0, read = 0;
    char iso[32];
    if (order == ISO) {
        return hw_date_parse(text, day);
    }
    if (strlen(text) > 10 ||
        sscanf(text, order == DAY_DOT ? "%2d.%2d.%4d%n" : "%2d/%2d/%4d%n", &first, &second, &year, &read) !=
            3 ||
        text[read] != '\0' || strpbrk(text, " +-") != NULL) {
        return false;
    }
    snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, order == MONTH_SLASH ? first : second,
             order == MONTH_SLASH ? second : first);
    return hw_date_parse(iso, day);
}

bool hw_mapping_number(const hw_mapping *mapping, const char *text, double *number) {
    enum { POINT, COMMA };
    char plain[48];
    char *comma = NULL;
    size_t length = strlen(text);
    if (length >= sizeof plain) {
        return false;
    }
    memcpy(plain, text, length + 1);
    if (mapping->terms.decimal == COMMA) {
        if (strchr(plain, '.') != NULL) {
            return false;
        }
        comma = strchr(plain, ',');
        if (comma != NULL) {
            *comma = '.';
        }
    }
    return hw_plain_number(plain, number);
}

const char *hw_map_meaning(const hw_map_field *field, const char *text) {
    const hw_map_word *words = field->words.items;
    for (uint32_t i = 0; i < field->words.count; i++) {
        if (strcmp(field->words.names[i], text) == 0) {
            return words[i].means;
        }
    }
    const char *other = hw_find_but_for_case(text, field->words.names, field->words.count);
    for (uint32_t i = 0; other != NULL && i < field->words.count; i++) {
        if (strcmp(field->words.names[i], other) == 0) {
            return words[i].means;
        }
    }
    return NULL;
}

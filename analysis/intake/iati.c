/* The format IATI: activities of the International Aid Transparency Initiative as streams of money. */
#include "analysis/intake/formats.h"
#include "analysis/intake/iati_store.h"
#include <string.h>

typedef struct reading {
    hw_iati_reader reader;
    hw_iati_store store;
    hw_import *import;
} reading;

static int64_t day_of(const reading *r) {
    return r->import->wish->as_of != HW_NO_DAY ? r->import->wish->as_of : r->reader.made;
}

static void take(void *context, hw_iati_activity *activity) {
    reading *r = context;
    if (!r->store.full) {
        hw_iati_store_add(&r->store, r->import, activity, day_of(r));
    }
}

static bool recognises(const char *path, const char *head) {
    (void)path;
    return strstr(head, "<iati-activities") != NULL || strstr(head, "<iati-organisations") != NULL;
}

static hw_status check_whole(const reading *r, hw_errors *errors) {
    if (r->store.full) {
        hw_errors_say(errors, "%s has more than %d activities or %d amounts: take it in parts",
                      r->import->wish->path, HW_IATI_RECORDS_MOST, HW_IATI_SUMS_MOST);
        return HW_ERROR_INPUT;
    }
    if (r->import->wish->country == NULL && r->store.several_countries) {
        hw_errors_say(
            errors, "%s tells money for several countries, %s among them: say which one, as in --country %s",
            r->import->wish->path, hw_string(&r->store.strings, r->store.country),
            hw_string(&r->store.strings, r->store.country));
        return HW_ERROR_INPUT;
    }
    return HW_OK;
}

/* A map of IATI says nothing but what locations and implementing organisations are called in the scenario. */
static hw_status read_map(hw_mapping *mapping, const char *path, hw_errors *errors) {
    static const unsigned supplied =
        1U << HW_MAP_NAME | 1U << HW_MAP_DATE | 1U << HW_MAP_AMOUNT | 1U << HW_MAP_CURRENCY;
    uint32_t before = errors->count;
    if (hw_mapping_read(mapping, path, NULL, supplied, errors) != HW_OK) {
        return HW_ERROR_INPUT;
    }
    if (mapping->terms.makes != HW_MAKES_STREAMS) {
        hw_errors_say(errors, "%s: activities become streams of money: 'makes: streams'", path);
    }
    for (hw_map_field_kind kind = 0; kind < HW_MAP_FIELDS; kind++) {
        const hw_map_field *field = &mapping->terms.columns[kind];
        const char *wanted = kind == HW_MAP_DISTRICT   ? "location"
                             : kind == HW_MAP_OPERATOR ? "implementing"
                                                       : NULL;
        bool said = field->column != NULL || field->fixed != NULL;
        if (said && (wanted == NULL || field->column == NULL || strcmp(field->column, wanted) != 0 ||
                     field->words.count == 0)) {
            hw_errors_add(
                errors, hw_mapping_where(mapping, kind, NULL),
                "of IATI a map says only 'district: {column: location, words: ...}' and 'operator: {column: "
                "implementing, words: ...}'");
        }
    }
    return errors->count > before ? HW_ERROR_INPUT : HW_OK;
}

static void make(reading *r) {
    const char *sector = r->store.sector;
    hw_iati_families(&r->store, r->import);
    hw_iati_match(&r->store, r->import);
    hw_iati_make_streams(&r->store, r->import, day_of(r));
    if (sector != NULL) {
        hw_import_note(r->import, "Sector %s%s; --sector any takes all.", sector,
                       strcmp(sector, HW_IATI_MINE_ACTION) == 0
                           ? " (removal of land mines and explosive remnants of war)"
                           : "");
    }
}

static hw_status read(hw_import *import, hw_errors *errors) {
    const hw_import_wish *wish = import->wish;
    const char *asked = wish->sector != NULL ? wish->sector : HW_IATI_MINE_ACTION;
    const char *sector = strcmp(asked, "any") == 0 ? NULL : asked;
    hw_mapping mapping = {0};
    hw_status status = wish->columns != NULL ? read_map(&mapping, wish->columns, errors) : HW_OK;
    reading r = {.import = import,
                 .store = {.sector = sector, .mapping = wish->columns != NULL ? &mapping : NULL}};
    r.reader = (hw_iati_reader){.country = wish->country, .sector = sector, .take = take, .context = &r};
    if (status == HW_OK) {
        status = hw_xml_read(wish->path, &hw_iati_handlers, &r.reader, errors);
    }
    if (status == HW_OK) {
        status = check_whole(&r, errors);
    }
    if (status == HW_OK) {
        make(&r);
    }
    hw_iati_reader_free(&r.reader);
    hw_iati_store_free(&r.store);
    hw_mapping_free(&mapping);
    return status;
}

const hw_intake_format hw_intake_format_iati = {
    .name = "iati",
    .documentation = "Activities of IATI 2.01 to 2.03 (XML): each becomes a stream of money. Commitments, "
                     "pledges, disbursements, "
                     "expenditure, planned disbursements and incoming money, by value date in USD; parents "
                     "and their children, "
                     "and transfers that giver and receiver both tell, are counted once.",
    .row_noun = "activities",
    .options = HW_IMPORT_COLUMNS | HW_IMPORT_RATES | HW_IMPORT_COUNTRY | HW_IMPORT_SECTOR | HW_IMPORT_AS_OF,
    .recognises = recognises,
    .read = read,
};

/* Gathers one activity of IATI from its elements: a table of paths says what each is for. */
#include "analysis/intake/iati_activity.h"
#include "analysis/base/memory.h"
#include "analysis/intake/iati_codes.h"
#include "analysis/intake/import.h"
#include "sim/date.h"
#include "sim/length.h"
#include <stdlib.h>
#include <string.h>

typedef const char *const *attributes;

/* ---- Texts ---- */

static const char *keep(hw_iati_reader *r, const char *text) {
    size_t length = text != NULL ? strnlen(text, HW_IATI_TEXT_BYTES) : 0;
    return text != NULL ? hw_pool_copy(&r->activity.pool, text, length) : NULL;
}

static const char *keep_attribute(hw_iati_reader *r, attributes all, const char *name) {
    return keep(r, hw_xml_attribute(all, name));
}

static void add_to_list(hw_iati_reader *r, hw_iati_list *list, const char *text) {
    if (text == NULL || *text == '\0' || list->count == HW_IATI_LIST_MOST) {
        return;
    }
    if (list->items == NULL) {
        list->items = hw_pool_take(&r->activity.pool, HW_IATI_LIST_MOST, sizeof *list->items);
    }
    list->items[list->count++] = keep(r, text);
}

/* The amount that is being read; one that nobody looks at where there are too many. */
static hw_iati_amount *last(hw_iati_reader *r) {
    hw_iati_activity *a = &r->activity;
    return a->amount_count > 0 && !a->too_many ? &a->amounts[a->amount_count - 1] : &r->nowhere;
}

/* ---- Parts ---- */

static void add_part(hw_iati_parts *parts, const char *code, const char *percentage, const char *asked) {
    double percent = 0;
    parts->count++;
    if (percentage == NULL) {
        parts->without++;
    } else if (!hw_plain_number(percentage, &percent) || percent < 0 || percent > 100) {
        parts->bad++;
        return;
    }
    parts->percent += percent;
    if (asked == NULL || (code != NULL && strcmp(code, asked) == 0)) {
        parts->asked += percent;
        parts->has_asked = true;
    }
}

static void add_sector(hw_iati_reader *r, hw_iati_parts *parts, attributes all) {
    const char *vocabulary = hw_xml_attribute(all, "vocabulary");
    if (vocabulary == NULL || strcmp(vocabulary, "1") == 0) {
        add_part(parts, hw_xml_attribute(all, "code"), hw_xml_attribute(all, "percentage"), r->sector);
    }
}

static void add_country(hw_iati_reader *r, hw_iati_parts *parts, attributes all) {
    const char *code = hw_xml_attribute(all, "code");
    add_part(parts, code, hw_xml_attribute(all, "percentage"), r->country);
    add_to_list(r, &r->activity.countries_named, code);
}

/* ---- Elements: beginnings ---- */

static void begin_reporter(hw_iati_reader *r, attributes all) {
    r->activity.reporter = keep_attribute(r, all, "ref");
}

static void begin_participant(hw_iati_reader *r, attributes all) {
    const char *role = hw_xml_attribute(all, "role");
    if (role != NULL && strcmp(role, "4") == 0) { /* implementing */
        add_to_list(r, &r->activity.implementers, hw_xml_attribute(all, "ref"));
    }
}

static void begin_status(hw_iati_reader *r, attributes all) {
    r->activity.status = keep_attribute(r, all, "code");
}

static void begin_date(hw_iati_reader *r, attributes all) {
    int type = hw_iati_code(hw_xml_attribute(all, "type"));
    if (type > 0 && type < HW_IATI_DATE_TYPES) {
        r->activity.dates[type] = keep_attribute(r, all, "iso-date");
    }
}

static void begin_country(hw_iati_reader *r, attributes all) {
    add_country(r, &r->activity.countries, all);
}

/* A region stands beside countries, with its own share of the money. */
static void add_region(hw_iati_reader *r, hw_iati_parts *parts, attributes all) {
    add_part(parts, NULL, hw_xml_attribute(all, "percentage"), r->country);
    add_to_list(r, &r->activity.countries_named, "a region");
}

static void begin_region(hw_iati_reader *r, attributes all) {
    add_region(r, &r->activity.countries, all);
}

static void begin_sector(hw_iati_reader *r, attributes all) {
    add_sector(r, &r->activity.sectors, all);
}

static void begin_related(hw_iati_reader *r, attributes all) {
    const char *type = hw_xml_attribute(all, "type"), *other = hw_xml_attribute(all, "ref");
    if (type != NULL && strcmp(type, "1") == 0) {
        add_to_list(r, &r->activity.parents, other);
    } else if (type != NULL && strcmp(type, "2") == 0) {
        add_to_list(r, &r->activity.children, other);
    }
}

static const char *earmark_of(hw_iati_reader *r, attributes all) {
    const char *vocabulary = hw_xml_attribute(all, "vocabulary");
    return vocabulary != NULL && strcmp(vocabulary, "2") == 0 ? keep_attribute(r, all, "code") : NULL;
}

static void begin_default_aid_type(hw_iati_reader *r, attributes all) {
    const char *code = earmark_of(r, all);
    r->activity.earmark = code != NULL ? code : r->activity.earmark;
}

static void begin_budget(hw_iati_reader *r, attributes all) {
    (void)all;
    r->activity.budgets++;
}

static void add_amount(hw_iati_reader *r, bool planned) {
    hw_iati_activity *a = &r->activity;
    if (a->amount_count == HW_IATI_AMOUNTS_MOST) {
        a->too_many = true;
        return;
    }
    if (a->amount_count == a->amount_room) {
        a->amount_room = a->amount_room > 0 ? 2 * a->amount_room : 64;
        a->amounts = hw_take_again(a->amounts, a->amount_room, sizeof *a->amounts);
    }
    a->amounts[a->amount_count++] = (hw_iati_amount){.planned = planned};
}

static void begin_transaction(hw_iati_reader *r, attributes all) {
    (void)all;
    add_amount(r, false);
}

static void begin_planned(hw_iati_reader *r, attributes all) {
    add_amount(r, true);
    last(r)->type = keep_attribute(r, all, "type");
}

static void begin_type(hw_iati_reader *r, attributes all) {
    last(r)->type = keep_attribute(r, all, "code");
}

static void begin_day(hw_iati_reader *r, attributes all) {
    last(r)->date = keep_attribute(r, all, "iso-date");
}

static void begin_until(hw_iati_reader *r, attributes all) {
    last(r)->until = keep_attribute(r, all, "iso-date");
}

static void begin_value(hw_iati_reader *r, attributes all) {
    last(r)->currency = keep_attribute(r, all, "currency");
    last(r)->value_date = keep_attribute(r, all, "value-date");
}

static void begin_provider(hw_iati_reader *r, attributes all) {
    last(r)->provider = keep_attribute(r, all, "ref");
    last(r)->provider_activity = keep_attribute(r, all, "provider-activity-id");
}

static void begin_receiver(hw_iati_reader *r, attributes all) {
    last(r)->receiver = keep_attribute(r, all, "ref");
    last(r)->receiver_activity = keep_attribute(r, all, "receiver-activity-id");
}

static void begin_its_sector(hw_iati_reader *r, attributes all) {
    add_sector(r, &last(r)->sectors, all);
}

static void begin_its_country(hw_iati_reader *r, attributes all) {
    add_country(r, &last(r)->countries, all);
}

static void begin_its_region(hw_iati_reader *r, attributes all) {
    add_region(r, &last(r)->countries, all);
}

static void begin_its_aid_type(hw_iati_reader *r, attributes all) {
    const char *code = earmark_of(r, all);
    last(r)->earmark = code != NULL ? code : last(r)->earmark;
}

/* ---- Elements: texts ---- */

static void end_identifier(hw_iati_reader *r) {
    r->activity.identifier = keep(r, r->text);
}

static void end_title(hw_iati_reader *r) {
    if (r->activity.title == NULL) { /* the first language */
        r->activity.title = keep(r, r->text);
    }
}

static void end_reporter_name(hw_iati_reader *r) {
    if (r->activity.reporter_name == NULL) {
        r->activity.reporter_name = keep(r, r->text);
    }
}

static void end_place(hw_iati_reader *r) {
    add_to_list(r, &r->activity.places, r->text);
}

static void end_value(hw_iati_reader *r) {
    last(r)->value = keep(r, r->text);
}

typedef struct element {
    const char *path;
    void (*begin)(hw_iati_reader *r, attributes all);
    void (*end)(hw_iati_reader *r);
} element;

static const element elements[] = {
    {"iati-identifier", NULL, end_identifier},
    {"reporting-org", begin_reporter, NULL},
    {"reporting-org/narrative", NULL, end_reporter_name},
    {"title/narrative", NULL, end_title},
    {"participating-org", begin_participant, NULL},
    {"activity-status", begin_status, NULL},
    {"activity-date", begin_date, NULL},
    {"recipient-country", begin_country, NULL},
    {"recipient-region", begin_region, NULL},
    {"location/name/narrative", NULL, end_place},
    {"sector", begin_sector, NULL},
    {"default-aid-type", begin_default_aid_type, NULL},
    {"related-activity", begin_related, NULL},
    {"budget", begin_budget, NULL},
    {"transaction", begin_transaction, NULL},
    {"transaction/transaction-type", begin_type, NULL},
    {"transaction/transaction-date", begin_day, NULL},
    {"transaction/value", begin_value, end_value},
    {"transaction/provider-org", begin_provider, NULL},
    {"transaction/receiver-org", begin_receiver, NULL},
    {"transaction/sector", begin_its_sector, NULL},
    {"transaction/recipient-country", begin_its_country, NULL},
    {"transaction/recipient-region", begin_its_region, NULL},
    {"transaction/aid-type", begin_its_aid_type, NULL},
    {"planned-disbursement", begin_planned, NULL},
    {"planned-disbursement/period-start", begin_day, NULL},
    {"planned-disbursement/period-end", begin_until, NULL},
    {"planned-disbursement/value", begin_value, end_value},
    {"planned-disbursement/provider-org", begin_provider, NULL},
    {"planned-disbursement/receiver-org", begin_receiver, NULL},
};

static const element *find_element(const char *path) {
    for (size_t i = 0; i < HW_LENGTH(elements); i++) {
        if (strcmp(elements[i].path, path) == 0) {
            return &elements[i];
        }
    }
    return NULL;
}

/* ---- The document ---- */

static void begin_root(hw_iati_reader *r, hw_xml *xml, const char *name, attributes all) {
    static const char *const versions[] = {"2.01", "2.02", "2.03"};
    const char *version = hw_xml_attribute(all, "version"),
               *made = hw_xml_attribute(all, "generated-datetime");
    bool known = false;
    if (strcmp(name, "iati-activities") != 0) {
        hw_xml_refuse(
            xml, "expected the element 'iati-activities', found '%.60s'%s", name,
            strcmp(name, "iati-organisations") == 0 ? ": a file of organisations tells no activities" : "");
        return;
    }
    for (size_t i = 0; version != NULL && i < HW_LENGTH(versions); i++) {
        known = known || strcmp(version, versions[i]) == 0;
    }
    if (!known) {
        hw_xml_refuse(
            xml, "expected IATI version 2.01, 2.02 or 2.03, found %s%.20s%s; version 1 has other codes",
            version != NULL ? "'" : "none", version != NULL ? version : "", version != NULL ? "'" : "");
        return;
    }
    char day[11] = "";
    r->made = HW_NO_DAY;
    if (made != NULL && strlen(made) >= sizeof day - 1) {
        memcpy(day, made, sizeof day - 1);
        int64_t read = 0;
        r->made = hw_date_parse(day, &read) ? read : HW_NO_DAY;
    }
}

static void begin_activity(hw_iati_reader *r, hw_xml *xml, const char *name, attributes all) {
    if (strcmp(name, "iati-activity") != 0) {
        return; /* elements of other namespaces may stand here */
    }
    hw_iati_activity *a = &r->activity;
    const hw_iati_activity fresh = {
        .line = hw_xml_where(xml).line, .amounts = a->amounts, .amount_room = a->amount_room};
    hw_pool_free(&a->pool);
    *a = fresh;
    a->currency = keep_attribute(r, all, "default-currency");
}

static void enter(hw_iati_reader *r, const char *name) {
    size_t length = strlen(name), room = sizeof r->path - r->path_length;
    r->path_before[r->depth] = r->path_length;
    r->path_before[r->depth] = r->path_length;
    if (length + 2 > room) { /* no element of the standard */
        name = "?";
        length = room > 2 ? 1 : 0;
    }
    int written = length > 0
                      ? snprintf(r->path + r->path_length, room, "%s%s", r->path_length > 0 ? "/" : "", name)
                      : 0;
    r->path_length += (uint32_t)written;
}

static void begin(void *context, hw_xml *xml, const char *name, const char **all) {
    enum { ROOT, ACTIVITY, INSIDE };
    hw_iati_reader *r = context;
    r->text_length = 0;
    r->has_child = false;
    if (r->depth == ROOT) {
        begin_root(r, xml, name, all);
    } else if (r->depth == ACTIVITY) {
        begin_activity(r, xml, name, all);
    }
    if (r->depth >= INSIDE) {
        enter(r, name);
        const element *known = r->activity.line > 0 ? find_element(r->path) : NULL;
        if (known != NULL && known->begin != NULL) {
            known->begin(r, all);
        }
        if (r->activity.amount_count > 0 && last(r)->line == 0) {
            last(r)->line = hw_xml_where(xml).line;
        }
        if (r->depth == INSIDE && r->activity.unknown == NULL && !hw_iati_is_element(name)) {
            r->activity.unknown = keep(r, name);
            r->activity.unknown_line = hw_xml_where(xml).line;
        }
    }
    r->depth++;
}

static void text(void *context, hw_xml *xml, const char *piece, size_t bytes) {
    (void)xml;
    hw_iati_reader *r = context;
    for (size_t i = 0; i < bytes && r->text_length + 1 < sizeof r->text; i++) {
        bool blank = piece[i] == ' ' || piece[i] == '\n' || piece[i] == '\t' || piece[i] == '\r';
        if (!blank || r->text_length > 0) {
            r->text[r->text_length++] = blank ? ' ' : piece[i];
        }
    }
}

/* Text around other elements is no value: half of a number looks like a number. */
static void end_text(hw_iati_reader *r) {
    r->text_length = r->has_child ? 0 : r->text_length;
    while (r->text_length > 0 && r->text[r->text_length - 1] == ' ') {
        r->text_length--;
    }
    r->text[r->text_length] = '\0';
}

static void end(void *context, hw_xml *xml, const char *name) {
    (void)xml;
    hw_iati_reader *r = context;
    r->depth--;
    if (r->depth == 1 && r->activity.line > 0 && strcmp(name, "iati-activity") == 0) {
        r->take(r->context, &r->activity);
        r->activity.line = 0;
    } else if (r->depth >= 2) {
        const element *known = r->activity.line > 0 ? find_element(r->path) : NULL;
        if (known != NULL && known->end != NULL) {
            end_text(r);
            known->end(r);
        }
        r->path_length = r->path_before[r->depth];
        r->path[r->path_length] = '\0';
    }
    r->text_length = 0;
    r->has_child = true; /* the one around it */
}

const hw_xml_handlers hw_iati_handlers = {.begin = begin, .text = text, .end = end};

void hw_iati_reader_free(hw_iati_reader *reader) {
    hw_pool_free(&reader->activity.pool);
    free(reader->activity.amounts);
    reader->activity = (hw_iati_activity){0};
}

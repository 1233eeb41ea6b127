/* Dated series: a quantity from each of several days on, or a share of an earlier one. */
#include "sim/input/binder.h"

#include "sim/date.h"
#include "sim/input/known.h"
#include "sim/input/layers.h"
#include "sim/input/reader.h"
#include <stdlib.h>
#include <string.h>

typedef struct dated_node {
    int64_t day;
    const hw_node *node;
} dated_node;

bool hw_read_series_day(const char *text, int64_t *day) {
    bool year = strlen(text) == 4 && strspn(text, "0123456789") == 4;
    char first_day[16] = "";
    if (year) {
        memcpy(first_day, text, 4);
        memcpy(first_day + 4, "-01-01", 7);
    }
    return hw_date_parse(year ? first_day : text, day);
}

static int compare_days(const void *left, const void *right) {
    const dated_node *a = left;
    const dated_node *b = right;
    return a->day < b->day ? -1 : a->day > b->day;
}

/* The entries of the mapping that have a day, in order of date; *count is their number. Findings are added
 * for others. */
static dated_node *read_days(hw_binding *binding, const hw_leaf *leaf, uint32_t *count) {
    dated_node *entries = hw_pool_take(&binding->pool, leaf->node->child_count, sizeof(*entries));
    *count = 0;
    for (uint32_t i = 0; i < leaf->node->child_count; i++) {
        const hw_node *child = leaf->node->children[i];
        char quoted[HW_QUOTE_BYTES];
        if (hw_is_mark(child->key)) {
            continue;
        }
        if (!hw_read_series_day(child->key, &entries[*count].day)) {
            hw_remarks_add(&binding->mistakes, child->key_where,
                           "'%s': expected a date such as 2021-03-31 or a year such as 2021, found '%s'",
                           leaf->name, hw_quote(child->key, quoted));
            continue;
        }
        entries[(*count)++].node = child;
    }
    if (*count > 1) {
        qsort(entries, *count, sizeof(*entries), compare_days);
    }
    for (uint32_t i = 1; i < *count; i++) {
        const hw_node *first = entries[i - 1].node;
        const hw_node *second = entries[i].node;
        if (entries[i].day == entries[i - 1].day && strcmp(first->key, second->key) != 0) {
            hw_remarks_add(&binding->mistakes, second->key_where, "'%s': '%s' and '%s' are the same day",
                           leaf->name, first->key, second->key);
        }
    }
    return entries;
}

/* ---- Entries relative to an earlier one: "120 % of 2026" ---- */

static const char OF[] = " of ";

/* Where the other entry is named; NULL: the entry is no relative one. */
static const char *named_in(const hw_node *node) {
    const hw_node *content = node->kind == HW_NODE_MAPPING ? hw_node_child(node, "value") : node;
    bool text = content != NULL && content->kind == HW_NODE_SCALAR;
    const char *of = text ? strstr(content->text, OF) : NULL;
    return of != NULL ? of + strlen(OF) : NULL;
}

/* Whether no entry was left out after `found` and up to the day that is named: the share was meant of that
 * one, and must not be taken of an earlier one. Adds a mistake when one was. */
static bool was_known(hw_binding *binding, const hw_leaf *entry, int64_t found, int64_t named) {
    const hw_left_out_list *list = binding->document != NULL ? hw_document_left_out(binding->document) : NULL;
    size_t series = strlen(entry->path) - strlen(entry->name);
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const char *path = list->items[i].path;
        int64_t day;
        if (strncmp(path, entry->path, series) == 0 && hw_read_series_day(path + series, &day) &&
            day > found && day <= named) {
            hw_blame(binding, entry, hw_leaf_content(binding, entry),
                     hw_pool_print(&binding->pool, "expected a share of an entry that was known%s",
                                   hw_left_out_here(binding, path)));
            return false;
        }
    }
    return true;
}

/* The entry in force on the day that is named, of those before `index`; HW_NO_REFERENCE after adding a
 * mistake. */
static uint32_t find_named(hw_binding *binding, const hw_leaf *entry, const hw_dated_value *items,
                           uint32_t index, const char *named) {
    int64_t day = 0;
    if (!hw_read_series_day(named, &day) || index == 0 || day >= items[index].day || day < items[0].day) {
        hw_expected(binding, entry, hw_leaf_content(binding, entry),
                    "a share of an earlier entry, such as 120 % of 2026");
        return HW_NO_REFERENCE;
    }
    uint32_t found = index - 1;
    while (items[found].day > day) {
        found--;
    }
    return was_known(binding, entry, items[found].day, day) ? found : HW_NO_REFERENCE;
}

/* The share is a value of its own: it has a source, and may be a factor of a sweep. */
static hw_value_id bind_share(hw_binding *binding, const hw_leaf *entry, const char *named) {
    enum { TIMES_MOST = 100 };
    const hw_node *content = hw_scalar_content(binding, entry, "a share of an earlier entry");
    if (content == NULL) {
        return UINT32_MAX;
    }
    hw_key *key = hw_pool_take(&binding->pool, 1, sizeof(*key));
    *key = *entry->key;
    key->dimension = HW_DIM_SHARE;
    key->low = 0;
    key->high = TIMES_MOST;
    hw_leaf leaf = *entry;
    leaf.key = key;
    size_t length = (size_t)(named - content->text) - strlen(OF);
    hw_quantity share;
    char problem[HW_UNIT_PROBLEM_BYTES];
    if (!hw_quantity_parse(hw_pool_copy(&binding->pool, content->text, length), HW_DIM_SHARE,
                           &binding->currencies, &share, problem)) {
        hw_blame(binding, &leaf, content, problem);
        return UINT32_MAX;
    }
    if (!hw_in_range(binding, &leaf, content, &share)) {
        return UINT32_MAX;
    }
    hw_entry value = {.distribution = hw_certainly(share.value),
                      .written = content->text,
                      .body = hw_yaml_scalar(&binding->pool, content->text)};
    return hw_add_value(binding, &leaf, &value);
}

static void bind_entry(hw_binding *binding, const hw_leaf *entry, hw_dated_value *items, uint32_t index) {
    const char *named = named_in(entry->node);
    hw_dated_value *item = &items[index];
    item->of = named != NULL ? find_named(binding, entry, items, index, named) : HW_NO_REFERENCE;
    item->value = named == NULL                 ? hw_bind_quantity(binding, entry)
                  : item->of != HW_NO_REFERENCE ? bind_share(binding, entry, named)
                                                : UINT32_MAX;
}

void hw_bind_dated(hw_binding *binding, const hw_leaf *leaf, hw_dated_list *field) {
    uint32_t count = 0;
    if (leaf->node->kind != HW_NODE_MAPPING) {
        hw_expected(binding, leaf, leaf->node, "dates with values, such as {2021-03-31: ..., 2022: ...}");
        return;
    }
    const dated_node *entries = read_days(binding, leaf, &count);
    hw_dated_value *items = hw_pool_take(&binding->pool, count, sizeof(*items));
    size_t opened = hw_write_open(&binding->resolved, leaf->name);
    for (uint32_t i = 0; i < count; i++) {
        char day[16];
        hw_leaf entry = *leaf;
        hw_date_print(entries[i].day, day);
        entry.name = hw_pool_copy(&binding->pool, day, strlen(day));
        entry.path = hw_path_join(&binding->pool, leaf->path, day);
        entry.node = entries[i].node;
        items[i].day = entries[i].day;
        bind_entry(binding, &entry, items, i);
    }
    hw_write_note(binding, leaf->node);
    hw_write_close(&binding->resolved, opened);
    hw_add_spot(binding, leaf->path, leaf->standard ? (hw_position){0} : leaf->node->key_where);
    *field = (hw_dated_list){.items = items, .count = count};
}

/* Dated series: a quantity from each of several days on. */
#include "sim/input/binder.h"

#include "sim/date.h"
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
        items[i] = (hw_dated_value){.day = entries[i].day, .value = hw_bind_quantity(binding, &entry)};
    }
    hw_write_note(binding, leaf->node);
    hw_write_close(&binding->resolved, opened);
    hw_add_spot(binding, leaf->path, leaf->standard ? (hw_position){0} : leaf->node->key_where);
    *field = (hw_dated_list){.items = items, .count = count};
}

/* Takes a layer without what became known after a day. */
#include "sim/input/known.h"

#include "sim/date.h"
#include "sim/input/layers.h"
#include "sim/input/reader.h"
#include "sim/schema.h"
#include <string.h>

/* What is read of one layer. */
typedef struct sieve {
    hw_pool *pool;
    int64_t day;
    hw_left_out_list *left_out;
} sieve;

bool hw_known_day(const char *text, int64_t *day) {
    if (strcmp(text, "asked") == 0) {
        *day = HW_ASKED;
        return true;
    }
    return hw_date_parse(text, day);
}

/* The day that a mapping itself says; false for none. One that is no date has its own mistake. */
static bool own_day(const hw_node *mapping, int64_t *day) {
    const hw_node *mark = hw_node_child(mapping, "known_by");
    return mark != NULL && mark->kind == HW_NODE_SCALAR && hw_known_day(mark->text, day);
}

int64_t hw_known_by(const hw_node *node) {
    int64_t day = HW_ALWAYS_KNOWN;
    for (; node != NULL; node = node->parent) {
        if (node->kind == HW_NODE_MAPPING && own_day(node, &day)) {
            break;
        }
    }
    return day;
}

bool hw_says_as_of(const hw_node *layer, int64_t *day) {
    const hw_node *node = hw_node_child(layer, "as_of");
    if (node != NULL && node->kind == HW_NODE_MAPPING) {
        node = hw_node_child(node, "value");
    }
    return node != NULL && node->kind == HW_NODE_SCALAR && hw_date_parse(node->text, day);
}

static const hw_node *leave_out(const sieve *s, const hw_node *node, const char *path, int64_t known_by) {
    hw_left_out_list *list = s->left_out;
    list->items = hw_grow(list->items, list->count, &list->capacity, sizeof(*list->items));
    hw_position where = node->key != NULL ? node->key_where : node->where;
    list->items[list->count++] = (hw_left_out){.path = path, .where = where, .known_by = known_by};
    return NULL;
}

static bool holds_values(const hw_node *mapping) {
    for (uint32_t i = 0; i < mapping->child_count; i++) {
        if (!hw_is_mark(mapping->children[i]->key)) {
            return true;
        }
    }
    return false;
}

/* A mapping or list with some of its children. */
static hw_node *with_children(const sieve *s, const hw_node *node, const hw_node *const *kept,
                              uint32_t count) {
    hw_node *part = hw_pool_take(s->pool, 1, sizeof(*part));
    *part = *node;
    part->children = hw_pool_take(s->pool, count, sizeof(hw_node *));
    if (count > 0) {
        memcpy(part->children, kept, count * sizeof(hw_node *));
    }
    part->child_count = count;
    if (part->kind == HW_NODE_MAPPING) {
        hw_node_sort(s->pool, part);
    }
    return part;
}

/* Items of a list stand for themselves: {value: a name, known_by: a day}. */
static const hw_node *known_items(const sieve *s, const hw_node *list, const char *path) {
    const hw_node **kept = hw_pool_take(s->pool, list->child_count, sizeof(const hw_node *));
    uint32_t count = 0;
    int64_t last = HW_ALWAYS_KNOWN;
    for (uint32_t i = 0; i < list->child_count; i++) {
        const hw_node *item = list->children[i];
        int64_t day = HW_ALWAYS_KNOWN;
        if (item->kind == HW_NODE_MAPPING && own_day(item, &day) && day > s->day) {
            last = day > last ? day : last;
        } else {
            kept[count++] = item;
        }
    }
    if (count == list->child_count) {
        return list;
    }
    leave_out(s, list, path, last);
    return count > 0 ? with_children(s, list, kept, count) : NULL;
}

static const hw_node *known_in(const sieve *s, const hw_node *node, const char *path, int64_t around);

/* A mapping that is no value: each child for itself. Where nothing was known of any, nothing is left. */
static const hw_node *known_children(const sieve *s, const hw_node *mapping, const char *path, int64_t day) {
    const hw_node **kept = hw_pool_take(s->pool, mapping->child_count, sizeof(const hw_node *));
    uint32_t count = 0, values = 0;
    bool whole = true;
    size_t before = s->left_out->count;
    for (uint32_t i = 0; i < mapping->child_count; i++) {
        const hw_node *child = mapping->children[i];
        bool top = mapping->parent == NULL && strcmp(child->key, "as_of") == 0;
        bool value = !hw_is_mark(child->key) && !top;
        const hw_node *known =
            value ? known_in(s, child, hw_path_join(s->pool, path, child->key), day) : child;
        whole = whole && known == child;
        values += value && known != NULL;
        if (known != NULL) {
            kept[count++] = known;
        }
    }
    if (whole) {
        return mapping;
    }
    if (values > 0 || mapping->parent == NULL) {
        return with_children(s, mapping, kept, count);
    }
    int64_t own;
    bool alike = own_day(mapping, &own);
    for (size_t i = before; i < s->left_out->count && alike; i++) {
        alike = s->left_out->items[i].known_by == own;
    }
    if (alike) { /* one line for all of it */
        s->left_out->count = before;
        leave_out(s, mapping, path, own);
    }
    return NULL;
}

/* What was known of a node, NULL: nothing. `around` is the day that the mapping around it says. */
static const hw_node *known_in(const sieve *s, const hw_node *node, const char *path, int64_t around) {
    int64_t day = around;
    bool mapping = node->kind == HW_NODE_MAPPING;
    if (mapping) {
        own_day(node, &day);
    }
    if (mapping && !hw_node_is_one_value(node) && holds_values(node)) {
        return known_children(s, node, path, day);
    }
    if (day > s->day) {
        return leave_out(s, node, path, day);
    }
    const hw_node *list = mapping ? hw_node_child(node, "value") : node;
    if (list == NULL || list->kind != HW_NODE_LIST) {
        return node;
    }
    const hw_node *known = known_items(s, list, path);
    if (known == list || known == NULL || !mapping) {
        return known == list ? node : known;
    }
    const hw_node **children = hw_pool_take(s->pool, node->child_count, sizeof(const hw_node *));
    for (uint32_t i = 0; i < node->child_count; i++) {
        children[i] = node->children[i] == list ? known : node->children[i];
    }
    return with_children(s, node, children, node->child_count);
}

const hw_node *hw_known_part(hw_pool *pool, const hw_node *layer, int64_t day, hw_left_out_list *left_out) {
    const sieve s = {.pool = pool, .day = day, .left_out = left_out};
    int64_t known_by = HW_ALWAYS_KNOWN;
    own_day(layer, &known_by);
    return known_children(&s, layer, "", known_by);
}

static bool is_in(const char *path, const char *around) {
    size_t length = strlen(around);
    return strncmp(path, around, length) == 0 && (path[length] == '\0' || path[length] == '.');
}

const hw_left_out *hw_left_out_at(const hw_left_out_list *list, const char *path) {
    for (size_t i = 0; i < list->count; i++) {
        if (is_in(path, list->items[i].path) || is_in(list->items[i].path, path)) {
            return &list->items[i];
        }
    }
    return NULL;
}

const char *hw_left_out_text(hw_pool *pool, const hw_document *document, const char *path) {
    int64_t as_of = INT64_MAX;
    const hw_left_out_list *list = hw_document_left_out(document);
    const hw_left_out *one = hw_document_as_of(document, &as_of) ? hw_left_out_at(list, path) : NULL;
    if (one == NULL) {
        return "";
    }
    char known_by[16], day[16];
    return hw_pool_print(pool, "; it became known by %s (%s:%u:%u), after the day of as_of, %s",
                         hw_date_print(one->known_by, known_by), one->where.file, one->where.line,
                         one->where.column, hw_date_print(as_of, day));
}

/* Parents and children among activities of IATI: money that both tell is counted once, where it is told in
 * detail.
 *
 * Publishers such as UNDP and FCDO publish programmes (hierarchy 1) and their projects (hierarchy 2), and
 * repeat the money of the projects in the programme. Of a parent whose children tell money nothing is
 * counted. */
#define _GNU_SOURCE /* qsort_r */
#include "analysis/base/memory.h"
#include "analysis/intake/iati_store.h"
#include <stdlib.h>
#include <string.h>

/* From a child up to its parents, and how many children each has that were not looked at yet. */
typedef struct tree {
    hw_iati_store *store;
    hw_import *import;
    uint32_t *waiting;  /* children of each record */
    uint32_t *children; /* that were told of it, for the table */
    bool *below;        /* an activity below tells money */
    double (
        *money)[2]; /* of what is counted: of the record, or of those below it; promised, paid or to come */
    double (*below_usd)[2]; /* of those below it alone */
    uint32_t *queue;
    size_t queued;
} tree;

static int compare_ids(const void *left, const void *right, void *context) {
    const hw_iati_store *store = context;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    uint32_t id = store->records[a].id, other = store->records[b].id;
    return id != other ? (id > other) - (id < other) : (a > b) - (a < b);
}

static int compare_links(const void *left, const void *right) {
    const hw_iati_link *a = left, *b = right;
    return a->child != b->child ? (a->child > b->child) - (a->child < b->child)
                                : (a->parent > b->parent) - (a->parent < b->parent);
}

/* The first place of an identifier in by_id; record_count when it is not there. */
static size_t place_of(const hw_iati_store *store, uint32_t id) {
    size_t low = 0, high = store->record_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (store->records[store->by_id[middle]].id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < store->record_count && store->records[store->by_id[low]].id == id ? low
                                                                                   : store->record_count;
}

hw_iati_record *hw_iati_find(hw_iati_store *store, uint32_t id) {
    size_t place = id != 0 && store->by_id != NULL ? place_of(store, id) : store->record_count;
    return place < store->record_count ? &store->records[store->by_id[place]] : NULL;
}

/* ---- One telling of each ---- */

static void drop(hw_iati_store *store, hw_import *import, hw_iati_record *record, const char *reason,
                 uint32_t other_line) {
    char *what = hw_take_text("activity %s", hw_string(&store->strings, record->id));
    const hw_left left = {.line = record->line, .what = what, .fate = HW_FATE_LEFT_OUT, .row = true};
    if (other_line > 0) {
        hw_remainder_add(&import->remainder, &left, reason, "line %u", other_line);
    } else {
        hw_remainder_add(&import->remainder, &left, reason, NULL);
    }
    free(what);
    record->gone = true;
}

static void sort_and_drop_doubles(hw_iati_store *store, hw_import *import) {
    store->by_id = hw_take(store->record_count, sizeof *store->by_id);
    for (size_t i = 0; i < store->record_count; i++) {
        store->by_id[i] = (uint32_t)i;
    }
    qsort_r(store->by_id, store->record_count, sizeof *store->by_id, compare_ids, store);
    for (size_t i = 1; i < store->record_count; i++) {
        hw_iati_record *one = &store->records[store->by_id[i]], *first = &store->records[store->by_id[i - 1]];
        if (one->id == first->id) {
            drop(store, import, one, "the same identifier stands before", hw_iati_find(store, one->id)->line);
        }
    }
}

/* Links by child, each once. */
static void sort_links(hw_iati_store *store) {
    size_t kept = 0;
    if (store->link_count > 1) {
        qsort(store->links, store->link_count, sizeof *store->links, compare_links);
    }
    for (size_t i = 0; i < store->link_count; i++) {
        if (kept == 0 || compare_links(&store->links[kept - 1], &store->links[i]) != 0) {
            store->links[kept++] = store->links[i];
        }
    }
    store->link_count = kept;
    for (size_t i = 0; i < kept; i++) {
        hw_iati_record *child = hw_iati_find(store, store->links[i].child);
        if (child != NULL && (i == 0 || store->links[i - 1].child != store->links[i].child)) {
            child->parent_first = (uint32_t)i;
        }
        if (child != NULL) {
            child->parent_count++;
        }
    }
}

/* ---- From the children up ---- */

static void count_children(tree *t) {
    hw_iati_store *store = t->store;
    for (size_t i = 0; i < store->link_count; i++) {
        const hw_iati_record *child = hw_iati_find(store, store->links[i].child);
        const hw_iati_record *parent = hw_iati_find(store, store->links[i].parent);
        if (child != NULL && parent != NULL) {
            t->waiting[parent - store->records]++;
            t->children[parent - store->records]++;
        }
    }
    for (size_t i = 0; i < store->record_count; i++) {
        if (t->waiting[i] == 0 && !store->records[i].gone) {
            t->queue[t->queued++] = (uint32_t)i;
        }
    }
}

static void tell_family(tree *t, size_t index, const double own[2]) {
    hw_iati_store *store = t->store;
    hw_iati_record *record = &store->records[index];
    hw_import *import = t->import;
    char *what = hw_take_text("activity %s", hw_string(&store->strings, record->id));
    const hw_left left = {.line = record->line, .what = what, .fate = HW_FATE_ELSEWHERE, .row = true};
    hw_remainder_add(&import->remainder, &left, "a parent: its children tell its money", NULL);
    free(what);
    import->families =
        hw_take_again(import->families, import->family_count + (size_t)1, sizeof *import->families);
    import->families[import->family_count++] = (hw_family_row){
        .parent = hw_take_text("%s", hw_string(&store->strings, record->id)),
        .line = record->line,
        .children = t->children[index],
        .parent_promised_usd = own[0],
        .children_promised_usd = t->below_usd[index][0],
        .parent_paid_usd = own[1],
        .children_paid_usd = t->below_usd[index][1],
    };
}

/* All children of a record were looked at. */
static void settle(tree *t, size_t index) {
    hw_iati_store *store = t->store;
    hw_iati_record *record = &store->records[index];
    const double own[2] = {hw_iati_usd(store, record, HW_IATI_PROMISED),
                           hw_iati_usd(store, record, HW_IATI_PAID) +
                               hw_iati_usd(store, record, HW_IATI_TO_COME)};
    bool tells = record->sum_count > 0;
    if (tells && t->below[index]) {
        tell_family(t, index, own);
        record->is_aside = true;
        for (uint32_t i = 0; i < record->sum_count; i++) {
            store->sums[record->sum_first + i].counted = 0;
        }
    }
    for (int i = 0; i < 2; i++) {
        t->money[index][i] = t->below[index] ? t->below_usd[index][i] : own[i];
    }
    for (uint32_t i = 0; i < record->parent_count; i++) {
        const hw_iati_record *parent = hw_iati_find(store, store->links[record->parent_first + i].parent);
        if (parent == NULL) {
            continue;
        }
        size_t up = (size_t)(parent - store->records);
        t->below[up] = t->below[up] || tells || t->below[index];
        t->below_usd[up][0] += t->money[index][0];
        t->below_usd[up][1] += t->money[index][1];
        if (--t->waiting[up] == 0 && !parent->gone) {
            t->queue[t->queued++] = (uint32_t)up;
        }
    }
}

void hw_iati_families(hw_iati_store *store, hw_import *import) {
    if (store->record_count == 0) {
        return;
    }
    sort_and_drop_doubles(store, import);
    sort_links(store);
    tree t = {.store = store,
              .import = import,
              .waiting = hw_take(store->record_count, sizeof *t.waiting),
              .children = hw_take(store->record_count, sizeof *t.children),
              .below = hw_take(store->record_count, sizeof *t.below),
              .money = hw_take(store->record_count, sizeof *t.money),
              .below_usd = hw_take(store->record_count, sizeof *t.below_usd),
              .queue = hw_take(store->record_count, sizeof *t.queue)};
    count_children(&t);
    for (size_t done = 0; done < t.queued; done++) {
        settle(&t, t.queue[done]);
    }
    for (size_t i = 0; i < store->record_count; i++) {
        if (t.waiting[i] > 0 && !store->records[i].gone) {
            drop(store, import, &store->records[i], "its parents and children lead back to itself", 0);
        }
    }
    free(t.waiting);
    free(t.children);
    free(t.below);
    free(t.money);
    free(t.below_usd);
    free(t.queue);
}

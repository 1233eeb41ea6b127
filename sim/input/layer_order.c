/* Sorts layers by what counts over what, or says what contradicts itself. */
#define _GNU_SOURCE /* open_memstream */
#include "sim/input/layer_order.h"

#include "sim/input/pool.h"
#include <stdio.h>
#include <stdlib.h>

/* `upper` counts over `lower`, as is said at `where`. */
typedef struct rule {
    uint32_t upper, lower;
    hw_position where;
    bool by_list; /* otherwise: upper includes lower */
} rule;

typedef struct ordering {
    const hw_layer_file *files;
    uint32_t count;
    rule *rules;
    size_t rule_count, rule_capacity;
    uint32_t *rank; /* when each file is met first on the way from the top, lists read from their ends */
    uint32_t ranked;
    bool *placed;
} ordering;

static void add_rule(ordering *o, rule added) {
    o->rules = hw_grow(o->rules, o->rule_count, &o->rule_capacity, sizeof(*o->rules));
    o->rules[o->rule_count++] = added;
}

static bool is_named_again(const hw_layer_file *file, uint32_t place) {
    for (uint32_t i = place + 1; i < file->below_count; i++) {
        if (file->below[i] == file->below[place]) {
            return true;
        }
    }
    return false;
}

static void add_rules_of(ordering *o, uint32_t number) {
    const hw_layer_file *file = &o->files[number];
    uint32_t earlier = UINT32_MAX;
    for (uint32_t i = 0; i < file->below_count; i++) {
        if (is_named_again(file, i)) {
            continue;
        }
        add_rule(o, (rule){.upper = number, .lower = file->below[i], .where = file->named_at[i]});
        if (earlier != UINT32_MAX) {
            add_rule(o, (rule){file->below[i], earlier, file->named_at[i], true});
        }
        earlier = file->below[i];
    }
}

static void rank_from(ordering *o, uint32_t number) {
    if (o->rank[number] != UINT32_MAX) {
        return;
    }
    o->rank[number] = o->ranked++;
    for (uint32_t i = o->files[number].below_count; i > 0; i--) {
        rank_from(o, o->files[number].below[i - 1]);
    }
}

/* A rule that keeps a file from being placed: its upper one has no place yet. */
static const rule *hindrance(const ordering *o, uint32_t number) {
    for (size_t i = 0; i < o->rule_count; i++) {
        if (o->rules[i].lower == number && !o->placed[o->rules[i].upper]) {
            return &o->rules[i];
        }
    }
    return NULL;
}

/* The file that comes next from the top downwards, or UINT32_MAX. */
static uint32_t next_below(const ordering *o) {
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < o->count; i++) {
        if (!o->placed[i] && hindrance(o, i) == NULL && (best == UINT32_MAX || o->rank[i] < o->rank[best])) {
            best = i;
        }
    }
    return best;
}

static void tell_rule(FILE *out, const ordering *o, const rule *said) {
    const char *upper = o->files[said->upper].name;
    const char *lower = o->files[said->lower].name;
    fprintf(out, said->by_list ? "'%s' is named after '%s'" : "'%s' includes '%s'", upper, lower);
    if (said->where.file != NULL) {
        fprintf(out, " (%s:%u:%u)", said->where.file, said->where.line, said->where.column);
    }
}

/* Every file that is left waits for another one that is left: following them leads into a ring. */
static void tell_contradiction(const ordering *o, hw_errors *errors) {
    uint32_t number = 0;
    while (o->placed[number]) {
        number++;
    }
    for (uint32_t i = 0; i < o->count; i++) {
        number = hindrance(o, number)->upper;
    }
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL) {
        return;
    }
    hw_position where = hindrance(o, number)->where;
    uint32_t first = number;
    const char *comma = "";
    do {
        const rule *said = hindrance(o, number);
        fputs(comma, out);
        tell_rule(out, o, said);
        where = said->by_list ? said->where : where;
        comma = ", but ";
        number = said->upper;
    } while (number != first);
    if (fclose(out) == 0) {
        hw_errors_add(
            errors, where,
            "which of these layers counts over the other is not clear: %s; a later layer counts over an "
            "earlier one, and a file over what it includes",
            text);
    }
    free(text);
}

hw_status hw_layer_order(const hw_layer_file *files, uint32_t count, uint32_t top, uint32_t *order,
                         hw_errors *errors) {
    ordering o = {.files = files,
                  .count = count,
                  .rank = malloc((count + (size_t)1) * sizeof(*o.rank)),
                  .placed = calloc(count + (size_t)1, sizeof(*o.placed))};
    hw_status status = o.rank != NULL && o.placed != NULL ? HW_OK : HW_ERROR_MEMORY;
    for (uint32_t i = 0; i < count && status == HW_OK; i++) {
        o.rank[i] = UINT32_MAX;
        add_rules_of(&o, i);
    }
    if (status == HW_OK) {
        rank_from(&o, top);
    }
    for (uint32_t left = count; left > 0 && status == HW_OK; left--) {
        uint32_t next = next_below(&o);
        if (next == UINT32_MAX) {
            tell_contradiction(&o, errors);
            status = HW_ERROR_INPUT;
        } else {
            o.placed[next] = true;
            order[left - 1] = next;
        }
    }
    free(o.rules);
    free(o.rank);
    free(o.placed);
    return status;
}

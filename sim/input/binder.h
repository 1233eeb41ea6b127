/* The parts of a binding, shared by the files that build it. */
#ifndef HW_SIM_INPUT_BINDER_H
#define HW_SIM_INPUT_BINDER_H

#include "sim/input/binding.h"
#include "sim/input/pool.h"
#include "sim/input/remarks.h"
#include "sim/input/units.h"
#include "sim/input/writer.h"

/* The defaults of a section, read once however many structs it fills. */
typedef struct hw_plan {
    const hw_section *section;
    const hw_node **standards; /* one per key; NULL: none */
    const char **names;        /* all that a mapping of this section may hold, for the nearest name */
    uint32_t name_count;
} hw_plan;

/* The names of a root table, to resolve references before the table itself is bound. */
typedef struct hw_named {
    const char *name;
    uint32_t index;
} hw_named;

typedef struct hw_names {
    const char *table;
    const hw_section *section;
    const char **names; /* in the order of the file */
    hw_named *sorted;
    uint32_t
        *last_list; /* per item: the last list of references that named it, to find what is named twice */
    uint32_t count, lists;
} hw_names;

typedef struct hw_spot { /* where a section or table item stands */
    const char *path;
    hw_position where;
} hw_spot;

struct hw_binding {
    hw_pool pool;
    const hw_section *root;
    const hw_document *document;
    hw_remarks mistakes; /* what is wrong */
    hw_remarks warnings; /* what is right and yet odd */
    hw_currencies currencies;
    hw_names *tables;
    uint32_t table_count;
    hw_plan **plans;
    size_t plan_count, plan_capacity;
    hw_value *values;
    size_t value_count, value_capacity;
    hw_values view; /* of values, when complete */
    hw_spot *spots; /* of values too; sorted by path when complete */
    size_t spot_count, spot_capacity;
    hw_named *by_path; /* values, sorted, when complete */
    hw_writer resolved;
    char digest[65];
};

/* A mapping that fills the struct of a section. */
typedef struct hw_site {
    const char *path;      /* "" at the root */
    const char *described; /* "district 'Agdam'" */
    const hw_node *node;   /* NULL: all defaults */
    hw_position where;     /* to blame for what is missing */
    bool standard;         /* part of a default itself */
} hw_site;

/* A value that fills one field. */
typedef struct hw_leaf {
    const hw_key *key;
    const char *name; /* under which it is written: the key's, or a day */
    const char *path;
    const hw_node *node;
    bool standard;
    hw_position where; /* to blame when the default is at fault */
} hw_leaf;

/* ---- sections.c ---- */
void hw_bind_section(hw_binding *binding, const hw_section *section, const hw_site *site, void *out);
void hw_bind_table(hw_binding *binding, const hw_leaf *leaf, hw_table *table);

/* ---- names.c ---- */
void hw_named_sort(hw_named *items, uint32_t count);

/* The index that goes with a name in a sorted list, or UINT32_MAX. */
uint32_t hw_named_find(const hw_named *items, uint32_t count, const char *name);

/* ---- plans.c: what is known before the walk through the sections ---- */
const hw_plan *hw_plan_of(hw_binding *binding, const hw_section *section);
void hw_index_tables(hw_binding *binding, const hw_node *root);
void hw_bind_currencies(hw_binding *binding, const hw_node *root);

/* ---- needs.c ---- */
/* Whether what a key needs beside it (`only_with`) stands in a mapping of its section; also true when the
 * mapping is too wrong to know. */
bool hw_need_met(const hw_plan *plan, const hw_key *key, const hw_node *mapping);
void hw_add_unmet(hw_binding *binding, const hw_key *key, const hw_site *site, const hw_node *given);

/* What is wrong with the need of a key in a descriptor table, or NULL. */
const char *hw_need_problem(const hw_section *section, const hw_key *key);

/* ---- idle.c ---- */
/* Warns of what the user's own files say and nothing reads. Call when all values are in and can be found. */
void hw_warn_of_idle(hw_binding *binding, const hw_document *document);

/* ---- leaves.c ---- */
void hw_bind_leaf(hw_binding *binding, const hw_leaf *leaf, void *field);

/* A leaf's content: the node itself, or the `value` in a mapping that may hold nothing else but marks. NULL
 * after adding a mistake; hw_scalar_content also when it is not a text. */
const hw_node *hw_leaf_content(hw_binding *binding, const hw_leaf *leaf);
const hw_node *hw_scalar_content(hw_binding *binding, const hw_leaf *leaf, const char *what);

/* ---- references.c, series.c ---- */
void hw_bind_reference(hw_binding *binding, const hw_leaf *leaf, uint32_t *field);
void hw_bind_references(hw_binding *binding, const hw_leaf *leaf, hw_index_list *field);
void hw_bind_dated(hw_binding *binding, const hw_leaf *leaf, hw_dated_list *field);

/* ---- quantities.c ---- */
/* UINT32_MAX after adding a mistake. */
hw_value_id hw_bind_quantity(hw_binding *binding, const hw_leaf *leaf);

/* False, after adding a mistake, when a number is outside the range of the key. */
bool hw_in_range(hw_binding *binding, const hw_leaf *leaf, const hw_node *node, const hw_quantity *quantity);

/* ---- values.c ---- */
/* What is known of a value when it is entered into the list. */
typedef struct hw_entry {
    hw_distribution distribution;
    const char *written; /* as a person reads it */
    const char *body;    /* as YAML: see hw_write_value */
    bool pairs;
} hw_entry;
hw_value_id hw_add_value(hw_binding *binding, const hw_leaf *leaf, const hw_entry *entry);

/* A value that no draw can change. */
hw_distribution hw_certainly(double number);
void hw_add_certain(hw_binding *binding, const hw_leaf *leaf, double number, const char *written);

void hw_add_spot(hw_binding *binding, const char *path, hw_position where);
void hw_write_note(hw_binding *binding, const hw_node *mapping);

/* Adds a mistake about a leaf, at `node` (or at the section, when a default is at fault). */
void hw_blame(hw_binding *binding, const hw_leaf *leaf, const hw_node *node, const char *message);

/* What a message says of a value that is missing because it was not known yet: hw_left_out_text. */
const char *hw_left_out_here(hw_binding *binding, const char *path);

/* Adds "'key': expected ..., found ..." at the node. */
void hw_expected(hw_binding *binding, const hw_leaf *leaf, const hw_node *node, const char *what);

/* What a node is, for a message: "'14 months'", "a list", "nothing". */
const char *hw_found_text(hw_binding *binding, const hw_node *node);

/* "; did you mean 'x'?", or "" when no candidate is near. */
const char *hw_did_you_mean(hw_binding *binding, const char *word, const char *const *candidates,
                            size_t count);

/* The same, or else all names, where they are few. */
const char *hw_known_keys(hw_binding *binding, const char *word, const char *const *names, size_t count);

#endif

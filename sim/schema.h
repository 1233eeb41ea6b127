/* Descriptor tables: what a scenario file may say, in one place.
 *
 * A model describes each of its parameter structs by a table of keys. The loader fills the struct from it,
 * `homeward schema` prints it, `homeward check --assumptions` and the result file list its values with their
 * sources. These types need no YAML library: a model can be built and filled in by other means. */
#ifndef HW_SIM_SCHEMA_H
#define HW_SIM_SCHEMA_H

#include "sim/distribution.h"
#include "sim/error.h"
#include "sim/length.h"
#include "sim/rng.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a number measures; all are held in the unit given here. Written units are in sim/input/units.c. */
typedef enum hw_dimension {
    HW_DIM_NUMBER,         /* plain number without a unit */
    HW_DIM_SHARE,          /* 1; written as "35 %" or 0.35 */
    HW_DIM_AREA,           /* m2 */
    HW_DIM_LENGTH,         /* m */
    HW_DIM_TIME,           /* days; months are 30.436875, years 365.2425 days */
    HW_DIM_MONEY,          /* USD */
    HW_DIM_AREA_PER_TIME,  /* m2/day */
    HW_DIM_TIME_PER_AREA,  /* min/m2 are held as min/m2 */
    HW_DIM_MINUTES,        /* min: short times of the time model */
    HW_DIM_PER_AREA,       /* 1/m2: densities, written "30 /ha" */
    HW_DIM_PER_TIME,       /* 1/day: rates, written "10 %/year" or "0.1 /year" */
    HW_DIM_MONEY_PER_TIME, /* USD/day */
    HW_DIM_MONEY_PER_AREA, /* USD/m2 */
    HW_DIM_COUNT_OF_DIMENSIONS,
} hw_dimension;

/* An index into hw_values: the value may be uncertain and is then drawn once per replication. */
typedef uint32_t hw_value_id;

enum { HW_NO_REFERENCE = UINT32_MAX };

/* Lists and tables as the loader leaves them; memory belongs to the binding. */
typedef struct hw_index_list {
    const uint32_t *items;
    uint32_t count;
} hw_index_list;

typedef struct hw_dated_value { /* one entry of a dated series: from this day on */
    int64_t day;                /* since 1970-01-01 */
    hw_value_id value;          /* an amount or, with `of`, how many times that of another entry */
    uint32_t of;                /* an earlier entry; HW_NO_REFERENCE: the value is an amount */
} hw_dated_value;

typedef struct hw_dated_list { /* in order of date, dates differ */
    const hw_dated_value *items;
    uint32_t count;
} hw_dated_list;

typedef struct hw_table { /* named items of one kind, in the order of the file(s) */
    void *items;          /* count structs of section->size bytes */
    const char *const *names;
    uint32_t count;
} hw_table;

typedef enum hw_key_type {
    HW_KEY_QUANTITY,   /* field: hw_value_id. A number with unit, or a distribution */
    HW_KEY_COUNT,      /* field: uint32_t. A whole number */
    HW_KEY_YES_NO,     /* field: bool. yes/no/true/false */
    HW_KEY_DATE,       /* field: int64_t, days since 1970-01-01 */
    HW_KEY_TEXT,       /* field: const char *, NULL when absent */
    HW_KEY_YAML,       /* field: const char *, NULL when absent. Anything, as one line of YAML: its meaning is
                          settled by whoever reads it, at the place that the document keeps */
    HW_KEY_CHOICE,     /* field: uint32_t, index into choices */
    HW_KEY_REFERENCE,  /* field: uint32_t, index into the root table `refers_to`; HW_NO_REFERENCE when absent
                        */
    HW_KEY_REFERENCES, /* field: hw_index_list */
    HW_KEY_DATED,      /* field: hw_dated_list. Mapping of a date (YYYY-MM-DD) or year (YYYY = 1 January) to
                          quantities, or to a share of an earlier one ("120 % of 2026") */
    HW_KEY_SECTION,    /* field: the struct itself, described by `section` */
    HW_KEY_TABLE,      /* field: hw_table of structs described by `section`, keyed by name */
    HW_KEY_REGISTRY, /* field: const void *[HW_REGISTRY_MOST]: one parameter struct per entry of `registry` */
} hw_key_type;

struct hw_section;
struct hw_registry;

typedef struct hw_key {
    const char *name;
    hw_key_type type;
    hw_dimension dimension; /* of QUANTITY and DATED */
    const char *standard;   /* default as YAML text, e.g. "25 %" or "{p10: 1 day, p50: 2 days, p90: 4 days}";
                               NULL: required, unless `optional` */
    bool optional; /* may be absent without a default (TEXT, REFERENCE, REFERENCES, DATED, TABLE, DATE: a date
                      left out is INT64_MAX) */
    double low, high; /* allowed range in held units, inclusive; both 0: no limit (of QUANTITY, COUNT, DATED).
                         Draws of a distribution are clamped to it. */
    /* What a date (or an entry of a dated series) outside of the run means; NULL: it can hardly be meant. */
    const char *before_start, *after_horizon;
    size_t offset;                      /* of the field in the section's struct */
    const struct hw_section *section;   /* of SECTION and TABLE */
    const struct hw_registry *registry; /* of REGISTRY */
    const char *const *choices;         /* of CHOICE: NULL-terminated names */
    const char *refers_to;              /* of REFERENCE(S): the key of a TABLE in the root section */
    const char *meaning;                /* one sentence for `homeward schema` */
    const char *source;    /* of the default: where it comes from; NULL: the default is an assumption */
    const char *only_with; /* what must stand beside it in its section, or it is refused: the name of a key
                              ("amount"), or a key and what it may say ("kind: village, town"). Elsewhere its
                              default does not hold either, and the field is as of a key left out. Not for
                              SECTION and REGISTRY. */
    const char *read_if;   /* what must stand anywhere in the scenario, or nothing reads it and the user is
                              warned:   a path that must be given ("levers.tension.on") or say one of
                              some things ("planning.rule: state_programme, fixed_order") */
    const char *chosen_by; /* of TABLE and REGISTRY: an entry is read only if this path names it, or one of
                              several that commas part; * stands for any name ("streams.*.condition") */
    const char *instead;   /* ends the message of that refusal: what to say instead */
    const char *fixes; /* what the key holds still for a comparison, so that points of a sweep with different
                          values of it cannot be compared: the reason, for people; NULL: may be a factor */
    bool fixes_known;  /* only its known value does: what is uncertain about it may be a factor */
    bool beside; /* of TEXT: a note about the scenario, not a value of it: it is in no list of values, not in
                    the resolved scenario and not in the digest */
} hw_key;

typedef struct hw_section {
    const char *name;          /* singular: "district" */
    const char *documentation; /* one paragraph */
    size_t size;               /* of the struct */
    const hw_key *keys;
    uint32_t key_count;
} hw_section;

/* HW_NO_PARAMETERS: the size of an exchangeable part that has no keys. */
enum { HW_REGISTRY_MOST = 32, HW_NO_PARAMETERS = 1 };

/* Exchangeable parts that bring their own parameters: methods, priority rules, funding conditions. */
typedef struct hw_registry {
    const char *name;                  /* "methods" */
    const hw_section *const *sections; /* one per entry; section->name is the entry's name in files */
    uint32_t count;
    const char *switched_by; /* the key without which an entry is not read ("on"); NULL: none */
} hw_registry;

#define HW_ALWAYS_KNOWN INT64_MIN /* nothing says when */
#define HW_ASKED (INT64_MIN + 1)  /* a question, which holds as of any day */

/* One leaf of a scenario, with where it comes from. */
typedef struct hw_value {
    hw_distribution
        distribution; /* in held units; HW_FIXED for everything that is certain (dates as days, counts) */
    const char *path; /* "methods.manual.sweep" */
    const hw_key *key;
    const char *written; /* as the file or the default has it */
    const char *source;  /* NULL when none is given */
    bool assumed;        /* marked so, or a default without a source */
    bool standard;       /* the file(s) do not say it: the default holds */
    int64_t known_by;    /* day since 1970-01-01 by which it was known, or one of the two above */
    hw_position where;
    uint64_t entity; /* hw_entity(path): keys its draw */
} hw_value;

/* Values that were drawn before, all of a member together: some values then come from one member instead of
 * from distributions of their own. */
typedef struct hw_members {
    const double *numbers;     /* member by member, `columns` of each */
    const uint32_t *column_of; /* of each value of the scenario; HW_DRAWN_BY_ITSELF: it is drawn by itself */
    const double *reached; /* weights added up, member by member: a replication draws its member by weight.
                              NULL: replication r has member r */
    uint64_t count;
    uint32_t columns;
} hw_members;

#define HW_DRAWN_BY_ITSELF UINT32_MAX

typedef struct hw_values {
    const hw_value *items;
    uint32_t count;
    const hw_members *members; /* NULL: every value is drawn by itself */
} hw_values;

/* The member that a replication has. */
uint64_t hw_member_of(const hw_members *members, hw_rng_key key, uint64_t purpose);

/* Draws every value once for a replication: out[i] for values->items[i]. Fixed values cost no draw. */
void hw_values_realise(const hw_values *values, hw_rng_key key, uint64_t purpose, double *out);

#endif

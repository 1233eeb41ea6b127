/* A policy lever: something that a government or donors may switch on at a date, with what it costs and does.
 *
 * A lever is in force from its date (and a delay) to its end, in every month in which its cost can be paid.
 * What it does is said, as far as possible, as changes of scenario values: each planning day starts from the
 * values as drawn, and every lever in force changes them in turn, so that levers add up and their end needs
 * no undoing. What is not a value (a treaty that donors wait for, people sent abroad) is left to `act`.
 * A scenario without a lever's date runs exactly as if the lever did not exist.
 *
 * A new lever is one file, which defines `hw_lever_<name>` and its descriptor table
 * `hw_lever_<name>_parameters` (of a struct that starts with hw_lever_terms), and one row in
 * levers/levers.c. */
#ifndef HW_MODELS_LEVER_H
#define HW_MODELS_LEVER_H

#include "models/land.h"
#include "sim/schema.h"

/* First member of each lever's parameters. */
typedef struct hw_lever_terms {
    int64_t on, until;         /* days since 1970-01-01; INT64_MAX: never switched on; to the horizon */
    hw_value_id delay;         /* days */
    hw_value_id starting_cost; /* USD */
    hw_value_id running_cost;  /* USD/day */
} hw_lever_terms;

/* The keys that all levers have, with the defaults of this one; `owner` starts with `lever`, and `purse` is
 * what money it is paid from: see hw_lever.pays. */
#define HW_LEVER_KEYS(owner, delay_default, start_default, running_default)                                  \
    HW_LEVER_KEYS_PAID_FROM("clearance", owner, delay_default, start_default, running_default)
#define HW_LEVER_KEYS_PAID_FROM(purse, owner, delay_default, start_default, running_default)                 \
    {.name = "on",                                                                                           \
     .type = HW_KEY_DATE,                                                                                    \
     .optional = true,                                                                                       \
     .offset = offsetof(owner, lever.on),                                                                    \
     .meaning = "Day of the decision; never when left out."},                                                \
        {.name = "until",                                                                                    \
         .type = HW_KEY_DATE,                                                                                \
         .optional = true,                                                                                   \
         .offset = offsetof(owner, lever.until),                                                             \
         .after_horizon = "in force to the horizon",                                                         \
         .meaning = "Day on which it ends; the horizon when left out."},                                     \
        {.name = "delay",                                                                                    \
         .type = HW_KEY_QUANTITY,                                                                            \
         .dimension = HW_DIM_TIME,                                                                           \
         .low = 0,                                                                                           \
         .high = 7300,                                                                                       \
         .standard = (delay_default),                                                                        \
         .offset = offsetof(owner, lever.delay),                                                             \
         .meaning = "From the decision to the first effect."},                                               \
        {.name = "starting_cost",                                                                            \
         .type = HW_KEY_QUANTITY,                                                                            \
         .dimension = HW_DIM_MONEY,                                                                          \
         .low = 0,                                                                                           \
         .high = 1e10,                                                                                       \
         .standard = (start_default),                                                                        \
         .offset = offsetof(owner, lever.starting_cost),                                                     \
         .meaning = "Paid once from money for " purse " that bears no earmark; without it there is no "      \
                    "effect."},                                                                              \
    {                                                                                                        \
        .name = "running_cost", .type = HW_KEY_QUANTITY, .dimension = HW_DIM_MONEY_PER_TIME, .low = 0,       \
        .high = 1e7, .standard = (running_default), .offset = offsetof(owner, lever.running_cost),           \
        .meaning = "Paid each month in advance; no effect in a month in which it cannot be paid."            \
    }

/* The key of a lever whose effect grows, for a field `ramp` of its parameters. */
#define HW_LEVER_RAMP(owner, ramp_default)                                                                   \
    {                                                                                                        \
        .name = "ramp", .type = HW_KEY_QUANTITY, .dimension = HW_DIM_TIME, .low = 0, .high = 7300,           \
        .standard = (ramp_default), .offset = offsetof(owner, ramp),                                         \
        .meaning = "From the first to the full effect, in a straight line."                                  \
    }

/* The start of a lever's own quantity, for a field of its parameters of the same name. */
#define HW_LEVER_QUANTITY(owner, field, dim, lo, hi)                                                         \
    .name = #field, .type = HW_KEY_QUANTITY, .dimension = (dim), .low = (lo), .high = (hi),                  \
    .offset = offsetof(owner, field)

/* How a change takes a value v to another, with the lever's number x and its strength s, which grows from 0
 * to 1 over the ramp. The result is kept within the range of the value's key. */
typedef enum hw_change_kind {
    HW_CHANGE_SCALE,        /* v (1 + s (x - 1)) */
    HW_CHANGE_ADD,          /* v + s x */
    HW_CHANGE_ADD_AT_FIRST, /* v + (1 - s) x: trouble of the first months */
    HW_CHANGE_CLOSE_GAP,    /* v + s x (1 - v): of a share, what is missing to one */
    HW_CHANGE_RAISE,        /* v + s max(0, x - v): never lowers */
} hw_change_kind;

typedef struct hw_change {
    /* The value's path; one * stands for any name: "streams.*.drop_out". Paths without a match are mistakes
     * of the program and found by the tests. */
    const char *path;
    hw_change_kind kind;
    size_t by;    /* offset of x, a hw_value_id, in the lever's parameters */
    size_t among; /* offset of a hw_index_list of items that * runs over, all when it is empty; 0: all */
} hw_change;

/* One planning day on which a lever is in force. */
typedef struct hw_lever_day {
    double now, next; /* days since the scenario's start */
    double strength;  /* 0 to 1 */
    bool first;
} hw_lever_day;

typedef struct hw_lever {
    const hw_change *changes;
    uint32_t change_count;
    size_t ramp;   /* offset of a hw_value_id in the parameters, in days; 0: full strength at once */
    uint32_t pays; /* HW_PAYS_...: which money its costs are paid from */

    /* What is wrong with the parameters of a lever that has a date: a phrase after its name; NULL: nothing.
     */
    const char *(*fault)(const void *terms);

    /* Before the first planning day of a replication, for levers with a date: draws what does not depend on
     * the run. NULL: nothing. */
    void (*begin)(hw_land *land, const void *terms, hw_lever_state *state);

    /* A planning day in force, after all values have changed. NULL: nothing. */
    void (*act)(hw_land *land, const void *terms, hw_lever_state *state, hw_lever_day day);

    /* The same day, once teams are paid and posted. NULL: nothing. */
    void (*settle)(hw_land *land, const void *terms, hw_lever_day day);

    /* The first planning day on which it is no longer in force. NULL: nothing. */
    void (*leave)(hw_land *land, const void *terms, hw_lever_state *state, double now);
} hw_lever;

extern const hw_registry hw_levers;
extern const hw_lever *const hw_lever_list[];
extern const char *const hw_lever_names_or_none[]; /* NULL-terminated, for choices */

#endif

/* The keys of signposts, and what can be wrong with them. */
#include "models/lever.h"
#include "models/method.h"
#include "models/rule.h"
#include "models/signposts.h"
#include "models/terms.h"
#include "sim/length.h"
#include <stdio.h>

static const char *const ways_to_decide[] = {"by_reading", "always", "never", NULL};
static const char *const accessions[] = {"any", "yes", "no", NULL};

/* A threshold of one of the readings; left out: nothing is asked. */
#define THRESHOLD(key, side, kind, dim, most)                                                                \
    .name = (key), .type = HW_KEY_QUANTITY, .dimension = (dim), .low = 0, .high = (most), .optional = true,  \
    .offset = offsetof(hw_signpost, side) + (kind) * sizeof(hw_value_id)

static const hw_key keys[] = {
    {.name = "on",
     .type = HW_KEY_DATE,
     .offset = offsetof(hw_signpost, on),
     .before_start = "read on the first planning day",
     .meaning = "Read on the first planning day (the first of a month) from this day on."},
    {.name = "until",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_signpost, until),
     .after_horizon = "read to the horizon",
     .meaning = "Read on each planning day up to this one, until it is so; once when left out."},
    {.name = "decide",
     .type = HW_KEY_CHOICE,
     .choices = ways_to_decide,
     .standard = "by_reading",
     .offset = offsetof(hw_signpost, decide),
     .meaning = "by_reading: done where all that is asked for below is so; always: done on that day whatever "
                "is read; never: not done."},
    {.name = "district",
     .type = HW_KEY_REFERENCE,
     .refers_to = "districts",
     .optional = true,
     .offset = offsetof(hw_signpost, district),
     .meaning =
         "Where ground, people and victims are counted; the country when left out. Money is counted in "
         "the country."},
    {THRESHOLD("released_below", below, HW_READ_RELEASED, HW_DIM_AREA, 1e12),
     .meaning = "Less ground than this has been released since the start."},
    {THRESHOLD("released_above", above, HW_READ_RELEASED, HW_DIM_AREA, 1e12),
     .meaning = "More ground than this has been released since the start."},
    {THRESHOLD("released_share_below", below, HW_READ_RELEASED_SHARE, HW_DIM_SHARE, 1),
     .meaning = "Less than this share of all ground that is or was suspected has been released."},
    {THRESHOLD("released_share_above", above, HW_READ_RELEASED_SHARE, HW_DIM_SHARE, 1),
     .meaning = "More than this share of all ground that is or was suspected has been released."},
    {THRESHOLD("spent_below", below, HW_READ_SPENT, HW_DIM_MONEY, 1e12),
     .meaning = "Less than this has been spent on mine action since the start."},
    {THRESHOLD("spent_above", above, HW_READ_SPENT, HW_DIM_MONEY, 1e12),
     .meaning = "More than this has been spent on mine action since the start."},
    {THRESHOLD("people_below", below, HW_READ_PEOPLE, HW_DIM_NUMBER, 1e9),
     .meaning = "Fewer people than this live in the places."},
    {THRESHOLD("people_above", above, HW_READ_PEOPLE, HW_DIM_NUMBER, 1e9),
     .meaning = "More people than this live in the places."},
    {THRESHOLD("victims_below", below, HW_READ_VICTIMS, HW_DIM_NUMBER, 1e9),
     .meaning = "Fewer people than this have been killed or injured since the start."},
    {THRESHOLD("victims_above", above, HW_READ_VICTIMS, HW_DIM_NUMBER, 1e9),
     .meaning = "More people than this have been killed or injured since the start."},
    {.name = "released_place",
     .type = HW_KEY_REFERENCE,
     .refers_to = "places",
     .optional = true,
     .offset = offsetof(hw_signpost, released_place),
     .meaning = "This place is released."},
    {.name = "waiting_place",
     .type = HW_KEY_REFERENCE,
     .refers_to = "places",
     .optional = true,
     .offset = offsetof(hw_signpost, waiting_place),
     .meaning = "This place is not released yet."},
    {.name = "accession",
     .type = HW_KEY_CHOICE,
     .choices = accessions,
     .standard = "any",
     .offset = offsetof(hw_signpost, accession),
     .meaning = "Whether the state had acceded to the mine ban convention by the planning day before."},
    {.name = "rule",
     .type = HW_KEY_CHOICE,
     .choices = hw_rule_names_or_as_planned,
     .standard = "as_planned",
     .offset = offsetof(hw_signpost, rule),
     .meaning = "Done then: this priority rule takes the place of the one in force."},
    {.name = "pull",
     .type = HW_KEY_CHOICE,
     .choices = hw_lever_names_or_none,
     .standard = "none",
     .offset = offsetof(hw_signpost, pull),
     .meaning = "Done then: this lever is decided on, as if its `on` were that day."},
    {.name = "stream",
     .type = HW_KEY_REFERENCE,
     .refers_to = "streams",
     .optional = true,
     .offset = offsetof(hw_signpost, stream),
     .meaning = "Done then: yearly money whose budget years from then on have so many `times` the money."},
    {QUANTITY(hw_signpost, times, HW_DIM_NUMBER, 0, 1000), .standard = "1", .only_with = "stream",
     .meaning = "Factor on the stream's money, beside its own `factor`."},
    {.name = "hire",
     .type = HW_KEY_REFERENCE,
     .refers_to = "assets",
     .optional = true,
     .offset = offsetof(hw_signpost, hire),
     .meaning =
         "Done then: these teams are ordered, or stand ready, on that day instead of their later `on`."},
    {.name = "retire",
     .type = HW_KEY_REFERENCE,
     .refers_to = "assets",
     .optional = true,
     .offset = offsetof(hw_signpost, retire),
     .meaning = "Done then: these teams leave, as if their `until` were that day."},
    {.name = "to",
     .type = HW_KEY_REFERENCE,
     .refers_to = "districts",
     .optional = true,
     .offset = offsetof(hw_signpost, to),
     .meaning = "Done then: `teams` of `method` are moved to this district, and at least so many are kept "
                "there while it has work for them."},
    {.name = "teams",
     .type = HW_KEY_COUNT,
     .low = 1,
     .high = 100000,
     .standard = "1",
     .offset = offsetof(hw_signpost, teams),
     .only_with = "to",
     .meaning = "How many."},
    {.name = "method",
     .type = HW_KEY_CHOICE,
     .choices = hw_method_names,
     .standard = "machines",
     .offset = offsetof(hw_signpost, method),
     .only_with = "to",
     .meaning = "Of which method; such as look for ground to work on."},
};
const hw_section hw_signpost_section = {
    "signpost", "What is done when planners read that something is so: a rule of an adaptive plan.",
    sizeof(hw_signpost), keys, HW_LENGTH(keys)};

/* ---- Mistakes ---- */

typedef struct checker {
    const hw_scenario *scenario;
    hw_where_function where;
    const void *context;
    hw_errors *errors, *warnings;
    const char *name;
} checker;

static hw_position at(const checker *c, const char *key) {
    char path[512];
    snprintf(path, sizeof path, "signposts.%s%s%s", c->name, key != NULL ? "." : "", key != NULL ? key : "");
    return c->where(c->context, path);
}

static void check_threshold(const checker *c, hw_value_id id) {
    if (id == UINT32_MAX) {
        return;
    }
    const hw_value *value = &c->scenario->values->items[id];
    if (value->distribution.kind != HW_FIXED) {
        hw_errors_add(c->errors, value->where, "'%s' must be a fixed value: planners know what they will do",
                      value->key->name);
    }
}

static void check_deeds(const checker *c, const hw_signpost *terms) {
    const hw_scenario *s = c->scenario;
    if (terms->stream != HW_NO_REFERENCE &&
        HW_ITEM(s->streams, hw_stream_terms, terms->stream)->yearly.count == 0) {
        hw_errors_add(c->errors, at(c, "stream"),
                      "%s is a pledge, whose amount is said once: name yearly money",
                      s->streams.names[terms->stream]);
    }
    if (terms->to != HW_NO_REFERENCE &&
        (hw_method_list[terms->method]->waiting != NULL || hw_method_list[terms->method]->take != NULL)) {
        hw_errors_add(c->errors, at(c, "method"),
                      "teams of %s go where they are called: name a method that works on ground",
                      hw_method_names[terms->method]);
    }
    bool any = terms->rule > 0 || terms->pull > 0 || terms->stream != HW_NO_REFERENCE ||
               terms->hire != HW_NO_REFERENCE || terms->retire != HW_NO_REFERENCE ||
               terms->to != HW_NO_REFERENCE;
    if (!any && c->warnings != NULL) {
        hw_errors_add(c->warnings, at(c, NULL),
                      "'%s' does nothing: say rule, pull, stream, hire, retire or to", c->name);
    }
}

static void check_hire(const checker *c, const hw_signpost *terms) {
    if (c->warnings != NULL && terms->hire != HW_NO_REFERENCE &&
        HW_ITEM(c->scenario->assets, hw_asset, terms->hire)->on <= terms->on) {
        hw_errors_add(c->warnings, at(c, "hire"), "%s come on their own day before the signpost is read",
                      c->scenario->assets.names[terms->hire]);
    }
}

void hw_signposts_check(const hw_scenario *scenario, hw_where_function where, const void *context,
                        hw_errors *errors, hw_errors *warnings) {
    for (uint32_t i = 0; i < scenario->signposts.count; i++) {
        const hw_signpost *terms = HW_ITEM(scenario->signposts, hw_signpost, i);
        const checker c = {scenario, where, context, errors, warnings, scenario->signposts.names[i]};
        if (terms->until <= terms->on) {
            hw_errors_add(errors, at(&c, "until"), "'until' must be after 'on'");
        }
        for (uint32_t kind = 0; kind < HW_READINGS; kind++) {
            check_threshold(&c, terms->below[kind]);
            check_threshold(&c, terms->above[kind]);
        }
        if (terms->stream != HW_NO_REFERENCE) {
            check_threshold(&c, terms->times);
        }
        check_deeds(&c, terms);
        check_hire(&c, terms);
    }
}

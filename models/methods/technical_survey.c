/* Technical survey (IMAS 08.20): enters confirmed ground, finds where the pattern is, reduces the rest. What
 * it confirms becomes clearance parcels with a margin (fade-out) around the pattern. */
#include "models/ground.h"
#include "models/method.h"
#include "models/pipeline.h"
#include "sim/extremes.h"
#include <assert.h>

typedef struct technical_terms {
    hw_team_terms team;
    hw_value_id rate, sensitivity, specificity, margin, false_share, mapped_time, mapped_margin;
} technical_terms;

enum { AREA_A_DAY, SENSITIVITY, SPECIFICITY, MARGIN, FALSE_SHARE, MAPPED_TIME, MAPPED_MARGIN };

static const hw_key keys[] = {
    {.name = "team",
     .type = HW_KEY_SECTION,
     .section = &hw_team_section,
     .offset = offsetof(technical_terms, team),
     .meaning = "People, cost, training."},
    {.name = "rate",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_AREA_PER_TIME,
     .low = 100,
     .high = 1e6,
     .standard = "{p10: 0.2 ha/day, p50: 0.7 ha/day, p90: 2 ha/day}",
     .offset = offsetof(technical_terms, rate),
     .meaning = "Confirmed ground that a team surveys on a field day.",
     .source = "SOURCES 3.4: 0.69 [UA-l], rest assumed"},
    {.name = "sensitivity",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0.5,
     .high = 1,
     .standard = "{p10: 96 %, p50: 98.5 %, p90: 99.5 %}",
     .offset = offsetof(technical_terms, sensitivity),
     .meaning =
         "Share of items that ends inside the ground it confirms; the rest is missed in reduced ground."},
    {.name = "specificity",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 50 %, p50: 70 %, p90: 85 %}",
     .offset = offsetof(technical_terms, specificity),
     .meaning = "Probability that ground without mines is reduced as a whole."},
    {.name = "margin",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 20,
     .standard = "{p10: 50 %, p50: 120 %, p90: 250 %}",
     .offset = offsetof(technical_terms, margin),
     .meaning = "Ground confirmed around the pattern, as a share of the pattern.",
     .source = "fade-out of 10-50 m, SOURCES 1; assumed"},
    {.name = "false_share",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 15 %, p50: 35 %, p90: 70 %}",
     .offset = offsetof(technical_terms, false_share),
     .meaning = "Share of a block without mines that a false alarm sends to clearance."},
    {.name = "mapped_time",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0.01,
     .high = 1,
     .standard = "{p10: 30 %, p50: 55 %, p90: 85 %}",
     .offset = offsetof(technical_terms, mapped_time),
     .meaning = "Time that it takes where a right map shows the rows, against ground without a map.",
     .source = "assumed: lanes are cut to the rows instead of a grid"},
    {.name = "mapped_margin",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 25 %, p50: 50 %, p90: 85 %}",
     .offset = offsetof(technical_terms, mapped_margin),
     .meaning = "Margin where a right map shows the rows, against ground without a map.",
     .source = "assumed"},
};

const hw_section hw_method_technical_survey_parameters = {
    "technical_survey", "Survey teams that enter confirmed ground and reduce it.", sizeof(technical_terms),
    keys, HW_LENGTH(keys)};

static void set_up(hw_land *land, const void *terms, hw_method_numbers *numbers) {
    const technical_terms *t = terms;
    double *n = numbers->number;
    n[AREA_A_DAY] = hw_in_force(land, t->rate);
    n[SENSITIVITY] = hw_in_force(land, t->sensitivity);
    n[SPECIFICITY] = hw_in_force(land, t->specificity);
    n[MARGIN] = hw_in_force(land, t->margin);
    n[FALSE_SHARE] = hw_in_force(land, t->false_share);
    n[MAPPED_TIME] = hw_in_force(land, t->mapped_time);
    n[MAPPED_MARGIN] = hw_in_force(land, t->mapped_margin);
    hw_ways *ways = &land->ground.ways;
    ways->technical_finds = n[SENSITIVITY];
    ways->technical_reduces = n[SPECIFICITY];
    ways->technical_margin = n[MARGIN];
    ways->technical_wrong = n[FALSE_SHARE];
    ways->mapped_time = n[MAPPED_TIME];
    ways->mapped_margin = n[MAPPED_MARGIN];
    numbers->effort[HW_STAGE_TECHNICAL] = 1 / n[AREA_A_DAY];
}

static double field_days(hw_land *land, const hw_method_numbers *numbers, uint32_t index) {
    assert(land->ground.items[index].stage == HW_STAGE_TECHNICAL && numbers->number[AREA_A_DAY] > 0);
    const double *n = numbers->number;
    double mapped = hw_ground_is_mapped(land, index) ? n[MAPPED_TIME] : 1;
    return land->ground.items[index].area_m2 / n[AREA_A_DAY] * mapped;
}

/* Items outside the confirmed ground stay behind in what is reduced. */
static void leave_behind(hw_land *land, uint32_t index, double share) {
    const hw_item *item = &land->ground.items[index];
    double u[4];
    hw_land_draw_block(land, hw_block_entity(land, index), HW_DRAW_MISS, hw_item_occurrence(item), u);
    for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
        hw_ground_pass_over(land, index, type, hw_ground_overlooked(item, type, share, u));
    }
}

static uint32_t finish(hw_land *land, const hw_method_numbers *numbers, hw_task *task, double now) {
    uint32_t index = task->work;
    hw_item *item = &land->ground.items[index];
    const double *n = numbers->number;
    double confirmed = 0;
    if (item->flags & HW_ITEM_MINED) {
        /* The margin varies with the ground between half and one and a half of its mean. */
        double margin = n[MARGIN] * (hw_ground_is_mapped(land, index) ? n[MAPPED_MARGIN] : 1);
        double factor = 1 + margin * (0.5 + hw_task_spend(task, HW_TASK_SECOND_RESULT));
        confirmed = hw_lesser(item->area_m2, (double)item->pattern_m2 * factor);
    } else if (hw_task_spend(task, HW_TASK_RESULT) >= n[SPECIFICITY]) {
        confirmed = n[FALSE_SHARE] * item->area_m2;
    }
    assert(confirmed >= 0 && confirmed <= item->area_m2);
    hw_beliefs before = hw_belief_of(land, index), after = before;
    after.mined = confirmed > 0 ? hw_belief_posterior(before.mined, true, 1, n[SPECIFICITY]) : 0;
    hw_belief_learn(land, index, before, after);
    leave_behind(land, index, confirmed > 0 ? 1 - n[SENSITIVITY] : 1);
    hw_pipeline_leave(land, index);
    item->attempt++;
    if (confirmed < 1) {
        item->flags |= HW_ITEM_REDUCED;
        hw_pipeline_report(land, index, hw_task_spend(task, HW_TASK_REPORT), now);
        return 0;
    }
    hw_pipeline_split(land, task, (uint32_t)confirmed, now);
    return 0;
}

const hw_method hw_method_technical_survey = {
    .calendar = HW_CALENDAR_GROUND,
    .cause = HW_CAUSE_TECHNICAL,
    .purpose = HW_PURPOSE_SURVEY,
    .stages = {HW_STAGE_TECHNICAL},
    .stage_count = 1,
    .set_up = set_up,
    .field_days = field_days,
    .finish = finish,
};

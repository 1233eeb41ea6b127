/* External quality control of cleared ground: sampled parcels are searched again in part (IMAS 07.40;
 * sampling regimes in the manner of ISO 2859). A failed check sends back the lot that failed: for procedure
 * its paper, or a part of it to be searched again; for a found item all of it. */
#include "models/crews.h"
#include "models/ground.h"
#include "models/method.h"
#include "models/pipeline.h"
#include "models/quality.h"
#include <assert.h>
#include <math.h>

typedef struct quality_terms {
    hw_team_terms team;
    hw_value_id rate, sampled, searched, procedural_failure, paper, paper_time, lot, rework;
} quality_terms;

enum { AREA_A_DAY, SAMPLED, SEARCHED, PROCEDURAL, PAPER, PAPER_DAYS, LOT_M2, REWORK };

/* Switching between sampling regimes: double after a failure until so many passes, half after a long run of
 * them. */
enum { PASSES_TO_NORMAL = 5, PASSES_TO_REDUCED = 20, REWORKS_MOST = 3 };

static const hw_key keys[] = {
    {.name = "team",
     .type = HW_KEY_SECTION,
     .section = &hw_team_section,
     .offset = offsetof(quality_terms, team),
     .meaning = "People, cost, training."},
    {.name = "rate",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_AREA_PER_TIME,
     .low = 10,
     .high = 1e5,
     .standard = "{p10: 800 m2/day, p50: 1500 m2/day, p90: 3000 m2/day}",
     .offset = offsetof(quality_terms, rate),
     .meaning = "Ground that a team searches again on a field day."},
    {.name = "sampled",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 5 %, p50: 10 %, p90: 25 %}",
     .offset = offsetof(quality_terms, sampled),
     .meaning = "Share of cleared parcels that is checked under the normal regime."},
    {.name = "searched",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0.001,
     .high = 1,
     .standard = "{p10: 3 %, p50: 8 %, p90: 15 %}",
     .offset = offsetof(quality_terms, searched),
     .meaning = "Share of a checked parcel that is searched again.",
     .source = "SOURCES 5: 1-10 % of cleared ground, assumed"},
    {.name = "procedural_failure",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 2 %, p50: 5 %, p90: 10 %}",
     .offset = offsetof(quality_terms, procedural_failure),
     .meaning = "Share of checks that fail for procedure, without an item found.",
     .source = "SOURCES 5, assumed"},
    {.name = "paper",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 30 %, p50: 60 %, p90: 85 %}",
     .offset = offsetof(quality_terms, paper),
     .meaning = "Share of failures for procedure that are mended on paper; the others send ground back.",
     .source = "SOURCES 5, assumed"},
    {.name = "paper_time",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_TIME,
     .low = 0,
     .high = 365,
     .standard = "{p10: 3 days, p50: 7 days, p90: 20 days}",
     .offset = offsetof(quality_terms, paper_time),
     .meaning = "Time until the paper is mended and the completion report is begun.",
     .source = "SOURCES 5, assumed"},
    {.name = "lot",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_AREA,
     .low = 100,
     .high = 1e8,
     .standard = "{p10: 1 ha, p50: 3 ha, p90: 8 ha}",
     .offset = offsetof(quality_terms, lot),
     .meaning =
         "Ground that one check stands for: what is searched again when an item is found in it; all of "
         "a smaller parcel or block.",
     .source = "SOURCES 5, assumed"},
    {.name = "rework",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0.01,
     .high = 1,
     .standard = "{p10: 10 %, p50: 30 %, p90: 80 %}",
     .offset = offsetof(quality_terms, rework),
     .meaning = "Share of the lot that is searched again after a failure for procedure that paper does not "
                "mend.",
     .source = "SOURCES 5: 5-100 %, assumed"},
};

const hw_section hw_method_quality_control_parameters = {"quality_control", "External quality control teams.",
                                                         sizeof(quality_terms), keys, HW_LENGTH(keys)};

double hw_quality_sampled(const hw_land *land, uint32_t district) {
    assert(district < land->district_count);
    uint32_t passes = land->districts[district].passes_in_a_row;
    double sampled = land->force.methods[land->force.quality_method].number[SAMPLED];
    if (passes < PASSES_TO_NORMAL) {
        return sampled * 2;
    }
    return passes >= PASSES_TO_REDUCED ? sampled * 0.5 : sampled;
}

static void set_up(hw_land *land, const void *terms, hw_method_numbers *numbers) {
    const quality_terms *t = terms;
    double *n = numbers->number;
    n[AREA_A_DAY] = hw_in_force(land, t->rate);
    n[SAMPLED] = hw_in_force(land, t->sampled);
    n[SEARCHED] = hw_in_force(land, t->searched);
    n[PROCEDURAL] = hw_in_force(land, t->procedural_failure);
    n[PAPER] = hw_in_force(land, t->paper);
    n[PAPER_DAYS] = hw_in_force(land, t->paper_time);
    n[LOT_M2] = hw_in_force(land, t->lot);
    n[REWORK] = hw_in_force(land, t->rework);
    numbers->effort[HW_STAGE_CHECK] = n[SEARCHED] / n[AREA_A_DAY];
}

static double field_days(hw_land *land, const hw_method_numbers *numbers, uint32_t index) {
    assert(land->ground.items[index].stage == HW_STAGE_CHECK);
    return land->ground.items[index].area_m2 * numbers->effort[HW_STAGE_CHECK];
}

/* The lot, or a part of it, goes back to those who cleared it. */
static void send_back(hw_land *land, uint32_t index, double share) {
    const hw_item *item = &land->ground.items[index];
    hw_ground_search_part_again(land, index, share);
    hw_crews_reject(land, index);
    bool battle = item->flags & HW_ITEM_WAS_BATTLE;
    hw_stage again = battle                          ? HW_STAGE_BATTLE
                     : item->flags & HW_ITEM_NO_DOGS ? HW_STAGE_CLEAR_MANUAL
                                                     : HW_STAGE_CLEAR_ANY;
    hw_pipeline_send(land, index, again);
}

/* One of the missed items, each type by its number. */
static uint32_t found_type(const hw_item *item, double uniform) {
    double left =
        uniform * ((uint32_t)item->missed[HW_ITEM_AP] + item->missed[HW_ITEM_AT] + item->missed[HW_ITEM_ERW]);
    uint32_t type = 0;
    while (type + 1 < HW_ITEM_TYPES && left >= item->missed[type]) {
        left -= item->missed[type++];
    }
    return type;
}

static uint32_t finish(hw_land *land, const hw_method_numbers *numbers, hw_task *task, double now) {
    hw_item *item = &land->ground.items[task->work];
    const double *n = numbers->number;
    hw_district_state *d = &land->districts[hw_item_area(land, item)->district];
    uint32_t missed =
        (uint32_t)item->missed[HW_ITEM_AP] + item->missed[HW_ITEM_AT] + item->missed[HW_ITEM_ERW];
    bool item_found = missed > 0 && hw_task_spend(task, HW_TASK_RESULT) < 1 - pow(1 - n[SEARCHED], missed);
    double procedure = hw_task_spend(task, HW_TASK_SECOND_RESULT);
    bool failed = item_found || procedure < n[PROCEDURAL];
    assert(d->failed_checks <= d->checks && d->passes_in_a_row <= d->checks);
    d->checks++;
    d->failed_checks += failed;
    d->passes_in_a_row = failed ? 0 : d->passes_in_a_row + 1;
    hw_pipeline_leave(land, task->work);
    double u = hw_task_spend(task, HW_TASK_REPORT);
    bool paper_only = !item_found && procedure < n[PROCEDURAL] * n[PAPER];
    if (!failed || paper_only || item->attempt >= UINT8_MAX - REWORKS_MOST) {
        hw_pipeline_report(land, task->work, u, failed && paper_only ? now + n[PAPER_DAYS] : now);
        return 0;
    }
    if (item_found) {
        hw_ground_lift_missed(land, task->work, found_type(item, u), HW_STATE_FOUND);
    }
    double lot = fmin(1, n[LOT_M2] / item->area_m2);
    send_back(land, task->work, item_found ? lot : lot * n[REWORK]);
    return item_found;
}

const hw_method hw_method_quality_control = {
    .calendar = HW_CALENDAR_GROUND,
    .cause = HW_CAUSE_QUALITY,
    .purpose = HW_PURPOSE_QUALITY,
    .stages = {HW_STAGE_CHECK},
    .stage_count = 1,
    .set_up = set_up,
    .field_days = field_days,
    .finish = finish,
};

/* Non-technical survey (IMAS 08.10): reports, interviews, maps, a look from the edge. Evidence updates belief
 * by Bayes' rule; belief decides between cancelling, battle area clearance and technical survey. Poor survey
 * cannot distinguish clean ground from dirty, so it cancels little. */
#include "models/ground.h"
#include "models/method.h"
#include "models/pipeline.h"
#include <assert.h>

typedef struct survey_terms {
    hw_team_terms team;
    hw_value_id rate, sensitivity, specificity, imaged_specificity, maps_cover, maps_right;
} survey_terms;

enum { AREA_A_DAY, SENSITIVITY, SPECIFICITY, IMAGED, MAPS_COVER, MAPS_RIGHT };

static const hw_key keys[] = {
    {.name = "team",
     .type = HW_KEY_SECTION,
     .section = &hw_team_section,
     .offset = offsetof(survey_terms, team),
     .meaning = "People, cost, training."},
    {.name = "rate",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_AREA_PER_TIME,
     .low = 1000,
     .high = 1e7,
     .standard = "{p10: 2.6 ha/day, p50: 10 ha/day, p90: 50 ha/day}",
     .offset = offsetof(survey_terms, rate),
     .meaning = "Suspected ground that a team settles on a field day.",
     .source = "SOURCES 3.4: 2.6 ha lower bound [UDS], rest assumed"},
    {.name = "sensitivity",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0.5,
     .high = 1,
     .standard = "{p10: 93 %, p50: 97 %, p90: 99 %}",
     .offset = offsetof(survey_terms, sensitivity),
     .meaning = "Probability that survey of contaminated ground gives evidence."},
    {.name = "specificity",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{distribution: beta, alpha: 6, beta: 12}",
     .offset = offsetof(survey_terms, specificity),
     .meaning = "Probability that survey of clean ground shows it to be clean: the quality of survey.",
     .source = "SOURCES 2: Beta(2,18) poor, Beta(6,12) ordinary, Beta(14,6) good"},
    {.name = "imaged_specificity",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 5 %, p50: 20 %, p90: 45 %}",
     .offset = offsetof(survey_terms, imaged_specificity),
     .meaning = "Share of its remaining doubts about clean ground that aerial images remove."},
    {.name = "maps_cover",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "5 %",
     .offset = offsetof(survey_terms, maps_cover),
     .meaning = "Share of ground that minefield maps handed over cover.",
     .source = "Crisis Group 2023 [S]"},
    {.name = "maps_right",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "25 %",
     .offset = offsetof(survey_terms, maps_right),
     .meaning = "Share of the covered ground on which they are accurate; elsewhere they say nothing.",
     .source = "Crisis Group 2023 [S]"},
};

const hw_section hw_method_non_technical_survey_parameters = {
    "non_technical_survey", "Survey teams that cancel or confirm suspected ground.", sizeof(survey_terms),
    keys, HW_LENGTH(keys)};

static void set_up(hw_land *land, const void *terms, hw_method_numbers *numbers) {
    const survey_terms *t = terms;
    double *n = numbers->number;
    n[AREA_A_DAY] = hw_in_force(land, t->rate);
    n[SENSITIVITY] = hw_in_force(land, t->sensitivity);
    n[SPECIFICITY] = hw_in_force(land, t->specificity);
    n[IMAGED] = hw_in_force(land, t->imaged_specificity);
    n[MAPS_COVER] = hw_in_force(land, t->maps_cover);
    n[MAPS_RIGHT] = hw_in_force(land, t->maps_right);
    numbers->effort[HW_STAGE_SURVEY] = 1 / n[AREA_A_DAY];
}

static double field_days(hw_land *land, const hw_method_numbers *numbers, uint32_t index) {
    assert(land->ground.items[index].stage == HW_STAGE_SURVEY && numbers->number[AREA_A_DAY] > 0);
    return land->ground.items[index].area_m2 / numbers->number[AREA_A_DAY];
}

static void decide(hw_land *land, uint32_t index, double now) {
    hw_item *item = &land->ground.items[index];
    item->attempt++;
    if ((double)item->belief_mined >= land->ground.clear_above) {
        hw_pipeline_send(land, index, HW_STAGE_TECHNICAL);
    } else if ((double)item->belief_mined >= land->ground.cancel_below ||
               (double)item->belief_battle >= land->ground.cancel_below) {
        hw_pipeline_send(land, index, HW_STAGE_BATTLE);
    } else {
        for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
            hw_ground_pass_over(land, index, type, item->hidden[type]);
        }
        item->flags |= HW_ITEM_CANCELLED;
        double u = hw_draw(land->key, hw_block_entity(land, index), HW_DRAW_REPORT, hw_item_occurrence(item));
        hw_pipeline_report(land, index, u, now);
    }
}

/* Whether maps that a lever has handed over are right about a block. Keyed by the block, so that it is
 * told by every hand-over that covers more or is more accurate, too. */
static bool later_maps_tell(const hw_land *land, uint32_t block) {
    double told = land->policy.effect.maps_told;
    return told > 0 && hw_draw(land->key, hw_block_entity(land, block), HW_DRAW_MAPS, 0) < told;
}

static uint32_t finish(hw_land *land, const hw_method_numbers *numbers, hw_task *task, double now) {
    uint32_t index = task->work;
    hw_ground_reveal(land, index);
    hw_item *item = &land->ground.items[index];
    const hw_polygon *polygon = &land->ground.polygons[item->polygon];
    const double *n = numbers->number;
    double specificity = n[SPECIFICITY];
    if (polygon->imaged) {
        specificity += (1 - specificity) * n[IMAGED];
    }
    /* One draw says whether a right map covers the ground; what is left of it, whether undiscovered ground
     * comes up. */
    double told = n[MAPS_COVER] * n[MAPS_RIGHT];
    double w = hw_task_spend(task, HW_TASK_HEARSAY);
    assert(told >= 0 && told <= 1);
    bool map_tells = w < told;
    double rest = map_tells ? w / told : (w - told) / (1 - told);
    map_tells |= later_maps_tell(land, index);
    bool mined = item->flags & HW_ITEM_MINED;
    bool remnants = item->hidden[HW_ITEM_ERW] > 0;
    bool signs = map_tells ? mined
                           : hw_ground_evidence(mined, n[SENSITIVITY], specificity,
                                                hw_task_spend(task, HW_TASK_RESULT));
    double mined_belief =
        map_tells ? (mined ? 0.999 : 0.001)
                  : hw_ground_posterior((double)item->belief_mined, signs, n[SENSITIVITY], specificity);
    bool debris =
        hw_ground_evidence(remnants, n[SENSITIVITY], specificity, hw_task_spend(task, HW_TASK_SECOND_RESULT));
    double battle_belief =
        hw_ground_posterior((double)item->belief_battle, debris, n[SENSITIVITY], specificity);

    hw_pipeline_leave(land, index);
    hw_pipeline_believe(land, index, mined_belief, battle_belief);
    decide(land, index, now);

    /* People asked about one piece of ground speak of another: undiscovered ground comes up in proportion to
     * what is surveyed. */
    uint32_t area_index = polygon->area;
    hw_area *area = &land->ground.areas[area_index];
    if (index < area->first_hidden && rest < (double)area->hidden_count / area->block_count) {
        hw_pipeline_discover(land, area_index);
    }
    return 0;
}

const hw_method hw_method_non_technical_survey = {
    .calendar = HW_CALENDAR_GROUND,
    .cause = HW_CAUSE_SURVEY,
    .purpose = HW_PURPOSE_SURVEY,
    .stages = {HW_STAGE_SURVEY},
    .stage_count = 1,
    .set_up = set_up,
    .field_days = field_days,
    .finish = finish,
};

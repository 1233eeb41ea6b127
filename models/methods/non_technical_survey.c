/* Non-technical survey (IMAS 08.10): reports, interviews, maps, a look from the edge. Evidence updates belief
 * by Bayes' rule, on mines and remnants jointly; then the cheapest way in expected cost is taken. Poor survey
 * cannot distinguish clean ground from dirty, so it cancels little. */
#include "models/ground.h"
#include "models/method.h"
#include "models/pipeline.h"
#include <assert.h>
#include <math.h>

typedef struct survey_terms {
    hw_team_terms team;
    hw_value_id rate, sensitivity, specificity, imaged_specificity, common, maps_cover, maps_right,
        maps_remnants, again_after, again_news;
} survey_terms;

enum { AREA_A_DAY, SENSITIVITY, SPECIFICITY, IMAGED, COMMON, MAPS_COVER, MAPS_RIGHT, MAPS_REMNANTS, NEWS };

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
    {.name = "common",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 60 %, p50: 80 %, p90: 95 %}",
     .offset = offsetof(survey_terms, common),
     .meaning = "Share of blocks whose survey is one event: what settles the doubt about mines settles that "
                "about remnants. On the others it settles each on its own.",
     .source = "assumed: the same people are asked about both"},
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
    {.name = "maps_remnants",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 10 %, p50: 40 %, p90: 80 %}",
     .offset = offsetof(survey_terms, maps_remnants),
     .meaning = "Share of the ground on which maps are right where they tell of remnants, too.",
     .source = "assumed: maps of positions come with records of fire and depots, or without"},
    {.name = "again_after",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_TIME,
     .optional = true,
     .low = 180,
     .high = 36525,
     .offset = offsetof(survey_terms, again_after),
     .meaning =
         "Ground that still waits so long after its survey, and that nobody has begun on, is surveyed again, "
         "as far as survey keeps up: a round of all ground takes as long, or longer. Left out: ground is "
         "surveyed once."},
    {.name = "again_news",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .low = 0,
     .high = 1,
     .standard = "{p10: 20 %, p50: 45 %, p90: 75 %}",
     .only_with = "again_after",
     .offset = offsetof(survey_terms, again_news),
     .meaning = "Share of ground of which another survey hears anything new, as good as the first survey's; "
                "of the rest "
                "it hears what was heard before."},
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
    n[COMMON] = hw_in_force(land, t->common);
    n[MAPS_COVER] = hw_in_force(land, t->maps_cover);
    n[MAPS_RIGHT] = hw_in_force(land, t->maps_right);
    n[MAPS_REMNANTS] = hw_in_force(land, t->maps_remnants);
    bool again = t->again_after != UINT32_MAX;
    n[NEWS] = again ? hw_in_force(land, t->again_news) : 0;
    land->ground.survey_again_after = again ? hw_in_force(land, t->again_after) : 0;
    land->ground.survey_quality = (hw_survey_quality){n[SENSITIVITY], n[SPECIFICITY], n[COMMON]};
    numbers->effort[HW_STAGE_SURVEY] = 1 / n[AREA_A_DAY];
}

static double field_days(hw_land *land, const hw_method_numbers *numbers, uint32_t index) {
    assert(land->ground.items[index].stage == HW_STAGE_SURVEY && numbers->number[AREA_A_DAY] > 0);
    return land->ground.items[index].area_m2 / numbers->number[AREA_A_DAY];
}

static double as_told(bool there) {
    return there ? 0.999 : 0.001;
}

/* Belief after survey. Where a right map tells of mines, and it may be of remnants too, there is nothing left
 * to find out about them. */
static hw_beliefs surveyed(hw_land *land, const double *n, hw_task *task, hw_beliefs before) {
    uint32_t index = task->work;
    const hw_item *item = &land->ground.items[index];
    hw_survey_quality quality = {n[SENSITIVITY], n[SPECIFICITY], n[COMMON]};
    if (land->ground.polygons[hw_block_polygon(land, index)].imaged) {
        quality.specificity += (1 - quality.specificity) * n[IMAGED];
    }
    hw_signs truth = {item->flags & HW_ITEM_MINED, item->hidden[HW_ITEM_ERW] > 0};
    double one = hw_task_spend(task, HW_TASK_RESULT), two = hw_task_spend(task, HW_TASK_SECOND_RESULT);
    hw_signs signs = hw_belief_evidence(&quality, truth, one, two);
    if (!item->mapped) {
        return hw_belief_after_survey(&quality, signs, before);
    }
    double u = hw_land_draw(land, hw_block_entity(land, index), HW_DRAW_MAPS, 1);
    double battle =
        hw_belief_posterior(before.battle, signs.battle, quality.sensitivity, quality.specificity);
    return (hw_beliefs){as_told(truth.mined), u < n[MAPS_REMNANTS] ? as_told(truth.battle) : battle};
}

/* Whether a right map covers the ground, settled by its first survey; what is left of the draw is hearsay. */
static double look_at_maps(hw_land *land, const double *n, hw_task *task, bool again) {
    hw_item *item = &land->ground.items[task->work];
    double told = again ? 0 : n[MAPS_COVER] * n[MAPS_RIGHT];
    double w = hw_task_spend(task, HW_TASK_HEARSAY);
    assert(told >= 0 && told <= 1);
    bool covered = w < told;
    item->mapped = (again && item->mapped) || covered;
    item->mapped = hw_ground_is_mapped(land, task->work);
    return covered ? w / told : (w - told) / (1 - told);
}

static bool hears_anything(const hw_land *land, const double *n, uint32_t block, bool again) {
    uint8_t survey = land->ground.items[block].attempt;
    return !again || hw_land_draw(land, hw_block_entity(land, block), HW_DRAW_NEWS, survey) < n[NEWS];
}

static uint32_t finish(hw_land *land, const hw_method_numbers *numbers, hw_task *task, double now) {
    uint32_t index = task->work;
    hw_ground_reveal(land, index);
    hw_item *item = &land->ground.items[index];
    const double *n = numbers->number;
    bool again = item->attempt > 0;
    double rest = look_at_maps(land, n, task, again);
    hw_beliefs before = hw_belief_of(land, index), after = before;
    if (hears_anything(land, n, index, again)) {
        after = surveyed(land, n, task, before);
        hw_belief_learn(land, index, before, after);
    }
    item->surveyed = (uint16_t)land->calendar.month;
    hw_pipeline_believe(land, index, after.mined, after.battle);
    hw_pipeline_leave(land, index);
    uint32_t area_index = item->area;
    hw_pipeline_take_way(land, index, now);

    /* People asked about one piece of ground speak of another: undiscovered ground comes up in proportion to
     * what is surveyed. */
    hw_area *area = &land->ground.areas[area_index];
    double speaks_of = index < area->first_hidden ? (double)area->hidden_count / area->block_count : 0;
    uint32_t blocks = rest < speaks_of ? (uint32_t)ceil(speaks_of - rest) : 0;
    for (uint32_t i = 0; i < blocks; i++) {
        hw_pipeline_discover_next(land, area_index);
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

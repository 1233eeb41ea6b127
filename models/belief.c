/* Belief of single blocks and of like ground. */
#include "models/belief.h"
#include "models/crews.h"
#include "models/land.h"
#include "models/pipeline.h"
#include "models/ways.h"
#include "sim/length.h"
#include <assert.h>
#include <math.h>
#include <string.h>

/* ---- One block ---- */

hw_signs hw_belief_evidence(const hw_survey_quality *q, hw_signs truth, double uniform, double second) {
    assert(q->sensitivity >= 0 && q->sensitivity <= 1 && q->specificity >= 0 && q->specificity <= 1);
    double mined = truth.mined ? q->sensitivity : 1 - q->specificity;
    double battle = truth.battle ? q->sensitivity : 1 - q->specificity;
    double other = second < q->common ? uniform : (second - q->common) / (1 - q->common);
    return (hw_signs){.mined = uniform < mined, .battle = other < battle};
}

/* Probability of two signs whose own probabilities are a and b: in part from one number, in part from two. */
static double likely(double common, double a, double b, hw_signs signs) {
    double one = a < b ? a : b;
    if (signs.mined != signs.battle) {
        one = signs.mined ? a - one : b - one;
    } else if (!signs.mined) {
        one = 1 - (a > b ? a : b);
    }
    double two = (signs.mined ? a : 1 - a) * (signs.battle ? b : 1 - b);
    return common * one + (1 - common) * two;
}

hw_beliefs hw_belief_after_survey(const hw_survey_quality *q, hw_signs signs, hw_beliefs before) {
    double there = q->sensitivity, wrong = 1 - q->specificity;
    double both = before.mined * before.battle * likely(q->common, there, there, signs);
    double mined = before.mined * (1 - before.battle) * likely(q->common, there, wrong, signs);
    double battle = (1 - before.mined) * before.battle * likely(q->common, wrong, there, signs);
    double none = (1 - before.mined) * (1 - before.battle) * likely(q->common, wrong, wrong, signs);
    double sum = both + mined + battle + none;
    return sum > 0 ? (hw_beliefs){(both + mined) / sum, (both + battle) / sum} : before;
}

double hw_belief_posterior(double prior, bool evidence, double sensitivity, double specificity) {
    assert(prior >= 0 && prior <= 1);
    assert(sensitivity >= 0 && sensitivity <= 1 && specificity >= 0 && specificity <= 1);
    double if_present = evidence ? sensitivity : 1 - sensitivity;
    double if_absent = evidence ? 1 - specificity : specificity;
    double total = prior * if_present + (1 - prior) * if_absent;
    return total > 0 ? prior * if_present / total : prior;
}

double hw_belief_times(double belief, double factor) {
    assert(belief >= 0 && belief <= 1 && factor >= 0);
    if (belief <= 0 || belief >= 1) {
        return belief;
    }
    return 1 / (1 + (1 - belief) / (belief * factor));
}

hw_beliefs hw_belief_of(const hw_land *land, uint32_t index) {
    const hw_item *item = &land->ground.items[index];
    hw_beliefs own = {(double)item->belief_mined, (double)item->belief_battle};
    if (item->stage != HW_STAGE_SURVEY) {
        return own;
    }
    const hw_area *area = hw_item_area(land, item);
    return (hw_beliefs){hw_belief_times(own.mined, area->likelier.mined),
                        hw_belief_times(own.battle, area->likelier.battle)};
}

/* ---- Like ground ---- */

/* What planners hold of the share of contaminated blocks is a beta distribution: its mean, and how many fully
 * known blocks it is worth. What one block shows moves the mean as far as belief in the block has moved, and
 * is worth as much of a block as doubt about it has gone: the first two moments of the mixture that Bayes'
 * rule asks for. */
static void learn(hw_rate *rate, double first_worth, double before, double after) {
    static const double LEAST = 1e-6, MOST = 0.999;
    double gone = (before * (1 - before) - after * (1 - after)) / (rate->mean * (1 - rate->mean));
    double mean = rate->mean + (after - before) / (rate->worth + 1);
    double worth = rate->worth + (gone < 1 ? gone : 1);
    rate->mean = mean < LEAST ? LEAST : mean > MOST ? MOST : mean;
    rate->worth = worth > first_worth ? worth : first_worth;
}

void hw_belief_learn(hw_land *land, uint32_t index, hw_beliefs before, hw_beliefs after) {
    assert(index < land->ground.item_count);
    uint32_t like = hw_item_area(land, &land->ground.items[index])->like;
    hw_lore *lore = &land->ground.areas[like].lore;
    learn(&lore->mined, land->ground.first_worth, before.mined, after.mined);
    learn(&lore->battle, land->ground.first_worth, before.battle, after.battle);
    lore->fresh = true;
}

void hw_belief_begin(hw_land *land) {
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        hw_area *area = &land->ground.areas[a];
        const hw_odds *odds = &land->ground.odds[area->class];
        area->lore = (hw_lore){.mined = {odds->believed_mined, land->ground.first_worth},
                               .battle = {odds->believed_battle, land->ground.first_worth}};
        area->likelier = area->reviewed = (hw_beliefs){1, 1};
    }
}

static double odds_of(double share) {
    assert(share > 0 && share < 1);
    return share / (1 - share);
}

/* Ground that was surveyed alike stands side by side: what is believed of it was and becomes the same. */
typedef struct outlook {
    float mined, battle; /* before */
    hw_beliefs after;
    bool settled, mapped; /* its way is known, for mapped ground or other */
    hw_stage way;
} outlook;

static bool same(float one, float other) {
    return one >= other && one <= other;
}

static void look_again(outlook *alike, const hw_item *item, hw_beliefs factor) {
    if (same(alike->mined, item->belief_mined) && same(alike->battle, item->belief_battle)) {
        return;
    }
    *alike = (outlook){.mined = item->belief_mined,
                       .battle = item->belief_battle,
                       .after = {hw_belief_times((double)item->belief_mined, factor.mined),
                                 hw_belief_times((double)item->belief_battle, factor.battle)}};
}

/* The way of a block of which the same is believed as of the one before. */
static hw_stage way_of(const hw_land *land, outlook *alike, uint32_t block) {
    bool mapped = hw_ground_is_mapped(land, block);
    if (!alike->settled || alike->mapped != mapped) {
        alike->settled = true;
        alike->mapped = mapped;
        alike->way = hw_ways_next(land, block).stage;
    }
    return alike->way;
}

/* Looks again at ground of a stage: what is known of like ground has become `factor` times likelier. */
static void review_stage(hw_land *land, hw_area *area, hw_stage stage, hw_beliefs factor, double now) {
    outlook alike = {.mined = -1};
    uint32_t before = HW_NOTHING;
    for (uint32_t i = area->ready[stage].head, next; i != HW_NOTHING; i = next) {
        const hw_item *item = &land->ground.items[i];
        next = item->next;
        look_again(&alike, item, factor);
        hw_pipeline_believe(land, i, alike.after.mined, alike.after.battle);
        /* What others are at work on stays where it is. */
        hw_stage way = item->part == 0 && item->hands == 0 ? way_of(land, &alike, i) : stage;
        if (way == stage || way == HW_STAGE_CLEAR_ANY) {
            before = i;
            continue;
        }
        hw_pipeline_take_out(land, i, before);
        hw_pipeline_leave(land, i);
        hw_crews_accept(land, i, stage);
        if (way == HW_STAGE_REPORT) {
            hw_pipeline_cancel(land, i, now);
        } else {
            hw_pipeline_send(land, i, way);
        }
    }
}

static bool moved_much(double now, double then) {
    static const double MUCH = 1.15;
    return now > then * MUCH || now * MUCH < then;
}

static void review(hw_land *land, hw_area *area, double now) {
    if (!moved_much(area->likelier.mined, area->reviewed.mined) &&
        !moved_much(area->likelier.battle, area->reviewed.battle)) {
        return;
    }
    hw_beliefs factor = {area->likelier.mined / area->reviewed.mined,
                         area->likelier.battle / area->reviewed.battle};
    area->reviewed = area->likelier;
    review_stage(land, area, HW_STAGE_TECHNICAL, factor, now);
    review_stage(land, area, HW_STAGE_BATTLE, factor, now);
}

static hw_beliefs likelier_than_at_first(const hw_land *land, const hw_area *area) {
    const hw_lore *lore = &land->ground.areas[area->like].lore;
    const hw_odds *odds = &land->ground.odds[area->class];
    return (hw_beliefs){odds_of(lore->mined.mean) / odds_of(odds->believed_mined),
                        odds_of(lore->battle.mean) / odds_of(odds->believed_battle)};
}

void hw_belief_take_in(hw_land *land) {
    static const hw_stage stages[] = {HW_STAGE_TECHNICAL, HW_STAGE_BATTLE};
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        hw_area *area = &land->ground.areas[a];
        area->likelier = area->reviewed = likelier_than_at_first(land, area);
        for (size_t k = 0; k < HW_LENGTH(stages); k++) {
            for (uint32_t i = area->ready[stages[k]].head; i != HW_NOTHING; i = land->ground.items[i].next) {
                const hw_item *item = &land->ground.items[i];
                hw_pipeline_believe(land, i,
                                    hw_belief_times((double)item->belief_mined, area->likelier.mined),
                                    hw_belief_times((double)item->belief_battle, area->likelier.battle));
            }
        }
    }
}

void hw_belief_plan(hw_land *land, double now) {
    enum { MONTHS = 3 };
    if (land->calendar.month % MONTHS != 0) {
        return;
    }
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        hw_area *area = &land->ground.areas[a];
        if (!land->ground.areas[area->like].lore.fresh) {
            continue;
        }
        area->likelier = likelier_than_at_first(land, area);
        review(land, area, now);
    }
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        land->ground.areas[a].lore.fresh = false;
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        if (land->districts[d].sent.head != HW_NOTHING) {
            hw_teams_wake(land, d, now);
        }
    }
}

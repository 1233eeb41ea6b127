#include "models/belief.h"
#include "models/ways.h"
#include "sim/length.h"
#include "tests/models/small_world.h"

/* Evidence moves belief as Bayes' rule says, better evidence is never dearer, and like ground teaches. */

static const double shares[] = {0, 0.1, 0.35, 0.7, 0.99, 1};
static const double beliefs[] = {0.001, 0.02, 0.3, 0.9};

/* How often signs of both kinds come up, by many pairs of numbers. */
static void count_signs(const hw_survey_quality *q, hw_signs truth, double seen[2][2]) {
    enum { STEPS = 400 };
    for (int i = 0; i < STEPS * STEPS; i++) {
        int row = i / STEPS;
        double one = (i % STEPS + 0.5) / STEPS, other = (row + 0.5) / STEPS;
        hw_signs signs = hw_belief_evidence(q, truth, one, other);
        seen[signs.mined][signs.battle] += 1.0 / (STEPS * STEPS);
    }
}

/* Clean ground shows to be clean of both with the stated quality, not with its square. */
static void test_one_survey_settles_both_doubts(void **state) {
    (void)state;
    hw_survey_quality q = {.sensitivity = 0.95, .specificity = 0.7, .common = 1};
    double seen[2][2] = {{0}};
    count_signs(&q, (hw_signs){false, false}, seen);
    assert_near(seen[0][0], 0.7, 0.005);
    double apart[2][2] = {{0}};
    q.common = 0;
    count_signs(&q, (hw_signs){false, false}, apart);
    assert_near(apart[0][0], 0.49, 0.005);
}

/* Of all blocks on which the same signs come up, so many are contaminated as is believed. */
static void check_calibration(const hw_survey_quality *q, hw_beliefs before) {
    double weight[4][2][2] = {{{0}}};
    for (int truth = 0; truth < 4; truth++) {
        count_signs(q, (hw_signs){truth & 1, truth & 2}, weight[truth]);
    }
    for (int signs = 0; signs < 4; signs++) {
        double sum = 0, mined = 0, battle = 0;
        for (int truth = 0; truth < 4; truth++) {
            double share = weight[truth][signs & 1][signs >> 1 & 1] *
                           (truth & 1 ? before.mined : 1 - before.mined) *
                           (truth & 2 ? before.battle : 1 - before.battle);
            sum += share;
            mined += truth & 1 ? share : 0;
            battle += truth & 2 ? share : 0;
        }
        if (sum > 1e-3) {
            hw_beliefs after = hw_belief_after_survey(q, (hw_signs){signs & 1, signs & 2}, before);
            assert_near(after.mined, mined / sum, 0.02);
            assert_near(after.battle, battle / sum, 0.02);
        }
    }
}

static void test_belief_after_survey_is_how_often_it_is_right(void **state) {
    (void)state;
    for (size_t c = 0; c < HW_LENGTH(shares); c++) {
        for (size_t b = 0; b < HW_LENGTH(beliefs); b++) {
            hw_survey_quality q = {.sensitivity = 0.9, .specificity = shares[c], .common = 0.6};
            check_calibration(&q, (hw_beliefs){beliefs[b], 0.2});
        }
    }
}

/* The expected cost of the cheapest way over all that a survey may show. */
static double expected_usd(hw_land *land, uint32_t block, const hw_survey_quality *q, hw_beliefs before) {
    hw_item *item = &land->ground.items[block];
    double usd = 0;
    for (int signs = 0; signs < 2; signs++) {
        double seen = signs ? q->sensitivity : 1 - q->sensitivity;
        double wrong = signs ? 1 - q->specificity : q->specificity;
        double likely = before.mined * seen + (1 - before.mined) * wrong;
        double after = hw_belief_posterior(before.mined, signs, q->sensitivity, q->specificity);
        item->belief_mined = (float)after;
        item->belief_battle = (float)before.battle;
        usd += likely * hw_ways_next(land, block).usd;
    }
    return usd;
}

/* Where no standard forbids what is cheapest, evidence that is better in either way never costs more. */
static void test_better_evidence_is_never_dearer(void **state) {
    (void)state;
    small_world small;
    small_open(&small, &SMALL, (const char *[]){"planning.cancel_below", "50 %", NULL});
    for (uint64_t r = 0; r < 20; r++) {
        small_run(&small, r);
        hw_land *land = small.world.state;
        land->ground.ways.cancel_below = land->ground.ways.clear_above = 1.1;
        for (size_t b = 0; b < HW_LENGTH(beliefs); b++) {
            hw_beliefs before = {beliefs[b], 0.05};
            for (uint32_t a = 0; a < land->ground.area_count; a++) {
                uint32_t block = land->ground.areas[a].first_block;
                double last_clean = HUGE_VAL, last_dirty = HUGE_VAL;
                for (size_t c = 1; c < HW_LENGTH(shares); c++) { /* with 0 signs speak against mines */
                    hw_survey_quality clean = {0.95, shares[c], 1}, dirty = {shares[c], 0.6, 1};
                    double usd = expected_usd(land, block, &clean, before);
                    assert_true(usd <= last_clean * (1 + 1e-5));
                    last_clean = usd;
                    if (shares[c] >= 0.4) { /* below, signs would speak against mines */
                        double other = expected_usd(land, block, &dirty, before);
                        assert_true(other <= last_dirty * (1 + 1e-5));
                        last_dirty = other;
                    }
                }
            }
        }
    }
    small_close(&small);
}

/* Where there is nothing, a hundred empty blocks make the next ones easier to cancel. */
static void test_empty_ground_teaches_to_cancel(void **state) {
    (void)state;
    const char *empty[] = {"classes.high.mined",
                           "0",
                           "classes.high.battle",
                           "0",
                           "classes.low.mined",
                           "0",
                           "classes.low.battle",
                           "0",
                           "layout.block",
                           "2.5 ha",
                           "planning.prior_strength",
                           "20",
                           NULL};
    const char *stubborn[] = {"classes.high.mined",
                              "0",
                              "classes.high.battle",
                              "0",
                              "classes.low.mined",
                              "0",
                              "classes.low.battle",
                              "0",
                              "layout.block",
                              "2.5 ha",
                              "planning.prior_strength",
                              "1e9",
                              NULL};
    small_world learns, stays;
    small_open(&learns, &SMALL, empty);
    small_open(&stays, &SMALL, stubborn);
    double more = 0;
    uint32_t taught = 0;
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&learns, r);
        small_run(&stays, r);
        for (uint32_t d = 0; d < 2; d++) {
            for (int hazard = 0; hazard < HW_HAZARDS; hazard++) {
                more += (double)small_land(&learns)->districts[d].ledger_m2[hazard][HW_LEDGER_CANCELLED] -
                        (double)small_land(&stays)->districts[d].ledger_m2[hazard][HW_LEDGER_CANCELLED];
            }
        }
        for (uint32_t a = 0; a < small_land(&stays)->ground.area_count; a++) {
            const hw_area *area = &small_land(&learns)->ground.areas[a];
            if (small_land(&learns)->ground.areas[area->like].lore.mined.worth > 40) {
                assert_true(area->likelier.mined < 0.6);
                taught++;
            }
            assert_near(small_land(&stays)->ground.areas[a].likelier.mined, 1, 1e-5);
        }
    }
    assert_true(more > 0 && taught > 10);
    small_close(&learns);
    small_close(&stays);
}

/* Planners who start wrong come nearer to what is in the ground. */
static void test_belief_of_like_ground_comes_nearer_to_the_truth(void **state) {
    (void)state;
    const char *changes[] = {"classes.low.mined",
                             "3 %",
                             "classes.low.believed_mined",
                             "25 %",
                             "classes.low.patchy",
                             "0",
                             "layout.block",
                             "1 ha",
                             "layout.polygon",
                             "4 ha",
                             "planning.prior_strength",
                             "20",
                             "planning.cancel_below",
                             "0",
                             "horizon",
                             "2028-12-31",
                             NULL};
    small_world small;
    small_open(&small, &SMALL, changes);
    double sum = 0, fields = 0;
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        const hw_land *land = small_land(&small);
        for (uint32_t a = 0; a < land->ground.area_count; a++) {
            const hw_area *area = &land->ground.areas[a];
            if (area->class == 1 && area->like == a) {
                sum += area->lore.mined.mean;
                fields++;
                assert_true(area->lore.mined.worth >= 20 &&
                            area->lore.mined.worth < 20 + 1.5 * area->block_count);
            }
        }
    }
    assert_near(sum / fields, 0.03, 0.03);
    small_close(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_survey_settles_both_doubts),
        cmocka_unit_test(test_belief_after_survey_is_how_often_it_is_right),
        cmocka_unit_test(test_better_evidence_is_never_dearer),
        cmocka_unit_test(test_empty_ground_teaches_to_cancel),
        cmocka_unit_test(test_belief_of_like_ground_comes_nearer_to_the_truth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

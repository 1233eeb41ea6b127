/* How often intervals of 95 % hold the truth, on models whose answers are known: a fluid line, a queue of two
 * states and a newsvendor. Of a thousand samples 930 to 970 must. HW_REPEATS=1000 asks the slow ones a
 * thousand times, too (the nightly form); fewer samples may be off by three standard deviations. */
#include "analysis/decide/least.h"
#include "analysis/figures/boxes.h"
#include "analysis/figures/exact_share.h"
#include "analysis/figures/knowing.h"
#include "analysis/figures/paired.h"
#include "analysis/figures/ratio.h"
#include "sim/distribution.h"
#include "sim/rng.h"
#include "tests/sim/check.h"
#include <stdlib.h>

enum { REPEATS = 1000, FEWER = 100, WORLDS = 200 };

static double draw(uint64_t repeat, uint64_t world, uint32_t of) {
    return hw_draw((hw_rng_key){.seed = 31, .replication = repeat}, world, of, 0);
}

static uint64_t slow_repeats(void) {
    const char *asked = getenv("HW_REPEATS");
    return asked != NULL ? strtoull(asked, NULL, 10) : FEWER;
}

/* Fails unless 93 to 97 % hold, or as many as chance allows of fewer samples. */
static void check_share(const char *what, uint64_t held, uint64_t repeats) {
    double share = (double)held / (double)repeats,
           slack = fmax(0.02, 3 * sqrt(0.95 * 0.05 / (double)repeats));
    print_message("%s: %.1f %% of %llu intervals hold the truth\n", what, 100 * share,
                  (unsigned long long)repeats);
    assert_near(share, 0.95, slack);
}

/* ---- A fluid line: it releases X km2 by a date, X exponential, of at most 60. A gift makes it a fifth
 * faster and costs for each km2 of the faster work. ---- */

static const double ground = 60, pace = 50, faster = 1.2, price = 0.3;

/* Mean of the lesser of the ground and X. */
static double released(double mean) {
    return mean * (1 - exp(-ground / mean));
}

static void test_a_fluid_line_paired_differences_and_gains_a_dollar(void **state) {
    (void)state;
    double truth = released(faster * pace) - released(pace), rate = truth / (price * (faster - 1) * pace);
    uint64_t means = 0, ratios = 0;
    for (uint64_t repeat = 0; repeat < REPEATS; repeat++) {
        double base[WORLDS], gift[WORLDS], gain[WORLDS], spent[WORLDS];
        for (uint64_t r = 0; r < WORLDS; r++) {
            double x = -pace * log(draw(repeat, r, 0));
            base[r] = fmin(ground, x);
            gift[r] = fmin(ground, faster * x);
            gain[r] = gift[r] - base[r];
            spent[r] = price * (faster - 1) * x;
        }
        hw_paired paired = hw_paired_means(base, gift, WORLDS);
        hw_ratio ratio = hw_ratio_of_means(gain, spent, WORLDS);
        means += paired.low <= truth && truth <= paired.high;
        ratios += fabs(ratio.value - rate) <= ratio.error;
    }
    check_share("land by a gift", means, REPEATS);
    check_share("land for each million dollars", ratios, REPEATS);
}

/* ---- A queue of two states: a machine works for 50 days in the mean and is then repaired for 10, or for 5.
 * ----
 */

static const double breaks = 0.02, repairs = 0.1, span = 365;

static double chance_to_work(double repair, double day) {
    double both = breaks + repair;
    return repair / both + breaks / both * exp(-both * day);
}

static double days_at_work(double repair) {
    double both = breaks + repair;
    return repair / both * span + breaks / (both * both) * (1 - exp(-both * span));
}

/* Both machines have the same draws. */
static double work(uint64_t repeat, uint64_t world, double repair, bool *at_the_end) {
    double day = 0, worked = 0;
    for (uint32_t turn = 0;; turn++) {
        bool works = turn % 2 == 0;
        double lasts = -log(draw(repeat, world, 10 + turn)) / (works ? breaks : repair);
        worked += works ? fmin(lasts, span - day) : 0;
        day += lasts;
        if (day >= span) {
            *at_the_end = works;
            return worked;
        }
    }
}

static void test_a_queue_of_two_states_days_and_chances(void **state) {
    (void)state;
    double days = days_at_work(2 * repairs) - days_at_work(repairs),
           chance = chance_to_work(2 * repairs, span) - chance_to_work(repairs, span);
    uint64_t means = 0, shares = 0;
    for (uint64_t repeat = 0; repeat < REPEATS; repeat++) {
        double base[WORLDS], variant[WORLDS], base_ends[WORLDS], variant_ends[WORLDS];
        for (uint64_t r = 0; r < WORLDS; r++) {
            bool one, other;
            base[r] = work(repeat, r, repairs, &one);
            variant[r] = work(repeat, r, 2 * repairs, &other);
            base_ends[r] = one;
            variant_ends[r] = other;
        }
        hw_paired mean = hw_paired_means(base, variant, WORLDS),
                  share = hw_paired_shares(base_ends, variant_ends, WORLDS);
        means += mean.low <= days && days <= mean.high;
        shares += share.low <= chance && chance <= share.high;
    }
    check_share("days at work", means, REPEATS);
    check_share("chance to be at work", shares, REPEATS);
}

/* ---- A newsvendor: demand is normal about a market that is not known, either. ---- */

static const double market = 100, unsure = 20, noise = 15;
static const double orders[] = {80, 100, 120};
enum { ORDERS = sizeof orders / sizeof *orders };

static double profit(double order, double demand) {
    return 2 * fmin(order, demand) - order;
}

/* What it is worth to know the market before ordering, by nested simulation: for each of a thousand markets
 * the mean of each order over a thousand demands. */
static double worth_by_nested_simulation(void) {
    enum { EACH = 1000 };
    double knowing = 0, means[ORDERS] = {0};
    for (int i = 0; i < EACH; i++) {
        double m = market + unsure * hw_normal_quantile((i + 0.5) / EACH), given[ORDERS] = {0};
        for (int j = 0; j < EACH; j++) {
            double demand = m + noise * hw_normal_quantile((j + 0.5) / EACH);
            for (int q = 0; q < ORDERS; q++) {
                given[q] += profit(orders[q], demand) / EACH;
            }
        }
        for (int q = 0; q < ORDERS; q++) {
            means[q] += given[q] / EACH;
        }
        knowing += fmax(given[0], fmax(given[1], given[2])) / EACH;
    }
    return knowing - fmax(means[0], fmax(means[1], means[2]));
}

static void test_a_newsvendor_what_the_market_is_worth_knowing(void **state) {
    (void)state;
    enum { SAMPLE = 1000 };
    static double benefit[ORDERS * SAMPLE], x[SAMPLE];
    double truth = worth_by_nested_simulation(), sum = 0;
    uint64_t held = 0, repeats = slow_repeats();
    for (uint64_t repeat = 0; repeat < repeats; repeat++) {
        for (uint64_t r = 0; r < SAMPLE; r++) {
            x[r] = market + unsure * hw_normal_quantile(draw(repeat, r, 1));
            double demand = x[r] + noise * hw_normal_quantile(draw(repeat, r, 2));
            for (uint64_t q = 0; q < ORDERS; q++) {
                benefit[q * SAMPLE + r] = profit(orders[q], demand);
            }
        }
        hw_knowing worth = hw_knowing_worth(benefit, ORDERS, x, 1, SAMPLE, 1, HW_KNOWING_SHUFFLES);
        held += fabs(worth.value - truth) <= worth.error;
        sum += worth.value / (double)repeats;
    }
    print_message("worth of the market: %.3f in the mean, %.3f by nested simulation\n", sum, truth);
    check_share("worth of the market", held, repeats);
    assert_near(sum, truth, 0.03 * truth);
}

/* The least order that serves all demand in eight of ten worlds, and the curve beside it. */

typedef struct stand {
    uint64_t repeat;
} stand;

static double demand_of(uint64_t repeat, uint64_t world) {
    return exp(0.5 * hw_normal_quantile(draw(repeat, world, 3)));
}

static hw_status order(void *who, hw_try *one) {
    const stand *of = who;
    one->each = calloc(WORLDS, sizeof *one->each);
    for (uint64_t r = 0; r < WORLDS; r++) {
        one->each[r] = one->amount >= demand_of(of->repeat, r);
        one->met += one->each[r];
    }
    return HW_OK;
}

/* Both intervals are exact: they hold at least what they say. That of the answer lies between two orders that
 * were tried, a twentieth apart, and that of a share is as wide as whole worlds make it. */
static void test_a_newsvendor_the_order_for_a_confidence_and_its_curve(void **state) {
    (void)state;
    double truth = exp(0.5 * hw_normal_quantile(0.8));
    uint64_t answers = 0, points = 0;
    for (uint64_t repeat = 0; repeat < REPEATS; repeat++) {
        stand of = {repeat};
        hw_least least = {.ask = order,
                          .who = &of,
                          .worlds = WORLDS,
                          .share = 0.8,
                          .plan = 1,
                          .first = 1.5,
                          .infinite = 100};
        assert_int_equal(hw_least_search(&least), HW_OK);
        answers += least.low <= truth && truth <= least.high;
        hw_share_bounds half = hw_share_exact(hw_least_try(&least, 1)->met, WORLDS, 0.95);
        points += half.low <= 0.5 && 0.5 <= half.high;
        hw_least_free(&least);
    }
    print_message(
        "least order: %.1f %% of %d intervals hold the truth; share that one order serves: %.1f %%\n",
        (double)answers / 10, REPEATS, (double)points / 10);
    assert_in_range(answers, 930, REPEATS);
    assert_in_range(points, 930, REPEATS);
}

/* ---- Boxes: what is told of purity and cover is chosen as the best of many, and yet near the truth. ---- */

static bool is_bad(double first, double second, double chance) {
    return chance < (first < 0.4 && second > 0.5 ? 0.9 : 0.05);
}

static void test_what_boxes_tell_is_near_the_truth(void **state) {
    (void)state;
    enum { INPUTS = 10, SAMPLE = 600, ALL = 20000 };
    static double inputs[INPUTS * SAMPLE], all[INPUTS * ALL];
    static bool bad[SAMPLE], all_bad[ALL];
    double more_pure = 0, more_cover = 0;
    uint64_t repeats = slow_repeats(), held = 0, found = 0;
    for (uint64_t r = 0; r < ALL; r++) {
        for (uint32_t i = 0; i < INPUTS; i++) {
            all[i * ALL + r] = draw(UINT64_MAX, r, i);
        }
        all_bad[r] = is_bad(all[r], all[ALL + r], draw(UINT64_MAX, r, 100));
    }
    for (uint64_t repeat = 0; repeat < repeats; repeat++) {
        size_t count = 0, within = 0, bad_within = 0, bad_of_all = 0;
        for (uint64_t r = 0; r < SAMPLE; r++) {
            for (uint32_t i = 0; i < INPUTS; i++) {
                inputs[i * SAMPLE + r] = draw(repeat, r, i);
            }
            bad[r] = is_bad(inputs[r], inputs[SAMPLE + r], draw(repeat, r, 100));
            count += bad[r];
        }
        hw_box box = hw_box_find(inputs, INPUTS, bad, SAMPLE, 1);
        bool both = box.count == 2 && box.limits[0].input + box.limits[1].input == 1;
        for (size_t r = 0; r < ALL; r++) {
            bool inside = hw_box_holds(&box, all, ALL, r);
            within += inside;
            bad_within += inside && all_bad[r];
            bad_of_all += all_bad[r];
        }
        double pure = (double)bad_within / (double)within, cover = (double)bad_within / (double)bad_of_all;
        hw_share_bounds bounds = hw_share_exact(box.bad_inside, box.inside, 0.95);
        found += both;
        held += bounds.low <= pure && pure <= bounds.high;
        more_pure += ((double)box.bad_inside / (double)box.inside - pure) / (double)repeats;
        more_cover += ((double)box.bad_inside / (double)count - cover) / (double)repeats;
        hw_box_free(&box);
    }
    print_message("boxes: %.1f %% have the right inputs; purity is told %.1f points too high, cover %.1f; "
                  "%.1f %% of exact "
                  "intervals of purity hold the truth\n",
                  100 * (double)found / (double)repeats, 100 * more_pure, 100 * more_cover,
                  100 * (double)held / (double)repeats);
    assert_true((double)found >= 0.9 * (double)repeats);
    assert_near(more_pure, 0, 0.04);
    assert_near(more_cover, 0, 0.04);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_fluid_line_paired_differences_and_gains_a_dollar),
        cmocka_unit_test(test_a_queue_of_two_states_days_and_chances),
        cmocka_unit_test(test_a_newsvendor_what_the_market_is_worth_knowing),
        cmocka_unit_test(test_a_newsvendor_the_order_for_a_confidence_and_its_curve),
        cmocka_unit_test(test_what_boxes_tell_is_near_the_truth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

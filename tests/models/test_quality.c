#include "models/laws.h"
#include "tests/models/small_world.h"

/* What a failed check sends back, and caches, which are found or missed as a whole. */

static double hurt(const small_world *small) {
    return small_last_month(small, "victims", HW_VICTIM_CIVILIAN_KILLED) +
           small_last_month(small, "victims", HW_VICTIM_CIVILIAN_INJURED);
}

static uint32_t checks_of(const char *const *changes) {
    small_world small;
    small_open(&small, &SMALL, changes);
    uint32_t checks = 0;
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&small, r);
        for (uint32_t d = 0; d < 2; d++) {
            checks += small_land(&small)->districts[d].checks;
        }
    }
    small_close(&small);
    return checks;
}

#define ALL_CHECKED                                                                                          \
    "methods.quality_control.sampled", "100 %", "methods.quality_control.searched", "0.1 %",                 \
        "methods.quality_control.rate", "10 ha/day", "safety.visit_accidents", "0 /day", "safety.reopen",    \
        "0 %", "methods.manual.detection", "100 %", "methods.dogs.detection", "100 %",                       \
        "methods.battle_area.detection", "100 %"

/* A check that fails for its paper sends no ground back: each piece is checked once, however many fail. One
 * that sends ground back is made again. (Some fail in each, so that none has a run of passes that spares
 * checks.) */
static void test_paper_is_mended_without_going_back(void **state) {
    (void)state;
    uint32_t few = checks_of((const char *[]){ALL_CHECKED, "methods.quality_control.procedural_failure",
                                              "40 %", "methods.quality_control.paper", "100 %", NULL});
    uint32_t many = checks_of((const char *[]){ALL_CHECKED, "methods.quality_control.procedural_failure",
                                               "60 %", "methods.quality_control.paper", "100 %", NULL});
    uint32_t back = checks_of((const char *[]){ALL_CHECKED, "methods.quality_control.procedural_failure",
                                               "60 %", "methods.quality_control.paper", "0 %", NULL});
    assert_true(few > 100);
    assert_near(many, few, 0.05 * few); /* work that slips past the horizon */
    assert_true(back > 1.5 * many);
}

static double plan_and_send_back(void *state, double now, hw_queue *queues) {
    static const double SHARE = 0.3;
    hw_land *land = state;
    double next = hw_land_release.plan(state, now, queues);
    double missed = 0, found_again = 0;
    for (uint32_t a = 0; a < land->ground.area_count && now <= 0; a++) {
        const hw_area *area = &land->ground.areas[a];
        for (uint32_t b = area->first_block; b < area->first_hidden; b++) {
            hw_item *item = &land->ground.items[b];
            hw_ground_reveal(land, b);
            for (uint32_t type = 0; type < HW_ITEM_TYPES; type++) {
                missed += item->hidden[type];
                hw_ground_pass_over(land, b, type, item->hidden[type]);
            }
            hw_ground_search_part_again(land, b, SHARE);
            assert_near(hw_item_search_m2(item), SHARE * item->area_m2, 0.004 * item->area_m2);
            found_again += item->hidden[HW_ITEM_AP] + item->hidden[HW_ITEM_AT] + item->hidden[HW_ITEM_ERW];
        }
    }
    hw_laws_check(land, now);
    assert_false(land->failed);
    if (now <= 0) {
        assert_true(missed > 300);
        assert_near(found_again, SHARE * missed, 5 * sqrt(SHARE * (1 - SHARE) * missed));
    }
    return next;
}

static void test_a_part_sent_back_holds_its_share_of_what_was_missed(void **state) {
    (void)state;
    hw_model model = hw_land_release;
    model.plan = plan_and_send_back;
    small_text text = SMALL;
    text.assets = "assets: {}\n";
    small_world small;
    small_open_model(&small, &text, &model, (const char *[]){"horizon", "2021-03-31", NULL});
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&small, r);
    }
    small_close(&small);
}

static double hurt_with(const char *sampled) {
    small_world small;
    small_open(&small, &SMALL,
               (const char *[]){"methods.quality_control.sampled", sampled,
                                "methods.quality_control.searched", "50 %", "methods.quality_control.lot",
                                "20 ha", "methods.quality_control.rate", "10 ha/day",
                                "methods.manual.detection", "70 %", "methods.dogs.detection", "70 %",
                                "methods.battle_area.detection", "70 %", "safety.use_of_released", "30",
                                "safety.visit_accidents", "5 /month", NULL});
    double victims = 0;
    for (uint64_t r = 0; r < 40; r++) {
        small_run(&small, r);
        victims += hurt(&small);
    }
    small_close(&small);
    return victims;
}

static void test_checks_spare_victims(void **state) {
    (void)state;
    assert_true(hurt_with("100 %") < 0.95 * hurt_with("0 %"));
}

static void test_a_cache_is_found_or_missed_as_a_whole(void **state) {
    (void)state;
    const hw_item item = {.hidden = {0, 0, 400}, .cache = 300};
    static const double MISS = 0.4;
    assert_int_equal(hw_item_places(&item), 101);
    uint32_t whole = 0, singles = 0, tries = 4000;
    for (uint32_t i = 0; i < tries; i++) {
        double u[4];
        hw_draw_block((hw_rng_key){1, 2}, 3, 4, i, u);
        uint32_t missed = hw_ground_overlooked(&item, HW_ITEM_ERW, MISS, u);
        assert_true(missed <= 100 || missed >= 300);
        whole += missed >= 300;
        singles += missed >= 300 ? missed - 300 : missed;
    }
    assert_near((double)whole / tries, MISS, 4 * sqrt(MISS * (1 - MISS) / tries));
    assert_near((double)singles / tries, 100 * MISS, 4 * sqrt(100 * MISS * (1 - MISS) / tries));
}

/* Finds of remnants come in bursts: with the same mean number found, worlds differ far more. */
static void remnants_laid(const char *erw, const char *caches, double *mean, double *variance) {
    small_world small;
    small_text text = SMALL;
    text.assets = "assets: {}\n";
    small_open(&small, &text,
               (const char *[]){"settings.fields.erw", erw, "settings.fields.caches", caches,
                                "settings.fields.cache_items", "300", "settings.fields.cache_spread", "1",
                                "settings.belt.erw", "0 /ha", "classes.low.patchy", "0", NULL});
    enum { WORLDS = 200 };
    double sum = 0, squares = 0;
    for (uint64_t r = 0; r < WORLDS; r++) {
        small_run(&small, r);
        hw_land *land = (hw_land *)small_land(&small);
        double laid = 0;
        for (uint32_t a = 0; a < land->ground.area_count; a++) {
            const hw_area *area = &land->ground.areas[a];
            for (uint32_t b = area->first_block; b < area->first_hidden; b++) {
                hw_ground_reveal(land, b);
                laid += land->ground.items[b].hidden[HW_ITEM_ERW];
            }
        }
        sum += laid;
        squares += laid * laid;
    }
    *mean = sum / WORLDS;
    *variance = squares / WORLDS - *mean * *mean;
    small_close(&small);
}

static void test_caches_bring_bursts(void **state) {
    (void)state;
    double even, even_variance, bursts, bursts_variance;
    remnants_laid("10 /ha", "0 /km2", &even, &even_variance);
    remnants_laid("5 /ha", "1 /km2", &bursts, &bursts_variance);
    /* 300 items in the median and exp(1/2) as many in the mean lie in 9.5 % of the blocks of 10 ha. */
    assert_near(bursts / even, 0.5 + 300 * exp(0.5) * (1 - exp(-0.1)) / 100, 0.12);
    assert_true(bursts_variance > 2 * even_variance);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paper_is_mended_without_going_back),
        cmocka_unit_test(test_a_part_sent_back_holds_its_share_of_what_was_missed),
        cmocka_unit_test(test_checks_spare_victims),
        cmocka_unit_test(test_a_cache_is_found_or_missed_as_a_whole),
        cmocka_unit_test(test_caches_bring_bursts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

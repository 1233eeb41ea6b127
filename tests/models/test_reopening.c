#include "models/laws.h"
#include "models/pipeline.h"
#include "tests/models/small_world.h"

/* What a find on released ground leads to: IMAS lets it raise a spot task or bring the ground back. */

static hw_land *finished_world(small_world *small) {
    small_open(small, &SMALL, NULL);
    small_run(small, 1);
    return small->world.state;
}

/* A released piece of ground: a block, or a parcel of one. */
static uint32_t released(const hw_land *land, bool parcel) {
    for (uint32_t d = 0; d < land->district_count; d++) {
        const hw_district_state *district = &land->districts[d];
        for (uint32_t i = district->first_item; i < district->next_parcel; i++) {
            const hw_item *item = &land->ground.items[i];
            if (item->stage == HW_STAGE_RELEASED && (item->part > 0) == parcel) {
                return i;
            }
        }
    }
    fail_msg("no released ground of this kind in the small world");
    return HW_NOTHING;
}

/* Nobody is idle, so that the ground is seen where it waits. */
static void send_everybody_away(hw_land *land) {
    for (uint32_t d = 0; d < land->district_count; d++) {
        land->districts[d].idle_methods = 0;
    }
}

static void assert_goes_to(bool parcel, uint32_t found, hw_stage stage) {
    small_world small;
    hw_land *land = finished_world(&small);
    send_everybody_away(land);
    uint32_t item = released(land, parcel);
    int64_t remaining = 0;
    const hw_district_state *d = &land->districts[hw_item_area(land, &land->ground.items[item])->district];
    for (int hazard = 0; hazard < HW_HAZARDS; hazard++) {
        remaining += d->ledger_m2[hazard][HW_LEDGER_REMAINING];
    }
    hw_pipeline_reopen(land, item, found);
    assert_int_equal(land->ground.items[item].stage, stage);
    int64_t after = 0;
    for (int hazard = 0; hazard < HW_HAZARDS; hazard++) {
        after += d->ledger_m2[hazard][HW_LEDGER_REMAINING];
    }
    assert_int_equal(after - remaining, land->ground.items[item].area_m2);
    hw_laws_check(land, land->horizon);
    assert_false(land->failed);
    small_close(&small);
}

static void test_a_mine_found_in_a_block_asks_for_technical_survey(void **state) {
    (void)state;
    assert_goes_to(false, HW_ITEM_AP, HW_STAGE_TECHNICAL);
    assert_goes_to(false, HW_ITEM_AT, HW_STAGE_TECHNICAL);
}

static void test_a_mine_found_in_a_parcel_asks_for_deminers(void **state) {
    (void)state;
    assert_goes_to(true, HW_ITEM_AP, HW_STAGE_CLEAR_MANUAL);
}

static void test_a_remnant_found_anywhere_asks_for_a_battle_area_search(void **state) {
    (void)state;
    assert_goes_to(false, HW_ITEM_ERW, HW_STAGE_BATTLE);
    assert_goes_to(true, HW_ITEM_ERW, HW_STAGE_BATTLE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_mine_found_in_a_block_asks_for_technical_survey),
        cmocka_unit_test(test_a_mine_found_in_a_parcel_asks_for_deminers),
        cmocka_unit_test(test_a_remnant_found_anywhere_asks_for_a_battle_area_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

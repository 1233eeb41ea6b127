/* Where teams of a method are wanted, and how many: one answer for who is paid and for who is posted. */
#include "models/land.h"
#include "models/planner.h"
#include <assert.h>

/* At most so many: those at work on the ground's stages, and one for each forty days of what is ready. */
static uint32_t could_work(const hw_land *land, const hw_open_ground *ground,
                           const hw_method_numbers *numbers, const hw_worked_stages *stages, uint32_t crowd) {
    const hw_area *area = &land->ground.areas[ground->area];
    double ready_days = 0;
    uint32_t hands = 0;
    for (uint32_t k = 0; k < stages->count; k++) {
        uint32_t stage = stages->stage[k];
        ready_days += (double)area->ready_parts[stage] / HW_WHOLE * numbers->effort[stage];
        hands += area->hands[stage];
    }
    return hands + hw_teams_wanted(ready_days, crowd);
}

uint32_t hw_wanted_on(const hw_land *land, const hw_open_ground *ground, const hw_method_numbers *numbers,
                      const hw_worked_stages *stages, uint32_t crowd) {
    uint32_t wanted = hw_teams_wanted(hw_team_days_on(ground, numbers, stages), crowd);
    uint32_t could = could_work(land, ground, numbers, stages, crowd);
    return wanted < could ? wanted : could;
}

/* Ground of national places has a floor of teams, before all other ground. */
static void want_for_the_nation(hw_land *land, uint32_t floor) {
    hw_call *calls = land->planner.calls;
    for (uint32_t p = 0; p < land->place_count; p++) {
        land->planner.floor_left[p] = floor;
    }
    for (uint32_t i = 0; i < land->planner.call_count; i++) {
        uint32_t place = land->planner.open_ground[calls[i].position].national;
        if (place == HW_NOTHING) {
            continue;
        }
        uint32_t *left = &land->planner.floor_left[place];
        uint32_t here = calls[i].wanted < *left ? calls[i].wanted : *left;
        *left -= here;
        calls[i].floor = calls[i].floor > here ? calls[i].floor : here;
    }
}

void hw_demand_of(hw_land *land, uint32_t method, uint32_t teams) {
    const hw_planning *planning = &land->scenario->planning;
    const hw_method_numbers *numbers = &land->force.methods[method];
    hw_worked_stages stages = hw_worked_stages_of(numbers);
    uint32_t crowd = (uint32_t)hw_in_force(land, planning->crowding);
    uint32_t words = hw_words_for(land->planner.open_ground_count);
    bool all = land->planner.any_national; /* floors are further down, too */
    uint32_t called = 0;
    land->planner.call_count = 0;
    uint32_t last = all ? land->planner.open_ground_count : land->planner.finishing_end;
    for (uint32_t word = 0; word < words && (called < teams || 64 * word < last); word++) {
        uint64_t open = hw_open_in_word(&land->planner, &stages, word);
        for (; open != 0; open &= open - 1) {
            uint32_t position = word * 64 + (uint32_t)__builtin_ctzll(open);
            if (called >= teams && position >= last) {
                break;
            }
            const hw_open_ground *ground = &land->planner.open_ground[position];
            uint32_t wanted = hw_wanted_on(land, ground, numbers, &stages, crowd);
            uint32_t floor =
                ground->finishing && wanted > 0 ? 1 : 0; /* no few hectares are left to others' end */
            land->planner.calls[land->planner.call_count++] = (hw_call){position, wanted, floor};
            called += wanted;
        }
    }
    if (land->planner.any_national) {
        want_for_the_nation(land, (uint32_t)hw_in_force(land, planning->national_floor));
    }
}

#include "tests/models/random_scenario.h"
#include "tests/models/small_world.h"

/* What lets the districts of one world be handled side by side, and by others than who planned (sim/split.h).
 */

/* ---- whose each byte of the arena is ---- */

enum { NOBODY = UINT8_MAX, CHUNK = 64 };

typedef struct witness {
    small_world *small;
    unsigned char *owner, *before; /* by byte of the arena */
    size_t trespasses, changes;
} witness;

static void own(witness *w, const void *start, size_t bytes, uint32_t owner) {
    size_t at = (size_t)((const unsigned char *)start - w->small->world.arena.base);
    assert_true(at + bytes <= w->small->world.arena.used);
    memset(w->owner + at, (int)owner, bytes);
}

/* What crews of firms have in hand there, and what they have delivered. */
static void share_out_contracts(witness *w, const hw_land *land) {
    const hw_contracts *contracts = &land->contracts;
    for (uint32_t d = 0; d < land->district_count && contracts->firm_count > 0; d++) {
        const hw_district_state *district = &land->districts[d];
        size_t items = district->end_item - district->first_item;
        size_t first = hw_contract_cell(contracts, d, 0, 0), cells = (size_t)contracts->firm_count * HW_JOBS;
        own(w, &contracts->delivered_m2[first], cells * sizeof *contracts->delivered_m2, d);
        own(w, &contracts->accepted_m2[first], cells * sizeof *contracts->accepted_m2, d);
        for (uint32_t f = 0; f < contracts->firm_count; f++) {
            size_t at = (size_t)f * land->ground.item_count + district->first_item;
            own(w, &contracts->delivered[at], items * sizeof *contracts->delivered, d);
        }
    }
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        if (team->crew && team->district != HW_NOTHING) {
            own(w, &contracts->crews[t], sizeof *contracts->crews, team->district);
        }
    }
}

/* Who may change what until the next planning day: all that is not of a district nobody. */
static void share_out(witness *w) {
    const hw_land *land = small_land(w->small);
    memset(w->owner, NOBODY, w->small->world.arena.used);
    for (uint32_t d = 0; d < land->district_count; d++) {
        const hw_district_state *district = &land->districts[d];
        const hw_queue *queue = &w->small->world.queues[d];
        size_t items = district->end_item - district->first_item;
        own(w, district, sizeof *district, d);
        own(w, queue, sizeof *queue, d);
        own(w, queue->events, queue->capacity * sizeof *queue->events, d);
        own(w, queue->waiting, queue->capacity * sizeof *queue->waiting, d);
        own(w, &land->ground.items[district->first_item], items * sizeof *land->ground.items, d);
        own(w, &land->ground.missed_list[district->first_item], items * sizeof *land->ground.missed_list, d);
    }
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        const hw_area *area = &land->ground.areas[a];
        own(w, area, sizeof *area, area->district);
        own(w, &land->ground.polygons[area->first_polygon],
            area->polygon_count * sizeof *land->ground.polygons, area->district);
    }
    for (uint32_t p = 0; p < land->place_count; p++) {
        own(w, &land->places[p], sizeof *land->places,
            HW_ITEM(land->scenario->places, hw_place, p)->district);
    }
    share_out_contracts(w, land);
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        if (land->force.teams[t].district != HW_NOTHING) {
            own(w, &land->force.teams[t], sizeof *land->force.teams, land->force.teams[t].district);
        }
    }
}

/* Looks for bytes that district `d` has changed since the last look. */
static void inspect(witness *w, uint32_t d) {
    const unsigned char *now = w->small->world.arena.base;
    for (size_t at = 0; at < w->small->world.arena.used; at += CHUNK) { /* the arena deals in chunks of 64 */
        if (memcmp(now + at, w->before + at, CHUNK) == 0) {
            continue;
        }
        for (size_t i = at; i < at + CHUNK; i++) {
            bool changed = now[i] != w->before[i];
            w->changes += changed;
            w->trespasses += changed && w->owner[i] != d;
        }
        memcpy(w->before + at, now + at, CHUNK);
    }
}

static hw_status run_watched(void *context, double from, double until, uint64_t *handled,
                             hw_failure *failure) {
    witness *w = context;
    const hw_world *world = &w->small->world;
    hw_status status = HW_OK;
    share_out(w);
    memcpy(w->before, world->arena.base, world->arena.used);
    for (uint32_t d = 0; d < world->process_count && status == HW_OK; d++) {
        status = hw_world_run_process(world, d, from, until, handled, failure);
        inspect(w, d);
    }
    return status;
}

static void watch(small_world *small) {
    witness w = {.small = small};
    w.owner = malloc(small->world.arena.used);
    w.before = malloc(small->world.arena.used);
    assert_true(w.owner != NULL && w.before != NULL);
    small->world.window = (hw_window){.run = run_watched, .context = &w};
    small_run(small, 0);
    assert_true(small->events == 0 || w.changes > 0);
    assert_int_equal(w.trespasses, 0);
    free(w.owner);
    free(w.before);
}

static void test_events_of_a_district_change_nothing_that_another_district_has(void **state) {
    (void)state;
    small_world small;
    small_open(&small, &SMALL, NULL);
    watch(&small);
    assert_true(small.events > 100);
    small_close(&small);
    for (uint64_t number = 0; number < 40; number++) {
        char *yaml = random_scenario(number);
        small_try(&small, yaml, &hw_land_release, NULL);
        assert_true(small.good);
        watch(&small);
        small_close(&small);
        free(yaml);
    }
}

/* ---- by a copy ---- */

/* Last district first, each by a fresh copy of the land; the land itself is out of reach meanwhile. */
static hw_status run_by_copies(void *context, double from, double until, uint64_t *handled,
                               hw_failure *failure) {
    const small_world *small = context;
    const hw_model *model = small->world.model;
    hw_status status = HW_OK;
    void *aside = malloc(model->state_bytes);
    assert_non_null(aside);
    memcpy(aside, small->world.state, model->state_bytes);
    for (uint32_t d = small->world.process_count; d-- > 0 && status == HW_OK;) {
        hw_world view = small->world;
        hw_scenario scenario = small->scenario; /* of the same content, elsewhere */
        view.state = malloc(model->state_bytes);
        assert_non_null(view.state);
        memset(view.state, 0xA5, model->state_bytes);
        model->adopt(view.state, aside, &scenario);
        memset(small->world.state, 0xA5, model->state_bytes);
        status = hw_world_run_process(&view, d, from, until, handled, failure);
        free(view.state);
    }
    memcpy(small->world.state, aside, model->state_bytes);
    free(aside);
    return status;
}

static void test_districts_handled_by_copies_of_the_land_in_any_order_give_the_same_bytes(void **state) {
    (void)state;
    small_world whole, copied;
    small_open(&whole, &SMALL, NULL);
    small_open(&copied, &SMALL, NULL);
    copied.world.window = (hw_window){.run = run_by_copies, .context = &copied};
    for (uint64_t r = 0; r < 5; r++) {
        small_run(&whole, r);
        small_run(&copied, r);
        assert_memory_equal(copied.record, whole.record, whole.layout->bytes);
        assert_int_equal(copied.events, whole.events);
    }
    small_close(&whole);
    small_close(&copied);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_events_of_a_district_change_nothing_that_another_district_has),
        cmocka_unit_test(test_districts_handled_by_copies_of_the_land_in_any_order_give_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

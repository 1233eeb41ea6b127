#include "models/ground.h"
#include "models/land.h"
#include "tests/models/small_world.h"

/* Laws of signposts on the small country: one that never holds changes nothing, one that always holds is the
 * plan that does the same with that date, and none reads the truth. */

enum { WORLDS = 12 };

/* Teams as listed: else planners look ahead to teams and money that a fixed plan announces. Some teams come
 * only when they are hired. */
static const char REST[] = "safety: {visit_accidents: 0.5 /month, duty_accidents: 0.5 /month}\n"
                           "capacity: {growth: fixed}\n";
static const char ASSETS[] =
    "assets:\n"
    "  survey: {operator: Agency, method: non_technical_survey, teams: 2, on: 2021-01-01, standing: yes}\n"
    "  technical: {operator: Agency, method: technical_survey, teams: 2, on: 2021-01-01, standing: yes}\n"
    "  manual: {operator: Agency, method: manual, teams: 4, on: 2021-01-01, standing: yes}\n"
    "  battle: {operator: Agency, method: battle_area, teams: 4, on: 2021-01-01, standing: yes}\n"
    "  checks: {operator: Agency, method: quality_control, teams: 1, on: 2021-01-01, standing: yes}\n"
    "  machine: {operator: Firm, method: machines, teams: 2, on: 2021-01-01, standing: yes}\n"
    "  calls: {operator: Agency, method: spot_tasks, teams: 1, on: 2021-01-01, standing: yes}\n"
    "  reserve: {operator: Agency, method: battle_area, teams: 3, on: 2031-06-01, standing: yes}\n"
    "  recruits: {operator: Agency, method: manual, teams: 2, on: 2031-06-01}\n";

static char *country(void) {
    small_text text = SMALL;
    text.rest = REST;
    text.assets = ASSETS;
    text.streams = "streams:\n"
                   "  State: {kind: state, yearly: {2021-01-01: 3 MUSD}}\n"
                   "  Building: {kind: state, pays: reconstruction, yearly: {2021-01-01: 40 MUSD}}\n";
    return small_join(&text);
}

/* One deed, as a signpost and as a plan with that date. */
typedef struct deed {
    const char *signpost;       /* the keys of what is done, and `on` */
    const char *const *planned; /* path, YAML, ..., NULL; NULL: the scenario has no such key with a date */
} deed;

static const deed deeds[] = {
    {"on: 2021-01-01, rule: worst_first", (const char *const[]){"planning.rule", "worst_first", NULL}},
    {"on: 2022-01-01, pull: technical_advice",
     (const char *const[]){"levers.technical_advice.on", "2022-01-01", NULL}},
    {"on: 2022-01-01, stream: State, times: 1.7",
     (const char *const[]){"streams.State.factor", "{2022-01-01: 1.7}", NULL}},
    {"on: 2022-03-01, hire: reserve", (const char *const[]){"assets.reserve.on", "2022-03-01", NULL}},
    {"on: 2022-03-01, hire: recruits", (const char *const[]){"assets.recruits.on", "2022-03-01", NULL}},
    {"on: 2022-03-01, retire: battle", (const char *const[]){"assets.battle.until", "2022-03-01", NULL}},
    {"on: 2021-06-01, to: South, teams: 2, method: machines", NULL},
};

static void open_with(small_world *small, const char *const *changes) {
    char *yaml = country();
    small_try(small, yaml, &hw_land_release, changes);
    if (!small->good) {
        char *errors = hw_errors_text(&small->errors);
        print_error("%s", errors);
        free(errors);
    }
    free(yaml);
    assert_true(small->good);
}

static void open_signpost(small_world *small, const char *condition, const char *what) {
    char text[256];
    snprintf(text, sizeof text, "{Signpost: {%s%s}}", condition, what);
    open_with(small, (const char *const[]){"signposts", text, NULL});
}

/* Whether all that both have is the same, byte for byte. */
static bool same_answers(const small_world *a, const small_world *b) {
    bool same = true;
    for (uint32_t v = 0; v < a->layout->variable_count; v++) {
        const hw_variable *one = &a->layout->variables[v];
        const hw_variable *other = hw_record_find(b->layout, one->name);
        if (other == NULL) {
            assert_string_equal(one->name, "signpost_day");
            continue;
        }
        size_t bytes = one->count * (one->type == HW_F32 ? sizeof(float) : sizeof(double));
        same = same && memcmp(a->record + one->offset, b->record + other->offset, bytes) == 0;
    }
    return same;
}

/* In how many worlds the answers of two scenarios are the same. */
static uint32_t worlds_alike(small_world *a, small_world *b) {
    uint32_t alike = 0;
    for (uint32_t r = 0; r < WORLDS; r++) {
        small_run(a, r);
        small_run(b, r);
        alike += same_answers(a, b);
    }
    return alike;
}

static void test_a_signpost_that_never_holds_changes_not_one_byte(void **state) {
    (void)state;
    static const char *const never[] = {"released_above: 1e6 km2, until: 2030-12-31, ", "decide: never, ",
                                        "accession: yes, people_below: 10000, "};
    small_world plain;
    open_with(&plain, NULL);
    for (size_t i = 0; i < HW_LENGTH(deeds); i++) {
        small_world small;
        open_signpost(&small, never[i % HW_LENGTH(never)], deeds[i].signpost);
        assert_int_equal(worlds_alike(&small, &plain), WORLDS);
        assert_true(isnan(small_at(&small, "signpost_day", 0, 0, 0, 0)));
        small_close(&small);
    }
    small_close(&plain);
}

static void test_a_signpost_that_always_holds_is_the_plan_with_that_date(void **state) {
    (void)state;
    static const char *const always[] = {"released_below: 1e6 km2, ", "decide: always, ", "",
                                         "accession: no, victims_below: 1e6, spent_below: 1 bnUSD, "};
    for (size_t i = 0; i < HW_LENGTH(deeds); i++) {
        small_world plain, small, planned;
        open_with(&plain, NULL);
        open_signpost(&small, always[i % HW_LENGTH(always)], deeds[i].signpost);
        if (deeds[i].planned != NULL) {
            open_with(&planned, deeds[i].planned);
            assert_int_equal(worlds_alike(&small, &planned), WORLDS);
            small_close(&planned);
        }
        uint32_t alike = worlds_alike(&small, &plain);
        if (alike == WORLDS) {
            print_error("%s changes nothing\n", deeds[i].signpost);
        }
        assert_true(alike < WORLDS); /* and it matters */
        small_close(&small);
        small_close(&plain);
    }
}

/* What is true of the ground is turned upside down on the horizon, and planners read what they read before.
 */
static void test_no_signpost_reads_the_truth(void **state) {
    (void)state;
    small_world small;
    open_signpost(&small, "", deeds[0].signpost);
    small_run(&small, 1);
    hw_land *land = small.world.state;
    double before[HW_READINGS][3];
    static const uint32_t where[] = {HW_NO_REFERENCE, 0, 1};
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t kind = 0; kind < HW_READINGS; kind++) {
            for (size_t w = 0; w < HW_LENGTH(where); w++) {
                double reading = hw_signposts_read(land, (hw_reading_kind)kind, where[w]);
                before[kind][w] = pass == 0 ? reading : before[kind][w];
                assert_same(reading, before[kind][w]);
            }
        }
        for (uint32_t i = 0; i < land->ground.item_count; i++) {
            hw_item *item = &land->ground.items[i];
            item->pattern_m2 = 1e9F;
            item->cache = UINT16_MAX;
            memset(item->hidden, UINT8_MAX, sizeof item->hidden);
            memset(item->missed, UINT8_MAX, sizeof item->missed);
        }
        for (uint32_t i = 0; i < land->ground.polygon_count; i++) {
            land->ground.polygons[i].mined = land->ground.polygons[i].battle = 1;
        }
        for (uint32_t d = 0; d < land->district_count; d++) {
            memset(land->districts[d].items, 0, sizeof land->districts[d].items);
        }
    }
    assert_true(before[HW_READ_RELEASED][0] > 0 && before[HW_READ_SPENT][0] > 0);
    assert_near(before[HW_READ_RELEASED][0], before[HW_READ_RELEASED][1] + before[HW_READ_RELEASED][2], 0.5);
    small_close(&small);
}

/* It holds on some first of a month in some worlds only, and is done on that very day. */
static void test_it_is_done_on_the_first_planning_day_on_which_it_is_so(void **state) {
    (void)state;
    small_world small;
    open_signpost(&small, "released_above: 2 km2, until: 2030-12-31, ", "on: 2021-06-15, rule: worst_first");
    double first = HUGE_VAL, last = 0;
    for (uint32_t r = 0; r < WORLDS; r++) {
        small_run(&small, r);
        double day = small_at(&small, "signpost_day", 0, 0, 0, 0);
        const hw_variable *ledger = small_variable(&small, "ledger_m2");
        const hw_axis *months = &small.layout->axes[ledger->axis[0]];
        double so_far = 0, before = 0;
        for (uint32_t m = 0; m < months->length && months->values[m] < day; m++) {
            before = so_far;
            so_far = 0;
            for (uint32_t l = HW_LEDGER_CANCELLED; l < HW_LEDGERS; l++) {
                so_far += small_at(&small, "ledger_m2", m, l, 0, 0);
            }
        }
        if (!isnan(day)) {
            assert_true(so_far > 2e6 && (before <= 2e6 || day <= 181));
            first = fmin(first, day);
            last = fmax(last, day);
        }
    }
    assert_true(first >= 181 && first < last); /* not before the first of July 2021 */
    small_close(&small);
}

static void test_teams_that_are_moved_work_there(void **state) {
    (void)state;
    small_world plain, small;
    open_with(&plain, NULL);
    open_signpost(&small, "", "on: 2021-01-01, to: South, teams: 4, method: battle_area");
    double more = 0;
    for (uint32_t r = 0; r < WORLDS; r++) {
        small_run(&plain, r);
        small_run(&small, r);
        uint32_t south = small_index(&small, "district", "South");
        more += small_at(&small, "district_asset_days", south, HW_USE_WORKING, 0, 0) -
                small_at(&plain, "district_asset_days", south, HW_USE_WORKING, 0, 0);
    }
    assert_true(more > 0);
    small_close(&small);
    small_close(&plain);
}

static void test_what_is_wrong_with_a_signpost_is_said_where_it_stands(void **state) {
    (void)state;
    static const struct {
        const char *signpost, *message;
    } wrong[] = {
        {"{on: 2022-01-01, until: 2021-01-01, rule: worst_first}", "'until' must be after 'on'"},
        {"{on: 2022-01-01, stream: Pledge, times: 2}", "is a pledge"},
        {"{on: 2022-01-01, to: South, method: spot_tasks}", "go where they are called"},
        {"{on: 2022-01-01, people_above: {p10: 1, p50: 2, p90: 3}, rule: worst_first}",
         "must be a fixed value"},
        {"{on: 2022-01-01, times: 2}", "works only beside 'stream'"},
        {"{on: 2022-01-01, hire: reserves}", "reserve"},
        {"{rule: worst_first}", "on"},
    };
    for (size_t i = 0; i < HW_LENGTH(wrong); i++) {
        char text[256], *yaml = country();
        snprintf(text, sizeof text, "{Signpost: %s}", wrong[i].signpost);
        const char *const changes[] = {"streams.Pledge", "{kind: donor, amount: 1 MUSD}", "signposts", text,
                                       NULL};
        small_world small;
        small_try(&small, yaml, &hw_land_release, changes);
        char *errors = hw_errors_text(&small.errors);
        if (small.good || strstr(errors, wrong[i].message) == NULL || strstr(errors, "change:") == NULL) {
            print_error("%s: %s\n", wrong[i].signpost, errors);
            fail();
        }
        free(errors);
        free(yaml);
        small_close(&small);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_signpost_that_never_holds_changes_not_one_byte),
        cmocka_unit_test(test_a_signpost_that_always_holds_is_the_plan_with_that_date),
        cmocka_unit_test(test_no_signpost_reads_the_truth),
        cmocka_unit_test(test_it_is_done_on_the_first_planning_day_on_which_it_is_so),
        cmocka_unit_test(test_teams_that_are_moved_work_there),
        cmocka_unit_test(test_what_is_wrong_with_a_signpost_is_said_where_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "models/laws.h"
#include "models/method.h"
#include "models/planner.h"
#include "models/teams.h"
#include "models/unspent.h"
#include "tests/models/random_scenario.h"
#include "tests/models/small_world.h"

/* Laws of a planning day, on worlds put together by dice: what planners believe adds up, teams go where their
 * method is short of them and nobody else is moved, and nobody stands idle beside work that waits for him. */

enum { SCENARIOS = 120, REPLICATIONS = 2 };

/* What the dice must have hit, lest a law hold for want of anything happening. */
static struct seen {
    uint32_t belief, ready, idle, idle_choosy, short_of_teams, satisfied, moved, sentinels, listed, unlisted,
        in_hand, shared, short_districts;
} seen;

static void (*law)(hw_land *land, double now);
static bool before_planning_too;

static double plan_and_look(void *state, double now, hw_queue *queues) {
    if (before_planning_too && now > 0) {
        law(state, now);
    }
    double next = hw_land_release.plan(state, now, queues);
    law(state, now);
    return next;
}

/* Moves that cost nothing: that nobody moves is then not for want of money. */
static size_t free_moves(const char **changes, char (*paths)[64]) {
    size_t count = 0;
    for (uint32_t m = 0; m < hw_methods.count; m++) {
        snprintf(paths[m], sizeof paths[m], "methods.%s.team.move_cost", hw_method_names[m]);
        changes[count++] = paths[m];
        changes[count++] = "0 USD";
    }
    return count;
}

static const char *longest_task = "40 days", *worth_moving = "3 days";

static void hold_on_dice(void (*what)(hw_land *land, double now), bool moves_are_free) {
    hw_model model = hw_land_release;
    model.plan = plan_and_look;
    law = what;
    const char *changes[2 * HW_REGISTRY_MOST + 5] = {"planning.longest_task", longest_task,
                                                     "planning.worth_moving", worth_moving, NULL};
    char paths[HW_REGISTRY_MOST][64];
    if (moves_are_free) {
        changes[4 + free_moves(changes + 4, paths)] = NULL;
    }
    for (uint64_t number = 0; number < SCENARIOS; number++) {
        char *yaml = random_scenario(number);
        small_world small;
        small_try(&small, yaml, &model, changes);
        assert_true(small.good);
        for (uint64_t r = 0; r < REPLICATIONS; r++) {
            small_run(&small, r);
        }
        small_close(&small);
        free(yaml);
    }
}

/* ---- belief ---- */

static void belief_adds_up(hw_land *land, double now) {
    double *sums = calloc(land->ground.area_count, sizeof *sums);
    assert_non_null(sums);
    for (uint32_t d = 0; d < land->district_count; d++) {
        for (uint32_t i = land->districts[d].first_item; i < land->districts[d].next_parcel; i++) {
            const hw_item *item = &land->ground.items[i];
            if (item->stage <= HW_STAGE_REPORT) {
                sums[item->area] += (double)item->belief_mined * item->area_m2;
            }
        }
    }
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        double books = land->ground.areas[a].belief_m2;
        if (fabs(books - sums[a]) > 1e-6 * (1 + sums[a])) {
            print_error("day %.0f, %s: %.3f m2 are believed to be mined, its open ground says %.3f m2\n", now,
                        land->scenario->hazard_areas.names[a], books, sums[a]);
            fail();
        }
        seen.belief += books > 0 && now > 365;
    }
    free(sums);
}

static void test_what_is_believed_of_an_area_is_the_sum_over_its_open_ground(void **state) {
    (void)state;
    before_planning_too = true;
    hold_on_dice(belief_adds_up, false);
    before_planning_too = false;
    assert_true(seen.belief > 100);
}

/* ---- idle teams and ready work ---- */

static bool waits(const hw_land *land, const hw_team *team, const hw_area *area) {
    const hw_method *method = hw_method_list[team->method];
    if (!area->accessible ||
        (team->choosy && !(hw_operator_works_on(&land->force.operators[team->operator_], area->setting)))) {
        return false;
    }
    for (uint32_t i = 0; i < method->stage_count; i++) {
        if (area->ready[method->stages[i]].head != HW_NOTHING) {
            return true;
        }
    }
    return false;
}

/* Ready work that the team could take, in a district or, HW_NOTHING, anywhere. */
static bool work_waits(const hw_land *land, const hw_team *team, uint32_t district) {
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        if ((district == HW_NOTHING || land->ground.areas[a].district == district) &&
            waits(land, team, &land->ground.areas[a])) {
            return true;
        }
    }
    return false;
}

/* Teams of a planning day stay in their district when that is short of nobody, even if nothing is ready in
 * it: so only the own district is looked at, and all for those that choose their ground. */
static void nobody_is_idle_beside_work(hw_land *land, double now) {
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        const hw_method *method = hw_method_list[team->method];
        if (team->state != HW_TEAM_IDLE || method->stage_count == 0 || method->take != NULL) {
            continue;
        }
        uint32_t where = team->choosy ? HW_NOTHING : team->district;
        if ((team->choosy || team->district != HW_NOTHING) && work_waits(land, team, where)) {
            print_error("day %.0f: team %u of %s is idle beside ready work\n", now, (unsigned)t,
                        hw_method_names[team->method]);
            fail();
        }
        seen.idle += team->district != HW_NOTHING;
        seen.idle_choosy += team->choosy;
    }
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        seen.ready += land->ground.areas[a].ready[HW_STAGE_SURVEY].head != HW_NOTHING;
    }
}

static void test_no_team_is_idle_beside_ready_work_in_its_district(void **state) {
    (void)state;
    hold_on_dice(nobody_is_idle_beside_work, true);
    assert_true(seen.idle > 100 && seen.idle_choosy > 100 && seen.ready > 100);
}

/* The same for teams whose moves cost what they cost, everywhere: the law that debug runs check. */
static void no_idle_team_could_be_at_work(hw_land *land, double now) {
    hw_laws_check_idle(land, now);
    if (land->failed) {
        print_error("day %.0f: %s\n", now, land->failure.message);
        fail();
    }
}

static void test_after_planning_no_team_idles_beside_work_while_its_move_can_be_paid(void **state) {
    (void)state;
    hold_on_dice(no_idle_team_could_be_at_work, false);
}

/* ---- the lists by which work finds teams and teams find work ---- */

static bool is_listed(const hw_land *land, uint32_t index) {
    const hw_team *team = &land->force.teams[index];
    uint32_t next = land->districts[team->district].idle_head[team->method];
    for (uint32_t steps = 0; next != HW_NOTHING && steps <= land->force.team_count; steps++) {
        if (next == index) {
            return true;
        }
        next = land->force.teams[next].next_idle;
    }
    return false;
}

/* Idle teams of a district are in its list, unless they choose their ground; nobody else is. */
static void check_idle_lists(const hw_land *land) {
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        if (team->district == HW_NOTHING) {
            continue;
        }
        bool waits_here = team->state == HW_TEAM_IDLE && !team->choosy;
        assert_int_equal(is_listed(land, t), waits_here);
        seen.listed += waits_here;
        seen.unlisted += team->state == HW_TEAM_IDLE && !waits_here;
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        for (uint32_t m = 0; m < land->force.method_count; m++) {
            bool somebody = land->districts[d].idle_head[m] != HW_NOTHING;
            assert_int_equal(land->districts[d].idle_methods >> m & 1, somebody);
        }
    }
}

/* The ready list of a stage has ground of that stage only, each piece once; what is not in it is as a whole
 * in the hands of the teams that share it. */
static void check_ready_lists(const hw_land *land, uint32_t a) {
    const hw_area *area = &land->ground.areas[a];
    const hw_district_state *d = &land->districts[area->district];
    int64_t of_stage[HW_STAGE_SPLIT + 1] = {0};
    for (uint32_t i = d->first_item; i < d->next_parcel; i++) {
        const hw_item *item = &land->ground.items[i];
        of_stage[item->stage] += item->area == a ? item->area_m2 : 0;
    }
    assert_true(of_stage[HW_STAGE_REPORT] == area->reporting_m2);
    for (uint32_t stage = 0; stage < HW_STAGES; stage++) {
        assert_true(of_stage[stage] == area->open_m2[stage]);
        int64_t waiting = 0, parts = 0;
        double in_hand = 0;
        for (uint32_t i = area->ready[stage].head; i != HW_NOTHING; i = land->ground.items[i].next) {
            assert_int_equal(land->ground.items[i].stage, stage);
            assert_true(land->ground.items[i].left > 0);
            waiting += land->ground.items[i].area_m2;
            parts += (int64_t)land->ground.items[i].area_m2 * land->ground.items[i].left;
        }
        assert_true(parts == area->ready_parts[stage]);
        for (uint32_t t = 0; t < land->force.team_count; t++) {
            const hw_team *team = &land->force.teams[t];
            bool ground = team->item != HW_NOTHING && hw_method_list[team->method]->stage_count > 0;
            const hw_item *item = ground ? &land->ground.items[team->item] : NULL;
            bool here = ground && item->stage == stage && item->area == a;
            in_hand += here && item->left == 0 ? (double)item->area_m2 / item->hands : 0;
            seen.shared += here && item->hands > 1;
        }
        assert_near((double)waiting + in_hand, (double)area->open_m2[stage], 1e-6);
        bool shown = hw_bitset_next(&d->ready[stage], area->rank) == area->rank;
        assert_int_equal(shown, area->accessible && area->ready[stage].head != HW_NOTHING);
        assert_int_equal(d->by_rank[area->rank], a);
        seen.in_hand += in_hand > 0;
    }
}

static void lists_are_whole(hw_land *land, double now) {
    (void)now;
    check_idle_lists(land);
    for (uint32_t a = 0; a < land->ground.area_count; a++) {
        check_ready_lists(land, a);
    }
}

static void test_lists_of_idle_teams_and_of_ready_ground_are_whole(void **state) {
    (void)state;
    before_planning_too = true;
    hold_on_dice(lists_are_whole, false);
    longest_task = "5 days"; /* so that teams often share a block */
    hold_on_dice(lists_are_whole, false);
    longest_task = "40 days";
    before_planning_too = false;
    assert_true(seen.listed > 1000 && seen.unlisted > 100 && seen.in_hand > 1000 && seen.shared > 100);
}

/* ---- where districts are short of teams ---- */

enum { DISTRICTS_MOST = 8 };

typedef struct wants {
    uint32_t targets[DISTRICTS_MOST], posted[DISTRICTS_MOST], lacking;
} wants;

static bool counts(const hw_team *team, uint32_t method) {
    return team->method == method && hw_team_in_service(team) && team->state != HW_TEAM_STOOD_DOWN &&
           !team->choosy;
}

/* Teams with a share of the ground of a stage in the area at a place in the ranking. */
static double hands_on(const hw_land *land, uint32_t place, int stage) {
    double hands = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        bool ground = team->item != HW_NOTHING && hw_method_list[team->method]->stage_count > 0;
        const hw_item *item = ground ? &land->ground.items[team->item] : NULL;
        hands += ground && item->stage == stage && item->area == land->planner.score_order[place];
    }
    return hands;
}

static bool names_operators(const hw_land *land, uint32_t earmark) {
    return hw_stream_terms_of(land, land->earmarks.streams[earmark])->only_operators.count > 0;
}

static uint32_t wanted_by(const hw_land *land, uint32_t earmark, uint32_t method, uint32_t district) {
    return land->earmarks
        .wanted[(earmark * land->force.method_count + method) * land->district_count + district];
}

/* Its operator is named by an earmark that wants teams where it is. */
static bool is_bound(const hw_land *land, const hw_team *team) {
    for (uint32_t e = 0; e < land->earmarks.count && team->district != HW_NOTHING; e++) {
        if (names_operators(land, e) && wanted_by(land, e, team->method, team->district) > 0 &&
            hw_money_may_pay(land, land->earmarks.streams[e], hw_team_kind(&land->force, team))) {
            return true;
        }
    }
    return false;
}

/* Teams that an earmark has in a district, or wants there when it names no operator, by what was planned. */
static uint32_t kept_by(const hw_land *land, uint32_t earmark, uint32_t method, uint32_t district) {
    uint32_t wanted = wanted_by(land, earmark, method, district), there = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        there += counts(team, method) && team->district == district && is_bound(land, team);
    }
    return names_operators(land, earmark) && there < wanted ? there : wanted;
}

/* Worked out again from the ground: first what money for districts alone is for, then down the ranking, each
 * area has a team for each forty days of its work, rounded up, at most the crowd and at most those that could
 * be at work on it, while there are teams. */
static wants wanted_of(const hw_land *land, uint32_t method) {
    wants w = {0};
    uint32_t teams = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        teams += counts(team, method);
        if (counts(team, method) && team->district != HW_NOTHING) {
            w.posted[team->district]++;
        }
    }
    uint32_t kept[DISTRICTS_MOST] = {0};
    for (uint32_t e = 0; e < land->earmarks.count; e++) {
        for (uint32_t d = 0; d < land->district_count; d++) {
            uint32_t more = kept_by(land, e, method, d);
            more = more < teams ? more : teams;
            kept[d] += more;
            w.targets[d] += more;
            teams -= more;
        }
    }
    double crowd = floor(hw_in_force(land, land->scenario->planning.crowding));
    for (uint32_t i = 0; i < land->ground.area_count; i++) {
        const hw_area *area = &land->ground.areas[land->planner.score_order[i]];
        double days = 0, ready = 0, hands = 0;
        for (int stage = 0; stage < HW_STAGES && area->accessible; stage++) {
            double effort = fmax(0, land->force.methods[method].effort[stage]);
            days += (double)area->open_m2[stage] * effort;
            ready += (double)area->ready_parts[stage] / HW_WHOLE * effort;
            hands += effort > 0 ? hands_on(land, i, stage) : 0;
        }
        double could = hands + fmin(crowd, ceil(ready / 40 * (1 - 1e-12)));
        double work = fmin(crowd, ceil(days / 40 * (1 - 1e-12)));
        uint32_t wanted = (uint32_t)fmin(work, could);
        uint32_t there = wanted < kept[area->district] ? wanted : kept[area->district];
        kept[area->district] -= there;
        wanted = wanted - there < teams ? wanted - there : teams;
        w.targets[area->district] += wanted;
        teams -= wanted;
    }
    for (uint32_t d = 0; d < land->district_count; d++) {
        w.lacking += w.targets[d] > w.posted[d] ? w.targets[d] - w.posted[d] : 0;
    }
    return w;
}

/* Where moves are free and districts still lack teams, nobody is left who could go: no idle team without a
 * posting or beyond what its district wants, no district with more than one too many at work, and none with
 * one too many while another has none. */
static void districts_get_the_teams_they_lack(hw_land *land, double now) {
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        if (hw_method_list[m]->waiting != NULL) {
            continue;
        }
        wants w = wanted_of(land, m);
        seen.short_of_teams += w.lacking > 0;
        seen.satisfied += w.lacking == 0;
        bool some_short = false;
        for (uint32_t d = 0; d < land->district_count; d++) {
            uint32_t lack = w.targets[d] > w.posted[d] ? w.targets[d] - w.posted[d] : 0;
            some_short |= lack > 1 || (lack > 0 && w.posted[d] == 0);
        }
        for (uint32_t t = 0; t < land->force.team_count && w.lacking > 0; t++) {
            const hw_team *team = &land->force.teams[t];
            if (!counts(team, m) || is_bound(land, team)) {
                continue;
            }
            uint32_t d = team->district;
            uint32_t spare = d == HW_NOTHING              ? 1
                             : w.posted[d] > w.targets[d] ? w.posted[d] - w.targets[d]
                                                          : 0;
            seen.short_districts += some_short;
            if ((team->state == HW_TEAM_IDLE && spare > 0) ||
                (team->state == HW_TEAM_WORKING && spare > (some_short ? 0 : 1))) {
                print_error("day %.0f: districts lack %u teams of %s, team %u stays\n", now,
                            (unsigned)w.lacking, hw_method_names[m], (unsigned)t);
                fail();
            }
        }
    }
}

static void test_nobody_stays_who_could_go_where_teams_are_lacking(void **state) {
    (void)state;
    worth_moving = "36500 days"; /* posting alone: no idle team is sent to ready work afterwards */
    hold_on_dice(districts_get_the_teams_they_lack, true);
    worth_moving = "3 days";
    assert_true(seen.short_of_teams > 20 && seen.short_districts > 10 && seen.satisfied > 100);
}

/* ---- posting one method moves its own teams only, each once ---- */

enum { TEAMS_MOST = 256 };

/* All teams at the disposal of the planner: at home, with nothing in hand. */
static void call_all_home(hw_land *land, double now) {
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        if (hw_team_in_service(&land->force.teams[t])) {
            hw_team_send_away(land, t, now);
            hw_team_come_home(land, t, now);
        }
    }
}

static int64_t spent_on_moves(const hw_land *land) {
    int64_t cents = 0;
    for (uint32_t y = 0; y < land->calendar.year_count; y++) {
        cents += land->outcome.purpose_year_spent[HW_PURPOSE_MOVES * land->calendar.year_count + y];
    }
    return cents;
}

/* A team at home of a method behind the one being posted: what a loop that goes too far would move. */
static uint32_t sentinel_for(const hw_land *land, uint32_t method) {
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        if (team->method != method && team->state == HW_TEAM_IDLE && team->district == HW_NOTHING) {
            return t;
        }
    }
    return HW_NOTHING;
}

/* The land with the index of teams holding those of one method only, and the sentinel behind them. */
static void post_only(hw_land *land, uint32_t method, double now) {
    uint32_t index[TEAMS_MOST], first[HW_REGISTRY_MOST + 1], before[TEAMS_MOST];
    uint32_t start = land->force.method_teams_first[method], end = land->force.method_teams_first[method + 1];
    assert_true(end - start + 1 < TEAMS_MOST && land->force.team_count < TEAMS_MOST);
    memcpy(index, land->force.method_teams + start, (end - start) * sizeof *index);
    uint32_t sentinel = sentinel_for(land, method);
    index[end - start] = sentinel == HW_NOTHING ? UINT32_MAX / 2 : sentinel; /* far out of all bounds */
    seen.sentinels += sentinel != HW_NOTHING;
    for (uint32_t m = 0; m <= land->force.method_count; m++) {
        first[m] = m <= method ? 0 : end - start;
    }
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        before[t] = land->force.teams[t].district;
    }
    int64_t paid = spent_on_moves(land);
    hw_land only = *land;
    only.force.method_teams = index;
    only.force.method_teams_first = first;
    hw_posting_plan(&only, now);
    double price = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        if (team->district == before[t]) {
            continue;
        }
        assert_int_equal(team->method, method);
        assert_int_equal(team->state, HW_TEAM_MOVING);
        price += 100 * land->force.methods[method].move_cost * land->force.operators[team->operator_].cost;
        seen.moved++;
    }
    assert_near((double)(spent_on_moves(land) - paid), price, 2.0 * land->force.team_count);
}

static void each_method_moves_its_own(hw_land *land, double now) {
    if (land->calendar.month % 7 != 3) {
        return;
    }
    call_all_home(land, now);
    for (uint32_t m = 0; m < land->force.method_count; m++) {
        post_only(land, m, now);
    }
    hw_unspent_note(land); /* more has been spent than the planning day has told of */
}

static void test_posting_a_method_moves_its_own_teams_each_at_most_once(void **state) {
    (void)state;
    hold_on_dice(each_method_moves_its_own, false);
    assert_true(seen.moved > 100 && seen.sentinels > 100);
}

/* ---- what teams have worked ---- */

static uint32_t worked_days, under_work;

/* Field days that are in the books against those that teams have behind them: what they have learnt from, and
 * what is booked of the stretch that they are at. */
static void books_have_the_days_that_were_worked(hw_land *land, double now) {
    double books = land->force.unposted_days[HW_USE_WORKING], worked = 0;
    for (uint32_t d = 0; d < land->district_count; d++) {
        books += land->districts[d].use_days[HW_USE_WORKING];
    }
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        worked += team->experience >= 1e4 ? team->experience - 1e4 : team->experience;
        worked += team->state == HW_TEAM_WORKING ? team->work_booked : 0;
        under_work += team->state == HW_TEAM_WORKING && team->work_booked > 0;
    }
    if (fabs(books - worked) > 1e-6 * (1 + worked)) {
        print_error("day %.0f: %.6f field days are booked, %.6f were worked\n", now, books, worked);
        fail();
    }
    worked_days = (uint32_t)worked;
}

/* Fighting, closures, want of money, breakdowns and a lever that sends teams abroad all interrupt work. */
static void test_field_days_in_the_books_are_those_that_teams_have_worked(void **state) {
    (void)state;
    small_text text = SMALL;
    text.closures =
        "closures:\n  permits: {districts: [South], from: 2021-06-01, to: 2021-07-11, cause: access}\n";
    const char *changes[2 * HW_REGISTRY_MOST + 32] = {
        "streams.State.yearly",
        "{2021-01-01: 3 MUSD}",
        "methods.manual.team.breakdown_after",
        "20 days",
        "districts.North.border",
        "80 %",
        "levers.tension",
        ("{on: 2021-03-01, starts: fighting, fighting_to_tense: 3 /year, tense_to_fighting: 3 /year, "
         "remined: 0 /year}"),
        "levers.expertise_export",
        "{on: 2022-03-01, until: 2023-01-01, share: 40 %, starting_cost: 0 USD}"};
    size_t count = 10;
    char paths[HW_REGISTRY_MOST][64];
    for (uint32_t m = 0; m < hw_methods.count; m++) {
        snprintf(paths[m], sizeof paths[m], "methods.%s.team.attrition", hw_method_names[m]);
        changes[count++] = paths[m];
        changes[count++] = "0 /year"; /* who joins a team brings its experience down */
    }
    changes[count] = NULL;
    hw_model model = hw_land_release;
    model.plan = plan_and_look;
    law = books_have_the_days_that_were_worked;
    small_world small;
    small_open_model(&small, &text, &model, changes);
    for (uint64_t r = 0; r < 10; r++) {
        small_run(&small, r);
        assert_true(worked_days > 1000);
    }
    assert_true(under_work > 100);
    small_close(&small);
}

/* ---- what givers look back on ---- */

enum { MONTHS_MOST = 256 };

typedef struct results {
    int64_t released;
    uint32_t checks, failed;
} results;

static results until_month[MONTHS_MOST];
static uint32_t years_released, years_failed;

static results results_of(const hw_land *land) {
    results all = {0};
    for (uint32_t d = 0; d < land->district_count; d++) {
        const hw_district_state *district = &land->districts[d];
        for (int hazard = 0; hazard < HW_HAZARDS; hazard++) {
            for (int ledger = HW_LEDGER_CANCELLED; ledger < HW_LEDGERS; ledger++) {
                all.released += district->ledger_m2[hazard][ledger];
            }
        }
        all.checks += district->checks;
        all.failed += district->failed_checks;
    }
    return all;
}

static double plan_and_look_back(void *state, double now, hw_queue *queues) {
    hw_land *land = state;
    assert_true(land->calendar.month + 2 < MONTHS_MOST);
    until_month[now > 0 ? land->calendar.month + 1 : 0] = results_of(land);
    double next = hw_land_release.plan(state, now, queues);
    results year = {0}, last = until_month[land->calendar.month],
            first = until_month[land->calendar.month > 12 ? land->calendar.month - 12 : 0];
    for (uint32_t slot = 0; slot < 12; slot++) {
        year.released += land->past_year.released_m2[slot];
        year.checks += land->past_year.checks[slot];
        year.failed += land->past_year.failed[slot];
    }
    assert_true(year.released == last.released - first.released);
    assert_int_equal(year.checks, last.checks - first.checks);
    assert_int_equal(year.failed, last.failed - first.failed);
    years_released += land->calendar.month > 12 && year.released > 0;
    years_failed += land->calendar.month > 12 && year.failed > 0;
    return next;
}

static void test_givers_look_back_on_the_last_twelve_months(void **state) {
    (void)state;
    hw_model model = hw_land_release;
    model.plan = plan_and_look_back;
    for (uint64_t number = 0; number < SCENARIOS; number++) {
        char *yaml = random_scenario(number);
        small_world small;
        small_try(&small, yaml, &model, NULL);
        assert_true(small.good);
        small_run(&small, 0);
        small_close(&small);
        free(yaml);
    }
    assert_true(years_released > 100 && years_failed > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_believed_of_an_area_is_the_sum_over_its_open_ground),
        cmocka_unit_test(test_no_team_is_idle_beside_ready_work_in_its_district),
        cmocka_unit_test(test_after_planning_no_team_idles_beside_work_while_its_move_can_be_paid),
        cmocka_unit_test(test_lists_of_idle_teams_and_of_ready_ground_are_whole),
        cmocka_unit_test(test_nobody_stays_who_could_go_where_teams_are_lacking),
        cmocka_unit_test(test_posting_a_method_moves_its_own_teams_each_at_most_once),
        cmocka_unit_test(test_givers_look_back_on_the_last_twelve_months),
        cmocka_unit_test(test_field_days_in_the_books_are_those_that_teams_have_worked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Checks area, money, places and teams against their sums. */
#include "models/laws.h"
#include "models/contracts.h"
#include "models/method.h"
#include "models/money.h"
#include "models/planner.h"
#include "models/teams.h"
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void hw_laws_broken(hw_land *land, double now, const char *format, ...) {
    if (land->failed) {
        return;
    }
    land->failed = true;
    land->failure.time = now;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(land->failure.message, sizeof land->failure.message, format, arguments);
    va_end(arguments);
}

/* Five ledgers add up to the baseline and what was found later, for each hazard; and `remaining` is what is
 * open on the ground. */
static void check_area(hw_land *land, uint32_t district, double now) {
    const hw_district_state *d = &land->districts[district];
    const char *name = land->scenario->districts.names[district];
    int64_t remaining = 0;
    for (int hazard = 0; hazard < HW_HAZARDS; hazard++) {
        int64_t sum = 0;
        for (int ledger = 0; ledger < HW_LEDGERS; ledger++) {
            sum += d->ledger_m2[hazard][ledger];
        }
        int64_t whole = d->baseline_m2[hazard] + d->new_m2[hazard];
        if (sum != whole) {
            hw_laws_broken(land, now,
                           "area is not conserved in %s: ledgers %" PRId64 " m2, baseline and new %" PRId64
                           " m2",
                           name, sum, whole);
        }
        remaining += d->ledger_m2[hazard][HW_LEDGER_REMAINING];
    }
    int64_t open = 0;
    for (uint32_t i = 0; i < d->area_count; i++) {
        uint32_t a = d->areas[i];
        open += land->ground.areas[a].reporting_m2;
        for (int stage = 0; stage < HW_STAGES; stage++) {
            if (land->ground.areas[a].open_m2[stage] < 0) {
                hw_laws_broken(land, now, "negative open area in %s", land->scenario->hazard_areas.names[a]);
            }
            open += land->ground.areas[a].open_m2[stage];
        }
    }
    if (open != remaining) {
        hw_laws_broken(land, now, "open ground in %s is %" PRId64 " m2, the ledger says %" PRId64 " m2", name,
                       open, remaining);
    }
}

static bool is_open(const hw_item *item) {
    return item->stage <= HW_STAGE_REPORT;
}

/* Walks over all ground of a district: counts of pieces, area and items against the books. */
static void check_ground(hw_land *land, uint32_t district, double now) {
    const hw_district_state *d = &land->districts[district];
    const char *name = land->scenario->districts.names[district];
    int64_t hidden[HW_ITEM_TYPES] = {0}, missed[HW_ITEM_TYPES] = {0};
    uint32_t open_items = 0;
    int64_t open_m2 = 0, ready_parts = 0, counted_parts = 0, in_caches = 0;
    if (d->next_parcel > d->end_item) {
        hw_laws_broken(land, now, "more parcels in %s than there is room for", name);
        return;
    }
    for (uint32_t i = d->first_item; i < d->next_parcel; i++) {
        const hw_item *item = &land->ground.items[i];
        open_items += is_open(item);
        open_m2 += is_open(item) ? item->area_m2 : 0;
        ready_parts += item->stage < HW_STAGES ? (int64_t)item->area_m2 * item->left : 0;
        in_caches += item->cache_missed ? item->cache : 0;
        for (int type = 0; type < HW_ITEM_TYPES; type++) {
            hidden[type] += item->hidden[type];
            missed[type] += item->missed[type];
        }
    }
    for (uint32_t i = d->sent.head; i != HW_NOTHING; i = land->ground.items[i].next) {
        ready_parts -= (int64_t)land->ground.items[i].area_m2 * land->ground.items[i].left;
    }
    for (uint32_t i = 0; i < d->area_count * HW_STAGES; i++) {
        counted_parts += land->ground.areas[d->areas[i / HW_STAGES]].ready_parts[i % HW_STAGES];
    }
    if (ready_parts != counted_parts) {
        hw_laws_broken(land, now, "ready ground of %s is not what its areas have counted", name);
    }
    int64_t remaining = d->ledger_m2[HW_HAZARD_MINED][HW_LEDGER_REMAINING] +
                        d->ledger_m2[HW_HAZARD_BATTLE][HW_LEDGER_REMAINING];
    if (open_items != d->open_items || open_m2 != remaining) {
        hw_laws_broken(land, now,
                       "%s has %" PRIu32 " open pieces of %" PRId64 " m2, its books say %" PRIu32
                       " of %" PRId64 " m2",
                       name, open_items, open_m2, d->open_items, remaining);
    }
    if (in_caches != d->missed_in_caches) {
        hw_laws_broken(land, now, "missed caches in the ground of %s: %" PRId64 " items, books %" PRId64,
                       name, in_caches, d->missed_in_caches);
    }
    for (int type = 0; type < HW_ITEM_TYPES; type++) {
        const int64_t *books = d->items[type];
        int64_t accounted = books[HW_STATE_FOUND] + books[HW_STATE_EXPLODED] + books[HW_STATE_MISSED] +
                            books[HW_STATE_REMAINING];
        if (books[HW_STATE_LAID] != accounted) {
            hw_laws_broken(land, now,
                           "items of type %d are not conserved in %s: laid %" PRId64
                           ", accounted for %" PRId64,
                           type, name, books[HW_STATE_LAID], accounted);
        }
        int64_t waiting = d->spot_tasks[type] + d->spots_in_hand[type];
        if (hidden[type] != books[HW_STATE_REMAINING] || missed[type] + waiting != books[HW_STATE_MISSED]) {
            hw_laws_broken(land, now,
                           "items of type %d in the ground of %s: %" PRId64 " hidden and %" PRId64
                           " missed, books %" PRId64 " and %" PRId64,
                           type, name, hidden[type], missed[type] + waiting, books[HW_STATE_REMAINING],
                           books[HW_STATE_MISSED]);
        }
    }
}

/* Each unspent cent has one reason. */
static void check_unspent(hw_land *land, uint32_t s, double now) {
    const hw_stream_state *stream = &land->money.streams[s];
    if (hw_stream_terms_of(land, s)->pays != HW_PAYS_CLEARANCE) {
        return;
    }
    int64_t told = 0, unspent = stream->lapsed + stream->returned + stream->balance;
    uint32_t years = land->calendar.year_count;
    const size_t first = (size_t)s * HW_UNSPENT_REASONS;
    for (size_t i = first; i < first + HW_UNSPENT_REASONS; i++) {
        told += land->growth.unspent[i];
        for (uint32_t y = 0; y < years; y++) {
            told += land->growth.given_up[i * years + y];
        }
    }
    unspent += land->growth.closed ? stream->retained : 0;
    if (told != unspent) {
        hw_laws_broken(land, now,
                       "of stream %s %" PRId64 " cents are unspent, and reasons are told of %" PRId64,
                       land->scenario->streams.names[s], unspent, told);
    }
}

static void check_money(hw_land *land, double now) {
    int64_t by_stream = 0, by_purpose = 0;
    for (uint32_t s = 0; s < land->money.stream_count; s++) {
        const hw_stream_state *stream = &land->money.streams[s];
        int64_t year_spent = 0;
        for (uint32_t y = 0; y < land->calendar.year_count; y++) {
            year_spent += land->outcome.stream_year_spent[s * land->calendar.year_count + y];
        }
        bool in_out =
            stream->disbursed == stream->spent + stream->lapsed + stream->returned + stream->balance;
        bool pledge = stream->pledged >= stream->disbursed + stream->retained + stream->dropped;
        if (!in_out || !pledge || stream->balance < 0 || year_spent != stream->spent) {
            hw_laws_broken(land, now,
                           "money is not conserved in stream %s: disbursed %" PRId64 " cents, spent %" PRId64
                           ", held %" PRId64,
                           land->scenario->streams.names[s], stream->disbursed, stream->spent,
                           stream->balance);
        }
        by_stream += stream->spent;
        check_unspent(land, s, now);
    }
    for (uint32_t i = 0; i < HW_PURPOSES * land->calendar.year_count; i++) {
        by_purpose += land->outcome.purpose_year_spent[i];
    }
    if (by_stream != by_purpose) {
        hw_laws_broken(land, now, "spent by stream %" PRId64 " cents, by purpose %" PRId64, by_stream,
                       by_purpose);
    }
}

/* Each piece of ground has as many hands on it as teams have taken a share of it. */
static void check_hands(hw_land *land, double now) {
    bool wrong = false;
    for (int counting = 1; counting >= 0; counting--) {
        for (uint32_t t = 0; t < land->force.team_count; t++) {
            const hw_team *team = &land->force.teams[t];
            if (team->item != HW_NOTHING && hw_method_list[team->method]->stage_count > 0) {
                hw_item *item = &land->ground.items[team->item];
                item->hands = (uint16_t)(item->hands + (counting ? -1 : 1));
            }
        }
        for (uint32_t t = 0; t < land->force.team_count && counting; t++) {
            const hw_team *team = &land->force.teams[t];
            wrong |= team->item != HW_NOTHING && hw_method_list[team->method]->stage_count > 0 &&
                     land->ground.items[team->item].hands != 0;
        }
    }
    if (wrong) {
        hw_laws_broken(land, now, "ground is worked on by more teams, or by fewer, than have taken a share");
    }
}

/* Each team has had one use on each day since its order. */
static void check_teams(hw_land *land, double now) {
    double expected = 0, booked = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        expected += fmax(0, team->since - fmax(0, team->since_order));
    }
    for (int use = 0; use < HW_USES; use++) {
        booked += land->force.unposted_days[use];
        for (uint32_t d = 0; d < land->district_count; d++) {
            booked += land->districts[d].use_days[use];
        }
    }
    if (fabs(expected - booked) > 1e-6 * (1 + expected)) {
        hw_laws_broken(land, now, "team-days are not conserved: %.6f since the orders, %.6f booked", expected,
                       booked);
    }
}

static void check_places(hw_land *land, double now) {
    for (uint32_t p = 0; p < land->place_count; p++) {
        const hw_place_state *place = &land->places[p];
        double charged = 0;
        for (int cause = 0; cause < HW_CAUSES; cause++) {
            charged += place->delay[cause];
        }
        double to = place->delay_from;
        if (place->planned_houses < 1 && !isnan(place->release_day)) {
            to = fmin(to, place->release_day);
        } else if (!isnan(place->first_return_day) && !isnan(place->release_day)) {
            to = fmin(to, fmax(place->first_return_day, place->release_day));
        }
        double whole = fmax(0, to - place->delay_start);
        if (fabs(charged - whole) > 1e-6 * (1 + whole)) {
            hw_laws_broken(land, now, "the delay ledger of %s does not add up: %.6f days charged of %.6f",
                           land->scenario->places.names[p], charged, whole);
        }
        if (place->people < 0 || place->people > place->planned_people + place->household) {
            hw_laws_broken(land, now, "%s has %.1f people", land->scenario->places.names[p], place->people);
        }
    }
}

/* Items that teams on call are on their way to: no longer tasks that wait, not yet found. */
static void count_spots_in_hand(hw_land *land) {
    for (uint32_t d = 0; d < land->district_count; d++) {
        memset(land->districts[d].spots_in_hand, 0, sizeof land->districts[d].spots_in_hand);
    }
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        if (hw_method_list[team->method]->on_call && team->item != HW_NOTHING) {
            land->districts[team->district].spots_in_hand[team->item]++;
        }
    }
}

/* Ready ground of a stage in a district, counted piece by piece. */
static double ready_m2(const hw_land *land, uint32_t district, uint32_t stage) {
    const hw_district_state *d = &land->districts[district];
    double m2 = 0;
    for (uint32_t i = 0; i < d->area_count; i++) {
        const hw_area *area = &land->ground.areas[d->areas[i]];
        for (uint32_t item = area->accessible ? area->ready[stage].head : HW_NOTHING; item != HW_NOTHING;
             item = land->ground.items[item].next) {
            m2 += (double)land->ground.items[item].area_m2 * land->ground.items[item].left / HW_WHOLE;
        }
    }
    return m2;
}

/* What teams on their way to a district may take of a stage there. */
static double promised_m2(const hw_land *land, uint32_t district, uint32_t stage) {
    double m2 = 0;
    for (uint32_t t = 0; t < land->force.team_count; t++) {
        const hw_team *team = &land->force.teams[t];
        double effort = land->force.methods[team->method].effort[stage];
        if (team->state == HW_TEAM_MOVING && team->district == district && effort > 0) {
            m2 += HW_POSTING_DAYS / effort;
        }
    }
    return m2;
}

/* Field days of work that a team could start in a district and nobody else will. */
static double days_to_take(const hw_land *land, const hw_team *team, uint32_t district) {
    const hw_method *method = hw_method_list[team->method];
    double days = 0;
    for (uint32_t i = 0; i < method->stage_count; i++) {
        uint32_t stage = method->stages[i];
        double there = ready_m2(land, district, stage);
        there -= there > 0 && district != team->district ? promised_m2(land, district, stage) : 0;
        days += fmax(0, there) * land->force.methods[team->method].effort[stage];
    }
    return days;
}

void hw_laws_check_idle(hw_land *land, double now) {
    double worth = hw_in_force(land, land->scenario->planning.worth_moving);
    for (uint32_t t = 0; t < land->force.team_count && !land->failed; t++) {
        const hw_team *team = &land->force.teams[t];
        const hw_method *method = hw_method_list[team->method];
        if (team->state != HW_TEAM_IDLE || team->choosy || method->stage_count == 0 || method->take != NULL) {
            continue;
        }
        for (uint32_t d = 0; d < land->district_count; d++) {
            double days = days_to_take(land, team, d);
            hw_bill move = hw_bill_of_move(land, team, d);
            if (d == team->district ? days > 0 : days > worth * (1 + 1e-9) && hw_money_covers(land, &move)) {
                hw_laws_broken(land, now, "a team of %s is idle beside %.1f field days of ready work in %s",
                               hw_method_names[team->method], days, land->scenario->districts.names[d]);
            }
        }
    }
}

void hw_laws_check(hw_land *land, double now) {
    count_spots_in_hand(land);
    for (uint32_t d = 0; d < land->district_count; d++) {
        check_area(land, d, now);
        check_ground(land, d, now);
    }
    check_money(land, now);
    hw_contracts_check(land, now);
    check_hands(land, now);
    check_teams(land, now);
    check_places(land, now);
}

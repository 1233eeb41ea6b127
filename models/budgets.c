/* Yearly money. A budget year runs for twelve months, or to the next entry when that comes earlier; an entry
 * repeats until the next one. Its parts are due on the first day and on the first of each month after it.
 * They are paid in order, each when it has come and the condition holds; parts that are late may come when
 * their own budget year is long over. Of budget years that begin before the start, what was due before it is
 * no part of the world. */
#include "models/dated.h"
#include "models/income.h"
#include "models/land.h"
#include "sim/date.h"
#include <assert.h>
#include <math.h>

/* Days between two parts, at least. A year that begins late in a month lasts eleven months and a bit: hence
 * the 330 days below. */
static const double PART_DAYS = 28;

uint32_t hw_budget_years_most(const hw_stream_terms *terms, double horizon) {
    return terms->yearly.count > 0 ? terms->yearly.count + (uint32_t)(horizon / 330) + 2 : 0;
}

static hw_budget_year *year_of(const hw_land *land, const hw_stream_state *stream, uint32_t year) {
    assert(stream->first_year + year < land->money.budget_year_count);
    return &land->money.budget_years[stream->first_year + year];
}

static int64_t first_date(const hw_land *land, const hw_budget_year *year) {
    return land->scenario->start + (int64_t)year->start;
}

static bool expects_a_part(const hw_stream_state *stream) {
    return stream->paying < stream->years;
}

/* When the next part is due, and when it comes. Never before the one that went before it. */
static void expect_part(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms) {
    if (!expects_a_part(stream)) {
        return;
    }
    const hw_budget_year *year = year_of(land, stream, stream->paying);
    int64_t due = first_date(land, year);
    if (stream->tranche > 0) {
        due = hw_date_next_month(due, (int32_t)stream->tranche);
    }
    stream->next_tranche_day = (double)(due - land->scenario->start);
    double late = hw_income_lateness(land, stream, terms, PART_DAYS, (uint64_t)due);
    stream->arrival_day = fmax(stream->arrival_day, stream->next_tranche_day + late);
}

/* The amount of the next part; the one after it is next then. */
static int64_t take_part(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms) {
    const hw_budget_year *year = year_of(land, stream, stream->paying);
    assert(expects_a_part(stream) && stream->tranche < year->parts && year->cents >= 0);
    int64_t upto = year->cents * (stream->tranche + 1) / year->parts;
    int64_t before = year->cents * stream->tranche / year->parts;
    stream->tranche++;
    if (stream->tranche == year->parts) {
        stream->paying++;
        stream->tranche = 0;
    }
    expect_part(land, stream, terms);
    assert(upto >= before);
    return upto - before;
}

/* The end of a budget year that begins on a date, and the entry that holds for it. */
static int64_t end_of_year(const hw_dated_list *list, int64_t first, uint32_t *entry) {
    while (*entry + 1 < list->count && list->items[*entry + 1].day <= first) {
        (*entry)++;
    }
    int64_t next = hw_date_next_month(first, 12);
    bool cut = *entry + 1 < list->count && list->items[*entry + 1].day < next;
    return cut ? list->items[*entry + 1].day : next;
}

static uint32_t parts_until(int64_t first, int64_t end) {
    uint32_t parts = 1;
    while (hw_date_next_month(first, (int32_t)parts) < end) {
        parts++;
    }
    return parts;
}

/* The budget year that runs on the first day of the world. */
typedef struct running_year {
    int64_t first, rest; /* its first day; that of its first part from the start on: maybe of the next year */
    uint32_t parts, left;
} running_year;

static running_year year_at(int64_t start, const hw_dated_list *list) {
    uint32_t entry = 0;
    int64_t first = list->items[0].day, end = end_of_year(list, first, &entry);
    while (end <= start) {
        first = end;
        end = end_of_year(list, first, &entry);
    }
    running_year year = {.first = first, .rest = first, .parts = parts_until(first, end)};
    for (year.left = year.parts; year.rest < start; year.left--) {
        year.rest = hw_date_next_month(first, (int32_t)(year.parts - year.left + 1));
    }
    year.rest = year.left == 0 ? end : year.rest;
    return year;
}

static void open_year(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms) {
    const hw_dated_list *list = &terms->yearly;
    hw_budget_year *year = year_of(land, stream, stream->years);
    year->start = stream->expiry_day;
    int64_t first = first_date(land, year);
    running_year whole = {.first = first, .parts = 1, .left = 1};
    if (stream->years == 0) {
        whole = year_at(land->scenario->start, list);
    }
    bool cut = whole.left > 0 && whole.left < whole.parts;
    int64_t next = end_of_year(list, cut ? whole.first : first, &stream->entry);
    year->parts = parts_until(first, next);
    double times, share = cut ? (double)whole.left / whole.parts : 1;
    hw_value_id amount = hw_dated_base(land, list, stream->entry, &times);
    double offered = share * times * (double)hw_income_offered(land, stream, terms, amount);
    double factor = hw_dated_factor(land, &terms->factor, cut ? whole.first : first);
    year->cents = stream->withdrawn ? 0 : llround(offered * factor * stream->times);
    assert(year->parts > 0 && year->cents >= 0 && next > first);
    stream->pledged += year->cents;
    stream->committed += year->cents;
    stream->expiry_day = hw_income_day_of(land, next);
    stream->years++;
    if (stream->paying + 1 == stream->years) {
        expect_part(land, stream, terms); /* nothing was outstanding */
    }
}

void hw_budget_begin(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms) {
    stream->expiry_day = hw_income_day_of(land, year_at(land->scenario->start, &terms->yearly).rest);
    stream->booked_to = -HUGE_VAL;
    stream->arrival_day = -HUGE_VAL;
}

static bool is_late(const hw_stream_state *stream) {
    return stream->arrival_day > stream->next_tranche_day;
}

/* A part that comes on its day belongs to its own budget year; one that comes late, to the year of the
 * planning day on which it is seen. One that was refused before the year's end is lost with it. */
static bool comes_before_the_end(const hw_stream_state *stream) {
    return !is_late(stream) && stream->arrival_day < stream->expiry_day;
}

/* What still waits at the end of a budget year is not paid; what is on its way is. */
static void end_year(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms) {
    while (expects_a_part(stream) &&
           (stream->arrival_day <= stream->booked_to || comes_before_the_end(stream))) {
        stream->dropped += take_part(land, stream, terms);
    }
    hw_income_give_up(land, stream, terms);
}

static void withdraw(hw_stream_state *stream) {
    assert(!stream->withdrawn && stream->pledged >= stream->disbursed);
    stream->withdrawn = true;
    stream->dropped = stream->pledged - stream->disbursed;
    stream->paying = stream->years;
    stream->tranche = 0;
}

void hw_budget_book(hw_land *land, hw_stream_state *stream, const hw_stream_terms *terms, double now) {
    if (now >= stream->drop_day && !stream->withdrawn) {
        withdraw(stream);
    }
    double first_day = hw_income_day_of(land, terms->yearly.items[0].day);
    bool holds = hw_income_condition_holds(land, stream, terms, first_day, now);
    for (;;) {
        bool year_over = now >= stream->expiry_day;
        bool fresh = stream->arrival_day > stream->booked_to && comes_before_the_end(stream);
        if (holds && expects_a_part(stream) && now >= stream->arrival_day && (fresh || !year_over)) {
            int64_t part = take_part(land, stream, terms);
            assert(part >= 0 && stream->disbursed + part <= stream->pledged);
            stream->disbursed += part;
            stream->balance += part;
        } else if (year_over) {
            end_year(land, stream, terms);
            open_year(land, stream, terms);
        } else {
            break;
        }
    }
    stream->booked_to = now;
}

/* ---- As planners see it ---- */

static const double YEAR = 365.2425;

double hw_budget_a_year(const hw_land *land, const hw_stream_state *stream) {
    if (stream->years == 0 || stream->withdrawn) {
        return 0;
    }
    const hw_budget_year *year = year_of(land, stream, stream->years - 1);
    return (double)year->cents / 100 * 12 / year->parts;
}

static double trust_in(const hw_land *land, const hw_stream_terms *terms) {
    const hw_capacity_terms *capacity = &land->scenario->capacity;
    bool state = terms->kind == HW_STREAM_STATE;
    return hw_in_force(land, state                       ? capacity->trust_state
                             : hw_income_is_given(terms) ? capacity->trust_donors
                                                         : capacity->trust_private);
}

/* The parts of this year that are still to come, and then as much each year: of the entries that are to
 * follow, planners know nothing yet. */
double hw_budget_in_sight(const hw_land *land, const hw_stream_state *stream, const hw_stream_terms *terms,
                          double now, double until) {
    if (stream->withdrawn) {
        return 0;
    }
    double outstanding = fmax(0, (double)(stream->pledged - stream->disbursed - stream->dropped) / 100);
    double years = fmax(0, until - fmax(now, stream->expiry_day)) / YEAR;
    return outstanding + years * hw_budget_a_year(land, stream) * trust_in(land, terms);
}

/* The list of all sheets of a summary, and which of them are built. */
#include "analysis/summary/summary.h"
#include "analysis/base/memory.h"
#include "analysis/results/question.h"
#include "analysis/summary/parts.h"
#include "sim/length.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define AMOUNT .build = hw_summary_amounts
#define PEOPLE .units = "persons", .scale = 1
#define MONEY .units = "million USD", .scale = 1e-6, .decimals = 1
#define LAND .units = "ha", .scale = 1e-4 /* from m2 */

/* In the order in which they are read. A sheet whose variable the outcomes do not have is left out. */
static const hw_summary_sheet sheets[] = {
    {.name = "place_facts",
     .title = "Places before the start: facts, not forecasts",
     .build = hw_summary_facts,
     .variable = "place_release_day"},
    {.name = "place_release",
     .title = "Release of places",
     .build = hw_summary_dates,
     .variable = "place_release_day"},
    {.name = "place_release_by",
     .title = "Probability that a place is released by the end of a day, %",
     .build = hw_summary_probabilities,
     .variable = "place_release_day"},
    {.name = "place_delay",
     .title = "What holds places back: days by cause from a place's start to its release (housing: from "
              "there to the "
              "first return)",
     AMOUNT,
     .variable = "place_delay_days",
     .units = "days",
     .scale = 1},
    {.name = "place_first_return",
     .title = "First families back in places",
     .build = hw_summary_dates,
     .variable = "place_first_return_day",
     .lived_in = true},
    {.name = "place_people",
     .title = "People living in places at the end of the year",
     AMOUNT,
     .variable = "place_people",
     .lived_in = true,
     PEOPLE,
     .show = HW_SHOW_CROSS_RANGE,
     .label = "place",
     .across = "year"},
    {.name = "district_completion",
     .title = "Completion of districts (all known hazard areas released)",
     .build = hw_summary_dates,
     .variable = "district_completion_day"},
    {.name = "district_completion_by",
     .title = "Probability that a district is complete by the end of a day, %",
     .build = hw_summary_probabilities,
     .variable = "district_completion_day"},
    {.name = "people_back",
     .title = "People back at the end of the year, all places",
     AMOUNT,
     .variable = "people_back",
     .peopled = true,
     PEOPLE,
     .show = HW_SHOW_LIST,
     .label = "year"},
    {.name = "people_employed",
     .title = "People employed in mine action at the end of the year",
     AMOUNT,
     .variable = "people_employed",
     PEOPLE,
     .show = HW_SHOW_LIST,
     .label = "year"},
    {.name = "money_by_stream",
     .title = "Money by stream until the horizon, million USD (mean)",
     AMOUNT,
     .variable = "stream_usd",
     MONEY,
     .show = HW_SHOW_CROSS_MEAN,
     .label = "stream",
     .across = "fate"},
    {.name = "spending_by_stream",
     .title = "Money spent in the year by stream, million USD (mean)",
     AMOUNT,
     .variable = "stream_spent_usd",
     MONEY,
     .show = HW_SHOW_CROSS_MEAN,
     .label = "stream",
     .across = "year"},
    {.name = "spending_by_purpose",
     .title = "Money spent until the horizon by purpose, million USD",
     AMOUNT,
     .variable = "purpose_spent_usd",
     MONEY,
     .time = HW_TIME_SUM,
     .show = HW_SHOW_LIST,
     .label = "purpose"},
    {.name = "spending_by_purpose_and_year",
     .title = "Money spent in the year by purpose, million USD (mean)",
     AMOUNT,
     .variable = "purpose_spent_usd",
     MONEY,
     .show = HW_SHOW_CROSS_MEAN,
     .label = "purpose",
     .across = "year"},
    {.name = "unspent",
     .title =
         "Money for clearance that lapsed, was returned or is held at the horizon, by reason, million USD",
     AMOUNT,
     .variable = "unspent_year_usd",
     MONEY,
     .time = HW_TIME_SUM,
     .show = HW_SHOW_LIST,
     .label = "reason"},
    {.name = "unspent_by_year",
     .title =
         "Money for clearance that lapsed, was returned or is held, by reason and year, million USD (mean)",
     AMOUNT,
     .variable = "unspent_year_usd",
     MONEY,
     .show = HW_SHOW_CROSS_MEAN,
     .label = "reason",
     .across = "year"},
    {.name = "unspent_by_stream",
     .title = "Money for clearance that lapsed, was returned or is held, by stream, reason and year",
     AMOUNT,
     .variable = "unspent_usd",
     MONEY},
    {.name = "contracts",
     .title = "Ground that firms worked by contract until the horizon, accepted and paid, ha",
     AMOUNT,
     .variable = "contract_m2",
     LAND,
     .time = HW_TIME_SUM,
     .show = HW_SHOW_LIST,
     .label = "job"},
    {.name = "casualties",
     .title = "Casualties until the horizon, persons",
     AMOUNT,
     .variable = "victims",
     PEOPLE,
     .mean_decimals = 1,
     .time = HW_TIME_LAST,
     .show = HW_SHOW_LIST,
     .label = "victim"},
    {.name = "casualties_by_year",
     .title = "Casualties from the start to the end of the year, persons (mean)",
     AMOUNT,
     .variable = "victims",
     PEOPLE,
     .mean_decimals = 1,
     .show = HW_SHOW_CROSS_MEAN,
     .label = "year",
     .across = "victim"},
    {.name = "area",
     .title = "Suspected land, ha",
     AMOUNT,
     .variable = "suspected_m2",
     LAND,
     .show = HW_SHOW_LIST},
    {.name = "area",
     .title = "Suspected land, ha",
     AMOUNT,
     .variable = "new_area_m2",
     LAND,
     .show = HW_SHOW_LIST},
    {.name = "ledgers",
     .title = "Ledgers of land at the end of the year, ha (mean)",
     AMOUNT,
     .variable = "ledger_m2",
     LAND,
     .show = HW_SHOW_CROSS_MEAN,
     .label = "year",
     .across = "ledger"},
    {.name = "land_by_year",
     .title = "Suspected land left at the end of the year, released in it and found anew in it, ha",
     .build = hw_summary_land,
     .variable = "ledger_m2",
     .land_alone = true,
     LAND},
    {.name = "all_districts",
     .title = "Completion of all districts (nothing that is known is left anywhere)",
     .build = hw_summary_last,
     .variable = "district_completion_day",
     .land_alone = true},
    {.name = "items_found",
     .title = "Items found from the start to the end of the year (mean)",
     AMOUNT,
     .variable = "found",
     .units = "items",
     .scale = 1,
     .show = HW_SHOW_CROSS_MEAN,
     .label = "year",
     .across = "item"},
    {.name = "district_ledgers",
     .title = "Ledgers of land by district and hazard at the end of the period, ha",
     AMOUNT,
     .variable = "district_ledger_m2",
     LAND},
    {.name = "district_people",
     .title = "People living in districts at the end of the period",
     AMOUNT,
     .variable = "district_people",
     PEOPLE},
    {.name = "district_casualties",
     .title = "Casualties by district from the start to the end of the period",
     AMOUNT,
     .variable = "district_victims",
     PEOPLE,
     .mean_decimals = 1},
    {.name = "district_items_found",
     .title = "Items found by district from the start to the end of the period",
     AMOUNT,
     .variable = "district_found",
     .units = "items",
     .scale = 1},
    {.name = "district_items",
     .title = "Items by district and state at the horizon",
     AMOUNT,
     .variable = "district_items",
     .units = "items",
     .scale = 1},
    {.name = "district_asset_days",
     .title = "Team-days by district and use from the start to the end of the period",
     AMOUNT,
     .variable = "district_asset_days",
     .units = "days",
     .scale = 1},
    {.name = "unposted_asset_days",
     .title = "Team-days by use before the first posting",
     AMOUNT,
     .variable = "unposted_asset_days",
     .units = "days",
     .scale = 1},
};

/* With one place asked for, only sheets about it. */
static bool tells_of_place(const hw_summary_frame *frame, const hw_variable *variable) {
    for (uint32_t i = 0; i < variable->rank; i++) {
        const char *axis = frame->outcomes->layout->axes[variable->axis[i]].name;
        if ((strcmp(axis, "place") == 0 && frame->place != UINT32_MAX) ||
            (strcmp(axis, "district") == 0 && frame->district != UINT32_MAX)) {
            return true;
        }
    }
    return false;
}

static bool is_named(const char *const *names, const char *name) {
    for (; names != NULL && *names != NULL; names++) {
        if (strcmp(*names, name) == 0) {
            return true;
        }
    }
    return names == NULL;
}

static bool is_wanted(const hw_summary_sheet *sheet, const hw_summary_frame *frame,
                      const hw_summary_wish *wish) {
    if (!is_named(wish->only, sheet->name)) {
        return false;
    }
    bool alone = hw_outcomes_of_land_alone(frame->outcomes);
    if ((sheet->land_alone && !alone) || ((sheet->lived_in || sheet->peopled) && alone)) {
        return false;
    }
    const hw_variable *variable = hw_record_find(frame->outcomes->layout, sheet->variable);
    if (variable == NULL || (frame->one_place && !tells_of_place(frame, variable))) {
        return false;
    }
    bool on_terminal = sheet->build != hw_summary_amounts || sheet->show != HW_SHOW_NOT;
    return on_terminal || !wish->terminal_only;
}

static hw_status build_sheets(hw_book *book, const hw_summary_frame *frame, const hw_summary_wish *wish,
                              hw_errors *errors) {
    uint32_t before = book->count;
    for (size_t i = 0; i < HW_LENGTH(sheets); i++) {
        if (!is_wanted(&sheets[i], frame, wish)) {
            continue;
        }
        hw_status status = sheets[i].build(book, &sheets[i], frame, errors);
        if (status != HW_OK) {
            return status;
        }
    }
    if (book->count > before) {
        return HW_OK;
    }
    hw_errors_say(errors, "the result file of the model %s holds nothing that the summary knows",
                  frame->outcomes->model);
    return HW_ERROR_IO;
}

hw_status hw_summary_build(hw_book *book, const hw_outcomes *outcomes, const hw_summary_wish *wish,
                           hw_errors *errors) {
    if (outcomes->count == 0) {
        hw_errors_say(errors, "no replication is good (%" PRIu64 " failed): there is nothing to tell",
                      outcomes->failed_count);
        return HW_ERROR_LAW;
    }
    hw_summary_frame frame = {.outcomes = outcomes,
                              .every_year = wish->every_year || wish->place != NULL,
                              .one_place = wish->place != NULL};
    hw_status status = hw_question_check_dates(outcomes, wish->by, wish->by_count, errors);
    if (wish->place != NULL &&
        hw_question_place(outcomes, wish->place, &frame.place, &frame.district, errors) != HW_OK) {
        status = HW_ERROR_INPUT;
    }
    if (status != HW_OK) {
        return status;
    }
    int64_t *days = hw_question_dates(outcomes, wish->by, wish->by_count, &frame.by_count);
    frame.by = days;
    hw_summary_add_about(book, outcomes);
    hw_summary_add_money(book, outcomes);
    status = build_sheets(book, &frame, wish, errors);
    free(days);
    return status;
}

/* The keys of who works: operators, their teams, schools, and how the planner decides. Sources in square
 * brackets are expanded in scenarios/SOURCES.md. */
#include "models/method.h"
#include "models/rule.h"
#include "models/terms.h"
#include "sim/length.h"

static const hw_key operator_keys[] = {
    {.name = "access_from",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_operator, access_from),
     .before_start = "asks at once, or has asked before",
     .meaning = "Day on which it asks for registration and permits; from the start when left out."},
    {QUANTITY(hw_operator, permit_delay, HW_DIM_TIME, 0, 3650), .standard = "0 days",
     .meaning = "Time until its teams may work."},
    {QUANTITY(hw_operator, admitted, HW_DIM_SHARE, 0, 1), .standard = "100 %",
     .meaning = "Share of its teams that get permits; the others are not ordered unless it grows."},
    {QUANTITY(hw_operator, pace, HW_DIM_NUMBER, 0.1, 5), .standard = "1",
     .meaning = "Output against the method's figures."},
    {QUANTITY(hw_operator, quality, HW_DIM_NUMBER, 0, 20), .standard = "1",
     .meaning = "Missed items against the method's figures."},
    {QUANTITY(hw_operator, cost, HW_DIM_NUMBER, 0.05, 10), .standard = "1",
     .meaning = "Costs against the method's figures."},
    {.name = "works_on",
     .type = HW_KEY_REFERENCES,
     .refers_to = "settings",
     .optional = true,
     .offset = offsetof(hw_operator, works_on),
     .meaning =
         "Kinds of ground that its teams may work on; all when left out. Such teams look for work when a "
         "task ends and on the first of each month."},
    {.name = "own_money",
     .type = HW_KEY_YES_NO,
     .standard = "no",
     .offset = offsetof(hw_operator, own_money),
     .meaning = "yes: paid only by streams that name it in `only_operators`."},
};
const hw_section hw_operator_section = {"operator", "An organisation that fields teams.", sizeof(hw_operator),
                                        operator_keys, HW_LENGTH(operator_keys)};

static const hw_key asset_keys[] = {
    {.name = "operator",
     .type = HW_KEY_REFERENCE,
     .refers_to = "operators",
     .offset = offsetof(hw_asset, operator_),
     .meaning = "Whose teams they are."},
    {.name = "method",
     .type = HW_KEY_CHOICE,
     .choices = hw_method_names,
     .offset = offsetof(hw_asset, method),
     .meaning = "What they do."},
    {.name = "teams",
     .type = HW_KEY_COUNT,
     .low = 0,
     .high = 100000,
     .offset = offsetof(hw_asset, teams),
     .meaning = "Number of teams."},
    {.name = "on",
     .type = HW_KEY_DATE,
     .offset = offsetof(hw_asset, on),
     .before_start = "in service since then when standing, else ordered at the start",
     .meaning = "Day of their order, or of standing ready. Of teams that stand ready from before the start, "
                "dogs and machines are as old as that."},
    {.name = "standing",
     .type = HW_KEY_YES_NO,
     .standard = "no",
     .offset = offsetof(hw_asset, standing),
     .meaning = "yes: trained, equipped and accredited on that day; no: bought, trained and accredited from "
                "that day, when there is money."},
    {QUANTITY(hw_asset, in_service, HW_DIM_SHARE, 0, 1), .optional = true,
     .meaning = "Share of these teams that there are, where their number is not known for sure; all when "
                "left out."},
    {.name = "until",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_asset, until),
     .after_horizon = "stay to the horizon",
     .meaning = "Day on which they leave; the horizon when left out."},
};
const hw_section hw_asset_section = {"asset", "Teams of one operator and method that come at a date.",
                                     sizeof(hw_asset), asset_keys, HW_LENGTH(asset_keys)};

static const hw_key planning_keys[] = {
    {.name = "rule",
     .type = HW_KEY_CHOICE,
     .choices = hw_rule_names,
     .standard = "nearest_release",
     .offset = offsetof(hw_planning, rule),
     .meaning = "Priority rule by which teams are sent to hazard areas."},
    {.name = "stand_down",
     .type = HW_KEY_CHOICE,
     .choices = hw_stand_down_names,
     .standard = "least_needed",
     .offset = offsetof(hw_planning, stand_down),
     .meaning = "Teams that stand down first when money is short: those that the ground first in the "
                "ranking needs least, or the newest (further down in the scenario's assets)."},
    {QUANTITY(hw_planning, crowding, HW_DIM_NUMBER, 1, 1000), .standard = "8",
     .meaning = "Most teams of one method in one hazard area."},
    {QUANTITY(hw_planning, hysteresis, HW_DIM_SHARE, 0, 10), .standard = "20 %",
     .meaning =
         "By how much the score of hazard areas must be better to go before those that were ranked before "
         "them last month."},
    {QUANTITY(hw_planning, national_floor, HW_DIM_NUMBER, 0, 1000), .standard = "4",
     .meaning = "Teams of each method that the ground of a place with `priority: national` is given before "
                "all other "
                "ground, as far as they can work on it."},
    {QUANTITY(hw_planning, last_hectares, HW_DIM_AREA, 0, 1e9), .standard = "10 ha",
     .meaning =
         "A place on which work has begun goes before all other ground once no more than this of it is "
         "open: what is begun is finished. It has a team of each method that can work there, before others "
         "have a second one."},
    {QUANTITY(hw_planning, move_reserve, HW_DIM_SHARE, 0, 0.5), .standard = "3 %",
     .meaning = "Share of what each stream may spend in a month that is kept for moves until wages are paid, "
                "and never more than moving every team once costs."},
    {QUANTITY(hw_planning, longest_task, HW_DIM_TIME, 1, 3650), .standard = "40 days",
     .meaning = "Most field days of one team in one task. A block that takes longer is shared out in equal "
                "tasks, which several teams may do side by side."},
    {QUANTITY(hw_planning, worth_moving, HW_DIM_TIME, 0, 36500), .standard = "3 days",
     .meaning = "Least field work of a team for which one that stands idle is sent to another district."},
    {QUANTITY(hw_planning, cancel_below, HW_DIM_SHARE, 0, 0.5), .standard = "{p10: 1 %, p50: 2 %, p90: 3 %}",
     .meaning =
         "All reasonable effort, the national standard: the greatest belief in mines, or in remnants, "
         "with which ground may be cancelled. Within it the cheapest way is taken: `missed_item_cost`."},
    {QUANTITY(hw_planning, clear_above, HW_DIM_SHARE, 0, 1), .standard = "100 %",
     .meaning = "The national standard: ground believed to be mined above this is surveyed technically or "
                "cleared, even where a battle area search would be the cheaper way. 100 %: no such rule."},
    {QUANTITY(hw_planning, missed_item_cost, HW_DIM_MONEY, 0, 1e8),
     .standard = "{p10: 1 kUSD, p50: 3 kUSD, p90: 10 kUSD}",
     .meaning = "What a mine or remnant left behind in released ground costs when it is found later: by this "
                "planners weigh cancelling, searching, technical survey and clearance of a block against one "
                "another, and operators by their quality when they hire.",
     .source =
         "assumed: a call for a spot task, one in twelve opens a block again, one in some hundred hurts "
         "somebody; with 3 kUSD a search pays above a belief of 1-2 %, as national criteria have it"},
    {QUANTITY(hw_planning, prior_strength, HW_DIM_NUMBER, 0.1, 1e9), .standard = "{p10: 8, p50: 20, p90: 60}",
     .meaning =
         "What planners' first belief of a class is worth, in fully known blocks: so many blocks of like "
         "ground (class, setting, district) that prove otherwise move belief half the way to what they "
         "show. 1e9: nothing is learnt.",
     .source = "assumed: a district office trusts what a few dozen blocks have shown"},
    {QUANTITY(hw_planning, report_time, HW_DIM_TIME, 0, 1000),
     .standard = "{p10: 10 days, p50: 25 days, p90: 60 days}",
     .meaning =
         "Mean time from the last work to the signed completion report; single reports vary around it."},
};
const hw_section hw_planning_section = {"planning", "How the national planner decides.", sizeof(hw_planning),
                                        planning_keys, HW_LENGTH(planning_keys)};

static const hw_key training_keys[] = {
    {QUANTITY(hw_training, places, HW_DIM_PER_TIME, 0, 1000), .standard = "640 /year",
     .meaning = "People that the training schools can take.",
     .source = "SOURCES 3.6: rolling six-week courses of about 80 [APA-t]"},
    {QUANTITY(hw_training, cost, HW_DIM_MONEY, 0, 1e6), .standard = "{p10: 2 kUSD, p50: 4 kUSD, p90: 6 kUSD}",
     .meaning = "Cost of training one person.", .source = "SOURCES 3.6: at most 6,000 USD (Ukraine) [TBI]"},
};
const hw_section hw_training_section = {"training", "The training schools that all operators share.",
                                        sizeof(hw_training), training_keys, HW_LENGTH(training_keys)};

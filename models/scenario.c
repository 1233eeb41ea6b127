/* The tables of all keys but those of methods, rules and conditions, which bring their own. Sources in square
 * brackets are expanded in scenarios/SOURCES.md. */
#include "models/scenario.h"
#include "models/condition.h"
#include "models/lever.h"
#include "models/method.h"
#include "models/rule.h"

static const char *const hazard_names[] = {"mined", "battle", NULL};
static const char *const place_kinds[] = {"village", "town", "corridor", NULL};
static const char *const closure_causes[] = {"access", "conflict", NULL};
static const char *const place_priorities[] = {"ordinary", "national", NULL};

static const char *const stream_kinds[] = {"state",          "donor",    "trust_fund",
                                           "public_private", "investor", NULL};
static const char *const pays_names[] = {"clearance", "reconstruction", "victim_aid", NULL};
static const char *const series_names[] = {"year", "quarter", "month", NULL};

#define QUANTITY(owner, field, dim, lo, hi)                                                                  \
    .name = #field, .type = HW_KEY_QUANTITY, .dimension = (dim), .low = (lo), .high = (hi),                  \
    .offset = offsetof(owner, field)

/* Why these are no factors of a sweep. */
static const char other_cut[] =
    "the ground would be cut and numbered differently, so the points would not share worlds";
static const char other_ground[] =
    "it would be other ground, not other work on the same; a size that is uncertain can be one, by the "
    "scenario's own distribution or a spread";
static const char other_start[] =
    "all days are counted from it, so points would be measured by different rulers";
static const char other_delay[] = "delay is counted from it, so points would be measured by different rulers";
static const char other_end[] =
    "what is not done by then is censored, so points would be measured by different rulers";
static const char only_words[] = "it stands above the results, and nothing in the world depends on it";
static const char other_record[] = "it chooses what is kept, and all points must keep the same";

static const hw_key layout_keys[] = {
    {QUANTITY(hw_layout_sizes, polygon, HW_DIM_AREA, 1e4, 1e9), .standard = "500 ha",
     .meaning = "Size of the polygons into which a hazard area is laid out; ground inside one is "
                "contaminated alike. Fixed.",
     .fixes = other_cut},
    {QUANTITY(hw_layout_sizes, block, HW_DIM_AREA, 1e3, 1e7), .standard = "40 ha",
     .meaning = "Size of survey blocks: the unit that non-technical survey cancels or confirms. Fixed.",
     .fixes = other_cut},
    {QUANTITY(hw_layout_sizes, parcel, HW_DIM_AREA, 1e3, 1e6), .standard = "4 ha",
     .meaning = "Size of clearance parcels, split off where hazard is confirmed. Fixed.", .fixes = other_cut},
};
static const hw_section layout_section = {
    "layout", "How hazard areas are cut into polygons, survey blocks and parcels.", sizeof(hw_layout_sizes),
    layout_keys, HW_LENGTH(layout_keys)};

static const hw_key climate_keys[] = {
    {QUANTITY(hw_climate, winter_lost, HW_DIM_TIME, 0, 200), .standard = "15 days",
     .meaning = "Field time lost to snow, mud and short days each winter, centred on early January."},
    {QUANTITY(hw_climate, heat_lost_dogs, HW_DIM_TIME, 0, 120), .standard = "20 days",
     .meaning = "Further time that dogs lose to heat each summer, centred on late July."},
    {QUANTITY(hw_climate, field_share, HW_DIM_SHARE, 0.2, 1), .standard = "{p10: 0.59, p50: 0.69, p90: 0.79}",
     .meaning = "Share of calendar days that are field days outside winter (18, 21, 24 of a month).",
     .source = "SOURCES 3.5, assumed range of field days a month"},
    {QUANTITY(hw_climate, weather_sd, HW_DIM_NUMBER, 0, 1.5), .standard = "0.3",
     .meaning = "Standard deviation of the logarithm of a week's working time."},
};
static const hw_section climate_section = {"climate", "Season and weather of a group of districts.",
                                           sizeof(hw_climate), climate_keys, HW_LENGTH(climate_keys)};

static const hw_key setting_keys[] = {
    {.name = "hazard",
     .type = HW_KEY_CHOICE,
     .choices = hazard_names,
     .offset = offsetof(hw_terrain, hazard),
     .standard = "mined",
     .meaning = "What is suspected here; results keep the two hazard types apart."},
    {QUANTITY(hw_terrain, ap, HW_DIM_PER_AREA, 0, 0.2), .standard = "0 /ha",
     .meaning = "Anti-personnel mines laid per area of pattern."},
    {QUANTITY(hw_terrain, at, HW_DIM_PER_AREA, 0, 0.2), .standard = "0 /ha",
     .meaning = "Anti-tank mines laid per area of pattern."},
    {QUANTITY(hw_terrain, erw, HW_DIM_PER_AREA, 0, 0.2), .standard = "0 /ha",
     .meaning = "Explosive remnants per area of a block that has any."},
    {QUANTITY(hw_terrain, caches, HW_DIM_PER_AREA, 0, 1e-4), .standard = "0 /km2",
     .meaning = "Caches and depots of remnants per area of a block that has any; a block holds one at most."},
    {QUANTITY(hw_terrain, cache_items, HW_DIM_NUMBER, 1, 10000),
     .standard = "{p10: 150, p50: 400, p90: 1000}", .meaning = "Items in a cache: half of them hold more."},
    {QUANTITY(hw_terrain, cache_spread, HW_DIM_NUMBER, 0, 3), .standard = "{p10: 0.8, p50: 1.2, p90: 1.6}",
     .meaning = "How much caches differ: standard deviation of the logarithm of their items."},
    {QUANTITY(hw_terrain, gone, HW_DIM_SHARE, 0, 1), .standard = "{p10: 10 %, p50: 20 %, p90: 40 %}",
     .meaning = "Share of laid mines already detonated or lifted before the start.",
     .source = "SOURCES 6 (a): 10-40 %"},
    {QUANTITY(hw_terrain, pattern_share, HW_DIM_SHARE, 0.01, 1),
     .standard = "{p10: 10 %, p50: 25 %, p90: 50 %}",
     .meaning = "Share of a truly mined block that the mine pattern takes."},
    {QUANTITY(hw_terrain, signals, HW_DIM_PER_AREA, 0, 50),
     .standard = "{p10: 0.05 /m2, p50: 0.5 /m2, p90: 2.4 /m2}",
     .meaning = "Metal signals that a deminer must decide on.",
     .source = "SOURCES 3.1; 2.36 per m2 in [HST]"},
    {QUANTITY(hw_terrain, vegetation, HW_DIM_TIME_PER_AREA, 0, 20),
     .standard = "{p10: 0.2 min/m2, p50: 1.5 min/m2, p90: 5 min/m2}",
     .meaning = "Time to cut vegetation by hand.", .source = "SOURCES 3.1"},
    {QUANTITY(hw_terrain, steep, HW_DIM_SHARE, 0, 1), .standard = "20 %",
     .meaning = "Share of parcels too steep or tight for machines."},
    {QUANTITY(hw_terrain, unfit_for_dogs, HW_DIM_SHARE, 0, 1), .standard = "20 %",
     .meaning = "Share of parcels that dogs cannot work: dense vegetation, rubble, scent saturation."},
    {QUANTITY(hw_terrain, visits, HW_DIM_NUMBER, 0, 1000), .standard = "1",
     .meaning = "Civilian visits to a hectare of this ground while it is suspected, against other settings."},
    {QUANTITY(hw_terrain, worth, HW_DIM_MONEY_PER_AREA, 0, 1e4), .standard = "0 USD/ha",
     .read_if = "levers.private_investors.on",
     .meaning = "What released land is worth to an investor; only the lever `private_investors` asks."},
};
static const hw_section setting_section = {
    "setting", "A kind of ground: confrontation-line belt, ruins, road, farmland and so on.",
    sizeof(hw_terrain), setting_keys, HW_LENGTH(setting_keys)};

static const hw_key class_keys[] = {
    {QUANTITY(hw_class, mined, HW_DIM_SHARE, 0, 1),
     .meaning = "Share of survey blocks that are truly mined."},
    {QUANTITY(hw_class, battle, HW_DIM_SHARE, 0, 1),
     .meaning = "Share of survey blocks that hold explosive remnants of war."},
    {QUANTITY(hw_class, patchy, HW_DIM_NUMBER, 0, 4), .standard = "0.8",
     .meaning = "How much these shares differ between polygons: standard deviation in log-odds."},
    {QUANTITY(hw_class, believed_mined, HW_DIM_SHARE, 1e-6, 0.999),
     .meaning = "Probability of mines that planners hold before survey."},
    {QUANTITY(hw_class, believed_battle, HW_DIM_SHARE, 1e-6, 0.999),
     .meaning = "Probability of explosive remnants that planners hold before survey."},
};
static const hw_section class_section = {"class", "A class of suspicion: high, medium, low.",
                                         sizeof(hw_class), class_keys, HW_LENGTH(class_keys)};

static const hw_key district_keys[] = {
    {.name = "p_code",
     .type = HW_KEY_TEXT,
     .optional = true,
     .offset = offsetof(hw_district, p_code),
     .meaning = "Its place code (p-code, such as AZE012) in registers of humanitarian data. It moves no "
                "figure: maps "
                "find the outline of that code, and export writes it."},
    {.name = "climate",
     .type = HW_KEY_REFERENCE,
     .refers_to = "climates",
     .offset = offsetof(hw_district, climate),
     .meaning = "Its season and weather."},
    {.name = "access_from",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_district, access_from),
     .before_start = "open from the start",
     .meaning = "Day from which teams may enter; from the start when left out."},
    {QUANTITY(hw_district, undiscovered, HW_DIM_SHARE, 0, 0.5),
     .standard = "{p10: 5 %, p50: 12 %, p90: 30 %}",
     .meaning = "Ground not yet suspected by anybody, as a share of the suspected area; found by survey and "
                "accidents.",
     .source = "SOURCES 2: 5-30 % of the baseline over life"},
    {QUANTITY(hw_district, visitors, HW_DIM_NUMBER, 0, 1000), .standard = "1",
     .meaning = "Weight of early visits, grazing and scrap collection against other districts."},
    {QUANTITY(hw_district, soldiers, HW_DIM_NUMBER, 0, 1000), .standard = "1",
     .meaning = "Weight of soldiers on duty against other districts."},
    {QUANTITY(hw_district, border, HW_DIM_SHARE, 0, 1), .standard = "0 %", .read_if = "levers.tension.on",
     .meaning =
         "Share of its ground so near a border or front that fighting there stops work; only the lever "
         "`tension` brings fighting."},
    {QUANTITY(hw_district, border_closed, HW_DIM_SHARE, 0, 0.9), .standard = "0 %",
     .meaning = "Share of its ground so near a border that nobody works there while the two sides have not "
                "agreed on it. It is not told which ground: all work in the district is held up by as much. "
                "The lever `joint_border_clearance` opens it."},
};
static const hw_section district_section = {
    "district", "A district; between planning days districts are simulated apart.", sizeof(hw_district),
    district_keys, HW_LENGTH(district_keys)};

static const hw_key closure_keys[] = {
    {.name = "districts",
     .type = HW_KEY_REFERENCES,
     .refers_to = "districts",
     .optional = true,
     .offset = offsetof(hw_closure, districts),
     .meaning = "Districts that are closed; all when left out."},
    {.name = "from",
     .type = HW_KEY_DATE,
     .offset = offsetof(hw_closure, from),
     .before_start = "closed from the start",
     .meaning = "First day without work."},
    {.name = "to",
     .type = HW_KEY_DATE,
     .offset = offsetof(hw_closure, to),
     .after_horizon = "closed to the horizon",
     .meaning = "First day of work again."},
    {.name = "cause",
     .type = HW_KEY_CHOICE,
     .choices = closure_causes,
     .standard = "conflict",
     .offset = offsetof(hw_closure, cause),
     .meaning = "What the delay ledger charges these days to."},
};
static const hw_section closure_section = {"closure", "Days on which no team works in a district.",
                                           sizeof(hw_closure), closure_keys, HW_LENGTH(closure_keys)};

static const hw_key area_keys[] = {
    {.name = "district",
     .type = HW_KEY_REFERENCE,
     .refers_to = "districts",
     .offset = offsetof(hw_hazard_area, district),
     .meaning = "Where it lies."},
    {.name = "class",
     .type = HW_KEY_REFERENCE,
     .refers_to = "classes",
     .offset = offsetof(hw_hazard_area, class),
     .meaning = "Class of suspicion."},
    {.name = "setting",
     .type = HW_KEY_REFERENCE,
     .refers_to = "settings",
     .offset = offsetof(hw_hazard_area, setting),
     .meaning = "Kind of ground."},
    {QUANTITY(hw_hazard_area, area, HW_DIM_AREA, 1e3, 2e10), .meaning = "Suspected area at the start.",
     .fixes = other_ground, .fixes_known = true},
    {.name = "access_from",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_hazard_area, access_from),
     .before_start = "open from the start, or with its district",
     .meaning = "Day from which teams may enter it, when that is later than for its district."},
    {QUANTITY(hw_hazard_area, order, HW_DIM_NUMBER, -1e6, 1e6), .standard = "100",
     .read_if = "planning.rule: state_programme, fixed_order",
     .meaning = "Place in the queue under the rules state_programme and fixed_order; smaller first."},
};
static const hw_section area_section = {
    "hazard area",
    "Suspected ground of one class and setting in a district, by area: coordinates "
    "are neither needed nor known.",
    sizeof(hw_hazard_area), area_keys, HW_LENGTH(area_keys)};

#define NO_HOUSES "nothing is built in a corridor"

static const hw_key place_keys[] = {
    {.name = "district",
     .type = HW_KEY_REFERENCE,
     .refers_to = "districts",
     .offset = offsetof(hw_place, district),
     .meaning = "Where it lies."},
    {.name = "kind",
     .type = HW_KEY_CHOICE,
     .choices = place_kinds,
     .standard = "village",
     .offset = offsetof(hw_place, kind),
     .meaning = "Towns take longer to build; corridors (roads, power lines) have no houses."},
    {.name = "priority",
     .type = HW_KEY_CHOICE,
     .choices = place_priorities,
     .standard = "ordinary",
     .offset = offsetof(hw_place, priority),
     .meaning =
         "national: its ground is given `planning.national_floor` teams of each method before all other."},
    {.name = "must_release",
     .type = HW_KEY_REFERENCES,
     .refers_to = "hazard_areas",
     .offset = offsetof(hw_place, must_release),
     .meaning =
         "Hazard areas of its district that must all be released before the place is. Building starts in "
         "the first released quarter: see `resettlement.first_quarter`."},
    {.name = "opens_after",
     .type = HW_KEY_REFERENCES,
     .refers_to = "places",
     .optional = true,
     .offset = offsetof(hw_place, opens_after),
     .only_with = "kind: village, town",
     .instead = NO_HOUSES,
     .meaning = "Places (roads, power) that must be released before building starts."},
    {.name = "wanted_from",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_place, wanted_from),
     .before_start = "wanted from the start",
     .meaning = "Day from which its delay is counted; access to the district when left out.",
     .fixes = other_delay},
    {.name = "build_from",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_place, build_from),
     .only_with = "kind: village, town",
     .instead = NO_HOUSES,
     .before_start = "built as soon as ground is released",
     .meaning =
         "Day before which nobody builds there, by plan; as soon as the first quarter is released when left "
         "out."},
    {QUANTITY(hw_place, houses, HW_DIM_NUMBER, 0, 1e6), .standard = "0", .only_with = "kind: village, town",
     .instead = NO_HOUSES, .meaning = "Houses or flats planned."},
    {QUANTITY(hw_place, population, HW_DIM_NUMBER, 0, 1e7), .standard = "0", .meaning = "People planned."},
    {QUANTITY(hw_place, standing, HW_DIM_SHARE, 0, 1), .standard = "0 %", .only_with = "kind: village, town",
     .instead = NO_HOUSES, .meaning = "Share of the planned houses that stands and is repaired."},
    {QUANTITY(hw_place, repair_time, HW_DIM_TIME, 0, 7300),
     .standard = "{distribution: pert, low: 3 months, mode: 7 months, high: 14 months}",
     .only_with = "kind: village, town", .instead = NO_HOUSES,
     .meaning = "From the start of building to the first repaired houses; never longer than `build_time`.",
     .source = "SOURCES 9"},
    {QUANTITY(hw_place, build_time, HW_DIM_TIME, 0, 7300),
     .standard = "{distribution: pert, low: 6 months, mode: 14 months, high: 40 months}",
     .only_with = "kind: village, town", .instead = NO_HOUSES,
     .meaning =
         "Power, water, road and the first new houses, from the start of building to the first families.",
     .source = "SOURCES 9: PERT(6,14,40) months"},
    {QUANTITY(hw_place, delivery_time, HW_DIM_TIME, 1, 7300),
     .standard = "{p10: 8 months, p50: 15 months, p90: 36 months}", .only_with = "kind: village, town",
     .instead = NO_HOUSES, .meaning = "From the first to the last planned house."},
    {QUANTITY(hw_place, house_cost, HW_DIM_MONEY, 0, 5e6),
     .standard = "{p10: 60 kUSD, p50: 120 kUSD, p90: 250 kUSD}", .only_with = "kind: village, town",
     .instead = NO_HOUSES, .meaning = "Cost of a house with its share of roads, power, water and school."},
};
static const hw_section place_section = {"place",
                                         "A settlement, town quarter or corridor that people wait for.",
                                         sizeof(hw_place), place_keys, HW_LENGTH(place_keys)};

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
static const hw_section operator_section = {"operator", "An organisation that fields teams.",
                                            sizeof(hw_operator), operator_keys, HW_LENGTH(operator_keys)};

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
     .meaning = "Day of their order, or of standing ready."},
    {.name = "standing",
     .type = HW_KEY_YES_NO,
     .standard = "no",
     .offset = offsetof(hw_asset, standing),
     .meaning = "yes: trained, equipped and accredited on that day; no: bought, trained and accredited from "
                "that day, when there is money."},
    {.name = "until",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_asset, until),
     .after_horizon = "stay to the horizon",
     .meaning = "Day on which they leave; the horizon when left out."},
};
static const hw_section asset_section = {"asset", "Teams of one operator and method that come at a date.",
                                         sizeof(hw_asset), asset_keys, HW_LENGTH(asset_keys)};

/* What to say instead of a key of pledges beside `yearly`, and of an earmark that no bill can bear. */
#define BEGINS_IN_YEARLY "yearly money begins on the dates of 'yearly', and comes as late as 'late' says"
#define MONTHLY_PARTS "yearly money is paid in monthly parts"
#define ENDS_IN_YEARLY                                                                                       \
    "yearly money must be spent by the end of its budget year, and ends with an entry of 0 USD in 'yearly'"
#define NO_EARMARK_OF_VICTIM_AID "help for victims is not split by place"
#define ONLY_TEAMS_OF_CLEARANCE "only clearance is paid by team: say 'only_districts' or 'only_place'"

static const hw_key stream_keys[] = {
    {.name = "kind",
     .type = HW_KEY_CHOICE,
     .choices = stream_kinds,
     .offset = offsetof(hw_stream_terms, kind),
     .meaning = "Unspent money of state budgets lapses; of all others it is returned to the giver."},
    {.name = "pays",
     .type = HW_KEY_CHOICE,
     .choices = pays_names,
     .standard = "clearance",
     .offset = offsetof(hw_stream_terms, pays),
     .meaning = "Mine action; building of houses and infrastructure; or help for victims, on which all that "
                "may be spent is spent each month."},
    {.name = "yearly",
     .type = HW_KEY_DATED,
     .dimension = HW_DIM_MONEY,
     .low = 0,
     .high = 1e12,
     .optional = true,
     .offset = offsetof(hw_stream_terms, yearly),
     .meaning =
         "Budget of twelve months from each date, repeated until the next one (or cut short by it) "
         "and paid in monthly parts. Unspent money lapses at the end of each budget year. '120 % of "
         "2026' is a share of the entry that holds on that date: each world keeps its own draw of it."},
    {.name = "factor",
     .type = HW_KEY_DATED,
     .dimension = HW_DIM_NUMBER,
     .low = 0,
     .high = 1000,
     .optional = true,
     .offset = offsetof(hw_stream_terms, factor),
     .only_with = "yearly",
     .instead = "the amount of a pledge is said once",
     .meaning =
         "Budget years that begin on or after each date have so many times the money that `yearly` gives "
         "them, until the next one: each world keeps its own draw of `yearly`. 1 when left out."},
    {QUANTITY(hw_stream_terms, amount, HW_DIM_MONEY, 0, 1e12), .optional = true,
     .meaning = "A pledge's amount (instead of yearly)."},
    {.name = "pledged",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_stream_terms, pledged),
     .only_with = "amount",
     .instead = BEGINS_IN_YEARLY,
     .before_start = "its times count from that day",
     .meaning = "Day of the pledge; the scenario's start when left out."},
    {QUANTITY(hw_stream_terms, exchange, HW_DIM_NUMBER, 0.1, 10), .standard = "1",
     .meaning = "Factor on the amount for exchange-rate risk."},
    {QUANTITY(hw_stream_terms, signing_lag, HW_DIM_TIME, 0, 3650),
     .standard = "{p10: 3 months, p50: 6 months, p90: 12 months}", .only_with = "amount",
     .instead = BEGINS_IN_YEARLY, .meaning = "From pledge to signed commitment.",
     .source = "SOURCES 7, assumed"},
    {QUANTITY(hw_stream_terms, first_tranche_lag, HW_DIM_TIME, 0, 3650),
     .standard = "{p10: 1 month, p50: 2 months, p90: 4 months}", .only_with = "amount",
     .instead = BEGINS_IN_YEARLY, .meaning = "From commitment to the first tranche.",
     .source = "SOURCES 7, assumed"},
    {QUANTITY(hw_stream_terms, tranche_interval, HW_DIM_TIME, 1, 3650), .standard = "6 months",
     .only_with = "amount", .instead = MONTHLY_PARTS, .meaning = "Between tranches."},
    {QUANTITY(hw_stream_terms, first_share, HW_DIM_SHARE, 0, 1), .standard = "40 %", .only_with = "amount",
     .instead = MONTHLY_PARTS, .meaning = "Share of the first tranche; the rest comes in equal parts.",
     .source = "SOURCES 7: 30-50 %, assumed"},
    {QUANTITY(hw_stream_terms, valid_for, HW_DIM_TIME, 30, 36500), .standard = "24 months",
     .only_with = "amount", .instead = ENDS_IN_YEARLY,
     .meaning = "From commitment to the end date; unspent money goes then, and tranches that have not come.",
     .source = "SOURCES 7: 12-36 months"},
    {.name = "tranches",
     .type = HW_KEY_COUNT,
     .low = 1,
     .high = 100,
     .standard = "3",
     .offset = offsetof(hw_stream_terms, tranches),
     .only_with = "amount",
     .instead = MONTHLY_PARTS,
     .meaning = "Number of tranches.",
     .source = "SOURCES 7: 2-4, assumed"},
    {QUANTITY(hw_stream_terms, retention, HW_DIM_SHARE, 0, 0.5), .standard = "0 %", .only_with = "amount",
     .instead = ENDS_IN_YEARLY,
     .meaning = "Share of each tranche held back until the end date, then paid out for a last three months."},
    {QUANTITY(hw_stream_terms, overhead, HW_DIM_SHARE, 0, 0.8), .standard = "0 %",
     .meaning = "Share of what is spent that goes to fees and headquarters."},
    {QUANTITY(hw_stream_terms, drop_out, HW_DIM_PER_TIME, 0, 0.1), .standard = "0 %/year",
     .meaning =
         "Rate at which the giver drops out: tranches not yet paid are lost, and so are the parts of a "
         "budget not yet paid and all later budget years."},
    {QUANTITY(hw_stream_terms, late, HW_DIM_TIME, 0, 7300), .standard = "0 days",
     .meaning =
         "Mean time by which a tranche, or a monthly part of `yearly`, misses its day; single ones vary "
         "around it by at most half the time between two of them, and come in their order. What comes "
         "late is seen on the next planning day (the first of a month). A part that comes after the end "
         "of its own budget year may be spent in the one in which it comes; a tranche that would come "
         "after the end date is lost."},
    {.name = "condition",
     .type = HW_KEY_CHOICE,
     .choices = hw_condition_names,
     .standard = "unconditional",
     .offset = offsetof(hw_stream_terms, condition),
     .meaning =
         "What must hold on the day on which a tranche or a monthly part of `yearly` comes; it waits "
         "otherwise: a tranche to the end date, a part to the end of the budget year, and is not paid "
         "after. The time since the pledge counts from `pledged`, or from the first date of `yearly`."},
    {.name = "only_districts",
     .type = HW_KEY_REFERENCES,
     .refers_to = "districts",
     .optional = true,
     .offset = offsetof(hw_stream_terms, only_districts),
     .only_with = "pays: clearance, reconstruction",
     .instead = NO_EARMARK_OF_VICTIM_AID,
     .meaning = "Earmark: pays only for work there; teams without a posting are sent there when nothing else "
                "pays them."},
    {.name = "only_operators",
     .type = HW_KEY_REFERENCES,
     .refers_to = "operators",
     .optional = true,
     .offset = offsetof(hw_stream_terms, only_operators),
     .only_with = "pays: clearance",
     .instead = ONLY_TEAMS_OF_CLEARANCE,
     .meaning = "Earmark: pays only their teams."},
    {.name = "only_place",
     .type = HW_KEY_REFERENCE,
     .refers_to = "places",
     .optional = true,
     .offset = offsetof(hw_stream_terms, only_place),
     .only_with = "pays: clearance, reconstruction",
     .instead = NO_EARMARK_OF_VICTIM_AID,
     .meaning = "Earmark: pays only for work in its district until the place is released (or for building "
                "the place)."},
    {.name = "only_method",
     .type = HW_KEY_CHOICE,
     .choices = hw_method_names_or_any,
     .standard = "any",
     .offset = offsetof(hw_stream_terms, only_method),
     .only_with = "pays: clearance",
     .instead = ONLY_TEAMS_OF_CLEARANCE,
     .meaning = "Earmark: pays only teams of this method."},
};
static const hw_section stream_section = {"stream", "A stream of money: budget, pledge, fund or investor.",
                                          sizeof(hw_stream_terms), stream_keys, HW_LENGTH(stream_keys)};

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
         "open: what is begun is finished."},
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
                "another.",
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
static const hw_section planning_section = {"planning", "How the national planner decides.",
                                            sizeof(hw_planning), planning_keys, HW_LENGTH(planning_keys)};

static const hw_key training_keys[] = {
    {QUANTITY(hw_training, places, HW_DIM_PER_TIME, 0, 1000), .standard = "640 /year",
     .meaning = "People that the training schools can take.",
     .source = "SOURCES 3.6: rolling six-week courses of about 80 [APA-t]"},
    {QUANTITY(hw_training, cost, HW_DIM_MONEY, 0, 1e6), .standard = "{p10: 2 kUSD, p50: 4 kUSD, p90: 6 kUSD}",
     .meaning = "Cost of training one person.", .source = "SOURCES 3.6: at most 6,000 USD (Ukraine) [TBI]"},
};
static const hw_section training_section = {"training", "The training schools that all operators share.",
                                            sizeof(hw_training), training_keys, HW_LENGTH(training_keys)};

static const hw_key safety_keys[] = {
    {QUANTITY(hw_safety, visit_accidents, HW_DIM_PER_TIME, 0, 10),
     .standard = "{p10: 3 /month, p50: 6 /month, p90: 12 /month}",
     .meaning =
         "Accidents of early visitors, herders and scrap collectors nationwide at the start, if one mine "
         "lay on each hectare of suspected ground. They follow what truly lies where people go.",
     .source = "SOURCES 5: 81 civilian victims in 13 months [AZC]"},
    {QUANTITY(hw_safety, visit_half_life, HW_DIM_TIME, 30, 36500),
     .standard = "{p10: 10 months, p50: 18 months, p90: 36 months}",
     .meaning = "Time in which they halve as people learn where not to go."},
    {QUANTITY(hw_safety, visit_floor, HW_DIM_SHARE, 0, 1), .standard = "{p10: 10 %, p50: 25 %, p90: 45 %}",
     .meaning = "Share that does not go away."},
    {QUANTITY(hw_safety, education, HW_DIM_SHARE, 0, 1), .standard = "{p10: 10 %, p50: 20 %, p90: 40 %}",
     .meaning = "Civilian accidents averted by risk education and marking.",
     .source = "SOURCES 5: 10-40 %, assumed"},
    {QUANTITY(hw_safety, resident_accidents, HW_DIM_PER_TIME, 0, 1),
     .standard = "{p10: 4e-6 /month, p50: 1.5e-5 /month, p90: 5e-5 /month}",
     .meaning = "Accidents per returned person, if one mine lay on each hectare of the district.",
     .source = "SOURCES 5: Kosovo, first month of return, 10 casualties per 100,000 a month [KOS]"},
    {QUANTITY(hw_safety, duty_accidents, HW_DIM_PER_TIME, 0, 10),
     .standard = "{p10: 5 /month, p50: 10 /month, p90: 20 /month}",
     .meaning = "Accidents of soldiers on duty nationwide at the start, if one mine lay on each hectare of "
                "suspected ground.",
     .source = "SOURCES 5: 116 military victims in 13 months [AZC]"},
    {QUANTITY(hw_safety, duty_half_life, HW_DIM_TIME, 30, 36500),
     .standard = "{p10: 4 months, p50: 7 months, p90: 12 months}",
     .meaning = "Time in which accidents of soldiers halve, as posts and their roads are made safe."},
    {QUANTITY(hw_safety, duty_floor, HW_DIM_SHARE, 0, 1), .standard = "{p10: 2 %, p50: 6 %, p90: 15 %}",
     .meaning = "Share of them that does not go away."},
    {QUANTITY(hw_safety, unwarned, HW_DIM_NUMBER, 1, 100), .standard = "{p10: 5, p50: 9, p90: 15}",
     .meaning = "Visits to a hectare that nobody suspects, against a suspected one: nothing warns of it.",
     .source =
         "SOURCES 5: over 55 % of cases outside mapped areas [AZN24]; ground not yet suspected is about "
         "an eighth of the suspected, assumed"},
    {QUANTITY(hw_safety, use_of_released, HW_DIM_NUMBER, 0, 1000), .standard = "{p10: 3, p50: 10, p90: 30}",
     .meaning = "Visits to a hectare of released ground, against a suspected one: it is lived on and worked. "
                "Items missed there are met so much more often."},
    {QUANTITY(hw_safety, anti_tank_danger, HW_DIM_NUMBER, 0, 10),
     .standard = "{p10: 0.1, p50: 0.3, p90: 0.8}",
     .meaning =
         "Accidents by an anti-tank mine, against an anti-personnel mine that is as often near people."},
    {QUANTITY(hw_safety, remnant_danger, HW_DIM_NUMBER, 0, 10),
     .standard = "{p10: 0.05, p50: 0.15, p90: 0.4}",
     .meaning = "Accidents by an explosive remnant, against an anti-personnel mine that is as often near "
                "people: steps do not set it off, tampering does."},
    {QUANTITY(hw_safety, victims, HW_DIM_NUMBER, 1, 20), .standard = "{p10: 1.1, p50: 1.4, p90: 1.9}",
     .meaning = "Victims of one accident.",
     .source = "SOURCES 5: 0.54 killed and 1.4 injured (Bosnia) [CIET]"},
    {QUANTITY(hw_safety, killed, HW_DIM_SHARE, 0, 1), .standard = "{p10: 26 %, p50: 33 %, p90: 40 %}",
     .meaning = "Share of civilian victims killed.",
     .source = "SOURCES 5: 29 of 81 to 14 December 2021 [AZC]"},
    {QUANTITY(hw_safety, soldiers_killed, HW_DIM_SHARE, 0, 1), .standard = "{p10: 3 %, p50: 7 %, p90: 13 %}",
     .meaning = "Share of hurt soldiers killed.", .source = "SOURCES 5: 7 of 116 to 14 December 2021 [AZC]"},
    {QUANTITY(hw_safety, residual_finds, HW_DIM_PER_TIME, 0, 1),
     .standard = "{p10: 0.5 %/year, p50: 2 %/year, p90: 8 %/year}",
     .meaning = "Rate at which a missed item on released ground is found and reported."},
    {QUANTITY(hw_safety, reopen, HW_DIM_SHARE, 0, 1), .standard = "{p10: 2 %, p50: 8 %, p90: 20 %}",
     .meaning = "Share of such finds that re-opens the ground for clearance."},
    {QUANTITY(hw_safety, deminer_casualties, HW_DIM_NUMBER, 0, 0.1),
     .standard = "{p10: 0.0002, p50: 0.0003, p90: 0.0005}",
     .meaning = "Deminer casualties for each item taken out by hand.",
     .source = "SOURCES 5: one in 2,000 to 5,000, assumed"},
    {QUANTITY(hw_safety, deminers_killed, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 10 %, p50: 20 %, p90: 40 %}", .meaning = "Share of deminer casualties killed."},
    {QUANTITY(hw_safety, stand_down, HW_DIM_TIME, 0, 365),
     .standard = "{p10: 1 day, p50: 5 days, p90: 20 days}",
     .meaning = "Time that a team stands down after an accident.", .source = "SOURCES 5, assumed"},
};
static const hw_section safety_section = {"safety",
                                          "Accidents of civilians and soldiers, and finds after release.",
                                          sizeof(hw_safety), safety_keys, HW_LENGTH(safety_keys)};

static const hw_key resettlement_keys[] = {
    {QUANTITY(hw_resettlement, uptake, HW_DIM_SHARE, 0, 1),
     .standard = "{distribution: beta, alpha: 9, beta: 11}",
     .meaning = "Share of the planned people who want to move in the long run.",
     .source = "SOURCES 9: Beta(9,11), Bosnia and Croatia"},
    {QUANTITY(hw_resettlement, household, HW_DIM_NUMBER, 1, 12),
     .standard = "{distribution: normal, mean: 3.94, sd: 0.3}", .meaning = "People in a family.",
     .source = "SOURCES 9: 3.94 over 1,732 families, derived"},
    {QUANTITY(hw_resettlement, first_families, HW_DIM_NUMBER, 1, 1000),
     .standard = "{p10: 8, p50: 15, p90: 40}",
     .meaning = "Families that arrive when the first houses are ready.",
     .source = "SOURCES 9: ten in Aghali, twenty in Zabukh"},
    {QUANTITY(hw_resettlement, arrival_rate, HW_DIM_PER_TIME, 0, 1),
     .standard = "{p10: 4 %/month, p50: 10 %/month, p90: 25 %/month}",
     .meaning = "Waiting willing families that arrive."},
    {QUANTITY(hw_resettlement, fear, HW_DIM_SHARE, 0, 1), .standard = "{p10: 0.2 %, p50: 1 %, p90: 3 %}",
     .meaning = "Fall of willingness for each civilian accident in the district in the last twelve months."},
    {QUANTITY(hw_resettlement, first_quarter, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 10 %, p50: 25 %, p90: 60 %}",
     .meaning =
         "Share of a place's ground whose release lets building start, beside clearance of the rest; no "
         "more houses are built than ground is released.",
     .source = "SOURCES 9, assumed"},
    {QUANTITY(hw_resettlement, repair_cost, HW_DIM_SHARE, 0, 1),
     .standard = "{p10: 15 %, p50: 30 %, p90: 60 %}",
     .meaning = "Cost of repairing a house, against a new one."},
    {QUANTITY(hw_resettlement, slip_probability, HW_DIM_SHARE, 0, 1), .standard = "30 %",
     .meaning = "Probability that building slips badly.", .source = "SOURCES 9, assumed"},
    {QUANTITY(hw_resettlement, slip_factor, HW_DIM_NUMBER, 1, 10),
     .standard = "{p10: 1.3, p50: 1.7, p90: 2.8}", .meaning = "How much longer it then takes."},
    {QUANTITY(hw_resettlement, town_factor, HW_DIM_NUMBER, 0.5, 10), .standard = "1.5",
     .meaning = "Building time of towns against villages.", .source = "SOURCES 9"},
};
static const hw_section resettlement_section = {"resettlement", "Houses, families, willingness.",
                                                sizeof(hw_resettlement), resettlement_keys,
                                                HW_LENGTH(resettlement_keys)};

static const hw_key results_keys[] = {
    {.name = "district_series",
     .type = HW_KEY_CHOICE,
     .choices = series_names,
     .standard = "year",
     .offset = offsetof(hw_results_options, district_series),
     .meaning = "Step of the series that are kept for each district and replication; national series are "
                "always monthly.",
     .fixes = other_record},
};
static const hw_section results_section = {"results", "What is kept for each replication.",
                                           sizeof(hw_results_options), results_keys, HW_LENGTH(results_keys)};

#define TABLE(field, of)                                                                                     \
    .name = #field, .type = HW_KEY_TABLE, .section = &(of), .offset = offsetof(hw_scenario, field)
#define SECTION(field, of)                                                                                   \
    .name = #field, .type = HW_KEY_SECTION, .section = &(of), .offset = offsetof(hw_scenario, field)

static const hw_key scenario_keys[] = {
    {.name = "name",
     .type = HW_KEY_TEXT,
     .offset = offsetof(hw_scenario, name),
     .meaning = "Title, shown above all results.",
     .fixes = only_words},
    {.name = "question",
     .type = HW_KEY_TEXT,
     .optional = true,
     .offset = offsetof(hw_scenario, question),
     .meaning = "What the scenario asks, in a sentence.",
     .fixes = only_words},
    {.name = "start",
     .type = HW_KEY_DATE,
     .standard = "2020-11-10",
     .offset = offsetof(hw_scenario, start),
     .meaning = "First day.",
     .source = "ceasefire of 9/10 November 2020",
     .fixes = other_start},
    {.name = "horizon",
     .type = HW_KEY_DATE,
     .standard = "2045-12-31",
     .offset = offsetof(hw_scenario, horizon),
     .meaning = "Last day; what is not released by then is censored.",
     .fixes = other_end},
    {SECTION(layout, layout_section), .meaning = "Sizes of polygons, blocks and parcels."},
    {SECTION(results, results_section), .meaning = "What is kept."},
    {TABLE(climates, climate_section), .chosen_by = "districts.*.climate", .meaning = "Climates by name."},
    {TABLE(settings, setting_section), .chosen_by = "hazard_areas.*.setting",
     .meaning = "Kinds of ground by name."},
    {TABLE(classes, class_section), .chosen_by = "hazard_areas.*.class",
     .meaning = "Classes of suspicion by name."},
    {TABLE(districts, district_section), .meaning = "Districts by name."},
    {TABLE(closures, closure_section), .optional = true, .meaning = "Closures by name."},
    {TABLE(hazard_areas, area_section), .meaning = "Hazard areas by name."},
    {TABLE(places, place_section), .optional = true, .meaning = "Places by name."},
    {TABLE(operators, operator_section), .chosen_by = "assets.*.operator", .meaning = "Operators by name."},
    {.name = "methods",
     .type = HW_KEY_REGISTRY,
     .registry = &hw_methods,
     .offset = offsetof(hw_scenario, methods),
     .meaning = "Parameters of each method."},
    {TABLE(assets, asset_section), .meaning = "Teams by name of their order."},
    {TABLE(streams, stream_section), .meaning = "Streams of money by name."},
    {.name = "conditions",
     .type = HW_KEY_REGISTRY,
     .registry = &hw_conditions,
     .chosen_by = "streams.*.condition",
     .offset = offsetof(hw_scenario, conditions),
     .meaning = "Parameters of funding conditions."},
    {.name = "levers",
     .type = HW_KEY_REGISTRY,
     .registry = &hw_levers,
     .offset = offsetof(hw_scenario, levers),
     .meaning = "Policy levers; one that has no date `on` is not pulled."},
    {SECTION(planning, planning_section), .meaning = "How the planner decides."},
    {.name = "rules",
     .type = HW_KEY_REGISTRY,
     .registry = &hw_rules,
     .chosen_by = "planning.rule",
     .offset = offsetof(hw_scenario, rules),
     .meaning = "Parameters of priority rules."},
    {SECTION(training, training_section), .meaning = "Training schools."},
    {SECTION(capacity, hw_capacity_section), .meaning = "How operators grow and shrink with money."},
    {SECTION(safety, safety_section), .meaning = "Accidents and finds."},
    {SECTION(resettlement, resettlement_section), .meaning = "Return of people."},
};

const hw_section hw_scenario_section = {
    "scenario", "A scenario file: what the world is like, who works, with which money, and what is asked.",
    sizeof(hw_scenario), scenario_keys, HW_LENGTH(scenario_keys)};

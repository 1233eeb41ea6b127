/* The keys of the ground: how it is cut, what it is like, districts, hazard areas and places. Sources in
 * square brackets are expanded in scenarios/SOURCES.md. */
#include "models/terms.h"
#include "sim/length.h"

static const char *const hazard_names[] = {"mined", "battle", NULL};
static const char *const place_kinds[] = {"village", "town", "corridor", NULL};
static const char *const closure_causes[] = {"access", "conflict", NULL};
static const char *const place_priorities[] = {"ordinary", "national", NULL};

/* Why these are no factors of a sweep. */
static const char other_cut[] =
    "the ground would be cut and numbered differently, so the points would not share worlds";
static const char other_ground[] =
    "it would be other ground, not other work on the same; a size that is uncertain can be one, by the "
    "scenario's own distribution or a spread";
static const char other_fact[] = "it is a fact, not an assumption";
static const char other_delay[] = "delay is counted from it, so points would be measured by different rulers";

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
const hw_section hw_layout_section = {"layout",
                                      "How hazard areas are cut into polygons, survey blocks and parcels.",
                                      sizeof(hw_layout_sizes), layout_keys, HW_LENGTH(layout_keys)};

static const char *const hemisphere_names[] = {"north", "south", NULL};

static const hw_key climate_keys[] = {
    {QUANTITY(hw_climate, winter_lost, HW_DIM_TIME, 0, 200), .standard = "15 days",
     .meaning = "Field time lost to snow, mud and short days each winter, centred on early January, in the "
                "south on early July."},
    {QUANTITY(hw_climate, heat_lost_dogs, HW_DIM_TIME, 0, 120), .standard = "20 days",
     .meaning = "Further time that dogs lose to heat each summer, centred on late July, in the south on late "
                "January."},
    {QUANTITY(hw_climate, field_share, HW_DIM_SHARE, 0.2, 1), .standard = "{p10: 0.59, p50: 0.69, p90: 0.79}",
     .meaning = "Share of calendar days that are field days outside winter (18, 21, 24 of a month).",
     .source = "SOURCES 3.5, assumed range of field days a month"},
    {QUANTITY(hw_climate, weather_sd, HW_DIM_NUMBER, 0, 1.5), .standard = "0.3",
     .meaning = "Standard deviation of the logarithm of a week's working time."},
    {.name = "hemisphere",
     .type = HW_KEY_CHOICE,
     .choices = hemisphere_names,
     .standard = "north",
     .offset = offsetof(hw_climate, hemisphere),
     .meaning = "When its winter is: in the south half a year later."},
};
const hw_section hw_climate_section = {"climate", "Season and weather of a group of districts.",
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
const hw_section hw_setting_section = {
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
const hw_section hw_class_section = {"class", "A class of suspicion: high, medium, low.", sizeof(hw_class),
                                     class_keys, HW_LENGTH(class_keys)};

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
const hw_section hw_district_section = {"district",
                                        "A district; between planning days districts are simulated apart.",
                                        sizeof(hw_district), district_keys, HW_LENGTH(district_keys)};

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
const hw_section hw_closure_section = {"closure", "Days on which no team works in a district.",
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
    {.name = "surveyed",
     .type = HW_KEY_YES_NO,
     .standard = "no",
     .offset = offsetof(hw_hazard_area, surveyed),
     .meaning = "yes: its non-technical survey was over before the start. It waits for what planners do next "
                "with ground of its class: technical survey, search or clearance."},
    {QUANTITY(hw_hazard_area, undiscovered, HW_DIM_SHARE, 0, 10), .optional = true,
     .meaning = "Ground like it that nobody suspects yet, as a share of it: more than 100 % where earlier "
                "surveys have missed most. As in its district when left out."},
    {QUANTITY(hw_hazard_area, order, HW_DIM_NUMBER, -1e6, 1e6), .standard = "100",
     .read_if = "planning.rule: state_programme, fixed_order",
     .meaning = "Place in the queue under the rules state_programme and fixed_order; smaller first."},
};
const hw_section hw_area_section = {
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
    {.name = "released_by",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_place, released_by),
     .before_start = "a fact",
     .meaning =
         "Day before the start by which it had been released: a fact. All of its ground had been released; "
         "results give the day and forecast nothing.",
     .fixes = other_fact},
    {QUANTITY(hw_place, released_share, HW_DIM_SHARE, 0, 1), .optional = true,
     .meaning = "Share of its ground that had been released before the start; none when left out, all "
                "with `released_by`, and else never the last block."},
    {.name = "lived_in_since",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(hw_place, lived_in_since),
     .before_start = "a fact",
     .meaning = "Day before the start on which the first families came: a fact.",
     .fixes = other_fact},
    {QUANTITY(hw_place, residents, HW_DIM_NUMBER, 0, 1e7), .optional = true, .only_with = "lived_in_since",
     .meaning = "People who live there at the start."},
    {QUANTITY(hw_place, houses_built, HW_DIM_NUMBER, 0, 1e6), .optional = true, .only_with = "lived_in_since",
     .meaning = "Houses that stand ready at the start, repaired ones first."},
};
const hw_section hw_place_section = {"place", "A settlement, town quarter or corridor that people wait for.",
                                     sizeof(hw_place), place_keys, HW_LENGTH(place_keys)};

/* What a scenario says, typed: hazard areas, places, assets, money, planning. Constant during a run.
 *
 * Every `hw_value_id` may be uncertain; a world draws it once and reads it as hw_land.value[id], in the units
 * of its hw_dimension. The tables in scenario.c (and the files of methods, rules and conditions) describe
 * each key. */
#ifndef HW_MODELS_SCENARIO_H
#define HW_MODELS_SCENARIO_H

#include "models/kinds.h"
#include "sim/record.h"
#include "sim/schema.h"

typedef struct hw_layout_sizes {
    hw_value_id polygon, block, parcel; /* m2, fixed */
} hw_layout_sizes;

enum { HW_HEMISPHERE_NORTH, HW_HEMISPHERE_SOUTH, HW_HEMISPHERES };

typedef struct hw_climate {
    hw_value_id winter_lost, heat_lost_dogs; /* days a year */
    hw_value_id field_share;                 /* of calendar days that are field days outside winter */
    hw_value_id weather_sd;                  /* of the logarithm of a week's working time */
    uint32_t hemisphere;                     /* HW_HEMISPHERE_... */
} hw_climate;

enum { HW_HAZARD_MINED, HW_HAZARD_BATTLE, HW_HAZARDS };

typedef struct hw_terrain {
    uint32_t hazard;                       /* what is suspected here: HW_HAZARD_... */
    hw_value_id ap, at, erw;               /* items per m2 of truly contaminated ground */
    hw_value_id caches;                    /* per m2 of ground with remnants */
    hw_value_id cache_items, cache_spread; /* median size; standard deviation of its logarithm */
    hw_value_id gone;           /* share of laid mines that has gone off or been lifted before the start */
    hw_value_id pattern_share;  /* share of a truly mined block that the pattern takes */
    hw_value_id signals;        /* metal signals per m2 */
    hw_value_id vegetation;     /* min/m2 to cut it */
    hw_value_id steep;          /* share of parcels too steep or tight for machines */
    hw_value_id unfit_for_dogs; /* share of parcels that dogs cannot work */
    hw_value_id visits;         /* of civilians to its ground, against that of other settings */
    hw_value_id worth;          /* USD/m2 of released land to an investor */
} hw_terrain;

typedef struct hw_class {
    hw_value_id mined;  /* share of blocks truly mined */
    hw_value_id battle; /* share of blocks with explosive remnants */
    hw_value_id patchy; /* standard deviation, in log-odds, of these shares between polygons */
    hw_value_id believed_mined, believed_battle; /* what planners believe before survey */
} hw_class;

typedef struct hw_district {
    uint32_t climate;
    int64_t access_from;       /* day, or INT64_MAX: from the start */
    hw_value_id undiscovered;  /* area not yet suspected, as a share of the suspected */
    hw_value_id visitors;      /* weight of early visits, grazing and scrap collection */
    hw_value_id soldiers;      /* weight of soldiers on duty */
    hw_value_id border;        /* share of its ground where fighting would stop work */
    hw_value_id border_closed; /* share of its ground closed for want of an agreement with the neighbour */
    const char *p_code; /* of the place in registers of humanitarian data, or NULL: for export and maps */
} hw_district;

enum { HW_CLOSURE_ACCESS, HW_CLOSURE_CONFLICT, HW_CLOSURE_CAUSES };

typedef struct hw_closure {
    hw_index_list districts; /* empty: all */
    int64_t from, to;
    uint32_t cause;
} hw_closure;

typedef struct hw_hazard_area {
    uint32_t district, class, setting;
    hw_value_id area;         /* m2 */
    int64_t access_from;      /* day, or INT64_MAX: with its district */
    bool surveyed;            /* before the start */
    hw_value_id undiscovered; /* as a share of it; UINT32_MAX: as in its district */
    hw_value_id order;        /* for the rule fixed_order; smaller first */
} hw_hazard_area;

enum { HW_PLACE_VILLAGE, HW_PLACE_TOWN, HW_PLACE_CORRIDOR };
enum { HW_PRIORITY_ORDINARY, HW_PRIORITY_NATIONAL };

typedef struct hw_place {
    uint32_t district, kind, priority;
    hw_index_list must_release; /* hazard areas of the same district */
    hw_index_list opens_after;  /* places (roads, power) that must be released before building starts */
    int64_t wanted_from;        /* day from which its delay counts; INT64_MAX: from access to the district */
    int64_t build_from;         /* day; INT64_MAX: as soon as ground is released */
    hw_value_id houses, population;
    hw_value_id standing;                /* share of the houses that stands and is repaired */
    hw_value_id repair_time;             /* from the start of building to the first repaired houses */
    hw_value_id build_time;              /* from the start of building to the first new houses */
    hw_value_id delivery_time;           /* from the first to the last planned house */
    hw_value_id house_cost;              /* with its share of roads, power, water, school */
    int64_t released_by, lived_in_since; /* facts of before the start, or INT64_MAX */
    hw_value_id released_share, residents, houses_built; /* at the start, or UINT32_MAX */
} hw_place;

/* Ground that left suspicion, or was surveyed, before the start: see recorded.h. */
typedef struct hw_recorded {
    uint32_t district;
    hw_index_list areas; /* empty: all of the district */
    hw_value_id cancelled, reduced, mine_cleared, battle_area_cleared, surveyed; /* m2 */
} hw_recorded;

typedef struct hw_operator {
    int64_t access_from;             /* INT64_MAX: from the start */
    hw_value_id permit_delay;        /* registration and access permits */
    hw_value_id admitted;            /* share of its teams that get permits */
    hw_value_id pace, quality, cost; /* multipliers: output, missed items, cost */
    hw_index_list works_on;          /* settings; empty: all */
    bool own_money;                  /* paid only by streams that name it */
} hw_operator;

typedef struct hw_asset {
    uint32_t operator_, method, teams;
    int64_t on;             /* day of order, or of standing ready */
    bool standing;          /* trained and accredited on that day */
    int64_t until;          /* INT64_MAX: to the horizon */
    hw_value_id in_service; /* share of the teams that there are, or UINT32_MAX: all */
} hw_asset;

/* When work is tendered: with money that would lapse, or with all that teams have left over. */
enum { HW_TENDER_SPARE_MONEY, HW_TENDER_ALWAYS };

/* Firms that work by the m2: see contracts.h. */
typedef struct hw_firm_terms {
    uint32_t operator_, when, crews;
    bool unprepared; /* they sign for ground that no machine has prepared */
    hw_value_id survey_price, technical_price, search_price, clearance_price; /* USD/m2; 0: none */
    hw_value_id capacity;                                                     /* m2 a day */
    hw_dated_list factor;  /* on all prices, from that day until the next entry */
    hw_value_id surcharge; /* on the price when all of the capacity is taken */
    hw_value_id mobilise, term, margin;
    hw_value_id in_hand; /* m2 signed for before the start */
} hw_firm_terms;

enum { HW_STREAM_STATE, HW_STREAM_DONOR, HW_STREAM_TRUST_FUND, HW_STREAM_PUBLIC_PRIVATE, HW_STREAM_INVESTOR };
enum { HW_PAYS_CLEARANCE, HW_PAYS_RECONSTRUCTION, HW_PAYS_VICTIM_AID, HW_PAYS };

typedef struct hw_stream_terms {
    uint32_t kind, pays;
    hw_dated_list yearly; /* state budgets: from that day, spread over the months until the next entry */
    hw_dated_list factor; /* on yearly: from that day, until the next entry */
    hw_value_id amount;   /* pledges: USD; UINT32_MAX for yearly streams */
    int64_t pledged;
    hw_value_id exchange; /* multiplier on the amount for currency risk */
    hw_value_id signing_lag, first_tranche_lag, tranche_interval, first_share, valid_for;
    uint32_t tranches;
    hw_value_id retention, overhead, drop_out;
    hw_value_id late; /* days by which instalments miss their day */
    uint32_t condition;
    hw_index_list only_districts, only_operators;
    uint32_t only_place, only_method; /* HW_NO_REFERENCE; method 0 = any, otherwise index + 1 */
} hw_stream_terms;

/* Which teams are stood down first when money is short: see pay_order.c. */
enum { HW_STAND_DOWN_LEAST_NEEDED, HW_STAND_DOWN_NEWEST };
extern const char *const hw_stand_down_names[]; /* NULL-terminated, for choices */

typedef struct hw_planning {
    uint32_t rule;
    uint32_t stand_down;                   /* HW_STAND_DOWN_... */
    hw_value_id crowding;                  /* most teams of one method in one hazard area */
    hw_value_id hysteresis;                /* by how much ground overtakes that was ranked before it */
    hw_value_id national_floor;            /* teams of each method for a place of national priority */
    hw_value_id last_hectares;             /* m2 open in a place that is then finished first */
    hw_value_id move_reserve;              /* share of a month's money that wages leave for moves */
    hw_value_id longest_task;              /* field days of a team on a piece of ground in one go */
    hw_value_id worth_moving;              /* field days of work for which an idle team is sent elsewhere */
    hw_value_id cancel_below, clear_above; /* beliefs: the national standard of all reasonable effort */
    hw_value_id missed_item_cost;          /* USD: what an item left behind costs later */
    hw_value_id prior_strength;            /* blocks that the first belief of a class is worth */
    hw_value_id report_time;               /* completion report and handover */
} hw_planning;

typedef struct hw_training {
    hw_value_id places; /* persons a year that the schools can take, persons/day held as 1/day */
    hw_value_id cost;   /* USD a person */
} hw_training;

enum { HW_GROWTH_BY_MONEY, HW_GROWTH_FIXED };

/* How capacity follows money: see growth.c. */
typedef struct hw_capacity_terms {
    uint32_t growth;     /* HW_GROWTH_... */
    int64_t known_to;    /* INT64_MAX: the start */
    uint32_t most_teams; /* that can be added */
    hw_value_id review, look_ahead, notice, retrain, pay_over;
    hw_value_id trust_state, trust_donors, trust_private;
    hw_value_id backlog_enough, half_weight, land_weight, change_below;
    hw_value_id hire_above, shrink_below;                        /* money in sight against what is bound */
    hw_value_id most_growth, recruits, dog_teams, machine_teams; /* a day */
} hw_capacity_terms;

extern const hw_section hw_capacity_section;

typedef struct hw_safety {
    hw_value_id visit_accidents;    /* per day nationwide and item a hectare, before risk education */
    hw_value_id visit_half_life;    /* days in which visits' accidents halve by marking and learning */
    hw_value_id visit_floor;        /* share that never goes away while land is open */
    int64_t learning_since;         /* day from which accidents halve; INT64_MAX: the start */
    hw_value_id education;          /* share of civilian accidents that risk education and marking avert */
    hw_value_id resident_accidents; /* per person and day and item a hectare */
    hw_value_id duty_accidents;     /* per day nationwide and item a hectare: of soldiers */
    hw_value_id duty_half_life;     /* days in which they halve */
    hw_value_id duty_floor;         /* share that never goes away */
    hw_value_id unwarned;           /* visits to ground that nobody suspects, against suspected ground */
    hw_value_id use_of_released;    /* visits to released ground, against suspected ground */
    hw_value_id anti_tank_danger, remnant_danger; /* of an item, against an anti-personnel mine */
    hw_value_id victims;                          /* persons an accident */
    hw_value_id killed;                           /* share of civilian victims killed */
    hw_value_id soldiers_killed;                  /* share of hurt soldiers who are killed */
    hw_value_id residual_finds;     /* 1/day: rate at which a missed item under people's feet is found */
    hw_value_id reopen;             /* share of such finds that re-opens the ground */
    hw_value_id deminer_casualties; /* per item taken out by hand */
    hw_value_id deminers_killed;    /* share of hurt deminers who are killed */
    hw_value_id stand_down;         /* of the team after an accident */
} hw_safety;

typedef struct hw_resettlement {
    hw_value_id uptake;         /* share of those asked who want to go in the long run */
    hw_value_id displaced;      /* persons who are asked; 0: as many as are planned */
    hw_value_id household;      /* persons a family */
    hw_value_id first_families; /* on the day the first houses are ready */
    hw_value_id arrival_rate;   /* 1/day: waiting willing families that arrive */
    hw_value_id fear;           /* fall of willingness per civilian accident in the district in 12 months */
    hw_value_id first_quarter;  /* share of a place's ground whose release lets building start */
    hw_value_id repair_cost;    /* of a house, against a new one */
    hw_value_id slip_probability, slip_factor, town_factor; /* of building time */
} hw_resettlement;

enum { HW_SERIES_YEAR, HW_SERIES_QUARTER, HW_SERIES_MONTH };

typedef struct hw_results_options {
    uint32_t district_series;
} hw_results_options;

typedef struct hw_scenario {
    const char *name, *question;
    const char *observations; /* a file of facts; nothing here reads it */
    int64_t start, horizon;   /* days since 1970-01-01 */
    int64_t as_of;            /* the day to which the scenario knows anything; INT64_MAX: not said */
    hw_layout_sizes layout;
    hw_results_options results;
    hw_table climates, settings, classes, districts, closures, hazard_areas, places, recorded, operators,
        assets, contracts, streams, signposts;
    hw_planning planning;
    hw_training training;
    hw_capacity_terms capacity;
    hw_safety safety;
    hw_resettlement resettlement;
    const void *methods[HW_REGISTRY_MOST];
    const void *rules[HW_REGISTRY_MOST];
    const void *conditions[HW_REGISTRY_MOST];
    const void *levers[HW_REGISTRY_MOST];
    const char *parameters_from, *parameters_are;
    const hw_values *values; /* set after binding: what all hw_value_id index */
} hw_scenario;

extern const hw_section hw_scenario_section;

/* Typed access to the tables: the item of that index. */
#define HW_ITEM(table, type, index) (&((const type *)(table).items)[index])

/* Answers where in the files a path such as "places.Agdam city" stands. */
typedef hw_position (*hw_where_function)(const void *context, const char *path);

/* Teams that the scenario lists; and those and all that may be added. */
uint32_t hw_scenario_listed_teams(const hw_scenario *scenario);
uint32_t hw_scenario_most_teams(const hw_scenario *scenario);

/* Crews that firms can field for contracts, all kinds of work together. */
uint32_t hw_scenario_most_crews(const hw_scenario *scenario);

/* Whether a contract can have a price for a job. */
bool hw_firm_does(const hw_scenario *scenario, uint32_t contract, uint32_t job);

/* Checks that only the model knows: sizes, dates in order, districts of places, laid-out counts. Adds one
 * error for each problem, and one warning for each thing that can be run and yet is hardly meant
 * (`warnings` may be NULL). Call once after scenario->values is set and before a world is made. */
void hw_scenario_check(const hw_scenario *scenario, hw_where_function where, const void *context,
                       hw_errors *errors, hw_errors *warnings);

/* What one replication answers. The layout borrows the scenario's names; free it with
 * hw_scenario_layout_free. NULL without memory. */
hw_record_layout *hw_scenario_layout(const hw_scenario *scenario);
void hw_scenario_layout_free(hw_record_layout *layout);

#endif

/* The words of a first scenario, part by part, in the order in which it is read. */
#include "analysis/country/text.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include "sim/input/writer.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { YEARS = 25, WITHOUT_A_MAP = 2 };

/* What the text is made from. */
typedef struct text {
    FILE *out;
    const hw_country_wish *wish;
    const char *layers;
    hw_pool pool;
    hw_date start;
    const hw_country_district *districts;
    uint32_t count;
} text;

static const hw_country_district made_up[WITHOUT_A_MAP] = {{.name = "First district"},
                                                           {.name = "Second district"}};

static const char *scalar(text *t, const char *name) {
    return hw_yaml_scalar(&t->pool, name);
}

/* ---- Names ---- */

static const char *first_name(const hw_country_wish *wish) {
    return wish->map != NULL && wish->map->count > 0 ? wish->map->districts[0].name : made_up[0].name;
}

char *hw_country_place(const hw_country_wish *wish) {
    return wish->place != NULL ? hw_take_text("%s", wish->place)
                               : hw_take_text("First village of %s", first_name(wish));
}

static const char *named(text *t, const char *what, const char *district) {
    return scalar(t, hw_pool_print(&t->pool, "%s of %s", what, district));
}

/* ---- The beginning ---- */

static void write_head(text *t) {
    char day[16], *place = hw_country_place(t->wish);
    int64_t horizon = hw_date_to_days((hw_date){t->start.year + YEARS, 12, 31});
    FILE *out = t->out;
    fprintf(out, "# %s: a first scenario, to be made true.\n", t->wish->name);
    fputs("#\n"
          "# It runs as it is. Nothing in it is known: every figure is assumed, with a range so wide that it "
          "says so. Beside each choice stands why\n"
          "# it is so, and what to find out. Replace one figure after the other: give it a range and a "
          "`source`, and take `assumed` away where it is\n"
          "# no longer so. What is left to do: homeward check THIS-FILE --assumptions. All keys: homeward "
          "schema.\n"
          "#\n"
          "# A range {p10: a, p50: b, p90: c} means: below a in one world of ten, below b in half of them, "
          "below c in nine of ten.\n\n",
          out);
    fputs("# Ground, methods and policy that many countries share. They were collected for Azerbaijan: read "
          "them, copy them beside this file and\n"
          "# change what is otherwise in your country. What this file says itself counts before what they "
          "say.\n",
          out);
    static const char *const shared[] = {"ground.yaml", "methods.yaml", "policy.yaml"};
    fputs("include:\n", out);
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        fprintf(out, "  - %s\n", scalar(t, hw_pool_print(&t->pool, "%s/%s", t->layers, shared[i])));
    }
    fputs("\n# What stands here counts for everything below that says nothing else: nobody has told any of "
          "it.\n"
          "assumed: true\n\n",
          out);
    fprintf(out, "name: %s\n", scalar(t, t->wish->name));
    fprintf(out,
            "# One question. A scenario that answers one well is worth more than one that is to answer "
            "all.\nquestion: %s\n",
            scalar(t, hw_pool_print(&t->pool, "When can people live in %s?", place)));
    fprintf(out,
            "# The first day that is played. Take a day for which you have a record: what was cleared, who "
            "works, what is suspected.\n"
            "start: %s\n",
            hw_date_print(t->wish->start, day));
    fprintf(out,
            "# The last one. What has not happened by then is told as \"not by then\", never left out: leave "
            "it time.\nhorizon: %s\n\n",
            hw_date_print(horizon, day));
    free(place);
}

static void write_currency(text *t) {
    const hw_country_currency *currency = &t->wish->currency;
    if (currency->code[0] == '\0') {
        fputs("# Money is written in USD. Your own currency: currencies: {shown_in: XYZ, XYZ: 0.5 USD}, then "
              "10 MXYZ (homeward new --currency).\n\n",
              t->out);
        return;
    }
    fprintf(t->out,
            "# What one unit is worth, all along: the model counts in dollars. Find out the rate of the "
            "years that your budgets are of.\n"
            "currencies:\n  shown_in: %s\n  %s: %.10g USD\n\n",
            currency->code, currency->code, currency->usd);
}

/* ---- Climate and districts ---- */

static double mean_latitude(const text *t) {
    double sum = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        sum += t->districts[i].latitude;
    }
    return sum / t->count;
}

static void write_climate(text *t) {
    bool south = mean_latitude(t) < 0;
    fputs("# Seasons. How many days a winter do teams stand still for snow, mud and short days? How many "
          "more do dogs rest in the heat? Ask an\n"
          "# operator for the field days of each month of one year. More climates: one entry each, named by "
          "the districts below.\n"
          "climates:\n  usual:\n",
          t->out);
    fprintf(t->out,
            "    hemisphere: %s # %s\n"
            "    winter_lost: {p10: 2 days, p50: 25 days, p90: 90 days}\n"
            "    heat_lost_dogs: {p10: 2 days, p50: 20 days, p90: 60 days}\n"
            "    field_share: {p10: 0.5, p50: 0.65, p90: 0.8} # 15, 20, 24 field days a month outside of "
            "winter\n\n",
            south ? "south" : "north",
            t->wish->map != NULL ? "by the map" : "when winter is: in the south half a year later");
}

static void write_districts(text *t) {
    fputs("# Districts are where ground and places lie. ", t->out);
    if (t->wish->map != NULL) {
        fputs("These are those of the map, in its order, with their codes; take out where no mine was ever\n"
              "# laid. `undiscovered`: ground that nobody suspects yet, as a share of what is suspected; ask "
              "how much was added in the last five years.\n"
              "# `access_from: DATE` where teams may not go yet.\ndistricts:\n",
              t->out);
    } else {
        fputs("Name yours; homeward new --map takes them from a file of outlines. `p_code` is the code of\n"
              "# the district in registers of humanitarian data. `undiscovered`: ground that nobody suspects "
              "yet, as a share of what is suspected; ask\n"
              "# how much was added in the last five years. `access_from: DATE` where teams may not go "
              "yet.\ndistricts:\n",
              t->out);
    }
    for (uint32_t i = 0; i < t->count; i++) {
        const hw_country_district *d = &t->districts[i];
        fprintf(t->out, "  %s: {", scalar(t, d->name));
        if (d->p_code != NULL) {
            fprintf(t->out, "p_code: %s, ", scalar(t, d->p_code));
        }
        fputs("climate: usual, undiscovered: {p10: 2 %, p50: 10 %, p90: 40 %}}", t->out);
        if (t->wish->map != NULL) {
            fprintf(t->out, " # %.*f km2", d->area_km2 < 100 ? 1 : 0, d->area_km2);
        }
        fputc('\n', t->out);
    }
    fputc('\n', t->out);
}

/* ---- Ground ---- */

/* Suspected land of a district: a share of it, within bounds that keep a first run short. */
static double fields_km2(const hw_country_district *district) {
    enum { UNKNOWN_KM2 = 4 };
    static const double share = 0.005, least = 0.1, most = 20;
    return district->area_km2 > 0 ? fmin(fmax(share * district->area_km2, least), most) : UNKNOWN_KM2;
}

static void write_fields(text *t, const hw_country_district *d) {
    double middle = fields_km2(d);
    fprintf(t->out,
            "  %s: {district: %s, class: low, setting: farmland, area: {p10: %.3g km2, p50: %.3g km2, p90: "
            "%.3g km2}}\n",
            named(t, "Fields", d->name), scalar(t, d->name), middle / 5, middle, middle * 5);
}

static void write_ground(text *t) {
    const char *first = t->districts[0].name, *district = scalar(t, first);
    fputs(
        "# Suspected ground, by area and kind; where it lies exactly is neither needed nor told. The mine "
        "action authority has it by district:\n"
        "# ask for confirmed and suspected areas (CHA, SHA), their sizes, and on what the suspicion rests.\n"
        "#   class: high, medium or low suspicion; setting: belt, trench, ruins, road, farmland, forest or "
        "mountain (layers/ground.yaml)\n"
        "#   surveyed: yes for ground whose non-technical survey is over\n"
        "# Fields: ",
        t->out);
    fputs(
        t->wish->map != NULL
            ? "half a per cent of each district, and at most 20 km2, from a fifth of that to five times as "
              "much: a guess to begin with.\n"
            : "4 km2 in each district, from a fifth of that to five times as much: a guess to begin with.\n",
        t->out);
    fputs("hazard_areas:\n", t->out);
    fprintf(
        t->out,
        "  # The place below waits for these two: houses and gardens, and a short line that soldiers held.\n"
        "  %s: {district: %s, class: medium, setting: ruins, area: {p10: 5 ha, p50: 20 ha, p90: 80 ha}}\n",
        named(t, "Village and gardens", first), district);
    fprintf(t->out,
            "  %s: {district: %s, class: high, setting: belt, area: {p10: 5 ha, p50: 25 ha, p90: 120 ha}}\n",
            named(t, "Former front", first), district);
    for (uint32_t i = 0; i < t->count; i++) {
        write_fields(t, &t->districts[i]);
    }
    fputc('\n', t->out);
}

static void write_place(text *t) {
    const char *first = t->districts[0].name;
    char *place = hw_country_place(t->wish);
    fputs("# One place that people wait for: the ground that must be released before they can live there, "
          "houses, people. Begin with one whose story\n"
          "# you know, and see whether the model tells it. `standing: 50 %` if half of the houses stand; "
          "`opens_after` a road; `build_from: DATE`.\n"
          "places:\n",
          t->out);
    fprintf(t->out,
            "  %s:\n    district: %s\n    must_release: [%s, %s]\n"
            "    houses: {p10: 40, p50: 100, p90: 250}\n    population: {p10: 120, p50: 350, p90: 1000}\n\n",
            scalar(t, place), scalar(t, first), named(t, "Village and gardens", first),
            named(t, "Former front", first));
    free(place);
}

/* ---- Who works, and who pays ---- */

/* More districts, more teams: one of each kind for every five. */
static uint32_t teams_of(const text *t, uint32_t least) {
    enum { DISTRICTS_A_TEAM = 5 };
    return least + t->count / DISTRICTS_A_TEAM;
}

typedef struct kind_of_team {
    const char *name, *method;
    uint32_t least;
    const char *why;
} kind_of_team;

static const kind_of_team kinds[] = {
    {"Survey", "non_technical_survey", 1,
     "asks people and looks: most suspected land is released by this alone"},
    {"Technical survey", "technical_survey", 1,
     "looks into the ground where survey says that there may be mines"},
    {"Battle area", "battle_area", 1, "searches for shells and cluster munitions on the surface and below"},
    {"Deminers", "manual", 2, "clear mines by hand"},
    {"Machine", "machines", 1, "prepares flat ground for deminers and dogs"},
    {"Quality control", "quality_control", 1, "checks what was cleared; without it nothing is released"},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static uint32_t all_teams(const text *t) {
    uint32_t all = 0;
    for (size_t i = 0; i < KINDS; i++) {
        all += teams_of(t, kinds[i].least);
    }
    return all;
}

static void write_teams(text *t) {
    char day[16], later[16];
    hw_date_print(t->wish->start, day);
    fputs("# Who works. Each stage needs a team, or nothing passes it: check warns then. Ask the authority "
          "for teams by operator and kind, and which\n"
          "# stood ready on the first day (`standing: yes`); others are bought, trained and accredited from "
          "their day on, if there is money.\n"
          "# Money hires nobody here: these teams are all there are, and a gift that they cannot spend goes "
          "back. "
          "To let operators hire and let\n"
          "# go by the money in sight: capacity: {growth: by_money} (homeward schema capacity).\n"
          "operators:\n  National operator: {}\nassets:\n",
          t->out);
    for (size_t i = 0; i < KINDS; i++) {
        fprintf(t->out,
                "  # %s\n  %s: {operator: National operator, method: %s, teams: %u, on: %s, standing: yes}\n",
                kinds[i].why, kinds[i].name, kinds[i].method, teams_of(t, kinds[i].least), day);
    }
    fputs("  # dogs search fast where there is little metal in their way; bought later, which is planned on "
          "the day of known_by: a forecast as\n"
          "  # of an earlier day does not count on them\n",
          t->out);
    fprintf(t->out,
            "  Dogs: {operator: National operator, method: dogs, teams: %u, on: %s, known_by: %s}\n\n",
            teams_of(t, 1), hw_date_print(hw_date_to_days((hw_date){t->start.year + 1, 1, 1}), later), day);
}

/* An amount of dollars in the currency of the file, to two digits. */
static const char *money(text *t, double usd) {
    const hw_country_currency *currency = &t->wish->currency;
    double units = usd / currency->usd;
    double size = pow(10, floor(log10(units)) - 1);
    return hw_pool_print(&t->pool, "%.10g k%s", round(units / size) * size / 1e3,
                         currency->code[0] != '\0' ? currency->code : "USD");
}

static void write_money(text *t) {
    static const double a_team = 270e3, houses = 4e6;
    double clearance = a_team * (all_teams(t) + teams_of(t, 1));
    fputs("# Who pays. Budgets by year, repeated until the next year that is named; unspent money of a year "
          "lapses. Pledges of donors have an\n"
          "# `amount` and a day (homeward schema streams). Here: about what the teams above cost, from half "
          "to twice of it. Ask the ministry of finance\n"
          "# for what was spent, not for what was planned.\n"
          "streams:\n  State budget:\n    kind: state\n",
          t->out);
    fprintf(t->out, "    yearly: {%d: {p10: %s, p50: %s, p90: %s}}\n", (int)t->start.year,
            money(t, clearance / 2), money(t, clearance), money(t, clearance * 2));
    fputs("    overhead: {p10: 8 %, p50: 18 %, p90: 30 %}\n"
          "  # Houses, roads and power are paid from another budget. Without one nobody builds; this is "
          "about a village's.\n"
          "  Reconstruction:\n    kind: state\n    pays: reconstruction\n",
          t->out);
    fprintf(t->out, "    yearly: {%d: {p10: %s, p50: %s, p90: %s}}\n\n", (int)t->start.year,
            money(t, houses / 4), money(t, houses), money(t, houses * 4));
}

static void write_policy(text *t) {
    fputs("# In what order ground is worked on. The rule decides much: try others (homeward list rules; "
          "--set planning.rule=worst_first).\n"
          "planning: {rule: nearest_release}\n\n"
          "# How many accidents there are a month at the start, in the whole country, of people who go where "
          "they should not, and of soldiers on\n"
          "# duty. The shared layers have those of Azerbaijan after 2020. Count yours: the police and "
          "hospitals have them.\n"
          "safety:\n"
          "  visit_accidents: {p10: 0.1 /month, p50: 1 /month, p90: 8 /month}\n"
          "  duty_accidents: {p10: 0.02 /month, p50: 0.3 /month, p90: 4 /month}\n",
          t->out);
}

void hw_country_write_text(FILE *out, const hw_country_wish *wish, const char *layers) {
    bool mapped = wish->map != NULL && wish->map->count > 0;
    text t = {.out = out,
              .wish = wish,
              .layers = layers,
              .start = hw_date_from_days(wish->start),
              .districts = mapped ? wish->map->districts : made_up,
              .count = mapped ? wish->map->count : WITHOUT_A_MAP};
    write_head(&t);
    write_currency(&t);
    write_climate(&t);
    write_districts(&t);
    write_ground(&t);
    write_place(&t);
    write_teams(&t);
    write_money(&t);
    write_policy(&t);
    hw_pool_free(&t.pool);
}

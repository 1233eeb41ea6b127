/* The keys of streams of money. Sources in square brackets
 * are expanded in scenarios/SOURCES.md. */
#include "models/condition.h"
#include "models/method.h"
#include "models/terms.h"
#include "sim/length.h"

static const char *const stream_kinds[] = {"state",          "donor",    "trust_fund",
                                           "public_private", "investor", NULL};
static const char *const pays_names[] = {"clearance", "reconstruction", "victim_aid", NULL};

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
     .before_start = "what was due before it is spent",
     .meaning =
         "Budget of twelve months from each date, repeated until the next one (or cut short by it) "
         "and paid in monthly parts. Unspent money lapses at the end of each budget year. Parts due before "
         "the scenario's start are spent. '120 % of 2026' is a share of the entry that holds on that date: "
         "each world keeps its own draw of it."},
    {.name = "factor",
     .type = HW_KEY_DATED,
     .dimension = HW_DIM_NUMBER,
     .low = 0,
     .high = 1000,
     .optional = true,
     .offset = offsetof(hw_stream_terms, factor),
     .before_start = "in force from the start",
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
const hw_section hw_stream_section = {"stream", "A stream of money: budget, pledge, fund or investor.",
                                      sizeof(hw_stream_terms), stream_keys, HW_LENGTH(stream_keys)};

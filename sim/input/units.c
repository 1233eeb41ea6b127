/* Reads a quantity and converts it to the unit of its dimension. */
#include "sim/input/units.h"

#include "sim/input/reader.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Tables ---- */

static const double month_days = 30.436875; /* a twelfth of the Gregorian mean year */
static const double year_days = 365.2425;

typedef struct unit_row {
    const char *name, *plural;
    double factor;
} unit_row;

static const unit_row area_units[] = {{"m2", NULL, 1.0}, {"ha", NULL, 1e4}, {"km2", NULL, 1e6}, {0}};
static const unit_row length_units[] = {{"m", NULL, 1.0}, {"km", NULL, 1e3}, {0}};
static const unit_row time_units[] = {
    {"day", "days", 1.0},         {"week", "weeks", 7.0},        {"month", "months", month_days},
    {"year", "years", year_days}, {"hour", "hours", 1.0 / 24.0}, {0}};
/* An hour of work is not an hour of the calendar, so rates are per calendar time of a day or more. */
static const unit_row period_units[] = {
    {"day", NULL, 1.0}, {"week", NULL, 7.0}, {"month", NULL, month_days}, {"year", NULL, year_days}, {0}};
static const unit_row minute_units[] = {
    {"min", NULL, 1.0}, {"hour", "hours", 60.0}, {"s", NULL, 1.0 / 60.0}, {0}};
static const unit_row share_units[] = {{"", NULL, 1.0}, {"%", NULL, 0.01}, {0}};
static const unit_row no_units[] = {{"", NULL, 1.0}, {0}};
static const unit_row money_prefixes[] = {
    {"", NULL, 1.0}, {"k", NULL, 1e3}, {"M", NULL, 1e6}, {"bn", NULL, 1e9}, {0}};

typedef struct dimension_row {
    const char *name, *example, *units, *held;
    const unit_row *above; /* NULL: money */
    const unit_row *below; /* NULL: nothing is divided by */
} dimension_row;

static const dimension_row dimensions[HW_DIM_COUNT_OF_DIMENSIONS] = {
    [HW_DIM_NUMBER] = {"a plain number", "1.5", "", "", no_units, NULL},
    [HW_DIM_SHARE] = {"a share", "35 %", "%, or a number such as 0.35", "", share_units, NULL},
    [HW_DIM_AREA] = {"an area", "5.2 km2", "m2, ha, km2", "m2", area_units, NULL},
    [HW_DIM_LENGTH] = {"a length", "12 km", "m, km", "m", length_units, NULL},
    [HW_DIM_TIME] = {"a time", "14 months", "hours, days, weeks, months, years", "days", time_units, NULL},
    [HW_DIM_MONEY] = {"money", "2.5 MUSD", "USD, kUSD, MUSD, bnUSD", "USD", NULL, NULL},
    [HW_DIM_AREA_PER_TIME] = {"an area per time", "25 m2/day",
                              "m2/day, ha/day, km2/day; also per week, month, year", "m2/day", area_units,
                              period_units},
    [HW_DIM_TIME_PER_AREA] = {"a time per area", "4 min/m2", "min/m2, min/ha, min/km2; also hour, s",
                              "min/m2", minute_units, area_units},
    [HW_DIM_MINUTES] = {"a short time", "20 min", "s, min, hours", "min", minute_units, NULL},
    [HW_DIM_PER_AREA] = {"a density", "30 /ha", "/m2, /ha, /km2", "/m2", no_units, area_units},
    [HW_DIM_PER_TIME] = {"a rate", "10 %/year", "/day, /week, /month, /year; also %/year", "/day",
                         share_units, period_units},
    [HW_DIM_MONEY_PER_TIME] = {"money per time", "900 USD/day",
                               "USD/day, USD/week, USD/month, USD/year; also kUSD, MUSD, bnUSD", "USD/day",
                               NULL, period_units},
    [HW_DIM_MONEY_PER_AREA] = {"money per area", "1.2 USD/m2",
                               "USD/m2, USD/ha, USD/km2; also kUSD, MUSD, bnUSD", "USD/m2", NULL, area_units},
};

const char *hw_dimension_name(hw_dimension dimension) {
    return dimensions[dimension].name;
}

const char *hw_dimension_example(hw_dimension dimension) {
    return dimensions[dimension].example;
}

const char *hw_dimension_units(hw_dimension dimension) {
    return dimensions[dimension].units;
}

const char *hw_dimension_held(hw_dimension dimension) {
    return dimensions[dimension].held;
}

bool hw_currency_name_is_good(const char *name) {
    return strlen(name) == 3 && strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3 && strcmp(name, "USD") != 0;
}

/* ---- Numbers ---- */

static size_t skip_digits(const char *text) {
    size_t i = 0;
    while (isdigit((unsigned char)text[i]) ||
           (i > 0 && text[i] == '_' && isdigit((unsigned char)text[i + 1]))) {
        i++;
    }
    return i;
}

/* Length of a decimal number at the start of the text, 0 when it is missing. */
static size_t number_length(const char *text) {
    size_t i = *text == '-' || *text == '+' ? 1 : 0;
    size_t digits = skip_digits(text + i);
    if (digits == 0) {
        return 0;
    }
    i += digits;
    if (text[i] == '.') {
        digits = skip_digits(text + i + 1);
        if (digits == 0) {
            return 0;
        }
        i += 1 + digits;
    }
    if (text[i] == 'e' || text[i] == 'E') {
        size_t sign = text[i + 1] == '-' || text[i + 1] == '+' ? 1 : 0;
        digits = skip_digits(text + i + 1 + sign);
        i += digits == 0 ? 0 : 1 + sign + digits;
    }
    return i;
}

/* Reads `length` bytes as a number, without underscores. Infinite when it is too large or too long. */
static double read_number(const char *text, size_t length) {
    char digits[128];
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '_') {
            continue;
        }
        if (count + 1 == sizeof(digits)) {
            return HUGE_VAL;
        }
        digits[count++] = text[i];
    }
    digits[count] = '\0';
    return strtod(digits, NULL);
}

/* ---- Units ---- */

static bool same(const char *name, const char *text, size_t length) {
    return name != NULL && strlen(name) == length && memcmp(name, text, length) == 0;
}

/* The factor of a unit in a table; 0 when it is not there. */
static double factor_in(const unit_row *rows, const char *unit, size_t length) {
    for (; rows->name != NULL; rows++) {
        if (same(rows->name, unit, length) || same(rows->plural, unit, length)) {
            return rows->factor;
        }
    }
    return 0.0;
}

static double currency_value(const hw_currencies *currencies, const char *name) {
    if (strcmp(name, "USD") == 0) {
        return 1.0;
    }
    for (uint32_t i = 0; currencies != NULL && i < currencies->count; i++) {
        if (strcmp(currencies->items[i].name, name) == 0) {
            return currencies->items[i].usd;
        }
    }
    return 0.0;
}

/* A prefix and three letters: "MAZN". */
static double money_factor(const hw_currencies *currencies, const char *unit, size_t length) {
    char name[4] = {0};
    if (length < 3) {
        return 0.0;
    }
    memcpy(name, unit + length - 3, 3);
    return factor_in(money_prefixes, unit, length - 3) * currency_value(currencies, name);
}

/* Held units in one `unit`; 0 when the dimension has no such unit. */
static double unit_factor(hw_dimension dimension, const hw_currencies *currencies, const char *unit) {
    const dimension_row *row = &dimensions[dimension];
    const char *slash = strchr(unit, '/');
    size_t above_length = slash != NULL ? (size_t)(slash - unit) : strlen(unit);
    if ((slash != NULL) != (row->below != NULL)) {
        return 0.0;
    }
    double above = row->above == NULL ? money_factor(currencies, unit, above_length)
                                      : factor_in(row->above, unit, above_length);
    if (slash == NULL || above == 0.0) {
        return above;
    }
    double below = factor_in(row->below, slash + 1, strlen(slash + 1));
    return below == 0.0 ? 0.0 : above / below;
}

/* Copies the unit without blanks at its ends and around its slash; false when it is longer than any unit. */
static bool copy_unit(const char *text, char unit[HW_UNIT_BYTES]) {
    size_t count = 0;
    bool blank = false;
    for (; *text != '\0'; text++) {
        if (*text == ' ') {
            blank = true;
            continue;
        }
        if (blank && count > 0 && *text != '/' && unit[count - 1] != '/') {
            unit[count++] = ' ';
        }
        blank = false;
        if (count + 2 >= HW_UNIT_BYTES) {
            return false;
        }
        unit[count++] = *text;
    }
    unit[count] = '\0';
    return true;
}

/* ---- Messages ---- */

static void expected(hw_dimension dimension, const hw_currencies *currencies, const char *text,
                     const char *why, char problem[HW_UNIT_PROBLEM_BYTES]) {
    const dimension_row *row = &dimensions[dimension];
    char quoted[HW_QUOTE_BYTES];
    char names[64] = "";
    size_t used = 0;
    for (uint32_t i = 0; row->above == NULL && currencies != NULL && i < currencies->count && i < 8; i++) {
        used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s", i == 0 ? "; also " : ", ",
                                 currencies->items[i].name);
    }
    bool units = *row->units != '\0';
    snprintf(problem, HW_UNIT_PROBLEM_BYTES, "expected %s such as %s%s%s%s%s, found '%s'%s", row->name,
             row->example, units ? " (" : "", row->units, names, units ? ")" : "", hw_quote(text, quoted),
             why);
}

static const char *why_not_a_number(const char *text) {
    if (*text == '.') {
        return ": write a digit before the point";
    }
    return "";
}

/* Whether a unit has a currency where money is expected, so that its name must be the mistake. */
static bool has_currency(hw_dimension dimension, const char *unit) {
    size_t length = strcspn(unit, "/");
    char name[4] = {0};
    if (dimensions[dimension].above != NULL || length < 3) {
        return false;
    }
    memcpy(name, unit + length - 3, 3);
    return hw_currency_name_is_good(name);
}

static const char *why_not_a_unit(hw_dimension dimension, const char *rest, const char *unit) {
    if (*unit == '\0') {
        return ", which has no unit";
    }
    if (has_currency(dimension, unit)) {
        return ": what other currencies are worth is said at the top, as in currencies: {AZN: 0.588 USD}";
    }
    if (isdigit((unsigned char)*unit) || *rest == ',' || *rest == '\'') {
        return ": thousands can be separated by _ only, as in 1_000, and decimals by a point";
    }
    return "";
}

bool hw_quantity_parse(const char *text, hw_dimension dimension, const hw_currencies *currencies,
                       hw_quantity *quantity, char problem[HW_UNIT_PROBLEM_BYTES]) {
    const char *start = text + strspn(text, " ");
    size_t length = number_length(start);
    if (length == 0) {
        expected(dimension, currencies, text, why_not_a_number(start), problem);
        return false;
    }
    double number = read_number(start, length);
    const char *rest = start + length;
    if (!copy_unit(rest, quantity->unit)) {
        expected(dimension, currencies, text, "", problem);
        return false;
    }
    quantity->factor = unit_factor(dimension, currencies, quantity->unit);
    if (quantity->factor == 0.0) {
        expected(dimension, currencies, text, why_not_a_unit(dimension, rest, quantity->unit), problem);
        return false;
    }
    quantity->value = number * quantity->factor;
    if (!isfinite(quantity->value)) {
        expected(dimension, currencies, text, ", which is too large", problem);
        return false;
    }
    return true;
}

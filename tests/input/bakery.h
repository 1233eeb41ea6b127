/* A made-up scenario language for the tests of the loader: a chain of bakeries. It uses every type of key. */
#ifndef HW_TESTS_INPUT_BAKERY_H
#define HW_TESTS_INPUT_BAKERY_H

#include "sim/schema.h"

typedef struct oven {
    hw_value_id floor, warm_up, cleaning;
    uint32_t doors;
} oven;

typedef struct shop {
    hw_value_id area, rent, sold_out, walk_in;
    uint32_t staff, oven, style;
    hw_index_list neighbours;
    hw_dated_list budget;
    int64_t opened;
    bool open_on_sunday;
    const char *sign;
} shop;

typedef struct dough {
    hw_value_id rise, waste;
} dough;

typedef struct delivery {
    hw_value_id distance, round, fee;
} delivery;

typedef struct bakery {
    const char *title;
    int64_t start, end, as_of;
    hw_value_id price_growth, queue_density, counter_time, paving, coverage, spare;
    delivery delivery;
    hw_table ovens, shops;
    const void *doughs[HW_REGISTRY_MOST];
    uint32_t main_shop;
} bakery;

static const hw_key oven_keys[] = {
    {.name = "floor",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_AREA,
     .standard = "4 m2",
     .low = 0.5,
     .high = 100,
     .offset = offsetof(oven, floor),
     .meaning = "baking floor of the oven",
     .source = "Bakers' handbook, p. 12"},
    {.name = "warm_up",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_MINUTES,
     .standard = "{p10: 10 min, p50: 20 min, p90: 1 hour}",
     .low = 0,
     .high = 600,
     .offset = offsetof(oven, warm_up),
     .meaning = "time until the oven is hot"},
    {.name = "cleaning",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_TIME_PER_AREA,
     .standard = "3 min/m2",
     .offset = offsetof(oven, cleaning),
     .meaning = "time to clean the floor"},
    {.name = "doors",
     .type = HW_KEY_COUNT,
     .standard = "1",
     .low = 1,
     .high = 8,
     .offset = offsetof(oven, doors),
     .meaning = "number of doors"},
};
static const hw_section oven_section = {.name = "oven",
                                        .documentation = "An oven, shared by shops.",
                                        .size = sizeof(oven),
                                        .keys = oven_keys,
                                        .key_count = HW_LENGTH(oven_keys)};

static const char *const shop_styles[] = {"rustic", "modern", "stand-up", NULL};

static const hw_key shop_keys[] = {
    {.name = "area",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_AREA,
     .low = 10,
     .high = 1e6,
     .offset = offsetof(shop, area),
     .meaning = "area of the shop"},
    {.name = "rent",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_MONEY_PER_TIME,
     .standard = "900 USD/month",
     .low = 0,
     .high = 1e6,
     .offset = offsetof(shop, rent),
     .meaning = "rent of the shop"},
    {.name = "sold_out",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .standard = "{distribution: beta, alpha: 2, beta: 5}",
     .low = 0,
     .high = 1,
     .offset = offsetof(shop, sold_out),
     .meaning = "share of days on which the bread runs out"},
    {.name = "walk_in",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_PER_TIME,
     .standard = "40 /day",
     .low = 0,
     .high = 1e4,
     .offset = offsetof(shop, walk_in),
     .meaning = "customers who walk in"},
    {.name = "staff",
     .type = HW_KEY_COUNT,
     .low = 1,
     .high = 500,
     .offset = offsetof(shop, staff),
     .meaning = "people who work there"},
    {.name = "oven",
     .type = HW_KEY_REFERENCE,
     .optional = true,
     .refers_to = "ovens",
     .offset = offsetof(shop, oven),
     .meaning = "the oven that bakes for the shop"},
    {.name = "style",
     .type = HW_KEY_CHOICE,
     .standard = "rustic",
     .choices = shop_styles,
     .offset = offsetof(shop, style),
     .meaning = "style of the furniture"},
    {.name = "neighbours",
     .type = HW_KEY_REFERENCES,
     .optional = true,
     .refers_to = "shops",
     .offset = offsetof(shop, neighbours),
     .meaning = "shops that help out"},
    {.name = "budget",
     .type = HW_KEY_DATED,
     .dimension = HW_DIM_MONEY,
     .optional = true,
     .low = 0,
     .high = 1e9,
     .offset = offsetof(shop, budget),
     .meaning = "money for the shop from a day on"},
    {.name = "opened",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(shop, opened),
     .meaning = "day of the opening"},
    {.name = "open_on_sunday",
     .type = HW_KEY_YES_NO,
     .standard = "no",
     .offset = offsetof(shop, open_on_sunday),
     .meaning = "whether it sells on Sundays"},
    {.name = "sign",
     .type = HW_KEY_TEXT,
     .optional = true,
     .offset = offsetof(shop, sign),
     .meaning = "what the sign says"},
};
static const hw_section shop_section = {.name = "shop",
                                        .documentation = "A shop that sells bread.",
                                        .size = sizeof(shop),
                                        .keys = shop_keys,
                                        .key_count = HW_LENGTH(shop_keys)};

static const hw_key dough_keys[] = {
    {.name = "rise",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_TIME,
     .standard = "12 hours",
     .low = 0,
     .high = 30,
     .offset = offsetof(dough, rise),
     .meaning = "time to rise"},
    {.name = "waste",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_SHARE,
     .standard = "5 %",
     .low = 0,
     .high = 1,
     .offset = offsetof(dough, waste),
     .meaning = "share that is thrown away",
     .source = "Miller 2019"},
};
static const hw_section sourdough_section = {.name = "sourdough",
                                             .documentation = "Dough that rises by itself.",
                                             .size = sizeof(dough),
                                             .keys = dough_keys,
                                             .key_count = HW_LENGTH(dough_keys)};
static const hw_section yeast_section = {.name = "yeast",
                                         .documentation = "Dough with bought yeast.",
                                         .size = sizeof(dough),
                                         .keys = dough_keys,
                                         .key_count = HW_LENGTH(dough_keys)};
static const hw_section *const dough_sections[] = {&sourdough_section, &yeast_section};
static const hw_registry dough_registry = {
    .name = "doughs", .sections = dough_sections, .count = HW_LENGTH(dough_sections)};

static const hw_key delivery_keys[] = {
    {.name = "distance",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_LENGTH,
     .standard = "{distribution: pert, low: 1 km, mode: 2 km, high: 6 km}",
     .low = 0,
     .high = 1e5,
     .offset = offsetof(delivery, distance),
     .meaning = "way to the customers"},
    {.name = "round",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_AREA_PER_TIME,
     .standard = "2 km2/day",
     .offset = offsetof(delivery, round),
     .meaning = "area that one cart serves"},
    {.name = "fee",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_MONEY,
     .optional = true,
     .offset = offsetof(delivery, fee),
     .meaning = "price of a delivery"},
};
static const hw_section delivery_section = {.name = "delivery",
                                            .documentation = "How bread comes to the customers.",
                                            .size = sizeof(delivery),
                                            .keys = delivery_keys,
                                            .key_count = HW_LENGTH(delivery_keys)};

static const hw_key bakery_keys[] = {
    {.name = "title",
     .type = HW_KEY_TEXT,
     .offset = offsetof(bakery, title),
     .meaning = "name of the scenario"},
    {.name = "start",
     .type = HW_KEY_DATE,
     .standard = "2020-11-10",
     .offset = offsetof(bakery, start),
     .meaning = "first day"},
    {.name = "end",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(bakery, end),
     .meaning = "last day"},
    {.name = "as_of",
     .type = HW_KEY_DATE,
     .optional = true,
     .offset = offsetof(bakery, as_of),
     .meaning = "day to which the baker knows anything"},
    {.name = "price_growth",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_PER_TIME,
     .standard = "3 %/year",
     .offset = offsetof(bakery, price_growth),
     .meaning = "growth of prices"},
    {.name = "queue_density",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_PER_AREA,
     .standard = "0.5 /m2",
     .low = 0,
     .high = 10,
     .offset = offsetof(bakery, queue_density),
     .meaning = "people waiting in a shop"},
    {.name = "counter_time",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_MINUTES,
     .standard = "{distribution: lognormal, median: 90 s, sigma: 0.4}",
     .offset = offsetof(bakery, counter_time),
     .meaning = "time of one customer at the counter"},
    {.name = "paving",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_MONEY_PER_AREA,
     .standard = "12 USD/m2",
     .offset = offsetof(bakery, paving),
     .meaning = "price of a floor"},
    {.name = "coverage",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .standard = "1.5",
     .offset = offsetof(bakery, coverage),
     .meaning = "shops that reach a customer"},
    {.name = "spare",
     .type = HW_KEY_QUANTITY,
     .dimension = HW_DIM_NUMBER,
     .optional = true,
     .offset = offsetof(bakery, spare),
     .meaning = "a number that may be left out"},
    {.name = "delivery",
     .type = HW_KEY_SECTION,
     .section = &delivery_section,
     .offset = offsetof(bakery, delivery),
     .meaning = "how bread comes to the customers"},
    {.name = "ovens",
     .type = HW_KEY_TABLE,
     .optional = true,
     .section = &oven_section,
     .offset = offsetof(bakery, ovens),
     .meaning = "all ovens"},
    {.name = "shops",
     .type = HW_KEY_TABLE,
     .optional = true,
     .section = &shop_section,
     .offset = offsetof(bakery, shops),
     .meaning = "all shops"},
    {.name = "doughs",
     .type = HW_KEY_REGISTRY,
     .registry = &dough_registry,
     .offset = offsetof(bakery, doughs),
     .meaning = "all doughs"},
    {.name = "main_shop",
     .type = HW_KEY_REFERENCE,
     .optional = true,
     .refers_to = "shops",
     .offset = offsetof(bakery, main_shop),
     .meaning = "the shop with the office"},
};
static const hw_section bakery_section = {.name = "bakery",
                                          .documentation = "A chain of bakeries in a town.",
                                          .size = sizeof(bakery),
                                          .keys = bakery_keys,
                                          .key_count = HW_LENGTH(bakery_keys)};

#endif

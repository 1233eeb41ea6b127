/* A first scenario of a country that nobody has written one for: districts, ground, one place, teams, money
 * and one question, all of it assumed with wide ranges, and beside each choice why it is so and what to find
 * out. It is written as text, since its comments are what it is for. */
#ifndef HW_ANALYSIS_COUNTRY_H
#define HW_ANALYSIS_COUNTRY_H

#include "analysis/base/command.h"
#include "sim/error.h"
#include <stdbool.h>
#include <stdint.h>

/* A district of a map. */
typedef struct hw_country_district {
    char *name;
    char *p_code;    /* NULL: the map has none */
    double area_km2; /* of its outline on the sphere; 0: there is no map */
    double latitude; /* of the middle of its outline's points, degrees */
} hw_country_district;

typedef struct hw_country_map {
    hw_country_district *districts; /* in the order of the file */
    uint32_t count;
} hw_country_map;

/* Features with a name, as `homeward report --map` finds them again. HW_ERROR_IO when it cannot be read,
 * HW_ERROR_INPUT for features without outline or name. Free after failure too. */
hw_status hw_country_read_map(hw_country_map *map, const char *path, hw_errors *errors);
void hw_country_free_map(hw_country_map *map);

/* HW_ERROR_INPUT unless it is a name that a person can read: UTF-8 with a letter, nothing hidden in it, not
 * too long. */
hw_status hw_country_check_name(const char *name, hw_errors *errors);
/* The same of the first place; NULL is right. */
hw_status hw_country_check_place(const char *name, hw_errors *errors);

/* "cote-d-ivoire.yaml" for "Côte d'Ivoire": letters and digits with hyphens between, no part of a path. The
 * caller frees it. */
char *hw_country_file_name(const char *name);

/* A currency, as in "AZN=0.588": what one unit is worth in USD. */
typedef struct hw_country_currency {
    char code[4]; /* "": USD */
    double usd;
} hw_country_currency;
hw_status hw_country_read_currency(hw_country_currency *currency, const char *text, hw_errors *errors);

typedef struct hw_country_wish {
    const char *name;
    const char *place;    /* the first one; NULL: "First village of" the first district */
    const char *map_path; /* NULL: none */
    const hw_country_map *map;
    int64_t start; /* the first day, since 1970-01-01 */
    hw_country_currency currency;
} hw_country_wish;

/* Writes the scenario to `path`, where nothing may be yet, with the layers that it includes named so that
 * they are found from there. Before it takes its place it is loaded and checked: HW_ERROR_INPUT when a name
 * of the map makes it wrong, or leaves a warning. Statuses otherwise as hw_output_open. */
hw_status hw_country_write(const hw_country_wish *wish, const char *path, const hw_output_rules *rules,
                           hw_errors *errors);

/* The place that people wait for in it, and its question. The caller frees them. */
char *hw_country_place(const hw_country_wish *wish);

#endif

/* Prints the words of a scenario or (with --sweep) of a design as a dictionary for libFuzzer: keys, names of
 * parts, choices, defaults with their units, out of the descriptor tables that the loader itself reads. */
#include "analysis/scenario/load.h"
#include "analysis/sweep/plan.h"
#include "sim/input/units.h"
#include "sim/length.h"
#include <stdio.h>
#include <string.h>

enum { DEEPEST = 8 };

static void say(const char *text, const char *behind) {
    putchar('"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            putchar('\\');
        }
        putchar(*c);
    }
    printf("%s\"\n", behind);
}

static void say_section(const hw_section *section, uint32_t depth);

static void say_key(const hw_key *key, uint32_t depth) {
    say(key->name, ": ");
    if (key->standard != NULL) {
        say(key->standard, "");
    }
    for (uint32_t c = 0; key->choices != NULL && key->choices[c] != NULL; c++) {
        say(key->choices[c], "");
    }
    if (key->section != NULL) {
        say_section(key->section, depth + 1);
    }
    for (uint32_t r = 0; key->registry != NULL && r < key->registry->count; r++) {
        say(key->registry->sections[r]->name, "");
        say_section(key->registry->sections[r], depth + 1);
    }
}

static void say_section(const hw_section *section, uint32_t depth) {
    for (uint32_t k = 0; depth < DEEPEST && k < section->key_count; k++) {
        say_key(&section->keys[k], depth);
    }
}

int main(int argc, char **argv) {
    static const char *const words[] = {"\\x0A@set\\x0A", "\\x0A@over\\x0A", "\\x0A@include\\x0A",
                                        "\\x0A@points\\x0A", "\\x0A  "};
    static const char *const forms[] = {
        "include: ",
        "include: [layers/ground.yaml, layers/methods.yaml, layers/policy.yaml]",
        "part1.yaml",
        "source: x",
        "assumed: true",
        "known_by: 2021-02-01",
        "value: ",
        "p10: ",
        "p50: ",
        "p90: ",
        "distribution: ",
        "normal",
        "lognormal",
        "triangular",
        "uniform",
        "beta",
        "mean: ",
        "sd: ",
        "currencies: {AZN: 0.588 USD}",
        "2021-01-01",
        "2030-12-31",
        "1e308",
        "-1",
        "0",
        ".inf",
        ".nan",
        "4294967295",
        "yes",
        "no",
        "path: ",
        "levels: [",
        "range: [",
        "spread: {",
        "scale: log",
        "every_assumed: yes",
        "keep: outcomes",
        "file: points.csv"};
    for (size_t i = 0; i < HW_LENGTH(words); i++) {
        printf("\"%s\"\n", words[i]);
    }
    for (size_t i = 0; i < HW_LENGTH(forms); i++) {
        say(forms[i], "");
    }
    for (int d = 0; d < HW_DIM_COUNT_OF_DIMENSIONS; d++) {
        say(hw_dimension_example((hw_dimension)d), "");
    }
    say_section(argc > 1 && strcmp(argv[1], "--sweep") == 0 ? &hw_sweep_section : hw_load_section, 0);
    return 0;
}

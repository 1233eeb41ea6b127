/* homeward list: the exchangeable parts that a scenario, a sweep or an import can name. */
#include "analysis/commands/commands.h"
#include "analysis/intake/formats.h"
#include "analysis/scenario/load.h"
#include "analysis/sweep/plan.h"
#include "sim/run/experiment.h"
#include <stdio.h>
#include <string.h>

static void print_registry(const hw_registry *registry) {
    printf("%s\n", registry->name);
    for (uint32_t i = 0; i < registry->count; i++) {
        const hw_section *part = registry->sections[i];
        printf("  %-22s %s\n", part->name, part->documentation);
    }
}

/* The kinds of parts that a root section knows: their names are added to `known`, and those that are asked
 * for (all when `kind` is NULL) are printed. Returns whether any was. */
static bool print_kinds(const hw_section *root, const char *kind, const char **known, uint32_t *count) {
    bool found = false;
    for (uint32_t k = 0; k < root->key_count && *count < HW_REGISTRY_MOST; k++) {
        const hw_key *key = &root->keys[k];
        if (key->type != HW_KEY_REGISTRY) {
            continue;
        }
        const char *name = key->registry->name;
        known[(*count)++] = name;
        if (kind == NULL || strcmp(kind, name) == 0) {
            print_registry(key->registry);
            found = true;
        }
    }
    return found;
}

/* Formats of `homeward import` are no parts of a scenario, and listed in the same way. */
static bool print_formats(const char *kind, const char **known, uint32_t *count) {
    static const char name[] = "formats";
    known[(*count)++] = name;
    if (kind != NULL && strcmp(kind, name) != 0) {
        return false;
    }
    puts(name);
    for (uint32_t i = 0; i < hw_intake_format_count; i++) {
        printf("  %-22s %s\n", hw_intake_formats[i]->name, hw_intake_formats[i]->documentation);
    }
    return true;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    const char *kind = arguments->operand_count > 0 ? arguments->operands[0] : NULL;
    const char *known[HW_REGISTRY_MOST + 1];
    uint32_t count = 0;
    bool found = print_kinds(hw_load_section, kind, known, &count);
    found = print_kinds(&hw_sweep_section, kind, known, &count) || found;
    found = print_formats(kind, known, &count) || found;
    if (found) {
        return 0;
    }
    hw_errors errors = {0};
    hw_suggest(&errors, (hw_position){0}, kind, known, count, "", "there is no kind of part called '%s'",
               kind);
    return hw_complain(HW_ERROR_INPUT, &errors, &hw_command_list);
}

const hw_command hw_command_list = {
    .name = "list",
    .line = "methods, rules, conditions, levers, sampling designs and formats to choose from",
    .operands = "[KIND]",
    .fewest = 0,
    .most = 1,
    .options = NULL,
    .option_count = 0,
    .run = run,
};

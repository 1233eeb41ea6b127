/* Makes tables of members. */
#include "analysis/belief/wave_tables.h"
#include "analysis/base/memory.h"
#include "sim/date.h"
#include "sim/input/digest.h"
#include <fnmatch.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_asked_for(const hw_value *value, const char *const *patterns, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (fnmatch(patterns[i], value->path, 0) == 0) {
            return true;
        }
    }
    return count == 0;
}

hw_uncertain hw_uncertain_of(const hw_values *values, const char *const *patterns, uint32_t count) {
    hw_uncertain u = {.values = hw_take(values->count + 1, sizeof(const hw_value *)),
                      .entities = hw_take(values->count + 1, sizeof *u.entities)};
    for (uint32_t i = 0; i < values->count; i++) {
        if (values->items[i].distribution.kind != HW_FIXED &&
            is_asked_for(&values->items[i], patterns, count)) {
            u.values[u.count] = &values->items[i];
            u.entities[u.count++] = values->items[i].entity;
        }
    }
    return u;
}

void hw_uncertain_free(hw_uncertain *uncertain) {
    free((void *)uncertain->values);
    free(uncertain->entities);
    *uncertain = (hw_uncertain){0};
}

/* From a normal score; probabilities stay as far from 0 and 1 as those of draws do. */
static double number_of(const hw_value *value, double score) {
    double p = gsl_cdf_ugaussian_P(score);
    return hw_distribution_quantile(&value->distribution, fmin(fmax(p, 0x1.0p-53), 1 - 0x1.0p-53));
}

/* A table without its numbers. */
static hw_parameters empty_table(const hw_uncertain *uncertain, const uint32_t *columns,
                                 uint32_t column_count, uint64_t count) {
    hw_parameters table = {.paths = hw_take(column_count + 1, sizeof *table.paths),
                           .priors = hw_take(column_count + 1, sizeof *table.priors),
                           .columns = column_count,
                           .count = count,
                           .numbers = hw_take(count * column_count + 1, sizeof *table.numbers),
                           .weights = hw_take(count + 1, sizeof *table.weights)};
    for (uint32_t c = 0; c < column_count; c++) {
        table.paths[c] = hw_take_text("%s", uncertain->values[columns[c]]->path);
        table.priors[c] = uncertain->values[columns[c]]->distribution;
    }
    return table;
}

hw_status hw_wave_members_write(const char *path, const hw_uncertain *uncertain,
                                const hw_population *population, const hw_proposal *proposal, uint64_t seed,
                                uint64_t count, const hw_output_rules *rules, hw_errors *errors) {
    hw_parameters table = empty_table(uncertain, proposal->columns, proposal->count, count);
    for (uint64_t r = 0; r < count; r++) {
        table.weights[r] = 1 / (double)count;
        for (uint32_t c = 0; c < proposal->count; c++) {
            uint32_t column = proposal->columns[c];
            double score = hw_population_score(population, seed, proposal, r, column);
            table.numbers[r * table.columns + c] = number_of(uncertain->values[column], score);
        }
    }
    hw_status status = hw_parameters_write(path, &table, "members of a wave", NULL, rules, errors);
    hw_parameters_free(&table);
    return status;
}

/* ---- The posterior ---- */

/* The columns that any wave has moved, and those that the weights tell of, ascending. */
static uint32_t *all_moved(const hw_posterior *p, uint32_t *count) {
    bool *moved = hw_take(p->uncertain->count + 1, sizeof *moved);
    uint32_t *columns = hw_take(p->uncertain->count + 1, sizeof *columns);
    for (uint32_t w = 0; w <= p->population->wave_count; w++) {
        const hw_proposal *q = w < p->population->wave_count ? &p->population->waves[w].proposal : p->last;
        for (uint32_t c = 0; c < q->count; c++) {
            moved[q->columns[c]] = true;
        }
    }
    *count = 0;
    for (uint32_t c = 0; c < p->uncertain->count; c++) {
        if (moved[c]) {
            columns[(*count)++] = c;
        }
    }
    free(moved);
    return columns;
}

static hw_told_value *fill(hw_parameters *table, const hw_posterior *p, const uint32_t *columns) {
    hw_told_value *told = hw_take(table->columns + 1, sizeof *told);
    double *scores = hw_take(table->count + 1, sizeof *scores);
    memcpy(table->weights, p->weights, table->count * sizeof *p->weights);
    for (uint32_t c = 0; c < table->columns; c++) {
        const hw_value *value = p->uncertain->values[columns[c]];
        hw_population_scores(p->population, columns[c], scores);
        told[c] =
            (hw_told_value){.path = value->path,
                            .told = hw_column_tell(scores, p->weights, table->count, p->tempered.effective)};
        for (uint64_t m = 0; m < table->count; m++) {
            table->numbers[m * table->columns + c] = number_of(value, scores[m]);
        }
    }
    free(scores);
    return told;
}

static void digest_of_facts(const hw_observations *facts, char digest[HW_DIGEST_TEXT]) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    for (uint32_t i = 0; i < facts->count; i++) {
        for (int column = 0; column < HW_FACT_COLUMNS; column++) {
            const char *cell = facts->items[i].cells[column].text;
            fprintf(out, "%s%c", cell != NULL ? cell : "", column + 1 < HW_FACT_COLUMNS ? '\t' : '\n');
        }
    }
    hw_end_stream(out);
    hw_digest_text(text, length, digest);
    free(text);
}

hw_status hw_posterior_check(const char *path, const hw_posterior *posterior, const hw_output_rules *rules,
                             hw_errors *errors) {
    char date[16], facts_digest[HW_DIGEST_TEXT];
    hw_date_print(posterior->as_of, date);
    digest_of_facts(posterior->facts, facts_digest);
    const char *const about[] = {
        "as_of", date, "facts_digest", facts_digest, "scenario_digest", posterior->scenario, NULL};
    const hw_output_format format = hw_parameters_format(about);
    return hw_output_check(path, &format, rules, errors);
}

static hw_status write_table(const char *path, const hw_parameters *table, const hw_posterior *p,
                             const hw_output_rules *rules, hw_errors *errors) {
    char date[16], facts_digest[HW_DIGEST_TEXT];
    bool part = p->tempered.power < 1;
    hw_date_print(p->as_of, date);
    digest_of_facts(p->facts, facts_digest);
    char *power = hw_take_text("%.10g", p->tempered.power),
         *effective = hw_take_text("%.10g", p->tempered.effective),
         *facts = hw_take_text("%u", p->facts_learnt);
    char *what = part ? hw_take_text("partly conditioned (power %.3g) on %s facts known by %s",
                                     p->tempered.power, facts, date)
                      : hw_take_text("conditioned on %s facts known by %s", facts, date);
    const char *const about[] = {"as_of", date,  "facts",           facts,       "facts_digest", facts_digest,
                                 "power", power, "scenario_digest", p->scenario, "effective",    effective,
                                 NULL};
    hw_status status = hw_parameters_write(path, table, what, about, rules, errors);
    free(what);
    free(facts);
    free(effective);
    free(power);
    return status;
}

/* Of all members as many as are wanted, alike in weight: each as often as its weight asks for, give or take
 * one. */
static void thin(hw_parameters *table, uint64_t wanted) {
    if (wanted == 0 || wanted >= table->count) {
        return;
    }
    double *numbers = hw_take(wanted * table->columns + 1, sizeof *numbers), sum = table->weights[0];
    for (uint64_t k = 0, m = 0; k < wanted; k++) {
        while (sum < ((double)k + 0.5) / (double)wanted && m + 1 < table->count) {
            sum += table->weights[++m];
        }
        memcpy(numbers + k * table->columns, table->numbers + m * table->columns,
               table->columns * sizeof *numbers);
    }
    free(table->numbers);
    table->numbers = numbers;
    table->count = wanted;
    for (uint64_t k = 0; k < wanted; k++) {
        table->weights[k] = 1 / (double)wanted;
    }
}

hw_told_value *hw_posterior_write(const char *path, const hw_posterior *posterior,
                                  const hw_output_rules *rules, uint32_t *count, hw_status *status,
                                  hw_errors *errors) {
    uint32_t *columns = all_moved(posterior, count);
    hw_parameters table =
        empty_table(posterior->uncertain, columns, *count, hw_population_count(posterior->population));
    hw_told_value *told = fill(&table, posterior, columns);
    thin(&table, posterior->members);
    *status = write_table(path, &table, posterior, rules, errors);
    hw_parameters_free(&table);
    free(columns);
    return told;
}

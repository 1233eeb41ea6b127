/* Tallies of an outcome: filled from blocks, and brought together over MPI ranks. */
#include "analysis/results/tallies.h"
#include "analysis/base/memory.h"
#include "sim/run/experiment.h"
#include <assert.h>
#include <mpi.h>
#include <stdlib.h>
#include <string.h>

/* ---- Which there are ---- */

static bool is_day(const hw_variable *variable) {
    return variable->units != NULL && strstr(variable->units, " since ") != NULL;
}

static bool is_span(const hw_axis *axis) {
    return strcmp(axis->name, "period") == 0 || strcmp(axis->name, "year") == 0;
}

/* Amounts within spans of time are asked for as a whole, too. */
static void find_sums(const hw_record_layout *layout, hw_variable_tallies *mine) {
    const hw_variable *variable = mine->variable;
    size_t step = 1;
    for (uint32_t d = variable->rank; d-- > 0;) {
        const hw_axis *axis = &layout->axes[variable->axis[d]];
        if (is_span(axis) && axis->length > 0) {
            mine->terms = axis->length;
            mine->step = step;
            mine->sum_count = variable->count / axis->length;
            mine->sums = hw_take(mine->sum_count, sizeof *mine->sums);
            return;
        }
        step *= axis->length;
    }
}

hw_tallies *hw_tallies_create(const hw_record_layout *layout) {
    hw_tallies *tallies = hw_take(1, sizeof *tallies);
    *tallies = (hw_tallies){layout, hw_take(layout->variable_count, sizeof *tallies->variables)};
    for (uint32_t v = 0; v < layout->variable_count; v++) {
        hw_variable_tallies *mine = &tallies->variables[v];
        mine->variable = &layout->variables[v];
        mine->elements = hw_take(mine->variable->count, sizeof *mine->elements);
        for (size_t e = 0; e < mine->variable->count; e++) {
            mine->elements[e].days = is_day(mine->variable);
        }
        find_sums(layout, mine);
    }
    return tallies;
}

void hw_tallies_free(hw_tallies *tallies) {
    if (tallies == NULL) {
        return;
    }
    for (uint32_t v = 0; v < tallies->layout->variable_count; v++) {
        hw_variable_tallies *mine = &tallies->variables[v];
        for (size_t e = 0; e < mine->variable->count; e++) {
            hw_tally_free(&mine->elements[e]);
        }
        for (size_t s = 0; s < mine->sum_count; s++) {
            hw_tally_free(&mine->sums[s]);
        }
        free(mine->elements);
        free(mine->sums);
    }
    free(tallies->variables);
    free(tallies);
}

hw_variable_tallies *hw_tallies_find(const hw_tallies *tallies, const char *variable) {
    const hw_variable *found = hw_record_find(tallies->layout, variable);
    return found != NULL ? &tallies->variables[found - tallies->layout->variables] : NULL;
}

/* Where the s-th sum begins among the elements, and the way back. */
static size_t begin_of(const hw_variable_tallies *mine, size_t sum) {
    return sum / mine->step * mine->step * mine->terms + sum % mine->step;
}

const hw_tally *hw_tallies_sum(const hw_variable_tallies *variable, size_t element) {
    return &variable->sums[element / (variable->step * variable->terms) * variable->step +
                           element % variable->step];
}

/* ---- Counting ---- */

enum { AT_ONCE = 256 };

void hw_tallies_add_values(hw_variable_tallies *variable, const double *values, uint64_t count) {
    assert(count <= AT_ONCE);
    size_t width = variable->variable->count;
    double sample[AT_ONCE];
    for (size_t e = 0; e < width; e++) {
        for (uint64_t r = 0; r < count; r++) {
            sample[r] = values[r * width + e];
        }
        hw_tally_add(&variable->elements[e], sample, count);
    }
    for (size_t s = 0; s < variable->sum_count; s++) {
        for (uint64_t r = 0; r < count; r++) {
            const double *first = values + r * width + begin_of(variable, s);
            sample[r] = 0;
            for (uint32_t i = 0; i < variable->terms; i++) {
                sample[r] += first[i * variable->step];
            }
        }
        hw_tally_add(&variable->sums[s], sample, count);
    }
}

void hw_record_values(const hw_variable *variable, const unsigned char *records, size_t record_bytes,
                      uint64_t count, double *values) {
    const size_t bytes = hw_number_bytes(variable->type);
    for (uint64_t r = 0; r < count; r++) {
        const unsigned char *field = records + r * record_bytes + variable->offset;
        for (size_t i = 0; i < variable->count; i++) {
            *values++ = hw_number_read(field + i * bytes, variable->type);
        }
    }
}

void hw_tallies_add_records(hw_tallies *tallies, const unsigned char *records, uint64_t count) {
    for (uint32_t v = 0; v < tallies->layout->variable_count; v++) {
        hw_variable_tallies *mine = &tallies->variables[v];
        double *values = hw_take(count * mine->variable->count, sizeof *values);
        hw_record_values(mine->variable, records, tallies->layout->bytes, count, values);
        hw_tallies_add_values(mine, values, count);
        free(values);
    }
}

/* ---- All ranks together ---- */

/* Visits the tallies one by one, always in the same order. */
typedef void visitor(hw_tally *tally, void *context);

static void visit(hw_variable_tallies *mine, visitor *each, void *context) {
    for (size_t e = 0; e < mine->variable->count; e++) {
        each(&mine->elements[e], context);
    }
    for (size_t s = 0; s < mine->sum_count; s++) {
        each(&mine->sums[s], context);
    }
}

static void add_bytes(hw_tally *tally, void *context) {
    *(size_t *)context += hw_tally_bytes(tally);
}

static void pack(hw_tally *tally, void *context) {
    unsigned char **to = context;
    *to = hw_tally_pack(tally, *to);
}

static void merge(hw_tally *tally, void *context) {
    const unsigned char **from = context;
    hw_tally other;
    *from = hw_tally_unpack(&other, *from);
    hw_tally_merge(tally, &other);
    hw_tally_free(&other);
}

/* MPI counts in int. */
enum { LARGEST_MESSAGE = 1 << 30 };

static void send_to(hw_variable_tallies *mine, int rank) {
    size_t bytes = 0;
    visit(mine, add_bytes, &bytes);
    unsigned char *packed = hw_take(bytes, 1), *to = packed;
    visit(mine, pack, &to);
    uint64_t size = bytes;
    MPI_Send(&size, 1, MPI_UINT64_T, rank, 0, MPI_COMM_WORLD);
    for (size_t sent = 0; sent < bytes; sent += LARGEST_MESSAGE) {
        size_t part = bytes - sent < LARGEST_MESSAGE ? bytes - sent : LARGEST_MESSAGE;
        MPI_Send(packed + sent, (int)part, MPI_BYTE, rank, 0, MPI_COMM_WORLD);
    }
    free(packed);
}

static void receive_from(hw_variable_tallies *mine, int rank) {
    uint64_t bytes = 0;
    MPI_Recv(&bytes, 1, MPI_UINT64_T, rank, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    unsigned char *packed = hw_take(bytes, 1);
    for (size_t got = 0; got < bytes; got += LARGEST_MESSAGE) {
        size_t part = bytes - got < LARGEST_MESSAGE ? bytes - got : LARGEST_MESSAGE;
        MPI_Recv(packed + got, (int)part, MPI_BYTE, rank, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
    const unsigned char *from = packed;
    visit(mine, merge, &from);
    free(packed);
}

/* In pairs, then pairs of pairs: as many rounds as the number of ranks has binary digits. */
static void gather(hw_variable_tallies *mine) {
    int rank = hw_rank(), ranks = hw_rank_count();
    for (int apart = 1; apart < ranks; apart *= 2) {
        if (rank % (2 * apart) != 0) {
            send_to(mine, rank - apart);
            return;
        }
        if (rank + apart < ranks) {
            receive_from(mine, rank + apart);
        }
    }
}

void hw_tallies_gather(hw_tallies *tallies) {
    for (uint32_t v = 0; v < tallies->layout->variable_count; v++) {
        gather(&tallies->variables[v]);
        tallies->variables[v].counted = true;
    }
}

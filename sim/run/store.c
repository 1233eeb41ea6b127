/* Assembles the result file from the journals. */
#include "sim/run/store.h"
#include "sim/run/block.h"
#include "sim/run/clock.h"
#include "sim/run/journal_index.h"
#include "sim/run/netcdf_write.h"
#include "sim/run/publish.h"
#include <hdf5_hl.h>
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What every rank knows: which record goes where. */
typedef struct store_plan {
    const hw_store_order *order;
    hw_journal_index index;
    const hw_journal_entry *good; /* in the index */
    hw_journal_entry *failed;
    uint64_t good_count, failed_count;
    uint64_t block_length, block_count;
} store_plan;

/* What rank 0 has open. */
typedef struct store_target {
    hw_netcdf netcdf;
    char model[HW_MODEL_NAME];
    hw_publication publication;
    hid_t replication;
    hid_t *axes;
    hid_t *variables;
    double seconds; /* that the file took */
} store_target;

/* ---- The plan ---- */

/* Each replication once, the good ones at the front of the index. */
static void plan_sort(store_plan *plan) {
    hw_journal_entry *entries = plan->index.entries;
    hw_journal_index_by_point(&plan->index);
    for (uint64_t i = 0, next = 0; i < plan->index.count; i++) {
        const hw_journal_entry entry = entries[i];
        if (entry.kind != HW_JOURNAL_ROWS || entry.last != entry.first + 1 || entry.first < next ||
            entry.first >= plan->order->limit) {
            continue;
        }
        next = entry.first + 1;
        if (entry.failed) {
            plan->failed[plan->failed_count++] = entry;
        } else {
            entries[plan->good_count++] = entry;
        }
    }
    plan->good = entries;
}

static hw_status plan_make(store_plan *plan, const hw_store_order *order, hw_trouble *trouble) {
    *plan = (store_plan){.order = order};
    if (hw_journal_index_open(&plan->index, order->stem, HW_JOURNAL_LOOK, trouble) != HW_OK) {
        return trouble->status;
    }
    uint64_t failed = 0;
    for (uint64_t i = 0; i < plan->index.count; i++) {
        failed += plan->index.entries[i].failed;
    }
    plan->failed = calloc(failed + 1, sizeof *plan->failed);
    if (plan->failed == NULL) {
        return hw_trouble_memory(trouble, "assembling the result file");
    }
    plan_sort(plan);
    plan->block_length = hw_block_length(order->experiment->layout, plan->good_count);
    plan->block_count = (plan->good_count + plan->block_length - 1) / plan->block_length;
    return HW_OK;
}

static void plan_free(store_plan *plan) {
    hw_journal_index_free(&plan->index);
    free(plan->failed);
}

static uint64_t *replications_of(const hw_journal_entry *entries, uint64_t count) {
    uint64_t *keys = malloc((count + 1) * sizeof *keys);
    for (uint64_t i = 0; keys != NULL && i < count; i++) {
        keys[i] = entries[i].first;
    }
    return keys;
}

/* ---- What rank 0 writes before the blocks ---- */

static bool write_description(const hw_netcdf *netcdf, const store_plan *plan) {
    const hw_experiment *experiment = plan->order->experiment;
    char source[256];
    char model[HW_MODEL_NAME];
    snprintf(source, sizeof source, "Homeward %s", experiment->version);
    hw_model_name(experiment->model, model);
    const int32_t format = HW_STORE_FORMAT;
    const int32_t complete = plan->order->complete;
    hid_t file = netcdf->file;
    return hw_netcdf_text(file, "Conventions", "CF-1.8") &&
           hw_netcdf_text(file, "title", experiment->title) &&
           hw_netcdf_text(file, "settings", experiment->settings) &&
           hw_netcdf_text(file, "scenario_files", experiment->files) &&
           hw_netcdf_text(file, "source", source) &&
           hw_netcdf_number(file, "homeward_format", H5T_STD_I32LE, H5T_NATIVE_INT32, &format) &&
           hw_netcdf_text(file, "homeward_version", experiment->version) &&
           hw_netcdf_text(file, "model", model) &&
           hw_netcdf_text(file, "homeward_code", experiment->model->code) &&
           hw_netcdf_text(file, "digest", experiment->digest) &&
           hw_netcdf_number(file, "seed", H5T_STD_U64LE, H5T_NATIVE_UINT64, &experiment->seed) &&
           hw_netcdf_number(file, "replications_asked", H5T_STD_I64LE, H5T_NATIVE_UINT64,
                            &experiment->replications) &&
           hw_netcdf_number(file, "complete", H5T_STD_I32LE, H5T_NATIVE_INT32, &complete);
}

typedef struct failure_list {
    uint64_t *keys;
    hw_journal_failure *failures;
    const char **messages;
    double *times;
} failure_list;

static bool failures_read(failure_list *list, const store_plan *plan, hw_trouble *trouble) {
    uint64_t room = plan->failed_count + 1;
    hw_journal_body body = {0};
    list->keys = replications_of(plan->failed, plan->failed_count);
    list->failures = calloc(room, sizeof *list->failures);
    list->messages = calloc(room, sizeof *list->messages);
    list->times = calloc(room, sizeof *list->times);
    if (list->keys == NULL || list->failures == NULL || list->messages == NULL || list->times == NULL) {
        hw_trouble_memory(trouble, "the list of failed replications");
        return false;
    }
    for (uint64_t i = 0; trouble->status == HW_OK && i < plan->failed_count; i++) {
        hw_journal_head head;
        if (hw_journal_index_read(&plan->index, &plan->failed[i], &head, &body, trouble) == HW_OK) {
            hw_journal_failure_in(&head, body.bytes, &list->failures[i]);
            list->messages[i] = list->failures[i].message;
            list->times[i] = list->failures[i].time;
        }
    }
    free(body.bytes);
    return trouble->status == HW_OK;
}

static bool write_failures(hw_netcdf *netcdf, const store_plan *plan) {
    static const hw_variable time = {.name = HW_STORE_FAILED_TIME,
                                     .long_name = "simulated time at which a law was found broken",
                                     .units = "days",
                                     .type = HW_F64};
    failure_list failures = {0};
    hid_t scale = -1;
    bool good = failures_read(&failures, plan, netcdf->trouble);
    if (good) {
        scale = hw_netcdf_keys(netcdf, HW_STORE_FAILED, "number of a replication that was given up",
                               failures.keys, plan->failed_count);
        good = hw_netcdf_numbers(netcdf, &time, scale, failures.times, plan->failed_count, 64) &&
               hw_netcdf_texts(netcdf, HW_STORE_FAILED_MESSAGE, "why it was given up", scale,
                               failures.messages, plan->failed_count);
    }
    if (scale >= 0) {
        H5Dclose(scale);
    }
    free(failures.keys);
    free(failures.failures);
    free(failures.messages);
    free(failures.times);
    return good;
}

static bool create_variables(store_target *target, const store_plan *plan) {
    const hw_record_layout *layout = plan->order->experiment->layout;
    for (uint32_t a = 0; a < layout->axis_count; a++) {
        target->axes[a] = hw_netcdf_axis(&target->netcdf, &layout->axes[a]);
        if (target->axes[a] < 0) {
            return false;
        }
    }
    for (uint32_t v = 0; v < layout->variable_count; v++) {
        const hw_variable *variable = &layout->variables[v];
        hid_t scales[HW_RECORD_MAX_RANK + 1] = {target->replication};
        hsize_t lengths[HW_RECORD_MAX_RANK + 1] = {plan->good_count};
        for (uint32_t d = 0; d < variable->rank; d++) {
            scales[d + 1] = target->axes[variable->axis[d]];
            lengths[d + 1] = layout->axes[variable->axis[d]].length;
        }
        target->variables[v] = hw_netcdf_variable(&target->netcdf, variable, scales, lengths,
                                                  variable->rank + 1, plan->block_length);
        if (target->variables[v] < 0) {
            return false;
        }
    }
    return true;
}

static void write_scenario(hw_netcdf *netcdf, const hw_experiment *experiment) {
    bool good = hw_netcdf_long_text(netcdf, HW_STORE_SCENARIO,
                                    "the scenario as it was run, with all defaults", experiment->resolved);
    if (good && experiment->rows != NULL) {
        hw_netcdf_long_text(
            netcdf, HW_STORE_ROWS,
            "its values, one a line: the names on the way to it and then the value, with tabs "
            "between them",
            experiment->rows);
    }
}

static hw_status begin(store_target *target, const store_plan *plan, hw_trouble *trouble) {
    const hw_experiment *experiment = plan->order->experiment;
    target->publication.question = (hw_question){.digest = experiment->digest,
                                                 .model = hw_model_name(experiment->model, target->model),
                                                 .seed = experiment->seed,
                                                 .finished = plan->good_count + plan->failed_count,
                                                 .complete = plan->order->complete};
    return hw_publish_begin(&target->publication, experiment->output, experiment->rules, trouble);
}

static void target_create(store_target *target, const store_plan *plan, hw_trouble *trouble) {
    double began = hw_clock_seconds();
    const hw_experiment *experiment = plan->order->experiment;
    const hw_record_layout *layout = experiment->layout;
    uint64_t *keys = replications_of(plan->good, plan->good_count);
    target->axes = calloc(layout->axis_count + 1, sizeof *target->axes);
    target->variables = calloc(layout->variable_count + 1, sizeof *target->variables);
    if (keys == NULL || target->axes == NULL || target->variables == NULL) {
        hw_trouble_memory(trouble, "assembling the result file");
    } else if (begin(target, plan, trouble) == HW_OK &&
               hw_netcdf_create(&target->netcdf, target->publication.file.temporary, HW_SEALED_RESULT,
                                trouble) &&
               write_description(&target->netcdf, plan)) {
        target->replication = hw_netcdf_keys(&target->netcdf, HW_STORE_REPLICATION,
                                             "number of the replication", keys, plan->good_count);
        if (target->replication >= 0 && create_variables(target, plan) &&
            write_failures(&target->netcdf, plan)) {
            write_scenario(&target->netcdf, experiment);
        }
    }
    free(keys);
    target->seconds += hw_clock_seconds() - began;
}

static void write_block(store_target *target, const store_plan *plan, uint64_t block,
                        const unsigned char *packed, hw_trouble *trouble) {
    double began = hw_clock_seconds();
    const hw_record_layout *layout = plan->order->experiment->layout;
    size_t position = 0;
    uint64_t bytes = 0;
    for (uint32_t v = 0; v < layout->variable_count; v++) {
        size_t size = 0;
        hw_block_next(packed, &position, &size);
        bytes += size;
    }
    bool good = hw_netcdf_reserve(&target->netcdf, bytes);
    position = 0;
    for (uint32_t v = 0; good && v < layout->variable_count; v++) {
        const hsize_t offset[HW_RECORD_MAX_RANK + 1] = {block * plan->block_length};
        size_t size = 0;
        const unsigned char *chunk = hw_block_next(packed, &position, &size);
        if (layout->variables[v].count > 0 &&
            H5Dwrite_chunk(target->variables[v], H5P_DEFAULT, 0, offset, size, chunk) < 0) {
            hw_trouble_note(trouble, HW_ERROR_IO, 0, "cannot write %s", target->publication.file.path);
            good = false;
        }
    }
    target->seconds += hw_clock_seconds() - began;
}

static void target_close(store_target *target, hw_trouble *trouble) {
    double began = hw_clock_seconds();
    if (target->netcdf.file > 0) {
        hw_netcdf_close(&target->netcdf);
    }
    hw_publish_end(&target->publication, trouble);
    free(target->axes);
    free(target->variables);
    target->seconds += hw_clock_seconds() - began;
}

/* All ranks must see the same journals: on several machines the folder of the output has to be shared. */
static void plan_compare(const store_plan *plan, hw_trouble *trouble) {
    uint64_t least[2] = {plan->good_count, plan->failed_count};
    uint64_t most[2] = {plan->good_count, plan->failed_count};
    MPI_Allreduce(MPI_IN_PLACE, least, 2, MPI_UINT64_T, MPI_MIN, MPI_COMM_WORLD);
    MPI_Allreduce(MPI_IN_PLACE, most, 2, MPI_UINT64_T, MPI_MAX, MPI_COMM_WORLD);
    if (memcmp(least, most, sizeof least) != 0) {
        hw_trouble_note(
            trouble, HW_ERROR_IO, 0,
            "not all ranks see the journals %sjournal-*: the folder must be shared by all machines",
            plan->order->stem);
    }
}

/* ---- The blocks, packed by all, written by rank 0 in order ---- */

static bool receive_block(int owner, unsigned char **buffer, size_t *room, hw_trouble *trouble) {
    MPI_Status status;
    int bytes = 0;
    MPI_Probe(owner, 0, MPI_COMM_WORLD, &status);
    MPI_Get_count(&status, MPI_BYTE, &bytes);
    if ((size_t)bytes > *room) {
        unsigned char *larger = realloc(*buffer, (size_t)bytes);
        if (larger == NULL) {
            hw_trouble_memory(trouble, "assembling the result file");
            hw_ranks_abort(hw_status_exit_code(HW_ERROR_MEMORY)); /* the sender cannot be asked to keep it */
        }
        *buffer = larger;
        *room = (size_t)bytes;
    }
    MPI_Recv(*buffer, bytes, MPI_BYTE, owner, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return bytes > 0; /* empty: the sender failed; its error arrives in the next hw_trouble_agree */
}

static void pack_and_send(const store_plan *plan, hw_block *packer, uint64_t block, hw_trouble *trouble) {
    uint64_t first = block * plan->block_length;
    uint64_t left = plan->good_count - first;
    uint64_t count = left < plan->block_length ? left : plan->block_length;
    packer->packed_bytes = 0;
    if (trouble->status == HW_OK) {
        hw_block_pack(packer, &plan->index, plan->good + first, count, trouble);
    }
    const hw_audience *audience = plan->order->experiment->audience;
    if (trouble->status == HW_OK && audience != NULL) {
        audience->hear(audience->context, first, count, plan->good_count, packer->records);
    }
    if (hw_rank() != 0) {
        int bytes = trouble->status == HW_OK ? (int)packer->packed_bytes : 0;
        MPI_Send(packer->packed, bytes, MPI_BYTE, 0, 0, MPI_COMM_WORLD);
    }
}

static void move_blocks(const store_plan *plan, store_target *target, hw_block *packer, hw_trouble *trouble) {
    unsigned char *received = NULL;
    size_t room = 0;
    for (uint64_t block = 0; block < plan->block_count; block++) {
        int owner = (int)(block % (uint64_t)hw_rank_count());
        bool there = true;
        if (owner == hw_rank()) {
            pack_and_send(plan, packer, block, trouble);
        } else if (hw_rank() == 0) {
            there = receive_block(owner, &received, &room, trouble);
        }
        if (target->variables != NULL && there && trouble->status == HW_OK) {
            write_block(target, plan, block, owner == 0 ? packer->packed : received, trouble);
        }
    }
    free(received);
}

hw_status hw_store_write(const hw_store_order *order, hw_assembly *assembly, hw_trouble *trouble) {
    double began = hw_clock_seconds();
    store_plan plan;
    store_target target = {.netcdf.file = -1};
    hw_block packer = {0};
    const hw_record_layout *layout = order->experiment->layout;
    plan_make(&plan, order, trouble);
    assembly->index = hw_clock_seconds() - began;
    plan_compare(&plan, trouble);
    if (trouble->status == HW_OK && hw_block_create(&packer, layout, plan.block_length, trouble) == HW_OK &&
        hw_rank() == 0) {
        target_create(&target, &plan, trouble);
    }
    hw_trouble others = *trouble; /* a file that is open stays rank 0's own trouble until it is closed */
    if (hw_trouble_agree(&others) == HW_OK) {
        move_blocks(&plan, &target, &packer, trouble);
        others = *trouble;
        hw_trouble_agree(&others);
    }
    *trouble = others;
    target_close(&target, trouble);
    assembly->file = target.seconds;
    assembly->packing = hw_clock_seconds() - began - assembly->index - assembly->file;
    hw_trouble_agree(trouble);
    hw_block_free(&packer);
    plan_free(&plan);
    return trouble->status;
}

/* What is kept of earlier results: a result file is replaced by an answer to the same question that holds no
 * less, and by nothing else unless the user says so. */
#ifndef HW_SIM_RUN_EARLIER_H
#define HW_SIM_RUN_EARLIER_H

#include "sim/run/output_file.h"
#include "sim/world.h"

/* What a new file is going to answer, and how much of it. */
typedef struct hw_question {
    const char *digest; /* of the scenario, or of the sweep */
    const char *model;  /* "name version" */
    uint64_t seed;
    uint64_t finished; /* replications, failed ones included; UINT64_MAX: of a sweep, always all */
    bool complete;
    bool is_sweep;
} hw_question;

/* A model as result files name it, into `room`, which is returned. */
enum { HW_MODEL_NAME = 256 };
const char *hw_model_name(const hw_model *model, char room[HW_MODEL_NAME]);
/* The digest of its code; "" where it does not say. */
const char *hw_model_built_from(const hw_model *model);

/* As hw_output_format.is_kept; the context is a hw_question. */
bool hw_earlier_is_kept(const char *path, const void *question, char room[HW_OUTPUT_REASON]);

/* The format of a result file for a question, which must outlive it. */
hw_output_format hw_earlier_format(const hw_question *question);

#endif

/* What an import takes: entries of a scenario layer or of a file of facts, ready to be written as YAML. Names
 * are made unique as the program's own reader wants them: no two that a person takes for the same. */
#ifndef HW_ANALYSIS_TAKEN_H
#define HW_ANALYSIS_TAKEN_H

#include "sim/error.h"
#include "sim/input/pool.h"
#include "sim/run/output_file.h"

typedef enum hw_makes { HW_MAKES_STREAMS, HW_MAKES_AREAS, HW_MAKES_FACTS, HW_MAKES } hw_makes;

/* "streams", "hazard_areas", "observations": the key in the file that is written. */
extern const char *const hw_makes_keys[HW_MAKES];

enum { HW_TAKEN_VALUES_MOST = 12, HW_TAKEN_MOST = 100000 };

typedef struct hw_taken_value {
    const char *key, *yaml;
} hw_taken_value;

typedef struct hw_taken_entry {
    const char *name;
    const char *tells; /* what it says, for a table: "1200000 USD" */
    const char *by;    /* who says so; NULL where the file names nobody */
    hw_taken_value values[HW_TAKEN_VALUES_MOST];
    uint32_t count;
} hw_taken_entry;

/* Zero-initialise with `makes`; end with hw_taken_free. */
typedef struct hw_taken {
    hw_makes makes;
    hw_pool pool;
    hw_taken_entry *entries;
    uint32_t count, room;
    struct hw_taken_names *names; /* skeletons of the names in use */
} hw_taken;

/* A new entry. The name is tidied (at most 80 bytes, nothing hidden, no double quote) and, where another
 * entry has it or looks like it, followed by `otherwise` and a number. The entry holds until the next one is
 * added. */
hw_taken_entry *hw_taken_add(hw_taken *taken, const char *name, const char *otherwise);
/* A value that is YAML already, and one that is text; printf style. */
void hw_taken_yaml(hw_taken *taken, hw_taken_entry *entry, const char *key, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void hw_taken_text(hw_taken *taken, hw_taken_entry *entry, const char *key, const char *text);
/* A text as a YAML scalar, of the pool. */
const char *hw_taken_quote(hw_taken *taken, const char *text);
void hw_taken_free(hw_taken *taken);

/* How a file of entries is known, for hw_output_check before the work; it is never replaced. */
extern const hw_output_format hw_taken_format;

/* Writes `head` (lines of comment, each with "# " before it) and the entries. */
hw_status hw_taken_write(const hw_taken *taken, const char *path, const char *head,
                         const hw_output_rules *rules, hw_errors *errors);

#endif

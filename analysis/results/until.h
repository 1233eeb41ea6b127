/* Run until a probability is known well enough: "p(Agdam city by 2026-12-31) ± 0.02". */
#ifndef HW_ANALYSIS_UNTIL_H
#define HW_ANALYSIS_UNTIL_H

#include "sim/error.h"
#include "sim/record.h"
#include "sim/run/experiment.h"
#include <stdint.h>

typedef struct hw_until {
    const hw_variable *variable; /* a day for each place or district */
    uint32_t element;
    double last_day; /* days since the start */
} hw_until;

/* Reads "p(NAME by YYYY-MM-DD) ± HALF_WIDTH" against the layout: NAME is a place or else a district; ± may be
 * written +-; the half-width is a share (0.02) or percent (2 %). `until` must outlive the rule.
 * HW_ERROR_INPUT with what is wrong. */
hw_status hw_until_read(hw_until *until, hw_stop_rule *rule, const char *text, const hw_record_layout *layout,
                        int64_t start, int64_t horizon, hw_errors *errors);

#endif

/* A result file from its beginning under a temporary name to the last step: sealed, on the disk, in its
 * place. */
#ifndef HW_SIM_RUN_PUBLISH_H
#define HW_SIM_RUN_PUBLISH_H

#include "sim/run/earlier.h"
#include "sim/run/trouble.h"

typedef struct hw_publication {
    hw_output_file file; /* file.temporary: what to write to; NULL before and after */
    hw_question question;
} hw_publication;

/* Checks and begins; set `question` before. The rules must outlive the publication. */
hw_status hw_publish_begin(hw_publication *publication, const char *output, const hw_output_rules *rules,
                           hw_trouble *trouble);

/* Puts what has been written it in place. After a trouble, this or an earlier one, what was there
 * before is untouched and the temporary file is gone. Nothing for a publication that has not begun. */
void hw_publish_end(hw_publication *publication, hw_trouble *trouble);

/* Only asks whether the result may take that place. */
hw_status hw_publish_check(const hw_question *question, const char *output, const hw_output_rules *rules,
                           hw_trouble *trouble);

#endif

/* Takes a result file from its temporary name to its place. */
#include "sim/run/publish.h"
#include <errno.h>
#include <string.h>

/* Moves the list's first message, and the reason that the system gave. */
static hw_status note(hw_trouble *trouble, hw_status status, hw_errors *errors) {
    int reason = errno;
    if (status != HW_OK) {
        hw_trouble_note(trouble, status, reason, "%s", errors->kept > 0 ? errors->items[0].message : "");
    }
    hw_errors_free(errors);
    return trouble->status;
}

hw_status hw_publish_check(const hw_question *question, const char *output, const hw_output_rules *rules,
                           hw_trouble *trouble) {
    hw_errors errors = {0};
    const hw_output_format format = hw_earlier_format(question);
    return note(trouble, hw_output_check(output, &format, rules, &errors), &errors);
}

hw_status hw_publish_begin(hw_publication *publication, const char *output, const hw_output_rules *rules,
                           hw_trouble *trouble) {
    hw_errors errors = {0};
    const hw_output_format format = hw_earlier_format(&publication->question);
    return note(trouble, hw_output_open(&publication->file, output, &format, rules, &errors), &errors);
}

void hw_publish_end(hw_publication *publication, hw_trouble *trouble) {
    hw_errors errors = {0};
    hw_output_file *file = &publication->file;
    if (file->temporary == NULL) {
        return;
    }
    if (trouble->status == HW_OK) {
        note(trouble, hw_output_close(file, &errors), &errors);
    } else {
        hw_output_drop(file);
    }
}

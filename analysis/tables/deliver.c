/* Writes the tables of an answer where the options say: files, JSON, terminal. */
#include "analysis/tables/deliver.h"
#include "sim/run/experiment.h"
#include "sim/run/trouble.h"

bool hw_delivers(const hw_arguments *arguments) {
    return hw_argument(arguments, "csv") != NULL || hw_argument(arguments, "json") != NULL;
}

hw_status hw_deliver_check(const hw_arguments *arguments, hw_errors *errors) {
    const hw_given *csv = hw_argument(arguments, "csv");
    hw_trouble trouble = {0};
    if (hw_rank() == 0 && csv != NULL) {
        trouble.status = hw_output_check_folder(csv->text, errors);
    }
    return hw_trouble_agree(&trouble);
}

hw_status hw_deliver(const hw_arguments *arguments, const hw_book *book, const hw_output_rules *rules,
                     hw_errors *errors) {
    const hw_given *csv = hw_argument(arguments, "csv");
    bool json = hw_argument(arguments, "json") != NULL;
    bool excel = hw_argument(arguments, "excel") != NULL;
    const hw_output_rules own = hw_arguments_rules(arguments);
    hw_status status = HW_OK;
    if (csv != NULL) {
        status = hw_book_write_csv(csv->text, book, excel, rules != NULL ? rules : &own, errors);
    }
    if (status == HW_OK && json) {
        hw_book_write_json(stdout, book);
    }
    if (status == HW_OK && csv != NULL) {
        fprintf(json ? stderr : stdout, "%u tables written to %s\n", book->count, csv->text);
    }
    return status;
}

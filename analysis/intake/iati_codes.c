/* Code lists of IATI 2.03. */
#include "analysis/intake/iati_codes.h"
#include "sim/length.h"
#include <string.h>

typedef struct kind_row {
    const char *name;
    hw_iati_class class;
    bool incoming;
    hw_iati_kind giver;
} kind_row;

static const kind_row rows[HW_IATI_KINDS] = {
    [HW_IATI_INCOMING_FUNDS] = {"incoming funds", HW_IATI_PAID, true, HW_IATI_DISBURSEMENT},
    [HW_IATI_COMMITMENT] = {"commitment", HW_IATI_PROMISED, false, HW_IATI_UNKNOWN},
    [HW_IATI_DISBURSEMENT] = {"disbursement", HW_IATI_PAID, false, HW_IATI_UNKNOWN},
    [HW_IATI_EXPENDITURE] = {"expenditure", HW_IATI_PAID, false, HW_IATI_UNKNOWN},
    [5] = {"interest payment", HW_IATI_NOTHING, false, HW_IATI_UNKNOWN},
    [6] = {"loan repayment", HW_IATI_NOTHING, false, HW_IATI_UNKNOWN},
    [7] = {"reimbursement", HW_IATI_NOTHING, false, HW_IATI_UNKNOWN},
    [8] = {"purchase of equity", HW_IATI_NOTHING, false, HW_IATI_UNKNOWN},
    [9] = {"sale of equity", HW_IATI_NOTHING, false, HW_IATI_UNKNOWN},
    [10] = {"credit guarantee", HW_IATI_NOTHING, false, HW_IATI_UNKNOWN},
    [HW_IATI_INCOMING_COMMITMENT] = {"incoming commitment", HW_IATI_PROMISED, true, HW_IATI_COMMITMENT},
    [HW_IATI_PLEDGE] = {"pledge", HW_IATI_PROMISED, false, HW_IATI_UNKNOWN},
    [HW_IATI_INCOMING_PLEDGE] = {"incoming pledge", HW_IATI_PROMISED, true, HW_IATI_PLEDGE},
    [HW_IATI_PLANNED] = {"planned disbursement", HW_IATI_TO_COME, false, HW_IATI_UNKNOWN},
};

const char *hw_iati_kind_name(hw_iati_kind kind) {
    return rows[kind].name;
}

hw_iati_class hw_iati_class_of(hw_iati_kind kind) {
    return rows[kind].class;
}

bool hw_iati_is_incoming(hw_iati_kind kind) {
    return rows[kind].incoming;
}

hw_iati_kind hw_iati_giver_kind(hw_iati_kind kind) {
    return rows[kind].giver;
}

int hw_iati_code(const char *text) {
    int number = 0;
    size_t length = text != NULL ? strlen(text) : 0;
    if (length < 1 || length > 3 || strspn(text, "0123456789") != length) {
        return -1;
    }
    for (; *text != '\0'; text++) {
        number = 10 * number + (*text - '0');
    }
    return number;
}

hw_iati_kind hw_iati_transaction_kind(const char *code) {
    int number = hw_iati_code(code);
    return number > 0 && number < HW_IATI_PLANNED && rows[number].name != NULL ? (hw_iati_kind)number
                                                                               : HW_IATI_UNKNOWN;
}

const char *hw_iati_earmark_name(int code) {
    static const char *const names[] = {NULL, "unearmarked", "softly earmarked", "earmarked",
                                        "tightly earmarked"};
    return code > 0 && code < (int)HW_LENGTH(names) ? names[code] : NULL;
}

bool hw_iati_is_element(const char *name) {
    static const char *const elements[] = {
        "iati-identifier",
        "reporting-org",
        "title",
        "description",
        "participating-org",
        "other-identifier",
        "activity-status",
        "activity-date",
        "contact-info",
        "activity-scope",
        "recipient-country",
        "recipient-region",
        "location",
        "sector",
        "tag",
        "country-budget-items",
        "humanitarian-scope",
        "policy-marker",
        "collaboration-type",
        "default-flow-type",
        "default-finance-type",
        "default-aid-type",
        "default-tied-status",
        "budget",
        "planned-disbursement",
        "capital-spend",
        "transaction",
        "document-link",
        "related-activity",
        "legacy-data",
        "conditions",
        "result",
        "crs-add",
        "fss",
    };
    for (size_t i = 0; i < HW_LENGTH(elements); i++) {
        if (strcmp(elements[i], name) == 0) {
            return true;
        }
    }
    return false;
}

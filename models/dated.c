/* Reads dated series as they are in a world. */
#include "models/dated.h"
#include "models/land.h"

hw_value_id hw_dated_base(const hw_land *land, const hw_dated_list *list, uint32_t entry, double *times) {
    const hw_dated_value *item = &list->items[entry];
    for (*times = 1; item->of != HW_NO_REFERENCE; item = &list->items[item->of]) {
        *times *= hw_in_force(land, item->value);
    }
    return item->value;
}

double hw_dated_factor(const hw_land *land, const hw_dated_list *list, int64_t day) {
    uint32_t begun = 0;
    while (begun < list->count && list->items[begun].day <= day) {
        begun++;
    }
    double times = 1;
    if (begun == 0) {
        return 1;
    }
    hw_value_id factor = hw_dated_base(land, list, begun - 1, &times);
    return times * hw_in_force(land, factor);
}

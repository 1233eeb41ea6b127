/* What the base assumes. */
#include "analysis/desk/assumptions.h"
#include "analysis/base/json.h"
#include "analysis/base/memory.h"

static bool is_offered(hw_binding *binding, const hw_value *value) {
    const hw_key *key = value->key;
    return (key->type == HW_KEY_QUANTITY || key->type == HW_KEY_COUNT) && key->fixes == NULL &&
           (value->assumed || value->distribution.kind != HW_FIXED) && hw_binding_reads(binding, value->path);
}

static json_t *told(const hw_value *value) {
    json_t *one = hw_json_object();
    hw_json_put(one, "path", hw_json_text(value->path));
    hw_json_put(one, "text", hw_json_text(value->written));
    hw_json_put(one, "meaning", hw_json_text(value->key->meaning));
    hw_json_put(one, "source", hw_json_text(value->source));
    hw_json_put(one, "assumed", json_boolean(value->assumed));
    return one;
}

char *hw_desk_assumptions(hw_binding *binding, size_t *size) {
    const hw_values *values = hw_binding_values(binding);
    json_t *list = hw_json_array();
    for (uint32_t i = 0; i < values->count; i++) {
        if (is_offered(binding, &values->items[i])) {
            hw_json_append(list, told(&values->items[i]));
        }
    }
    char *text = NULL;
    FILE *out = hw_take_stream(&text, size);
    hw_json_write(out, list);
    hw_end_stream(out);
    return text;
}

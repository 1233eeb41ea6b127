/* Which commands can be asked at the desk, and with which of their options. */
#include "analysis/desk/decision.h"
#include "analysis/base/memory.h"
#include "sim/length.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { OPTIONS_MOST = 12, TEXT_MOST = 300 /* bytes of a value */ };

/* Neither --pledge nor --csv nor any other that names a file. */
static const struct {
    const char *command;
    enum { NO_LEVERS, LEVERS, PRICED_LEVERS } against; /* what it holds against each other */
    const char *options[OPTIONS_MOST];
} known[] = {
    {"pledge",
     NO_LEVERS,
     {"amount", "years", "only-district", "condition", "tranches", "place", "by", "tied", "name",
      "replications"}},
    {"target", NO_LEVERS, {"by", "money", "from", "replications"}},
    {"discover", NO_LEVERS, {"bad", "replications"}},
    {"rank", LEVERS, {"for", "indifference", "batch", "most"}},
    {"worth", LEVERS, {"of", "for", "price", "error", "replications"}},
    {"allocate", PRICED_LEVERS, {"budget", "choose", "aim", "from", "tries", "indifference", "replications"}},
    {"adapt", NO_LEVERS, {"for", "price", "replications"}},
};

static bool find(const char *command, size_t *found) {
    for (size_t i = 0; i < HW_LENGTH(known); i++) {
        if (command != NULL && strcmp(known[i].command, command) == 0) {
            *found = i;
            return true;
        }
    }
    return false;
}

static bool has_option(size_t of, const char *name) {
    for (size_t i = 0; i < OPTIONS_MOST && known[of].options[i] != NULL; i++) {
        if (strcmp(known[of].options[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* One word, so that no value is taken for an option; NULL where it is of another kind. */
static char *word_of(const char *name, const json_t *value) {
    if (json_is_true(value)) {
        return hw_take_text("--%s", name);
    }
    if (json_is_integer(value) && json_integer_value(value) > 0 &&
        json_integer_value(value) <= HW_DECISION_WORLDS_MOST) {
        return hw_take_text("--%s=%" PRId64, name, (int64_t)json_integer_value(value));
    }
    const char *text = json_string_value(value);
    return text != NULL && strlen(text) <= TEXT_MOST ? hw_take_text("--%s=%s", name, text) : NULL;
}

static void read_options(hw_decision *decision, size_t of, json_t *options, hw_errors *errors) {
    const char *name;
    json_t *value;
    decision->options = hw_take(json_object_size(options) + 1, sizeof *decision->options);
    json_object_foreach(options, name, value) {
        char *word = has_option(of, name) ? word_of(name, value) : NULL;
        if (!has_option(of, name)) {
            hw_errors_say(errors, "%s has no option '%s' at the desk", known[of].command, name);
        } else if (word == NULL) {
            hw_errors_say(errors, "'%s' wants a text of at most %d bytes, a count of at most %d, or true",
                          name, TEXT_MOST, HW_DECISION_WORLDS_MOST);
        } else {
            decision->options[decision->option_count++] = word;
        }
    }
}

/* A sign of equality would make another file of what stands before it. */
static const char *price_of(const json_t *prices, const char *lever, hw_errors *errors) {
    const char *price = json_string_value(json_object_get(prices, lever));
    bool right = price != NULL && *price != '\0' && strlen(price) <= TEXT_MOST && strchr(price, '=') == NULL;
    if (!right) {
        hw_errors_say(errors, "'%s' wants a price, such as '3 MUSD'", lever);
    }
    return right ? price : NULL;
}

static void read_prices(hw_decision *decision, size_t of, const json_t *prices, hw_errors *errors) {
    if (known[of].against != PRICED_LEVERS) {
        if (prices != NULL) {
            hw_errors_say(errors, "%s asks for no prices", known[of].command);
        }
        return;
    }
    decision->prices = hw_take(decision->lever_count + 1, sizeof *decision->prices);
    for (uint32_t i = 0; i < decision->lever_count; i++) {
        decision->prices[i] = price_of(prices, decision->levers[i], errors);
    }
}

static void read_levers(hw_decision *decision, size_t of, const json_t *levers, hw_errors *errors) {
    decision->levers = hw_take(json_array_size(levers) + 1, sizeof *decision->levers);
    for (size_t i = 0; i < json_array_size(levers); i++) {
        const char *name = json_string_value(json_array_get(levers, i));
        if (name != NULL) {
            decision->levers[decision->lever_count++] = name;
        }
    }
    if (known[of].against == LEVERS && decision->lever_count == 0) {
        hw_errors_say(errors, "%s holds policy levers against each other: choose one or more",
                      known[of].command);
    } else if (known[of].against == NO_LEVERS && decision->lever_count > 0) {
        hw_errors_say(errors, "%s holds no levers against each other", known[of].command);
    }
}

hw_status hw_decision_read(hw_decision *decision, const json_t *asked, hw_errors *errors) {
    *decision = (hw_decision){0};
    uint32_t before = errors->count;
    size_t of;
    if (!find(json_string_value(json_object_get(asked, "decide")), &of)) {
        hw_errors_say(errors,
                      "the desk decides by pledge, target, discover, rank, worth, allocate and adapt");
        return HW_ERROR_INPUT;
    }
    decision->command = known[of].command;
    read_options(decision, of, json_object_get(asked, "options"), errors);
    read_levers(decision, of, json_object_get(asked, "against"), errors);
    read_prices(decision, of, json_object_get(asked, "prices"), errors);
    return errors->count == before ? HW_OK : HW_ERROR_INPUT;
}

void hw_decision_free(hw_decision *decision) {
    for (uint32_t i = 0; i < decision->option_count; i++) {
        free(decision->options[i]);
    }
    free(decision->options);
    free(decision->levers);
    free(decision->prices);
    *decision = (hw_decision){0};
}

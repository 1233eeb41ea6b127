/* Finds entries by what they say of themselves. */
#include "analysis/archive/archive.h"
#include "analysis/base/memory.h"
#include "analysis/base/name_fold.h"
#include <stdlib.h>
#include <string.h>

static bool has_part(const char *text, const char *part) {
    if (text == NULL) {
        return false;
    }
    char *folded = hw_name_fold(text), *wanted = hw_name_fold(part);
    bool has = strstr(text, part) != NULL || (wanted[0] != '\0' && strstr(folded, wanted) != NULL);
    free(folded);
    free(wanted);
    return has;
}

static bool begins_with(const char *text, const char *beginning) {
    return text != NULL && strncmp(text, beginning, strlen(beginning)) == 0;
}

/* Of an answer the digest stands behind the name of its scenario: "quick: 0123...". */
static bool has_digest(const char *text, const char *beginning) {
    const char *colon = text != NULL ? strstr(text, ": ") : NULL;
    return begins_with(text, beginning) || (colon != NULL && begins_with(colon + 2, beginning));
}

static bool is_of(const hw_archive_entry *entry, const hw_archive_wish *wish) {
    const char *slash = strrchr(entry->path, '/');
    bool scenario = wish->scenario == NULL || has_part(entry->scenario, wish->scenario) ||
                    has_part(entry->made_of, wish->scenario) ||
                    has_part(slash != NULL ? slash + 1 : entry->path, wish->scenario);
    return scenario && (wish->variant == NULL || has_part(entry->variant, wish->variant)) &&
           (wish->version == NULL || begins_with(entry->version, wish->version)) &&
           (wish->digest == NULL || has_digest(entry->digest, wish->digest));
}

static bool has_kind(const hw_archive_entry *entry, const hw_archive_wish *wish) {
    bool any = false;
    for (int kind = 0; kind < HW_ARCHIVE_KINDS; kind++) {
        any = any || wish->kinds[kind];
    }
    return !any || wish->kinds[entry->kind];
}

static bool has_numbers(const hw_archive_entry *entry, const hw_archive_wish *wish) {
    bool seed = wish->seed == NULL || (entry->seed != NULL && strcmp(entry->seed, wish->seed) == 0);
    bool replications = wish->replications == 0 || entry->asked == wish->replications ||
                        (entry->finished == wish->replications && entry->kind == HW_ARCHIVE_RESULT);
    bool as_of = wish->as_of == NULL || (entry->knows_as_of && entry->as_of == *wish->as_of);
    return seed && replications && as_of &&
           (wish->changed_from == NULL || entry->changed >= *wish->changed_from) &&
           (wish->changed_to == NULL || entry->changed <= *wish->changed_to);
}

bool hw_archive_matches(const hw_archive_entry *entry, const hw_archive_wish *wish) {
    return has_kind(entry, wish) && is_of(entry, wish) && has_numbers(entry, wish) &&
           (!wish->unreferenced || entry->unreferenced != NULL);
}

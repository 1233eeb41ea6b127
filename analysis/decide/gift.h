/* A gift: streams of money that are laid over a base scenario, and the strings that are tied to them. From a
 * scenario file, or from the words of a command line. */
#ifndef HW_ANALYSIS_GIFT_H
#define HW_ANALYSIS_GIFT_H

#include "analysis/results/study.h"

/* The rows of a command that takes a gift. */
#define HW_GIFT_OPTIONS                                                                                        \
    {"pledge", 0, HW_OPTION_TEXT, false, "FILE", "the gift: a scenario file with streams that BASE lacks"},    \
        {"amount", 0, HW_OPTION_TEXT, false, "MONEY", "or in words: so much, such as '15 MUSD'"},              \
        {"years", 0,       HW_OPTION_TEXT,                                                                     \
         false,   "YEARS", "pledged on the first day of the first year, valid as many years (2027-2029)"},     \
        {"only-district", 0, HW_OPTION_TEXT, true, "NAME", "earmark: work in this district; may be repeated"}, \
        {"only-place", 0, HW_OPTION_TEXT, false, "NAME", "earmark: until this place is released"},             \
        {"only-operator", 0, HW_OPTION_TEXT, true, "NAME", "earmark: its teams; may be repeated"},             \
        {"only-method", 0, HW_OPTION_TEXT, false, "METHOD", "earmark: teams of this method"},                  \
        {"condition", 0, HW_OPTION_TEXT, false, "NAME", "what must hold (homeward list conditions)"},          \
        {"tranches", 0, HW_OPTION_COUNT, false, "N", "paid in so many parts (3; of a single year 1)"},         \
        {"overhead", 0, HW_OPTION_TEXT, false, "SHARE", "of what is spent, for fees, such as '8 %'"}, {        \
        "name", 0, HW_OPTION_TEXT, false, "NAME", "how the gift is called in the tables (The gift)"            \
    }

/* What a gift pays for, and what counts as added by it: work is all mine action, victim aid too. */
enum { HW_GIFT_PAYS_WORK = 1, HW_GIFT_PAYS_BUILDING = 2 };

/* The gift without one of its strings, or without all. */
typedef struct hw_untied {
    const char *name;     /* "without the earmark for districts" */
    hw_setting *settings; /* what makes it so, after those of the gift itself */
    uint32_t count;
} hw_untied;

typedef struct hw_gift {
    const char *file;     /* or NULL: */
    hw_setting in_words;  /* the stream, as a setting over the base */
    const char **streams; /* by name, in the order of the scenario */
    uint32_t stream_count;
    uint32_t pays;       /* HW_GIFT_PAYS_..., of all its streams */
    const char **others; /* streams of the base that pay for the same */
    uint32_t other_count;
    int64_t from; /* the day on which the first is pledged */
    hw_untied *untied;
    uint32_t untied_count;
} hw_gift;

/* Reads the options. HW_ERROR_INPUT when there is no gift, or one in a file and in words. Free after failure
 * too; the arguments must outlive it. */
hw_status hw_gift_read(hw_gift *gift, const hw_arguments *arguments, hw_errors *errors);

/* Finds the streams that the base lacks and their strings (collective). HW_ERROR_INPUT when there are none,
 * when they give nothing, when other values differ too, or when either scenario is wrong. */
hw_status hw_gift_look(hw_gift *gift, const char *base, const hw_study_wish *wish, hw_errors *errors);

/* Sources of a study: the base, the base with the gift, and with the gift untied in each way; 2 +
 * untied_count. Allocated; free with hw_gift_sources_free. */
hw_study_source *hw_gift_sources(const hw_gift *gift, const char *base);
void hw_gift_sources_free(const hw_gift *gift, hw_study_source *sources);

void hw_gift_free(hw_gift *gift);

#endif

/* One activity of IATI as it is written, from the pieces that the XML reader hands on. Nothing is judged
 * here. */
#ifndef HW_ANALYSIS_IATI_ACTIVITY_H
#define HW_ANALYSIS_IATI_ACTIVITY_H

#include "analysis/intake/xml_read.h"
#include "sim/input/pool.h"
#include <stdbool.h>
#include <stdint.h>

enum {
    HW_IATI_AMOUNTS_MOST = 100000, /* of one activity */
    HW_IATI_LIST_MOST = 200,       /* parents, places, organisations of one */
    HW_IATI_TEXT_BYTES = 256,      /* of an attribute or a text; longer ones are cut */
    HW_IATI_DATE_TYPES = 5,
};

/* Sectors or countries with their percentages, as far as an import asks: one code of them. */
typedef struct hw_iati_parts {
    uint32_t count, without; /* and how many say no percentage */
    uint32_t bad;            /* percentages that are none */
    double percent, asked;   /* added up: all of them, and that of the code that was asked for */
    bool has_asked;
} hw_iati_parts;

/* A transaction or a planned disbursement. Texts are NULL where they are not given. */
typedef struct hw_iati_amount {
    uint64_t line;
    bool planned;
    const char *type, *date, *until, *value, *currency, *value_date;
    const char *provider, *provider_activity, *receiver, *receiver_activity, *earmark;
    hw_iati_parts sectors, countries;
} hw_iati_amount;

typedef struct hw_iati_list {
    const char **items;
    uint32_t count;
} hw_iati_list;

typedef struct hw_iati_activity {
    hw_pool pool;
    uint64_t line;
    const char *identifier, *title, *reporter, *reporter_name, *status, *currency, *earmark;
    const char *dates[HW_IATI_DATE_TYPES]; /* by type: 1 to 4 */
    hw_iati_parts sectors, countries;
    hw_iati_list countries_named, parents, children, places, implementers;
    hw_iati_amount *amounts; /* stay allocated from one activity to the next */
    uint32_t amount_count, amount_room;
    uint32_t budgets;
    bool too_many;       /* amounts: the rest was not kept */
    const char *unknown; /* an element that the standard does not have */
    uint64_t unknown_line;
} hw_iati_activity;

/* Reads activities one after the other. Zero-initialise all but the first three. */
typedef struct hw_iati_reader {
    const char *country, *sector; /* asked for; NULL: any */
    /* What is done with each activity. */
    void (*take)(void *context, hw_iati_activity *activity);
    void *context;
    hw_iati_activity activity;
    char path[512]; /* of the open elements below the activity */
    uint32_t path_before[HW_XML_DEPTH_MOST + 1];
    uint32_t depth, path_length;
    char text[HW_IATI_TEXT_BYTES];
    uint32_t text_length;
    bool has_child;         /* the open element: then its text is not read */
    hw_iati_amount nowhere; /* what comes after too many */
    int64_t made;           /* day of generated-datetime, or HW_NO_DAY */
} hw_iati_reader;

extern const hw_xml_handlers hw_iati_handlers;

void hw_iati_reader_free(hw_iati_reader *reader);

#endif

/* What is kept of a file of IATI: a small record for each activity and each amount, so that parents, children
 * and both tellings of one transfer find each other, however large the file is. */
#ifndef HW_ANALYSIS_IATI_STORE_H
#define HW_ANALYSIS_IATI_STORE_H

#include "analysis/intake/iati_activity.h"
#include "analysis/intake/iati_codes.h"
#include "analysis/intake/import.h"
#include "analysis/intake/mapping.h"
#include "analysis/intake/strings.h"

enum { HW_IATI_RECORDS_MOST = 1000000, HW_IATI_SUMS_MOST = 4000000 };

/* An amount that was understood. Texts are numbers of hw_strings. */
typedef struct hw_iati_sum {
    uint32_t record; /* whose it is */
    uint32_t line;
    uint8_t kind;    /* hw_iati_kind */
    uint8_t earmark; /* code 1 to 4; 0: not told */
    char currency[HW_CURRENCY_BYTES];
    int32_t day, until; /* since 1970-01-01; `until` of planned ones, else the day */
    int32_t value_day, rate_day;
    double amount, usd; /* after shares of sectors and countries */
    double counted;     /* the share of it that is not told elsewhere: 0 to 1 */
    bool cut;           /* shares of sectors or countries were taken of it */
    uint32_t provider, provider_activity, receiver, receiver_activity;
} hw_iati_sum;

typedef struct hw_iati_record {
    uint32_t line, id, title, reporter, reporter_name;
    uint32_t sum_first, sum_count;
    int32_t ends; /* day, or INT32_MIN */
    uint8_t status, earmark;
    uint32_t parent_first, parent_count; /* of the links */
    uint32_t places, implementers;       /* joined by line feeds */
    /* Found out when all are read: */
    bool gone;     /* left out: a second telling, or its parents lead back to it */
    bool is_aside; /* children tell its money */
} hw_iati_record;

/* A child and its parent, by identifier. */
typedef struct hw_iati_link {
    uint32_t child, parent;
} hw_iati_link;

typedef struct hw_iati_store {
    const char *sector;        /* asked for; NULL: any */
    const hw_mapping *mapping; /* of locations and organisations; or NULL */
    hw_strings strings;
    hw_iati_record *records;
    hw_iati_sum *sums;
    hw_iati_link *links;
    uint32_t *by_id; /* of records, sorted by identifier, when all are read */
    size_t record_count, record_room, sum_count, sum_room, link_count, link_room;
    uint64_t seen;          /* activities, taken or not */
    uint32_t country;       /* the first that was told, */
    bool several_countries; /* and whether there were others */
    bool full;
} hw_iati_store;

void hw_iati_store_free(hw_iati_store *store);

/* Looks at one activity: what is understood goes into the store, everything else into the remainder. `made`
 * is the day of the file, or HW_NO_DAY. */
void hw_iati_store_add(hw_iati_store *store, hw_import *import, const hw_iati_activity *activity,
                       int64_t made);

/* The record of an identifier, or NULL. Only when all are read (hw_iati_families). */
hw_iati_record *hw_iati_find(hw_iati_store *store, uint32_t id);

/* ---- When all are read, in this order ---- */

/* iati_families.c: finds parents and children; sets parents aside whose children tell money, and activities
 * whose parents lead back to them. */
void hw_iati_families(hw_iati_store *store, hw_import *import);
/* iati_matching.c: finds what both sides tell; sets the receiver's telling aside, and what the receiver makes
 * of the same money. */
void hw_iati_match(hw_iati_store *store, hw_import *import);
/* iati_layer.c: a stream of money for each activity, and the totals. `made` as above. */
void hw_iati_make_streams(hw_iati_store *store, hw_import *import, int64_t made);

/* What is left of a record's amounts of a class, in USD. */
double hw_iati_usd(const hw_iati_store *store, const hw_iati_record *record, hw_iati_class class);

#endif

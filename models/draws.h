/* What random numbers are drawn for, and the draws of a task. */
#ifndef HW_MODELS_DRAWS_H
#define HW_MODELS_DRAWS_H

#include <assert.h>
#include <stdint.h>

/* What draws are for: the only list of purposes. Never reorder: append. */
typedef enum hw_draw_purpose {
    HW_DRAW_VALUE,     /* scenario values, one a replication */
    HW_DRAW_WEATHER,   /* entity: district; occurrence: block of four weeks */
    HW_DRAW_POLYGON,   /* truth shares of a polygon */
    HW_DRAW_HIDDEN,    /* undiscovered ground of a hazard area */
    HW_DRAW_TRUTH,     /* of a block */
    HW_DRAW_SPLIT,     /* items of a block among parcels */
    HW_DRAW_PARCEL,    /* what a parcel is like */
    HW_DRAW_TASK,      /* the four draws that every task on the ground needs: hw_task_draw */
    HW_DRAW_MISS,      /* items missed in clearing an item */
    HW_DRAW_DETONATE,  /* mines set off by a machine in a parcel */
    HW_DRAW_REPORT,    /* time of a completion report */
    HW_DRAW_BREAKDOWN, /* of a team */
    HW_DRAW_ACCREDIT,  /* of a team */
    HW_DRAW_DEMINER,   /* accident of a team */
    HW_DRAW_CIVILIAN,  /* visits of civilians to a district in a month */
    HW_DRAW_ACCIDENT,  /* entity: block; occurrence: one accident in it */
    HW_DRAW_FIND,      /* residual items found in a district in a month */
    HW_DRAW_STREAM,    /* life of a funding stream */
    HW_DRAW_BUILDING,  /* of a place */
    HW_DRAW_ARRIVAL,   /* families of a place in a month */
    HW_DRAW_LEVER,     /* entity: a lever; occurrence: month */
    HW_DRAW_REMINED,   /* new mines in released ground in a month */
    HW_DRAW_MAPS,      /* of a block: whether maps handed over later are right about it */
    HW_DRAW_RECORD,    /* entity: lever; occurrence: one record of a past accident */
    HW_DRAW_PERMIT,    /* of a team */
    HW_DRAW_SWITCH,    /* of a stream: whether its giver turns to victim assistance */
    HW_DRAW_LATE,      /* of a stream; occurrence: one tranche, or the day a part of a budget is due */
    HW_DRAW_MATCH,     /* of a stream: whether its giver asks that the other side gets as much, and waits */
    HW_DRAW_SOLDIERS,  /* visits of soldiers on duty to a district in a month */
    HW_DRAW_MISSED,    /* accidents by missed items in a district in a month */
    HW_DRAW_LOT,       /* missed items in the part of an item that a failed check sends back */
    HW_DRAW_STEPPED,   /* entity: district; occurrence: one accident by a missed item */
    HW_DRAW_RECORDED,  /* of ground released before the start: what less than a block is, what was seen in one
                        */
    HW_DRAW_MUSTER,    /* of a team: whether it is there */
    HW_DRAW_NEWS,      /* of a block that is surveyed again: whether there is anything new to be heard */
} hw_draw_purpose;

/* The words of a task's block of draws. */
typedef enum hw_task_draw {
    HW_TASK_PACE,   /* how long it takes */
    HW_TASK_RESULT, /* what it finds */
    HW_TASK_SAMPLE, /* whether the cleared ground is sampled for the external check: hw_pipeline_cleared */
    HW_TASK_REPORT, /* how long its completion report takes */
    HW_TASK_DRAWS,
    /* Ground that is not cleared is not sampled: surveys and checks have a second result instead. */
    HW_TASK_SECOND_RESULT = HW_TASK_SAMPLE,
    /* Non-technical survey draws its reports elsewhere (HW_DRAW_REPORT): maps and hearsay have the word. */
    HW_TASK_HEARSAY = HW_TASK_REPORT,
} hw_task_draw;

/* A piece of work that a team has done: what every verb that ends it needs to know. */
typedef struct hw_task {
    uint32_t team;
    uint32_t work;      /* an item; what else, the method says */
    const double *draw; /* uniform, by hw_task_draw; read by hw_task_spend */
    uint32_t spent;     /* bit i: word i has been read */
} hw_task;

/* Reads a word, once: two uses of one word would be correlated. */
static inline double hw_task_spend(hw_task *task, hw_task_draw word) {
    assert(!(task->spent >> word & 1));
    task->spent |= 1U << word;
    return task->draw[word];
}

#endif

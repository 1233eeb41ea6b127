/* The words of the model: stages of ground, ledgers, causes of delay, uses of a day, purposes of money, kinds
 * of events. Order is meaning here: results, draws and ties follow it. */
#ifndef HW_MODELS_KINDS_H
#define HW_MODELS_KINDS_H

#include <stdint.h>

/* One world, put together in land.h. */
typedef struct hw_land hw_land;

/* Where a piece of ground stands. Up to HW_STAGES it waits for, or is under, a team's work. */
typedef enum hw_stage {
    HW_STAGE_SURVEY,       /* suspected (SHA), waits for non-technical survey */
    HW_STAGE_TECHNICAL,    /* confirmed (CHA), waits for technical survey */
    HW_STAGE_PREPARE,      /* clearance parcel, wants mechanical ground preparation */
    HW_STAGE_CLEAR_ANY,    /* clearance parcel, dogs or deminers */
    HW_STAGE_CLEAR_MANUAL, /* clearance parcel, deminers only */
    HW_STAGE_BATTLE,       /* battle area clearance */
    HW_STAGE_CHECK,        /* cleared, sampled for the external quality check */
    HW_STAGES,
    HW_STAGE_REPORT = HW_STAGES, /* waits for its completion report */
    HW_STAGE_RELEASED,
    HW_STAGE_HIDDEN, /* not yet suspected by anybody */
    HW_STAGE_SPLIT,  /* a block whose ground is now in parcels and in its reduced part; a parcel whose ground
                        is  in its block again */
} hw_stage;

typedef enum hw_ledger {
    HW_LEDGER_REMAINING,
    HW_LEDGER_CANCELLED,
    HW_LEDGER_REDUCED,
    HW_LEDGER_MINE_CLEARED,
    HW_LEDGER_BATTLE_CLEARED,
    HW_LEDGERS,
} hw_ledger;

typedef enum hw_cause {
    HW_CAUSE_ACCESS,
    HW_CAUSE_CONFLICT,
    HW_CAUSE_SURVEY,
    HW_CAUSE_TECHNICAL,
    HW_CAUSE_MONEY,
    HW_CAUSE_MANUAL,
    HW_CAUSE_DOGS,
    HW_CAUSE_MACHINES,
    HW_CAUSE_BATTLE,
    HW_CAUSE_SEASON,
    HW_CAUSE_QUALITY,
    HW_CAUSE_HOUSING,
    HW_CAUSES,
} hw_cause;

/* What a team does with its days; every team-day from its order to its end has exactly one. */
typedef enum hw_use {
    HW_USE_WORKING,   /* field days */
    HW_USE_SEASON,    /* rest days, weather, snow, heat, closures, with a task in hand */
    HW_USE_BREAKDOWN, /* repair, retraining, stand-down after an accident */
    HW_USE_NO_WORK,   /* nothing in the district that it could do */
    HW_USE_MONEY,     /* stood down for want of money */
    HW_USE_MOVING,
    HW_USE_PREPARING, /* hiring, purchase, training, accreditation, permits, waiting for money to order */
    HW_USE_AWAY,      /* lent to other countries */
    HW_USES,
} hw_use;

typedef enum hw_purpose {
    HW_PURPOSE_SURVEY,
    HW_PURPOSE_CLEARANCE,
    HW_PURPOSE_QUALITY,
    HW_PURPOSE_STANDBY,
    HW_PURPOSE_MOVES,
    HW_PURPOSE_TRAINING,
    HW_PURPOSE_PURCHASE,
    HW_PURPOSE_OVERHEAD, /* of mine action */
    HW_PURPOSE_BUILDING, /* with the fees of money for reconstruction */
    HW_PURPOSE_POLICY,
    HW_PURPOSE_VICTIM_AID,
    HW_PURPOSE_CONTRACTS, /* ground that firms have worked, by the m2: last, see outcome.c */
    HW_PURPOSES,
} hw_purpose;

/* Why clearance money was not spent. Where less is left than was, the last reasons of the list go first. */
typedef enum hw_unspent {
    HW_UNSPENT_NO_WORK,   /* what it may pay will be done soon by the teams there are */
    HW_UNSPENT_RECRUITS,  /* no people to hire */
    HW_UNSPENT_COURSES,   /* no places in the schools */
    HW_UNSPENT_DOGS,      /* no dogs to be had */
    HW_UNSPENT_MACHINES,  /* no machines delivered */
    HW_UNSPENT_GROWTH,    /* organisations grow as fast as they can */
    HW_UNSPENT_EARMARK,   /* nobody whom it may pay can use it */
    HW_UNSPENT_CONDITION, /* retained by the giver to the end */
    HW_UNSPENT_LIST,      /* teams are as listed: history, or growth: fixed */
    HW_UNSPENT_TOO_LATE,  /* came too late in its year */
    HW_UNSPENT_ON_ORDER,  /* meant for teams that are ordered or trained */
    HW_UNSPENT_REVIEW,    /* more than the last review has seen */
    HW_UNSPENT_CAUTION,   /* less than another team can count on for the look-ahead */
    HW_UNSPENT_LATER,     /* spread over the months left */
    HW_UNSPENT_SIGNED, /* signed for contracts whose ground is not accepted: these two last, see outcome.c */
    HW_UNSPENT_FIRMS,  /* firms take no more ground by contract this year */
    HW_UNSPENT_REASONS,
} hw_unspent;

/* What firms do by the m2, and are paid for. */
typedef enum hw_job {
    HW_JOB_SURVEY,
    HW_JOB_TECHNICAL,
    HW_JOB_SEARCH, /* of battle areas */
    HW_JOB_CLEARANCE,
    HW_JOBS,
} hw_job;

enum { HW_ITEM_AP, HW_ITEM_AT, HW_ITEM_ERW, HW_ITEM_TYPES };
enum {
    HW_STATE_LAID,
    HW_STATE_FOUND,
    HW_STATE_EXPLODED,
    HW_STATE_MISSED,
    HW_STATE_REMAINING,
    HW_ITEM_STATES
};
enum {
    HW_VICTIM_CIVILIAN_KILLED,
    HW_VICTIM_CIVILIAN_INJURED,
    HW_VICTIM_DEMINER_KILLED,
    HW_VICTIM_DEMINER_INJURED,
    HW_VICTIM_SOLDIER_KILLED, /* on duty */
    HW_VICTIM_SOLDIER_INJURED,
    HW_VICTIMS
};

/* Who goes where something may lie, but for those who look for it. */
enum { HW_CIVILIANS, HW_SOLDIERS, HW_PEOPLE };

/* The dated steps of a place's story. */
typedef enum hw_step {
    HW_STEP_ACCESS,      /* teams may enter the district */
    HW_STEP_FIRST_WORK,  /* first task on its hazard areas done */
    HW_STEP_SURVEYED,    /* non-technical survey of all its areas done (latest, with ground found later) */
    HW_STEP_LAST_TASK,   /* the last survey, clearance or check before release */
    HW_STEP_RELEASED,    /* last completion report */
    HW_STEP_BUILDING,    /* building starts, maybe before the whole place is released */
    HW_STEP_FIRST_HOMES, /* first families arrive */
    HW_STEP_HALF,        /* half of the planned people live there */
    HW_STEPS,
} hw_step;

/* Kinds of events, first in order at equal times. Civilians are hurt on ground that is not yet released
 * (HW_EVENT_ACCIDENT) or by items missed there (HW_EVENT_MISSED), soldiers on duty on the former only. */
enum {
    HW_EVENT_REPORT,
    HW_EVENT_TEAM,
    HW_EVENT_ACCIDENT,
    HW_EVENT_FIND,
    HW_EVENT_HOMES,
    HW_EVENT_PAID_UNTIL,
    HW_EVENT_SOLDIERS,
    HW_EVENT_MISSED
};

enum { HW_NOTHING = UINT32_MAX };

#endif

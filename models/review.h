/* A review of capacity in hand: what each team is worth to the backlog, for those who come (growth.c), who
 * are listed (offers.c) and who go. */
#ifndef HW_MODELS_REVIEW_H
#define HW_MODELS_REVIEW_H

#include "models/backlog.h"
#include "models/land.h"

typedef struct hw_review {
    hw_land *land;
    double now, look_ahead, places; /* days; people whom schools can take until the next review */
    hw_backlog backlog;
    bool offers; /* listed teams that nobody has ordered yet count, too */
    bool added;  /* a team has come, or learns */
} hw_review;

/* Looks at money, prices and backlog. */
hw_review hw_review_open(hw_land *land, double now);

/* Whether an operator's teams may become more or fewer by a review: teams that choose their ground, those of
 * private money and crews of firms follow their own rules. And whether a kind of team does; known once a
 * review is open. */
bool hw_operator_grows(const hw_land *land, uint32_t operator_);
bool hw_kind_follows_money(const hw_land *land, uint32_t kind);

/* Looks again which kinds do, when one has its first team. */
void hw_review_find_who_follows(hw_land *land);

/* Days until a method's work is done, as far as its teams have had work of late. */
double hw_review_wait(const hw_review *review, uint32_t method);

/* Of one team of a kind, as hw_backlog_capacity_of. */
double hw_review_capacity_of(const hw_review *review, uint32_t kind);

/* A team is worth the more the longer the work of its method waits. So the waits of methods that follow one
 * another become alike: the slowest holds up all. */
double hw_review_worth(const hw_review *review, uint32_t kind);

/* What the last team of a kind is worth: as long as the work would wait without it. Of a method with few
 * teams that is far longer than with it. */
double hw_review_worth_of_last(const hw_review *review, uint32_t kind);

/* A team makes way for another, or learns its method, when it is worth less than this share of it. */
double hw_review_change_below(const hw_review *review);

/* A kind has so many teams more. */
void hw_review_change_capacity(hw_review *review, uint32_t kind, double strength);

/* Fills growth.free with the money in sight, by stream. */
void hw_review_find_money(const hw_review *review);

/* Once the list has ended, listed teams that are due and not borne are not waited for: whom money allows is
 * hired. */
void hw_review_withdraw_offers(hw_review *review);

#endif

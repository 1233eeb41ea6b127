/* What truly lies where people go. Danger counts items: a mine that a step sets off is one, other items are
 * parts of one. Where nothing lies, nobody is hurt. */
#ifndef HW_MODELS_DANGER_H
#define HW_MODELS_DANGER_H

#include "models/kinds.h"
#include <stdbool.h>

/* How visits are shared among hazard areas. A visit to a block meets an item with the probability
 * danger / peak, so that accidents follow the ground's truth without a look at every block. */
typedef struct hw_danger {
    double peak;              /* a block of the area counts for no more */
    double weight[HW_PEOPLE]; /* peak x blocks, by how much each kind of people goes there */
} hw_danger;

/* Works out peaks and weights of a replication, once its ground is laid out. */
void hw_danger_begin(hw_land *land);

/* The block of a district to which a visit goes follows from `where`; HW_NOTHING: nobody goes there, or
 * nothing lies in ground of its setting. People are HW_CIVILIANS or HW_SOLDIERS. */
uint32_t hw_danger_visited(const hw_land *land, uint32_t district, uint32_t people, double where);

/* Whether a visit to a block meets something, by `uniform`. */
bool hw_danger_meets(hw_land *land, uint32_t block, double uniform);

/* One of the hidden items of a block and its parcels goes off, of a type told. Returns the piece in which it
 * lay, or HW_NOTHING when all has been taken out meanwhile. */
uint32_t hw_danger_explode(hw_land *land, uint32_t block, double uniform, uint32_t *type);

/* Hidden items of a block and its parcels. */
uint64_t hw_danger_items(const hw_land *land, uint32_t block);

/* Danger of all missed items of a district that nobody has reported yet, by that of an item of each type. */
double hw_danger_missed(const hw_land *land, uint32_t district, const double danger[HW_ITEM_TYPES]);

#endif

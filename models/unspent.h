/* The ledger of unspent money: each cent of a clearance stream that lapses, is returned or is left at the
 * horizon has one reason. */
#ifndef HW_MODELS_UNSPENT_H
#define HW_MODELS_UNSPENT_H

#include "models/money.h"

/* The end of a planning day: what each stream has more than a month ago is there for today's reason. */
void hw_unspent_note(hw_land *land);

/* All that a stream holds, but for what contracts bind, is given up: it leaves the balance for the ledger. */
void hw_unspent_give_up(hw_land *land, uint32_t stream);

/* An amount that is lost for a reason that stands in the ledger already. */
void hw_unspent_lose(hw_land *land, uint32_t stream, uint32_t reason, int64_t cents);

/* The horizon: what is held joins the ledger. */
void hw_unspent_close(hw_land *land);

#endif

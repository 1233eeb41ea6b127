/* The outside view as sheets, beside the model's. */
#ifndef HW_ANALYSIS_BELIEF_OUTLOOK_SHEETS_H
#define HW_ANALYSIS_BELIEF_OUTLOOK_SHEETS_H

#include "analysis/belief/beside.h"
#include "analysis/belief/outlook.h"
#include "analysis/tables/sheet.h"

/* The sheets "plans_by_kind" (how far plans of a kind slipped) and "plans" (each plan: what came, what the
 * outside view and the model say). `besides` without outcomes: there is no model. */
void hw_outlook_build(hw_book *book, const hw_outlook *outlook, const hw_besides *besides);

#endif

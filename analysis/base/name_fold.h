/* Names as they sound: one spelling for all that a place goes by.
 *
 * Azerbaijani names meet us in their own letters (Ağdam, Xocalı), without their marks (Agdam), and in several
 * English transliterations (Aghdam, Khojaly). All are brought to one form, so that they can be found; it is
 * for comparing only, never shown. */
#ifndef HW_ANALYSIS_NAME_FOLD_H
#define HW_ANALYSIS_NAME_FOLD_H

#include "sim/error.h"
#include <stdbool.h>

/* Small Latin letters: marks are dropped; ğ, gh and q are g; ə and e are a; ı and y are i; x and kh are one,
 * so are ş and sh, ç and ch, c and j; doubled letters are single; a word "district" or "rayon" at the end,
 * blanks, hyphens and apostrophes are left out. Letters of other scripts stay. The caller frees it. */
char *hw_name_fold(const char *name);

/* An error: there is no such `what` ("place") in what `holder` names ("these results"), with the names that
 * may have been meant: those that sound the same, those that have the word in them, else the nearest one. */
void hw_refuse_name(const char *what, const char *name, const char *holder, const char *const *names,
                    size_t count, hw_errors *errors);

#endif

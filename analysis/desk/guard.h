/* Who may speak to the desk: only pages that it has served, from this computer or through the proxy that was
 * named. A page of another site in the same browser knows neither the token nor may it read answers; Host and
 * Origin are looked at because a name of its own can be made to lead here (DNS rebinding). */
#ifndef HW_ANALYSIS_DESK_GUARD_H
#define HW_ANALYSIS_DESK_GUARD_H

#include <stdbool.h>
#include <stdint.h>

enum { HW_TOKEN_LETTERS = 32 };

typedef struct hw_guard {
    char token[HW_TOKEN_LETTERS + 1]; /* random, in the address */
    uint16_t port;
    const char *host; /* by which a proxy serves the desk, or NULL */
} hw_guard;

/* Draws the token; false when the system gives no random numbers. */
bool hw_guard_begin(hw_guard *guard, uint16_t port, const char *host);

/* Whether a request may come with this Host and Origin (NULL: it has none). */
bool hw_guard_knows_host(const hw_guard *guard, const char *host);
bool hw_guard_knows_origin(const hw_guard *guard, const char *origin);

/* What stands behind "/TOKEN/" in a path, or NULL where the token is not the right one; it takes the same
 * time however much of the token is right. */
const char *hw_guard_path(const hw_guard *guard, const char *path);

#endif

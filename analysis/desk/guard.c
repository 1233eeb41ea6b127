/* Looks at tokens, hosts and origins. */
#include "analysis/desk/guard.h"
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

bool hw_guard_begin(hw_guard *guard, uint16_t port, const char *host) {
    unsigned char bytes[HW_TOKEN_LETTERS / 2];
    *guard = (hw_guard){.port = port, .host = host};
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        return false;
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(&guard->token[2 * i], 3, "%02x", bytes[i]);
    }
    return true;
}

static bool is_local(const char *host, uint16_t port) {
    static const char *const names[] = {"127.0.0.1", "localhost"};
    char wanted[32];
    for (int i = 0; i < 2; i++) {
        snprintf(wanted, sizeof wanted, "%s:%u", names[i], port);
        if (strcmp(host, wanted) == 0) {
            return true;
        }
    }
    return false;
}

bool hw_guard_knows_host(const hw_guard *guard, const char *host) {
    return host != NULL &&
           (is_local(host, guard->port) || (guard->host != NULL && strcmp(host, guard->host) == 0));
}

bool hw_guard_knows_origin(const hw_guard *guard, const char *origin) {
    static const char plain[] = "http://", safe[] = "https://";
    if (origin == NULL) {
        return true;
    }
    if (strncmp(origin, plain, strlen(plain)) == 0) {
        return hw_guard_knows_host(guard, origin + strlen(plain));
    }
    return guard->host != NULL && strncmp(origin, safe, strlen(safe)) == 0 &&
           strcmp(origin + strlen(safe), guard->host) == 0;
}

const char *hw_guard_path(const hw_guard *guard, const char *path) {
    size_t length = strlen(path);
    unsigned char wrong = path[0] != '/' || length < HW_TOKEN_LETTERS + 2;
    for (size_t i = 0; i < HW_TOKEN_LETTERS; i++) {
        char given = i + 1 < length ? path[i + 1] : '\0';
        wrong |= (unsigned char)(given ^ guard->token[i]);
    }
    wrong |= wrong == 0 && path[HW_TOKEN_LETTERS + 1] != '/';
    return wrong == 0 ? path + HW_TOKEN_LETTERS + 2 : NULL;
}

/* Sends and receives messages whole. */
#include "analysis/desk/wire.h"
#include "analysis/base/memory.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

bool hw_send_all(int to, const void *bytes, size_t length) {
    const unsigned char *at = bytes;
    while (length > 0) {
        ssize_t sent = send(to, at, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        at += sent;
        length -= (size_t)sent;
    }
    return true;
}

bool hw_receive_all(int from, void *bytes, size_t length) {
    unsigned char *at = bytes;
    while (length > 0) {
        ssize_t come = recv(from, at, length, 0);
        if (come < 0 && errno == EINTR) {
            continue;
        }
        if (come <= 0) {
            return false;
        }
        at += come;
        length -= (size_t)come;
    }
    return true;
}

bool hw_wire_send(int to, hw_wire_kind kind, uint64_t tab, uint64_t number, const char *text, size_t length) {
    const hw_wire_head head = {.kind = kind, .length = (uint32_t)length, .tab = tab, .number = number};
    return length <= HW_WIRE_MOST && hw_send_all(to, &head, sizeof head) && hw_send_all(to, text, length);
}

bool hw_wire_receive(int from, hw_wire_head *head, char **text) {
    *text = NULL;
    if (!hw_receive_all(from, head, sizeof *head) || head->length > HW_WIRE_MOST) {
        return false;
    }
    *text = hw_take((size_t)head->length + 1, 1);
    if (!hw_receive_all(from, *text, head->length)) {
        free(*text);
        *text = NULL;
        return false;
    }
    return true;
}

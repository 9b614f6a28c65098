/* Requests to valgrind's memcheck, which are macros. Without valgrind they do nothing. */

#include <stddef.h>
#include <valgrind/memcheck.h>

int secrets_under_valgrind(void) { return (int)RUNNING_ON_VALGRIND; }

void secrets_mark(const void *place, size_t len) { VALGRIND_MAKE_MEM_UNDEFINED(place, len); }

void secrets_unmark(const void *place, size_t len) { VALGRIND_MAKE_MEM_DEFINED(place, len); }

/* 1 if a bit of it is marked, 0 if none is, or it cannot be told. */
int secrets_is_marked(const unsigned char *place, size_t len) {
    for (size_t at = 0; at < len; at++) {
        unsigned char bits = 0;
        if (VALGRIND_GET_VBITS(place + at, &bits, 1) == 1 && bits != 0)
            return 1;
    }
    return 0;
}

void secrets_report(int on) {
    if (on)
        VALGRIND_ENABLE_ERROR_REPORTING;
    else
        VALGRIND_DISABLE_ERROR_REPORTING;
}

/* Loaded before the C library: the system clock shows FAULT_CLOCK, in seconds since 1970, and asking for random numbers fails
   with the error FAULT_RANDOM; each only if it is set. The seeds of Rust's hash tables, which are no secrets, are had: without
   them its standard library ends any program. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/types.h>
#include <time.h>

#ifndef GRND_INSECURE
#define GRND_INSECURE 4
#endif

int clock_gettime(clockid_t clock, struct timespec *now) {
    const char *seconds = getenv("FAULT_CLOCK");
    if (seconds && clock == CLOCK_REALTIME) {
        now->tv_sec = (time_t)strtoll(seconds, NULL, 10);
        now->tv_nsec = 250000000;
        return 0;
    }
    int (*next)(clockid_t, struct timespec *) = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    return next(clock, now);
}

ssize_t getrandom(void *place, size_t len, unsigned int flags) {
    const char *error = getenv("FAULT_RANDOM");
    if (error && flags != GRND_INSECURE) {
        errno = atoi(error);
        return -1;
    }
    ssize_t (*next)(void *, size_t, unsigned int) = (ssize_t (*)(void *, size_t, unsigned int))dlsym(RTLD_NEXT, "getrandom");
    return next(place, len, flags);
}

/* What is opened where there is no such call. */
static int is_random(const char *path) {
    return getenv("FAULT_RANDOM") && (!strcmp(path, "/dev/urandom") || !strcmp(path, "/dev/random"));
}

#define OPEN(name)                                                                                                     \
    int name(const char *path, int flags, ...) {                                                                       \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0;                                      \
        va_end(rest);                                                                                                  \
        if (is_random(path)) {                                                                                         \
            errno = ENOENT;                                                                                            \
            return -1;                                                                                                 \
        }                                                                                                              \
        int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name);                \
        return next(path, flags, mode);                                                                                \
    }

OPEN(open)
OPEN(open64)

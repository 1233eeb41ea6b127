/* Draws the progress of a run. */
#include "sim/run/progress.h"
#include "sim/run/clock.h"
#include "sim/visible.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double TERMINAL_SECONDS = 0.1;
static const double PLAIN_SECONDS = 5.0;
enum { BAR_CELLS = 30 };

typedef struct text {
    char chars[32];
} text;

/* 12345678 -> "12.3 million" */
static text rate_in_words(double rate) {
    text words;
    if (rate >= 1e6) {
        snprintf(words.chars, sizeof words.chars, "%.1f million", rate * 1e-6);
    } else if (rate >= 1e4) {
        snprintf(words.chars, sizeof words.chars, "%.0f thousand", rate * 1e-3);
    } else {
        snprintf(words.chars, sizeof words.chars, "%.0f", rate);
    }
    return words;
}

static text duration_in_words(double seconds) {
    text words;
    if (seconds >= 3600.0) {
        long minutes = (long)(seconds / 60.0);
        snprintf(words.chars, sizeof words.chars, "%ld h %02ld min", minutes / 60, minutes % 60);
    } else if (seconds >= 60.0) {
        snprintf(words.chars, sizeof words.chars, "%ld min %02ld s", (long)seconds / 60, (long)seconds % 60);
    } else {
        snprintf(words.chars, sizeof words.chars, "%.0f s", seconds);
    }
    return words;
}

static double elapsed(const hw_progress *progress) {
    double seconds = hw_clock_seconds() - progress->started;
    return seconds > 1e-6 ? seconds : 1e-6;
}

static text time_left(const hw_progress *progress, uint64_t finished) {
    if (finished <= progress->found || finished > progress->total) {
        return (text){"?"};
    }
    double seconds_each = elapsed(progress) / (double)(finished - progress->found);
    return duration_in_words(seconds_each * (double)(progress->total - finished + progress->after));
}

static uint64_t total_of_all(const hw_progress *progress) {
    return progress->before + progress->total + progress->after;
}

/* The bar moves the cursor, so it goes to the terminal itself: what the stream of errors prints may be
 * cleared of such signs on its way. */
static void write_bar(const char *bar) {
    fflush(stderr);
    ssize_t ignored = write(STDERR_FILENO, bar, strlen(bar));
    (void)ignored;
}

static void clear_bar(hw_progress *progress) {
    if (progress->bar_shown) {
        write_bar("\r\033[K");
        progress->bar_shown = false;
    }
}

void hw_progress_begin(hw_progress *progress, bool silent) {
    memset(progress, 0, sizeof *progress);
    progress->silent = silent;
    progress->terminal = !silent && isatty(STDERR_FILENO);
}

void hw_progress_part_of(hw_progress *progress, const char *part, uint64_t before, uint64_t after) {
    progress->part = part;
    progress->before = before;
    progress->after = after;
}

void hw_progress_start(hw_progress *progress, uint64_t found, uint64_t total) {
    progress->found = found;
    progress->total = total;
    progress->started = hw_clock_seconds();
    progress->shown = progress->terminal ? 0.0 : progress->started;
}

void hw_progress_extend(hw_progress *progress, uint64_t total) {
    progress->total = total;
}

static void draw_bar(hw_progress *progress, uint64_t finished, double events_per_second) {
    char bar[BAR_CELLS + 1];
    uint64_t done = progress->before + finished;
    uint64_t total = total_of_all(progress);
    double share = total > 0 ? (double)done / (double)total : 1.0;
    int full = (int)(share * BAR_CELLS);
    for (int i = 0; i < BAR_CELLS; i++) {
        bar[i] = i < full ? '#' : '.';
    }
    bar[BAR_CELLS] = '\0';
    char *part = hw_visible_text(progress->part != NULL ? progress->part : "");
    char line[512];
    snprintf(line, sizeof line, "\r\033[K[%s] %.200s%s%llu/%llu replications, %s events/s, %s left", bar,
             part != NULL ? part : "", progress->part != NULL ? ": " : "", (unsigned long long)done,
             (unsigned long long)total, rate_in_words(events_per_second).chars,
             time_left(progress, finished).chars);
    free(part);
    write_bar(line);
    progress->bar_shown = true;
}

void hw_progress_show(hw_progress *progress, uint64_t finished, uint64_t events) {
    double now = hw_clock_seconds();
    double pause = progress->terminal ? TERMINAL_SECONDS : PLAIN_SECONDS;
    if (progress->silent || now - progress->shown < pause) {
        return;
    }
    progress->shown = now;
    double events_per_second = (double)events / elapsed(progress);
    if (progress->terminal) {
        draw_bar(progress, finished, events_per_second);
        return;
    }
    unsigned long long done = progress->before + finished;
    fprintf(stderr, "%s%s%llu of %llu replications, %s events per second, %s left\n",
            progress->part != NULL ? progress->part : "", progress->part != NULL ? ": " : "", done,
            (unsigned long long)total_of_all(progress), rate_in_words(events_per_second).chars,
            time_left(progress, finished).chars);
}

void hw_progress_say(hw_progress *progress, bool always, const char *format, ...) {
    if (progress->silent && !always) {
        return;
    }
    clear_bar(progress);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

void hw_progress_end(hw_progress *progress, uint64_t finished, uint64_t events) {
    if (progress->silent) {
        return;
    }
    clear_bar(progress);
    uint64_t here = finished - progress->found;
    if (here == 0) {
        return;
    }
    double seconds = elapsed(progress);
    fprintf(stderr, "%s%s%llu replications in %.1f s, %s events per second\n",
            progress->part != NULL ? progress->part : "", progress->part != NULL ? ": " : "",
            (unsigned long long)here, seconds, rate_in_words((double)events / seconds).chars);
}

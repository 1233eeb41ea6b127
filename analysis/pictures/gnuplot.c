/* Runs gnuplot, and makes what it draws the same on every machine. */
#include "analysis/pictures/gnuplot.h"
#include "analysis/base/memory.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

const char *const hw_picture_format_names[HW_PICTURE_FORMATS] = {"svg", "png", "pdf"};

/* Where each has room for a word on who made it: a comment, a text of its own, a comment behind the end. */
#define SVG_MARK "<!-- drawn by Homeward -->"
#define PDF_MARK "% drawn by Homeward\n"
static const unsigned char png_mark[] = {
    't', 'E', 'X', 't', 'S', 'o', 'f', 't', 'w', 'a', 'r',
    'e', 0,   'H', 'o', 'm', 'e', 'w', 'a', 'r', 'd'}; /* kind, keyword, text */
enum { PNG_MARK_BYTES = sizeof png_mark, PNG_HEAD_BYTES = 33 /* magic, and the chunk IHDR */ };

/* Pictures of earlier versions have no mark: they are replaced only with --replace. */
static bool is_not_our_png(const char *path, const void *context, char room[HW_OUTPUT_REASON]) {
    (void)context;
    return hw_output_lacks_mark(path, "tEXtSoftware", room) || hw_output_lacks_mark(path, "Homeward", room);
}

const hw_output_format hw_picture_files[HW_PICTURE_FORMATS] = {
    [HW_PICTURE_SVG] = {.noun = "a picture",
                        .streams = true,
                        .is_kept = hw_output_lacks_mark,
                        .context = SVG_MARK},
    [HW_PICTURE_PNG] = {.noun = "a picture", .streams = true, .is_kept = is_not_our_png},
    [HW_PICTURE_PDF] = {.noun = "a picture",
                        .streams = true,
                        .is_kept = hw_output_lacks_mark,
                        .context = PDF_MARK},
};

/* How each ends: a picture without its end was cut off. */
static const char *const ends[HW_PICTURE_FORMATS] = {"</svg>", "IEND", "%%EOF"};

/* A script is laid out for svg. The factors of the others make their letters, lines and points as large as
 * there: pngcairo and pdfcairo have units of their own (measured with gnuplot 5.4). */
static void print_terminal(FILE *out, hw_picture_format format, const hw_picture_frame *frame) {
    const char *common = "font 'DejaVu Sans,15' noenhanced";
    double scale = frame->scale;
    switch (format) {
    case HW_PICTURE_SVG:
        fprintf(out,
                "set terminal svg size %.0f,%.0f %s background '#ffffff' fontscale %.6g linewidth %.6g\n",
                frame->width, frame->height, common, scale, scale);
        fprintf(out, "P = %.6g\n", scale);
        break;
    case HW_PICTURE_PNG:
        fprintf(
            out,
            "set terminal pngcairo size %.0f,%.0f %s background '#ffffff' fontscale %.6g linewidth %.6g\n",
            frame->width, frame->height, common, scale * 0.75, scale);
        fprintf(out, "P = %.6g\n", scale * 1.73);
        break;
    default: /* linewidth 1.5 is 1/96 inch */
        fprintf(out,
                "set terminal pdfcairo size %.6fin,%.6fin %s background '#ffffff' fontscale %.6g linewidth "
                "%.6g\n",
                frame->width / 96, frame->height / 96, common, scale * 0.5625, scale * 1.5);
        fprintf(out, "P = %.6g\n", scale * 1.25);
    }
}

/* The child writes into files, not pipes: it can never wait for us while we wait for it. */
typedef struct child {
    pid_t id;
    int script; /* the pipe into it */
    FILE *picture, *complaints;
} child;

static hw_status start(child *gnuplot, hw_errors *errors) {
    static const char *const words[] = {"gnuplot", "-d", NULL}; /* -d: nobody's own settings */
    extern char **environ;
    int pipe_ends[2];
    *gnuplot = (child){.picture = tmpfile(), .complaints = tmpfile()};
    if (gnuplot->picture == NULL || gnuplot->complaints == NULL || pipe(pipe_ends) != 0) {
        hw_errors_say(errors, "cannot make a temporary file or pipe: %s", strerror(errno));
        return HW_ERROR_IO;
    }
    (void)fcntl(pipe_ends[1], F_SETFD, FD_CLOEXEC); /* else the child would wait for itself to close it */
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe_ends[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, fileno(gnuplot->picture), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, fileno(gnuplot->complaints), STDERR_FILENO);
    int failure = posix_spawnp(&gnuplot->id, words[0], &actions, NULL, (char *const *)words, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(pipe_ends[0]);
    gnuplot->script = pipe_ends[1];
    if (failure == 0) {
        return HW_OK;
    }
    gnuplot->id = 0;
    close(gnuplot->script);
    if (failure == ENOENT) {
        hw_errors_say(errors,
                      "drawing needs gnuplot, which is not installed here: on Debian, install the package "
                      "gnuplot-nox (apt-get install gnuplot-nox fonts-dejavu-core)");
        return HW_ERROR_PACKAGE;
    }
    hw_errors_say(errors, "cannot start gnuplot: %s", strerror(failure));
    return HW_ERROR_IO;
}

/* A child that ended early shows by its exit status, not by a signal to us. */
static void feed(const child *gnuplot, const char *script, size_t length) {
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGPIPE, &ignore, &before);
    while (length > 0) {
        ssize_t written = write(gnuplot->script, script, length);
        if (written < 0 && errno != EINTR) {
            break;
        }
        script += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
    close(gnuplot->script);
    sigaction(SIGPIPE, &before, NULL);
}

static hw_picture_bytes read_all(FILE *file) {
    hw_picture_bytes bytes = {0};
    (void)fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    bytes.data = hw_take(size > 0 ? (size_t)size + 1 : 1, 1); /* with a zero after the end */
    bytes.count = size > 0 ? fread(bytes.data, 1, (size_t)size, file) : 0;
    return bytes;
}

/* The lines of what gnuplot said that say something: its error last, as it ends at the first one. A warning
 * that came before (of a font, of a letter) is kept, but does not replace the error. */
static char *told(char *said) {
    char *warnings = hw_take_text("%s", ""), *error = hw_take_text("%s", "");
    char *rest = said;
    for (char *line; (line = strsep(&rest, "\r\n")) != NULL;) {
        line += strspn(line, " \t^");
        bool warning = strstr(line, "warning:") != NULL;
        /* A line of the script is repeated above the caret; what matters names it: "line 12: ". */
        if (*line == '\0' || (!warning && strstr(line, "line ") == NULL && strstr(line, "rror") == NULL)) {
            continue;
        }
        char **kind = warning ? &warnings : &error;
        char *longer = hw_take_text("%s%s%s", *kind, **kind ? "; " : "", line);
        free(*kind);
        *kind = longer;
    }
    char *all = *warnings && *error ? hw_take_text("%s (before it: %s)", error, warnings)
                                    : hw_take_text("%s%s", error, warnings);
    free(warnings);
    free(error);
    return all;
}

static void complain(const child *gnuplot, const char *what, hw_errors *errors) {
    hw_picture_bytes said = read_all(gnuplot->complaints);
    char *text = told(said.data);
    const char *plain = *text ? text : said.data;
    hw_errors_say(errors, "%s%s%s", what, *plain ? ": " : "", plain);
    free(text);
    free(said.data);
}

/* Pictures may hold zeros. */
static char *find_bytes(char *data, size_t count, const char *wanted) {
    size_t length = strlen(wanted);
    for (size_t i = 0; i + length <= count; i++) {
        if (memcmp(data + i, wanted, length) == 0) {
            return data + i;
        }
    }
    return NULL;
}

static bool ends_well(const hw_picture_bytes *picture, hw_picture_format format) {
    enum { TAIL = 32 };
    size_t tail = picture->count < TAIL ? picture->count : TAIL;
    return find_bytes(picture->data + picture->count - tail, tail, ends[format]) != NULL;
}

static hw_status collect(child *gnuplot, hw_picture_format format, hw_picture_bytes *picture,
                         hw_errors *errors) {
    int status = 0;
    while (waitpid(gnuplot->id, &status, 0) < 0 && errno == EINTR)
        ;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        complain(gnuplot, "gnuplot could not draw the picture", errors);
        return HW_ERROR_IO;
    }
    *picture = read_all(gnuplot->picture);
    if (ends_well(picture, format)) {
        return HW_OK;
    }
    free(picture->data);
    *picture = (hw_picture_bytes){0};
    complain(gnuplot, "gnuplot's picture is cut off (is the folder for temporary files full?)", errors);
    return HW_ERROR_IO;
}

/* Readers of the screen read this aloud; "Gnuplot" would not help them. */
static void set_svg_title(hw_picture_bytes *picture, const char *title) {
    static const char from[] = "<title>Gnuplot</title>";
    char *found = find_bytes(picture->data, picture->count, from);
    if (found == NULL) {
        return;
    }
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    fwrite(picture->data, 1, (size_t)(found - picture->data), out);
    fputs("<title>", out);
    for (const char *c = title; *c; c++) {
        if (*c == '<' || *c == '&') {
            fputs(*c == '<' ? "&lt;" : "&amp;", out);
        } else {
            fputc(*c, out);
        }
    }
    fputs("</title>", out);
    const char *rest = found + sizeof from - 1;
    fwrite(rest, 1, picture->count - (size_t)(rest - picture->data), out);
    fclose(out);
    free(picture->data);
    *picture = (hw_picture_bytes){.data = text, .count = length};
}

/* Puts bytes in at a place. */
static void insert(hw_picture_bytes *picture, size_t at, const void *bytes, size_t count) {
    char *whole = hw_take(picture->count + count, 1);
    memcpy(whole, picture->data, at);
    memcpy(whole + at, bytes, count);
    memcpy(whole + at + count, picture->data + at, picture->count - at);
    free(picture->data);
    *picture = (hw_picture_bytes){.data = whole, .count = picture->count + count};
}

static void put_big_endian(unsigned char *to, uint32_t number) {
    for (int i = 0; i < 4; i++) {
        to[i] = (unsigned char)(number >> (24 - 8 * i));
    }
}

/* A chunk: length, kind, content, check sum of kind and content. */
static void mark_png(hw_picture_bytes *picture) {
    unsigned char chunk[4 + PNG_MARK_BYTES + 4];
    put_big_endian(chunk, PNG_MARK_BYTES - 4);
    memcpy(chunk + 4, png_mark, PNG_MARK_BYTES);
    put_big_endian(chunk + 4 + PNG_MARK_BYTES, (uint32_t)crc32(0, chunk + 4, PNG_MARK_BYTES));
    insert(picture, PNG_HEAD_BYTES, chunk, sizeof chunk);
}

static void mark(hw_picture_bytes *picture, hw_picture_format format) {
    static const char svg[] = SVG_MARK "\n";
    char *end = NULL;
    switch (format) {
    case HW_PICTURE_SVG:
        end = find_bytes(picture->data, picture->count, "<svg");
        if (end != NULL) {
            insert(picture, (size_t)(end - picture->data), svg, sizeof svg - 1);
        }
        break;
    case HW_PICTURE_PNG:
        mark_png(picture);
        break;
    default:
        insert(picture, picture->count, PDF_MARK, sizeof PDF_MARK - 1);
    }
}

/* Cairo writes when it drew. The digits stay as many, as the file counts its bytes. */
static void clear_pdf_date(hw_picture_bytes *picture) {
    static const char key[] = "/CreationDate (D:";
    char *found = find_bytes(picture->data, picture->count, key);
    if (found == NULL) {
        return;
    }
    static const char epoch[] = "19700101000000";
    found += sizeof key - 1;
    for (size_t i = 0; i < sizeof epoch - 1 && isdigit((unsigned char)found[i]); i++) {
        found[i] = epoch[i];
    }
}

hw_status hw_gnuplot_draw(const char *script, size_t length, hw_picture_format format,
                          const hw_picture_frame *frame, hw_picture_bytes *picture, hw_errors *errors) {
    *picture = (hw_picture_bytes){0};
    /* Numbers with a point, and no zone in the date of a PDF. */
    setenv("LC_ALL", "C", 1);
    setenv("TZ", "UTC", 1);
    char *head = NULL;
    size_t head_length = 0;
    FILE *out = hw_take_stream(&head, &head_length);
    print_terminal(out, format, frame);
    fclose(out);
    child gnuplot;
    hw_status status = start(&gnuplot, errors);
    if (status == HW_OK) {
        char *whole = hw_take(head_length + length + 1, 1);
        memcpy(whole, head, head_length);
        memcpy(whole + head_length, script, length);
        feed(&gnuplot, whole, head_length + length);
        free(whole);
        status = collect(&gnuplot, format, picture, errors);
    }
    if (gnuplot.picture != NULL) {
        fclose(gnuplot.picture);
    }
    if (gnuplot.complaints != NULL) {
        fclose(gnuplot.complaints);
    }
    free(head);
    if (status == HW_OK && format == HW_PICTURE_SVG) {
        set_svg_title(picture, frame->title);
    }
    if (status == HW_OK && format == HW_PICTURE_PDF) {
        clear_pdf_date(picture);
    }
    if (status == HW_OK) {
        mark(picture, format);
    }
    return status;
}

/* Drawing with gnuplot, a program of its own: a script goes in through a pipe, a picture comes out. */
#ifndef HW_ANALYSIS_GNUPLOT_H
#define HW_ANALYSIS_GNUPLOT_H

#include "sim/error.h"
#include "sim/run/output_file.h"
#include <stddef.h>

typedef enum hw_picture_format {
    HW_PICTURE_SVG,
    HW_PICTURE_PNG,
    HW_PICTURE_PDF,
    HW_PICTURE_FORMATS
} hw_picture_format;

/* "svg", "png", "pdf". */
extern const char *const hw_picture_format_names[HW_PICTURE_FORMATS];

typedef struct hw_picture_bytes {
    char *data; /* the caller frees it */
    size_t count;
} hw_picture_bytes;

/* For hw_output_open: a picture of ours is known by a mark inside. */
extern const hw_output_format hw_picture_files[HW_PICTURE_FORMATS];

/* What the picture is called inside the file, where its format has room for that; its size in pixels of 1/96
 * inch; and by how much a script laid out for that size has been enlarged. */
typedef struct hw_picture_frame {
    const char *title;
    double width, height, scale;
} hw_picture_frame;

/* Draws a script, which must not set terminal or output itself. The same script gives the same bytes: no time
 * stamps. HW_ERROR_PACKAGE when gnuplot is not installed, HW_ERROR_IO when it fails (with what it said). */
hw_status hw_gnuplot_draw(const char *script, size_t length, hw_picture_format format,
                          const hw_picture_frame *frame, hw_picture_bytes *picture, hw_errors *errors);

#endif

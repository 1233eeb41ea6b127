/* A page for pictures: texts, boxes and lines at places given in pixels from the upper left corner, areas
 * with axes, legends. It writes a gnuplot script; all pages are HW_CANVAS_WIDTH wide, whatever size they are
 * printed in. */
#ifndef HW_ANALYSIS_CANVAS_H
#define HW_ANALYSIS_CANVAS_H

#include "analysis/results/outcomes.h"
#include <stdio.h>

enum { HW_CANVAS_WIDTH = 1280, HW_CANVAS_MARGIN = 32, HW_CANVAS_BODY = 15, HW_CANVAS_SMALL = 13 };

typedef struct hw_canvas {
    FILE *script;
    double height;
    char *title; /* of the page */
} hw_canvas;

typedef enum hw_side { HW_LEFT, HW_CENTRE, HW_RIGHT } hw_side; /* of the text, where its place is */

typedef struct hw_area { /* of axes */
    double left, top, right, bottom;
} hw_area;

typedef struct hw_legend_entry {
    const char *colour, *text;
    enum { HW_SWATCH_BOX, HW_SWATCH_LINE, HW_SWATCH_DOT, HW_SWATCH_ARROW } swatch;
} hw_legend_entry;

/* Colours that people with any colour vision tell apart: Okabe and Ito, "Color universal design" (2008); and
 * two greys for what is left over. */
#define HW_ORANGE "#E69F00"
#define HW_SKY "#56B4E9"
#define HW_GREEN "#009E73"
#define HW_YELLOW "#F0E442"
#define HW_BLUE "#0072B2"
#define HW_VERMILION "#D55E00"
#define HW_PURPLE "#CC79A7"
#define HW_DARK_GREY "#5A5A5A"
#define HW_LIGHT_GREY "#C8C8C8"
#define HW_INK "#1A1A1A"
#define HW_FAINT "#E4E4E4"

/* Starts the page: its title, what it says in a line below it, and at the foot what was run, how exact it is
 * and, loudly, whether anything failed or is missing. `top` and `bottom` are what they leave. */
void hw_canvas_begin(hw_canvas *canvas, const hw_outcomes *outcomes, double height, const char *title,
                     const char *below);
enum { HW_CANVAS_TOP = 84, HW_CANVAS_FOOT = 64 };
/* Ends it; what the script says is complete. */
void hw_canvas_end(hw_canvas *canvas);

/* All drawn until then appears with the next area that is plotted, or with hw_canvas_flush. */
void hw_canvas_text(hw_canvas *canvas, double x, double y, hw_side side, double size, const char *colour,
                    const char *text);
/* Read from below, its middle at this place. */
void hw_canvas_upright_text(hw_canvas *canvas, double x, double y, double size, const char *colour,
                            const char *text);
/* Cut with "…" where it is wider than `most`. */
void hw_canvas_fitted_text(hw_canvas *canvas, double x, double y, hw_side side, double size, double most,
                           const char *colour, const char *text);
void hw_canvas_box(hw_canvas *canvas, hw_area box, const char *colour);
void hw_canvas_line(hw_canvas *canvas, double x0, double y0, double x1, double y1, const char *colour,
                    double width);
/* Entries from left to right, in lines where they do not fit between `left` and `right`. Returns the height
 * used. */
double hw_canvas_legend(hw_canvas *canvas, double left, double right, double y,
                        const hw_legend_entry *entries, uint32_t count);
void hw_canvas_flush(hw_canvas *canvas);

/* A place for axes. After it: set ranges and tics, then `plot`, then hw_canvas_area_end. */
void hw_canvas_area(hw_canvas *canvas, hw_area area);
void hw_canvas_area_end(hw_canvas *canvas);

/* The range of x as decimal years, tics at whole years, grid lines. */
void hw_canvas_years(hw_canvas *canvas, const hw_area *area, double first, double last);
/* The range of x with tics where gnuplot likes them, e.g. format "%.0f"; grid lines. */
void hw_canvas_across(hw_canvas *canvas, double low, double high, const char *format);
/* y from 0 up to what is plotted (or to 1 when that is nothing but zero), with its unit. */
void hw_canvas_up(hw_canvas *canvas, const hw_area *area, bool empty, const char *unit);
/* y for rows of bars: row 0 is on top, each is one unit high. */
void hw_canvas_rows(hw_canvas *canvas, uint32_t count);
/* A day (since 1970-01-01) as a decimal year: 2030-01-01 is 2030.0. */
double hw_decimal_year(double day);

/* A text between quotes, as gnuplot reads it: without any of its commands, markup or line ends. */
void hw_canvas_quote(hw_canvas *canvas, const char *text);

/* About how wide a text is, in pixels. */
double hw_canvas_text_width(const char *text, double size);

#endif

/* Static pictures of a result file, for papers and slides. A new kind is one file in pictures/ and one row in
 * pictures/pictures.c. Pictures show what the summary's sheets hold and compute no figure of their own. */
#ifndef HW_ANALYSIS_PICTURE_H
#define HW_ANALYSIS_PICTURE_H

#include "analysis/pictures/canvas.h"
#include "analysis/tables/sheet.h"

typedef struct hw_picture_wish {
    const hw_outcomes *outcomes;
    const hw_book *book; /* the sheets that the picture names */
    bool has_by;
    int64_t by;                /* days since 1970-01-01; the horizon unless has_by */
    const char *const *places; /* only these; they exist */
    uint32_t place_count;      /* 0: all */
} hw_picture_wish;

typedef struct hw_picture {
    const char *name; /* of --what */
    const char *line; /* what it shows */
    bool takes_by, takes_places;
    const char *const *sheets; /* of the summary, up to NULL; all must be there */
    void (*draw)(hw_canvas *canvas, const hw_picture_wish *wish);
} hw_picture;

extern const hw_picture *const hw_pictures[];
extern const uint32_t hw_picture_count;
extern const hw_picture hw_picture_fan, hw_picture_timeline, hw_picture_delay, hw_picture_money,
    hw_picture_map;

/* The sheet of that name; the picture's list says that it is there. */
const hw_sheet *hw_picture_sheet(const hw_picture_wish *wish, const char *name);

/* The rows of place_release that are wanted, from early to late (P50, then P90, P10, the share that is not
 * released). The caller frees them. */
size_t *hw_picture_places(const hw_picture_wish *wish, uint32_t *count);

/* Width in pixels of the column of names of these rows of place_release; longer names must be truncated. */
double hw_picture_names_width(const hw_picture_wish *wish, const size_t *rows, uint32_t count);

/* "13.0 ±3.7" from two columns of a row. The caller frees it. */
char *hw_picture_figure(const hw_sheet *sheet, size_t row, const char *value, const char *error,
                        uint32_t decimals);
/* "2027-03-01" or "after 2045": a cell of a date. The caller frees it. */
char *hw_picture_date(const hw_sheet *sheet, size_t row, const char *column);

#endif

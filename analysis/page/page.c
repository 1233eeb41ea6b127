/* Writes the page: its fixed parts, and the numbers between them. */
#include "analysis/page/page.h"
#include "analysis/base/memory.h"
#include "analysis/page/template.h"
#include "analysis/pictures/district_shapes.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool hw_page_is_built(void) {
    return hw_page_full.before_size > 0;
}

char *hw_page_path(const char *results) {
    size_t length = strlen(results);
    if (length > 3 && strcmp(results + length - 3, ".h5") == 0) {
        length -= 3;
    }
    return hw_take_text("%.*s.html", (int)length, results);
}

/* Pages of earlier versions have no generator, but the same title and place for the data. */
static bool is_kept(const char *path, const void *context, char room[HW_OUTPUT_REASON]) {
    (void)context;
    return hw_output_lacks_mark(path, "<meta name=\"generator\" content=\"Homeward\">", room) &&
           hw_output_lacks_mark(path, "<title>Homeward</title>", room);
}

const hw_output_format hw_page_format = {.noun = "a page", .streams = true, .is_kept = is_kept};

/* Whether some district of the results is one of Azerbaijan, by name or code: then the page has its map. */
static bool is_of_azerbaijan(const hw_outcomes *outcomes) {
    const hw_axis *axis = hw_outcomes_axis(outcomes, "district");
    uint32_t count = axis != NULL && axis->labels != NULL ? axis->length : 0;
    char **codes = hw_district_codes(outcomes->rows, count > 0 ? axis->labels : NULL, count);
    bool found = false;
    for (uint32_t d = 0; d < count && !found; d++) {
        found = hw_district_shape_find(axis->labels[d], codes[d]) != NULL;
    }
    hw_district_codes_free(codes, count);
    return found;
}

static const hw_page_template *template_for(const hw_page_wish *wish) {
    bool full = false;
    for (uint32_t i = 0; i < wish->result_count && !full; i++) {
        full = is_of_azerbaijan(wish->results[i].outcomes);
    }
    return full ? &hw_page_full : &hw_page_plain;
}

hw_status hw_page_check_language(const hw_page_template *page, const char *language, hw_errors *errors) {
    char *known = hw_take_text("%s", "");
    bool speaks = false;
    for (const char *const *one = page->languages; *one != NULL && !speaks; one++) {
        speaks = strcmp(language, *one) == 0;
        char *more = hw_take_text("%s%s%s", known, one == page->languages ? "" : ", ", *one);
        free(known);
        known = more;
    }
    if (!speaks) {
        hw_errors_say(errors, "--language: this page speaks one of %s, not '%s'", known, language);
    }
    free(known);
    return speaks ? HW_OK : HW_ERROR_INPUT;
}

/* Who looks at the page while it is written anew sees the old one. */
static hw_status replace_page(const char *path, const hw_page_template *page, const json_t *data,
                              const hw_output_rules *rules, hw_errors *errors) {
    hw_output_file file;
    hw_status status = hw_output_open(&file, path, &hw_page_format, rules, errors);
    if (status != HW_OK) {
        return status;
    }
    fwrite(page->before, 1, page->before_size, file.stream);
    hw_json_write_in_page(file.stream, data);
    fwrite(page->after, 1, page->after_size, file.stream);
    return hw_output_close(&file, errors);
}

hw_status hw_page_write(const char *path, const hw_page_wish *wish, const hw_output_rules *rules,
                        hw_errors *errors) {
    if (!hw_page_is_built()) {
        hw_errors_say(
            errors,
            "this program was built without the page (HW_PAGE=OFF): build it with -D HW_PAGE=ON, which "
            "needs npm");
        return HW_ERROR_IO;
    }
    const hw_page_template *page = template_for(wish);
    hw_status status = hw_page_check_language(page, wish->language, errors);
    if (status != HW_OK) {
        return status;
    }
    json_t *data = hw_page_data(wish, &status, errors);
    if (status == HW_OK) {
        status = replace_page(path, page, data, rules, errors);
    }
    json_decref(data);
    return status;
}

hw_status hw_page_read(const char *path, char **page, size_t *size, hw_errors *errors) {
    char room[HW_OUTPUT_REASON];
    *page = NULL;
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        hw_errors_say(errors, "%s cannot be read: %s", path, strerror(errno));
        return HW_ERROR_IO;
    }
    if (is_kept(path, NULL, room)) {
        hw_errors_say(errors, "%s is no page of homeward report", path);
        fclose(in);
        return HW_ERROR_INPUT;
    }
    char bytes[1 << 14];
    FILE *out = hw_take_stream(page, size);
    for (size_t count = fread(bytes, 1, sizeof bytes, in); count > 0;
         count = fread(bytes, 1, sizeof bytes, in)) {
        fwrite(bytes, 1, count, out);
    }
    bool good = !ferror(in);
    hw_end_stream(out);
    fclose(in);
    if (good) {
        return HW_OK;
    }
    hw_errors_say(errors, "%s cannot be read", path);
    free(*page);
    *page = NULL;
    return HW_ERROR_IO;
}

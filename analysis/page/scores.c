/* How good earlier forecasts were, as a part of the page. */
#include "analysis/belief/scores_file.h"
#include "analysis/page/parts.h"
#include "sim/length.h"
#include <string.h>

hw_status hw_page_scores_read(hw_page_scores *scores, const char *path, hw_errors *errors) {
    static const char *const shown[] = {"about", "hindcast_origins", "hindcast_facts", "hindcast_scores",
                                        "hindcast_coverage"};
    const char *slash = strrchr(path, '/');
    *scores = (hw_page_scores){.file = slash != NULL ? slash + 1 : path};
    hw_status status = hw_book_file_read(path, &scores->tables, &hw_scores_kind, errors);
    for (size_t i = 0; i < HW_LENGTH(shown) && status == HW_OK; i++) {
        if (hw_book_find(&scores->tables, shown[i]) == NULL) {
            hw_errors_say(errors, "%s has no table '%s': homeward hindcast ... --output writes it", path,
                          shown[i]);
            status = HW_ERROR_INPUT;
        }
    }
    return status;
}

void hw_page_put_scores(json_t *page, const hw_page_wish *wish) {
    if (wish->scores == NULL) {
        return;
    }
    json_t *scores = hw_json_object(), *tables = hw_json_object();
    for (uint32_t i = 0; i < wish->scores->tables.count; i++) {
        hw_page_put_sheet(tables, &wish->scores->tables.sheets[i]);
    }
    hw_json_put(scores, "file", hw_json_text(wish->scores->file));
    hw_json_put(scores, "tables", tables);
    hw_json_put(page, "scores", scores);
}

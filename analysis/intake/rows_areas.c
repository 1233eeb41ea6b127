/* Hazard areas from rows: coarse on purpose. Rows of one district, setting and class become one entry with
 * the sum of their areas, unless the mapping wants each. */
#include "analysis/base/memory.h"
#include "analysis/intake/rows_parts.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const double AREA_LEAST_M2 = 1e3, AREA_MOST_M2 = 2e10; /* as homeward schema hazard_areas.area says */

void hw_rows_take_area(hw_rows *rows, const hw_read_row *read) {
    double area = read->row->area_m2;
    if (!read->row->measured && !hw_row_number(rows, read, HW_DIM_AREA, &area)) {
        return;
    }
    if (!(area > 0) || area > AREA_MOST_M2) {
        (void)hw_row_refuse(rows, read->row, "no area, or more than 20000 km2: hardly meant",
                            read->means[HW_MAP_AMOUNT]);
        return;
    }
    if (*read->means[HW_MAP_DISTRICT] == '\0') {
        (void)hw_row_refuse(rows, read->row, "no district", NULL);
        return;
    }
    char single[40] = "";
    if (!rows->terms->grouped) {
        snprintf(single, sizeof single, "%" PRIu64, read->row->line);
    }
    char *key =
        hw_take_text("%s" HW_ROW_JOINT "%s" HW_ROW_JOINT "%s" HW_ROW_JOINT "%s" HW_ROW_JOINT "%s",
                     read->means[HW_MAP_DISTRICT], read->means[HW_MAP_SETTING], read->means[HW_MAP_CLASS],
                     rows->terms->grouped ? "" : read->means[HW_MAP_NAME], single);
    hw_row_group_add(hw_row_group_of(rows, key), read->row, area);
    rows->import->rows_taken++;
    free(key);
}

/* A meaning of a group's key, with its mark where the mapping says the same of every row. */
static void write_reference(hw_rows *rows, hw_taken_entry *entry, hw_map_field_kind field, const char *means,
                            bool uncertain) {
    hw_taken *taken = &rows->import->taken;
    const char *source = rows->terms->columns[field].fixed != NULL ? "the map says so of every row"
                         : uncertain                               ? "most of it lies there"
                                                                   : NULL;
    if (source != NULL) {
        hw_taken_yaml(taken, entry, hw_map_field_names[field], "{value: %s, source: %s, assumed: true}",
                      hw_taken_quote(taken, means), source);
    } else {
        hw_taken_text(taken, entry, hw_map_field_names[field], means);
    }
}

static void make_entry(hw_rows *rows, const hw_row_group *group, char *key) {
    enum { DISTRICT, SETTING, CLASS, NAME, PARTS };
    hw_taken *taken = &rows->import->taken;
    char *parts[PARTS + 1] = {NULL}, *rest = key;
    for (int i = 0; i <= PARTS; i++) {
        parts[i] = strsep(&rest, HW_ROW_JOINT);
    }
    char *name = *parts[NAME] != '\0'
                     ? hw_take_text("%s", parts[NAME])
                     : hw_take_text("%s %s %s", parts[DISTRICT], parts[SETTING], parts[CLASS]);
    char *source = hw_group_source(rows, group);
    hw_taken_entry *entry = hw_taken_add(taken, name, "");
    hw_taken_text(taken, entry, "source", source);
    write_reference(rows, entry, HW_MAP_DISTRICT, parts[DISTRICT], group->uncertain);
    write_reference(rows, entry, HW_MAP_SETTING, parts[SETTING], false);
    write_reference(rows, entry, HW_MAP_CLASS, parts[CLASS], false);
    hw_taken_yaml(taken, entry, "area", "%.0f m2", group->sum);
    entry->tells = hw_pool_print(&taken->pool, "%.1f ha in %" PRIu64 " %s%s", group->sum / 1e4, group->count,
                                 group->count == 1 ? "row of " : "rows of ", parts[DISTRICT]);
    free(name);
    free(source);
}

void hw_rows_end_areas(hw_rows *rows) {
    double sum = 0;
    for (uint32_t i = 1; i <= rows->keys.count; i++) {
        const hw_row_group *group = &rows->groups[i - 1];
        if (group->sum < AREA_LEAST_M2 || group->sum > AREA_MOST_M2) {
            hw_group_refuse(rows, group, "an area of a scenario has 1000 m2 to 20000 km2", NULL);
        } else if (rows->import->taken.count == HW_TAKEN_MOST) {
            hw_group_refuse(rows, group, "more than 100000 entries: a layer may not have more", NULL);
        } else {
            char *key = hw_take_text("%s", hw_string(&rows->keys, i));
            make_entry(rows, group, key);
            sum += group->sum;
            free(key);
        }
    }
    hw_import_note(rows->import, "Hazard areas: %.1f ha; entries: %u.", sum / 1e4, rows->import->taken.count);
}

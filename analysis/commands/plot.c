/* homeward plot: pictures of a result file. */
#include "analysis/base/memory.h"
#include "analysis/base/name_fold.h"
#include "analysis/belief/known.h"
#include "analysis/commands/commands.h"
#include "analysis/pictures/gnuplot.h"
#include "analysis/pictures/picture.h"
#include "analysis/results/question.h"
#include "analysis/summary/summary.h"
#include "sim/date.h"
#include "sim/length.h"
#include "sim/run/experiment.h"
#include <stdlib.h>
#include <string.h>

enum { WIDTH_LEAST = 400, WIDTH_MOST = 8000 };

static const hw_option options[] = {
    {"what", 'w', HW_OPTION_TEXT, false, "KIND", "timeline, map, fan, delay or money"},
    {"output", 'o', HW_OPTION_TEXT, false, "FILE",
     "the picture; its ending says the format: .svg, .png or .pdf"},
    {"by", 0, HW_OPTION_DATE, false, "DATE",
     "map: probability by this date instead of the horizon; timeline: mark it"},
    {"place", 'p', HW_OPTION_TEXT, true, "NAME", "timeline and delay: only this place; may be repeated"},
    HW_KNOWN_OPTIONS,
    HW_CURRENCY_OPTION,
    {"width", 0, HW_OPTION_COUNT, false, "PIXELS",
     "400 to 8000, all letters grow with it; 96 are an inch of paper (1280)"},
    HW_REPLACE_OPTION,
    HW_UNSEALED_OPTION,
};

static const hw_picture *find_picture(const hw_given *what, hw_errors *errors) {
    const char **names = hw_take(hw_picture_count, sizeof *names);
    const hw_picture *found = NULL;
    for (uint32_t i = 0; i < hw_picture_count; i++) {
        names[i] = hw_pictures[i]->name;
        if (what != NULL && strcmp(what->text, names[i]) == 0) {
            found = hw_pictures[i];
        }
    }
    if (found == NULL) {
        char *list = hw_take_text("%s", names[0]);
        for (uint32_t i = 1; i < hw_picture_count; i++) {
            char *longer = hw_take_text("%s, %s", list, names[i]);
            free(list);
            list = longer;
        }
        if (what == NULL) {
            hw_errors_say(errors, "plot wants --what KIND: one of %s", list);
        } else {
            char *only = hw_take_text(", only %s", list);
            hw_suggest(errors, (hw_position){0}, what->text, names, hw_picture_count, only,
                       "there is no picture '%s'", what->text);
            free(only);
        }
        free(list);
    }
    free(names);
    return found;
}

static hw_picture_format find_format(const hw_given *output, hw_errors *errors) {
    if (output == NULL) {
        hw_errors_say(errors, "plot wants -o FILE, with the ending .svg, .png or .pdf");
        return HW_PICTURE_FORMATS;
    }
    const char *ending = strrchr(output->text, '.');
    for (int f = 0; ending != NULL && f < HW_PICTURE_FORMATS; f++) {
        if (strcmp(ending + 1, hw_picture_format_names[f]) == 0) {
            return (hw_picture_format)f;
        }
    }
    hw_errors_say(errors, "a picture ends in .svg, .png or .pdf, not '%s'", output->text);
    return HW_PICTURE_FORMATS;
}

/* All that can be said before the result file is opened. */
static hw_status check_arguments(const hw_arguments *arguments, const hw_picture **picture,
                                 hw_picture_format *format, hw_errors *errors) {
    *picture = find_picture(hw_argument(arguments, "what"), errors);
    *format = find_format(hw_argument(arguments, "output"), errors);
    if (*picture != NULL && !(*picture)->takes_by && hw_argument(arguments, "by") != NULL) {
        hw_errors_say(errors, "--by has no use in the picture '%s'", (*picture)->name);
    }
    if (*picture != NULL && !(*picture)->takes_places && hw_argument(arguments, "place") != NULL) {
        hw_errors_say(errors, "--place has no use in the picture '%s'", (*picture)->name);
    }
    const hw_given *width = hw_argument(arguments, "width");
    if (width != NULL && (width->number < WIDTH_LEAST || width->number > WIDTH_MOST)) {
        hw_errors_say(errors, "--width wants %d to %d pixels, not %s", WIDTH_LEAST, WIDTH_MOST, width->text);
    }
    return errors->count == 0 ? HW_OK : HW_ERROR_INPUT;
}

static const char **collect_places(const hw_arguments *arguments, const hw_outcomes *outcomes,
                                   uint32_t *count, hw_errors *errors) {
    const hw_axis *axis = hw_outcomes_axis(outcomes, "place");
    const char **places = hw_take(arguments->given_count, sizeof *places);
    *count = 0;
    for (uint32_t i = 0; i < arguments->given_count; i++) {
        const hw_given *given = &arguments->given[i];
        if (strcmp(given->option->name, "place") != 0) {
            continue;
        }
        hw_asked_name asked = hw_question_name(given->text);
        places[(*count)++] = asked.name;
        bool may_be = asked.axis == NULL || strcmp(asked.axis, "place") == 0;
        if (may_be && hw_axis_find(axis, asked.name) != UINT32_MAX) {
            continue;
        }
        bool named = axis != NULL && axis->labels != NULL;
        hw_refuse_name("place", given->text, "these results", named ? axis->labels : NULL,
                       named ? axis->length : 0, errors);
    }
    return places;
}

static hw_status check_sheets(const hw_picture *picture, const hw_book *book, hw_errors *errors) {
    hw_status status = HW_OK;
    for (const char *const *name = picture->sheets; *name; name++) {
        const hw_sheet *sheet = hw_book_find(book, *name);
        if (sheet != NULL && sheet->row_count > 0) {
            continue;
        }
        hw_errors_say(errors, "the result file holds nothing for the picture '%s': it has no '%s'",
                      picture->name, *name);
        status = HW_ERROR_IO;
    }
    return status;
}

static hw_status write_picture(const hw_arguments *arguments, hw_picture_format format,
                               const hw_picture_bytes *bytes, const hw_output_rules *rules,
                               hw_errors *errors) {
    hw_output_file file;
    hw_status status = hw_output_open(&file, hw_argument(arguments, "output")->text,
                                      &hw_picture_files[format], rules, errors);
    if (status != HW_OK) {
        return status;
    }
    (void)fwrite(bytes->data, 1, bytes->count, file.stream); /* an error is reported when it is closed */
    return hw_output_close(&file, errors);
}

static hw_status render(const hw_arguments *arguments, const hw_picture *picture, hw_picture_format format,
                        const hw_picture_wish *wish, const hw_output_rules *rules, hw_errors *errors) {
    char *script = NULL;
    size_t length = 0;
    hw_canvas canvas = {.script = hw_take_stream(&script, &length)};
    picture->draw(&canvas, wish);
    hw_canvas_end(&canvas);
    fclose(canvas.script);
    const hw_given *asked = hw_argument(arguments, "width");
    double width = asked != NULL ? (double)asked->number : HW_CANVAS_WIDTH;
    double scale = width / HW_CANVAS_WIDTH;
    const hw_picture_frame frame = {
        .title = canvas.title, .width = width, .height = canvas.height * scale, .scale = scale};
    hw_picture_bytes bytes;
    hw_status status = hw_gnuplot_draw(script, length, format, &frame, &bytes, errors);
    if (status == HW_OK) {
        status = write_picture(arguments, format, &bytes, rules, errors);
    }
    free(bytes.data);
    free(canvas.title);
    free(script);
    return status;
}

/* Pictures of places are of what is forecast. */
static hw_status check_places(const hw_picture *picture, const hw_picture_wish *wish, hw_errors *errors) {
    uint32_t drawn = 1;
    if (picture->takes_places) {
        free(hw_picture_places(wish, &drawn));
    }
    if (drawn > 0) {
        return HW_OK;
    }
    hw_errors_say(errors, "all of these places were released before the start: nothing is forecast of them");
    return HW_ERROR_INPUT;
}

static hw_status plot(const hw_arguments *arguments, const hw_outcomes *outcomes, const hw_picture *picture,
                      hw_picture_format format, const hw_output_rules *rules, hw_errors *errors) {
    const hw_given *by = hw_argument(arguments, "by");
    const hw_axis *all = hw_outcomes_axis(outcomes, "place");
    if (picture->takes_places && (all == NULL || all->length == 0)) {
        hw_errors_say(errors, "the picture '%s' is of places, and these results have none", picture->name);
        return HW_ERROR_INPUT;
    }
    hw_picture_wish wish = {
        .outcomes = outcomes, .has_by = by != NULL, .by = by != NULL ? by->day : outcomes->horizon};
    const char **places = collect_places(arguments, outcomes, &wish.place_count, errors);
    wish.places = places;
    const hw_summary_wish sheets = {.by = &wish.by, .by_count = 1, .only = picture->sheets};
    hw_book book = {0};
    hw_status status =
        errors->count > 0 ? HW_ERROR_INPUT : hw_summary_build(&book, outcomes, &sheets, errors);
    if (status == HW_OK) {
        status = check_sheets(picture, &book, errors);
    }
    wish.book = &book;
    if (status == HW_OK) {
        status = check_places(picture, &wish, errors);
    }
    if (status == HW_OK) {
        status = render(arguments, picture, format, &wish, rules, errors);
    }
    hw_book_free(&book);
    free(places);
    return status;
}

static hw_status open_and_plot(const hw_arguments *arguments, const hw_known *known,
                               const hw_picture *picture, hw_picture_format format, hw_errors *errors) {
    hw_outcomes outcomes;
    hw_status status =
        hw_outcomes_open_as(&outcomes, arguments->operands[0], hw_argument_trust(arguments), errors);
    if (status != HW_OK) {
        return status;
    }
    status = hw_known_apply(known, &outcomes, errors);
    if (status == HW_OK) {
        status = hw_money_ask(&outcomes, arguments, errors);
    }
    if (status == HW_OK) {
        status = plot(arguments, &outcomes, picture, format, &known->inputs.rules, errors);
    }
    if (status == HW_OK || status == HW_ERROR_LAW) {
        hw_summary_print_warnings(stderr, &outcomes);
    }
    hw_outcomes_close(&outcomes);
    return status;
}

static int run(const hw_arguments *arguments) {
    if (hw_rank() != 0) {
        return 0;
    }
    hw_errors errors = {0};
    const hw_picture *picture = NULL;
    hw_picture_format format;
    hw_known known;
    hw_status status = check_arguments(arguments, &picture, &format, &errors);
    if (status != HW_OK) {
        return hw_complain(status, &errors, arguments->command);
    }
    const char *path = hw_argument(arguments, "output")->text;
    status = hw_known_read(&known, arguments, &errors);
    if (status == HW_OK) {
        status = hw_output_check(path, &hw_picture_files[format], &known.inputs.rules, &errors);
    }
    if (status == HW_OK) {
        status = open_and_plot(arguments, &known, picture, format, &errors);
    }
    if (status == HW_OK && !hw_output_is_standard(path)) {
        printf("%s: %s\n", path, picture->line);
    }
    int code = status == HW_OK ? 0 : hw_complain(status, &errors, NULL);
    hw_known_free(&known);
    return code;
}

const hw_command hw_command_plot = {
    .name = "plot",
    .line = "pictures of a result file: timeline, map, fan, delay, money",
    .operands = "RESULTS",
    .fewest = 1,
    .most = 1,
    .options = options,
    .option_count = HW_LENGTH(options),
    .run = run,
};

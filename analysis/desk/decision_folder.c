/* Writes scenario files and command lines. */
#include "analysis/desk/decision_folder.h"
#include "analysis/base/memory.h"
#include "analysis/desk/decision.h"
#include "analysis/desk/words.h"
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char question_file[] = "question.yaml", answer_file[] = "answer.h5", runs_folder[] = "runs";

/* ---- What is asked ---- */

typedef struct asked {
    hw_desk_words words;
    hw_decision decision;
} asked;

static void free_asked(asked *a) {
    hw_decision_free(&a->decision);
    hw_desk_words_free(&a->words);
}

static hw_status read_asked(asked *a, const hw_engine_wish *wish, const char *json, hw_errors *errors) {
    *a = (asked){0};
    hw_status status = hw_desk_words_read(&a->words, wish, json, errors);
    if (status == HW_OK) {
        status = hw_decision_read(&a->decision, a->words.json, errors);
    }
    uint32_t ignored;
    for (uint32_t i = 0; i < a->decision.lever_count && status == HW_OK; i++) {
        status = hw_desk_find_lever(wish, a->decision.levers[i], &ignored, errors) ? HW_OK : HW_ERROR_INPUT;
    }
    return status;
}

hw_status hw_decision_check(const hw_engine_wish *wish, const char *json, hw_errors *errors) {
    asked a;
    hw_desk_question question = {0};
    hw_status status = read_asked(&a, wish, json, errors);
    if (status == HW_OK) { /* opens no file, and makes a scenario */
        status = hw_desk_question_read(&question, &wish->ground, a.words.text, a.words.levers,
                                       a.words.lever_count, errors);
        hw_desk_question_free(&question);
    }
    free_asked(&a);
    return status;
}

/* ---- Files ---- */

static hw_status write_text(const char *path, const char *text, hw_errors *errors) {
    FILE *file = fopen(path, "w");
    bool written = file != NULL && fputs(text, file) >= 0;
    written = file != NULL && fclose(file) == 0 && written;
    if (!written) {
        hw_errors_say(errors, "cannot write %s: %s", path, strerror(errno));
    }
    return written ? HW_OK : HW_ERROR_IO;
}

/* The whole path as a word of YAML. */
static void print_path(FILE *out, const char *path) {
    char whole[PATH_MAX];
    fputc('\'', out);
    for (const char *c = realpath(path, whole) != NULL ? whole : path; *c != '\0'; c++) {
        fputs(*c == '\'' ? "''" : (char[2]){*c, '\0'}, out);
    }
    fputc('\'', out);
}

static hw_status write_layers(const char *path, const char *const *layers, uint32_t count,
                              hw_errors *errors) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = hw_take_stream(&text, &length);
    fputs("include: [", out);
    for (uint32_t i = 0; i < count; i++) {
        fputs(i > 0 ? ", " : "", out);
        print_path(out, layers[i]);
    }
    fputs("]\n", out);
    hw_end_stream(out);
    hw_status status = write_text(path, text, errors);
    free(text);
    return status;
}

/* The text stands in a file of its own, read alone as it was checked, and is laid over all others. */
static hw_status write_question(const hw_decision_folder *folder, const hw_engine_wish *wish,
                                const hw_desk_words *words, const char *question, hw_errors *errors) {
    bool says = words->text[strspn(words->text, " \t\r\n")] != '\0';
    char *text = hw_take_text("%s/asked.yaml", folder->path);
    const char **layers = hw_take(words->lever_count + 2, sizeof *layers);
    uint32_t count = 0;
    layers[count++] = wish->ground.path;
    for (uint32_t i = 0; i < words->lever_count; i++) {
        layers[count++] = wish->ground.levers[words->levers[i]];
    }
    layers[count] = text;
    hw_status status = says ? write_text(text, words->text, errors) : HW_OK;
    if (status == HW_OK) {
        status = write_layers(question, layers, says ? count + 1 : count, errors);
    }
    free(layers);
    free(text);
    return status;
}

/* Rank takes whole scenarios: the question with one lever each. */
static hw_status write_variants(const hw_decision_folder *folder, const hw_engine_wish *wish,
                                const hw_decision *decision, const char *question, hw_errors *errors) {
    hw_status status = HW_OK;
    for (uint32_t i = 0; i < decision->lever_count && status == HW_OK; i++) {
        uint32_t lever = 0;
        (void)hw_desk_find_lever(wish, decision->levers[i], &lever, errors);
        const char *layers[2] = {question, wish->ground.levers[lever]};
        char *path = hw_take_text("%s/%s.yaml", folder->path, decision->levers[i]);
        status = write_layers(path, layers, 2, errors);
        free(path);
    }
    return status;
}

/* ---- Words ---- */

static char **words_of(const hw_engine_wish *wish, const hw_decision *decision) {
    enum { OTHERS = 6 };
    const hw_desk_ground *ground = &wish->ground;
    bool ranks = strcmp(decision->command, "rank") == 0;
    char **words = hw_take(
        OTHERS + decision->option_count + decision->lever_count + ground->setting_count + 1, sizeof *words);
    uint32_t count = 0;
    words[count++] = hw_take_text("%s", decision->command);
    words[count++] = hw_take_text("%s", question_file);
    for (uint32_t i = 0; i < decision->lever_count; i++) {
        uint32_t lever = 0;
        (void)hw_desk_find_lever(wish, decision->levers[i], &lever, NULL);
        char whole[PATH_MAX];
        const char *path = realpath(ground->levers[lever], whole);
        char *file =
            ranks || path == NULL ? hw_take_text("%s.yaml", decision->levers[i]) : hw_take_text("%s", path);
        words[count++] = decision->prices == NULL ? hw_take_text("%s", file)
                                                  : hw_take_text("--layer=%s=%s", file, decision->prices[i]);
        free(file);
    }
    for (uint32_t i = 0; i < decision->option_count; i++) {
        words[count++] = hw_take_text("%s", decision->options[i]);
    }
    words[count++] = hw_take_text("--seed=%" PRIu64, wish->seed);
    for (uint32_t i = 0; i < ground->setting_count; i++) {
        words[count++] = hw_take_text("--set=%s=%s", ground->settings[i].path, ground->settings[i].yaml);
    }
    words[count++] = hw_take_text("--output=%s", answer_file);
    words[count++] = hw_take_text("--keep=%s", runs_folder);
    words[count++] = hw_take_text("--replace");
    return words;
}

void hw_decision_words_free(char **words) {
    for (char **word = words; word != NULL && *word != NULL; word++) {
        free(*word);
    }
    free(words);
}

/* ---- The folder ---- */

/* How many files and folders are in it, at whatever depth; `removes` them. */
static uint32_t walk(const char *path, bool removes) {
    uint32_t count = 0;
    DIR *folder = opendir(path);
    for (const struct dirent *entry = folder != NULL ? readdir(folder) : NULL; entry != NULL;
         entry = readdir(folder)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            char *inner = hw_take_text("%s/%s", path, entry->d_name);
            struct stat about;
            bool is_folder = lstat(inner, &about) == 0 && S_ISDIR(about.st_mode);
            count += 1 + (is_folder ? walk(inner, removes) : 0);
            if (removes) {
                (void)remove(inner);
            }
            free(inner);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return count;
}

/* Results of earlier questions are kept, but not without end. */
static void make_room(const hw_decision_folder *folder) {
    enum { FILES_MOST = 100 };
    char *runs = hw_take_text("%s/%s", folder->path, runs_folder);
    if (walk(runs, false) > FILES_MOST) {
        (void)walk(runs, true);
    }
    free(runs);
}

static hw_status open_folder(hw_decision_folder *folder, hw_errors *errors) {
    if (folder->path != NULL) {
        make_room(folder);
        return HW_OK;
    }
    const char *temporary = getenv("TMPDIR");
    char *path = hw_take_text("%s/homeward-desk-XXXXXX", temporary != NULL ? temporary : P_tmpdir);
    if (mkdtemp(path) == NULL) {
        hw_errors_say(errors, "cannot make a temporary folder %s: %s", path, strerror(errno));
        free(path);
        return HW_ERROR_IO;
    }
    folder->path = path;
    folder->answer = hw_take_text("%s/%s", path, answer_file);
    return HW_OK;
}

hw_status hw_decision_folder_write(hw_decision_folder *folder, const hw_engine_wish *wish, const char *json,
                                   char ***words, hw_errors *errors) {
    asked a;
    hw_status status = read_asked(&a, wish, json, errors);
    if (status == HW_OK) {
        status = open_folder(folder, errors);
    }
    if (status == HW_OK) {
        char *question = hw_take_text("%s/%s", folder->path, question_file);
        status = write_question(folder, wish, &a.words, question, errors);
        if (status == HW_OK) {
            status = write_variants(folder, wish, &a.decision, question, errors);
        }
        free(question);
    }
    *words = status == HW_OK ? words_of(wish, &a.decision) : NULL;
    free_asked(&a);
    return status;
}

void hw_decision_folder_remove(hw_decision_folder *folder) {
    if (folder->path != NULL) {
        (void)walk(folder->path, true);
        (void)rmdir(folder->path);
    }
    free(folder->path);
    free(folder->answer);
    *folder = (hw_decision_folder){0};
}

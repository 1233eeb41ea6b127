/* Whatever bytes lie in the journals of a run or of a sweep, reading them ends, no record is believed whose
 * sum is wrong, what is whole before and behind the damage is kept, and a resumed run or sweep ends with the
 * bytes of an undisturbed one (or says why it cannot).
 *
 * Input: a program of small steps that builds the files: whole records, records with a right sum and
 * senseless numbers, foreign bytes, torn ends, flipped bits, names that are no journals. Sums are made here,
 * as no fuzzer guesses them. */
#define _GNU_SOURCE /* nftw, strsep */
#include "sim/run/journal_index.h"
#include "sim/run/sweep.h"
#include "sim/run/sweep_status.h"
#include "tests/fuzz/fuzz.h"
#include "tests/run/toy_model.h"
#include <sys/stat.h>
#include <zlib.h>

/* ---- Steps of the input ---- */

typedef struct tape {
    const uint8_t *next;
    size_t left;
} tape;

static uint64_t take(tape *t, size_t bytes) {
    uint64_t number = 0;
    for (; bytes > 0 && t->left > 0; bytes--, t->left--) {
        number = number << 8 | *t->next++;
    }
    return number;
}

/* Small numbers, and the largest ones: the places where sums run over. */
static uint64_t take_number(tape *t) {
    uint64_t small = take(t, 1);
    switch (small >> 6) {
    case 3:
        return UINT64_MAX - (small & 63);
    case 2:
        return take(t, 8);
    default:
        return small;
    }
}

/* ---- Files in the making ---- */

enum { FILES = 4, FILE_BYTES = 1 << 16, OPERATIONS_MOST = 200 };

typedef struct draft {
    unsigned char bytes[FILE_BYTES];
    size_t size;
    bool is_there;
} draft;

static draft drafts[FILES];

static void add_bytes(draft *d, const void *bytes, size_t size) {
    size_t room = FILE_BYTES - d->size;
    size = size < room ? size : room;
    memcpy(d->bytes + d->size, bytes, size);
    d->size += size;
}

static void damage(draft *d, tape *t, uint8_t how) {
    size_t at = d->size > 0 ? take(t, 2) % d->size : 0;
    if (how == 0) {
        d->size = at; /* torn */
    } else if (how == 1 && d->size > 0) {
        d->bytes[at] ^= (unsigned char)(1U << (take(t, 1) % 8));
    } else if (how == 2) {
        size_t length = take(t, 1) % 128;
        length = length < t->left ? length : t->left;
        add_bytes(d, t->next, length);
        t->next += length;
        t->left -= length;
    } else {
        size_t length = d->size - at < 512 ? d->size - at : 512;
        unsigned char copy[512];
        memcpy(copy, d->bytes + at, length);
        add_bytes(d, copy, length);
    }
}

/* Things that are called like journals, and are none. */
static void odd_name(const char *path, uint64_t which) {
    struct stat about;
    if (lstat(path, &about) == 0) {
        return;
    }
    switch (which % 4) {
    case 0:
        mkdir(path, 0777);
        break;
    case 1:
        mkfifo(path, 0666);
        break;
    case 2:
        if (symlink("nowhere", path) != 0) {
            return;
        }
        break;
    default:
        fuzz_write_file(path, "", 0);
    }
}

static void write_drafts(const char *form) {
    char path[64];
    for (int f = 0; f < FILES; f++) {
        snprintf(path, sizeof path, form, f);
        struct stat about;
        if (drafts[f].is_there && lstat(path, &about) != 0) {
            fuzz_write_file(path, drafts[f].bytes, drafts[f].size);
        }
    }
}

static void need_words(hw_status status, const hw_trouble *trouble) {
    if ((status == HW_OK) != (trouble->status == HW_OK) || (status != HW_OK && trouble->text[0] == '\0')) {
        fuzz_give_up("refused without a message, or a message without refusal", trouble->text);
    }
}

/* ---- A sweep of the toy model ---- */

enum { POINTS = 3, SWEEP_REPLICATIONS = 20, POOL_MOST = 64 };

typedef struct toy_points {
    toy_scenario scenario;
    toy_layout layout;
} toy_points;

static toy_points toy = {.scenario = {.ledger_length = 2}};
static const hw_axis axes[] = {
    {.name = "site", .long_name = "named site", .length = TOY_SITES, .labels = toy_sites}};
static hw_variable variables[] = {{.name = "release",
                                   .long_name = "day of the last visit",
                                   .units = "days since 2020-11-10",
                                   .missing = "never",
                                   .type = HW_F64,
                                   .rank = 1}};
static hw_record_layout values = {.axes = axes, .axis_count = 1, .variables = variables, .variable_count = 1};
static const hw_sweep_coordinate coordinates[] = {{"scenario", "scenario", NULL}};
static const char *const labels[] = {"toy"};
static const char *const resolved[] = {"sites: 3\n"};
static const double by[] = {150.0};

static hw_status open_point(void *context, uint64_t point, hw_sweep_case *opened, char problem[200]) {
    (void)context;
    (void)problem;
    *opened = (hw_sweep_case){
        .model = &toy_model, .scenario = &toy.scenario, .outcome_bytes = toy.layout.layout.bytes};
    memcpy(opened->key, &point, sizeof point);
    return HW_OK;
}

static void close_point(void *context, hw_sweep_case *opened) {
    (void)context;
    (void)opened;
}

static void measure(void *context, const hw_sweep_case *opened, const unsigned char *outcome,
                    double *numbers) {
    (void)context;
    (void)opened;
    memcpy(numbers, outcome + toy.layout.variables[TOY_RELEASE].offset, TOY_SITES * sizeof *numbers);
}

static void locate(void *context, uint64_t point, double *numbers, const char **texts, double *unit) {
    (void)context;
    (void)point;
    (void)numbers;
    (void)unit;
    texts[0] = "toy";
}

static hw_sweep toy_sweep(const char *folder, bool keep) {
    return (hw_sweep){.folder = folder,
                      .title = "Toy",
                      .design = "grid",
                      .file = "name: Toy\n",
                      .version = "0.0-test",
                      .model = &toy_model,
                      .digest = "0123",
                      .points = POINTS,
                      .replications = SWEEP_REPLICATIONS,
                      .shape = hw_sweep_shape_of(&values, by, 1),
                      .keep_outcomes = keep,
                      .resume = true,
                      .progress = HW_PROGRESS_NONE,
                      .source = {.open = open_point,
                                 .close = close_point,
                                 .measure = measure,
                                 .coordinates = coordinates,
                                 .coordinate_count = 1,
                                 .locate = locate,
                                 .labels = labels,
                                 .resolved = resolved,
                                 .scenario_count = 1}};
}

/* What is asked: a sweep that keeps summaries, one that keeps outcomes, and an experiment. */
enum { SUMMARIES, OUTCOMES, ALONE, KINDS };

static const char *const stems[KINDS] = {"sweep/", "sweep/", "sweep/out.h5."};
static const char *const answers[KINDS] = {"sweep/sweep.h5", "sweep/sweep.h5", "sweep/out.h5"};

/* Records of undisturbed runs, and their results. */
typedef struct record {
    const unsigned char *bytes;
    size_t size;
} record;

static record pool[KINDS][POOL_MOST];
static uint32_t pool_count[KINDS];
static char *identities[KINDS];
static unsigned char *results[KINDS];
static size_t result_sizes[KINDS];

static unsigned char *read_all(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(*size + 1);
    if (fread(bytes, 1, *size, file) != *size) {
        fuzz_give_up("cannot read", path);
    }
    fclose(file);
    return bytes;
}

static hw_experiment toy_experiment(const char *output) {
    return (hw_experiment){.model = &toy_model,
                           .scenario = &toy.scenario,
                           .layout = &toy.layout.layout,
                           .replications = SWEEP_REPLICATIONS,
                           .output = output,
                           .title = "Toy",
                           .resolved = "sites: 3\n",
                           .digest = "0123",
                           .version = "0.0-test",
                           .progress = HW_PROGRESS_NONE};
}

static hw_status run_kind(int kind) {
    hw_errors errors = {0};
    hw_status status = HW_OK;
    if (kind == ALONE) {
        const hw_experiment experiment = toy_experiment(answers[kind]);
        hw_experiment_report report;
        status = hw_experiment_run(&experiment, &report, &errors);
    } else {
        const hw_sweep sweep = toy_sweep("sweep", kind == OUTCOMES);
        hw_sweep_report report;
        status = hw_sweep_run(&sweep, &report, &errors);
        if (report.complete != (status == HW_OK)) {
            fuzz_give_up("a sweep is not what it says of itself", "");
        }
    }
    if ((status == HW_OK) != (errors.count == 0)) {
        fuzz_give_up("a sweep failed without a word, or with one it did not", "");
    }
    hw_errors_free(&errors);
    return status;
}

static void keep_records(int kind) {
    char path[64];
    size_t size = 0;
    snprintf(path, sizeof path, "%sjournal-0", stems[kind]);
    const unsigned char *journal = read_all(path, &size);
    uint32_t *count = &pool_count[kind];
    for (size_t at = hw_journal_file_head(identities[kind], NULL); at < size && *count < POOL_MOST;) {
        hw_journal_head head;
        memcpy(&head, journal + at, sizeof head);
        pool[kind][(*count)++] = (record){journal + at, (size_t)hw_journal_record_bytes(&head)};
        at += (size_t)hw_journal_record_bytes(&head);
    }
}

static void keep_reference(int kind) {
    const hw_experiment experiment = toy_experiment(answers[kind]);
    const hw_sweep sweep = toy_sweep("sweep", kind == OUTCOMES);
    mkdir("sweep", 0777);
    identities[kind] = kind == ALONE ? hw_experiment_identity(&experiment) : hw_sweep_identity(&sweep);
    if (kind == ALONE) { /* an experiment's journals stay when it is interrupted */
        toy.scenario.signal = SIGINT;
        toy.scenario.signal_at = SWEEP_REPLICATIONS - 2;
        run_kind(kind);
        keep_records(kind);
        toy.scenario.signal = 0;
    }
    if (run_kind(kind) != HW_OK) {
        fuzz_give_up("the reference cannot be run", answers[kind]);
    }
    if (kind != ALONE) {
        keep_records(kind);
    }
    results[kind] = read_all(answers[kind], &result_sizes[kind]);
    fuzz_empty("sweep");
}

static void add_senseless_record(draft *d, tape *t) {
    unsigned char body[512] = {0};
    hw_journal_head head = {.kind = (uint32_t)take(t, 1) % 5,
                            .point = take_number(t),
                            .first = take_number(t),
                            .last = take_number(t),
                            .failed = take_number(t)};
    size_t length = take(t, 2) % sizeof body;
    memcpy(head.key, &head.point, sizeof head.point);
    memset(body, (int)take(t, 1), sizeof body);
    hw_journal_seal(&head, &(const struct iovec){body, length}, 1);
    add_bytes(d, &head, sizeof head);
    add_bytes(d, body, (size_t)hw_journal_record_bytes(&head) - sizeof head);
}

/* An identity that promises any number of points. */
static void add_boast(draft *d, tape *t) {
    char text[128];
    unsigned char head[256];
    snprintf(text, sizeof text, "title Toy\npoints %llu\nreplications %llu\n",
             (unsigned long long)take_number(t), (unsigned long long)take_number(t));
    add_bytes(d, head, hw_journal_file_head(text, head));
}

/* Returns whether nothing senseless was given a right sum. */
static bool build(tape *t, int kind) {
    bool honest = true;
    for (int step = 0; step < OPERATIONS_MOST && t->left > 0; step++) {
        uint64_t operation = take(t, 1);
        draft *d = &drafts[(operation >> 4) % FILES];
        unsigned char head[512];
        const record *r = &pool[kind][take(t, 1) % pool_count[kind]];
        d->is_there = true;
        switch (operation % 16) {
        case 0:
        case 1:
            add_bytes(d, head, hw_journal_file_head(identities[kind], head));
            break;
        case 2:
            odd_name(kind == ALONE ? "sweep/out.h5.journal-3" : "sweep/journal-3", take(t, 1));
            break;
        case 3:
            add_senseless_record(d, t);
            honest = false;
            break;
        case 4:
        case 5:
        case 6:
        case 7:
            damage(d, t, (uint8_t)(operation % 4));
            break;
        case 8:
            add_boast(d, t);
            honest = false;
            break;
        default:
            add_bytes(d, r->bytes, r->size);
        }
    }
    return honest;
}

static void read_records(const hw_journal_index *index, bool checked) {
    hw_journal_body body = {0};
    for (uint64_t i = 0; i < index->count; i++) {
        hw_journal_head head;
        hw_trouble trouble = {0};
        hw_status status = hw_journal_index_read(index, &index->entries[i], &head, &body, &trouble);
        need_words(status, &trouble);
        if (status != HW_OK && checked) {
            fuzz_give_up("a record that was checked cannot be read", trouble.text);
        }
        const size_t skipped = offsetof(hw_journal_head, body_crc);
        if (status == HW_OK && ((uint32_t)crc32_z(0, body.bytes, head.length) != head.body_crc ||
                                (uint32_t)crc32_z(0, (const unsigned char *)&head + skipped,
                                                  sizeof head - skipped) != head.head_crc)) {
            fuzz_give_up("a record was believed whose sum is wrong",
                         index->files[index->entries[i].file].path);
        }
    }
    free(body.bytes);
}

static uint64_t look(int kind, hw_journal_reading reading, bool *refused) {
    hw_journal_index index = {0};
    hw_trouble trouble = {0};
    hw_status status = hw_journal_index_open(&index, stems[kind], reading, &trouble);
    need_words(status, &trouble);
    *refused = status != HW_OK;
    uint64_t count = index.count;
    if (status == HW_OK) {
        hw_journal_index_by_point(&index);
        hw_journal_index_by_key(&index);
        read_records(&index, reading != HW_JOURNAL_LOOK);
    }
    hw_journal_index_free(&index);
    return count;
}

static void look_at_status(void) {
    hw_sweep_status status;
    hw_trouble trouble = {0};
    need_words(hw_sweep_status_read(&status, "sweep", &trouble), &trouble);
    hw_sweep_status_free(&status);
}

static void resume(int kind, bool honest) {
    size_t size = 0;
    if (run_kind(kind) != HW_OK) {
        if (honest) {
            look_at_status();
        }
        return;
    }
    unsigned char *bytes = read_all(answers[kind], &size);
    if (bytes == NULL ||
        (honest && (size != result_sizes[kind] || memcmp(bytes, results[kind], size) != 0))) {
        fuzz_give_up("what was resumed has other bytes than what was not disturbed", answers[kind]);
    }
    free(bytes);
    fuzz_accepted = true;
}

static void try_kind(tape *t, int kind, bool run) {
    char form[64];
    mkdir("sweep", 0777);
    bool honest = build(t, kind);
    bool refused = false;
    snprintf(form, sizeof form, "%sjournal-%%d", stems[kind]);
    write_drafts(form);
    look(kind, HW_JOURNAL_LOOK, &refused);
    look_at_status();
    uint64_t checked = look(kind, HW_JOURNAL_CHECK, &refused);
    if (run) {
        resume(kind, honest);
    } else if (!refused && (look(kind, HW_JOURNAL_REPAIR, &refused) != checked ||
                            look(kind, HW_JOURNAL_CHECK, &refused) != checked || refused)) {
        fuzz_give_up("repairing lost a record", "");
    }
    fuzz_empty("sweep");
}

/* ---- The target ---- */

static pid_t owner;

static void leave(void) {
    if (getpid() == owner) {
        hw_ranks_end();
        fuzz_leave_folder();
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    setenv("OMPI_MCA_opal_signal", "", 0); /* findings are told by the sanitizers, not by Open MPI */
    hw_ranks_start(NULL, NULL);
    owner = getpid();
    fuzz_enter_folder();
    atexit(leave);
    toy_layout_make(&toy.layout, &toy.scenario);
    hw_record_lay_out(&values);
    for (int kind = 0; kind < KINDS; kind++) {
        keep_reference(kind);
    }
    /* A sweep that keeps summaries keeps the values of points that are not whole. */
    for (uint32_t i = 0; i < pool_count[OUTCOMES] && pool_count[SUMMARIES] < POOL_MOST; i++) {
        pool[SUMMARIES][pool_count[SUMMARIES]++] = pool[OUTCOMES][i];
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    tape t = {.next = data, .left = size};
    for (int f = 0; f < FILES; f++) {
        drafts[f].size = 0;
        drafts[f].is_there = false;
    }
    uint64_t mode = take(&t, 1);
    bool alone = mode % 3 == 0;
    try_kind(&t, alone ? ALONE : mode & 16 ? OUTCOMES : SUMMARIES, alone ? mode & 16 : mode % 3 == 1);
    return 0;
}

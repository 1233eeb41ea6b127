/* Reads the journals of an output and lists what is finished. */
#include "sim/run/journal_index.h"
#include "sim/ordinary_file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* ---- Which files there are ---- */

/* The number of a journal whose name begins with `start`, or -1 when the name is another's. */
static int journal_number(const char *name, const char *start) {
    size_t length = strlen(start);
    if (strncmp(name, start, length) != 0) {
        return -1;
    }
    const char *digits = name + length;
    size_t count = strspn(digits, "0123456789");
    return count > 0 && count < 8 && digits[count] == '\0' ? (int)strtol(digits, NULL, 10) : -1;
}

static bool add_file(hw_journal_index *index, const char *stem, int number) {
    hw_journal_file *files = realloc(index->files, (index->file_count + (size_t)1) * sizeof *files);
    char *path = hw_journal_path(stem, number);
    if (files != NULL) {
        index->files = files;
    }
    if (files == NULL || path == NULL) {
        free(path);
        return false;
    }
    files[index->file_count++] = (hw_journal_file){.number = number, .handle = -1, .path = path};
    return true;
}

static int by_number(const void *a, const void *b) {
    const hw_journal_file *left = a;
    const hw_journal_file *right = b;
    return (left->number > right->number) - (left->number < right->number);
}

/* `pattern` is the path of a journal, whose number is cut off. */
static hw_status list_folder(hw_journal_index *index, const char *stem, char *pattern, hw_trouble *trouble) {
    pattern[strlen(pattern) - 1] = '\0';
    char *copy = strdup(pattern);
    char *folder = copy != NULL ? dirname(copy) : NULL;
    DIR *opened = folder != NULL ? opendir(folder) : NULL;
    bool enough = folder != NULL;
    if (enough && opened == NULL && errno != ENOENT) {
        hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot write %s: the folder %s: %s", stem, folder,
                        strerror(errno));
    }
    const char *start = strrchr(pattern, '/') != NULL ? strrchr(pattern, '/') + 1 : pattern;
    for (struct dirent *entry = NULL; opened != NULL && enough && (entry = readdir(opened)) != NULL;) {
        int number = journal_number(entry->d_name, start);
        enough = number < 0 || add_file(index, stem, number);
    }
    if (opened != NULL) {
        closedir(opened);
    }
    free(copy);
    return enough ? trouble->status : hw_trouble_memory(trouble, "the list of journals");
}

static hw_status list_files(hw_journal_index *index, const char *stem, hw_trouble *trouble) {
    uint32_t before = index->file_count;
    char *pattern = hw_journal_path(stem, 0);
    if (pattern == NULL) {
        return hw_trouble_memory(trouble, "the list of journals");
    }
    list_folder(index, stem, pattern, trouble);
    free(pattern);
    if (index->file_count > before) {
        qsort(index->files + before, index->file_count - before, sizeof *index->files, by_number);
    }
    return trouble->status;
}

/* ---- What a file holds ---- */

static bool read_exactly(int handle, void *bytes, uint64_t length, uint64_t offset) {
    uint64_t done = 0;
    while (done < length) {
        ssize_t n = pread(handle, (unsigned char *)bytes + done, length - done, (off_t)(offset + done));
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        done += (uint64_t)n;
    }
    return true;
}

static hw_status refuse(const hw_journal_file *file, hw_journal_age age, hw_trouble *trouble) {
    return hw_trouble_note(
        trouble, HW_ERROR_IO, 0, "%s %s", file->path,
        age == HW_JOURNAL_FORMAT_1
            ? "is unfinished work of an older Homeward, a journal of format 1; this program goes on with "
              "format 2 only: finish the work with the program that began it, or remove the journal"
            : "is not a journal of Homeward; move it away or choose another output");
}

/* The identity stays NULL when the head is incomplete, which a crash at its creation leaves behind. */
static hw_status read_identity(hw_journal_file *file, uint64_t size, hw_trouble *trouble) {
    uint32_t numbers[2];
    unsigned char start[HW_JOURNAL_MAGIC_BYTES + sizeof numbers];
    size_t seen = size < sizeof start ? (size_t)size : sizeof start;
    hw_journal_age age =
        read_exactly(file->handle, start, seen, 0) ? hw_journal_recognise(start, seen) : HW_JOURNAL_FOREIGN;
    if (age != HW_JOURNAL_KNOWN) {
        return refuse(file, age, trouble);
    }
    memcpy(numbers, start + HW_JOURNAL_MAGIC_BYTES, sizeof numbers);
    if (seen < sizeof start || numbers[0] > size) {
        return HW_OK;
    }
    char *identity = calloc(numbers[0] + (size_t)1, 1);
    if (identity != NULL && read_exactly(file->handle, identity, numbers[0], sizeof start) &&
        (uint32_t)crc32_z(0, (const unsigned char *)identity, numbers[0]) == numbers[1] &&
        hw_journal_file_head(identity, NULL) <= size) {
        file->identity = identity;
    } else {
        free(identity);
    }
    return HW_OK;
}

static uint64_t start_of_key(const unsigned char *key) {
    uint64_t start = 0;
    memcpy(&start, key, sizeof start);
    return start;
}

static bool add_entry(hw_journal_index *index, const hw_journal_head *head, uint32_t file, uint64_t offset) {
    if (index->count == index->room) {
        uint64_t room = index->room ? 2 * index->room : 256;
        hw_journal_entry *entries = realloc(index->entries, room * sizeof *entries);
        if (entries == NULL) {
            return false;
        }
        index->entries = entries;
        index->room = room;
    }
    index->entries[index->count++] = (hw_journal_entry){.point = head->point,
                                                        .first = head->first,
                                                        .last = head->last,
                                                        .offset = offset,
                                                        .key = start_of_key(head->key),
                                                        .file = file,
                                                        .kind = (uint16_t)head->kind,
                                                        .failed = head->failed > 0};
    return true;
}

static bool make_room(hw_journal_body *body, uint64_t length) {
    if (length >= body->room) {
        unsigned char *larger = length < SIZE_MAX ? realloc(body->bytes, length + 1) : NULL;
        if (larger == NULL) {
            return false;
        }
        body->bytes = larger;
        body->room = length + 1;
    }
    return true;
}

static bool read_body(int handle, const hw_journal_head *head, uint64_t offset, hw_journal_body *body) {
    return read_exactly(handle, body->bytes, head->length, offset + sizeof *head) &&
           hw_journal_body_good(head, body->bytes);
}

/* The place of the next whole head from `offset` on; `size` when it is missing. */
static uint64_t next_head(int handle, uint64_t offset, uint64_t size, hw_journal_head *head) {
    for (; offset + sizeof *head <= size; offset += HW_JOURNAL_ALIGNMENT) {
        if (read_exactly(handle, head, sizeof *head, offset) && hw_journal_head_good(head) &&
            head->length <= size - offset - sizeof *head && offset + hw_journal_record_bytes(head) <= size) {
            return offset;
        }
    }
    return size;
}

/* Notes all good records; returns where the last whole one ends. */
static uint64_t scan(hw_journal_index *index, uint32_t number, uint64_t size, hw_journal_reading reading,
                     hw_trouble *trouble) {
    const hw_journal_file *file = &index->files[number];
    uint64_t end = hw_journal_file_head(file->identity, NULL);
    hw_journal_body body = {0};
    hw_journal_head head;
    for (uint64_t at = next_head(file->handle, end, size, &head); at < size && trouble->status == HW_OK;
         at = next_head(file->handle, end, size, &head)) {
        bool checks = reading != HW_JOURNAL_LOOK;
        index->damaged += at > end;
        end = at + hw_journal_record_bytes(&head);
        if (checks && (!make_room(&body, head.length) || !read_body(file->handle, &head, at, &body))) {
            index->damaged++;
        } else if (!add_entry(index, &head, number, at)) {
            hw_trouble_memory(trouble, "the index of the journals");
        }
    }
    free(body.bytes);
    return end;
}

static hw_status take_file(hw_journal_index *index, uint32_t number, hw_journal_reading reading,
                           hw_trouble *trouble) {
    hw_journal_file *file = &index->files[number];
    struct stat about;
    bool repair = reading == HW_JOURNAL_REPAIR;
    const char *problem = NULL;
    file->handle = hw_ordinary_open_as(file->path, repair ? O_RDWR : O_RDONLY, &about, &problem);
    if (file->handle < 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot open %s: %s", file->path, problem);
    }
    if (repair && hw_journal_in_use(file->path)) {
        return hw_trouble_note(trouble, HW_ERROR_IO, EAGAIN,
                               "%s is in use by another run with the same output", file->path);
    }
    uint64_t size = (uint64_t)about.st_size;
    if (read_identity(file, size, trouble) != HW_OK) {
        return trouble->status;
    }
    uint64_t end = file->identity != NULL ? scan(index, number, size, reading, trouble) : 0;
    if (repair && trouble->status == HW_OK && end < size && ftruncate(file->handle, (off_t)end) != 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot repair %s: %s", file->path,
                               strerror(errno));
    }
    return trouble->status;
}

hw_status hw_journal_index_open(hw_journal_index *index, const char *stem, hw_journal_reading reading,
                                hw_trouble *trouble) {
    *index = (hw_journal_index){0};
    return hw_journal_index_append(index, stem, reading, trouble);
}

/* There is a journal for each rank, and all are open together: more files than a process usually may have,
 * but not more than it may ask for. */
static void allow_open_files(void) {
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &files);
    }
}

hw_status hw_journal_index_append(hw_journal_index *index, const char *stem, hw_journal_reading reading,
                                  hw_trouble *trouble) {
    allow_open_files();
    uint32_t before = index->file_count;
    hw_status status = list_files(index, stem, trouble);
    for (uint32_t f = before; status == HW_OK && f < index->file_count; f++) {
        status = take_file(index, f, reading, trouble);
    }
    return status;
}

void hw_journal_index_free(hw_journal_index *index) {
    for (uint32_t f = 0; f < index->file_count; f++) {
        if (index->files[f].handle >= 0) {
            close(index->files[f].handle);
        }
        free(index->files[f].path);
        free(index->files[f].identity);
    }
    free(index->files);
    free(index->entries);
    *index = (hw_journal_index){0};
}

/* ---- Whose they are ---- */

const char *hw_journal_index_identity(const hw_journal_index *index) {
    for (uint32_t f = 0; f < index->file_count; f++) {
        if (index->files[f].identity != NULL) {
            return index->files[f].identity;
        }
    }
    return NULL;
}

static bool is_others(const hw_journal_file *file, const char *identity) {
    return file->identity != NULL && strcmp(file->identity, identity) != 0;
}

uint32_t hw_journal_index_others(const hw_journal_index *index, const char *identity) {
    uint32_t others = 0;
    for (uint32_t f = 0; f < index->file_count; f++) {
        others += is_others(&index->files[f], identity);
    }
    return others;
}

void hw_journal_index_drop_others(hw_journal_index *index, const char *identity) {
    uint64_t kept = 0;
    for (uint64_t i = 0; i < index->count; i++) {
        if (!is_others(&index->files[index->entries[i].file], identity)) {
            index->entries[kept++] = index->entries[i];
        }
    }
    index->count = kept;
    for (uint32_t f = 0; f < index->file_count; f++) {
        if (index->files[f].identity == NULL || is_others(&index->files[f], identity)) {
            unlink(index->files[f].path);
        }
    }
}

void hw_journal_remove_all(const char *stem) {
    hw_journal_index index = {0};
    hw_trouble ignored = {0};
    list_files(&index, stem, &ignored);
    for (uint32_t f = 0; f < index.file_count; f++) {
        struct stat about; /* what is no file is nobody's journal */
        if (stat(index.files[f].path, &about) == 0 && S_ISREG(about.st_mode) &&
            !hw_journal_in_use(index.files[f].path)) {
            unlink(index.files[f].path);
        }
    }
    hw_journal_index_free(&index);
}

/* ---- Order ---- */

static int compare(uint64_t left, uint64_t right) {
    return (left > right) - (left < right);
}

/* By replications, then by where it lies: a total order. */
static int by_range(const hw_journal_entry *left, const hw_journal_entry *right) {
    int order = compare(left->first, right->first);
    order = order ? order : compare(right->last, left->last);
    order = order ? order : compare(left->kind, right->kind);
    order = order ? order : compare(left->file, right->file);
    return order ? order : compare(left->offset, right->offset);
}

static int by_point(const void *a, const void *b) {
    const hw_journal_entry *left = a;
    const hw_journal_entry *right = b;
    int order = compare(left->point, right->point);
    return order ? order : by_range(left, right);
}

static int by_key(const void *a, const void *b) {
    const hw_journal_entry *left = a;
    const hw_journal_entry *right = b;
    int order = compare(left->key, right->key);
    return order ? order : by_range(left, right);
}

/* As one rank leaves them. qsort would take as much memory again. */
static bool is_by_point(const hw_journal_index *index) {
    for (uint64_t i = 1; i < index->count; i++) {
        if (by_point(&index->entries[i - 1], &index->entries[i]) > 0) {
            return false;
        }
    }
    return true;
}

void hw_journal_index_by_point(hw_journal_index *index) {
    if (!is_by_point(index)) {
        qsort(index->entries, index->count, sizeof *index->entries, by_point);
    }
}

void hw_journal_index_by_key(hw_journal_index *index) {
    if (index->count > 0) {
        qsort(index->entries, index->count, sizeof *index->entries, by_key);
    }
}

void hw_journal_index_find(const hw_journal_index *index, const unsigned char *key, uint64_t *first,
                           uint64_t *last) {
    const uint64_t wanted = start_of_key(key);
    uint64_t low = 0;
    uint64_t high = index->count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (index->entries[middle].key < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *first = low;
    while (low < index->count && index->entries[low].key == wanted) {
        low++;
    }
    *last = low;
}

hw_status hw_journal_index_read(const hw_journal_index *index, const hw_journal_entry *entry,
                                hw_journal_head *head, hw_journal_body *body, hw_trouble *trouble) {
    const hw_journal_file *file = &index->files[entry->file];
    bool good = read_exactly(file->handle, head, sizeof *head, entry->offset) && hw_journal_head_good(head);
    if (good && !make_room(body, head->length)) {
        return hw_trouble_memory(trouble, "a record of the journals");
    }
    if (!good || !read_body(file->handle, head, entry->offset, body)) {
        return hw_trouble_note(trouble, HW_ERROR_IO, 0,
                               "%s is damaged; the same command (of a sweep with --resume) does again what "
                               "it held",
                               file->path);
    }
    return HW_OK;
}

/* Reads the journals of a folder and lists what is finished. */
#include "sim/run/sweep_index.h"
#include "sim/ordinary_file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* ---- Which files there are ---- */

static int journal_number(const char *name) {
    static const char start[] = "journal-";
    if (strncmp(name, start, sizeof start - 1) != 0) {
        return -1;
    }
    const char *digits = name + sizeof start - 1;
    size_t count = strspn(digits, "0123456789");
    return count > 0 && count < 8 && digits[count] == '\0' ? (int)strtol(digits, NULL, 10) : -1;
}

static bool add_file(hw_sweep_index *index, const char *folder, int number) {
    hw_sweep_file *files = realloc(index->files, (index->file_count + (size_t)1) * sizeof *files);
    char *path = hw_sweep_journal_path(folder, number);
    if (files != NULL) {
        index->files = files;
    }
    if (files == NULL || path == NULL) {
        free(path);
        return false;
    }
    files[index->file_count++] = (hw_sweep_file){.number = number, .handle = -1, .path = path};
    return true;
}

static int by_number(const void *a, const void *b) {
    const hw_sweep_file *left = a;
    const hw_sweep_file *right = b;
    return (left->number > right->number) - (left->number < right->number);
}

static hw_status list_files(hw_sweep_index *index, const char *folder, hw_trouble *trouble) {
    DIR *opened = opendir(folder);
    if (opened == NULL) {
        return errno == ENOENT ? HW_OK
                               : hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot read the folder %s: %s",
                                                 folder, strerror(errno));
    }
    bool enough = true;
    uint32_t before = index->file_count;
    for (struct dirent *entry = NULL; enough && (entry = readdir(opened)) != NULL;) {
        int number = journal_number(entry->d_name);
        enough = number < 0 || add_file(index, folder, number);
    }
    closedir(opened);
    if (index->file_count > before) {
        qsort(index->files + before, index->file_count - before, sizeof *index->files, by_number);
    }
    return enough ? HW_OK : hw_trouble_memory(trouble, "the list of journals");
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

/* The identity of a journal; NULL when its head is incomplete, which a crash at its creation leaves behind.
 */
static char *read_identity(const hw_sweep_file *file, uint64_t size, bool *foreign) {
    const size_t magic = HW_SWEEP_MAGIC_BYTES;
    unsigned char start[16];
    size_t seen = size < sizeof start ? (size_t)size : sizeof start;
    *foreign = !read_exactly(file->handle, start, seen, 0) ||
               memcmp(start, hw_sweep_journal_magic, seen < magic ? seen : magic) != 0;
    uint32_t numbers[2];
    memcpy(numbers, start + magic, sizeof numbers);
    if (*foreign || seen < sizeof start || numbers[0] > size) {
        return NULL;
    }
    char *identity = calloc(numbers[0] + (size_t)1, 1);
    if (identity != NULL && read_exactly(file->handle, identity, numbers[0], sizeof start) &&
        (uint32_t)crc32_z(0, (const unsigned char *)identity, numbers[0]) == numbers[1] &&
        hw_sweep_file_head(identity, NULL) <= size) {
        return identity;
    }
    free(identity);
    return NULL;
}

static bool add_entry(hw_sweep_index *index, const hw_sweep_head *head, uint32_t file, uint64_t offset) {
    if (index->count == index->room) {
        uint64_t room = index->room ? 2 * index->room : 256;
        hw_sweep_entry *entries = realloc(index->entries, room * sizeof *entries);
        if (entries == NULL) {
            return false;
        }
        index->entries = entries;
        index->room = room;
    }
    hw_sweep_entry *entry = &index->entries[index->count++];
    *entry = (hw_sweep_entry){.point = head->point,
                              .first = head->first,
                              .last = head->last,
                              .offset = offset,
                              .file = file,
                              .kind = head->kind};
    memcpy(entry->key, head->key, sizeof entry->key);
    return true;
}

static bool body_is_good(int handle, const hw_sweep_head *head, uint64_t offset) {
    unsigned char *body = malloc(head->length + 1);
    bool good = body != NULL && read_exactly(handle, body, head->length, offset + sizeof *head) &&
                hw_sweep_body_good(head, body);
    free(body);
    return good;
}

enum { STEP = 8 };

/* The place of the next whole head from `offset` on; `size` when there is none. */
static uint64_t next_head(int handle, uint64_t offset, uint64_t size, hw_sweep_head *head) {
    for (; offset + sizeof *head <= size; offset += STEP) {
        if (read_exactly(handle, head, sizeof *head, offset) && hw_sweep_head_good(head) &&
            head->length <= size - offset - sizeof *head && offset + hw_sweep_record_bytes(head) <= size) {
            return offset;
        }
    }
    return size;
}

/* Notes all good records; returns where the last whole one ends. */
static uint64_t scan(hw_sweep_index *index, uint32_t number, uint64_t size, hw_sweep_reading reading,
                     hw_trouble *trouble) {
    const hw_sweep_file *file = &index->files[number];
    uint64_t end = hw_sweep_file_head(file->identity, NULL);
    hw_sweep_head head;
    for (uint64_t at = next_head(file->handle, end, size, &head); at < size;
         at = next_head(file->handle, end, size, &head)) {
        index->damaged += at > end;
        end = at + hw_sweep_record_bytes(&head);
        if (reading != HW_SWEEP_LOOK && !body_is_good(file->handle, &head, at)) {
            index->damaged++;
        } else if (!add_entry(index, &head, number, at)) {
            hw_trouble_memory(trouble, "the index of the journals");
            return size;
        }
    }
    return end;
}

static hw_status take_file(hw_sweep_index *index, uint32_t number, hw_sweep_reading reading,
                           hw_trouble *trouble) {
    hw_sweep_file *file = &index->files[number];
    struct stat about;
    bool repair = reading == HW_SWEEP_REPAIR;
    const char *problem = NULL;
    file->handle = hw_ordinary_open_as(file->path, repair ? O_RDWR : O_RDONLY, &about, &problem);
    if (file->handle < 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot open %s: %s", file->path, problem);
    }
    if (repair && hw_sweep_journal_in_use(file->path)) {
        return hw_trouble_note(trouble, HW_ERROR_IO, EAGAIN, "%s is in use by another run of this sweep",
                               file->path);
    }
    bool foreign = false;
    uint64_t size = (uint64_t)about.st_size;
    file->identity = read_identity(file, size, &foreign);
    if (foreign) {
        return hw_trouble_note(trouble, HW_ERROR_IO, 0, "%s is not a journal of a sweep; move it away",
                               file->path);
    }
    uint64_t end = file->identity != NULL ? scan(index, number, size, reading, trouble) : 0;
    if (repair && trouble->status == HW_OK && end < size && ftruncate(file->handle, (off_t)end) != 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot repair %s: %s", file->path,
                               strerror(errno));
    }
    return trouble->status;
}

hw_status hw_sweep_index_open(hw_sweep_index *index, const char *folder, hw_sweep_reading reading,
                              hw_trouble *trouble) {
    *index = (hw_sweep_index){0};
    return hw_sweep_index_append(index, folder, reading, trouble);
}

hw_status hw_sweep_index_append(hw_sweep_index *index, const char *folder, hw_sweep_reading reading,
                                hw_trouble *trouble) {
    uint32_t before = index->file_count;
    hw_status status = list_files(index, folder, trouble);
    for (uint32_t f = before; status == HW_OK && f < index->file_count; f++) {
        status = take_file(index, f, reading, trouble);
    }
    return status;
}

void hw_sweep_index_free(hw_sweep_index *index) {
    for (uint32_t f = 0; f < index->file_count; f++) {
        if (index->files[f].handle >= 0) {
            close(index->files[f].handle);
        }
        free(index->files[f].path);
        free(index->files[f].identity);
    }
    free(index->files);
    free(index->entries);
    *index = (hw_sweep_index){0};
}

const char *hw_sweep_index_identity(const hw_sweep_index *index) {
    for (uint32_t f = 0; f < index->file_count; f++) {
        if (index->files[f].identity != NULL) {
            return index->files[f].identity;
        }
    }
    return NULL;
}

/* ---- Order ---- */

static int compare(uint64_t left, uint64_t right) {
    return (left > right) - (left < right);
}

/* By replications, then by where it lies: a total order. */
static int by_range(const hw_sweep_entry *left, const hw_sweep_entry *right) {
    int order = compare(left->first, right->first);
    order = order ? order : compare(right->last, left->last);
    order = order ? order : compare(left->kind, right->kind);
    order = order ? order : compare(left->file, right->file);
    return order ? order : compare(left->offset, right->offset);
}

static int by_point(const void *a, const void *b) {
    const hw_sweep_entry *left = a;
    const hw_sweep_entry *right = b;
    int order = compare(left->point, right->point);
    return order ? order : by_range(left, right);
}

static int by_key(const void *a, const void *b) {
    const hw_sweep_entry *left = a;
    const hw_sweep_entry *right = b;
    int order = memcmp(left->key, right->key, sizeof left->key);
    return order ? order : by_range(left, right);
}

void hw_sweep_index_by_point(hw_sweep_index *index) {
    if (index->count > 0) {
        qsort(index->entries, index->count, sizeof *index->entries, by_point);
    }
}

void hw_sweep_index_by_key(hw_sweep_index *index) {
    if (index->count > 0) {
        qsort(index->entries, index->count, sizeof *index->entries, by_key);
    }
}

void hw_sweep_index_find(const hw_sweep_index *index, const unsigned char *key, uint64_t *first,
                         uint64_t *last) {
    uint64_t low = 0;
    uint64_t high = index->count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (memcmp(index->entries[middle].key, key, HW_SWEEP_KEY_BYTES) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *first = low;
    while (low < index->count && memcmp(index->entries[low].key, key, HW_SWEEP_KEY_BYTES) == 0) {
        low++;
    }
    *last = low;
}

unsigned char *hw_sweep_index_read(const hw_sweep_index *index, const hw_sweep_entry *entry,
                                   hw_sweep_head *head, hw_trouble *trouble) {
    const hw_sweep_file *file = &index->files[entry->file];
    bool good = read_exactly(file->handle, head, sizeof *head, entry->offset) && hw_sweep_head_good(head);
    unsigned char *body = good ? malloc(head->length + 1) : NULL;
    if (good && body == NULL) {
        hw_trouble_memory(trouble, "a record of the journals");
        return NULL;
    }
    if (good && read_exactly(file->handle, body, head->length, entry->offset + sizeof *head) &&
        hw_sweep_body_good(head, body)) {
        return body;
    }
    free(body);
    hw_trouble_note(trouble, HW_ERROR_IO, 0, "%s is damaged; --resume does again what it held", file->path);
    return NULL;
}

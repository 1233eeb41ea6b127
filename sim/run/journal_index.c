/* Reads the journals of an output and lists what is finished. */
#include "sim/run/journal_index.h"
#include "sim/ordinary_file.h"
#include "sim/run/lock.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum purpose { PREPARE, READ } purpose;

/* ---- Which files there are ---- */

/* The number of a journal of `base`, or -1 when the name is another's. */
static int journal_number(const char *name, const char *base) {
    static const char middle[] = ".journal-";
    size_t length = strlen(base);
    if (strncmp(name, base, length) != 0 || strncmp(name + length, middle, sizeof middle - 1) != 0) {
        return -1;
    }
    const char *digits = name + length + sizeof middle - 1;
    size_t count = strspn(digits, "0123456789");
    return count > 0 && count < 8 && digits[count] == '\0' ? (int)strtol(digits, NULL, 10) : -1;
}

static int by_number(const void *a, const void *b) {
    const hw_journal_file *left = a;
    const hw_journal_file *right = b;
    return (left->number > right->number) - (left->number < right->number);
}

static bool add_file(hw_journal_index *index, const char *output, int number) {
    hw_journal_file *files = realloc(index->files, (index->file_count + 1) * sizeof *files);
    char *path = hw_journal_path(output, number);
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

static hw_status list_files(hw_journal_index *index, const char *output, hw_trouble *trouble) {
    char *for_folder = strdup(output);
    char *for_base = strdup(output);
    bool enough = for_folder != NULL && for_base != NULL;
    DIR *folder = enough ? opendir(dirname(for_folder)) : NULL;
    if (enough && folder == NULL) {
        hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot write %s: %s", output, strerror(errno));
    }
    const char *base = enough ? basename(for_base) : "";
    for (struct dirent *entry = NULL; folder != NULL && enough && (entry = readdir(folder)) != NULL;) {
        int number = journal_number(entry->d_name, base);
        enough = number < 0 || add_file(index, output, number);
    }
    if (folder != NULL) {
        closedir(folder);
    }
    free(for_folder);
    free(for_base);
    if (!enough) {
        hw_trouble_memory(trouble, "the list of journals");
    }
    if (trouble->status == HW_OK && index->file_count > 0) {
        qsort(index->files, index->file_count, sizeof *index->files, by_number);
    }
    return trouble->status;
}

/* ---- What a file is ---- */

static bool read_exactly(int handle, void *bytes, size_t length, uint64_t offset) {
    size_t done = 0;
    while (done < length) {
        ssize_t n = pread(handle, (unsigned char *)bytes + done, length - done, (off_t)(offset + done));
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        done += (size_t)n;
    }
    return true;
}

static hw_journal_kinship recognise(int handle, uint64_t size, const unsigned char *head, size_t head_bytes) {
    unsigned char magic[HW_JOURNAL_MAGIC_BYTES];
    size_t seen = size < sizeof magic ? (size_t)size : sizeof magic;
    if (!read_exactly(handle, magic, seen, 0) || memcmp(magic, hw_journal_magic, seen) != 0) {
        return HW_JOURNAL_FOREIGN;
    }
    size_t common = size < head_bytes ? (size_t)size : head_bytes;
    unsigned char *found = malloc(head_bytes + 1);
    bool same = found != NULL && read_exactly(handle, found, common, 0) && memcmp(found, head, common) == 0;
    free(found);
    if (!same) {
        return HW_JOURNAL_ANOTHERS;
    }
    /* A crash while a journal was being created leaves an incomplete head. */
    return common < head_bytes ? HW_JOURNAL_EMPTY : HW_JOURNAL_OURS;
}

/* ---- What a file holds ---- */

static bool add_entry(hw_journal_index *index, hw_journal_entry entry) {
    if (index->count == index->room) {
        uint64_t room = index->room ? 2 * index->room : 256;
        hw_journal_entry *entries = realloc(index->entries, room * sizeof *entries);
        if (entries == NULL) {
            return false;
        }
        index->entries = entries;
        index->room = room;
    }
    index->entries[index->count++] = entry;
    return true;
}

static bool plausible(const hw_journal_head *head, size_t body_bytes) {
    return (head->kind == HW_JOURNAL_OUTCOME && head->length == body_bytes) ||
           (head->kind == HW_JOURNAL_FAILURE && head->length == HW_JOURNAL_FAILURE_BYTES);
}

static size_t largest_body(size_t body_bytes) {
    return body_bytes > HW_JOURNAL_FAILURE_BYTES ? body_bytes : HW_JOURNAL_FAILURE_BYTES;
}

/* Notes all whole records from `offset` on; returns where they end. */
static uint64_t scan_records(hw_journal_index *index, uint32_t file, uint64_t offset, uint64_t size,
                             unsigned char *body, hw_trouble *trouble) {
    int handle = index->files[file].handle;
    hw_journal_head head;
    while (offset + sizeof head <= size && read_exactly(handle, &head, sizeof head, offset)) {
        if (!plausible(&head, index->body_bytes) || offset + sizeof head + head.length > size) {
            break;
        }
        bool whole = body == NULL || (read_exactly(handle, body, head.length, offset + sizeof head) &&
                                      hw_journal_crc(&head, body) == head.crc);
        if (!whole) {
            break;
        }
        hw_journal_entry entry = {
            .replication = head.replication, .offset = offset, .file = file, .kind = head.kind};
        if (!add_entry(index, entry)) {
            hw_trouble_memory(trouble, "the index of the journals");
            break;
        }
        offset += sizeof head + head.length;
    }
    return offset;
}

static hw_status refuse(hw_trouble *trouble, const hw_journal_file *file, const char *why) {
    return hw_trouble_note(trouble, HW_ERROR_IO, 0, "%s %s", file->path, why);
}

static hw_status prepare_file(hw_journal_index *index, uint32_t number, uint64_t size,
                              const unsigned char *head, size_t head_bytes, hw_trouble *trouble) {
    hw_journal_file *file = &index->files[number];
    if (flock(file->handle, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        return refuse(trouble, file, "is in use by another run with the same output");
    }
    file->kinship = recognise(file->handle, size, head, head_bytes);
    if (file->kinship == HW_JOURNAL_FOREIGN) {
        return refuse(trouble, file, "is not a journal of Homeward; move it away or choose another output");
    }
    if (file->kinship != HW_JOURNAL_OURS) {
        index->others += file->kinship == HW_JOURNAL_ANOTHERS;
        return HW_OK;
    }
    unsigned char *body = malloc(largest_body(index->body_bytes));
    if (body == NULL) {
        return hw_trouble_memory(trouble, "reading the journals");
    }
    uint64_t end = scan_records(index, number, head_bytes, size, body, trouble);
    free(body);
    if (trouble->status == HW_OK && end < size && ftruncate(file->handle, (off_t)end) != 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot repair %s: %s", file->path,
                               strerror(errno));
    }
    flock(file->handle, LOCK_UN);
    return trouble->status;
}

static hw_status take_file(hw_journal_index *index, uint32_t number, purpose wanted,
                           const unsigned char *head, size_t head_bytes, hw_trouble *trouble) {
    hw_journal_file *file = &index->files[number];
    struct stat about;
    const char *problem = NULL;
    file->handle = hw_ordinary_open_as(file->path, wanted == PREPARE ? O_RDWR : O_RDONLY, &about, &problem);
    if (file->handle < 0) {
        return hw_trouble_note(trouble, HW_ERROR_IO, errno, "cannot open %s: %s", file->path, problem);
    }
    uint64_t size = (uint64_t)about.st_size;
    if (wanted == PREPARE) {
        return prepare_file(index, number, size, head, head_bytes, trouble);
    }
    file->kinship = recognise(file->handle, size, head, head_bytes);
    if (file->kinship == HW_JOURNAL_OURS) {
        scan_records(index, number, head_bytes, size, NULL, trouble);
    }
    return trouble->status;
}

/* ---- All files together ---- */

static int by_replication(const void *a, const void *b) {
    const hw_journal_entry *left = a;
    const hw_journal_entry *right = b;
    int order = (left->replication > right->replication) - (left->replication < right->replication);
    return order ? order : (left->file > right->file) - (left->file < right->file);
}

static void keep_each_replication_once(hw_journal_index *index) {
    if (index->count == 0) {
        return;
    }
    qsort(index->entries, index->count, sizeof *index->entries, by_replication);
    uint64_t kept = 1;
    for (uint64_t i = 1; i < index->count; i++) {
        if (index->entries[i].replication != index->entries[kept - 1].replication) {
            index->entries[kept++] = index->entries[i];
        }
    }
    index->count = kept;
}

static hw_status open_index(hw_journal_index *index, const char *output, const char *identity,
                            size_t body_bytes, purpose wanted, hw_trouble *trouble) {
    memset(index, 0, sizeof *index);
    index->body_bytes = body_bytes;
    size_t head_bytes = hw_journal_file_head(identity, NULL);
    unsigned char *head = malloc(head_bytes);
    if (head == NULL) {
        return hw_trouble_memory(trouble, "the index of the journals");
    }
    hw_journal_file_head(identity, head);
    hw_status status = list_files(index, output, trouble);
    for (uint32_t f = 0; status == HW_OK && f < index->file_count; f++) {
        status = take_file(index, f, wanted, head, head_bytes, trouble);
    }
    free(head);
    keep_each_replication_once(index);
    return status;
}

hw_status hw_journal_index_prepare(hw_journal_index *index, const char *output, const char *identity,
                                   size_t body_bytes, hw_trouble *trouble) {
    return open_index(index, output, identity, body_bytes, PREPARE, trouble);
}

hw_status hw_journal_index_read(hw_journal_index *index, const char *output, const char *identity,
                                size_t body_bytes, hw_trouble *trouble) {
    return open_index(index, output, identity, body_bytes, READ, trouble);
}

hw_status hw_journal_index_body(const hw_journal_index *index, const hw_journal_entry *entry,
                                unsigned char *body, hw_trouble *trouble) {
    const hw_journal_file *file = &index->files[entry->file];
    hw_journal_head head;
    bool good = read_exactly(file->handle, &head, sizeof head, entry->offset) &&
                plausible(&head, index->body_bytes) && head.kind == entry->kind &&
                read_exactly(file->handle, body, head.length, entry->offset + sizeof head) &&
                hw_journal_crc(&head, body) == head.crc;
    return good ? HW_OK
                : refuse(trouble, file, "is damaged; run the same command again to redo what it held");
}

void hw_journal_index_free(hw_journal_index *index) {
    for (uint32_t f = 0; f < index->file_count; f++) {
        if (index->files[f].handle >= 0) {
            close(index->files[f].handle);
        }
        free(index->files[f].path);
    }
    free(index->files);
    free(index->entries);
    memset(index, 0, sizeof *index);
}

void hw_journal_index_drop_others(const hw_journal_index *index) {
    for (uint32_t f = 0; f < index->file_count; f++) {
        hw_journal_kinship kinship = index->files[f].kinship;
        if (kinship == HW_JOURNAL_ANOTHERS || kinship == HW_JOURNAL_EMPTY) {
            unlink(index->files[f].path);
        }
    }
}

void hw_journal_remove_all(const char *output) {
    hw_journal_index index = {0};
    hw_trouble ignored = {0};
    list_files(&index, output, &ignored);
    for (uint32_t f = 0; f < index.file_count; f++) {
        hw_journal_file *file = &index.files[f];
        struct stat about;
        const char *problem = NULL;
        file->handle =
            hw_ordinary_open(file->path, &about, &problem); /* what is no file is nobody's journal */
        if (file->handle >= 0 && hw_lock_try(file->handle, HW_LOCK_ALONE) != HW_LOCK_HELD_BY_OTHER) {
            unlink(file->path);
        }
    }
    hw_journal_index_free(&index);
}

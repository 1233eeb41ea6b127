/* Reads a YAML file and all that it includes, and merges them. */
#include "sim/input/document.h"

#include "sim/input/known.h"
#include "sim/input/layer_order.h"
#include "sim/input/layers.h"
#include "sim/input/pool.h"
#include "sim/input/reader.h"
#include "sim/input/remarks.h"
#include "sim/ordinary_file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_BYTES_MOST = 64 << 20, INCLUDE_DEPTH_MOST = 64 };

typedef struct source_file {
    dev_t device;
    ino_t inode;
    bool included;
} source_file;

struct hw_document {
    hw_pool pool;
    hw_remarks mistakes;
    uint32_t nodes_left;
    const char **names; /* of the files, in the order of reading */
    source_file *files;
    size_t count, name_capacity, file_capacity;
    const hw_node **layers; /* the lowest first */
    size_t layer_count, layer_capacity;
    int64_t as_of; /* INT64_MAX: not said */
    hw_left_out_list left_out;
    const hw_node *root; /* the layers over one another, as far as they were known */
};

/* A file that is being read, and the one that includes it. */
typedef struct including {
    const char *name;
    source_file file;
    const struct including *by;
    uint32_t depth;
} including;

/* Errors outlive the document that they are about, so the names in their positions are kept for good. */
static const char *lasting_name(const char *name) {
    static hw_pool pool;
    static const char **names;
    static size_t count;
    static size_t capacity;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return names[i];
        }
    }
    names = hw_grow(names, count, &capacity, sizeof(*names));
    names[count] = hw_pool_copy(&pool, name, strlen(name));
    return names[count++];
}

static hw_document *new_document(void) {
    hw_document *document = calloc(1, sizeof(*document));
    if (document != NULL) {
        document->nodes_left = HW_NODES_MOST;
        document->as_of = INT64_MAX;
    }
    return document;
}

static void remember_file(hw_document *document, const char *name, source_file file) {
    document->names =
        hw_grow(document->names, document->count, &document->name_capacity, sizeof(*document->names));
    document->files =
        hw_grow(document->files, document->count, &document->file_capacity, sizeof(*document->files));
    document->names[document->count] = name;
    document->files[document->count++] = file;
}

static bool same_file(source_file a, source_file b) {
    return a.device == b.device && a.inode == b.inode;
}

/* ---- Files ---- */

/* Opens a file; -1 with *problem set when it cannot be a scenario. */
static int open_file(const char *name, struct stat *status, const char **problem) {
    int descriptor = hw_ordinary_open(name, status, problem);
    if (descriptor >= 0 && status->st_size > FILE_BYTES_MOST) {
        *problem = "it is larger than 64 MiB";
        close(descriptor);
        descriptor = -1;
    }
    return descriptor;
}

/* Reads at most `size` bytes; the file may have shrunk meanwhile. False with errno set. */
static bool read_bytes(int descriptor, char *text, size_t *size) {
    size_t done = 0;
    while (done < *size) {
        ssize_t got = read(descriptor, text + done, *size - done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return false;
        }
        if (got == 0) {
            break;
        }
        done += (size_t)got;
    }
    *size = done;
    return true;
}

static hw_node *read_file(hw_document *document, int descriptor, size_t size, const char *name,
                          hw_position asked_at, hw_errors *errors) {
    char *text = malloc(size + 1);
    if (text == NULL || !read_bytes(descriptor, text, &size)) {
        hw_errors_add(errors, asked_at, "cannot read '%s': %s", name, strerror(errno));
        free(text);
        return NULL;
    }
    hw_reading reading = {.file = name,
                          .pool = &document->pool,
                          .nodes_left = &document->nodes_left,
                          .mistakes = &document->mistakes,
                          .errors = errors};
    hw_node *node = hw_read_text(&reading, text, size);
    free(text);
    if (node != NULL && node->kind != HW_NODE_MAPPING) {
        hw_errors_add(errors, node->where,
                      "expected keys and values at the top of a file, such as 'title: Bread'");
        return NULL;
    }
    return node;
}

/* ---- Includes ---- */

/* The files that are being read, by the numbers that the order of layers knows them by. */
typedef struct reading_files {
    hw_layer_file *layers;
    source_file *sources;
    const hw_node **own; /* what each says itself, without its includes; NULL after an error */
    size_t count, layer_capacity, source_capacity, own_capacity;
} reading_files;

static uint32_t read_layer(hw_document *document, reading_files *files, const char *path, const including *by,
                           hw_position asked_at, hw_errors *errors);

/* "a.yaml includes b.yaml includes a.yaml" */
static const char *cycle_text(hw_pool *pool, const including *chain, source_file file) {
    const char *text = chain->name;
    const including *link = chain;
    while (!same_file(link->file, file)) {
        link = link->by;
        text = hw_pool_print(pool, "%s includes %s", link->name, text);
    }
    return hw_pool_print(pool, "%s includes %s", text, link->name);
}

static bool in_chain(const including *chain, source_file file) {
    for (; chain != NULL; chain = chain->by) {
        if (same_file(chain->file, file)) {
            return true;
        }
    }
    return false;
}

static const char *beside(hw_pool *pool, const char *including_file, const char *path) {
    const char *slash = strrchr(including_file, '/');
    if (slash == NULL || *path == '/') {
        return path;
    }
    return hw_pool_print(pool, "%.*s/%s", (int)(slash - including_file), including_file, path);
}

/* The number of the file, or UINT32_MAX after an error. */
static uint32_t include_one(hw_document *document, reading_files *files, const hw_node *path,
                            const including *by, hw_errors *errors) {
    if (path->kind != HW_NODE_SCALAR || *path->text == '\0') {
        hw_errors_add(errors, path->where, "'include': expected a path or a list of paths");
        return UINT32_MAX;
    }
    const char *name = beside(&document->pool, by->name, path->text);
    return read_layer(document, files, name, by, path->where, errors);
}

static const hw_node *without_include(hw_document *document, const hw_node *root) {
    hw_node *rest = hw_pool_take(&document->pool, 1, sizeof(*rest));
    *rest = *root;
    rest->children = hw_pool_take(&document->pool, root->child_count, sizeof(hw_node *));
    rest->child_count = 0;
    for (uint32_t i = 0; i < root->child_count; i++) {
        if (strcmp(root->children[i]->key, "include") != 0) {
            rest->children[rest->child_count++] = root->children[i];
        }
    }
    hw_node_sort(&document->pool, rest);
    return rest;
}

/* Reads what a file includes, and notes what it says itself and what stands below it. */
static void take_apart(hw_document *document, reading_files *files, const hw_node *root,
                       const including *link, hw_layer_file *layer, hw_errors *errors) {
    const hw_node *include = hw_node_child(root, "include");
    if (include == NULL) {
        return;
    }
    bool list = include->kind == HW_NODE_LIST;
    uint32_t count = list ? include->child_count : 1;
    uint32_t *below = hw_pool_take(&document->pool, count, sizeof(*below));
    hw_position *named_at = hw_pool_take(&document->pool, count, sizeof(*named_at));
    for (uint32_t i = 0; i < count; i++) {
        const hw_node *path = list ? include->children[i] : include;
        below[layer->below_count] = include_one(document, files, path, link, errors);
        named_at[layer->below_count] = path->where;
        layer->below_count += below[layer->below_count] != UINT32_MAX;
    }
    layer->below = below;
    layer->named_at = named_at;
}

static uint32_t number_of(const reading_files *files, source_file source) {
    for (uint32_t i = 0; i < files->count; i++) {
        if (same_file(files->sources[i], source)) {
            return i;
        }
    }
    return UINT32_MAX;
}

static uint32_t add_file(reading_files *files, hw_layer_file layer, source_file source, const hw_node *own) {
    files->layers = hw_grow(files->layers, files->count, &files->layer_capacity, sizeof(*files->layers));
    files->sources = hw_grow(files->sources, files->count, &files->source_capacity, sizeof(*files->sources));
    files->own = hw_grow(files->own, files->count, &files->own_capacity, sizeof(const hw_node *));
    files->layers[files->count] = layer;
    files->sources[files->count] = source;
    files->own[files->count] = own;
    return (uint32_t)files->count++;
}

/* The number of a file, which is read with what it includes unless that was done before, under whatever name.
 * UINT32_MAX after an error. Numbers are given after those of what a file includes, so that errors come in
 * the order of the layers. */
static uint32_t read_layer(hw_document *document, reading_files *files, const char *path, const including *by,
                           hw_position asked_at, hw_errors *errors) {
    struct stat status;
    const char *problem = NULL;
    const char *name = lasting_name(path);
    int descriptor = open_file(name, &status, &problem);
    if (descriptor < 0) {
        hw_errors_add(errors, asked_at, "cannot read '%s': %s", name, problem);
        return UINT32_MAX;
    }
    including link = {.name = name,
                      .file = {.device = status.st_dev, .inode = status.st_ino, .included = by != NULL},
                      .by = by,
                      .depth = by == NULL ? 1 : by->depth + 1};
    const hw_node *node = NULL;
    uint32_t known = number_of(files, link.file);
    if (in_chain(by, link.file)) {
        hw_errors_add(errors, asked_at, "include cycle: %s", cycle_text(&document->pool, by, link.file));
    } else if (link.depth > INCLUDE_DEPTH_MOST) {
        hw_errors_add(errors, asked_at, "more than %d files include one another", INCLUDE_DEPTH_MOST);
    } else if (known == UINT32_MAX) {
        node = read_file(document, descriptor, (size_t)status.st_size, name, asked_at, errors);
    }
    close(descriptor);
    if (node == NULL) {
        return known;
    }
    hw_layer_file layer = {.name = name};
    take_apart(document, files, node, &link, &layer, errors);
    return add_file(files, layer, link.file, without_include(document, node));
}

/* ---- Layers ---- */

static void lay_known(hw_document *document, const hw_node *layer) {
    const hw_node *known = document->as_of == INT64_MAX
                               ? layer
                               : hw_known_part(&document->pool, layer, document->as_of, &document->left_out);
    document->root = hw_layers_merge(&document->pool, document->root, known);
}

/* A layer over all others. When it says another day of `as_of`, what was known is judged anew. */
static void lay_over(hw_document *document, const hw_node *layer) {
    document->layers =
        hw_grow(document->layers, document->layer_count, &document->layer_capacity, sizeof(const hw_node *));
    document->layers[document->layer_count++] = layer;
    int64_t as_of;
    if (!hw_says_as_of(layer, &as_of)) {
        lay_known(document, layer);
        return;
    }
    document->as_of = as_of;
    document->root = NULL;
    document->left_out.count = 0;
    for (size_t i = 0; i < document->layer_count; i++) {
        lay_known(document, document->layers[i]);
    }
}

/* The files, each over those below it. */
static void lay(hw_document *document, const reading_files *files, uint32_t top, uint32_t before,
                hw_errors *errors) {
    uint32_t *order = hw_pool_take(&document->pool, files->count, sizeof(*order));
    uint32_t count = (uint32_t)files->count;
    hw_status status =
        errors->count > before ? HW_ERROR_INPUT : hw_layer_order(files->layers, count, top, order, errors);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = status == HW_OK ? order[i] : i;
        if (number == top) {
            continue;
        }
        if (files->own[number] != NULL) {
            lay_over(document, files->own[number]);
        }
        remember_file(document, files->layers[number].name, files->sources[number]);
    }
}

/* ---- Public ---- */

/* The document when nothing was added to `errors` since there were `before`, otherwise NULL. */
static hw_document *finish(hw_document *document, uint32_t before, hw_errors *errors) {
    if (errors->count == before && document->root != NULL) {
        return document;
    }
    hw_document_check(document, errors);
    hw_document_free(document);
    return NULL;
}

hw_document *hw_document_load(const char *path, hw_errors *errors) {
    return hw_document_load_layers(&path, 1, errors);
}

hw_document *hw_document_load_layers(const char *const *paths, size_t count, hw_errors *errors) {
    hw_document *document = new_document();
    if (document == NULL) {
        hw_errors_say(errors, "not enough memory to read '%s'", paths[0]);
        return NULL;
    }
    uint32_t before = errors->count;
    reading_files files = {0};
    uint32_t *below = hw_pool_take(&document->pool, count, sizeof(*below));
    hw_layer_file call = {.below = below,
                          .named_at = hw_pool_take(&document->pool, count, sizeof(*call.named_at))};
    for (size_t i = 0; i < count; i++) {
        uint32_t number = read_layer(document, &files, paths[i], NULL, (hw_position){0}, errors);
        below[call.below_count] = number;
        call.below_count += number != UINT32_MAX;
    }
    lay(document, &files, add_file(&files, call, (source_file){0}, NULL), before, errors);
    free(files.layers);
    free(files.sources);
    free(files.own);
    return finish(document, before, errors);
}

hw_document *hw_document_parse(const char *text, const char *name, hw_errors *errors) {
    hw_document *document = new_document();
    if (document == NULL) {
        hw_errors_say(errors, "not enough memory to read '%s'", name);
        return NULL;
    }
    uint32_t before = errors->count;
    hw_reading reading = {.file = lasting_name(name),
                          .pool = &document->pool,
                          .nodes_left = &document->nodes_left,
                          .mistakes = &document->mistakes,
                          .errors = errors};
    remember_file(document, reading.file, (source_file){0});
    hw_node *root = hw_read_text(&reading, text, strlen(text));
    if (root != NULL && root->kind != HW_NODE_MAPPING) {
        hw_errors_add(errors, root->where,
                      "expected keys and values at the top of a file, such as 'title: Bread'");
    } else if (root != NULL && hw_node_child(root, "include") != NULL) {
        hw_errors_add(errors, hw_node_child(root, "include")->key_where,
                      "'include' is possible in files only, not in a text in memory");
    } else if (root != NULL) {
        lay_over(document, root);
    }
    return finish(document, before, errors);
}

/* A mapping of one key, as if a file said "key: value". */
static hw_node *wrap(hw_pool *pool, const char *key, hw_node *value, hw_position where) {
    hw_node *mapping = hw_pool_take(pool, 1, sizeof(*mapping));
    value->key = key;
    value->key_where = where;
    value->parent = mapping;
    mapping->kind = HW_NODE_MAPPING;
    mapping->where = where;
    mapping->children = hw_pool_take(pool, 1, sizeof(hw_node *));
    mapping->children[0] = value;
    mapping->child_count = 1;
    hw_node_sort(pool, mapping);
    return mapping;
}

/* The names of a path, outermost first; their count, or 0 after an error. */
static uint32_t split_path(hw_pool *pool, const char *path, const char *names[HW_DEPTH_MOST],
                           hw_position where, hw_errors *errors) {
    const char *rest = path;
    const char *problem = NULL;
    uint32_t count = 0;
    for (const char *name; (name = hw_path_next(pool, &rest, &problem)) != NULL;) {
        if (count == HW_DEPTH_MOST || strlen(name) > HW_KEY_BYTES_MOST) {
            problem = "it is too long";
            break;
        }
        names[count++] = name;
    }
    if (problem == NULL && count == 0) {
        problem = "it is empty";
    } else if (problem == NULL && strcmp(names[0], "include") == 0) {
        problem = "'include' is possible in files only";
    }
    if (problem != NULL) {
        hw_errors_add(errors, where, "cannot set '%s': %s", path, problem);
        return 0;
    }
    return count;
}

/* A dated series has one entry for a day, whether its key says "2026" or "2026-01-01": a path that says the
 * other means the same entry. */
static const char *key_of_day(const hw_node *mapping, const char *name) {
    int64_t sought;
    int64_t day;
    const char *found = name;
    if (hw_node_child(mapping, name) != NULL || !hw_read_series_day(name, &sought)) {
        return name;
    }
    for (uint32_t i = 0; i < mapping->child_count; i++) {
        const char *key = mapping->children[i]->key;
        if (hw_is_mark(key)) {
            continue;
        }
        if (!hw_read_series_day(key, &day)) {
            return name; /* not a series */
        }
        found = day == sought ? key : found;
    }
    return found;
}

static void use_keys_of_days(const hw_node *root, const char *names[], uint32_t count) {
    for (uint32_t i = 0; i < count && root != NULL && root->kind == HW_NODE_MAPPING; i++) {
        names[i] = key_of_day(root, names[i]);
        root = hw_node_child(root, names[i]);
    }
}

hw_status hw_document_set(hw_document *document, const char *path, const char *yaml, const char *origin,
                          hw_errors *errors) {
    hw_remarks mistakes = {0};
    hw_reading reading = {.file = lasting_name(origin),
                          .pool = &document->pool,
                          .nodes_left = &document->nodes_left,
                          .mistakes = &mistakes,
                          .errors = errors};
    uint32_t before = errors->count;
    hw_position where = {.file = reading.file, .line = 1, .column = 1};
    const char *names[HW_DEPTH_MOST];
    uint32_t count = split_path(&document->pool, path, names, where, errors);
    hw_node *node = hw_read_text(&reading, yaml, strlen(yaml));
    hw_remarks_report(&mistakes, &reading.file, 1, errors);
    hw_remarks_free(&mistakes);
    if (errors->count != before) {
        return HW_ERROR_INPUT;
    }
    use_keys_of_days(document->root, names, count);
    for (uint32_t i = count; i > 0; i--) {
        node = wrap(&document->pool, names[i - 1], node, where);
    }
    lay_over(document, node);
    if (document->names[document->count - 1] != reading.file) {
        remember_file(document, reading.file, (source_file){0});
    }
    return HW_OK;
}

hw_status hw_document_graft(hw_document *document, const char *path, hw_position named_at,
                            const hw_node *node, hw_errors *errors) {
    const char *names[HW_DEPTH_MOST];
    uint32_t count = split_path(&document->pool, path, names, named_at, errors);
    if (count == 0) {
        return HW_ERROR_INPUT;
    }
    hw_node *layer = hw_pool_take(&document->pool, 1, sizeof(*layer));
    *layer = *node;
    use_keys_of_days(document->root, names, count);
    for (uint32_t i = count; i > 0; i--) {
        layer = wrap(&document->pool, names[i - 1], layer, named_at);
    }
    lay_over(document, layer);
    const char *file = node->where.file;
    if (file != NULL && document->names[document->count - 1] != file) {
        remember_file(document, file, (source_file){0});
    }
    return HW_OK;
}

hw_document *hw_document_over(const hw_document *base) {
    hw_document *document = new_document();
    if (document == NULL) {
        return NULL;
    }
    hw_remarks_join(&document->mistakes, &base->mistakes);
    for (size_t i = 0; i < base->count; i++) {
        remember_file(document, base->names[i], base->files[i]);
    }
    for (size_t i = 0; i < base->layer_count; i++) {
        document->layers = hw_grow(document->layers, i, &document->layer_capacity, sizeof(const hw_node *));
        document->layers[document->layer_count++] = base->layers[i];
    }
    for (size_t i = 0; i < base->left_out.count; i++) {
        hw_left_out_list *list = &document->left_out;
        list->items = hw_grow(list->items, i, &list->capacity, sizeof(*list->items));
        list->items[list->count++] = base->left_out.items[i];
    }
    document->nodes_left = base->nodes_left;
    document->as_of = base->as_of;
    document->root = base->root;
    return document;
}

hw_status hw_document_check(const hw_document *document, hw_errors *errors) {
    hw_remarks copy = {0};
    hw_remarks_join(&copy, &document->mistakes);
    hw_remarks_report(&copy, document->names, document->count, errors);
    hw_remarks_free(&copy);
    return document->mistakes.count == 0 ? HW_OK : HW_ERROR_INPUT;
}

const hw_remarks *hw_document_mistakes(const hw_document *document) {
    return &document->mistakes;
}

bool hw_document_includes(const hw_document *document, const char *file) {
    for (size_t i = 0; i < document->count; i++) {
        if (document->names[i] == file) {
            return document->files[i].included;
        }
    }
    return false;
}

bool hw_document_as_of(const hw_document *document, int64_t *day) {
    *day = document->as_of;
    return document->as_of != INT64_MAX;
}

const hw_left_out_list *hw_document_left_out(const hw_document *document) {
    return &document->left_out;
}

const hw_node *const *hw_document_layers(const hw_document *document, size_t *count) {
    *count = document->layer_count;
    return document->layers;
}

const hw_node *hw_document_root(const hw_document *document) {
    return document->root;
}

const hw_node *hw_node_child(const hw_node *mapping, const char *key) {
    uint32_t low = 0;
    uint32_t high = mapping->child_count;
    while (low < high) { /* the first that is not before `key` */
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(mapping->sorted[middle]->key, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < mapping->child_count && strcmp(mapping->sorted[low]->key, key) == 0;
    return found ? mapping->sorted[low] : NULL;
}

const char *const *hw_document_files(const hw_document *document, size_t *count) {
    *count = document->count;
    return document->names;
}

void hw_document_free(hw_document *document) {
    if (document == NULL) {
        return;
    }
    hw_remarks_free(&document->mistakes);
    hw_pool_free(&document->pool);
    free(document->names);
    free(document->files);
    free(document->layers);
    free(document->left_out.items);
    free(document);
}

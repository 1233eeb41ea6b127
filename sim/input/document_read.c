/* Reads a YAML file and all that it includes. */
#include "sim/input/document.h"

#include "sim/input/document_parts.h"
#include "sim/input/layer_order.h"
#include "sim/input/reader.h"
#include "sim/ordinary_file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_BYTES_MOST = 64 << 20, INCLUDE_DEPTH_MOST = 64 };

/* A file that is being read, and the one that includes it. */
typedef struct including {
    const char *name;
    hw_source_file file;
    const struct including *by;
    uint32_t depth;
} including;

static bool same_file(hw_source_file a, hw_source_file b) {
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
    hw_source_file *sources;
    const hw_node **own; /* what each says itself, without its includes; NULL after an error */
    size_t count, layer_capacity, source_capacity, own_capacity;
} reading_files;

static uint32_t read_layer(hw_document *document, reading_files *files, const char *path, const including *by,
                           hw_position asked_at, hw_errors *errors);

/* "a.yaml includes b.yaml includes a.yaml" */
static const char *cycle_text(hw_pool *pool, const including *chain, hw_source_file file) {
    const char *text = chain->name;
    const including *link = chain;
    while (!same_file(link->file, file)) {
        link = link->by;
        text = hw_pool_print(pool, "%s includes %s", link->name, text);
    }
    return hw_pool_print(pool, "%s includes %s", text, link->name);
}

static bool in_chain(const including *chain, hw_source_file file) {
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

static uint32_t number_of(const reading_files *files, hw_source_file source) {
    for (uint32_t i = 0; i < files->count; i++) {
        if (same_file(files->sources[i], source)) {
            return i;
        }
    }
    return UINT32_MAX;
}

static uint32_t add_file(reading_files *files, hw_layer_file layer, hw_source_file source,
                         const hw_node *own) {
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
    const char *name = hw_document_lasting_name(path);
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
            hw_document_lay_over(document, files->own[number]);
        }
        hw_document_add_file(document, files->layers[number].name, files->sources[number]);
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
    hw_document *document = hw_document_new();
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
    lay(document, &files, add_file(&files, call, (hw_source_file){0}, NULL), before, errors);
    free(files.layers);
    free(files.sources);
    free(files.own);
    return finish(document, before, errors);
}

hw_document *hw_document_parse(const char *text, const char *name, hw_errors *errors) {
    hw_document *document = hw_document_new();
    if (document == NULL) {
        hw_errors_say(errors, "not enough memory to read '%s'", name);
        return NULL;
    }
    uint32_t before = errors->count;
    hw_reading reading = {.file = hw_document_lasting_name(name),
                          .pool = &document->pool,
                          .nodes_left = &document->nodes_left,
                          .mistakes = &document->mistakes,
                          .errors = errors};
    hw_document_add_file(document, reading.file, (hw_source_file){0});
    hw_node *root = hw_read_text(&reading, text, strlen(text));
    if (root != NULL && root->kind != HW_NODE_MAPPING) {
        hw_errors_add(errors, root->where,
                      "expected keys and values at the top of a file, such as 'title: Bread'");
    } else if (root != NULL && hw_node_child(root, "include") != NULL) {
        hw_errors_add(errors, hw_node_child(root, "include")->key_where,
                      "'include' is possible in files only, not in a text in memory");
    } else if (root != NULL) {
        hw_document_lay_over(document, root);
    }
    return finish(document, before, errors);
}

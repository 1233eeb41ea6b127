/* The parts of a document, shared by the files that read it and lay its layers. */
#ifndef HW_SIM_INPUT_DOCUMENT_PARTS_H
#define HW_SIM_INPUT_DOCUMENT_PARTS_H

#include "sim/input/document.h"
#include "sim/input/known.h"
#include "sim/input/pool.h"
#include "sim/input/remarks.h"
#include <sys/stat.h>

typedef struct hw_source_file {
    dev_t device;
    ino_t inode;
    bool included;
    bool asked; /* no file: laid over what was read */
} hw_source_file;

struct hw_document {
    hw_pool pool;
    hw_remarks mistakes;
    uint32_t nodes_left;
    const char **names; /* of the files, in the order of reading */
    hw_source_file *files;
    size_t count, name_capacity, file_capacity;
    const hw_node **layers; /* the lowest first */
    size_t layer_count, layer_capacity;
    int64_t as_of; /* INT64_MAX: not said */
    hw_left_out_list left_out;
    const hw_node *root; /* the layers over one another, as far as they were known */
};

/* NULL without memory. */
hw_document *hw_document_new(void);

/* A name that lasts as long as the process, since errors outlive the document that they are about. */
const char *hw_document_lasting_name(const char *name);

void hw_document_add_file(hw_document *document, const char *name, hw_source_file file);

/* A layer over all others. When it says another day of `as_of`, what was known is judged anew. */
void hw_document_lay_over(hw_document *document, const hw_node *layer);

#endif

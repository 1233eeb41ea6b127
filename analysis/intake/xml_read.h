/* XML read piece by piece, by expat, from whoever: a file of any size in little memory.
 *
 * Refused, with line and column: whatever is not well formed, a document type (so there are no entities,
 * neither of the file nor of other files), elements nested too deep, tags that are too long or have too many
 * attributes, and encodings that are not UTF-8, UTF-16, ISO-8859-1 or ASCII. */
#ifndef HW_ANALYSIS_XML_READ_H
#define HW_ANALYSIS_XML_READ_H

#include "sim/error.h"
#include <stddef.h>

enum { HW_XML_DEPTH_MOST = 32, HW_XML_ATTRIBUTES_MOST = 64, HW_XML_TOKEN_BYTES_MOST = 1 << 20 };

typedef struct hw_xml hw_xml;

/* What is done with what is read. Texts hold until the call returns. */
typedef struct hw_xml_handlers {
    /* `attributes`: name, value, name, value, ..., NULL. */
    void (*begin)(void *context, hw_xml *xml, const char *name, const char **attributes);
    /* A piece of text, without a zero at its end; one text may come in several pieces. */
    void (*text)(void *context, hw_xml *xml, const char *piece, size_t bytes);
    void (*end)(void *context, hw_xml *xml, const char *name);
} hw_xml_handlers;

/* HW_ERROR_INPUT when it cannot be read or is refused; what was handed on before is then part of nothing. */
hw_status hw_xml_read(const char *path, const hw_xml_handlers *handlers, void *context, hw_errors *errors);

/* Where the reader is, from a handler. The path must outlive what uses it. */
hw_position hw_xml_where(const hw_xml *xml);

/* Ends the reading with an error at this place: no handler is called any more. */
void hw_xml_refuse(hw_xml *xml, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The value of an attribute, or NULL. */
const char *hw_xml_attribute(const char *const *attributes, const char *name);

#endif

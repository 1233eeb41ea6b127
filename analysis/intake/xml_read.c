/* Reads XML by expat, with limits on all that a file could make large. */
#include "analysis/intake/xml_read.h"
#include "sim/input/pool.h"
#include "sim/ordinary_file.h"
#include <errno.h>
#include <expat.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 1 << 16 };

struct hw_xml {
    XML_Parser parser;
    const hw_xml_handlers *handlers;
    void *context;
    const char *path;
    hw_errors *errors;
    uint32_t depth;
    int64_t heard; /* the byte at which the last token began */
    bool refused;
};

hw_position hw_xml_where(const hw_xml *xml) {
    unsigned long line = XML_GetCurrentLineNumber(xml->parser),
                  column = XML_GetCurrentColumnNumber(xml->parser) + 1;
    return (hw_position){.file = xml->path,
                         .line = line < UINT32_MAX ? (uint32_t)line : UINT32_MAX,
                         .column = column < UINT32_MAX ? (uint32_t)column : UINT32_MAX};
}

void hw_xml_refuse(hw_xml *xml, const char *format, ...) {
    if (xml->refused) {
        return;
    }
    va_list words;
    va_start(words, format);
    char *message = hw_format(format, words);
    va_end(words);
    hw_errors_add(xml->errors, hw_xml_where(xml), "%s", message);
    free(message);
    xml->refused = true;
    (void)XML_StopParser(xml->parser, XML_FALSE);
}

const char *hw_xml_attribute(const char *const *attributes, const char *name) {
    for (; *attributes != NULL; attributes += 2) {
        if (strcmp(*attributes, name) == 0) {
            return attributes[1];
        }
    }
    return NULL;
}

/* ---- What expat calls ---- */

static void hear(hw_xml *xml) {
    xml->heard = XML_GetCurrentByteIndex(xml->parser);
}

static void begin(void *data, const char *name, const char **attributes) {
    hw_xml *xml = data;
    hear(xml);
    if (xml->refused) {
        return;
    }
    if (++xml->depth > HW_XML_DEPTH_MOST) {
        hw_xml_refuse(xml, "elements are nested more than %d deep", HW_XML_DEPTH_MOST);
        return;
    }
    if (XML_GetSpecifiedAttributeCount(xml->parser) > 2 * HW_XML_ATTRIBUTES_MOST) {
        hw_xml_refuse(xml, "this element has more than %d attributes", HW_XML_ATTRIBUTES_MOST);
        return;
    }
    xml->handlers->begin(xml->context, xml, name, attributes);
}

static void end(void *data, const char *name) {
    hw_xml *xml = data;
    hear(xml);
    if (!xml->refused) {
        xml->handlers->end(xml->context, xml, name);
        xml->depth--;
    }
}

static void text(void *data, const char *piece, int bytes) {
    hw_xml *xml = data;
    hear(xml);
    if (!xml->refused) {
        xml->handlers->text(xml->context, xml, piece, (size_t)bytes);
    }
}

static void comment(void *data, const char *words) {
    (void)words;
    hear(data);
}

static void instruction(void *data, const char *target, const char *words) {
    (void)target;
    (void)words;
    hear(data);
}

static void document_type(void *data, const char *name, const char *system, const char *public,
                          int internal) {
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    hw_xml_refuse(data,
                  "a document type (<!DOCTYPE ...>) is refused: with it a file can bring in other files, "
                  "or grow without end");
}

/* Never reached, since a document type comes before any entity; should expat ever change its mind. */
static int other_file(XML_Parser parser, const char *context, const char *base, const char *system,
                      const char *public) {
    (void)parser;
    (void)context;
    (void)base;
    (void)system;
    (void)public;
    return XML_STATUS_ERROR;
}

/* ---- The loop ---- */

static void tell_expat_error(hw_xml *xml, bool at_end) {
    enum XML_Error code = XML_GetErrorCode(xml->parser);
    if (xml->refused) {
        return;
    }
    if (code == XML_ERROR_NO_MEMORY) {
        hw_errors_add(xml->errors, hw_xml_where(xml), "this piece needs more memory than there is");
        return;
    }
    const char *cut = at_end && (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
                                 code == XML_ERROR_PARTIAL_CHAR || code == XML_ERROR_UNCLOSED_CDATA_SECTION)
                          ? "; the file seems to be cut short"
                          : "";
    hw_errors_add(xml->errors, hw_xml_where(xml), "this is no well-formed XML: %s%s", XML_ErrorString(code),
                  cut);
}

static void read_pieces(hw_xml *xml, FILE *file) {
    int64_t fed = 0;
    for (bool more = true; more && !xml->refused;) {
        void *piece = XML_GetBuffer(xml->parser, PIECE_BYTES);
        size_t bytes = piece != NULL ? fread(piece, 1, PIECE_BYTES, file) : 0;
        more = bytes == PIECE_BYTES;
        if (piece != NULL && ferror(file)) {
            hw_errors_say(xml->errors, "cannot read '%s': %s", xml->path, strerror(errno));
            return;
        }
        if (piece == NULL || XML_ParseBuffer(xml->parser, (int)bytes, !more) != XML_STATUS_OK) {
            tell_expat_error(xml, !more);
            return;
        }
        fed += (int64_t)bytes;
        if (fed - xml->heard > HW_XML_TOKEN_BYTES_MOST + PIECE_BYTES) {
            hw_xml_refuse(xml, "a tag or a comment is longer than %d bytes", HW_XML_TOKEN_BYTES_MOST);
        }
    }
}

hw_status hw_xml_read(const char *path, const hw_xml_handlers *handlers, void *context, hw_errors *errors) {
    const char *problem = NULL;
    uint32_t before = errors->count;
    FILE *file = hw_ordinary_stream(path, &problem);
    if (file == NULL) {
        hw_errors_say(errors, "cannot read '%s': %s", path, problem != NULL ? problem : strerror(errno));
        return HW_ERROR_INPUT;
    }
    hw_xml xml = {.parser = XML_ParserCreate(NULL),
                  .handlers = handlers,
                  .context = context,
                  .path = path,
                  .errors = errors};
    if (xml.parser == NULL) {
        hw_errors_say(errors, "no memory to read '%s'", path);
        fclose(file);
        return HW_ERROR_MEMORY;
    }
    XML_SetUserData(xml.parser, &xml);
    XML_SetElementHandler(xml.parser, begin, end);
    XML_SetCharacterDataHandler(xml.parser, text);
    XML_SetCommentHandler(xml.parser, comment);
    XML_SetProcessingInstructionHandler(xml.parser, instruction);
    XML_SetStartDoctypeDeclHandler(xml.parser, document_type);
    XML_SetExternalEntityRefHandler(xml.parser, other_file);
    (void)XML_SetParamEntityParsing(xml.parser, XML_PARAM_ENTITY_PARSING_NEVER);
    read_pieces(&xml, file);
    XML_ParserFree(xml.parser);
    fclose(file);
    return errors->count > before ? HW_ERROR_INPUT : HW_OK;
}

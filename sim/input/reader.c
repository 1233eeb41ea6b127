/* Builds the tree of nodes from libyaml's events, and refuses what scenarios do not need. */
#include "sim/input/reader.h"

#include "sim/date.h"
#include "sim/input/known.h"
#include "sim/length.h"
#include "sim/visible.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

typedef struct text_reader {
    const hw_reading *reading;
    yaml_parser_t parser;
    const char *text;
    size_t size;
    const char *line; /* the beginning of the line with number line_number, counted from 0 */
    size_t line_number;
    hw_node **open; /* children of the collections that are still open, innermost last */
    size_t open_count, open_capacity;
} text_reader;

static hw_node *read_node(text_reader *reader, const yaml_event_t *event, uint32_t depth);

bool hw_is_mark(const char *key) {
    return strcmp(key, "source") == 0 || strcmp(key, "assumed") == 0 || strcmp(key, "note") == 0 ||
           strcmp(key, "known_by") == 0;
}

int hw_yes_or_no(const char *text) {
    if (strcmp(text, "yes") == 0 || strcmp(text, "true") == 0) {
        return 1;
    }
    return strcmp(text, "no") == 0 || strcmp(text, "false") == 0 ? 0 : -1;
}

char *hw_quote(const char *text, char buffer[HW_QUOTE_BYTES]) {
    size_t length = strlen(text);
    bool cut = length >= HW_QUOTE_BYTES;
    if (cut) {
        length = HW_QUOTE_BYTES - 4;
        while (length > 0 && ((unsigned char)text[length] & 0xC0U) == 0x80U) {
            length--; /* not inside a UTF-8 character */
        }
    }
    memcpy(buffer, text, length);
    buffer[length] = '\0';
    if (cut) {
        memcpy(buffer + length, "...", 4);
    }
    for (char *c = buffer; *c != '\0'; c++) {
        if (*c == '\n' || *c == '\t') {
            *c = ' ';
        }
    }
    return buffer;
}

static hw_position position(const text_reader *reader, yaml_mark_t mark) {
    return (hw_position){
        .file = reader->reading->file, .line = (uint32_t)mark.line + 1, .column = (uint32_t)mark.column + 1};
}

/* ---- Characters ---- */

static bool is_control(uint32_t code) {
    if (code == '\n' || code == '\t') {
        return false;
    }
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
           code == 0xFFFE || code == 0xFFFF;
}

/* False after adding an error for the first character that cannot be in a scenario. */
static bool check_characters(const hw_reading *reading, const char *text, size_t size) {
    hw_position where = {.file = reading->file, .line = 1, .column = 1};
    for (size_t at = 0; at < size;) {
        uint32_t code = 0;
        size_t length = hw_utf8_decode((const unsigned char *)text + at, size - at, &code);
        if (length == 0) {
            hw_errors_add(reading->errors, where, "not UTF-8 text (byte 0x%02X); save the file as UTF-8",
                          (unsigned)(unsigned char)text[at]);
            return false;
        }
        bool line_end = code == '\n' || code == '\r';
        if (!line_end && is_control(code)) {
            hw_errors_add(reading->errors, where, "control character U+%04X cannot stand in a scenario",
                          (unsigned)code);
            return false;
        }
        at += length;
        if (code == '\n' || (code == '\r' && (at == size || text[at] != '\n'))) {
            where.line++;
            where.column = 1;
        } else {
            where.column++;
        }
    }
    return true;
}

/* "Field #1: {...}": to YAML the key ends before " #", and the rest is a comment. */
static bool is_cut_key(const char *line, const char *end) {
    while (line < end && *line == ' ') {
        line++;
    }
    while (line + 1 < end && *line != '\n' && *line != ':' && !(*line == ' ' && line[1] == '#')) {
        line++;
    }
    const char *stop = line < end ? memchr(line, '\n', (size_t)(end - line)) : NULL;
    stop = stop != NULL ? stop : end;
    return line + 1 < stop && *line == ' ' && line[1] == '#' &&
           memchr(line, ':', (size_t)(stop - line)) != NULL;
}

static const char *line_of(const text_reader *reader, size_t number) {
    const char *line = reader->text;
    const char *end = reader->text + reader->size;
    while (number > 0 && line < end) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        line = next != NULL ? next + 1 : end;
        number--;
    }
    return line;
}

/* The character at a position that libyaml complains about, to say more than libyaml does. */
static char character_at(const text_reader *reader, yaml_mark_t mark) {
    const char *c = reader->text;
    const char *end = reader->text + reader->size;
    for (size_t line = 0; c < end && line < mark.line; c++) {
        line += *c == '\n';
    }
    for (size_t column = 0; c < end && column < mark.column; column++) {
        c++;
    }
    return c < end ? *c : '\0';
}

/* ---- Events ---- */

/* The line that may have been cut by a comment: libyaml complains there, or where it notices. */
static size_t cut_line_before(const text_reader *reader, const yaml_parser_t *parser) {
    const char *end = reader->text + reader->size;
    size_t seen = parser->problem_mark.line;
    size_t lines[] = {seen, parser->context_mark.line, seen > 0 ? seen - 1 : 0};
    for (size_t i = 0; i < HW_LENGTH(lines); i++) {
        if (is_cut_key(line_of(reader, lines[i]), end)) {
            return lines[i];
        }
    }
    return seen;
}

static void add_syntax_error(const text_reader *reader) {
    const yaml_parser_t *parser = &reader->parser;
    const char *problem = parser->problem != NULL ? parser->problem : "it cannot be read";
    const char *context = parser->context != NULL ? parser->context : "";
    const char *hint = "";
    if (character_at(reader, parser->problem_mark) == '\t') {
        hint = "; indent with blanks, not with tabs";
    } else if (strstr(problem, "mapping values are not allowed") != NULL) {
        hint = "; put text that has a colon in quotes, and check the indentation";
    }
    const char *end = reader->text + reader->size;
    size_t cut = cut_line_before(reader, parser);
    if (is_cut_key(line_of(reader, cut), end)) {
        hw_position where = {.file = reader->reading->file, .line = (uint32_t)cut + 1, .column = 1};
        hw_errors_add(reader->reading->errors, where, "not valid YAML: " HW_CUT_BY_COMMENT);
        return;
    }
    hw_errors_add(reader->reading->errors, position(reader, parser->problem_mark), "not valid YAML: %s%s%s%s",
                  context, *context != '\0' ? ", " : "", problem, hint);
}

static bool next_event(text_reader *reader, yaml_event_t *event) {
    if (yaml_parser_parse(&reader->parser, event)) {
        return true;
    }
    add_syntax_error(reader);
    return false;
}

static hw_node *new_node(text_reader *reader, const yaml_event_t *event, hw_node_kind kind) {
    const hw_reading *reading = reader->reading;
    if (*reading->nodes_left == 0) {
        hw_errors_add(reading->errors, position(reader, event->start_mark),
                      "the scenario is too large: more than %d keys and values", HW_NODES_MOST);
        return NULL;
    }
    --*reading->nodes_left;
    hw_node *node = hw_pool_take(reading->pool, 1, sizeof(*node));
    node->kind = kind;
    node->where = position(reader, event->start_mark);
    return node;
}

static void check_properties(const text_reader *reader, const yaml_event_t *event, const yaml_char_t *anchor,
                             const yaml_char_t *tag) {
    hw_position where = position(reader, event->start_mark);
    char quoted[HW_QUOTE_BYTES];
    if (anchor != NULL) {
        hw_remarks_add(reader->reading->mistakes, where,
                       "anchor '&%s': anchors and aliases are not used here",
                       hw_quote((const char *)anchor, quoted));
    }
    if (tag != NULL) {
        hw_remarks_add(reader->reading->mistakes, where, "tag '%s': tags are not used here",
                       hw_quote((const char *)tag, quoted));
    }
}

/* Escapes such as "\0" can write into a scalar what could not stand in the file. */
static bool is_clean(const char *text, size_t length) {
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        size_t bytes = hw_utf8_decode((const unsigned char *)text + at, length - at, &code);
        if (bytes == 0 || is_control(code)) {
            return false;
        }
        at += bytes;
    }
    return true;
}

/* The line of a position; positions come in the order of the text. "" past its end. */
static const char *line_at(text_reader *reader, size_t number) {
    const char *end = reader->text + reader->size;
    while (reader->line_number < number && reader->line < end) {
        const char *next = memchr(reader->line, '\n', (size_t)(end - reader->line));
        reader->line = next != NULL ? next + 1 : end;
        reader->line_number++;
    }
    return reader->line;
}

/* Whether a plain text stands alone on its line and looks like a key that a comment cut. */
static bool looks_cut(text_reader *reader, const yaml_event_t *event) {
    yaml_mark_t start = event->start_mark;
    if (event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE || start.line != event->end_mark.line) {
        return false;
    }
    const char *line = line_at(reader, start.line);
    const char *end = reader->text + reader->size;
    size_t blanks = 0;
    while (line + blanks < end && line[blanks] == ' ') {
        blanks++;
    }
    return blanks == start.column && is_cut_key(line, end);
}

/* "name: Area #3": a comment that begins without a blank after its mark may have been meant as text. */
static bool looks_cut_short(text_reader *reader, const yaml_event_t *event) {
    yaml_mark_t start = event->start_mark;
    size_t length = event->data.scalar.length;
    if (event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE || start.line != event->end_mark.line ||
        length == 0) {
        return false;
    }
    const char *end = reader->text + reader->size;
    const char *line = line_at(reader, start.line);
    const char *stop = memchr(line, '\n', (size_t)(end - line));
    stop = stop != NULL ? stop : end;
    const char *text = (const char *)event->data.scalar.value;
    while (line + length < stop && memcmp(line, text, length) != 0) {
        line++;
    }
    const char *behind = line + length;
    while (behind < stop && *behind == ' ') {
        behind++;
    }
    return behind + 1 < stop && *behind == '#' && isalnum((unsigned char)behind[1]);
}

static hw_node *read_scalar(text_reader *reader, const yaml_event_t *event) {
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    check_properties(reader, event, event->data.scalar.anchor, event->data.scalar.tag);
    if (!is_clean(text, length)) {
        hw_errors_add(reader->reading->errors, position(reader, event->start_mark),
                      "control characters cannot stand in a text");
        return NULL;
    }
    hw_node *node = new_node(reader, event, HW_NODE_SCALAR);
    if (node != NULL) {
        node->text = hw_pool_copy(reader->reading->pool, text, length);
        node->cut = looks_cut(reader, event);
        node->cut_short = looks_cut_short(reader, event);
    }
    return node;
}

/* ---- Collections ---- */

static void push(text_reader *reader, hw_node *node) {
    reader->open = hw_grow(reader->open, reader->open_count, &reader->open_capacity, sizeof(hw_node *));
    reader->open[reader->open_count++] = node;
}

static void close_collection(text_reader *reader, hw_node *node, size_t first) {
    size_t count = reader->open_count - first;
    node->children = hw_pool_take(reader->reading->pool, count, sizeof(hw_node *));
    node->child_count = (uint32_t)count;
    if (count > 0) {
        memcpy(node->children, reader->open + first, count * sizeof(hw_node *));
    }
    for (size_t i = 0; i < count; i++) {
        node->children[i]->parent = node;
    }
    reader->open_count = first;
}

static int compare_keys(const void *left, const void *right) {
    const hw_node *a = *(hw_node *const *)left;
    const hw_node *b = *(hw_node *const *)right;
    int difference = strcmp(a->key, b->key);
    if (difference != 0) {
        return difference;
    }
    if (a->key_where.line != b->key_where.line) {
        return a->key_where.line < b->key_where.line ? -1 : 1;
    }
    return a->key_where.column < b->key_where.column ? -1 : a->key_where.column > b->key_where.column;
}

void hw_node_sort(hw_pool *pool, hw_node *mapping) {
    uint32_t count = mapping->child_count;
    mapping->sorted = hw_pool_take(pool, count, sizeof(hw_node *));
    if (count > 0) {
        memcpy(mapping->sorted, mapping->children, count * sizeof(hw_node *));
        qsort(mapping->sorted, count, sizeof(hw_node *), compare_keys);
    }
}

static void check_duplicates(const text_reader *reader, const hw_node *mapping) {
    char quoted[HW_QUOTE_BYTES];
    for (uint32_t i = 1; i < mapping->child_count; i++) {
        const hw_node *first = mapping->sorted[i - 1];
        const hw_node *second = mapping->sorted[i];
        if (strcmp(first->key, second->key) == 0) {
            hw_remarks_add(reader->reading->mistakes, second->key_where,
                           "'%s' is here a second time; the first is in line %u, column %u",
                           hw_quote(second->key, quoted), first->key_where.line, first->key_where.column);
        }
    }
}

static void check_day(const text_reader *reader, const hw_node *mark) {
    int64_t day;
    char quoted[HW_QUOTE_BYTES];
    bool text = mark->kind == HW_NODE_SCALAR && *mark->text != '\0';
    if (!text || !hw_known_day(mark->text, &day)) {
        hw_remarks_add(
            reader->reading->mistakes, mark->where,
            "'known_by': expected a date that exists, such as 2021-03-31, or 'asked', found %s%s%s",
            text ? "'" : "", text ? hw_quote(mark->text, quoted) : "no text", text ? "'" : "");
    }
}

static void check_marks(const text_reader *reader, const hw_node *mapping) {
    for (uint32_t i = 0; i < mapping->child_count; i++) {
        const hw_node *child = mapping->children[i];
        if (!hw_is_mark(child->key)) {
            continue;
        }
        bool text = child->kind == HW_NODE_SCALAR && *child->text != '\0';
        if (strcmp(child->key, "known_by") == 0) {
            check_day(reader, child);
        } else if (strcmp(child->key, "assumed") != 0) {
            if (!text) {
                hw_remarks_add(reader->reading->mistakes, child->where, "'%s': expected a text", child->key);
            }
        } else if (!text || hw_yes_or_no(child->text) < 0) {
            hw_remarks_add(reader->reading->mistakes, child->where,
                           "'assumed': expected yes or no; reasons go into 'note'");
        }
    }
}

static hw_node *read_list(text_reader *reader, const yaml_event_t *start, uint32_t depth) {
    check_properties(reader, start, start->data.sequence_start.anchor, start->data.sequence_start.tag);
    hw_node *list = new_node(reader, start, HW_NODE_LIST);
    size_t first = reader->open_count;
    while (list != NULL) {
        yaml_event_t event;
        if (!next_event(reader, &event)) {
            return NULL;
        }
        bool end = event.type == YAML_SEQUENCE_END_EVENT;
        hw_node *child = end ? NULL : read_node(reader, &event, depth + 1);
        yaml_event_delete(&event);
        if (end) {
            close_collection(reader, list, first);
            return list;
        }
        if (child == NULL) {
            return NULL;
        }
        push(reader, child);
    }
    return NULL;
}

/* The key as text, or NULL after an error. */
static const char *read_key(text_reader *reader, const yaml_event_t *event) {
    hw_position where = position(reader, event->start_mark);
    if (event->type != YAML_SCALAR_EVENT) {
        hw_errors_add(reader->reading->errors, where, "a key must be a plain text");
        return NULL;
    }
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    check_properties(reader, event, event->data.scalar.anchor, event->data.scalar.tag);
    if (length == 0 || length > HW_KEY_BYTES_MOST) {
        hw_errors_add(reader->reading->errors, where, "a key must have 1 to %d bytes", HW_KEY_BYTES_MOST);
        return NULL;
    }
    if (!is_clean(text, length) || memchr(text, '"', length) != NULL || memchr(text, '\n', length) != NULL ||
        memchr(text, '\t', length) != NULL) {
        hw_errors_add(reader->reading->errors, where,
                      "a key must not have double quotes, tabs, line breaks or control characters in it");
        return NULL;
    }
    return hw_pool_copy(reader->reading->pool, text, length);
}

/* The pair that starts with the event of its key; NULL after an error. */
static hw_node *read_pair(text_reader *reader, const yaml_event_t *key_event, uint32_t depth) {
    const char *key = read_key(reader, key_event);
    yaml_event_t event;
    if (key == NULL || !next_event(reader, &event)) {
        return NULL;
    }
    hw_node *value = read_node(reader, &event, depth + 1);
    yaml_event_delete(&event);
    if (value != NULL) {
        value->key = key;
        value->key_where = position(reader, key_event->start_mark);
    }
    return value;
}

static hw_node *read_mapping(text_reader *reader, const yaml_event_t *start, uint32_t depth) {
    check_properties(reader, start, start->data.mapping_start.anchor, start->data.mapping_start.tag);
    hw_node *mapping = new_node(reader, start, HW_NODE_MAPPING);
    size_t first = reader->open_count;
    while (mapping != NULL) {
        yaml_event_t event;
        if (!next_event(reader, &event)) {
            return NULL;
        }
        bool end = event.type == YAML_MAPPING_END_EVENT;
        hw_node *child = end ? NULL : read_pair(reader, &event, depth);
        yaml_event_delete(&event);
        if (end) {
            close_collection(reader, mapping, first);
            hw_node_sort(reader->reading->pool, mapping);
            check_duplicates(reader, mapping);
            check_marks(reader, mapping);
            return mapping;
        }
        if (child == NULL) {
            return NULL;
        }
        push(reader, child);
    }
    return NULL;
}

static hw_node *read_node(text_reader *reader, const yaml_event_t *event, uint32_t depth) {
    if (depth > HW_DEPTH_MOST) {
        hw_errors_add(reader->reading->errors, position(reader, event->start_mark),
                      "nested too deeply: more than %d levels", HW_DEPTH_MOST);
        return NULL;
    }
    char quoted[HW_QUOTE_BYTES];
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(reader, event);
    case YAML_SEQUENCE_START_EVENT:
        return read_list(reader, event, depth);
    case YAML_MAPPING_START_EVENT:
        return read_mapping(reader, event, depth);
    case YAML_ALIAS_EVENT:
        hw_errors_add(reader->reading->errors, position(reader, event->start_mark),
                      "alias '*%s': anchors and aliases are not used here; write the value out",
                      hw_quote((const char *)event->data.alias.anchor, quoted));
        return NULL;
    default:
        hw_errors_add(reader->reading->errors, position(reader, event->start_mark), "expected a value");
        return NULL;
    }
}

/* After the document's own node: its end, and then nothing but the end of the stream. */
static bool read_end(text_reader *reader) {
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event)) {
            return false;
        }
        yaml_event_type_t type = event.type;
        hw_position where = position(reader, event.start_mark);
        yaml_event_delete(&event);
        if (type == YAML_STREAM_END_EVENT) {
            return true;
        }
        if (type != YAML_DOCUMENT_END_EVENT) {
            hw_errors_add(reader->reading->errors, where,
                          "a second document starts here: expected only one in a file");
            return false;
        }
    }
}

static hw_node *read_stream(text_reader *reader) {
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event)) {
            return NULL;
        }
        if (event.type == YAML_STREAM_START_EVENT || event.type == YAML_DOCUMENT_START_EVENT) {
            yaml_event_delete(&event);
            continue;
        }
        hw_node *node = NULL;
        if (event.type == YAML_STREAM_END_EVENT) {
            hw_errors_add(reader->reading->errors, position(reader, event.start_mark),
                          "there is nothing in it: expected keys and values");
        } else {
            node = read_node(reader, &event, 1);
        }
        yaml_event_delete(&event);
        return node != NULL && read_end(reader) ? node : NULL;
    }
}

hw_node *hw_read_text(const hw_reading *reading, const char *text, size_t size) {
    static const char mark[] = "\xEF\xBB\xBF"; /* byte order mark: some editors write it */
    if (size >= 3 && memcmp(text, mark, 3) == 0) {
        text += 3;
        size -= 3;
    }
    if (!check_characters(reading, text, size)) {
        return NULL;
    }
    text_reader reader = {.reading = reading, .text = text, .size = size, .line = text};
    if (!yaml_parser_initialize(&reader.parser)) {
        hw_errors_add(reading->errors, (hw_position){.file = reading->file}, "not enough memory to read it");
        return NULL;
    }
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)text, size);
    hw_node *node = read_stream(&reader);
    yaml_parser_delete(&reader.parser);
    free(reader.open);
    return node;
}

/* From a document to typed parameters: fills the struct that a descriptor table describes.
 *
 * Everything is checked here, so that the run cannot fail on its input: unknown keys (with the nearest known
 * one), units, ranges, dates, references, distributions. All errors are collected before giving up. */
#ifndef HW_SIM_INPUT_BINDING_H
#define HW_SIM_INPUT_BINDING_H

#include "sim/input/document.h"
#include "sim/input/remarks.h"
#include "sim/input/units.h"
#include "sim/schema.h"
#include <stdio.h>

typedef struct hw_binding hw_binding;

/* Fills `out` (root->size bytes, zeroed by the caller) and keeps all memory it points to. NULL when any error
 * was added. The document must outlive the binding.
 *
 * `currencies` at the root (AZN: 0.588 USD) is read first, so that money can be written as "97.6 MAZN".
 * Any mapping may carry `source` and `assumed`: they hold for all values inside, in the same file, up to the
 * next mapping that carries one of them. A `note` is about the mapping that it stands in. */
hw_binding *hw_binding_create(const hw_section *root, const hw_document *document, void *out,
                              hw_errors *errors);
void hw_binding_free(hw_binding *binding);

/* What is right as it stands and yet odd, such as a date that cannot matter. Owned by the binding. */
const hw_remarks *hw_binding_warnings(const hw_binding *binding);

/* Whether a descriptor table is sound: names, ranges, choices, references, and every default read by the same
 * code as a file. An unsound one is a mistake of the program, not of its user: hw_binding_create prints these
 * errors and aborts. */
hw_status hw_schema_check(const hw_section *root, hw_errors *errors);

const hw_values *hw_binding_values(const hw_binding *binding);

/* The value id of a path ("places.Agdam city.population"), or UINT32_MAX. A name with a dot in it stands in
 * double quotes (places."St. X".population), an entry of a dated series under its day (budget.2021-01-01) or
 * the year whose first day it is (budget.2021). */
hw_value_id hw_binding_find(const hw_binding *binding, const char *path);

/* Whether anything reads the value at a path: not where a switch is off, another choice is made, or nothing
 * names the entry that it stands in; nor where there is no such value. */
bool hw_binding_reads(hw_binding *binding, const char *path);

/* Whether there is a section, a table, an entry of one or a value at a path as hw_path_canonical writes it.
 */
bool hw_binding_has(const hw_binding *binding, const char *path);

/* What money may be written in, besides USD. Owned by the binding. */
const hw_currencies *hw_binding_currencies(const hw_binding *binding);

/* The whole scenario with every default filled in, as YAML text in the canonical order of the tables and with
 * sources, all numbers as they were written; loading it again gives the same text. Owned by the binding. */
const char *hw_binding_resolved(const hw_binding *binding);

/* The same values as rows (value_rows.h), which are read without YAML. Owned by the binding. */
const char *hw_binding_rows(const hw_binding *binding);

/* SHA-256 of the resolved text in hexadecimal (64 characters). Owned by the binding. */
const char *hw_binding_digest(const hw_binding *binding);

/* For checks across keys that only the model knows: the position of a value or table item by path, e.g.
 * "hazard_areas.Agdam belt". File NULL when unknown. */
hw_position hw_binding_where(const hw_binding *binding, const char *path);

/* Reference of all keys under `root` (or only below `path` when not NULL): key, type, unit, default, range,
 * meaning, source. HW_ERROR_INPUT when there is no such path (nearest name in `errors`). */
hw_status hw_schema_print(FILE *out, const hw_section *root, const char *path, hw_errors *errors);

/* All values with their unit, source or *assumed*, grouped by section; returns the number of assumed ones. */
uint32_t hw_assumptions_print(FILE *out, const hw_binding *binding);

#endif

"""Tables of a file, as xarray opens it, beside the same tables as JSON."""
import re

import numpy

from shared.laws import law


def same(cell, value, units):
    """A cell of JSON and a value of xarray."""
    if cell is None:
        return value == "" or (not isinstance(value, str) and numpy.isnat(value) if isinstance(value, numpy.datetime64) else value == "" or numpy.isnan(value))
    if isinstance(cell, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        day = numpy.datetime64(cell)
        return value == day if isinstance(value, numpy.datetime64) else value == cell or (units == "date" and value == (day - numpy.datetime64("1970-01-01")).astype(int))
    if isinstance(cell, str) and cell.startswith("after "):
        return value == numpy.inf
    return value == cell if isinstance(cell, str) else abs(value - cell) <= 1e-9 * max(1, abs(cell))


def the_same_tables(data, answer, prefix=""):
    """Every cell of every table that has rows."""
    filled = {name: table for name, table in answer.items() if table["rows"]}
    law("it says what it holds", data.attrs["tables"].split("\n") == list(filled) and data.attrs["Conventions"] == "CF-1.8")
    for name, table in filled.items():
        short = name.removeprefix(prefix)
        law(f"{name}: a dimension with all rows and its title", data.sizes[short] == len(table["rows"]) and data[short].attrs["long_name"] == table["title"])
        for column in table["rows"][0]:
            values = data[f"{short}_{column}"].values
            for i, row in enumerate(table["rows"]):
                law(f"{name}, row {i}, {column}: {row[column]} is {values[i]}", same(row[column], values[i], row.get("units")))

"""The terminal, CSV and JSON of `homeward summary` say the same, and nothing is rounded into something else.

Arguments: the program, the source folder."""
import csv
import json
import pathlib
import re
import tempfile

from shared.laws import SOURCE, cell_text, end, homeward, law


def compare_csv(name, table, folder):
    with open(folder / f"{name}.csv", newline="", encoding="utf-8") as file:
        header, *rows = list(csv.reader(file))
    names = [re.sub(r" \[.*\]$", "", column) for column in header]
    units = {n: column[len(n) + 2:-1] for n, column in zip(names, header) if column != n}
    law(f"{name}: CSV and JSON have the same units", units == table["units"])
    law(f"{name}: CSV and JSON have as many rows", len(rows) == len(table["rows"]))
    for row, record in zip(rows, table["rows"]):
        if names != list(record) or row != [cell_text(cell) for cell in record.values()]:
            law(f"{name}: CSV row {row} is JSON row {record}", False)
            return


def blocks(text):
    """The tables on the terminal: title -> lines below it (blocks of a wide table after one another)."""
    found, title = {}, None
    for paragraph in text.split("\n\n"):
        lines = paragraph.strip("\n").split("\n")
        if not lines[0].startswith(" "):
            title = lines[0]
            found[title] = []
            lines = lines[1:]
        found[title] += lines
    return found


def shown(cell, decimals):
    if cell is None:
        return "-"
    return f"{cell:,.{decimals}f}".replace("-0.0", "0.0") if not isinstance(cell, str) else cell


def with_error(row, name, decimals):
    """As the terminal puts it: the value, and ±error where the value is known."""
    value, error = row[name], row[name + "_error"]
    text = shown(value, decimals)
    if value is None or text.startswith("after"):
        return text
    if error is None:
        return text + " ±?"
    smallest = 10 ** -decimals
    return text + " ±" + (f"<{smallest:.{decimals}f}" if 0 < error < smallest / 2 else shown(error, decimals))


def line_of(lines, label):
    """All that is said of a label, blanks made even."""
    said = [line.strip()[len(label):] for line in lines if line.strip() == label or line.strip().startswith(label + "  ")]
    return re.sub(r" +", " ", re.sub(r" +±", " ±", " ".join(said))).strip()


def compare_list(tables, printed, name, label, columns):
    table = tables[name]
    lines = printed[table["title"]]
    for row in table["rows"]:
        expected = " ".join(with_error(row, column, decimals) for column, decimals in columns)
        said = line_of(lines, cell_text(row[label]))
        law(f"{name}, {row[label]}: the terminal says '{said}', the files '{expected}'", said == expected)


def compare_cross(tables, printed, name, label, column, decimals):
    table = tables[name]
    lines = printed[table["title"]]
    expected = {}
    for row in table["rows"]:
        expected.setdefault(cell_text(row[label]), []).append(with_error(row, column, decimals))
    for key, cells in expected.items():
        said = line_of(lines, key)
        law(f"{name}, {key}: the terminal says '{said}', the files '{' '.join(cells)}'", said == " ".join(cells))


with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch)
    results = folder / "results.h5"
    run = homeward("run", SOURCE / "scenarios" / "quick.yaml", "-n", 40, "-q", "-o", results)
    law("a quiet run prints nothing", run == "")
    tables = json.loads(homeward("summary", results, "--json"))["tables"]
    homeward("summary", results, "--csv", folder / "csv")
    text = homeward("summary", results, "--years")
    printed = blocks(text)

    law("there is a CSV file for each JSON table and no other",
        {p.stem for p in (folder / "csv").glob("*.csv")} == set(tables))
    for name, table in tables.items():
        compare_csv(name, table, folder / "csv")

    days = [("p10", 0), ("p50", 0), ("p90", 0), ("censored", 1)]
    compare_list(tables, printed, "place_release", "place", days)
    compare_list(tables, printed, "place_first_return", "place", days)
    compare_list(tables, printed, "district_completion", "district", days)
    amounts = [("p10", 0), ("p50", 0), ("p90", 0), ("mean", 0)]
    compare_list(tables, printed, "people_back", "year", amounts)
    compare_list(tables, printed, "people_employed", "year", amounts)
    compare_list(tables, printed, "casualties", "victim", amounts[:3] + [("mean", 1)])
    compare_list(tables, printed, "spending_by_purpose", "purpose", [(c, 1) for c, _ in amounts])
    compare_cross(tables, printed, "place_release_by", "place", "probability", 1)
    compare_cross(tables, printed, "district_completion_by", "district", "probability", 1)
    compare_cross(tables, printed, "money_by_stream", "stream", "mean", 1)
    compare_cross(tables, printed, "spending_by_stream", "stream", "mean", 1)
    compare_cross(tables, printed, "ledgers", "year", "mean", 0)

    law("no line of the terminal is wider than 110 columns", max(map(len, text.splitlines())) <= 110)
    law("every quantile of a day is a date or after the horizon",
        all(re.fullmatch(r"(after )?\d{4}-\d\d-\d\d", row[q] or "") for row in tables["place_release"]["rows"]
            for q in ("p10", "p50", "p90")))
    law("the same question has the same answer", homeward("summary", results, "--years") == text)

    ledgers = {}
    for row in tables["ledgers"]["rows"]:
        ledgers.setdefault(row["year"], {})[row["ledger"]] = row["mean"]
    area = {row["quantity"]: row["mean"] for row in tables["area"]["rows"]}
    law("at the horizon the five ledgers add up to the suspected and the newly found land",
        abs(sum(ledgers[max(ledgers)].values()) - sum(area.values())) <= 1e-6 * sum(area.values()))

end()

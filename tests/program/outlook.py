"""`homeward outlook`: plans beside facts with a known answer, by kind, with too few said to be so, and beside the model; mistakes are told.

Arguments: the program, the source folder."""
import os
import pathlib
import tempfile

import h5py
import numpy
from shared.laws import QUICK, SOURCE, end, homeward, judged, law, run, tables

YEARS = range(2021, 2026)
SLIPS = {2021: 0.5, 2022: 1.2, 2023: 0.9, 2024: 0.8, 2025: 1.0}  # of 1,000 ha
LATE = {"Aghali": 40, "Minjivan": -10}  # days


def facts():
    lines = ["source: a test", "observations:"]
    for year in YEARS:
        of = f"quantity: land_released, from: {year}-01-01, to: {year}-12-31"
        lines += [f"  plan {year}: {{{of}, value: 1000 ha, plan: yes, known_by: {year}-01-10}}",
                  f"  land {year}: {{{of}, value: {1000 * SLIPS[year]} ha}}"]
    for place, late in LATE.items():
        came = numpy.datetime64("2022-06-01") + late
        lines += [f"  plan {place}: {{quantity: first_families, place: {place}, value: 2022-06-01, plan: yes, known_by: 2021-06-01}}",
                  f"  families {place}: {{quantity: first_families, place: {place}, value: {came}, error: 3 days}}"]
    lines += ["  plan people: {quantity: people_back, to: 2022-12-31, value: 1000, plan: yes, known_by: 2022-01-01}",
              "  people before: {quantity: people_back, to: 2022-12-01, value: 400}",
              "  people after: {quantity: people_back, to: 2023-01-30, value: 600}",
              "  plan people 2023: {quantity: people_back, to: 2023-12-31, at_least: 2000, plan: yes, known_by: 2023-01-01}",
              "  people last: {quantity: people_back, to: 2023-11-30, value: 500}",
              "  plan people 2024: {quantity: people_back, to: 2024-12-31, value: 3000, plan: yes, known_by: 2024-01-01}",
              "  plan 2026: {quantity: land_released, from: 2026-01-01, to: 2026-12-31, value: 2000 ha, plan: yes, known_by: 2026-01-10}",
              "  plan Zangilan town: {quantity: first_families, place: Zangilan town, value: 2025-01-01, plan: yes, known_by: 2021-06-01}",
              "  plan money: {quantity: money_spent, from: 2022-01-01, to: 2022-12-31, value: 5 MUSD, plan: yes, known_by: 2022-01-01}"]
    pathlib.Path("facts.yaml").write_text("\n".join(lines) + "\n")


def row_of(rows, **wanted):
    return next(row for row in rows if all(row[key] == value for key, value in wanted.items()))


def near(value, wanted):
    return value is not None and abs(value - wanted) < 1e-6


def kinds_have_the_answer_that_is_known(answer):
    kinds = answer["plans_by_kind"]
    row = row_of(kinds, kind="hectares")
    law(f"hectares: {row}", row["cases"] == 5 and near(row["median"], 0.9) and near(row["least"], 0.5) and near(row["most"], 1.2))
    law("five may say it, four of six times the next lies inside", near(row["next_inside"], 400 / 6) and row["remark"] == "5 cases")
    row = row_of(kinds, kind="return dates")
    law(f"return dates in days, the middle of two: {row}", near(row["median"], 15) and near(row["least"], -10) and near(row["most"], 40) and row["slip_units"] == "days late")
    law("two are too few", row["remark"] == "too few to tell: 2")
    row = row_of(kinds, kind="people back")
    law(f"people back: {row}", row["cases"] == 2 and near(row["least"], 0.25) and near(row["most"], 0.5))
    row = row_of(kinds, kind="money_spent")
    law("a kind without a case has no figure", row["cases"] == 0 and row["median"] is None and "no plan of this kind" in row["remark"])


def plans_are_slipped_as_the_others_of_their_kind(answer):
    plans = answer["plans"]
    row = row_of(plans, plan="plan 2026")
    law(f"a plan that is open: {row}", row["came"] is None and row["slip"] is None and row["came_is"] == "not known" and row["cases_else"] == 5
        and near(row["outside_median"], 1800) and near(row["outside_low"], 1000) and near(row["outside_high"], 2400))
    row = row_of(plans, plan="plan 2021")
    law(f"what came of a plan is not its own outlook: {row}", near(row["slip"], 0.5) and row["cases_else"] == 4 and near(row["outside_low"], 800) and near(row["outside_median"], 950))
    row = row_of(plans, plan="plan Zangilan town")
    law(f"dates move by days: {row}", row["outside_median"] == "2025-01-16" and row["outside_low"] == "2024-12-22" and row["outside_high"] == "2025-02-10")
    row = row_of(plans, plan="plan people")
    law(f"levels are read between facts: {row}", near(row["came"], 500) and row["came_is"] == "read between 2022-12-01 and 2023-01-30")
    row = row_of(plans, plan="plan people 2023")
    law(f"or off the last one: {row}", near(row["came"], 500) and row["came_is"] == "as of 2023-11-30" and near(row["planned"], 2000))
    law("but not off one of a year ago", row_of(plans, plan="plan people 2024")["came"] is None)


def the_model_stands_beside_it():
    answer = tables("outlook", "facts.yaml", "r.h5")
    with h5py.File("r.h5") as file:
        place = [name.decode() for name in file["place"][:]].index("Aghali")
        days = file["place_first_return_day"][:][:, place]
        ledgers = [name.decode() for name in file["ledger"][:]]
        land = numpy.delete(file["ledger_m2"][:], ledgers.index("remaining"), axis=2).sum(axis=2)
        months = list(file["month"][:])
    start = numpy.datetime64("2020-11-10")
    at = [months.index((numpy.datetime64(day) - start).astype(int)) for day in ("2021-12-31", "2022-12-31")]
    hectares = (land[:, at[1]] - land[:, at[0]]) / 1e4
    row = row_of(answer["plans"], plan="plan 2022")
    law(f"as planned in {row['model_as_planned']} %", near(row["model_as_planned"], 100 * (hectares >= 1000).mean()))
    law(f"P50 {row['model_p50']}", near(row["model_p50"], numpy.sort(hectares)[(len(hectares) - 1) // 2]))
    planned = (numpy.datetime64("2022-06-01") - start).astype(int)
    row = row_of(answer["plans"], plan="plan Aghali")
    law(f"families as planned in {row['model_as_planned']} %", near(row["model_as_planned"], 100 * (numpy.floor(days) <= planned).mean()))
    law("the same with the result first", tables("outlook", "r.h5", "--observations", "facts.yaml") == answer)
    text = homeward("outlook", "facts.yaml", "r.h5")
    law("both stand side by side", "outside view" in text and "the model" in text and "too few to tell: 2" in text)
    law("without a result there is no model", "the model" not in "".join(line for line in homeward("outlook", "facts.yaml").splitlines() if "─" not in line and "plan  " in line))


def days_and_scenarios_choose_the_facts():
    early = tables("outlook", "facts.yaml", "--as-of", "2023-06-30")
    row = row_of(early["plans_by_kind"], kind="hectares")
    law(f"what was known by then: {row}", row["cases"] == 2 and near(row["least"], 0.5) and near(row["most"], 1.2))
    law("later plans are not known yet", not any(one["plan"] == "plan 2024" for one in early["plans"]))
    shipped = tables("outlook", SOURCE / "scenarios/observations/azerbaijan.yaml")
    row = row_of(shipped["plans"], plan="plan: land 2022")
    law(f"the country's plan of 2022 came in at {row['slip']}", near(row["slip"], 41915.77 / 40000))
    homeward("outlook", "facts.yaml", "--csv", "tables")
    law("tables as CSV", {"plans.csv", "plans_by_kind.csv"} <= set(os.listdir("tables")))


def mistakes_are_told():
    pathlib.Path("none.yaml").write_text("source: a test\nobservations:\n  a: {quantity: land_released, from: 2021-01-01, to: 2021-12-31, value: 1 ha}\n")
    for words, code, expected in ((("none.yaml",), 2, "there is no plan"), (("r.h5",), 2, "--observations FACTS"), (("nothing.yaml",), 2, "nothing.yaml"),
                                  (("facts.yaml", "none.yaml"), 2, "both files of facts"), (("r.h5", "r.h5"), 2, "both results"),
                                  (("facts.yaml", "--as-of", "2020-01-01"), 2, "no fact was known by then")):
        done = run("outlook", *words)
        law(f"outlook {words}: {done.returncode}, {done.stderr}", done.returncode == code and expected in done.stderr and done.stdout == "")


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    facts()
    judged("run", QUICK, "-n", "100", "-q", "--no-page", "-o", "r.h5")
    answer = tables("outlook", "facts.yaml")
    kinds_have_the_answer_that_is_known(answer)
    plans_are_slipped_as_the_others_of_their_kind(answer)
    the_model_stands_beside_it()
    days_and_scenarios_choose_the_facts()
    mistakes_are_told()
    os.chdir("/")
end()

"""Holds the baseline against what is publicly known of 2020-2023, and prints what fits and what does not.

usage: sanity.py PROGRAM SOURCE_FOLDER

The model is not fitted to these facts one by one, and the reader of a result has a right to see where it departs from
them. But what fits must stay so, within TOLERANCE of the source's number: to lose a fact is a failure. What does not fit
is listed in DEPARTS with how far it is off, and may only come nearer. A number that is missing is a failure, and so is a
replication that broke a law. Seed and replications are fixed, so that nothing of this is chance.
"""

import datetime
import pathlib
import subprocess
import sys
import tempfile

import netCDF4
import numpy

REPLICATIONS, SEED = 200, 1
TOLERANCE = 0.02
# How far the model's P10 to P90 ends from the source's number, as a share of that.
DEPARTS = {
    "mined area cleared in 2022, ha": 0.14,
    "AP items found in 2022": 0.31,
    "AT items found in 2022": 0.31,
}
HORIZON = "2025-12-31"  # all facts are older; what comes later costs time only
HECTARE = 1e4

program, source = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
problems = []


def simulate(folder):
    result = pathlib.Path(folder) / "baseline.h5"
    command = [program, "run", source / "scenarios/great-return-from-2020.yaml", "-q", "-n", str(REPLICATIONS), "--seed", str(SEED)]
    command += ["--horizon", HORIZON, "-o", result]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"the baseline does not run: exit code {run.returncode}\n{run.stdout}{run.stderr}")
    return netCDF4.Dataset(result)


class Answers:
    """The outcome by names and dates."""

    def __init__(self, result):
        self.result = result
        units = result["month"].units
        self.start = datetime.date.fromisoformat(units.split()[-1])
        self.month_ends = [self.start + datetime.timedelta(days=float(day)) for day in result["month"][:]]

    def numbers(self, name):
        variable = self.result[name]
        variable.set_auto_mask(False)
        return numpy.asarray(variable[:], dtype=float)

    def label(self, axis, name):
        return list(self.result[axis][:]).index(name)

    def month(self, first_day_after):
        """The month that ends where the given day begins."""
        return self.month_ends.index(first_day_after - datetime.timedelta(days=1))

    def released_ha(self, first_day_after):
        ledgers = self.numbers("ledger_m2")[:, self.month(first_day_after), :]
        return (ledgers.sum(axis=1) - ledgers[:, self.label("ledger", "remaining")]) / HECTARE

    def ledger_ha(self, ledger, first_day_after):
        return self.numbers("ledger_m2")[:, self.month(first_day_after), self.label("ledger", ledger)] / HECTARE

    def found_in(self, item, from_day, to_day):
        found = self.numbers("found")[:, :, self.label("item", item)]
        return found[:, self.month(to_day)] - found[:, self.month(from_day)]

    def place(self, name, step):
        return self.numbers("place_step_day")[:, self.label("place", name), self.label("step", step)]

    def victims(self, kind, first_day_after):
        labels = [name.startswith(kind) for name in self.result["victim"][:]]
        return self.numbers("victims")[:, self.month(first_day_after), labels].sum(axis=1)

    def at_month(self, name, first_day_after):
        return self.numbers(name)[:, self.month(first_day_after)]

    def spent(self, stream, year):
        years = [int(number) for number in self.result["year"][:]]
        return self.numbers("stream_spent_usd")[:, self.label("stream", stream), years.index(year)]


def date_of(answers):
    def text(day):
        return (answers.start + datetime.timedelta(days=float(day))).isoformat()

    return text


def number_text(digits):
    return lambda number: f"{number:,.{digits}f}"


# How far the model's P10 to P90 is from a source's statement, as a share of that; 0: it fits.
def within(low, high):
    return lambda p10, p50, p90: max(0, p10 - high, low - p90) / low


def below(bound):
    return lambda p10, p50, p90: max(0, p50 - bound) / bound


def at_least(bound):
    return lambda p10, p50, p90: max(0, bound - p90) / bound


def facts(a):
    day = datetime.date
    april_2023, new_year_2022, new_year_2023 = day(2023, 4, 1), day(2022, 1, 1), day(2023, 1, 1)
    flagged_ha = a.numbers("suspected_m2") / HECTARE
    state = "State mine action budget"
    farmland = "Jojug Marjanli farmland"
    families_from, families_to = (float((day(2022, m, 1) - a.start).days) for m in (7, 8))
    budgets = {year: a.spent(state, year) / 1e6 for year in (2021, 2022)}
    people = {year: a.at_month("people_employed", day(year + 1, 1, 1)) for year in (2020, 2022)}
    hurt = a.victims
    count, one = number_text(0), number_text(1)
    yield ("released by April 2023, % of flagged land", "< 7", below(7), one,
           100 * a.released_ha(april_2023) / flagged_ha, False)
    yield ("released in 2022, ha", "41,916", within(41916, 41916), count,
           a.released_ha(new_year_2023) - a.released_ha(new_year_2022), False)
    yield ("released in December 2022, ha", "2,263", within(2263, 2263), count,
           a.released_ha(new_year_2023) - a.released_ha(day(2022, 12, 1)), False)
    yield ("mined area cleared in 2022, ha", "352", within(352, 352), count,
           a.ledger_ha("mine_cleared", new_year_2023) - a.ledger_ha("mine_cleared", new_year_2022), False)
    for item, stated in (("AP", 8780), ("AT", 4133), ("ERW", 14950)):
        yield (f"{item} items found in 2022", f"{stated:,}", within(stated, stated), count,
               a.found_in(item, new_year_2022, new_year_2023), False)
    yield (f"{farmland}: first task to release, days", "152 (five months)", within(140, 165), count,
           a.place(farmland, "released") - a.place(farmland, "first task done"), True)
    yield ("first families in Aghali", "July 2022", within(families_from, families_to), date_of(a),
           a.place("Aghali", "first families"), True)
    yield ("civilian victims by 14 December 2021", "81", within(81, 81), count, hurt("civilian", day(2022, 1, 1)), False)
    yield ("all victims by 14 December 2021", "197", within(197, 197), count, hurt("", day(2022, 1, 1)), False)
    yield ("all victims by 19 April 2023", "291", within(291, 291), count, hurt("", april_2023), False)
    yield ("people employed, end of 2020", "about 800", within(720, 880), count, people[2020], False)
    yield ("people employed, end of 2022", "about 1,600", within(1440, 1760), count, people[2022], False)
    yield ("state spending of 2021, MUSD", "57-59", within(57, 59), one, budgets[2021], False)
    yield ("state spending of 2022, MUSD", "57-59", within(57, 59), one, budgets[2022], False)


def percentiles(name, numbers, may_be_censored):
    """P10, P50 and P90; what did not happen by the horizon comes last."""
    missing = numpy.isnan(numbers)
    if len(numbers) != REPLICATIONS or (missing.any() and not may_be_censored) or missing.all():
        problems.append(f"{name}: {missing.sum()} of {len(numbers)} numbers are missing")
        return None
    ordered = numpy.sort(numpy.where(missing, numpy.inf, numbers))
    return [ordered[round(share * (REPLICATIONS - 1))] for share in (0.1, 0.5, 0.9)]


def check_numbers(result):
    """Only dates may be missing, and their `missing` says why."""
    for name, variable in result.variables.items():
        variable.set_auto_mask(False)
        if variable.dtype is str or variable.dtype.kind != "f":
            continue
        if numpy.isnan(variable[:]).any() and "missing" not in variable.ncattrs():
            problems.append(f"{name} holds what is not a number")


def report(answers):
    fitting, rows = 0, []
    for name, stated, gap_of, text, numbers, may_be_censored in facts(answers):
        percents = percentiles(name, numbers, may_be_censored)
        if percents is None:
            continue
        gap = gap_of(*percents)
        fitting += gap == 0
        if gap > DEPARTS.get(name, 0) + TOLERANCE:
            problems.append(f"{name}: off by {100 * gap:.0f} % of the source's {stated}, was {100 * DEPARTS.get(name, 0):.0f} %")
        shown = [text(number) if numpy.isfinite(number) else "later" for number in percents]
        rows.append((name, stated, *shown, "fits" if gap == 0 else f"off by {100 * gap:.0f} %"))
    heads = ("fact", "source", "model P10", "P50", "P90", "inside?")
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    for row in [heads, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    if unknown := set(DEPARTS) - {row[0] for row in rows}:
        problems.append(f"no such facts: {unknown}")
    print(f"\n{fitting} of {len(rows)} facts fit the model's P10 to P90 ({REPLICATIONS} replications)")


with tempfile.TemporaryDirectory() as scratch:
    outcome = simulate(scratch)
    if len(outcome.dimensions["replication"]) != REPLICATIONS:
        problems.append(f"{len(outcome.dimensions['replication'])} of {REPLICATIONS} replications kept the laws")
        REPLICATIONS = len(outcome.dimensions["replication"])
    check_numbers(outcome)
    report(Answers(outcome))
    outcome.close()
for problem in problems:
    print("NOT OK:", problem)
sys.exit(bool(problems))

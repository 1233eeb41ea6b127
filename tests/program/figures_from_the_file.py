"""Figures of summary, explain, compare, levers and the summary of a sweep are worked out again from the result files: by
numpy, by other ways than the program's, with what has not happened by the horizon counted as such. Other tests hold
terminal, CSV and JSON against each other; this one holds them against the file.

Arguments: the program, the source folder."""
import collections
import datetime
import functools
import json
import math
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import netCDF4
import numpy as np

PROGRAM, SOURCE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
QUICK = SOURCE / "scenarios" / "quick.yaml"
N, SEED, HORIZON, BY = 60, 7, "2029-09-30", ["2026-12-31", "2023-06-30"]
failures, counted = [], collections.Counter()
os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")


def law(words, holds):
    counted["laws"] += 1
    if not holds:
        failures.append(words)
        if len(failures) < 40:
            print("NOT OK:", words)


def homeward(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        sys.exit(f"homeward {arguments} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def tables_of(*arguments):
    return {name: table["rows"] for name, table in json.loads(homeward(*arguments, "--json"))["tables"].items()}


def near(said, expected):
    """As written with ten digits; None: not known."""
    if said is None or expected is None or not np.isfinite(expected):
        return said is None and (expected is None or not np.isfinite(expected))
    return math.isclose(said, expected, rel_tol=1e-8, abs_tol=1e-9)


# --- estimators -------------------------------------------------------------------------------------------------

def binomial_below(n, p, k):
    """Probability of fewer than k of n."""
    return sum(math.comb(n, i) * p ** i * (1 - p) ** (n - i) for i in range(k))


@functools.lru_cache(None)
def order_bounds(n, p):
    """Ranks (from 1) of the order statistics that hold the quantile with 95 %: 0 and n + 1 do not exist."""
    low = next(k for k in range(n + 1) if binomial_below(n, p, k + 1) >= 0.025)
    high = next(k for k in range(n + 1) if binomial_below(n, p, k + 1) >= 0.975) + 1
    return low, high


def quantile(sample, share):
    """Value, low and high of a sample whose NaN come last: infinity."""
    ordered = np.sort(np.where(np.isnan(sample), np.inf, sample))
    n = len(ordered)
    value = ordered[min(sum(1 for i in range(n) if (i + 1) / n < share - 1e-12), n - 1)]
    low, high = order_bounds(n, share)
    return value, ordered[low - 1] if low > 0 else -np.inf, ordered[high - 1] if high <= n else np.inf


@functools.lru_cache(None)
def student_quantile(freedom):
    """t(0.975), by adding up the density."""
    x = np.linspace(0, 60, 600001)
    density = np.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - 0.5 * math.log(freedom * math.pi)
                     - (freedom + 1) / 2 * np.log1p(x * x / freedom))
    half = np.concatenate([[0], np.cumsum((density[1:] + density[:-1]) / 2 * (x[1] - x[0]))])
    return float(np.interp(0.475, half, x))


def student_tail(t, freedom):
    """Both tails beyond t."""
    x = np.linspace(0, abs(t), 200001)
    density = np.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - 0.5 * math.log(freedom * math.pi)
                     - (freedom + 1) / 2 * np.log1p(x * x / freedom))
    return max(0.0, 1 - 2 * float(np.sum((density[1:] + density[:-1]) / 2 * (x[1] - x[0]))))


def mean_error(sample):
    return student_quantile(len(sample) - 1) * np.std(sample, ddof=1) / math.sqrt(len(sample))


def wilson(count, n):
    """The shares that the count is within 1.96 standard deviations of: solved, not put into the formula."""
    z = 1.959963984540054
    roots = np.roots([n * n + n * z * z, -(2 * n * count + n * z * z), count * count])
    return max(0.0, min(roots.real)), min(1.0, max(roots.real))


# --- a result file ----------------------------------------------------------------------------------------------

class File:
    """Variables with the names of their axes."""

    def __init__(self, path):
        self.data = netCDF4.Dataset(path)
        self.data.set_auto_mask(False)
        dates = [re.search(rf"^{key}:\s*\{{?\s*(?:value:)?\s*[\"']?(\d{{4}}-\d\d-\d\d)", str(self.data["scenario"][...]), re.M) for key in ("start", "horizon")]
        self.start, self.horizon = (datetime.date.fromisoformat(date.group(1)) for date in dates)
        self.n = len(self.data.dimensions["replication"])

    def numbers(self, name):
        return np.asarray(self.data[name][...], dtype=float)

    def axes(self, name):
        return self.data[name].dimensions[1:]

    def labels(self, axis):
        return [str(label) for label in self.data[axis][:]]

    def month_ends(self):
        """Days from the start to the first day after each month."""
        ends, day = [], self.start
        while day <= self.horizon:
            day = datetime.date(day.year + day.month // 12, day.month % 12 + 1, 1)
            ends.append(min(day - self.start, self.horizon - self.start + datetime.timedelta(1)).days)
        return ends

    def position(self, axis, row):
        """Where a row stands on an axis; None: not said."""
        if axis in row:
            return [int(year) for year in self.data["year"][:]].index(row["year"]) if axis == "year" else self.labels(axis).index(row[axis])
        if axis == "month" and "year" in row:
            return min((row["year"] - self.start.year) * 12 + 12 - self.start.month, len(self.data.dimensions["month"]) - 1)
        if axis == "period" and "until" in row:
            return int(row["until"][:4]) - self.start.year
        return None

    def sample(self, name, row):
        """What a row of an amount is about: along time the last, or the sum of what is booked by year."""
        values = self.numbers(name)
        for axis in reversed(self.axes(name)):
            at = self.position(axis, row)
            number = 1 + self.axes(name).index(axis)
            if at is None and axis == "year":
                values = values.sum(axis=number)
            elif at is None:
                assert axis in ("month", "period"), (name, axis, row)
                values = np.take(values, -1, axis=number)
            else:
                values = np.take(values, at, axis=number)
        return values

    def date(self, day):
        return (self.start + datetime.timedelta(math.floor(day))).isoformat()

    def day_cell(self, day, censored):
        if np.isfinite(day):
            return self.date(day)
        return f"after {self.horizon}" if day > 0 and censored else None


# --- summary and explain ----------------------------------------------------------------------------------------

DAYS = {"place_release": ("place", "place_release_day"), "place_first_return": ("place", "place_first_return_day"),
        "district_completion": ("district", "district_completion_day")}
AMOUNTS = {"place_delay": ("place_delay_days", 1), "place_people": ("place_people", 1), "people_back": ("people_back", 1),
           "people_employed": ("people_employed", 1), "money_by_stream": ("stream_usd", 1e-6),
           "spending_by_stream": ("stream_spent_usd", 1e-6), "spending_by_purpose": ("purpose_spent_usd", 1e-6),
           "spending_by_purpose_and_year": ("purpose_spent_usd", 1e-6), "unspent": ("unspent_year_usd", 1e-6),
           "unspent_by_year": ("unspent_year_usd", 1e-6), "unspent_by_stream": ("unspent_usd", 1e-6),
           "casualties": ("victims", 1), "casualties_by_year": ("victims", 1),
           "ledgers": ("ledger_m2", 1e-4), "items_found": ("found", 1), "district_ledgers": ("district_ledger_m2", 1e-4),
           "district_people": ("district_people", 1), "district_casualties": ("district_victims", 1),
           "district_items_found": ("district_found", 1), "district_items": ("district_items", 1),
           "district_asset_days": ("district_asset_days", 1), "unposted_asset_days": ("unposted_asset_days", 1)}


def check_day_row(what, row, sample, file):
    censored = np.isnan(sample)
    counted["censored"] += censored.any() and not censored.all()
    for name, share in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        value, low, high = quantile(sample, share)
        law(f"{what}: {name} is {row[name]}", row[name] == file.day_cell(value, True))
        law(f"{what}: {name}_low is {row[name + '_low']}", row[name + "_low"] == file.day_cell(low, censored.any()))
        law(f"{what}: {name}_high is {row[name + '_high']}", row[name + "_high"] == file.day_cell(high, censored.any()))
        error = (high - low) / 2 if np.isfinite([low, high]).all() else None
        law(f"{what}: {name}_error is {row[name + '_error']}, not {error}", near(row[name + "_error"], error))
    low, high = wilson(censored.sum(), len(sample))
    law(f"{what}: {row['censored']} % censored", near(row["censored"], 100 * censored.mean()) and
        near(row["censored_error"], 50 * (high - low)))


def check_amount_row(what, row, sample):
    for name, share in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        value, low, high = quantile(sample, share)
        for column, number in ((name, value), (name + "_low", low), (name + "_high", high), (name + "_error", (high - low) / 2)):
            law(f"{what}: {column} is {row[column]}, not {number}", near(row[column], number))
    law(f"{what}: mean is {row['mean']}", near(row["mean"], sample.mean()))
    law(f"{what}: error of the mean is {row['mean_error']}, not {mean_error(sample)}",
        math.isclose(row["mean_error"], mean_error(sample), rel_tol=1e-6, abs_tol=1e-9))


def summary_is_what_the_file_says(path):
    file, tables = File(path), tables_of("summary", path, *(word for day in BY for word in ("--by", day)))
    law(f"all tables of amounts are there: {set(AMOUNTS) - set(tables)}", set(AMOUNTS) <= set(tables))
    law("nothing else is told", set(tables) - set(AMOUNTS) - set(DAYS) == {"about", "place_release_by", "district_completion_by", "area"})
    for name, (axis, variable) in DAYS.items():
        values = file.numbers(variable)
        for row in tables[name]:
            check_day_row(f"{name}, {row[axis]}", row, values[:, file.labels(axis).index(row[axis])], file)
    for name, axis, variable in (("place_release_by", "place", "place_release_day"), ("district_completion_by", "district", "district_completion_day")):
        values = file.numbers(variable)
        law(f"{name}: a row for each name and date", len(tables[name]) == len(file.labels(axis)) * len({row["by"] for row in tables[name]}))
        law(f"{name}: the dates asked for", set(BY) <= {row["by"] for row in tables[name]})
        for row in tables[name]:
            day = (datetime.date.fromisoformat(row["by"]) - file.start).days
            happened = int((values[:, file.labels(axis).index(row[axis])] < day + 1).sum())
            low, high = wilson(happened, file.n)
            law(f"{name}, {row[axis]} by {row['by']}", all(near(row["probability" + end], 100 * number) for end, number in (
                ("", happened / file.n), ("_low", low), ("_high", high), ("_error", (high - low) / 2))))
    for name, (variable, scale) in AMOUNTS.items():
        law(f"{name} has rows", len(tables[name]) > 0)
        for row in tables[name]:
            check_amount_row(f"{name}, {list(row.items())[:3]}", row, scale * file.sample(variable, row))
    for row, variable in zip(tables["area"], ("suspected_m2", "new_area_m2")):
        check_amount_row(f"area, {row['quantity']}", row, 1e-4 * file.numbers(variable))
    about = {row["fact"]: row["value"] for row in tables["about"]}
    law(f"what was run: {about}", about["seed"] == str(SEED) and about["start"] == str(file.start) and about["horizon"] == str(file.horizon))
    return file, tables


def explain_is_what_the_file_says(path, file, place):
    tables, at = tables_of("explain", path, "--place", place), file.labels("place").index(place)
    release, delays = file.numbers("place_release_day")[:, at], file.numbers("place_delay_days")[:, at]
    causes = file.labels("cause")
    before = sum(delays[:, c].mean() for c, cause in enumerate(causes) if cause != "housing")
    law(f"{place}: every cause is told", [row["cause"] for row in tables["delay"]] == causes)
    for c, row in enumerate(tables["delay"]):
        check_amount_row(f"explain {place}, {row['cause']}", row, delays[:, c])
        law(f"explain {place}: share of {row['cause']}", near(row["share"], None if row["cause"] == "housing" else 100 * delays[:, c].mean() / before))
    check_day_row(f"explain {place}", tables["place_release"][0], release, file)
    order = sorted(range(file.n), key=lambda r: (math.inf if math.isnan(release[r]) else release[r], r))
    told = order[math.ceil(file.n / 2) - 1]
    story = {row["step"]: row["day"] for row in tables["story"]}
    steps = [day for day in file.numbers("place_step_day")[told, at] if not math.isnan(day)]
    law(f"explain {place}: the days of the median replication {steps}, {story}",
        len(steps) > 2 and all(any(day is not None and math.isclose(day, step, rel_tol=1e-8, abs_tol=0.51) for day in story.values()) for step in steps))
    for row in tables["story"]:
        law(f"explain {place}: {row['step']} on {row['date']}, day {row['day']}", row["date"] == file.day_cell(
            math.inf if row["day"] is None else row["day"], True))
    for row in tables["story_delay"]:
        law(f"explain {place}: {row['cause']} in that replication", near(row["days"], delays[told, causes.index(row["cause"])]))


def explain_of_money_is_what_the_file_says(path, file):
    tables = tables_of("explain", path, "--money")
    spent, unspent = file.numbers("stream_spent_usd"), file.numbers("unspent_usd")
    streams, reasons, years = file.labels("stream"), file.labels("reason"), [int(year) for year in file.numbers("year")]
    clearance = unspent.sum(axis=(0, 2, 3)) > 0
    for table, every in (("money", (slice(None),)), ("money_by_year", range(len(years)))):
        told = {}
        for row in tables[table]:
            s = streams.index(row["stream"])
            y = years.index(row["year"]) if table == "money_by_year" else slice(None)
            values = spent[:, s, y] if row["fate"] == "spent" else unspent[:, s, reasons.index(row["fate"].removeprefix("not spent: ")), y]
            sample = 1e-6 * (values if values.ndim == 1 else values.sum(axis=1))
            law(f"explain --money, {row}: the mean is {sample.mean()}", near(row["mean"], sample.mean()) and near(row["mean_error"], mean_error(sample)))
            told.setdefault((s, str(y)), []).append(row)
        law(f"explain --money, {table}: streams of clearance money, and no others", {s for s, _ in told} == set(np.flatnonzero(clearance)))
        law(f"explain --money, {table}: shares add up", all(near(sum(row["share"] for row in rows), 100) for rows in told.values()))
    # Each dollar of a stream of clearance money is spent, or has a reason.
    fates, usd = file.labels("fate"), file.numbers("stream_usd")
    for s in np.flatnonzero(clearance):
        gone = sum(usd[:, s, fates.index(fate)] for fate in ("lapsed", "returned", "held"))
        law(f"{streams[s]}: each unspent dollar has a reason", np.allclose(unspent[:, s].sum(axis=(1, 2)), gone, rtol=1e-5, atol=1))


# --- compare ----------------------------------------------------------------------------------------------------

def likeliest_losses(gained, lost, n, difference):
    """Of worlds that lose, the share that fits the counts best when the difference of shares is given."""
    def slope(q):
        return gained / (q + difference) + lost / q - 2 * (n - gained - lost) / (1 - 2 * q - difference)
    low, high = max(0.0, -difference), (1 - difference) / 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high) or q_ends(slope, middle):
            break
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    return (low + high) / 2


def q_ends(slope, at):
    try:
        slope(at)
        return False
    except ZeroDivisionError:
        return True


def tango(gained, lost, n, difference):
    losses = likeliest_losses(gained, lost, n, difference)
    return (gained - lost - n * difference) / math.sqrt(n * (2 * losses + difference * (1 - difference)))


def check_pair(what, row, base, variant, share=False):
    """One comparison; `base` and `variant` as the row's units have them, shares as 0 and 1."""
    scale = 100 if share else 1
    d, n = variant - base, len(base)
    lower, higher = int((d < 0).sum()), int((d > 0).sum())
    law(f"{what}: means", near(row["base"], scale * base.mean()) and near(row["variant"], scale * variant.mean()) and
        math.isclose(row["difference"], scale * d.mean(), rel_tol=1e-7, abs_tol=1e-8 * (1 + abs(scale * base.mean()))))
    law(f"{what}: worlds", row["lower"] == lower and row["higher"] == higher)
    saving = None if not d.var() > 0 else (base.var() + variant.var()) / d.var()
    law(f"{what}: saving {row['saving']}, not {saving}", (row["saving"] is None) == (saving is None) and
        (saving is None or math.isclose(row["saving"], min(saving, 1e6), rel_tol=1e-6)))
    if share:
        fewer = min(lower, higher)
        p = min(1, 2 * binomial_below(lower + higher, 0.5, fewer + 1)) if lower + higher else 1
        law(f"{what}: McNemar's p is {row['p_value']}, not {p}", math.isclose(row["p_value"], p, rel_tol=1e-8))
        for end, z in (("low", 1.959963984540054), ("high", -1.959963984540054)):
            at = row["difference_" + end] / 100
            if lower + higher and -0.999 < at < 0.999:
                law(f"{what}: at its bound {at} Tango's statistic is {tango(higher, lower, n, at)}", abs(tango(higher, lower, n, at) - z) < 2e-3)
                counted["tango"] += 1
    elif lower + higher >= 2:
        error = np.std(d, ddof=1) / math.sqrt(n)
        half = student_quantile(lower + higher - 1) * error
        law(f"{what}: error {row['difference_error']}, not {half}", math.isclose(row["difference_error"], half, rel_tol=1e-6))
        law(f"{what}: bounds", math.isclose(row["difference_low"], d.mean() - half, rel_tol=1e-6, abs_tol=1e-6 * half) and
            math.isclose(row["difference_high"], d.mean() + half, rel_tol=1e-6, abs_tol=1e-6 * half))
        p = student_tail(d.mean() / error, lower + higher - 1)
        law(f"{what}: p is {row['p_value']}, not {p}", math.isclose(row["p_value"], p, rel_tol=1e-4, abs_tol=1e-9))
    counted["pairs"] += 1
    return base.var() + variant.var(), d.var()


def people_at(file, day):
    ends = file.month_ends()
    return max(m for m, end in enumerate(ends) if file.start + datetime.timedelta(end - 1) <= datetime.date.fromisoformat(day))


def sample_of(name, row, file):
    """What a row of a comparison is about, in one of the files."""
    horizon = (file.horizon - file.start).days + 1
    if name.startswith(("place_r", "place_never", "district_")):
        axis = "place" if "place" in row else "district"
        days = file.numbers("place_release_day" if axis == "place" else "district_completion_day")[:, file.labels(axis).index(row[axis])]
        if name.endswith("_by"):
            return (days < (datetime.date.fromisoformat(row["by"]) - file.start).days + 1).astype(float)
        if name.endswith("_never"):
            return np.isnan(days).astype(float)
        return np.where(np.isnan(days), horizon, np.minimum(days, horizon))
    if name == "place_people":
        return file.sample("place_people", row)
    if name == "people":
        return file.numbers("people_back")[:, people_at(file, row["by"])]
    if name == "land":
        square_metres, ledgers = file.numbers("ledger_m2")[:, people_at(file, row["by"])], file.labels("ledger")
        return sum(square_metres[:, i] for i, ledger in enumerate(ledgers) if ledger != "remaining") / 1e6
    if name == "person_years":
        ends = np.array(file.month_ends())
        return (file.numbers("people_back") * np.diff(ends, prepend=0)).sum(axis=1) / 365.25
    if name in ("money", "spending"):
        cents = np.rint(100 * file.numbers("purpose_spent_usd")).astype(np.int64).sum(axis=2)
        purposes = file.labels("purpose")
        chosen = {"mine action in all": [p for p in purposes if p != "building"], "everything": purposes}.get(row["purpose"], [row["purpose"]])
        return sum(cents[:, purposes.index(purpose)] for purpose in chosen) / 1e8
    if name == "money_by_stream":
        streams = file.labels("stream")
        return file.numbers("stream_usd")[:, streams.index(row["stream"]), file.labels("fate").index("spent")] / 1e6 \
            if row["stream"] in streams else np.zeros(file.n)
    victims, kinds = file.numbers("victims")[:, -1], file.labels("victim")
    chosen = {"all victims": "", "civilians": "civilian ", "deminers": "deminer ", "soldiers": "soldier "}.get(row["victim"], row["victim"])
    return sum(victims[:, v] for v, kind in enumerate(kinds) if kind.startswith(chosen))


GROUPS = {"place_release": "places", "place_release_by": "places, by a day", "place_never": "places, never", "place_people": "people of places",
          "district_completion": "districts", "district_completion_by": "districts, by a day", "district_never": "districts, never",
          "land": "land", "people": "people", "person_years": "person-years", "money": "money", "money_by_stream": "money", "victims": "victims"}


def holm(rows):
    """Verdicts again: alone where the interval misses zero and p is below 5 %, among all in Holm's order."""
    marks = []
    for row in rows:
        clear = row["difference_low"] is not None and row["p_value"] < 0.05 and (row["difference_low"] > 0 or row["difference_high"] < 0)
        marks.append("=" if row["lower"] + row["higher"] == 0 else "*" if clear else "~")
    order = sorted((i for i, mark in enumerate(marks) if mark != "="), key=lambda i: rows[i]["p_value"])
    for k, i in enumerate(order):
        if rows[i]["p_value"] > 0.05 / (len(order) - k):
            break
        marks[i] = "**" if marks[i] == "*" else marks[i]
    return marks, len(order)


def check_verdicts(rows, about):
    marks, judged = holm(rows)
    for row, mark in zip(rows, marks):
        law(f"verdict of {list(row.items())[:3]} is {row['mark']}, not {mark}", row["mark"] == mark)
    law("all verdicts occur", set(marks) == {"=", "~", "*", "**"})
    law("comparisons are counted", about[("base", "comparisons")] == str(judged))


def facts_of(tables):
    role = {row["scenario"]: row["value"] for row in tables["about"] if row["fact"] == "role"}
    return {("base" if role[row["scenario"]] == "base" else row["scenario"], row["fact"]): row["value"] for row in tables["about"]}


def pairing_is_what_variances_give(tables, variances):
    expected = set()
    for (scenario, group), pairs in variances.items():
        differing = [(apart, paired) for apart, paired in pairs if paired > 0]
        expected.add((scenario, group))
        row = [row for row in tables["pairing"] if (row["scenario"], row["of"]) == (scenario, group)]
        law(f"pairing has a row for {scenario}, {group}", len(row) == 1)
        law(f"pairing, {scenario}, {group}: {len(differing)} differ", row and row[0]["comparisons"] == len(differing))
        if row and differing:
            together = sum(apart for apart, _ in differing) / sum(paired for _, paired in differing)
            median = np.median([min(apart / paired, 1e6) for apart, paired in differing])
            law(f"pairing, {scenario}, {group}: {row[0]}, not {together}, {median}",
                math.isclose(row[0]["together"], together, rel_tol=1e-6) and math.isclose(row[0]["median"], median, rel_tol=1e-6))
            counted["pairing"] += 1
    law("pairing tells of nothing else", expected == {(row["scenario"], row["of"]) for row in tables["pairing"]})


def worded(row, units, more, less, decimals):
    def number(value):
        text = f"{value:,.{decimals}f}"
        return text.lstrip("-") if not re.search("[1-9]", text) else text
    if row["mark"] == "=":
        return "the same in all worlds"
    d, low, high = row["difference"], row["difference_low"], row["difference_high"]
    if row["mark"] != "~" and d < 0:
        return f"{number(-d)} {units} {less} (95 %: {number(-high)} to {number(-low)}{'' if row['mark'] == '**' else '; clear only alone'})"
    if row["mark"] == "~":
        low, high = ("?" if end is None else number(end) for end in (low, high))
        return f"{number(d)} {units}, which could be zero (95 %: {low} to {high})"
    return f"{number(d)} {units} {more} (95 %: {number(low)} to {number(high)}{'' if row['mark'] == '**' else '; clear only alone'})"


def findings_are_those_of_the_rows(tables, variant, pairs, place=None):
    """Each sentence is there exactly when its row is, with the figures of the row, and nothing else."""
    def rows(name, label=None, by=None):
        key = {"people": "people", "money": "purpose", "victims": "victim"}.get(name, "place")
        return [row for row in tables[name] if row["scenario"] == variant and (label is None or row[key] == label) and by in (None, row.get("by"))]

    places, expected = rows("place_release"), []
    count = collections.Counter(("sooner" if row["difference"] < 0 else "later") if row["mark"] == "**" else row["mark"] for row in places)
    if len(places) >= 2 and count["="] == len(places):
        expected.append(f"All {len(places)} places are released on the same days in all worlds.")
    elif len(places) >= 2:
        judged = next(row["value"] for row in tables["about"] if row["fact"] == "comparisons")
        expected.append(f"Of {len(places)} places, {count['sooner']} are released sooner and {count['later']} later in the mean, clearly among all "
                        f"{judged} comparisons; {count['*']} more differ when looked at alone; of {count['~']} the difference could be "
                        f"zero; {count['=']} are the same in all worlds.")
    told = sorted((row for row in places if place or row["mark"] == "**"), key=lambda row: -abs(row["difference"]))[:3]
    for row in told:
        tail = "" if row["mark"] == "=" else f"; sooner in {row['lower']:.0f} of {pairs:,} worlds, later in {row['higher']:.0f}"
        expected.append(f"Release of {row['place']}: {worded(row, 'days', 'later', 'sooner', 0)}{tail}.")
    counted["places told"] += len(told)
    for name, label, beginning, words in (("people", "people back", "People back in all places", ("persons", "more", "fewer", 0)),
                                          ("money", "mine action in all", "Money spent on mine action until the horizon", ("million USD", "more", "less", 1)),
                                          ("victims", "all victims", "Victims until the horizon", ("persons", "more", "fewer", 1))):
        of = rows(name, label, BY[0] if name == "people" else None)
        law(f"there is one row of {label}", len(of) == 1)
        expected += [f"{beginning}{f' on {BY[0]}' if name == 'people' else ''}: {worded(row, *words)}." for row in of]
    saved = [row["together"] for row in tables["pairing"] if (row["scenario"], row["of"]) == (variant, "places") and row["together"] is not None]
    expected += [f"Pairing on the same worlds: independent runs would need {times:.1f} times the replications to know the differences in release "
                 "of places as well." for times in saved]
    said = [row["finding"] for row in tables["findings"] if row["scenario"] == variant]
    law(f"{variant}: the findings\n  {said}\nare not\n  {expected}", said == expected)


def comparison_is_what_the_files_say(files, arguments):
    by = [word for day in BY for word in ("--by", day)]
    tables = tables_of("compare", *arguments, *by)
    base, variants = files["base"], {name: file for name, file in files.items() if name != "base"}
    variances = {(scenario, group): [] for scenario in variants for group in GROUPS.values()}
    rows = []
    for name, group in GROUPS.items():
        law(f"{name} has rows of both variants", {row["scenario"] for row in tables[name]} == set(variants))
        for row in tables[name]:
            pair = sample_of(name, row, base), sample_of(name, row, variants[row["scenario"]])
            share = name.endswith(("_by", "_never"))
            variances[row["scenario"], group].append(check_pair(f"{name}, {list(row.items())[:3]}", row, *pair, share))
            rows.append(row)
    for scenario, file in variants.items():
        told = [row["stream"] for row in tables["money_by_stream"] if row["scenario"] == scenario]
        law(f"{scenario}: each stream of either is told of once: {told}", sorted(told) == sorted({*base.labels("stream"), *file.labels("stream")}))
        years = sorted({int(day[:4]) for day in BY})
        for place in {row["place"] for row in tables["place_people"]}:
            told = sorted(int(row["year"]) for row in tables["place_people"] if row["scenario"] == scenario and row["place"] == place)
            law(f"{scenario}, people of {place}: each year that was asked for once, {told}", told == years)
        for name, axis in (("place_release", "place"), ("place_never", "place"), ("district_completion", "district")):
            told = [row[axis] for row in tables[name] if row["scenario"] == scenario]
            law(f"{scenario}, {name}: each {axis} once", told == [label for label in base.labels(axis) if label in file.labels(axis)])
    check_verdicts(rows, facts_of(tables))
    pairing_is_what_variances_give(tables, variances)
    for variant in variants:
        findings_are_those_of_the_rows(tables, variant, N)
    one = tables_of("compare", *arguments, *by, "--place", "Aghali")
    for variant in variants:
        findings_are_those_of_the_rows(one, variant, N, "Aghali")
    return tables


def facts_suffice_to_repeat(scenarios, document):
    """The command made of nothing but the facts gives the same bytes, from nothing that is kept."""
    facts = facts_of({name: table["rows"] for name, table in json.loads(document)["tables"].items()})
    path = {"base": QUICK, **scenarios}
    order = list(dict.fromkeys(name for name, _ in facts))
    command = ["compare", *(path[name] for name in order), "--seed", facts["base", "seed"], "-n", facts["base", "replications used"],
               "--horizon", facts["base", "horizon"], "--json", "-q", "--keep", "repeated", *(word for day in BY for word in ("--by", day))]
    law(f"the facts suffice to repeat it: {shlex.join(map(str, command))}", homeward(*command) == document)
    for name in order:
        law(f"{name}: who took part, and how much of it", {(name, fact) for fact in (
            "role", "title", "scenario digest", "program version", "replications used", "replications failed", "complete")} <= set(facts))


# --- levers and sweeps ------------------------------------------------------------------------------------------

def levers_are_what_the_files_say(folder):
    tables = tables_of("levers", QUICK, "--levers", "levers", "-n", N, "--seed", SEED, "--horizon", HORIZON, "--keep", "kept", "-q", "--by",
                       BY[0])
    files = {name: File(next((folder / "kept").glob(f"{name}-*"))) for name in ("teams", "order")}
    for path in (folder / "kept").glob("quick-*"):  # the base, and once more with a hundred-thousandth more money
        files["nothing changed" if "exchange=" in homeward("summary", path) else "quick"] = File(path)
    for name, sheet, sign in (("days_gained", "place_release", -1), ("people_home", "people", 1), ("victims_averted", "victims", -1),
                              ("dollars_saved", "money", -1)):
        def sample(file):
            if sheet == "place_release":
                return np.mean([sample_of(sheet, {"place": place}, file) for place in file.labels("place")], axis=0)
            return sample_of(sheet, {"by": BY[0], "victim": "all victims", "purpose": "mine action in all"}, file)
        law(f"{name} has both levers", [row["lever"] for row in tables[name]][0] == "nothing changed" and {row["lever"] for row in tables[name][1:]} == {"teams", "order"})
        for row in tables[name]:
            gain = sign * (sample(files[row["lever"]]) - sample(files["quick"]))
            law(f"{name}, {row['lever']}: {row['gain']}, not {gain.mean()}", math.isclose(row["gain"], gain.mean(), rel_tol=1e-6, abs_tol=1e-7))
            law(f"{name}, {row['lever']}: worlds", row["better"] == (gain > 0).sum() and row["worse"] == (gain < 0).sum())
            differing = int((gain != 0).sum())
            if differing < 2:
                law(f"{name}, {row['lever']}: no error is known", row["gain_error"] is None)
                continue
            law(f"{name}, {row['lever']}: error", math.isclose(
                row["gain_error"], student_quantile(differing - 1) * np.std(gain, ddof=1) / math.sqrt(N), rel_tol=1e-6))
            law(f"{name}, {row['lever']}: bounds", math.isclose(row["gain_high"] - row["gain_low"], 2 * row["gain_error"], rel_tol=1e-7))
        law(f"{name} is ranked", [row["gain"] for row in tables[name][1:]] == sorted((row["gain"] for row in tables[name][1:]), reverse=True))
        for row in tables["levers"]:
            own = next(one for one in tables[name] if one["lever"] == row["lever"])
            columns = {"days_gained": "days", "people_home": "people", "victims_averted": "victims", "dollars_saved": "dollars"}
            law(f"{name} in the table of all, {row['lever']}", row[columns[name]] == own["gain"] and row[columns[name] + "_mark"] == own["mark"]
                and row[columns[name] + "_error"] == own["gain_error"])


def sweep_is_what_its_outcomes_say():
    pathlib.Path("grid.yaml").write_text(f"""name: Grid
scenario: {QUICK}
design: {{grid: {{steps: 3}}}}
replications: 24
keep: outcomes
factors:
  rule: {{path: planning.rule, levels: [worst_first, nearest_release]}}
  survey: {{path: methods.non_technical_survey.rate, range: [5 ha/day, 12 ha/day]}}
outputs:
  release: {{of: place_release_day}}
  victims: {{at: [last, sum]}}
by: [2024-12-31]
""")
    homeward("sweep", "grid.yaml", "-q", "-o", "grid")
    with netCDF4.Dataset("grid/sweep.h5") as data:
        data.set_auto_mask(False)
        values = {name: np.asarray(variable[...], dtype=float) for name, variable in data.variables.items() if variable.dtype is not str}
        places = [str(place) for place in data["place"][:]]
        start = datetime.date(2020, 11, 10)
    horizon = (datetime.date(2030, 12, 31) - start).days + 1
    release, victims = values["release"], values["victims"]
    restricted = np.where(np.isnan(release), horizon, release)
    by = (datetime.date(2024, 12, 31) - start).days
    for name, sample in (("release", restricted), ("victims", victims)):
        law(f"sweep: {name}_mean", np.allclose(values[name + "_mean"], sample.mean(axis=1), rtol=1e-9))
        law(f"sweep: {name}_sd", np.allclose(values[name + "_sd"], sample.std(axis=1, ddof=1), rtol=1e-9))
        law(f"sweep: {name}_mean_error", np.allclose(values[name + "_mean_error"], student_quantile(23) * sample.std(axis=1, ddof=1) / math.sqrt(24), rtol=1e-5))
    law("sweep: release_missing", np.allclose(values["release_missing"], np.isnan(release).mean(axis=1)) and np.isnan(release).any())
    law("sweep: release_by", np.allclose(values["release_by"][..., 0], (release < by + 1).mean(axis=1)))
    for point in range(6):
        for i in range(len(places)):
            for q, share in enumerate((0.1, 0.5, 0.9)):
                for end, number in zip(("", "_low", "_high"), quantile(release[point, :, i], share)):
                    said = values["release_quantile" + end][point, i, q]
                    law(f"sweep: point {point}, {places[i]}, P{100 * share:.0f}{end} is {said}, not {number}",
                        math.isclose(said, number, rel_tol=1e-12) if np.isfinite(number) else math.isnan(said))
    titles = [table["title"] for table in json.loads(homeward("compare", "grid/sweep.h5", "grid/sweep.h5", "--json"))["tables"].values()]
    law(f"what an output is a statistic of is told: {titles}", any(title.startswith("victims: victims since the start") for title in titles))
    tables, means = tables_of("summary", "grid/sweep.h5"), restricted.mean(axis=1)
    law("a row for each output", len(tables["sweep_outputs"]) == len(places) + 1 and len(tables["sweep_points"]) == 6)
    for i, row in enumerate(tables["sweep_outputs"]):
        own = means[:, i] if i < len(places) else victims.mean(axis=1)
        for key, number, point in (("least_mean", own.min(), "least_point"), ("most_mean", own.max(), "most_point"),
                                   ("median_mean", np.sort(own)[[2, 3]], None)):
            if i < len(places):
                days = np.atleast_1d(number)
                allowed = {(start + datetime.timedelta(math.floor(day))).isoformat() for day in (*days, days.mean())}
                law(f"sweep_outputs, {row['element']}: {key} is {row[key]}", row[key] in allowed)
            elif point:
                law(f"sweep_outputs, {row['element']}: {key}", near(row[key], number))
            if point:
                law(f"sweep_outputs, {row['element']}: {point}", own[int(row[point])] == number)
        if i < len(places):
            missing = 100 * np.isnan(release[:, :, i]).mean(axis=1)
            law(f"sweep_outputs, {row['element']}: missing", near(row["missing_least"], missing.min()) and near(row["missing_most"], missing.max()))
    for point, row in enumerate(tables["sweep_points"]):
        law(f"sweep_points, {point}", near(row["victims"], victims[point].mean()) and
            math.isclose(row["victims_error"], student_quantile(23) * victims[point].std(ddof=1) / math.sqrt(24), rel_tol=1e-5))


def main(folder):
    os.chdir(folder)
    (folder / "levers").mkdir()
    more = ("assets:\n  More: {operator: ANAMA, method: battle_area, teams: 3, on: 2022-01-01, source: test}\n"
            "streams:\n  Second budget: {kind: state, yearly: {2022: 0.5 MUSD}, source: test}\n")
    (folder / "teams.yaml").write_text(f"include: [{QUICK}]\nname: More teams\n{more}")
    (folder / "order.yaml").write_text(f"include: [{QUICK}]\nname: Another order\nplanning: {{rule: worst_first}}\n")
    (folder / "levers" / "teams.yaml").write_text(more)
    (folder / "levers" / "order.yaml").write_text("planning: {rule: worst_first}\n")
    scenarios = {name: folder / f"{name}.yaml" for name in ("teams", "order")}
    arguments = [QUICK, *scenarios.values(), "-n", N, "--seed", SEED, "--horizon", HORIZON, "--keep", "kept", "-q"]
    document = homeward("compare", *arguments, "--json", *(word for day in BY for word in ("--by", day)))
    paths = {name: next((folder / "kept").glob(f"{stem}-*")) for name, stem in (("base", "quick"), ("teams", "teams"), ("order", "order"))}
    file, tables = summary_is_what_the_file_says(paths["base"])
    law("some places are not released in some worlds: that is tried", counted["censored"] > 2)
    for row in tables["place_release"]:
        explain_is_what_the_file_says(paths["base"], file, row["place"])
    explain_of_money_is_what_the_file_says(paths["base"], file)
    comparison_is_what_the_files_say({name: File(path) for name, path in paths.items()}, arguments)
    law("pairs, bounds of shares, savings and places were looked at", min(counted[what] for what in ("pairs", "tango", "pairing", "places told")) > 3)
    facts_suffice_to_repeat(scenarios, document)
    levers_are_what_the_files_say(folder)
    sweep_is_what_its_outcomes_say()


with tempfile.TemporaryDirectory() as scratch:
    main(pathlib.Path(scratch))
print(f"{counted['laws']} figures and sentences looked at, {len(failures)} wrong")
sys.exit(1 if failures else 0)

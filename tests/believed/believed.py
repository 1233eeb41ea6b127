"""Does the model behave as a planner expects? Each row of the table changes one thing on the same worlds and says what was expected,
what came out, and whether that holds.

  tests/believed/believed.py PROGRAM SOURCE                  400 worlds of the baseline, all rows (some 15 minutes on two cores)
  tests/believed/believed.py PROGRAM SOURCE -n 40 --quick    the rows that so few worlds can decide
  tests/believed/believed.py PROGRAM SOURCE --only budget    the rows of these groups

Ends with 1 when a row does not hold. Rows with intervals fail when what was expected lies outside their 95 % interval; seeds are fixed,
so that the table is the same each time."""
import argparse
import csv
import datetime
import pathlib
import subprocess
import sys
import tempfile

import numpy

from worlds import Worlds, interval, trimmed

HERE = pathlib.Path(__file__).resolve().parent
START = datetime.date(2020, 11, 10)
FROZEN = (datetime.date(2023, 4, 30) - START).days
FLAGSHIP = "Agdam city"
STATE = "State mine action budget"
SUPPLY = ("no work in sight", "recruits", "courses", "dogs", "machines", "growth of organisations")
groups = {}


def group(name, quick=False):
    def keep(function):
        groups[name] = (function, quick)
        return function
    return keep


def day(year, month=1, of_month=1):
    return (datetime.date(year, month, of_month) - START).days


class Table:
    def __init__(self):
        self.failed = 0

    def row(self, expected, got, holds):
        verdict = {True: "holds", False: "FAILS", None: "shown"}[None if holds is None else bool(holds)]
        self.failed += verdict == "FAILS"
        print(f"  {verdict:6} {expected}\n         {got}", flush=True)


def budget(factor, year):
    return f"streams:\n  {STATE}:\n    factor: {{{year}: {factor:.10g}}}\n"


def of(mean_and_half, unit="", digits=0):
    return f"{mean_and_half[0]:+,.{digits}f} ±{mean_and_half[1]:,.{digits}f}{unit}"


NO_MINES = "classes:\n" + "".join(f"  {name}: {{mined: 0, battle: 0, source: a test}}\n" for name in ("high", "medium", "low"))


NO_FEAR = "resettlement: {fear: {value: 0 %, source: a test}}\n"


def detection(share):
    return "methods:\n  source: a test\n" + "".join(f"  {method}: {{detection: {share} %}}\n" for method in ("manual", "dogs", "battle_area"))


@group("clean", quick=True)
def clean(worlds, table):
    a = worlds.ask(NO_MINES).result()
    table.row("without mines and remnants nobody is hurt by them, ever", f"{a.victims[:, -1].sum():.0f} victims in {len(a.victims)} worlds",
              a.victims[:, -1].sum() == 0)
    at = a.month(day(2036))
    share = (a.released[:, at] / (a.released[:, at] + a.remaining[:, at])).mean()
    table.row("and at least three quarters of suspected land are released by 2035, since survey learns", f"{100 * share:.1f} %", share >= 0.75)


@group("detection", quick=True)
def poor_detection(worlds, table):
    base, poor = worlds.ask(), worlds.ask(detection(50))
    base, poor = base.result(), poor.result()
    civilians = base.victims_of("civilian")[:, -1], poor.victims_of("civilian")[:, -1]
    rise = interval(civilians[1] - civilians[0])
    share = rise[0] / civilians[0].mean()
    table.row("detection of 50 % hurts clearly more civilians, by at least a tenth to the horizon",
              f"{of(rise, digits=1)} of {civilians[0].mean():.1f}: {100 * share:+.0f} %", rise[0] - rise[1] > 0 and share >= 0.1)


@group("quality")
def external_qc(worlds, table):
    base, checked = worlds.ask(), worlds.ask(base=worlds.lever("external-qc"))
    base, checked = base.result(), checked.result()
    fewer = interval(base.victims_of("civilian")[:, -1] - checked.victims_of("civilian")[:, -1])
    price = interval(checked.clearance_usd() - base.clearance_usd())
    land = interval(checked.released[:, base.month(day(2031))] - base.released[:, base.month(day(2031))])
    table.row("quality control from outside: fewer victims, at a price",
              f"{of(fewer, digits=1)} victims averted; mine action {of((price[0] / 1e6, price[1] / 1e6), ' MUSD', 1)}; "
              f"land released by 2030 {of(land, ' ha')}", fewer[0] + fewer[1] > 0)


@group("budget")
def budgets(worlds, table):
    factors = (0.5, 0.75, 1, 1.25, 1.5, 2, 4)
    asked = [worlds.ask(budget(factor, 2025)) for factor in factors]
    answers = [one.result() for one in asked]
    noise = [worlds.ask(budget(1 + change, 2025)) for change in (1e-5, -1e-5)]
    noise = [one.result() for one in noise]
    place = answers[0].place(FLAGSHIP)
    state = answers[0].names["stream"].index(STATE)
    home = answers[0].month(day(2036))

    def people_home(a):
        return a.people[:, home]
    floor_people = max(interval(people_home(a) - people_home(noise[0]))[1] for a in (noise[1], answers[2]))
    floor_days = max(abs(numpy.median(a.release[:, place]) - numpy.median(noise[0].release[:, place])) for a in (noise[1], answers[2]))
    before = None
    for factor, a in zip(factors, answers):
        land, people = a.released[:, a.month(day(2036))], people_home(a)
        p50 = numpy.median(a.release[:, place])
        spent, paid = a.stream_spent[:, state].sum(axis=1).mean() / 1e6, a.stream_usd[:, state]
        text = (f"x {factor}: released by 2035 {land.mean():,.0f} ha, people home {people.mean():,.0f}, {FLAGSHIP} P50 "
                f"{START + datetime.timedelta(p50)}, spent {spent:,.0f} MUSD")
        if before is None:
            table.row("a larger state budget from 2025", text, None)
        else:
            more_land, more_people = interval(land - before[0]), interval(people - before[1])
            table.row("a larger state budget from 2025: more land, the flagship never later",
                      f"{text}; land {of(more_land, ' ha')}, P50 {p50 - before[2]:+.0f} d",
                      more_land[0] + more_land[1] > 0 and p50 - before[2] <= max(30, floor_days))
            table.row("and no fewer people home, beyond the noise floor of a budget changed by a hundred-thousandth",
                      f"{of(more_people)}, floor ±{floor_people:,.0f}", more_people[0] + more_people[1] > -floor_people)
        before = land, people, p50
    # More land that people go over has more accidents by what was missed, which keep some away: without that fear none are fewer.
    fearless = [people_home(one.result()) for one in [worlds.ask(budget(factor, 2025) + NO_FEAR) for factor in (0.5, 1, 4)]]
    for words, less, more in (("x 0.5 to x 1", *fearless[:2]), ("x 1 to x 4", *fearless[1:])):
        change = interval(more - less)
        table.row(f"without fear of accidents, {words}: no fewer people home", of(change), change[0] + change[1] > 0)
    # What of each added dollar is spent, and what becomes of the rest.
    fates = answers[2].names["fate"]
    for factor, a in zip(factors, answers):
        if factor > 1:
            added = (a.stream_usd - answers[2].stream_usd)[:, state].mean(axis=0)
            got = dict(zip(fates, added))
            share = got["spent"] / got["disbursed"]
            left = (a.unspent - answers[2].unspent)[:, state].mean(axis=0) / got["disbursed"]
            reasons = dict(zip(answers[2].names["reason"], left))
            supply = sum(reasons[name] for name in SUPPLY)
            rest = ", ".join(f"{name} {100 * part:.0f} %" for name, part in reasons.items() if part >= 0.005)
            table.row(f"x {factor}: of the added money 90 % is spent, or a limit of supply or of work is told as the reason",
                      f"{100 * share:.0f} % spent; not spent: {rest}", share + supply >= 0.9)
            table.row(f"x {factor}: and each dollar of the rest has a reason", f"{100 * (1 - share - left.sum()):.2f} % without",
                      abs(1 - share - left.sum()) < 1e-3)


@group("teams")
def twice_the_teams(worlds, table):
    layer = (worlds.base.parent / "layers" / "teams.yaml").read_text().splitlines()
    doubled, name = ["assets:", "  source: a test"], None
    for line in layer:
        if line.startswith("  ") and not line.startswith("   ") and line.rstrip().endswith(":"):
            name = line.strip()[:-1]
        words = line.strip()
        if words.startswith("teams:"):
            count = int("".join(c for c in words.split("value:")[-1].split(",")[0] if c.isdigit()))
            doubled += [f"  {name}:", f"    teams: {2 * count}"]
    base, more = worlds.ask(), worlds.ask("\n".join(doubled) + "\n")
    base, more = base.result(), more.result()
    # What is listed and cannot be borne is not bought; a delay is charged to money where teams are missing that more money would pay.
    later, unpaid = more.release - base.release, more.delayed_by("money") - base.delayed_by("money")
    place = base.place(FLAGSHIP)
    for what, days, money in (("the flagship is", later[:, place], unpaid[:, place]), ("places are in the mean", later.mean(axis=1), unpaid.mean(axis=1))):
        table.row(f"twice the teams on the same money: {what} never later",
                  f"{of(interval(days), ' d', 1)}; the delay ledger charges {of(interval(money), ' d', 1)} to want of money",
                  interval(days)[0] - interval(days)[1] <= 0)


@group("survey")
def survey_quality(worlds, table):
    shares = (10, 30, 50, 70, 90, 99)
    asked = [worlds.ask(f"methods:\n  non_technical_survey: {{specificity: {{value: {share} %, source: a test}}}}\n") for share in shares]
    answers = [one.result() for one in asked]
    place = answers[0].place(FLAGSHIP)
    for share, worse, better in zip(shares[1:], answers, answers[1:]):
        days = trimmed(better.release[:, place] - worse.release[:, place])
        places = interval((better.release - worse.release).mean(axis=1))
        people = interval((better.people - worse.people)[:, better.month(day(2036))])
        table.row(f"survey that tells {share} % of clean ground, against the step before: never later",
                  f"{FLAGSHIP} {of(days, ' d')} (trimmed), places {of(places, ' d', 1)}, people home by 2035 {of(people)}",
                  days[0] - days[1] <= 5 and places[0] - places[1] <= 3)


@group("levers")
def signs(worlds, table):
    base = worlds.ask()
    names = ("survey-first", "technical-advice", "remote-survey", "map-exchange-full", "treaty")
    asked = {name: worlds.ask(base=worlds.lever(name)) for name in names}
    base = base.result()
    place, at = base.place(FLAGSHIP), base.month(day(2031))
    for name in names:
        a = asked[name].result()
        days, places = trimmed(a.release[:, place] - base.release[:, place]), interval((a.release - base.release).mean(axis=1))
        land, cost = interval(a.released[:, at] - base.released[:, at]), interval((a.clearance_usd() - base.clearance_usd()) / 1e6)
        table.row(f"{name}: what it costs and what it frees",
                  f"{FLAGSHIP} {of(days, ' d')} (trimmed), places {of(places, ' d', 1)}, land by 2030 {of(land, ' ha')}, {of(cost, ' MUSD', 1)}", None)


@group("noise")
def noise_floor(worlds, table):
    changes = (1e-5, -1e-5, 3e-5, -3e-5)
    asked = {seed: (worlds.ask(seed=seed), [worlds.ask(budget(1 + change, 2023), seed=seed) for change in changes]) for seed in (1, 2)}
    for seed, (base, changed) in asked.items():
        base, changed = base.result(), [one.result() for one in changed]
        place = base.place(FLAGSHIP)
        days = [a.release[:, place] - base.release[:, place] for a in changed]
        # The half width of one pair, from all four.
        half = 1.96 * numpy.sqrt(numpy.mean([numpy.mean(d ** 2) for d in days]) / worlds.count)
        trim = numpy.mean([trimmed(d)[1] for d in days])
        places = 1.96 * numpy.sqrt(numpy.mean([((a.release - base.release).mean(axis=1) ** 2).mean() for a in changed]) / worlds.count)
        beyond = numpy.mean([numpy.abs(d) > 30 for d in days])
        scale = (worlds.count / 400) ** 0.5  # as if of 400 worlds
        table.row(f"a budget changed by some hundred-thousandths, seed {seed}: {FLAGSHIP} ±20 d, trimmed ±5, places ±3, under 10 % beyond 30 d",
                  f"±{half * scale:.1f} d, trimmed ±{trim * scale:.1f}, places ±{places * scale:.1f}, {100 * beyond:.1f} % beyond 30 d",
                  half * scale <= 20 and trim * scale <= 5 and places * scale <= 3 and beyond < 0.1)


def crps(sample, fact):
    """Continuous ranked probability score of a sample (Gneiting and Raftery 2007)."""
    x = numpy.sort(sample)
    n = len(x)
    spread = (2 * numpy.arange(1, n + 1) - n - 1) @ x / n ** 2
    return numpy.abs(x - fact).mean() - spread


def as_forecast(a, fact):
    """The model's sample of a fact, from one day to another."""
    begin, end = (a.month((datetime.date.fromisoformat(fact[k]) - START).days) for k in ("from", "to"))

    def grown(series):
        return series[:, end] - (series[:, begin] if begin >= 0 else 0)
    what = fact["quantity"]
    if what == "land":
        return grown(a.released)
    if what == "people":
        return a.people[:, end]
    if what.startswith("items "):
        return grown(a.found[:, :, a.names["item"].index(what.split()[1])])
    if what.startswith("victims "):
        return grown(a.victims_of(what.split()[1]))
    if what.startswith("first families "):
        days = a.first_families[:, a.place(what.split(" ", 2)[2])]
        days = numpy.where(numpy.isnan(days), a.horizon, days)
        return days[days > FROZEN]  # nobody had moved in there by then, which was known [S] [TLS]
    raise SystemExit(f"facts.csv: unknown quantity {what}")


@group("forecast")
def frozen_forecast(worlds, table):
    a = worlds.ask(settings=(f"as_of={START + datetime.timedelta(FROZEN)}",)).result()
    inside, all_but_land = 0, 0
    with open(HERE / "facts.csv", encoding="utf-8") as file:
        facts = list(csv.DictReader(line for line in file if not line.startswith("#")))
    for fact in facts:
        value = float((datetime.date.fromisoformat(fact["value"]) - START).days if fact["value"].count("-") == 2 else fact["value"])
        x = as_forecast(a, fact)
        p10, p50, p90 = numpy.quantile(x, (0.1, 0.5, 0.9))
        holds = p10 <= value <= p90
        text = f"came {value:,.0f}; P10 {p10:,.0f}, P50 {p50:,.0f}, P90 {p90:,.0f}"
        if fact["quantity"] == "land":
            ratio = crps(x, value) / abs(value - float(fact["last_year"]))
            table.row(f"known by April 2023, {fact['quantity']} {fact['from']} to {fact['to']}: inside P10 to P90, CRPS under 0.6 of last year's pace",
                      f"{text}; CRPS ratio {ratio:.2f}", holds and ratio < 0.6)
        else:
            all_but_land += 1
            inside += holds
            table.row(f"known by April 2023, {fact['quantity']} {fact['from']} to {fact['to']}", f"{'inside' if holds else 'OUTSIDE'}: {text}", None)
    table.row("of items, victims, first families and people of 2023-24 at least 70 % inside P10 to P90", f"{inside} of {all_but_land}",
              inside >= 0.7 * all_but_land)


# What `inside` tells of worlds as they run: name, what is expected, the most that may be, the fewest worlds that can tell.
INSIDE = [("idle", "team-days idle beside work that could be begun: under 3 %", 0.03, 10),
          ("waiting", "months of work that wait for quality control: under one", 1, 100),
          ("held", "shares of work held by one team for over 90 field days: none", 0, 10),
          ("left", "places a world with under 10 ha left for over two years, for no want of money, access or peace, and nobody at work: none", 0, 100),
          ("slow", "the same with somebody at work on them: under one in ten worlds", 0.1, 100)]


@group("inside", quick=True)
def as_it_runs(worlds, table):
    if worlds.inside is None:
        return
    said = subprocess.run([worlds.inside, worlds.base, str(min(worlds.count, 100))], capture_output=True, text=True, check=True).stdout
    got = {name: float(value) for name, value in (line.split() for line in said.splitlines())}
    for name, expected, most, fewest in INSIDE:
        table.row(expected, f"{got[name]:.4g}", got[name] <= most if worlds.count >= fewest else None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("-n", type=int, default=400, help="worlds of each variant (400)")
    parser.add_argument("--quick", action="store_true", help="only the rows that few worlds can decide")
    parser.add_argument("--only", nargs="+", choices=groups, help="only these groups of rows")
    parser.add_argument("--inside", type=pathlib.Path, help="the program of that name, for the rows that no result file tells")
    parser.add_argument("--keep", type=pathlib.Path, help="a folder where results are kept, and found again")
    arguments = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or pathlib.Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        worlds = Worlds(arguments.program, arguments.source.resolve() / "scenarios" / "great-return-from-2020.yaml", folder, arguments.n)
        worlds.inside = arguments.inside
        for name, (function, quick) in groups.items():
            if (not arguments.only or name in arguments.only) and (quick or not arguments.quick):
                print(f"{name}, {arguments.n} worlds", flush=True)
                function(worlds, table)
    print(f"{table.failed} rows do not hold" if table.failed else "all rows hold")
    return 1 if table.failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""What was known by a day: --as-of takes a scenario without what became known later, wherever it is said, and says so.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import re
import tempfile

import h5py
import numpy
from shared.laws import QUICK, SOURCE, end, homeward, judged, law, run, said

BASELINE = SOURCE / "scenarios/great-return-from-2020.yaml"
RUN = ("-q", "--no-page", "-n", "6")


def digest(*arguments):
    return re.search(r"digest ([0-9a-f]+)", homeward("check", *arguments))[1]


def outcomes(path):
    """All numbers of the replications, by name."""
    with h5py.File(path) as file:
        numbers = {name: data for name, data in file.items() if isinstance(data, h5py.Dataset) and data.dtype.kind in "fiu"}
        return {name: data[()].tobytes() for name, data in numbers.items()}


def played(name, *arguments):
    judged("run", *arguments, *RUN, "-o", f"{name}.h5")
    return outcomes(f"{name}.h5")


def write(name, text):
    pathlib.Path(name).write_text(text, encoding="utf-8")
    return name


def without_marks(folder):
    """A copy of the scenarios in which nothing says by when it was known."""
    for path in (SOURCE / "scenarios").rglob("*.yaml"):
        copy = folder / path.relative_to(SOURCE / "scenarios")
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        text = re.sub(r", known_by: ([-0-9]+|asked)", "", re.sub(r"\n *known_by: ([-0-9]+|asked)(?=\n)", "", text))
        law(f"{path.name}: no mark is left", "known_by:" not in re.sub("#.*", "", text))
        copy.write_text(text, encoding="utf-8")
    return folder / "great-return-from-2020.yaml"


def marks_of_the_baseline():
    law("marks change neither a value nor the digest", digest(BASELINE) == digest(without_marks(pathlib.Path("plain").resolve())))
    layers = re.findall(r"layers/[-\w]+\.yaml", BASELINE.read_text(encoding="utf-8"))
    days = sorted({day for path in map((SOURCE / "scenarios").joinpath, layers)
                   for day in re.findall(r"known_by: ([-0-9]+)", path.read_text(encoding="utf-8"))} - {"2020-11-10"})
    law(f"the baseline says when much became known: {len(days)} days", len(days) > 20)
    for day in days:
        eve = str(numpy.datetime64(day) - 1)
        listed = {as_of: homeward("check", BASELINE, "--as-of", as_of) for as_of in (eve, day)}
        law(f"what became known by {day} is listed the day before, and not on the day",
            f"known by {day} (" in listed[eve] and f"known by {day} (" not in listed[day])


def one_day_however_it_is_said():
    marked = write("marked.yaml", f"include: [{QUICK}]\nname: Marked\nassets:\n"
                   "  Later: {operator: ANAMA, method: battle_area, teams: 4, on: 2022-01-01, source: a test, known_by: 2021-12-01}\n"
                   "districts: {Zangilan: {access_from: {value: 2021-03-01, source: a test, known_by: 2021-01-15}}}\n")
    plain = write("plain.yaml", f"include: [{QUICK}]\nname: Marked\n")
    files = write("says.yaml", f"include: [{marked}]\nname: Marked\nas_of: 2021-11-30\n")
    free = played("free", marked)
    law("when all is known the worlds are those without a day, to the byte", played("all", marked, "--as-of", "2030-12-31") == free)
    early = played("early", marked, "--as-of", "2021-11-30")
    law("a mark that lies beyond the day changes the run", early != free)
    law("the same day twice: the same bytes", played("again", marked, "--as-of", "2021-11-30") == early)
    law("the file may say the day", played("file", files) == early)
    law("and so may --set", played("set", marked, "--set", "as_of=2021-11-30") == early)
    law("nothing known: as if the later lines were not there",
        played("none", marked, "--as-of", "2021-01-14") == played("base", plain, "--as-of", "2021-01-14"))
    return marked


def capacity_is_history_only_to_the_day():
    growing = write("growing.yaml", f"include: [{QUICK}]\nname: Growing\ncapacity: {{growth: by_money, known_to: 2024-01-01}}\n")
    free = played("growing", growing)
    early = played("growing-early", growing, "--as-of", "2022-01-01")
    law("operators hire from the day on, not from the day to which the list was known later", early != free)
    then, before = (played(f"growing-{day}", growing, "--as-of", "2022-01-01", "--set", f"capacity.known_to={day}")
                    for day in ("2022-01-01", "2021-06-01"))
    law("as if the list were known to that day", early == then != before)


def what_is_asked():
    """A question is no knowledge: it holds as of any day, and warns of nothing."""
    question = "include: [%s]\nname: Asked\nsource: a question\n%sstreams:\n  More: {kind: donor, amount: 9 MUSD, pledged: 2022-06-15}\n"
    asked, later = (write(f"{name}.yaml", question % (QUICK, f"known_by: {day}\n")) for name, day in (("asked", "asked"), ("later", "2022-06-01")))
    day = ("--as-of", "2021-12-31")
    free, left = played("asked", asked, *day), played("later", later, *day)
    law("it is not left out", free != left)
    law("without a day it is the same as what was known then", played("asked-now", asked) == played("later-now", later))
    leaks = [count(write(f"{name}.yaml", question % (QUICK, mark)), *day) for name, mark in (("said", "known_by: asked\n"), ("unsaid", ""))]
    law(f"it is none of the values that may leak: {leaks}", leaks[1] == leaks[0] + 1)
    source = SOURCE / "scenarios"
    for file in sorted([*source.glob("levers/**/*.yaml"), *source.glob("pledges/*.yaml")]):
        law(f"{file.name} is asked", "of a later time" not in judged("check", file).stderr)


def count(file, *words):
    return int(re.search(r"as of [-\d]+: (\d+) values? of a later time", judged("check", file, *words).stderr)[1])


def it_is_said(marked):
    told = said("run", marked, "--as-of", "2021-11-30", *RUN[1:], "-o", "told.h5")
    law("a run says how much could not be frozen, and where to see it",
        re.search(r"warning: as of 2021-11-30: \d+ values of a later time without 'known_by' are taken as known; homeward check FILE --as-of 2021-11-30 lists them", told))
    law("the head of the summary says the day", "\nAs of 2021-11-30: from what was known by then\n" in told)
    law("so does the head of explain", "As of 2021-11-30" in homeward("explain", "told.h5", "--place", "Aghali"))
    about = {row["fact"]: row["value"] for row in json.loads(homeward("summary", "told.h5", "--json"))["tables"]["about"]["rows"]}
    law("and the table of what was run", about.get("as of") == "2021-11-30")
    law("without a day nothing is said", "As of" not in said("run", marked, *RUN[1:], "-o", "untold.h5"))
    compared = homeward("compare", marked, marked, "-n", "6", "--as-of", "2021-11-30", "--no-page")
    law("compare says it of its base", "\nAs of 2021-11-30" in compared)
    page = judged("report", "told.h5", "-o", "told.html")
    if page.returncode == 0:
        law("the page knows the day", '"as_of":"2021-11-30"' in pathlib.Path("told.html").read_text(encoding="utf-8"))
    design = write("design.yaml", f"name: Two\nscenario: {marked}\ndesign: {{grid: {{steps: 2}}}}\nreplications: 4\nfactors:\n"
                   "  survey: {path: methods.non_technical_survey.rate, range: [5 ha/day, 12 ha/day]}\n")
    judged("sweep", design, "--as-of", "2021-11-30", "-q", "-o", "sweep")
    law("a sweep says it, too", "\nAs of 2021-11-30" in homeward("summary", "sweep/sweep.h5"))
    law("and so does its comparison", "\nAs of 2021-11-30" in homeward("compare", "sweep/sweep.h5", "--no-page"))


def mistakes_are_told(marked):
    cases = [
        (("--as-of", "2021-13-01"), "--as-of wants a date"),
        (("--as-of", "2031-01-01"), "as_of is 2031-01-01, after the horizon, 2030-12-31"),
        (("--as-of", "2021-01-01", "--set", "as_of=2022-01-01"), "set the same value; which one is meant?"),
        (("--as-of", "2021-01-01", "--set", "assets.Later.teams=2"),
         "cannot set 'assets.Later.teams'; it became known by 2021-12-01 (marked.yaml:4:3), after the day of as_of, 2021-01-01"),
    ]
    for words, expected in cases:
        done = run("run", marked, *words, *RUN, "-o", "wrong.h5")
        law(f"{words}: {done.returncode}, {done.stderr}", done.returncode == 2 and expected in done.stderr)
    law("and nothing is written", not os.path.exists("wrong.h5"))
    late = write("late.yaml", f"include: [{QUICK}]\nname: Late\nplanning: {{rule: {{value: worst_first, known_by: 2203-08-25}}}}\n")
    done = run("check", late)
    law(f"a mark after the horizon is refused at its place: {done.stderr}",
        done.returncode == 2 and "late.yaml:3:49: 'known_by' is 2203-08-25, after the horizon, 2030-12-31: mistyped?" in done.stderr)
    law("a horizon that is nearer by option makes no mark wrong", run("check", BASELINE).returncode == 0 and
        run("run", BASELINE, "--horizon", "2021-06-30", "-n", "1", "-q", "--no-page", "-o", "short.h5").returncode == 0)
    design = write("as-of.yaml", f"name: Days\nscenario: {marked}\ndesign: {{grid: {{}}}}\nreplications: 4\nfactors:\n"
                   "  day: {path: as_of, levels: [2021-01-01, 2022-01-01]}\n")
    done = run("sweep", design, "--dry-run")
    law(f"the day is no factor: {done.stderr}", done.returncode == 2 and "cannot be a factor: what was known decides" in done.stderr)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    marks_of_the_baseline()
    scenario = one_day_however_it_is_said()
    capacity_is_history_only_to_the_day()
    what_is_asked()
    it_is_said(scenario)
    mistakes_are_told(scenario)
    os.chdir("/")
end()

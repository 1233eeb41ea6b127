"""Answers to questions of what to do as files: xarray opens them, they hold what the JSON holds, say by which command they are made again, and
replace nothing that is none.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import re
import shlex
import tempfile

import xarray

from shared.laws import QUICK, end, judged, law
from shared.tables import the_same_tables

QUESTIONS = {
    "pledge": (QUICK, "-n", 40, "--amount", "2 MUSD", "--years", "2023-2025", "--only-operator", "ANAMA", "--name", "Anna's gift"),
    "target": (QUICK, "-n", 40, "--by", "p(Aghali by 2022-12-31) >= 60 %", "--money", "State mine action budget"),
    "rank": (QUICK, "more.yaml", "--for", "land by 2024-12-31", "--indifference", "0.2", "--most", 200),
    "worth": (QUICK, "more.yaml", "--for", "land by 2024-12-31", "-n", 60, "--of", "streams"),
    "adapt": (QUICK, "rule.yaml", "--for", "land by 2024-12-31", "-n", 40),
    "allocate": (QUICK, "--budget", "4 MUSD/year", "--choose", "years", "--aim", "land by 2024-12-31", "-n", 6, "--tries", 6),
    "discover": (QUICK, "--bad", "Aghali after 2022-12-31", "-n", 60),
}


def the_file_is_the_answer(question, asked):
    path = f"{question}.h5"
    said = judged(question, *asked, "-q", "--json", "-o", path).stdout
    data = xarray.open_dataset(path)
    the_same_tables(data, json.loads(said)["tables"])
    facts = {row["fact"]: row["value"] for row in json.loads(said)["tables"]["about"]["rows"]}
    law(f"{path} says what was asked: {data.attrs}", data.attrs["question"] == question and data.attrs["seed"] == facts["seed"]
        and data.attrs["version"] == facts["program version"] and facts["scenario digest"] in data.attrs["digest"])
    words = shlex.split(data.attrs["command"])
    law(f"{path} says by which command: {words}", words[:2] == ["homeward", question] and judged(*words[1:], "-q", "--json").stdout == said)
    first = pathlib.Path(path).read_bytes()
    judged(question, *asked, "-q", "-o", path, "--keep", "spread", before=("mpirun", "-np", "2", "--oversubscribe"))
    law(f"two ranks give the same bytes of {path}, over the first file", pathlib.Path(path).read_bytes() == first)


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    pathlib.Path("more.yaml").write_text(f"include: [{QUICK}]\nname: more\nstreams: {{State mine action budget: {{factor: {{2021: 1.5}}}}}}\n")
    pathlib.Path("rule.yaml").write_text("signposts: {Slow: {on: 2021-12-31, released_share_below: 15 %, pull: technical_advice}}\n")
    pathlib.Path("mine.txt").write_text("my own\n")
    for question, asked in QUESTIONS.items():
        refused = judged(question, *asked, "-o", "mine.txt", code=2)
        law(f"what is no answer is kept: {refused.stderr}", "mine.txt is there already and holds no answer" in refused.stderr)
        missing = judged(question, *asked, "-o", "nowhere/answer.h5", code=4)
        law(f"a folder that is not there: {missing.stderr}", "nowhere" in missing.stderr)
        law("nothing was run for what cannot be written", not pathlib.Path("results").exists() and missing.stdout + refused.stdout == "")
    over = judged("discover", "more.yaml", *QUESTIONS["discover"][1:], "-o", "more.yaml", "--replace", code=2)
    law(f"a scenario that is read is never written over: {over.stderr}", "include" in pathlib.Path("more.yaml").read_text())
    for question, asked in QUESTIONS.items():
        the_file_is_the_answer(question, asked)
        law(f"{question} says as of when it knows what", "As of 2020-12-31: from what was known by then" in judged(question, *asked, "-q", "--as-of", "2020-12-31").stdout)
    judged("run", QUICK, "-n", 10, "-q", "--no-page", "-o", "r.h5")
    judged("report", "r.h5", "--answers", "pledge.h5", "--answers", "rank.h5", "--answers", "allocate.h5", "-o", "page.html")
    page = json.loads(re.search(r'<script[^>]*id="?data"?[^>]*>(.*?)</script>', pathlib.Path("page.html").read_text(encoding="utf-8"), re.S)[1])
    for question, shown in zip(("pledge", "rank", "allocate"), page["answers"], strict=True):
        data = xarray.open_dataset(f"{question}.h5")
        law(f"the page has all of {question}", list(shown["tables"]) == data.attrs["tables"].split("\n") and shown["command"] == data.attrs["command"])
    for path, code in (("r.h5", 2), ("mine.txt", 4), ("nothing.h5", 4)):
        refused = judged("report", "r.h5", "--answers", path, "-o", "wrong.html", code=code)
        law(f"a page shows answers alone: {refused.stderr}", path in refused.stderr and not os.path.exists("wrong.html"))
    over = judged("report", "r.h5", "--answers", "rank.h5", "-o", "rank.h5", "--replace", code=2)
    law(f"an answer that is read is not written over: {over.stderr}", xarray.open_dataset("rank.h5").attrs["question"] == "rank")
    law("what was there is there", pathlib.Path("mine.txt").read_text() == "my own\n")
    os.chdir("/")
end()

"""Scores of hindcasts as a file: xarray opens it, it holds what the JSON holds, a page shows it again, and mistakes are told.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import re
import tempfile

import xarray
from shared.laws import QUICK, ask, end, homeward, judged, law, run
from shared.tables import the_same_tables

FACTS = """\
source: a test
observations:
  2021: {quantity: land_released, from: 2021-01-01, to: 2021-12-31, value: 900 ha, error: 90 ha}
  2022: {quantity: land_released, from: 2022-01-01, to: 2022-12-31, value: 1500 ha, error: 150 ha, known_by: 2023-02-01}
  2023: {quantity: land_released, from: 2023-01-01, to: 2023-12-31, value: 14000 ha}
  mines: {quantity: items_found, of: AP, to: 2021-12-31, value: 60}
  families: {quantity: first_families, place: Aghali, value: 2022-06-01, error: 30 days, known_by: 2022-12-31}
  district 2023: {quantity: land_released, district: Zangilan, from: 2023-01-01, to: 2023-12-31, value: 1300 ha, known_by: 2024-02-01}
  plan 2023: {quantity: land_released, from: 2023-01-01, to: 2023-12-31, value: 2000 ha, plan: yes, known_by: 2023-01-15}
"""
HINDCAST = "hindcast", "r.h5", "--observations", "facts.yaml", "--origin", "2021-12-31", "--origin", "2022-12-31"


def the_file_holds_what_the_json_holds():
    answer = json.loads(homeward(*HINDCAST, "--json", "-o", "scores.h5"))["tables"]
    for engine in ("netcdf4", "h5netcdf"):
        data = xarray.open_dataset("scores.h5", engine=engine)
        the_same_tables(data, answer, "hindcast_")
        facts = data.where(data.facts_group == "land_released", drop=True)
        law("questions are asked of it as of any table", facts.sizes["facts"] == 3 and list(facts.facts_inside_80.values).count("no") >= 1)
    first = pathlib.Path("scores.h5").read_bytes()
    ask(*HINDCAST, "-o", "scores.h5")
    law("written anew it has the same bytes", pathlib.Path("scores.h5").read_bytes() == first)


def pages_show_it():
    judged("report", "r.h5", "--scores", "scores.h5", "-o", "page.html")
    judged("run", QUICK, "-n", "10", "-q", "--scores", "scores.h5", "-o", "ten.h5")
    answer = json.loads(homeward(*HINDCAST, "--json"))["tables"]
    for page in ("page.html", "ten.html"):
        text = pathlib.Path(page).read_text(encoding="utf-8") if os.path.exists(page) else ""
        shown = re.search(r'"scores":(\{"file":"scores.h5".*\})\}', text)
        law(f"{page} has the tables", shown and all(f'"{name}":{{"title"' in shown[1] for name in answer))
    done = judged("run", QUICK, "-n", "10", "-q", "--no-page", "--scores", "scores.h5", "-o", "none.h5", code=2)
    law("scores want a page", "--no-page" in done.stderr and not os.path.exists("none.h5"))
    for path, code, words in (("r.h5", 2, "holds no scores"), ("facts.yaml", 4, "facts.yaml"), ("nothing.h5", 4, "nothing.h5")):
        done = run("report", "r.h5", "--scores", path, "-o", "wrong.html")
        law(f"{path}: {done.returncode}, {done.stderr}", done.returncode == code and words in done.stderr and not os.path.exists("wrong.html"))
    damaged = bytearray(pathlib.Path("scores.h5").read_bytes())
    damaged[len(damaged) // 2] ^= 255
    pathlib.Path("damaged.h5").write_bytes(damaged)
    done = run("report", "r.h5", "--scores", "damaged.h5", "-o", "wrong.html")
    law("a damaged file is refused", done.returncode == 4 and not os.path.exists("wrong.html"))
    done = run("report", "r.h5", "--scores", "scores.h5", "-o", "scores.h5", "--replace")
    law("scores that are read are not written over", done.returncode == 2)


def mistakes_are_told():
    pathlib.Path("mine.txt").write_text("my own\n")
    done = run(*HINDCAST, "-o", "mine.txt")
    law(f"what is no file of scores is kept: {done.stderr}", done.returncode == 2 and "holds no scores" in done.stderr and done.stdout == "" and pathlib.Path("mine.txt").read_text() == "my own\n")
    before = pathlib.Path("r.h5").read_bytes()
    done = run(*HINDCAST, "-o", "r.h5", "--replace")
    law("what is read is never written over", done.returncode == 2 and pathlib.Path("r.h5").read_bytes() == before)
    done = run(*HINDCAST, "-o", "nowhere/scores.h5")
    law(f"a folder that is not there: {done.returncode}", done.returncode == 4 and "nowhere" in done.stderr)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    pathlib.Path("facts.yaml").write_text(FACTS)
    judged("run", QUICK, "-n", "100", "-q", "--no-page", "-o", "r.h5")
    the_file_holds_what_the_json_holds()
    pages_show_it()
    mistakes_are_told()
    os.chdir("/")
end()

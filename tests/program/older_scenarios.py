"""Files of older formats, which hold their scenario as YAML text only, say what files of today say.

Arguments: the program, the source folder."""
import json
import pathlib
import shutil
import tempfile

import h5py
from shared.laws import QUICK, end, homeward, law

SWEEP = f"""name: Older
scenario: {QUICK}
design: {{grid: {{steps: 2}}}}
replications: 16
keep: outcomes
factors:
  rule: {{path: planning.rule, levels: [worst_first, nearest_release]}}
  pace: {{path: [operators.ANAMA.pace, operators.MAG.pace], range: [0.8, 1.2]}}
"""


def make_older(path):
    with h5py.File(path, "r+") as file:
        for name in ("scenario_values", "case_values"):
            if name in file:
                del file[name]
        for name in ("homeward_format", "homeward_sweep_format"):
            if name in file.attrs:
                file.attrs.modify(name, file.attrs[name].dtype.type(2))
        if "whole_outcome" in file.attrs:
            del file.attrs["whole_outcome"]


def answer(text):
    """Without what tells that somebody else wrote the file."""
    return text.replace("NOT SEALED: ", "")


def same(words, folders, *arguments):
    new, old = (homeward(*arguments, "--unsealed", cwd=folder) for folder in folders)
    law(words, json.loads(answer(new))["tables"].keys() == json.loads(answer(old))["tables"].keys())
    drop = {"about", "sweep"}
    tables = [{k: v for k, v in json.loads(answer(text))["tables"].items() if k not in drop} for text in (new, old)]
    for table in tables[0]:
        law(f"{words}: {table}", tables[0][table] == tables[1][table])


with tempfile.TemporaryDirectory() as name:
    new, old = pathlib.Path(name) / "new", pathlib.Path(name) / "old"
    new.mkdir()
    (new / "sweep.yaml").write_text(SWEEP)
    run = ["run", QUICK, "-n", 20, "-q", "--no-page"]
    homeward(*run, "-o", "base.h5", cwd=new)
    homeward(*run, "-o", "other.h5", "--set", "planning.rule=worst_first", cwd=new)
    homeward("sweep", "sweep.yaml", "-q", "-o", "sweep", cwd=new)
    shutil.copytree(new, old)
    for path in ("base.h5", "other.h5", "sweep/sweep.h5"):
        make_older(old / path)
    folders = (new, old)
    same("a summary is the same", folders, "summary", "base.h5", "--json")
    same("a comparison is the same", folders, "compare", "base.h5", "other.h5", "--json")
    same("a comparison of points is the same", folders, "compare", "sweep/sweep.h5", "--json")
    for folder in folders:
        homeward("report", "base.h5", "other.h5", "sweep/sweep.h5", "-o", "page.html", "--unsealed",
                 "--outcome", "place_release_day", cwd=folder)
        homeward("export", "base.h5", "--geojson", "map.geojson", "--unsealed", cwd=folder)
    law("a map is the same", (new / "map.geojson").read_text() == answer((old / "map.geojson").read_text()))
end()

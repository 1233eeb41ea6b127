#!/usr/bin/python3
"""Laws of `homeward runs`: what is listed is what each file itself says; every filter finds the file by its own attribute and no other;
damaged and foreign files are named with the reason and end nothing; a file is unreferenced only where that is seen, and goes only with
--yes; nothing is looked for or removed through a symbolic link.

usage: runs_found.py PROGRAM SOURCE"""
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import subprocess
import tempfile
import time

import h5py
from shared.laws import PROGRAM, SOURCE, end, judged, law

scratch = pathlib.Path(tempfile.mkdtemp())
os.chdir(scratch)


def homeward(*words, **more):
    return judged(*words, stdin=subprocess.DEVNULL, errors="replace", **more)


def rows(*words, **more):
    return json.loads(homeward("runs", *words, "--json", **more).stdout)["tables"]["runs"]["rows"]


def files(*words):
    return [row["file"] for row in rows(*words)]


def tree(folder="."):
    return {str(path): path.read_bytes() for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file() and not path.is_symlink()}


# ---- A folder with one of each ----
work = scratch / "work"
work.mkdir()
os.chdir(work)
shutil.copytree(SOURCE / "scenarios/layers", "scenarios/layers")
shutil.copy(SOURCE / "scenarios/quick.yaml", "scenarios/quick.yaml")
shutil.copytree(SOURCE / "scenarios/posterior", "posterior")
QUICK = "scenarios/quick.yaml"
pathlib.Path("levers").mkdir()
pathlib.Path("results").mkdir()
pathlib.Path("levers/worst.yaml").write_text("planning: {rule: worst_first}\n")
pathlib.Path("design.yaml").write_text("name: Two rules\nscenario: scenarios/quick.yaml\ndesign: {grid: {steps: 2}}\nreplications: 20\n"
                                       "factors:\n  rule: {path: planning.rule, levels: [worst_first, returnees_per_dollar]}\n")
homeward("run", QUICK, "-n", 30, "-q", "--no-page", "-o", "results/plain.h5")
homeward("run", QUICK, "-n", 20, "-s", 18446744073709551615, "-q", "--no-page", "--set", "planning.rule=worst_first", "--as-of", "2021-06-30",
         "-o", "results/set.h5")
homeward("sweep", "design.yaml", "-q", "-o", "results/swept")
homeward("levers", QUICK, "--levers", "levers", "-n", 20, "-q", "--keep", "results/runs", "--set", "horizon=2027-12-31")
homeward("discover", QUICK, "--bad", "Aghali after 2022-06-30", "-n", 60, "-q", "--keep", "results/runs", "-o", "results/answer.h5")
for form in (1, 2):
    with open(f"results/older-{form}.h5", "wb") as out:
        subprocess.run(["xz", "-dc", SOURCE / f"tests/data/run-format-{form}.h5.xz"], stdout=out, check=True)

# ---- What a file says ----
found = {row["file"]: row for row in rows()}
by_kind = {kind: [name for name, row in found.items() if row["kind"] == kind] for kind in {row["kind"] for row in found.values()}}
law("there is one row of each file", {name for name in found if "*" not in name} ==
    {str(path) for path in pathlib.Path(".").rglob("*.h5")}, found.keys())
law("kinds are told apart", {kind: len(names) for kind, names in by_kind.items()} ==
    {"result": 4 + len(list(pathlib.Path("results/runs").iterdir())), "sweep": 1, "journal": 1, "posterior": 1, "answer": 1}, by_kind)
for name, row in found.items():
    if row["kind"] in ("result", "sweep"):
        with h5py.File(name) as file:
            asked = file.attrs["replications_asked" if row["kind"] == "result" else "replications"]
            for key, wanted in {"scenario": file.attrs["title"], "digest": file.attrs["digest"], "seed": str(file.attrs["seed"]),
                                "version": file.attrs["homeward_version"], "replications_asked": asked}.items():
                wanted = wanted.decode() if isinstance(wanted, bytes) else wanted
                law(f"{name}: {key} is the file's own", row[key] == wanted, (row, wanted))
    about = os.stat(name) if "*" not in name else None
    if about:
        law(f"{name}: size and day are the file's own", row["size"] == about.st_size and
            row["changed"] == time.strftime("%Y-%m-%d", time.gmtime(about.st_mtime)), row)
law("what was set is told", found["results/set.h5"]["variant"].split(", ") == ["planning.rule=worst_first", "as_of=2021-06-30"],
    found["results/set.h5"])
law("and as of when", found["results/set.h5"]["as_of"] == "2021-06-30" and found["results/plain.h5"]["as_of"] is None)
law("a seed of 64 bits stays whole", found["results/set.h5"]["seed"] == "18446744073709551615")
law("a table says as of when it learnt", found["posterior/azerbaijan-2024.h5"]["as_of"] == "2024-12-31")
law("an answer says by which command it was made", found["results/answer.h5"]["variant"].startswith("homeward discover " + QUICK))
law("nothing is wrong with any", all("cannot" not in row["state"] for row in found.values()), found)
law("a folder may be named in any way", [row["digest"] for row in rows(work)] == [row["digest"] for row in rows("./")] ==
    [row["digest"] for row in rows()])

# ---- Found by each attribute ----
digest = found["results/set.h5"]["digest"]
for option, value in {"--digest": digest[:7], "--seed": "18446744073709551615", "--as-of": "2021-06-30", "--variant": "as_of=2021"}.items():
    law(f"{option} finds it alone", files(option, value) == ["results/set.h5"], files(option, value))
law("--kind finds sweeps and answers", files("--kind", "sweep", "-k", "answer") == ["results/answer.h5", "results/swept/sweep.h5"])
law("--scenario finds by the name of a scenario file", set(files("--scenario", "quick.yaml")) >= {"results/plain.h5", "results/set.h5"})
law("--scenario finds by the title, whatever the case", "results/plain.h5" in files("--scenario", found["results/plain.h5"]["scenario"].upper()))
law("--replications finds by their number", files("-n", 30, "--kind", "result") == ["results/plain.h5"])
law("--version finds all of this one", "results/plain.h5" in files("--version", "0.") and files("--version", "9.") == [])
os.utime("results/plain.h5", (0, 86400 * 365))
law("--before finds what is old", files("--before", "1971-01-02") == ["results/plain.h5"] and files("--before", "1971-01-01") == [])
law("--since finds the rest", "results/plain.h5" not in files("--since", "1971-01-02") and "results/set.h5" in files("--since", "1971-01-02"))
law("two filters are both kept to", files("--seed", 1, "--as-of", "2021-06-30") == [])
for words in (["--kind", "reslt"], ["--yes"], ["--seed", "-1"], ["--as-of", "2021-02-30"], ["nowhere"], [QUICK], ["--unref"]):
    homeward("runs", *words, code=2)
law("the nearest kind is told", "did you mean 'result'" in homeward("runs", "--kind", "reslt", code=2).stderr)
homeward("runs", "--csv", "tables")
law("CSV has the same rows", len(pathlib.Path("tables/runs.csv").read_text().splitlines()) == 1 + len(found))

# ---- Unreferenced: only where it is seen ----
law("what compares and levers kept is still theirs; journals of a finished sweep and a table that nobody names are not",
    files("--unreferenced") == ["posterior/azerbaijan-2024.h5", "results/swept/journal-*"], rows("--unreferenced"))
law("below the results alone nothing is judged that hangs on scenarios", files("results", "--unreferenced") == ["results/swept/journal-*"])
law("a table is judged by scenarios only", files("posterior", "--unreferenced") == [])
pathlib.Path("scenarios/named.yaml").write_text("include: [quick.yaml]\nparameters_from: ../posterior/../posterior/azerbaijan-2024.h5\n")
law("a table that a scenario names stays", "posterior/azerbaijan-2024.h5" not in files("--unreferenced"))
pathlib.Path("scenarios/named.yaml").write_text("include: [nowhere.yaml]\nparameters_from: ../posterior/other.h5\n")
law("nor is it judged while a scenario that may name it cannot be read", "posterior/azerbaijan-2024.h5" not in files("--unreferenced"))
pathlib.Path("scenarios/named.yaml").unlink()

before = tree()
planned = homeward("runs", "--remove-unreferenced", "--kind", "journal")
law("without --yes it only says what would go", tree() == before and "journal-*" in planned.stdout and "nothing was removed" in planned.stderr)
gone = homeward("runs", "--remove-unreferenced", "--kind", "journal", "--yes")
law("with --yes exactly that goes", set(before) - set(tree()) == {name for name in before if name.startswith("results/swept/journal-")} and
    all(tree()[name] == before[name] for name in tree()), gone.stdout + gone.stderr)
homeward("sweep", "design.yaml", "-q", "-o", "results/swept", "--resume")

kept = sorted(str(path) for path in pathlib.Path("results/runs").iterdir())
law("there are kept results, also of a layer and of a change of nothing", len(kept) == 4, kept)
text = pathlib.Path(QUICK).read_text()
pathlib.Path(QUICK).write_text(text + "\n# a remark\n")
law("a remark in a scenario makes no other one", files("--unreferenced", "--kind", "result") == [])
pathlib.Path(QUICK).write_text(text.replace("climate: {value: foothill", "climate: {value: upland", 1))
law("the scenario was changed", pathlib.Path(QUICK).read_text() != text)
law("kept results of a scenario that says something else now may go; those under the user's own names stay",
    files("--unreferenced", "--kind", "result") == kept, rows("--unreferenced"))
shutil.move("scenarios/layers/ground.yaml", scratch / "ground.yaml")
law("they are not judged while a part of their scenario is missing", files("--unreferenced", "--kind", "result") == [])
shutil.move(scratch / "ground.yaml", "scenarios/layers/ground.yaml")
shutil.copytree("scenarios", "copy")
law("nor where it is not certain which file was meant", files("--unreferenced", "--kind", "result") == [])
shutil.rmtree("copy")
outside = scratch / "outside"
shutil.copytree("results/runs", outside)
os.symlink(outside, "linked")
os.symlink("../work", "round")
os.symlink(outside / pathlib.Path(kept[0]).name, "results/linked.h5")
told = homeward("runs", "--remove-unreferenced", "--kind", "result", "--yes")
law("links are told and not followed", "3 symbolic links were not followed" in told.stdout, told.stdout)
law("kept results go, and what links lead to stays", [str(path) for path in pathlib.Path("results/runs").iterdir()] == [] and
    len(list(outside.iterdir())) == 4)
law("a folder that is named by a link is looked into", len(rows("linked")) == 4)

# ---- Work that goes on, and work that was ended ----
# So long a run, and stopped before its end: the journal has less than was asked.
running = subprocess.Popen([PROGRAM, "run", QUICK, "-n", "200000", "-q", "--no-page", "--anyway", "-o", "results/long.h5"], stderr=subprocess.DEVNULL)
while not any(path.stat().st_size > 1000000 for path in pathlib.Path("results").glob("long.h5.journal-*")):
    law("the run goes on", running.poll() is None)
    time.sleep(0.05)
running.send_signal(signal.SIGSTOP)
law("what is being written is told, and stays", rows("--kind", "journal", "--scenario", "long")[0]["state"] == "is being written" and
    "results/long.h5.journal-*" not in files("--unreferenced"))
running.kill()
running.wait()
alone = rows("--kind", "journal", "--scenario", "long")[0]
law("a journal without its result stays", alone["unreferenced"] is None and alone["replications"] > 0 and alone["variant"] == "run", alone)
shutil.copytree("results", scratch / "spare")
homeward("run", QUICK, "-n", int(alone["replications"]) + 64, "-q", "--no-page", "--anyway", "-o", "results/long.h5")
law("a run that ends removes its journals", not list(pathlib.Path("results").glob("long.h5.journal-*")))
for path in (scratch / "spare").glob("long.h5.journal-*"):
    shutil.copy(path, "results")
law("a journal beside the finished result of the same question may go", "results/long.h5.journal-*" in files("--unreferenced"),
    rows("--kind", "journal"))
homeward("run", QUICK, "-n", 16, "-q", "--no-page", "-o", "results/short.h5")
for path in (scratch / "spare").glob("long.h5.journal-*"):
    shutil.copy(path, "results/" + path.name.replace("long", "short"))
law("a journal that holds more than the result stays", "results/short.h5.journal-*" not in files("--unreferenced"), rows("--scenario", "short"))
partial = pathlib.Path("results/long.h5.homeward-partial")
shutil.copy("results/long.h5", partial)
law("the rest of a result stays for a day", str(partial) not in files("--unreferenced"))
os.utime(partial, (0, time.time() - 90000))
law("and may go then", str(partial) in files("--unreferenced"))
pathlib.Path("results/set.h5.homeward-partial").write_text("my own notes\n")
os.utime("results/set.h5.homeward-partial", (0, time.time() - 90000))
law("a file of that name that Homeward did not write stays", "results/set.h5.homeward-partial" not in files("--unreferenced"))

# ---- Damaged, foreign and hostile ----
bad = scratch / "bad"
bad.mkdir()
os.chdir(bad)
whole = (work / "results/plain.h5").read_bytes()
journal = next((scratch / "spare").glob("long.h5.journal-*")).read_bytes()
with h5py.File("foreign.h5", "w") as file:
    file["x"] = [1, 2, 3]
faults = {"cut.h5": whole[:len(whole) // 2], "stub.h5": whole[:64], "bit.h5": whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:],
          "longer.h5": whole + b"x", "empty.h5": b"", "text.h5": b"not a result\n", "noise.h5": whole[:8] + os.urandom(4000),
          "a.h5.journal-0": b"my own journal", "b.h5.journal-0": journal[:8] + os.urandom(200), "c.h5.journal-0": journal[:100],
          "d.h5.homeward-partial": whole[:4000], "=1+1.h5": whole, "new\nline\x1b[31m\u202e.h5": whole, "'quoted\".h5": whole}
for name, held in faults.items():
    pathlib.Path(name).write_bytes(held)
pathlib.Path(os.fsdecode(b"not\xff\xfeutf8.h5")).write_bytes(whole)
with h5py.File("unsealed.h5", "w") as copy, h5py.File(work / "results/plain.h5") as file:
    for key, value in file.attrs.items():
        copy.attrs[key] = value
os.mkfifo("pipe.h5")
pathlib.Path("folder.h5").mkdir()
pathlib.Path(".hidden").mkdir()
shutil.copy(work / "results/plain.h5", ".hidden")
os.symlink(".", "loop")
os.symlink("nowhere", "dangling.h5")
listed = {row["file"]: row for row in rows()}
for name, words in {"cut.h5": "truncated", "stub.h5": "not a result", "bit.h5": "check sum is wrong", "longer.h5": "grown longer", "empty.h5": "empty", "text.h5": "not HDF5",
                    "noise.h5": "not a result", "foreign.h5": "not a (result )?file of Homeward", "unsealed.h5": "no seal", "d.h5.homeward-partial": "nothing in it",
                    "c.h5.journal-*": "nothing", "b.h5.journal-*": "nothing",
                    "a.h5.journal-0": "called like a journal"}.items():
    law(f"{name} is told as what it is", re.search("^cannot be told: .*" + words, listed[name]["state"]), listed[name])
law("names attack nobody", len([row for row in listed.values() if row["state"] == "whole"]) == 4, listed)
law("pipes, folders, links and hidden folders are passed over",
    not {name for name in listed if re.match("pipe|folder|loop|dangling|.hidden", name)}, listed.keys())
law("nothing of it is unreferenced", files("--unreferenced") == [])
master, slave = pty.openpty()
shown = subprocess.run([PROGRAM, "runs"], stdout=slave, stderr=slave, stdin=subprocess.DEVNULL)
os.close(slave)
text = b""
while True:
    try:
        piece = os.read(master, 65536)
    except OSError:
        break
    if not piece:
        break
    text += piece
law("nothing hidden reaches the terminal", shown.returncode == 0 and not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]",
                                                                                   text.decode("utf-8")), repr(text))
homeward("runs", "--csv", "tables")
cells = pathlib.Path("tables/runs.csv").read_text()
law("no name is calculated by a spreadsheet", "\n\"'=1+1.h5\"," in cells, cells)
homeward("runs", "text.h5", code=2)

if os.geteuid() != 0 or shutil.which("setpriv"):
    user = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] if os.geteuid() == 0 else []
    locked = scratch / "locked"
    (locked / "closed").mkdir(parents=True)
    (locked / "kept").mkdir()
    shutil.copy(work / "results/plain.h5", locked)
    shutil.copy(work / "results/plain.h5", locked / "closed.h5")
    shutil.copytree(work / "results/swept", locked / "swept")
    os.chmod(scratch, 0o755)
    os.chmod(locked / "closed", 0)
    os.chmod(locked / "closed.h5", 0)
    done = subprocess.run([*user, PROGRAM, "runs", locked, "--json"], capture_output=True, text=True, cwd="/")
    if "setpriv" not in done.stderr and done.returncode != 127 and os.access(PROGRAM, os.X_OK):
        tables = json.loads(done.stdout)["tables"]
        law("a folder that cannot be read is told", done.returncode == 0 and "closed: Permission denied" in done.stderr and
            len(tables["not_looked_into"]["rows"]) == 1, done.stderr)
        state = {row["file"]: row["state"] for row in tables["runs"]["rows"]}
        law("and so is a file", "Permission denied" in state[f"{locked}/closed.h5"] and state[f"{locked}/plain.h5"] == "whole", state)
        done = subprocess.run([*user, PROGRAM, "runs", locked, "--remove-unreferenced", "--yes"], capture_output=True, text=True, cwd="/")
        law("what cannot be removed is told", done.returncode == 4 and "cannot remove" in done.stderr and "Permission denied" in done.stderr and
            list((locked / "swept").glob("journal-*")), done.stderr)
    os.chmod(locked / "closed", 0o755)
shutil.rmtree(scratch, ignore_errors=True)
os.chdir("/")
end()

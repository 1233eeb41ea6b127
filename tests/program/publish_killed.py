#!/usr/bin/python3
"""Law: killed before any of the last calls by which it writes, run, compare, levers and sweep lose nothing: an earlier finished result
is there whole or replaced by the new one whole, and the same command again ends with the files of a run that was not disturbed, without
strays.

usage: publish_killed.py PROGRAM SOURCE; HW_PUBLISH_KILLS: how many of the last calls (3, spread over the last 40; nightly 40)."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
KILLS = int(os.environ.get("HW_PUBLISH_KILLS", "3"))
LAST = 40
QUICK = SOURCE / "scenarios/quick.yaml"
# A library laid under a program with sanitizers comes before theirs.
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0", "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
OWN_FILES = ("journal-", "log-")  # of a sweep: kept for --reuse, and with times in them

DESIGN = """name: Two rules
scenario: {quick}
design: {{grid: {{steps: 2}}}}
replications: 20
factors:
  rule: {{path: planning.rule, levels: [worst_first, returnees_per_dollar]}}
"""

# What each is asked, what lies there before, and what goes on after a kill.
COMMANDS = {
    "run": dict(words=["run", QUICK, "-n", 30, "-q", "-o", "r.h5"], before=[["run", QUICK, "-n", 10, "-q", "-o", "r.h5"]], result="r.h5"),
    "compare": dict(words=["compare", QUICK, "variant.yaml", "-n", 20, "-q", "--keep", "runs"], before=[], result=None),
    "levers": dict(words=["levers", QUICK, "--levers", "levers", "-n", 20, "-q", "--keep", "runs", "--csv", "tables"], before=[],
                   result=None),
    "sweep": dict(words=["sweep", "design.yaml", "-q", "-o", "swept", "--resume"], before=[], result=None),
    "sweep again": dict(words=["sweep", "design.yaml", "-q", "-o", "swept", "--resume"],
                  before=[["sweep", "design.yaml", "-q", "-o", "swept"]], result="swept/sweep.h5"),
}


def law(text, holds):
    if not holds:
        raise SystemExit(f"NOT OK: {text}")


def homeward(words, folder, **more):
    return subprocess.run([PROGRAM, *map(str, words)], cwd=folder, env={**ENVIRONMENT, **more}, capture_output=True, text=True)


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.startswith(OWN_FILES)}


def prepare(folder, command):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "levers").mkdir(parents=True)
    (folder / "levers/worst.yaml").write_text("planning: {rule: worst_first}\n")
    (folder / "variant.yaml").write_text(f"include: {QUICK}\nplanning: {{rule: worst_first}}\n")
    (folder / "design.yaml").write_text(DESIGN.format(quick=QUICK))
    for words in command["before"]:
        done = homeward(words, folder)
        law(f"{words} works: {done.stderr}", done.returncode == 0)


def try_command(name, command, top, library):
    whole, folder, template = top / "whole", top / "killed", top / "template"
    prepare(template, command)
    shutil.copytree(template, whole)
    preload = dict(LD_PRELOAD=str(library), HW_KILL_FOLDER=str(top / ""))
    done = homeward(command["words"], whole, HW_KILL_COUNT=str(top / "count"), **preload)
    law(f"{name} works: {done.stderr}", done.returncode == 0)
    calls, wanted = int((top / "count").read_text()), files_of(whole)
    law(f"{name} writes at all", calls > LAST / 2)
    last = min(LAST, calls)
    chosen = sorted({calls - round(i * (last - 1) / max(KILLS - 1, 1)) for i in range(min(KILLS, last))})
    for number in chosen:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder)
        earlier = command["result"] and (folder / command["result"]).read_bytes()
        killed = homeward(command["words"], folder, HW_KILL_BEFORE=str(number), **preload)
        law(f"{name} is killed before call {number} of {calls}", killed.returncode == -signal.SIGKILL)
        if earlier:
            law(f"{name} killed before call {number} of {calls} has lost nothing",
                (folder / command["result"]).read_bytes() in (earlier, wanted[command["result"]]))
        again = homeward(command["words"], folder)
        law(f"{name} goes on after call {number} of {calls}: {again.stderr}", again.returncode == 0)
        found = files_of(folder)
        law(f"{name} killed before call {number} of {calls} ends with the same files: {sorted(found)} {sorted(wanted)}",
            sorted(found) == sorted(wanted))
        for path, content in wanted.items():
            law(f"{name} killed before call {number} of {calls} ends with the same bytes in {path}", found[path] == content)
    print(f"ok: {name} killed before each of {len(chosen)} of its last {last} of {calls} calls")
    shutil.rmtree(whole)


def main():
    with tempfile.TemporaryDirectory() as top:
        top = pathlib.Path(top).resolve()
        library = top / "kill_before.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, SOURCE / "tests/program/kill_before.c", "-ldl"], check=True)
        for name, command in COMMANDS.items():
            (top / name).mkdir()
            try_command(name, command, top / name, library)


main()

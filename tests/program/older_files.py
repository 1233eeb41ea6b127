"""Files that older programs wrote, kept in tests/data, stay readable: a run and a sweep of the quick scenario cut down, once in format 1
(times stamped with the day after) and once in format 2 (with the last day). Both are sealed, give the same answer to the same question,
and their figures are those that stand in the file. Journals of runs in format 1 are refused by name and left alone.
"""

import json
import lzma
import pathlib
import subprocess
import sys
import tempfile

import h5py

PROGRAM, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
failures = 0


def law(words, holds, why=""):
    global failures
    print(("ok: " if holds else "NOT OK: ") + words, why if not holds else "")
    failures += not holds


def ask(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)


def tables(path):
    """All tables of a summary but the one that tells which file it is."""
    answer = ask("summary", path, "--json")
    law(f"{path.name} is read as it is", answer.returncode == 0, answer.stderr)
    found = json.loads(answer.stdout)["tables"]
    found.pop("about", None)
    return found


def attribute(path, name):
    with h5py.File(path) as file:
        return int(file.attrs[name])


def victims_in(path):
    with h5py.File(path) as file:
        return [f"{mean:.4g}" for mean in file["victims_mean"][:]]


def check_old_journal(folder):
    output = folder / "left.h5"
    journal = pathlib.Path(f"{output}.journal-0")
    journal.write_bytes(b"HWJRNL1\n" + bytes(100))
    answer = ask("run", SOURCE / "scenarios" / "quick.yaml", "-n", 2, "-o", output, "--no-page", "-q")
    law("a journal of format 1 is refused", answer.returncode == 4, answer)
    law("a journal of format 1 is called by its name", "left.h5.journal-0 is unfinished work of an older Homeward" in answer.stderr, answer.stderr)
    law("a journal of format 1 is left alone", journal.stat().st_size == 108 and not output.exists())


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for packed in (SOURCE / "tests" / "data").glob("*.h5.xz"):
        (folder / packed.stem).write_bytes(lzma.decompress(packed.read_bytes()))
    for kind, mark in (("run", "homeward_format"), ("sweep", "homeward_sweep_format")):
        first, second = (folder / f"{kind}-format-{number}.h5" for number in (1, 2))
        law(f"there is a {kind} of each format", [attribute(path, mark) for path in (first, second)] == [1, 2])
        law(f"a {kind} of format 1 gives the answer of one of format 2", tables(first) == tables(second))
    points = tables(folder / "sweep-format-1.h5")["sweep_points"]["rows"]
    shown = [f"{float(row['victims']):.4g}" for row in points]
    law("figures of an older sweep are those in its file", shown == victims_in(folder / "sweep-format-1.h5"), shown)
    check_old_journal(folder)

sys.exit(failures > 0)

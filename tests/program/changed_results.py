"""Every command that reads results x everything that may have happened to one: told in one sentence with exit code 4, or (with
--unsealed) read and called not sealed, or told that it cannot be read. Never a signal, never a wait.

Arguments: the program, the source folder."""
import fcntl
import os
import pathlib
import struct
import subprocess
import tempfile
import zlib

import h5py
from shared.laws import PROGRAM, QUICK, SOURCE, ask, end, law, run

SEAL = b"HOMEWARD SEAL 2 "


def homeward(*arguments, code=None):
    return run(*arguments) if code is None else ask(*arguments, code=code)


# ---- What may happen: changes the bytes, or the file in its place; the words that name it ----

def in_bytes(change):
    def do(path, whole):
        path.write_bytes(change(bytearray(whole)))
    return do


def flip(share, bit=0x10):
    def change(data):
        data[8 + int(share * (len(data) - 9))] ^= bit
        return data
    return in_bytes(change)


def attribute(path, whole):
    path.write_bytes(whole)
    with h5py.File(path, "r+") as file:
        file.attrs["seed"] = file.attrs["seed"] + 1


def value(path, whole):
    path.write_bytes(whole)
    with h5py.File(path, "r+") as file:
        name = next(n for n in file if n.startswith("place_release_day") and file[n].ndim > 1)
        file[name][0] = 0


def rewritten(path, whole):
    path.write_bytes(whole)
    copied = subprocess.run(["nccopy", path, f"{path}.copy"], capture_output=True)
    if copied.returncode != 0:  # it refuses the chunks of small sweeps
        with h5py.File(path) as source, h5py.File(f"{path}.copy", "w") as target:
            target.attrs.update(source.attrs)
            for name in source:
                source.copy(name, target)
    os.replace(f"{path}.copy", path)


def unseal(data):
    at = data.find(SEAL)
    data[at:at + len(SEAL)] = bytes(len(SEAL))
    return data


def older(data):
    """As older programs wrote it: sealed behind the last byte."""
    return unseal(data) + struct.pack("<8sQQ", b"HWSEAL1\n", len(data), zlib.crc32(data))


def broken_older(data):
    data = older(data)
    data[len(data) // 2] ^= 1
    return data


def folder(path, whole):
    path.mkdir()


def pipe(path, whole):
    os.mkfifo(path)


CHANGES = {f"byte {share} flipped": (flip(share), "check sum is wrong") for share in (0.001, 0.1, 0.37, 0.5, 0.8, 0.99, 1.0)} | {
    "an attribute edited": (attribute, ("check sum is wrong", "grown longer")),
    "a value edited": (value, ("check sum is wrong", "grown longer")),
    "rewritten by another program": (rewritten, "written anew by another program"),
    "cut in half": (in_bytes(lambda data: data[:len(data) // 2]), "truncated"),
    "one byte cut": (in_bytes(lambda data: data[:-1]), "truncated"),
    "one byte added": (in_bytes(lambda data: data + b"\0"), "grown longer"),
    "without its seal": (in_bytes(unseal), "has no seal"),
    "an older seal broken": (in_bytes(broken_older), "check sum is wrong"),
}
NEVER = {  # what no word makes readable
    "empty": (in_bytes(lambda data: b""), "it is empty"),
    "a text": (in_bytes(lambda data: b"name: no result\n"), "not HDF5"),
    "a folder": (folder, ("it is a directory", "is a folder")),
    "a pipe that nobody writes to": (pipe, "it is a pipe"),
}


def place(path, change, whole):
    if path.is_dir():
        path.rmdir()
    path.unlink(missing_ok=True)
    change(path, whole)


def commands(result, sweep):
    """(words, the file that is changed, whether it says what the file is)."""
    return [
        (("summary", result), result, True), (("summary", result, "--json"), result, True),
        (("explain", result, "--place", "Aghali"), result, False), (("compare", result, "good.h5", "--no-page"), result, True),
        (("compare", "good.h5", result, "--json"), result, True), (("report", result, "-o", "page.html", "--replace"), result, True),
        (("plot", result, "--what", "timeline", "-o", "picture.svg", "--replace"), result, False),
        (("export", result, "--geojson", "map.geojson", "--replace"), result, True),
        (("summary", sweep, "--json"), sweep, True), (("sensitivity", sweep, "--json"), sweep, True),
        (("compare", sweep, "--json"), sweep, True), (("report", "good.h5", sweep, "-o", "page.html", "--replace"), sweep, True),
        (("status", sweep.parent), sweep, False),
        (("sweep", "design.yaml", "--reuse", sweep.parent, "-o", "again", "-q", "--replace"), sweep, False),
    ]


def one(words, path, name, sentences):
    done = homeward(*words)
    said = f"homeward {' '.join(map(str, words))} of a file that is {name}"
    code = 2 if "is a folder, not" in done.stderr else 4  # the wrong thing was named; or what was named cannot be read
    law(f"{said}: exit code {done.returncode} is {code}: {done.stderr[:300]}", done.returncode == code)
    sentences = (sentences,) if isinstance(sentences, str) else sentences
    law(f"{said} is told with one of {sentences}: {done.stderr[:300]}", any(s in done.stderr for s in sentences))
    law(f"{said} is told in one sentence that names the file", len(done.stderr.splitlines()) == 1 and str(path) in done.stderr)


def unsealed(words, name, tells):
    done = homeward(*words, "--unsealed")
    said = f"homeward {' '.join(map(str, words))} --unsealed of a file that is {name}"
    law(f"{said}: no signal ({done.returncode})", done.returncode in (0, 2, 4, 5))
    if done.returncode == 0 and tells:
        page = pathlib.Path("page.html").read_text() if "page.html" in words else ""
        shape = pathlib.Path("map.geojson").read_text() if "map.geojson" in words else ""
        law(f"{said}: the answer says that it is not sealed", "NOT SEALED" in done.stdout + page + shape or '"no"' in done.stdout)
    return done.returncode


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    good, result, sweep = pathlib.Path("good.h5"), pathlib.Path("changed.h5"), pathlib.Path("swept/sweep.h5")
    homeward("run", QUICK, "-n", 12, "-o", good, "-q", "--no-page", code=0)
    design = f"name: S\nscenario: {QUICK}\nreplications: 12\n"
    pathlib.Path("design.yaml").write_text(design + "design: {latin_hypercube: {points: 12}}\nfactors:\n"
                                           "  hidden: {path: districts.Zangilan.undiscovered, range: [1 %, 20 %]}\n")
    homeward("sweep", "design.yaml", "-o", sweep.parent, "-q", code=0)
    whole = {result: good.read_bytes(), sweep: sweep.read_bytes()}
    for path in whole:
        law(f"{path}: one seal", whole[path].count(SEAL) == 1)
    table = commands(result, sweep)
    read = 0
    for number, (name, (change, sentences)) in enumerate((CHANGES | NEVER).items()):
        for path in whole:
            place(path, change, whole[path])
        for place_in_table, (words, path, tells) in enumerate(table):
            if name in NEVER and words[0] in ("status", "sweep") and name != "a pipe that nobody writes to":
                continue
            if path == sweep and name in NEVER and words[0] != "status" and words[0] != "sweep":
                continue  # what is no sweep is asked for as a result
            one(words, path, name, sentences)
            if name in CHANGES and (number + place_in_table) % 3 == 0 or name == "an attribute edited" and words[0] != "sweep":
                read += unsealed(words, name, tells) == 0
    law(f"some that were changed can be read ({read})", read > 8)
    for path in whole:  # older files
        place(path, in_bytes(older), whole[path])
    for words, path, _ in table:
        if words[0] != "sweep":
            done = homeward(*words)
            law(f"{words[0]} of an older file: {done.returncode} {done.stderr[:300]}", done.returncode == 0)
            law(f"{words[0]} of an older file is not told as unsealed", "NOT SEALED" not in done.stdout + done.stderr)
    for path in whole:  # locked by another program
        place(path, in_bytes(bytes), whole[path])
        with open(path, "r+b") as holder:
            fcntl.flock(holder, fcntl.LOCK_EX)
            for words, of, _ in table:
                if of == path:
                    one(words, path, "locked", "is locked by another program")
            free = subprocess.run([PROGRAM, "summary", path], env=os.environ | {"HDF5_USE_FILE_LOCKING": "FALSE"}, capture_output=True, timeout=60)
            law("a locked file is read when the user knows better", free.returncode == 0)
    for words, path, _ in table[:3]:
        pipe_words = [str(path) + ".pipe" if w == path else w for w in words]
        if not os.path.exists(f"{path}.pipe"):
            os.mkfifo(f"{path}.pipe")
        one(pipe_words, f"{path}.pipe", "a pipe", "it is a pipe")
    # Other files that are read: never a wait.
    os.mkfifo("pipe.yaml")
    os.mkfifo("pipe.csv")
    pathlib.Path("points.yaml").write_text(design + "design: {points: {file: pipe.csv}}\nfactors:\n  f: {path: planning.rule}\n")
    os.mkdir("journals")
    os.mkfifo("journals/journal-0")
    for words, code in ((("check", "pipe.yaml"), 2), (("run", "pipe.yaml"), 2), (("compare", "pipe.yaml", QUICK), 2),
                        (("sweep", "pipe.yaml"), 2), (("sweep", "points.yaml", "--dry-run"), 2), (("status", "journals"), 4),
                        (("sweep", "design.yaml", "--reuse", "journals", "-o", "other", "-q"), 4)):
        done = homeward(*words)
        law(f"homeward {words} names the pipe: {done.returncode} {done.stderr[:200]}",
            done.returncode in (code, 4) and "it is a pipe" in done.stderr)
    piped = subprocess.run([PROGRAM, "check", "/dev/stdin"], input=QUICK.read_bytes(), capture_output=True, timeout=60)
    law("a scenario through a pipe is refused", piped.returncode == 2 and b"it is a pipe" in piped.stderr)
    # Before it begins: numbers that nobody can run.
    most = 2**64 - 1
    for words in (("run", QUICK, "-n"), ("run", QUICK, "--until", "p(Aghali by 2026-12-31) ± 0.02", "-n"), ("compare", QUICK, QUICK, "-n"),
                  ("levers", SOURCE / "scenarios/great-return.yaml", "-n")):
        for count in (most, most - 1, 2**63, 10**15 + 1):
            done = homeward(*words, count, *(("-o", "large.h5") if words[0] == "run" else ()))
            law(f"{words[0]} -n {count}: {done.returncode} {done.stderr[:300]}", done.returncode == 2 and "more than can be run" in done.stderr)
        done = homeward(*words, 10**14, *(("-o", "large.h5") if words[0] == "run" else ()))
        law(f"{words[0]} that needs more memory than there is: {done.returncode} {done.stderr[:300]}",
            done.returncode == 3 and "of memory on each rank" in done.stderr and "--anyway" in done.stderr)
    law("nothing is left of what did not begin", not list(pathlib.Path(".").rglob("*trial*")) and not pathlib.Path("large.h5").exists())
end()

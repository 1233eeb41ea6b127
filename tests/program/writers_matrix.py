#!/usr/bin/python3
"""Law: whatever a command writes to, the file is new and whole, or nothing has changed: each command by each kind of target, without and
with --replace. Links stay links, rights stay, nothing is left behind, and no input is ever written to.

usage: writers_matrix.py PROGRAM SOURCE"""
import os
import pathlib
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import threading

import h5py

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
ROOT = os.geteuid() == 0
ENVIRONMENT = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
DONE, REFUSED, IMPOSSIBLE = 0, 2, 4
FOREIGN = b"what somebody else wrote, and loves\n"
DESIGN = "name: Two rules\nscenario: s.yaml\ndesign: {grid: {steps: 2}}\nreplications: 4\n" \
         "factors: {rule: {path: planning.rule, levels: [worst_first, returnees_per_dollar]}}\n"
checked = 0


def homeward(*words, **more):
    return subprocess.run([PROGRAM, *map(str, words)], env=ENVIRONMENT, capture_output=True, stdin=subprocess.DEVNULL, **more)


class Command:
    """`words` writes to `target`; `other` the same of another question, as an older file of Homeward's. What is `never_replaced` stays
    whoever wrote it, since somebody may have gone on in it by hand."""

    def __init__(self, name, words, target, input_file, streams=True, other=None, other_is_kept=False, slow=False, yaml_named=True,
                 never_replaced=False):
        self.name, self.words, self.target, self.input = name, words, pathlib.Path(target), input_file
        self.streams, self.other, self.other_is_kept, self.slow, self.yaml_named = streams, other or words, other_is_kept, slow, yaml_named
        self.never_replaced = never_replaced

    def reference(self, words):
        """The bytes of an undisturbed call."""
        with tempfile.TemporaryDirectory() as folder:
            fill(folder)
            done = homeward(*[word.replace("@", str(self.target)) for word in words], cwd=folder)
            assert done.returncode == 0, (self.name, done)
            return (pathlib.Path(folder) / self.target).read_bytes()


COMMANDS = [
    Command("run", ["run", "s.yaml", "-n", "6", "-q", "--no-page", "-o", "@"], "t/x.h5", "s.yaml", streams=False,
            other=["run", "s.yaml", "-n", "5", "-q", "--no-page", "--set", "planning.rule=worst_first", "-o", "@"], other_is_kept=True),
    Command("page of run", ["run", "s.yaml", "-n", "6", "-q", "-o", "t/x.h5"], "t/x.html", "s.yaml", slow=True, yaml_named=False),
    Command("report", ["report", "q.h5", "-o", "@"], "t/x.html", "q.h5", other=["report", "q.h5", "--language", "az", "-o", "@"]),
    Command("export", ["export", "q.h5", "--geojson", "@"], "t/x.json", "q.h5"),
    Command("plot", ["plot", "q.h5", "--what", "map", "-o", "@"], "t/x.svg", "q.h5", yaml_named=False),
    Command("plot png", ["plot", "q.h5", "--what", "map", "-o", "@"], "t/x.png", "q.h5", slow=True, yaml_named=False),
    Command("plot pdf", ["plot", "q.h5", "--what", "map", "-o", "@"], "t/x.pdf", "q.h5", slow=True, yaml_named=False),
    Command("summary csv", ["summary", "q.h5", "--csv", "t"], "t/place_release.csv", "q.h5", yaml_named=False),
    Command("export csv", ["export", "q.h5", "--csv", "t"], "t/nouns.csv", "q.h5", slow=True, yaml_named=False),
    Command("page of compare", ["compare", "q.h5", "w.h5", "-q", "--page", "@"], "t/x.html", "w.h5", slow=True),
    Command("levers csv", ["levers", "s.yaml", "--levers", "levers", "-n", "4", "-q", "--csv", "t"], "t/about.csv", "s.yaml", slow=True,
            yaml_named=False),
    Command("import", ["import", "tasks.csv", "--columns", "map.yaml", "-o", "@"], "t/x.yaml", "tasks.csv", never_replaced=True),
    Command("sweep", ["sweep", "d.yaml", "-q", "-o", "t", "--resume"], "t/sweep.h5", "d.yaml", streams=False, slow=True, yaml_named=False),
]


def prepare(folder):
    shutil.copy(SOURCE / "scenarios/quick.yaml", folder / "s.yaml")
    shutil.copytree(SOURCE / "scenarios/layers", folder / "layers")
    (folder / "levers").mkdir()
    (folder / "levers/worst.yaml").write_text("planning: {rule: worst_first}\n")
    (folder / "d.yaml").write_text(DESIGN)
    (folder / "tasks.csv").write_text("District,To,Released\nZangilan,2022-06-30,41.5\n")
    (folder / "map.yaml").write_text("makes: observations\nquantity: land_released\ncovers_from: 2022-01-01\ncovers_to: 2022-12-31\n"
                                     "columns: {district: {column: District}, date: {column: To}, amount: {column: Released, unit: ha}}\n")
    for name, more in (("q.h5", []), ("w.h5", ["--set", "planning.rule=worst_first"])):
        done = homeward("run", "s.yaml", "-n", 6, "-q", "--no-page", "-o", name, *more, cwd=folder)
        assert done.returncode == 0, done
    with h5py.File(folder / "foreign.h5", "w") as file:
        file["theirs"] = [1.0, 2.0]


def fill(folder):
    shutil.copytree(TEMPLATE, folder, dirs_exist_ok=True)
    (pathlib.Path(folder) / "t").mkdir(exist_ok=True)


# ---- Kinds of targets: each makes one and says what is to come: exit codes without and with --replace, and the file that holds the answer
# after success (None: not asked).

def kind_new(command, path):
    return DONE, DONE, path


def kind_empty(command, path):
    path.write_bytes(b"")
    return DONE, DONE, path


def kind_own_older(command, path):
    path.write_bytes(command.other_bytes)
    path.chmod(0o640)
    code = REFUSED if command.other_is_kept else DONE
    return code, DONE, path


def kind_foreign(command, path):
    path.write_bytes(FOREIGN)
    return REFUSED, DONE, path


def kind_foreign_of_the_same_kind(command, path):
    looks = {".h5": (TEMPLATE / "foreign.h5").read_bytes(), ".html": b"<!DOCTYPE html><html><head><title>Mine</title></head></html>",
             ".json": b'{"type": "FeatureCollection", "features": []}', ".svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
             ".csv": b"place,day\nAghali,1\n"}
    path.write_bytes(looks.get(path.suffix, b"\x89PNG\r\n\x1a\n or %PDF-1.7"))
    return REFUSED, DONE, path


def kind_write_protected(command, path):
    path.write_bytes(command.bytes)
    path.chmod(0o444)
    return REFUSED, DONE, path


def kind_scenario(command, path):
    path.write_bytes((TEMPLATE / "s.yaml").read_bytes())
    return REFUSED, REFUSED if path.suffix == ".yaml" else DONE, path


def kind_hard_link_of_input(command, path):
    os.link(path.parent.parent / command.input, path)
    return REFUSED, REFUSED, path


def kind_link_to_input(command, path):
    path.symlink_to(f"../{command.input}")
    return REFUSED, REFUSED, path


def kind_link_to_older(command, path):
    real = path.parent / "real"
    real.write_bytes(command.bytes)
    path.symlink_to("real")
    return DONE, DONE, real


def kind_link_to_foreign(command, path):
    real = path.parent / "real"
    real.write_bytes(FOREIGN)
    path.symlink_to(real)
    return REFUSED, DONE, real


def kind_link_to_what_is_not_there_yet(command, path):
    real = path.parent / "real"
    (path.parent / "between").symlink_to("real")
    path.symlink_to("between")
    return DONE, DONE, real


def kind_link_to_itself(command, path):
    path.symlink_to(path.name)
    return IMPOSSIBLE, IMPOSSIBLE, path


def kind_folder(command, path):
    path.mkdir()
    return REFUSED, REFUSED, path


def kind_socket(command, path):
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(path))
    return REFUSED, REFUSED, path


def kind_pipe(command, path):
    os.mkfifo(path)
    code = DONE if command.streams else REFUSED
    return code, code, path


def kind_device(command, path):
    os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
    code = DONE if command.streams else REFUSED
    return code, code, path


def kind_left_over_of_a_killed_call(command, path):
    path.with_name(path.name + ".homeward-partial").write_bytes(b"half of it")
    return DONE, DONE, path


def kind_in_a_folder_that_cannot_be_written(command, path):
    path.parent.chmod(0o555)
    return IMPOSSIBLE, IMPOSSIBLE, path


OF_SOMEBODY = ("own older", "foreign", "foreign of the same kind", "write protected", "link to older", "link to foreign")
KINDS = {name[5:].replace("_", " "): kind for name, kind in list(globals().items()) if name.startswith("kind_")}
FEW = ("foreign", "own older", "link to foreign", "link to what is not there yet", "hard link of input", "folder", "device")


# What starts MPI takes its time: there --replace is said only where it matters most.
REPLACED = ("foreign", "own older", "hard link of input", "scenario", "write protected")


def kinds_of(command):
    for name, kind in KINDS.items():
        if (command.slow and name not in FEW) or (name == "device" and not ROOT) or \
                (name == "in a folder that cannot be written" and ROOT) or (name == "scenario" and not command.yaml_named):
            continue
        yield name, kind


def state_of(folder):
    """All that is there: kind, rights, content or where it points to."""
    state = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        about = path.lstat()
        content = os.readlink(path) if path.is_symlink() else path.read_bytes() if stat.S_ISREG(about.st_mode) else None
        state[str(path.relative_to(folder))] = (stat.S_IFMT(about.st_mode), about.st_mode & 0o777 if not path.is_symlink() else 0, content)
    return state


def law(case, text, holds):
    if not holds:
        raise SystemExit(f"NOT OK: {case}: {text}")


def read_pipe(path, read):
    with open(path, "rb") as pipe:
        read.append(pipe.read())


def check(command, name, kind, replace):
    global checked
    case = f"{command.name} to {name}{' with --replace' if replace else ''}"
    with tempfile.TemporaryDirectory() as folder:
        fill(folder)
        folder = pathlib.Path(folder)
        path = folder / (command.target.with_suffix(".yaml") if name == "scenario" else command.target)
        code, code_with_replace, answer = kind(command, path)
        if command.never_replaced and name in OF_SOMEBODY:
            code = code_with_replace = REFUSED
        expected, before, read = code_with_replace if replace else code, state_of(folder), []
        is_pipe = name == "pipe" and expected == DONE
        reader = threading.Thread(target=read_pipe, args=(path, read), daemon=True)
        if is_pipe:
            reader.start()
        words = [word.replace("@", str(path.relative_to(folder))) for word in command.words] + (["--replace"] if replace else [])
        done = homeward(*words, cwd=folder, timeout=120)
        said = done.stderr.decode()
        law(case, f"exit code {done.returncode}, not {expected}: {said}", done.returncode == expected)
        after = state_of(folder)
        if expected != DONE:
            law(case, f"the file is named: {said}", path.stem in said)
            law(case, "what is there keeps its bytes", all(after.get(key) == value for key, value in before.items()))
        if expected == DONE and is_pipe:
            reader.join(10)
            law(case, "the pipe has all of it", read == [command.bytes])
        elif expected == DONE and name != "device":
            law(case, "the answer is there, whole", answer.read_bytes() == command.bytes)
        key = str(path.relative_to(folder))
        if key in before:
            law(case, "it is still of the same kind, with the same rights", after[key][:2] == before[key][:2])
        law(case, "links lead where they led", all(after[k][2] == v[2] for k, v in before.items() if stat.S_ISLNK(v[0])))
        law(case, "inputs keep their bytes", all(after[k] == v for k, v in before.items() if "/" not in k))
        law(case, f"nothing is left behind: {sorted(after)}", not [k for k in after if "partial" in k])
        (folder / "t").chmod(0o755)
    checked += 1


def other_spellings_and_places():
    """The input itself by other names, and folders that are not there."""
    for command in COMMANDS:
        if "@" not in command.words or command.slow:
            continue
        for target, code in ((command.input, REFUSED), (f"./t/../{command.input}", REFUSED), ("no/such/" + command.target.name, IMPOSSIBLE)):
            with tempfile.TemporaryDirectory() as folder:
                fill(folder)
                before = state_of(folder)
                for more in ([], ["--replace"]):
                    done = homeward(*[word.replace("@", target) for word in command.words], *more, cwd=folder)
                    law(f"{command.name} to {target}", f"exit code {done.returncode}, not {code}: {done.stderr}", done.returncode == code)
                    law(f"{command.name} to {target}", "nothing has changed", state_of(folder) == before)


def main():
    for command in COMMANDS:
        command.bytes, command.other_bytes = command.reference(command.words), command.reference(command.other)
        for name, kind in kinds_of(command):
            for replace in (False, True) if name in REPLACED or not (command.slow or command.name == "run") else (False,):
                check(command, name, kind, replace)
        print(f"ok: {command.name}", flush=True)
    other_spellings_and_places()
    print(f"ok: {checked} pairs of a command and a target")


with tempfile.TemporaryDirectory() as top:
    TEMPLATE = pathlib.Path(top) / "template"
    TEMPLATE.mkdir()
    prepare(TEMPLATE)
    main()

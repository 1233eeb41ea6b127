#!/usr/bin/python3
"""Do the tests notice? Plants one random fault at a time in the code, runs the tests on it, and tells by floor how many they noticed.

Works on a copy of what is committed, in a folder of its own: the tree that it is started from is only read. The same seed and commit
give the same faults. A fault counts as noticed when a test fails, or takes ten times as long as it does without. What no quick test
notices is looked at once more: answers.sh asks the program many questions, and only where an answer differs the dearer tests are asked. Survivors that
change no answer at all are listed with the reason in equivalent.txt and are not counted. Nor are faults of which the compiler makes the
same machine code. tests/mutants/run is the nightly form.

  tests/mutants/mutants.py --mutants 200 --seed 1
  tests/mutants/mutants.py --only models/posting.c --mutants 20
  tests/mutants/mutants.py --part 1/2 --out one.jsonl & tests/mutants/mutants.py --part 2/2 --out two.jsonl; wait
  tests/mutants/mutants.py --tell one.jsonl two.jsonl
"""
import argparse
import collections
import hashlib
import json
import math
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from faults import executable_lines, faults, without_words

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent

# Floor: its files, the library that they are in, and the tests that see it, those that see most of it first.
FLOORS = {
    "models": (["models/*.c", "models/*/*.c"], "models", ["test_models_", "test_analysis_", "program_"]),
    "sim": (["sim/*.c"], "sim", ["test_sim_", "test_input_", "test_models_", "test_analysis_", "test_run_", "run_", "program_"]),
    "sim/run": (["sim/run/*.c"], "run", ["test_run_", "run_", "test_analysis_", "program_"]),
    "sim/input": (["sim/input/*.c"], "input", ["test_input_", "fuzz_", "test_models_", "test_analysis_", "program_"]),
    "estimators": (["analysis/figures/*.c", "analysis/results/*.c", "analysis/summary/*.c", "analysis/compare/*.c", "analysis/sensitivity/*.c",
                    "analysis/sweep/designs/*.c"], "analysis", ["test_analysis_", "program_"]),
}
# Not asked: they look at source files, at speed, at the start script, or need a browser.
NOT_ASKED = re.compile(r"^(checks_|page_|program_(bench|start_script|sanity_page|district_shapes|mutants))")
# Several processes that wait for each other: a failure counts when it comes twice.
MPI = re.compile(r"^(program_|run_|test_run_)")
QUICK = 5  # CPU seconds: dearer tests are asked only of faults that change an answer, which are those that count
COMPILER = "-O1 -fno-math-errno -fno-trapping-math -fno-semantic-interposition -Werror=int-conversion -Werror=incompatible-pointer-types"


def command(words, folder, log=None):
    with open(log, "w") if log else open(os.devnull, "w") as said:
        return subprocess.run(words, cwd=folder, stdout=said, stderr=subprocess.STDOUT, shell=isinstance(words, str)).returncode


class Bench:
    """A copy of the tree, built with shared libraries so that a fault means one file to compile and one library to link."""

    def __init__(self, folder, longest):
        self.folder, self.tree, self.build, self.longest = folder, folder / "tree", folder / "build", longest
        self.scratch = folder / "t"
        self.trusted = set()  # tests that have been seen to pass without a fault in this run
        self.mark = f"{os.getpid()}-{folder}"
        self.environment = dict(os.environ, TMPDIR=str(self.scratch), HW_MUTANT=self.mark, OMPI_MCA_mpi_yield_when_idle="1",
                                OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
        self.commit = subprocess.run(["git", "-C", SOURCE, "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
        self.prepare()
        self.compile = {entry["file"]: entry["command"] for entry in json.loads((self.build / "compile_commands.json").read_text())}
        self.tests = self.measured_tests()
        self.answer = self.answers()

    def prepare(self):
        made_for = self.folder / "commit"
        if made_for.exists() and made_for.read_text() == self.commit:
            return
        made_for.unlink(missing_ok=True)
        self.check_out()
        launcher = ["-D", "CMAKE_C_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        log = self.folder / "build.log"
        if command(["cmake", "-G", "Ninja", "-S", self.tree, "-B", self.build, "-D", "CMAKE_BUILD_TYPE=Faults", "-D", "HW_LTO=OFF",
                    "-D", "HW_TESTS=ON", "-D", "BUILD_SHARED_LIBS=ON", "-D", f"CMAKE_C_FLAGS_FAULTS={COMPILER}",
                    *launcher], self.folder, log) or command(["cmake", "--build", self.build], self.folder, log):
            sys.exit(f"the copy could not be built: {log}")
        made_for.write_text(self.commit)

    def check_out(self):
        """The files of the commit; those of an earlier one that are the same keep their dates, and are not compiled again."""
        fresh = self.folder / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        archive = subprocess.Popen(["git", "-C", SOURCE, "archive", self.commit], stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", fresh], stdin=archive.stdout, check=True)
        files = {path.relative_to(fresh) for path in fresh.rglob("*") if not path.is_dir()}
        for old in [path for path in self.tree.rglob("*") if not path.is_dir() and path.relative_to(self.tree) not in files]:
            old.unlink()
        for name in files:
            new, old = fresh / name, self.tree / name
            if new.is_symlink() or not old.exists() or old.read_bytes() != new.read_bytes():
                old.parent.mkdir(parents=True, exist_ok=True)
                new.touch(follow_symlinks=False) if new.is_symlink() else new.touch()
                new.replace(old)
        shutil.rmtree(fresh)

    # --- processes ---

    def limits(self, seconds):
        def set_them():
            os.setsid()
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # too large a file is an error then, as on a full disk
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
            resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 30, 2 << 30))
            resource.setrlimit(resource.RLIMIT_AS, (16 << 30, 16 << 30))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        return set_them

    def end_all(self):
        """Whatever this run started and is still there: it is known by a mark in its environment."""
        mark = f"HW_MUTANT={self.mark}".encode()
        for entry in pathlib.Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and int(entry.name) != os.getpid() and mark in (entry / "environ").read_bytes():
                    os.kill(int(entry.name), signal.SIGKILL)
            except OSError:
                continue

    def run(self, words, cpu_seconds=600, wall_seconds=1200):
        """Exit code (None: it took too long) and CPU seconds."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process = subprocess.Popen(words, cwd=self.scratch, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, preexec_fn=self.limits(cpu_seconds))
        try:
            code = process.wait(timeout=wall_seconds)
        except subprocess.TimeoutExpired:
            code = None
            process.kill()
        self.end_all()
        process.wait()
        if not pathlib.Path("/dev/null").is_char_device():
            sys.exit("a fault has replaced /dev/null: mknod -m 666 /dev/null c 1 3")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return code, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def measured_tests(self):
        """{name: [command, CPU seconds, wall seconds]} of those that pass without a fault; times are kept from call to call."""
        kept = self.folder / "tests.json"
        known = json.loads(kept.read_text()) if kept.exists() else {}
        listed = json.loads(subprocess.run(["ctest", "--test-dir", self.build, "--show-only=json-v1"], capture_output=True, text=True,
                                           check=True).stdout)["tests"]
        tests = {}
        for test in listed:
            if NOT_ASKED.match(test["name"]):
                continue
            if test["name"] in known:
                tests[test["name"]] = [test["command"], *known[test["name"]][1:]]
                continue
            start = time.monotonic()
            code, cpu = self.run(test["command"], wall_seconds=10 * self.longest)
            if code not in (0, None):  # once more: on a busy machine MPI sometimes fails to start
                start = time.monotonic()
                code, cpu = self.run(test["command"], wall_seconds=10 * self.longest)
            if code == 0 and cpu <= self.longest:
                tests[test["name"]] = [test["command"], cpu, time.monotonic() - start]
            else:
                print(f"not asked: {test['name']} " + ("takes too long" if code in (0, None) else "fails without a fault"), flush=True)
        kept.write_text(json.dumps(tests))
        return tests

    def in_order(self, floor):
        """The tests of the floor before others, of each kind the cheapest first."""
        kinds = FLOORS[floor][2]
        found = [(next((i for i, kind in enumerate(kinds) if name.startswith(kind)), None), self.tests[name][1], name) for name in self.tests]
        return [name for kind, _, name in sorted(one for one in found if one[0] is not None)]

    def answers(self):
        """A digest of what the program answers to many questions."""
        folder = self.folder / "answers"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        code, _ = self.run(["bash", str(self.tree / "tests/mutants/answers.sh"), str(self.build / "homeward"), str(self.tree), str(folder)],
                           120, 600)
        digest = hashlib.sha256(str(code).encode())
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
        return digest.hexdigest()

    # --- one mutant ---

    def try_one(self, mutant):
        """What became of it: 'did not compile', 'same machine code', 'killed' (and by which test), or 'survived'."""
        path = self.tree / mutant["file"]
        library = self.build / f"libhw_{FLOORS[mutant['floor']][1]}.so"
        words = self.compile[str(path)]
        made = self.build / re.search(r" -o (\S+\.o)", words).group(1)
        text = path.read_text()
        lines = text.split("\n")
        lines[mutant["line"] - 1] = mutant["new"]
        before = made.read_bytes(), library.read_bytes()
        try:
            path.write_text("\n".join(lines))
            if command(words, self.build):
                return "did not compile", None
            if made.read_bytes() == before[0]:
                return "same machine code", None
            link = subprocess.run(["ninja", "-t", "commands", library.name], cwd=self.build, capture_output=True, text=True).stdout
            if command(link.strip().split("\n")[-1], self.build):
                return "did not compile", None
            faulty = library.read_bytes()

            def without_fault(name):
                library.write_bytes(before[1])
                passes = self.passes(name)
                library.write_bytes(faulty)
                return passes

            return self.judge(mutant["floor"], without_fault)
        finally:
            path.write_text(text)
            made.write_bytes(before[0])
            library.write_bytes(before[1])

    def passes(self, name):
        words, cpu, wall = self.tests[name]
        for _ in range(2 if MPI.match(name) else 1):
            code, _ = self.run(words, math.ceil(10 * cpu + 5), 4 * wall + 30)
            if code in (0, None):
                return code == 0
        return False

    def judge(self, floor, without_fault):
        order = self.in_order(floor)
        quick = [name for name in order if self.tests[name][1] <= QUICK]
        killer = self.killer(quick, without_fault)
        if killer is None and self.answers() == self.answer:
            return "survived", "no answer changed"
        killer = killer or self.killer([name for name in order if name not in quick], without_fault)
        return ("killed", killer) if killer else ("survived", "changes an answer")

    def killer(self, names, without_fault):
        for name in names:
            if self.passes(name):
                continue
            if name in self.trusted or without_fault(name):
                self.trusted.add(name)
                return name
            print(f"no longer asked: {name} fails without a fault", flush=True)
            del self.tests[name]
        return None


# --- which faults ---

def mutants_of(floor, count, seed, only):
    lines = []
    for path in sorted({path for pattern in FLOORS[floor][0] for path in SOURCE.glob(pattern)}):
        name = str(path.relative_to(SOURCE))
        if only and name not in only:
            continue
        text = subprocess.run(["git", "-C", SOURCE, "show", f"HEAD:{name}"], capture_output=True, text=True).stdout
        whole, code = text.split("\n"), without_words(text).split("\n")
        for number in executable_lines(text):
            kinds = sorted(set(faults(whole[number], code[number])))
            if kinds:
                lines.append((name, number, whole[number], kinds))
    dice = random.Random(f"{seed} {floor}")
    chosen = []
    for name, number, old, kinds in dice.sample(lines, min(count, len(lines))):
        kind = dice.choice(sorted({kind for kind, _ in kinds}))
        new = dice.choice([new for of, new in kinds if of == kind])
        chosen.append({"floor": floor, "file": name, "line": number + 1, "kind": kind, "old": old, "new": new})
    return chosen


def chosen_mutants(options):
    floors = [floor for floor in FLOORS if not options.floor or floor in options.floor]
    if options.only:
        floors = [floor for floor in floors if mutants_of(floor, 1, 0, options.only)]
    each = math.ceil(options.mutants / max(1, len(floors)))
    by_floor = [mutants_of(floor, each, options.seed, options.only) for floor in floors]
    woven = [mutants[i] for i in range(each) for mutants in by_floor if i < len(mutants)]
    part, parts = (int(number) for number in options.part.split("/"))
    return woven[part - 1::parts]


def mutants_again(paths):
    """Those of earlier calls that survived, where their lines stand today; of lines that are gone nothing is tried."""
    again = []
    for mutant in (json.loads(line) for path in paths for line in path.read_text().splitlines()):
        if mutant["fate"] == "survived":
            text = subprocess.run(["git", "-C", SOURCE, "show", f"HEAD:{mutant['file']}"], capture_output=True, text=True).stdout.split("\n")
            at = [number for number, line in enumerate(text, 1) if line == mutant["old"]]
            if at:
                again.append(dict(mutant, line=min(at, key=lambda number: abs(number - mutant["line"]))))
    return again


# --- what is told ---

def equivalents():
    """{(file, old, new): reason}; lines are known by their text, so that they are still found when others move."""
    listed = {}
    for entry in (HERE / "equivalent.txt").read_text().split("\n\n"):
        lines = [line for line in entry.split("\n") if line and not line.startswith("#")]
        if lines:
            file, old, new, *reason = lines
            listed[file, old[2:].strip(), new[2:].strip()] = " ".join(reason)
    return listed


def wilson(good, all_):
    if all_ == 0:
        return "-"
    z, share = 1.959963984540054, good / all_
    centre, half = share + z * z / (2 * all_), z * math.sqrt(share * (1 - share) / all_ + z * z / (4 * all_ * all_))
    low, high = ((centre + sign * half) / (1 + z * z / all_) for sign in (-1, 1))
    return f"{100 * share:.0f} % ({100 * low:.0f}-{100 * high:.0f})"


def tell(mutants, at_least):
    """Prints the table; returns the floors on which too few are killed of those that change an answer."""
    listed = equivalents()
    for mutant in mutants:
        if mutant["fate"] == "survived" and (mutant["file"], mutant["old"].strip(), mutant["new"].strip()) in listed:
            mutant["fate"], mutant["by"] = "listed", listed[mutant["file"], mutant["old"].strip(), mutant["new"].strip()]
    heads = ("floor", "mutants", "did not compile", "same code", "listed", "killed", "survived", "answers differ", "killed of all these",
             "of those that change an answer")
    rows, short = [], []
    for floor in [*FLOORS, "all"]:
        of = [mutant for mutant in mutants if floor in (mutant["floor"], "all")]
        if not of:
            continue
        fates = collections.Counter(mutant["fate"] for mutant in of)
        differ = sum(mutant["fate"] == "survived" and mutant["by"] == "changes an answer" for mutant in of)
        rows.append((floor, len(of), fates["did not compile"], fates["same machine code"], fates["listed"], fates["killed"], fates["survived"],
                     differ, wilson(fates["killed"], fates["killed"] + fates["survived"]), wilson(fates["killed"], fates["killed"] + differ)))
        short += [floor] if fates["killed"] < at_least / 100 * (fates["killed"] + differ) else []
    widths = [max(len(str(row[i])) for row in [heads, *rows]) for i in range(len(heads))]
    print()
    for row in [heads, *rows]:
        print("  ".join(str(cell).rjust(width) if i else str(cell).ljust(width) for i, (cell, width) in enumerate(zip(row, widths))))
    print("\nkilled by:")
    for name, count in collections.Counter(mutant["by"] for mutant in mutants if mutant["fate"] == "killed").most_common():
        print(f"{count:5}  {name}")
    for fate, title in (("survived", "survived"), ("listed", "listed as changing no answer")):
        print(f"\n{title}:")
        for mutant in (mutant for mutant in mutants if mutant["fate"] == fate):
            print(f"{mutant['file']}:{mutant['line']}: {mutant['kind']}: {mutant['by']}\n- {mutant['old'].strip()}\n+ {mutant['new'].strip()}")
    for floor in short:
        print(f"\nNOT OK: on {floor} fewer than {at_least:g} % are killed of those that change an answer")
    return short


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=200, help="how many, the same number on each floor (200)")
    parser.add_argument("--seed", type=int, default=1, help="same seed and commit, same faults (1)")
    parser.add_argument("--floor", action="append", choices=list(FLOORS), help="only this floor; may be repeated")
    parser.add_argument("--only", action="append", metavar="FILE", help="only this file, such as models/posting.c; may be repeated")
    parser.add_argument("--part", default="1/1", metavar="I/K", help="only every K-th mutant, from the I-th (1/1)")
    parser.add_argument("--longest", type=float, default=60, metavar="SECONDS", help="of a processor; tests that take longer are not asked (60)")
    parser.add_argument("--work", type=pathlib.Path, help="folder to work in, kept for the next call (a temporary one)")
    parser.add_argument("--out", type=pathlib.Path, metavar="FILE", help="add a line of JSON for each mutant; those that it holds are not tried again")
    parser.add_argument("--tell", nargs="+", type=pathlib.Path, metavar="FILE", help="print the table of such files, run nothing; of a mutant that was tried twice the later counts")
    parser.add_argument("--again", nargs="+", type=pathlib.Path, metavar="FILE", help="try those again that survived in such files")
    parser.add_argument("--at-least", type=float, default=0, metavar="PERCENT",
                        help="exit code 1 when on any floor fewer are killed of those that change an answer")
    parser.add_argument("--list", action="store_true", help="print the faults, run nothing")
    options = parser.parse_args()
    if options.tell:
        tried = {}
        for mutant in (json.loads(line) for path in options.tell for line in path.read_text().splitlines()):
            tried[mutant["file"], mutant["old"], mutant["new"]] = mutant
        sys.exit(bool(tell(list(tried.values()), options.at_least)))
    mutants = mutants_again(options.again) if options.again else chosen_mutants(options)
    if options.out and options.out.exists():  # go on where an earlier call stopped
        done = {(mutant["file"], mutant["line"], mutant["new"]) for mutant in map(json.loads, options.out.read_text().splitlines())}
        mutants = [mutant for mutant in mutants if (mutant["file"], mutant["line"], mutant["new"]) not in done]
    if options.list:
        for mutant in mutants:
            print(f"{mutant['file']}:{mutant['line']}: {mutant['kind']}\n- {mutant['old'].strip()}\n+ {mutant['new'].strip()}")
        return
    scratch = None if options.work else tempfile.TemporaryDirectory(prefix="mutants-")
    folder = options.work.resolve() if options.work else pathlib.Path(scratch.name) / "work"
    bench = Bench(folder, options.longest)
    print(f"commit {bench.commit}, seed {options.seed}, part {options.part}: {len(mutants)} mutants, {len(bench.tests)} tests", flush=True)
    for number, mutant in enumerate(mutants, 1):
        start = time.monotonic()
        mutant["fate"], mutant["by"] = bench.try_one(mutant)
        print(f"{number:4} {time.monotonic() - start:6.1f} s  {mutant['fate']}{': ' + mutant['by'] if mutant['by'] else ''}  "
              f"{mutant['file']}:{mutant['line']} {mutant['kind']}", flush=True)
        if options.out:
            with open(options.out, "a", encoding="utf-8") as file:
                file.write(json.dumps(mutant) + "\n")
    short = tell(mutants, options.at_least)
    if scratch:
        scratch.cleanup()
    sys.exit(bool(short))


main()

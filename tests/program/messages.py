"""What is wrong is said first, by its name. A table: input, exit code, beginning of the first line of the message.

Arguments: the program, the source folder."""
import os
import pathlib
import subprocess
import sys
import tempfile

program, source = sys.argv[1], sys.argv[2]
os.chdir(tempfile.mkdtemp())
failures = 0
quick = source + "/scenarios/quick.yaml"
design = source + "/scenarios/sweeps/sobol-quick.yaml"


def write(name, text):
    pathlib.Path(name).write_text(text, encoding="utf-8")
    return name


def variant(name, text):
    return write(name, f"include: ['{quick}']\n{text}")


def run(*arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True, encoding="utf-8", errors="replace")


def expect(code, first, *arguments):
    global failures
    done = run(*arguments)
    said = (done.stderr.splitlines() or [""])[0]
    if done.returncode != code or not said.startswith(first):
        failures += 1
        print(f"NOT OK: {arguments} ended with {done.returncode} (expected {code}) and must say first\n  {first}\nbut said\n  {done.stderr}")


assert run("run", quick, "-n", "4", "-q", "-o", "r.h5").returncode == 0
assert run("sweep", design, "-o", "swept", "-q", "--set", "replications=2", "--set", "design.sobol.rows=2").returncode == 0
sweep = "swept/sweep.h5"

# --set: which value, and of what
set_one = "<command line>:1:1: cannot set "
for words, first in [
    (["places.aghali.houses=3"], set_one + "'places.aghali.houses': there is no place 'aghali'; did you mean 'Aghali'?"),
    (["places.AGHALI={houses: 3}"], set_one + "'places.AGHALI': there is no place 'AGHALI'; did you mean 'Aghali'?"),
    (["districts.Zəngilan.undiscovered=3 %"], set_one + "'districts.Zəngilan.undiscovered': there is no district 'Zəngilan'; did you mean"),
    (["places.Nowhere.houses=3"], set_one + "'places.Nowhere.houses': there is no place 'Nowhere'; a new one is set as a whole"),
    (["planning.Rule=worst_first"], "<command line>:1:1: unknown key 'Rule' in section 'planning'; did you mean 'rule'?"),
    (["places.Aghali.houses=3", "places.Aghali.houses=4"], "--set places.Aghali.houses=3 and --set places.Aghali.houses=4 set the same value"),
    (["places.Aghali.houses=3", 'places."Aghali".houses=3'], "--set places.Aghali.houses=3 and --set places.\"Aghali\".houses=3 set the same value"),
    (["places.Aghali.houses=3", "places.AGHALI.houses=3"], "--set places.Aghali.houses=3 and --set places.AGHALI.houses=3 set the same value"),
    (["places.Aghali={}", "places.Aghali.houses=3"], "--set places.Aghali={} and --set places.Aghali.houses=3: one lies inside the other"),
    (["streams.x.yearly.2026=1 USD", "streams.x.yearly.2026-01-01=2 USD"], "--set streams.x.yearly.2026=1 USD and --set streams.x.yearly.2026-01-01=2 USD"),
    (["horizon=2030-01-01", "--horizon", "2029-01-01"], "--set horizon=2030-01-01 and --horizon 2029-01-01 set the same value"),
]:
    options = [piece for word in words for piece in ((["--set", word] if "=" in word else [word]))]
    expect(2, first, "run", quick, "-n", "1", "-o", "no.h5", *options)
    if words[0].startswith("places.Aghali.houses=3"):
        expect(2, first, "compare", quick, quick, "-n", "1", *options)
        expect(2, first, "levers", quick, "-n", "1", *options)
expect(2, "--set seed=1 and --set seed=2 set the same value", "sweep", design, "--dry-run", "--set", "seed=1", "--set", "seed=2")
expect(2, "<command line>:1:1: cannot set 'factors.nothing.range': there is no factor 'nothing'", "sweep", design, "--dry-run", "--set", "factors.nothing.range=[1, 2]")
expect(2, "'planning.rule' cannot be set: all that is compared is finished", "compare", "r.h5", "r.h5", "--set", "planning.rule=worst_first")
expect(2, "--seed is given twice: '1' and '2'", "run", quick, "--seed", "1", "--seed=2")
expect(2, "--output is given twice: 'a.h5' and 'b.h5'", "run", quick, "-o", "a.h5", "-o", "b.h5")

# One kind of file in another's place
kinds = {
    quick: "is a scenario, not {}: homeward run, check, compare and levers read it",
    design: "is the design of a sweep, not {}: homeward sweep reads it",
    "r.h5": "is a result file, not {}: homeward summary, explain, compare, report, plot and export read it",
    sweep: "is the result of a sweep, not {}: homeward summary, sensitivity, compare and report read it",
    "swept": "is the folder of a sweep, not {}: homeward status reads it",
    "swept/journal-0": "is a journal, work that is not finished, not {}: ",
    "r.html": "is a page to look at, not {}: a browser shows it",
    ".": "is a folder, not {}: a file is wanted",
}
wanted = {
    "a scenario": (["run", "FILE"], ["check", "FILE"], ["levers", "FILE"]),
    "the design of a sweep": (["sweep", "FILE"],),
    "a result file": (["summary", "FILE"], ["explain", "FILE", "--place", "Aghali"], ["plot", "FILE", "--what", "fan", "-o", "x.svg"],
                      ["export", "FILE", "--csv", "x"], ["report", "FILE", "-o", "x.html"]),
    "the result of a sweep": (["sensitivity", "FILE"],),
}
own = {"a scenario": quick, "the design of a sweep": design, "a result file": "r.h5", "the result of a sweep": sweep}
for want, commands in wanted.items():
    for command in commands:
        for path, said in kinds.items():
            if path == own[want] or not os.path.exists(path) or (command[0] in ("summary", "report") and path == sweep):
                continue
            expect(2, f"{path} {said.format(want)}", *[path if word == "FILE" else word for word in command])

# Names of places
expect(2, "there is no place 'Agali' in these results; did you mean 'Aghali'?", "explain", "r.h5", "--place", "Agali")
expect(2, "there is no place 'zangilan' in these results; did you mean 'Zangilan town'?", "explain", "r.h5", "--place", "zangilan")
expect(2, "there is no place or district 'Ağalı' in these results; did you mean 'Aghali'?", "summary", "r.h5", "--place", "Ağalı")

# -q says nothing; help has a hundred columns at most
done = run("run", quick, "-n", "4", "-q", "-o", "quiet.h5")
if done.stdout or done.stderr:
    failures += 1
    print("NOT OK: -q said", done.stdout, done.stderr)
for command in "run summary explain compare levers check schema list bench plot export sweep status report sensitivity --help".split():
    for line in run(command, *([] if command == "--help" else ["--help"])).stdout.splitlines():
        if len(line) > 100:
            failures += 1
            print(f"NOT OK: {command} --help has a line of {len(line)} columns: {line}")
script = subprocess.run([source + "/homeward", "test", "--help"], capture_output=True, text=True)
if script.returncode != 0 or "usage: ./homeward test" not in script.stdout:
    failures += 1
    print("NOT OK: ./homeward test --help", script.stdout, script.stderr)
sys.exit(failures > 0)

"""What is wrong is said first, by its name. A table: input, exit code, beginning of the first line of the message.

Arguments: the program, the source folder."""
import os
import pathlib
import re
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
    if words == ["places.Aghali.houses=3", "places.Aghali.houses=4"]:
        expect(2, first, "compare", quick, quick, "-n", "1", *options)
        expect(2, first, "levers", quick, "-n", "1", *options)
expect(2, "--set seed=1 and --set seed=2 set the same value", "sweep", design, "--dry-run", "--set", "seed=1", "--set", "seed=2")
expect(2, "<command line>:1:1: cannot set 'factors.nothing.range': there is no factor 'nothing'", "sweep", design, "--dry-run", "--set", "factors.nothing.range=[1, 2]")
expect(2, "'planning.rule' cannot be set: all that is compared is finished", "compare", "r.h5", "r.h5", "--set", "planning.rule=worst_first")
expect(2, "--seed is given twice: '1' and '2'", "run", quick, "--seed", "1", "--seed=2")
expect(2, "--output is given twice: 'a.h5' and 'b.h5'", "run", quick, "-o", "a.h5", "-o", "b.h5")

# A text that a comment may have cut: only where the comment begins as no comment does.
for name, text, first in [
    ("numbered", "name: Area #3 of the north", "numbered.yaml:1:7: warning: 'name' is 'Area': YAML takes what stands behind ' #' for a comment"),
    ("commented", "name: Area # the third of the north", ""),
    ("quoted", "name: 'Area #3 of the north'", ""),
]:
    expect(0, first, "check", write(name + ".yaml", f"{text}\ninclude: ['{quick}']\n"))

# What nobody sees in a scenario
area = "{district: Zangilan, class: low, setting: farmland, area: 1 km2}"
cut = "YAML takes what stands behind ' #' for a comment, so this key is cut before it; put a name with ' #' in it in quotes"
for name, text, first in [
    ("nbsp", "hazard_areas: {Aghali village: {area: 5\u00a0km2}}", "nbsp.yaml:2:39: 'area': expected an area such as 5.2 km2 (m2, ha, km2), found '5\u00a0km2'; it holds a no-break space (U+00A0)"),
    ("thin", "hazard_areas: {Aghali village: {area: 5\u202fkm2}}", "thin.yaml:2:39: 'area': expected an area such as 5.2 km2 (m2, ha, km2), found '5\u202fkm2'; it holds a narrow no-break space (U+202F)"),
    ("key", "plac\u200bes: {}", "key.yaml:2:1: unknown key 'plac\\u200Bes' in the scenario; did you mean 'places'?; it holds a zero-width space (U+200B)"),
    ("only", f"hazard_areas:\n  Field #1: {area}", "only.yaml:3:3: " + cut),
    ("first", f"hazard_areas:\n  Field #1: {area}\n  B: {area}", "first.yaml:3:1: not valid YAML: " + cut),
    ("last", f"hazard_areas:\n  B: {area}\n  Field #1: {area}", "last.yaml:4:1: not valid YAML: " + cut),
]:
    expect(2, first, "check", variant(name + ".yaml", text + "\n"))
if run("check", variant("remark.yaml", "places:\n  Aghali: # the first: one\n    houses: 3 # number: three\n")).returncode != 0:
    failures += 1
    print("NOT OK: remarks with colons are no mistakes")

# Tables of points
for name, table, first in [
    ("semicolons", "undiscovered;rate\n5 %;3\n", "semicolons.csv:1:1: this table seems to be separated by semicolons"),
    ("marked", "\ufeffundiscovered;rate\n5 %;3\n", "marked.csv:1:1: this table seems to be separated by semicolons"),
    ("tabs", "undiscovered\trate\n5 %\t3\n", "tabs.csv:1:1: this table seems to be separated by tabs"),
    ("decimal", "undiscovered,rate\n0,05,1\n", "decimal.csv:2:1: expected 2 cells as in the first row, found 3; a decimal comma?"),
    ("quoted", 'undiscovered,rate\n"0,05",1\n', "quoted.csv:2:1: "),
]:
    write(name + ".csv", table)
    write("points.yaml", f"name: x\nscenario: '{quick}'\ndesign: {{points: {{file: {name}.csv}}}}\nreplications: 1\nfactors:\n"
          "  undiscovered: {path: districts.Zangilan.undiscovered}\n  rate: {path: methods.non_technical_survey.rate}\n")
    expect(2, first, "sweep", "points.yaml", "--dry-run")
write("good.csv", "\ufeffundiscovered,rate\r\n5 %,12 ha/day\r\n")
write("points.yaml", pathlib.Path("points.yaml").read_text().replace("quoted.csv", "good.csv"))
if run("sweep", "points.yaml", "--dry-run").returncode != 0:
    failures += 1
    print("NOT OK: a table with a byte order mark", run("sweep", "points.yaml", "--dry-run").stderr)

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
            if command[0] in ("run", "levers", "sweep") and path not in (quick, design, "r.h5", "swept"):
                continue  # these start MPI, which takes its time; `check` asks in the same way
            expect(2, f"{path} {said.format(want)}", *[path if word == "FILE" else word for word in command])

# What came with the program is named where it lies, where the guide's name of it is no file here; nothing else is
for word, told in (("scenarios/quick.yaml", True), ("scenarios/qick.yaml", False), ("quick.yaml", False)):
    done = run("check", word)
    found = re.search(r"'scenarios/quick.yaml' came with the program, as '(/.*/scenarios/quick.yaml)'", done.stderr)
    if done.returncode != 2 or bool(found) != told or (found and not os.path.exists(found[1])) or ("came with" in done.stderr) != told:
        failures += 1
        print(f"NOT OK: check {word}: {done.returncode} {done.stderr}")

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

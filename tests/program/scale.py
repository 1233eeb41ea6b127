"""A sweep of many points: what the dry run says of a million of them it says quickly and in little memory, a sweep of many thousands that was
killed goes on to the bytes of one that was not, and no rank takes more than it may.

Arguments: the program, the source folder. HW_SCALE_POINTS: points of the sweep (200); from 10,000 on the national scenario is asked as well.
HW_SCALE_REPLICATIONS: of each point (4)."""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

from shared.laws import PROGRAM, QUICK, SOURCE, ask, end, homeward, law

POINTS, REPLICATIONS = int(os.environ.get("HW_SCALE_POINTS", "200")), int(os.environ.get("HW_SCALE_REPLICATIONS", "4"))
IS_LARGE = POINTS >= 10000
MILLION = 1000000
MOST_MB = 150  # of a rank, by the promise of analysis/guide/hpc.md
MOST_SECONDS = 60  # of processor time, for a dry run
IS_SANITIZED = "asan" in str(PROGRAM)  # sanitizers keep what is freed, and take their time
UNITS = {"bytes": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}
# A small process starts each rank and tells its number, its memory and its time: a child is charged with what its parent holds.
MEASURE = """
import os, sys
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
open(f"{sys.argv[1]}/{child}.began", "w").close()
_, status, usage = os.wait4(child, 0)
with open(f"{sys.argv[1]}/{child}.ended", "w") as file:
    file.write(f"{usage.ru_maxrss / 1024} {usage.ru_utime + usage.ru_stime}")
os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 1)
"""
DESIGNS = {"latin_hypercube": "{points: %d}" % MILLION, "grid": "{steps: 100}", "morris": "{trajectories: 250000}", "sobol": "{rows: 200000}"}


def write_design(name, design, scenario=QUICK, replications=REPLICATIONS):
    path = pathlib.Path(name)
    path.write_text(f"name: Many points\nscenario: {scenario}\ndesign: {design}\nreplications: {replications}\nfactors:\n"
                    "  survey: {path: methods.non_technical_survey.rate}\n"
                    "  search: {path: methods.battle_area.rate}\n"
                    "  returns: {path: resettlement.uptake}\n"
                    "outputs:\n  release: {of: place_release_day}\n  victims: {at: [last, sum]}\nby: [2027-12-31]\n")
    return path


class Call:
    """The program under measurement, on one rank or several."""

    def __init__(self, *words, ranks=1):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir="."))
        front = ["mpirun", "-np", str(ranks), "--oversubscribe"] if ranks > 1 else []
        self.process = subprocess.Popen([*front, sys.executable, "-S", "-E", "-c", MEASURE, self.folder, PROGRAM, *map(str, words)],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def kill_ranks(self):
        for path in self.folder.glob("*.began"):
            os.kill(int(path.stem), signal.SIGKILL)

    def ended(self):
        """Exit code, what it said, the largest memory of a rank in MB, and the processor time of all."""
        said, self.complaint = self.process.communicate()
        used = [tuple(map(float, path.read_text().split())) for path in self.folder.glob("*.ended")]
        return self.process.returncode, said, max(mb for mb, _ in used), sum(seconds for _, seconds in used)


def check_memory(what, mb):
    law(f"{what}: {mb:.0f} MB a rank are at most {MOST_MB}", mb <= MOST_MB or IS_SANITIZED)


def bytes_said(text, line):
    number, unit = re.search(rf"^{line} +(?:at most )?([\d.]+) (\w+)", text, re.M).groups()
    return float(number) * UNITS[unit]


def check_dry_run(path, points):
    call = Call("sweep", path, "--dry-run")
    code, said, mb, seconds = call.ended()
    law(f"a dry run of {path} succeeds: {call.complaint}", code == 0)
    law(f"{path} has {points:,} points", f" {points:,} points" in said)
    law(f"a dry run of {path} takes {seconds:.1f} s, at most {MOST_SECONDS}", seconds <= MOST_SECONDS or IS_SANITIZED)
    check_memory(f"a dry run of {path}", mb)
    told = bytes_said(said, "memory of a rank") / 1e6
    law(f"{path}: it tells at least the {mb:.0f} MB that it takes itself, not {told:.0f}", told >= 0.9 * mb)
    print(f"dry run of {path}: {points:,} points, {seconds:.1f} s, {mb:.0f} MB; of a rank it says {told:.0f} MB")


def check_dry_runs():
    for name, parts in DESIGNS.items():
        check_dry_run(write_design(f"{name}.yaml", f"{{{name}: {parts}}}"), MILLION)
    rows = MILLION if IS_LARGE else 50000
    with open("points.csv", "w", encoding="utf-8") as file:
        file.write("survey,search,returns\n")
        file.writelines(f"{80000 + i % 99991} m2/day,{2700 + i % 3001} m2/day,{(50 + i % 40) / 100}\n" for i in range(rows))
    check_dry_run(write_design("points.yaml", "{points: {file: points.csv}}"), rows)
    if IS_LARGE:
        check_dry_run(write_design("national.yaml", f"{{latin_hypercube: {{points: {MILLION}}}}}", SOURCE / "scenarios/great-return.yaml"), MILLION)


def check_begins(scenario, seconds):
    """A million points are begun, and stopped in time, in as little memory as is promised."""
    folder = f"begun-{pathlib.Path(scenario).stem}"
    path = write_design(f"{folder}.yaml", f"{{latin_hypercube: {{points: {MILLION}}}}}", scenario, 16)
    call = Call("sweep", path, "-q", "-o", folder, "--anyway", "--stop-after", f"{seconds}s", ranks=2)
    code, _, mb, _ = call.ended()
    law(f"a sweep of a million points stops in time with exit code 75, not {code}: {call.complaint}", code == 75)
    law("it has begun", journal_bytes(folder) > 0)
    check_memory(f"a million points of {pathlib.Path(scenario).name}", mb)
    print(f"a million points of {pathlib.Path(scenario).name}, begun: {mb:.0f} MB a rank")


def journal_bytes(folder):
    return sum(path.stat().st_size for path in pathlib.Path(folder).glob("journal-*"))


def finished(folder):
    return int(re.search(r'"finished": (\d+)', homeward("status", folder, "--json"))[1])


def check_killed():
    path = write_design("many.yaml", f"{{latin_hypercube: {{points: {POINTS}}}}}")
    said = ask("sweep", path, "--dry-run").stdout
    journals, result = bytes_said(said, "journals"), bytes_said(said, "result file")

    start = time.monotonic()
    call = Call("sweep", path, "-q", "-o", "plain")
    code, _, mb, seconds = call.ended()
    law(f"a sweep of {POINTS:,} points succeeds: {call.complaint}", code == 0)
    check_memory(f"{POINTS:,} points on one rank", mb)
    wrote, packed = journal_bytes("plain"), pathlib.Path("plain/sweep.h5").stat().st_size
    law(f"journals take {wrote} bytes, at most the {journals:.0f} of the dry run", 0.1 * journals < wrote <= 1.01 * journals)
    law(f"the result takes {packed} bytes, at most the {result:.0f} of the dry run and its head", packed <= result + 500e3)
    print(f"{POINTS:,} points of {REPLICATIONS} replications on one rank: {time.monotonic() - start:.0f} s, {seconds:.0f} s of a core, "
          f"{mb:.0f} MB, journals {wrote / 1e6:.1f} MB, result {packed / 1e6:.1f} MB")

    call = Call("sweep", path, "-q", "-o", "killed", ranks=2)
    while call.process.poll() is None and journal_bytes("killed") < wrote / 2:
        time.sleep(0.01)
    call.kill_ranks()
    code, _, mb, _ = call.ended()
    law(f"killed ranks do not end well: {code}", code != 0)
    check_memory(f"{POINTS:,} points on two ranks, killed", mb)
    done = finished("killed")
    law(f"it was killed on its way: {done} of {POINTS * REPLICATIONS} replications", 0 < done < POINTS * REPLICATIONS)
    law("there is no result yet", not os.path.exists("killed/sweep.h5"))
    call = Call("sweep", path, "-q", "-o", "killed", "--resume", ranks=3)
    code, _, mb, _ = call.ended()
    law(f"it goes on at three ranks: {call.complaint}", code == 0)
    check_memory(f"{POINTS:,} points on three ranks, resumed", mb)
    law("to the same bytes", pathlib.Path("killed/sweep.h5").read_bytes() == pathlib.Path("plain/sweep.h5").read_bytes())
    print(f"killed after {done:,} replications, resumed on three ranks: {mb:.0f} MB a rank")

    # All is in the journals: what is left is what one rank does at the end.
    os.remove("plain/sweep.h5")
    call = Call("sweep", path, "-q", "-o", "plain", "--resume")
    code, _, mb, seconds = call.ended()
    law(f"the result is made again from the journals alone: {call.complaint}", code == 0)
    law("with the same bytes", pathlib.Path("killed/sweep.h5").read_bytes() == pathlib.Path("plain/sweep.h5").read_bytes())
    print(f"the end alone, from the journals: {seconds:.1f} s, {mb:.0f} MB")


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    check_dry_runs()
    check_begins(QUICK, 3)
    if IS_LARGE:
        check_begins(SOURCE / "scenarios/great-return.yaml", 60)
    check_killed()
    os.chdir("/")
end()

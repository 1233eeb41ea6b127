#!/usr/bin/python3
"""Law: on a disk that is too small a command ends with exit code 4, says that there is no space, keeps what it has finished, and leaves no
half of a file; it never crashes. On a large disk the same command then goes on to the same bytes. Disks from nothing to all that is
needed, in steps, for each command.

usage: full_disk.py PROGRAM SOURCE; HW_DISK_STEPS: how many disks for each command (3). Skipped where nothing can be mounted."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROGRAM, SOURCE = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
STEPS = int(os.environ.get("HW_DISK_STEPS", "3"))
QUICK = SOURCE / "scenarios/quick.yaml"
ENVIRONMENT = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
DESIGN = f"""name: Two rules
scenario: {QUICK}
design: {{grid: {{steps: 2}}}}
replications: 24
keep: outcomes
factors:
  rule: {{path: planning.rule, levels: [worst_first, returnees_per_dollar]}}
"""
# DISK is the small one, and they are to begin although it is seen to be too small; what is answered, and how a later call goes on.
COMMANDS = {
    "run": (["run", QUICK, "--anyway", "-n", "40", "-q", "-o", "DISK/r.h5"], []),
    "sweep": (["sweep", "d.yaml", "--anyway", "-q", "-o", "DISK/s"], ["--resume"]),
    "compare": (["compare", QUICK, "variant.yaml", "--anyway", "-n", "20", "-q", "--keep", "DISK/runs"], []),
    "levers": (["levers", QUICK, "--anyway", "--levers", "levers", "-n", "20", "-q", "--keep", "DISK/runs", "--csv", "DISK/tables"], []),
    "report": (["report", "q.h5", "-o", "DISK/q.html"], []),
    "plot": (["plot", "q.h5", "--what", "map", "-o", "DISK/q.png"], []),
    "export": (["export", "q.h5", "--geojson", "DISK/q.json", "--csv", "DISK/tables"], []),
    "summary": (["summary", "q.h5", "--csv", "DISK/tables"], []),
}


def law(text, holds):
    if not holds:
        raise SystemExit(f"NOT OK: {text}")


def homeward(words, disk):
    return subprocess.run([PROGRAM, *(str(word).replace("DISK", disk) for word in words)], env=ENVIRONMENT, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in pathlib.Path(folder).rglob("*")
            if path.is_file() and not path.name.startswith(("journal-", "log-", ".homeward-tables"))}


def mount(bytes_):
    os.makedirs("disk", exist_ok=True)
    return subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={bytes_}", "tmpfs", "disk"], capture_output=True).returncode == 0


def unmount():
    subprocess.run(["umount", "-l", "disk"], capture_output=True)


def used():
    about = os.statvfs("disk")
    return (about.f_blocks - about.f_bfree) * about.f_bsize


def try_disk(name, words, more, size, wanted):
    law("a small disk can be mounted", mount(size))
    try:
        case = f"{name} on a disk of {size} bytes"
        done = homeward(words, "disk")
        law(f"{case} ends with exit code 0 or 4, not {done.returncode}: {done.stderr}", done.returncode in (0, 4))
        if done.returncode == 4:
            law(f"{case} says why: {done.stderr}", "No space left on device" in done.stderr)
        law(f"{case} leaves whole files only",
            all(wanted.get(path) == content for path, content in files_of("disk").items() if ".journal-" not in path))
        subprocess.run(["mount", "-o", "remount,size=100m", "disk"], check=True)
        again = homeward([*words, *more], "disk")
        law(f"{case} goes on when there is space: {again.stderr}", again.returncode == 0)
        law(f"{case} and then on a large one has the files of a large one", files_of("disk") == wanted)
        return done.returncode
    finally:
        unmount()


def try_command(name, words, more):
    mount("100m")
    try:
        done = homeward(words, "disk")
        law(f"{name} works: {done.stderr}", done.returncode == 0)
        wanted, needed = files_of("disk"), used()
    finally:
        unmount()
    # Journals and result together fill the disk shortly before the end: there the steps are closest.
    most = needed * (1.9 if more or name == "run" else 1.0)
    sizes = [max(int(most * (step + 1) / (STEPS + 1)) // 4096 * 4096, 4096) for step in range(STEPS)]
    codes = [try_disk(name, words, more, size, wanted) for size in sizes]
    law(f"{name}: at least one disk was too small: {codes}", 4 in codes)
    print(f"ok: {name} on {len(codes)} small disks, {codes.count(4)} of them too small", flush=True)


def main():
    if not mount("1m"):
        print("skipped: no file system can be mounted here")
        return
    unmount()
    os.makedirs("levers")
    pathlib.Path("levers/worst.yaml").write_text("planning: {rule: worst_first}\n")
    pathlib.Path("variant.yaml").write_text(f"include: {QUICK}\nplanning: {{rule: worst_first}}\n")
    pathlib.Path("d.yaml").write_text(DESIGN)
    law("a result to ask", homeward(["run", QUICK, "-n", "20", "-q", "--no-page", "-o", "q.h5"], "disk").returncode == 0)
    for name, (words, more) in COMMANDS.items():
        try_command(name, words, more)


if os.geteuid() != 0 and shutil.which("unshare") and os.environ.get("HW_UNSHARED") is None and \
        subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode == 0:
    os.execvpe("unshare", ["unshare", "-rm", sys.executable, *sys.argv], {**os.environ, "HW_UNSHARED": "1"})
with tempfile.TemporaryDirectory() as top:
    os.chdir(top)
    try:
        main()
    finally:
        unmount()
        os.chdir("/")

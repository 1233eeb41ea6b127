"""README and guide say what is true: every command runs, every option and file that they name exists, every link leads somewhere, and every
table of figures names the run that made it.

Arguments: the program, the source folder.

Commands are the lines of `sh` blocks, and all text in backticks that begins with the program, mpirun and the like. They run in the order of the
pages, in one scratch folder with a copy of scenarios/, in which `yaml PATH` blocks are files. So that this takes seconds, `scaled` makes them
small: few replications, small designs, two ranks. What NOT_RUN names is only read, and so is text with a placeholder (FILE, DIR, ...). The
blocks `c PATH`, `diff PATH` and `sh with-additions` are for tests/checks/worked_example.sh.
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

program, source = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
PAGES = ["README.md", "analysis/guide/README.md"] + [
    f"analysis/guide/{name}.md" for name in
    ("strategist", "desk", "analyst", "donor", "model", "results", "country", "croatia", "hpc", "install", "contributor", "glossary", "odd", "misuse",
     "first-hour", "tutorial-strategist", "tutorial-donor", "tutorial-analyst", "tutorial-hpc", "tutorial-contributor")] + ["scenarios/claims/README.md", "CONTRIBUTING.md"]
WRITTEN = ("yaml", "xml", "csv", "json")  # blocks of files, each with its name behind it
SECONDS = 60  # for one command
REPLICATIONS = {"run": "4", "compare": "4", "levers": "2", "pledge": "3", "target": "3", "allocate": "10", "worth": "60", "discover": "60", "adapt": "20", "hindcast": "6"}
MANY = {"scenarios/quick.yaml", "scenarios/freedonia-ours.yaml", "karvonia-ours.yaml"}  # a thousand in seconds
DESIGNS = {  # what makes each shipped or printed design small
    "agdam-assumptions.yaml": ["design.morris.trajectories=2"],
    "sobol-quick.yaml": ["design.sobol.rows=4"],
    "my-sweep.yaml": ["design.latin_hypercube.points=4"],
    "first-sweep.yaml": ["design.sobol.rows=4"],
}
NOT_RUN = {  # by the beginning of a command: why
    "./homeward test": "builds and runs all tests, of which this is one",
    "./homeward desk": "serves until it is told to stop; the test page_desk asks it",
    "./homeward bench": "measures for minutes; tests/program/bench.sh starts it",
    "./homeward compare results/base.h5": "needs the contributor's additions; tests/checks/worked_example.sh runs it",
    "./homeward --version": "the start script would build",
    "sbatch": "needs Slurm; tests/program/slurm_scripts.sh and tests/slurm/trial.sh run the scripts",
    "srun": "needs Slurm",
    "bash scenarios/slurm/array.sh": "needs Slurm",
    "./homeward status /scratch": "the sweep is in a cluster's folder",
    "cmake --install": "tests/program/install.sh installs",
    "cmake --preset": "builds",
    "cpack": "packs; tests/program/package.sh looks at the package, tests/packaging/deb.sh installs it",
    "sudo": "changes the computer; tests/packaging/deb.sh does it in a Debian of its own",
    "homeward run /usr/share": "wants the package installed; likewise",
    "man homeward": "likewise",
    "podman": "needs Podman and an image",
    "apptainer": "needs Apptainer",
    "spack": "needs Spack",
    "python3 tests/program/sanity.py": "is a test of its own",
    "perf record": "needs the kernel's profiler",
    "tests/mutants": "takes hours",
    ".ci/": "runs this test",
}
STARTS = re.compile(r"(\./homeward|homeward|mpirun|srun|sbatch|cmake|ncdump|bash|python3|perf|export|tests/mutants/mutants\.py)(\s|$)")
PLACEHOLDER = re.compile(r"(^|[\s=])(?!MUSD\b)[A-Z][A-Z_.]{2,}\b|…|\bN\b|\bDIR\b")
MADE_BY = re.compile(r"^\*Made by `[^`]+`.*\bcommit [0-9a-f]{7}\b.*\d{1,2} [A-Z][a-z]+ 20\d\d\.\*$")
FOLDERS = ("analysis", "models", "sim", "tests", "scenarios", ".ci", "build")

problems = []
digests = {}


def problem(where, text):
    problems.append(f"{where}: {text}")


# ---- Reading pages ----

class Page:
    def __init__(self, name):
        self.name = name
        self.text = (source / name).read_text(encoding="utf-8")
        self.blocks = []  # (line number, kind, rest of the fence, lines, the paragraph behind it)
        self.prose = []   # (line number, line)
        lines, at = self.text.split("\n"), 0
        while at < len(lines):
            fence = re.match(r"```(\S*) ?(.*)$", lines[at])
            if fence:
                end = at + 1
                while lines[end] != "```":
                    end += 1
                behind = end + 2 if end + 2 < len(lines) else end
                self.blocks.append((at + 1, fence[1], fence[2], lines[at + 1:end], lines[behind]))
                at = end
            else:
                self.prose.append((at + 1, lines[at]))
            at += 1

    def paragraphs(self):
        """Prose with what backticks hold joined over the ends of lines."""
        text, start = "", 1
        for number, line in self.prose + [(0, "")]:
            if line.strip() == "" or line.startswith("|"):
                if text:
                    yield start, text
                text = ""
                if line.strip():
                    yield number, line
            else:
                text, start = (text + " " + line.strip(), start) if text else (line.strip(), number)


def anchor(heading):
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def check_links(page):
    for number, line in page.prose:
        for target in re.findall(r"\]\(([^)\s]+)\)", line):
            if re.match(r"https?:", target):
                continue
            path, _, part = target.partition("#")
            file = (source / page.name).parent / path if path else source / page.name
            if not file.exists():
                problem(f"{page.name}:{number}", f"the link {target} leads nowhere")
            elif part:
                headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.M)
                if part not in map(anchor, headings):
                    problem(f"{page.name}:{number}", f"the link {target}: no such heading")


def check_paths(page):
    """Names of files in backticks, in this tree."""
    for number, text in page.paragraphs():
        for piece in re.findall(r"`([^`]+)`", text):
            if not re.fullmatch(r"[\w.\-]+(/[\w.\-*<>]+)*/?", piece) or "/" not in piece or piece.split("/")[0] not in FOLDERS:
                continue
            if piece.startswith("build/") or "<" in piece or piece in written:
                continue
            if not (source / piece).exists():
                problem(f"{page.name}:{number}", f"there is no {piece}")


# ---- Commands ----

def help_of(command, known={}):
    if command not in known:
        done = subprocess.run([program, command, "--help"], capture_output=True, text=True)
        known[command] = set(re.findall(r"^  (?:-\w, |    )(--[\w-]+)", done.stdout, re.M)) | set(
            re.findall(r"^  (-\w), ", done.stdout, re.M)) if done.returncode == 0 else None
    return known[command]


def check_options(where, words):
    """The words after the program: a command that is known, with options that it has."""
    if not words or words[0].startswith("--") or PLACEHOLDER.search(words[0]) or words[0] == "test":
        return
    options = help_of(words[0])
    if options is None:
        problem(where, f"there is no command '{words[0]}'")
        return
    for word in words[1:]:
        if re.match(r"--?[a-z]", word) and word.split("=")[0] not in options:
            problem(where, f"{words[0]} has no option {word}")


def check_inputs(where, words):
    for before, word in zip([""] + words, words):
        word = word.partition("=")[0]
        if before not in ("-o", "--output") and word.startswith("scenarios/") and "*" not in word and not PLACEHOLDER.search(word) and not pathlib.Path(word).exists():
            problem(where, f"there is no {word}")


def scaled(words):
    """The words of a command of the program, made small."""
    if not words:
        return words
    command, rest = words[0], list(words[1:])
    if command in REPLICATIONS and not any(word.endswith((".h5", "--help")) for word in rest if word not in values_of(rest, "-o")):
        until = [i for i, word in enumerate(rest) if word == "--until"]
        for i in until:
            rest[i + 1] = re.sub(r"±.*", "± 0.4", rest[i + 1])
        for i, word in enumerate(rest):
            if word in ("-n", "--replications"):
                del rest[i:i + 2]
                break
        rest += ["-n", "100" if MANY.intersection(rest) else REPLICATIONS[command]]
        if command == "levers":
            rest += ["--only", "treaty,dog-centre"]
    if command == "allocate" and rest and "--help" not in rest:
        rest += ["--tries", "6"] if "levers" not in values_of(rest, "--choose") else []
    if command == "rank" and "--help" not in rest and "--most" not in rest:
        rest += ["--batch", "10", "--most", "20"]
    if command == "sweep" and rest and "--dry-run" not in rest:
        for setting in ["replications=2", *DESIGNS.get(pathlib.Path(rest[0]).name, [])]:
            rest += ["--set", setting]
    return [command, *rest]


def values_of(words, option):
    return [words[i + 1] for i, word in enumerate(words[:-1]) if word == option]


def program_words(words):
    """Where the program stands and what stands behind it; None for commands of others."""
    names = ("./homeward", "homeward")
    if words and words[0] in (*names, "mpirun", "srun"):
        for i, word in enumerate(words):
            if word in names:
                return i, words[i + 1:]
    return None


def is_command(piece):
    """Not the mere name of a program, nor mpirun without one."""
    return STARTS.match(piece) and " " in piece and (not piece.startswith(("mpirun", "srun")) or "homeward" in piece)


done_before = set()
said = {}  # by what was typed in the page


def run(where, line):
    typed, _, remark = line.partition("  # ")
    line = typed
    wanted = int(re.search(r"exit code (\d+)", remark)[1]) if "exit code" in remark else 0
    try:
        words = shlex.split(line)
    except ValueError as error:
        problem(where, f"{line}: {error}")
        return
    start = program_words(words)
    if start:
        check_options(where, start[1])
    check_inputs(where, words)
    if PLACEHOLDER.search(line) or any(line.startswith(beginning) for beginning in NOT_RUN):
        return
    if start:
        front = [word if before not in ("-np", "-n") else "2" for before, word in zip([""] + words, words[:start[0]])]
        words = front + [str(program)] + scaled(start[1])
    else:
        words = ["bash", "-c", line]
    key = shlex.join(words)
    if key in done_before:
        return
    done_before.add(key)
    try:
        done = subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=SECONDS, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        problem(where, f"{line}: {error}")
        return
    said[typed] = done.stdout
    if done.returncode != wanted:
        problem(where, f"{line}\n    as {key}\n    ended with {done.returncode} instead of {wanted}:\n    {done.stderr.strip()[-600:]}")
    digest = re.search(r"scenario ([0-9a-f]{12})", done.stdout)
    if start and len(words) > start[0] + 1 and digest:
        digests[line] = digest[1]


# ---- Tables of figures ----

def without_figures(text):
    return re.sub(r"\d[\d,.]*", "#", text)


def check_made_by(page, number, lines, behind):
    """A block of output has the run that made it behind it, of the scenario as it is, and that command says its title."""
    where = f"{page.name}:{number}"
    if not any(re.search(r"\d ±|\d  +\d", line) for line in lines):
        return
    if not MADE_BY.match(behind):
        problem(where, f"figures without the run that made them (*Made by `COMMAND`: ..., commit ..., date.*): {behind}")
        return
    command = re.search(r"`([^`]+)`", behind)[1]
    title, told = lines[0].strip(), said.get(command)
    if re.search(r"\d", title) and told is not None:  # a sentence with figures, which are others with few replications
        title, told = " ".join(without_figures(title).split()[:5]), without_figures(told)
    if told is not None and title not in told:
        problem(where, f"'{title}' is nothing that {command} says")
    digest = re.search(r"scenario ([0-9a-f]{12})", behind)
    if digest and digests.get(command, digest[1]) != digest[1]:
        problem(where, f"the figures are of scenario {digest[1]}, which is now {digests[command]}: make them again with {command}")


def check_examples():
    """The examples of every help name options that there are. Lines that go on are set in further, or follow a backslash."""
    overview = subprocess.run([program, "--help"], capture_output=True, text=True).stdout
    for command in re.findall(r"^  ([a-z]+) +[a-z]", overview, re.M):
        page = subprocess.run([program, command, "--help"], capture_output=True, text=True).stdout
        examples = re.sub(r"\\?\n {4,}", " ", page.partition("\nexamples:\n")[2].partition("\n\n")[0])
        for line in examples.splitlines():
            words = shlex.split(re.split(r" \||   |&&", line.strip())[0])
            start = program_words(words)
            if start:
                check_options(f"homeward {command} --help", start[1])
            elif words[0] not in ("watch", "perf"):
                problem(f"homeward {command} --help", f"an example without the program: {line}")


def check_rooms(pages):
    """The floor plan names the rooms that there are, in the order that tests/checks/floors.sh holds."""
    order = re.search(r"^readonly rooms='([^']*)'", (source / "tests/checks/floors.sh").read_text(encoding="utf-8"), re.M)[1].split()
    furnished = [room for room in order if any((source / "analysis" / room).glob("**/*.h"))]
    page = next(page for page in pages if page.name.endswith("contributor.md"))
    named = re.findall(r"^\| `(\w+)` \|", page.text, re.M)
    if named != furnished:
        problem(page.name, f"the rooms are {furnished}, not {named}")


def check_assumed(pages):
    """How many of the baseline's values are assumed is what `check --assumptions` says."""
    last = said["./homeward check --assumptions scenarios/great-return.yaml"].splitlines()[-1]
    assumed, values = re.fullmatch(r"(\d+) of (\d+) values are assumed", last).groups()
    wanted = f"{int(assumed):,} of {int(values):,}"
    for page in pages:
        if re.search(r"\d,\d{3} of (its )?\d,\d{3} values", page.text) and wanted not in page.text.replace(" its ", " "):
            problem(page.name, f"assumed are {wanted} values")


def check_reference():
    """The reference that an installation gets has a chapter for every command, and every kind of part."""
    made = subprocess.run(["bash", source / "analysis/guide/reference.sh", program], capture_output=True, text=True, timeout=SECONDS)
    overview = subprocess.run([program, "--help"], capture_output=True, text=True).stdout
    commands = re.findall(r"^  ([a-z]+) +[a-z]", overview, re.M)
    for title in [f"## homeward {name}" for name in commands if name != "homeward"] + ["## Keys of a scenario", "## Keys of a sweep", "## Keys of a map of columns"]:
        if f"\n{title}\n" not in made.stdout:
            problem("reference.sh", f"no chapter '{title}' ({made.stderr.strip()[-300:]})")
    if made.returncode != 0 or len(commands) < 10 or "weighted" not in made.stdout:
        problem("reference.sh", f"ended with {made.returncode}, {len(commands)} commands: {made.stderr.strip()[-300:]}")


def main():
    check_reference()
    check_examples()
    pages = [Page(name) for name in PAGES]
    for page in pages:
        for number, kind, rest, lines, _ in page.blocks:
            if kind not in ("sh", "text", *WRITTEN, "python", "c", "diff"):
                problem(f"{page.name}:{number}", f"a block must say what it is: sh, text, {', '.join(WRITTEN)}, python, c or diff, not '{kind}'")
            if rest and kind != "sh":
                written.add(rest)
            if kind in WRITTEN:
                pathlib.Path(rest).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for page in pages:
        check_links(page)
        check_paths(page)
        for number, kind, rest, lines, _ in page.blocks:
            where = f"{page.name}:{number}"
            if kind == "sh" and rest == "":
                for line in lines:
                    run(where, line)
            elif kind == "python":
                pathlib.Path("page.py").write_text("\n".join(lines), encoding="utf-8")
                run(where, "/usr/bin/python3 page.py")
        for number, text in page.paragraphs():
            for piece in re.findall(r"`([^`]+)`", text):
                if is_command(piece):
                    run(f"{page.name}:{number}", piece)
        for number, kind, rest, lines, behind in page.blocks:
            if kind == "text" and rest == "":
                check_made_by(page, number, lines, behind)
    check_rooms(pages)
    check_assumed(pages)
    readme = len((source / "README.md").read_text(encoding="utf-8").split("\n"))
    if readme > 200:
        problem("README.md", f"{readme} lines; at most 200")


written = set()
with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    os.environ.update(OMPI_MCA_rmaps_base_oversubscribe="1", OMP_NUM_THREADS="1")
    shutil.copytree(source / "scenarios", "scenarios")
    pathlib.Path("analysis").symlink_to(source / "analysis")
    pathlib.Path("tests").symlink_to(source / "tests")
    pathlib.Path("homeward").symlink_to(program)
    pathlib.Path("python3").symlink_to(sys.executable)
    os.environ["PATH"] = f"{scratch}:{os.environ['PATH']}"
    main()
    os.chdir("/")

print("\n".join(problems))
print(f"{len(PAGES)} pages, {len(done_before)} commands run, {len(problems)} problems")
sys.exit(1 if problems else 0)

"""Names that attack: spreadsheets do not calculate them, terminals do not obey them, gnuplot draws them as they are.

Arguments: the program, the source folder."""
import csv
import glob
import json
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile

program, source = sys.argv[1], sys.argv[2]
os.chdir(tempfile.mkdtemp())
failures = []
NAMES = ["=HYPERLINK(A1,2)", "@SUM(1,1)", "-2+3;x", "+994 12 345", "x;=1+1", "'quoted", "''", "'", "\\n back", "ends with \\",
         "{/Bold=20 x}", "%d %s %", "# hash", "$x `touch made`", "it's", "-2.5", "a\u202eb", "c\u200bd", "\u2066x\u2069", "Şuşa ə ğ İ ı"]
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
TITLE = "\"q' @x {/Bold b} %d \u202e$a"


def law(words, holds, told=""):
    if not holds:
        failures.append(words)
        print("NOT OK:", words, told)


def homeward(*arguments, code=0):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, encoding="utf-8", errors="replace")
    law(f"{arguments} ends with {code}", done.returncode == code, done.stdout + done.stderr)
    law(f"{arguments}: nothing hidden reaches the terminal", not HIDDEN.search(done.stdout + done.stderr), repr(done.stdout + done.stderr))
    return done.stdout, done.stderr


pathlib.Path("hostile.yaml").write_text(
    f"include: [{json.dumps(source + '/scenarios/quick.yaml')}]\nname: {json.dumps(TITLE)}\nplaces:\n" + "".join(
        "  '" + name.replace("'", "''") + "': {district: Zangilan, must_release: [Aghali village]}\n" for name in NAMES), encoding="utf-8")
homeward("check", "hostile.yaml")
homeward("check", "--assumptions", "hostile.yaml")
homeward("run", "hostile.yaml", "-n", "8", "-o", "r.h5", "--no-page")
homeward("run", "hostile.yaml", "-n", "8", "-o", "b.h5", "-q", "--no-page", "--set", "planning.rule=worst_first")
homeward("summary", "r.h5")
homeward("explain", "r.h5", "--place", NAMES[0])
homeward("explain", "r.h5", "--place", "a\u202eb")

# Arguments and file names
for word in ["a\x1b[31mb", "\x9b31m".encode("latin-1"), "\u202efdp.h5", "a\rb", "\x07"]:
    commands = [["summary", word], ["check", word], [word], ["summary", "r.h5", "--place", word], ["schema", word], ["list", word]]
    if word == "a\x1b[31mb":
        commands += [["run", word], ["compare", "r.h5", word], ["run", "hostile.yaml", "--set", word + "=1"], ["sweep", word]]
    for command in commands:
        done = subprocess.run([program, *command], capture_output=True)
        said = (done.stdout + done.stderr)
        law(f"{command} is refused", done.returncode in (2, 4), said)
        text = said.decode("utf-8", errors="surrogateescape")
        law(f"{command}: nothing hidden reaches the terminal", not HIDDEN.search(text) and not re.search("[\udc80-\udcff]", text), repr(said))

# The progress bar of a real terminal: its own signs, no others
master, slave = pty.openpty()
shown = subprocess.Popen([program, "compare", "hostile.yaml", "hostile.yaml", "-n", "1000", "--no-page", "--json"], stdout=subprocess.DEVNULL,
                         stderr=slave, close_fds=True)
os.close(slave)
text = b""
while True:
    try:
        piece = os.read(master, 65536)
    except OSError:
        break
    if not piece:
        break
    text += piece
law("compare with a bar ends well", shown.wait() == 0, repr(text[-300:]))
text = text.decode("utf-8").replace("\r\x1b[K", "").replace("\r\n", "\n")
law("the bar lets nothing else through", not HIDDEN.search(text), repr(text[-300:]))

# JSON holds the names as they are, escaped
tables = json.loads(homeward("summary", "r.h5", "--json")[0])["tables"]
law("JSON has all names", set(NAMES) <= {row["place"] for row in tables["place_release"]["rows"]})

# CSV: no text cell that a spreadsheet calculates, whatever it takes for a separator; numbers stay numbers
number = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$")


def check_tables(folder, begins):
    files = glob.glob(folder + "/*.csv")
    law(f"{folder}: there are tables", files)
    for path in files:
        raw = pathlib.Path(path).read_bytes()
        law(f"{path}: byte order mark", raw.startswith(b"\xef\xbb\xbf") == begins)
        text = raw.decode("utf-8-sig")
        cells = [cell for row in csv.reader(text.splitlines(keepends=True)) for cell in row]
        for cell in (cell for cell in cells if cell != "="):  # that one is a mark, with nothing to work out
            for piece in re.split("[,;|\t\r\n\"']", cell) if not cell.startswith("'") else re.split("[,;|\t\r\n\"]", cell):
                piece = piece.strip(" ")
                law(f"{path}: '{cell}' cannot be a formula", not re.match("[=+@-]", piece) or piece == "=" or number.match(piece) or re.search("' *" + re.escape(piece), cell))
    return files


for command in (["summary", "r.h5"], ["compare", "r.h5", "b.h5"], ["export", "r.h5"]):
    plain, marked = command[0] + "-plain", command[0] + "-marked"
    homeward(*command, "--csv", plain)
    check_tables(plain, False)
    for _ in range(2):  # its own tables are written over, with the mark or without
        homeward(*command, "--csv", marked, "--excel")
        check_tables(marked, True)
    homeward(*command[:1], *command[1:], "--excel", code=2)
homeward("summary", "r.h5", "--csv", "tables")
rows = [row[0] for row in csv.reader(open("tables/place_release.csv", encoding="utf-8"))]
for name, cell in {"=HYPERLINK(A1,2)": "'=HYPERLINK(A1,2)", "x;=1+1": "x;'=1+1", "-2.5": "-2.5", "Şuşa ə ğ İ ı": "Şuşa ə ğ İ ı"}.items():
    law(f"the cell of '{name}'", cell in rows, rows)
homeward("compare", "r.h5", "b.h5", "--csv", "differences")
law("differences below zero are bare numbers", any(re.search(r",-\d", pathlib.Path(path).read_text()) for path in glob.glob("differences/*.csv")))

# Pictures: each name stands in them as it is
for kind in ("timeline", "delay", "map", "fan", "money"):
    homeward("plot", "r.h5", "--what", kind, "-o", kind + ".svg")
drawn = pathlib.Path("timeline.svg").read_text(encoding="utf-8").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
for name in NAMES:
    seen = HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04X}", name)
    law(f"the picture shows '{seen}'", f">{seen}<" in drawn or f">{seen.strip()}" in drawn)
law("no command in a name was run", not os.path.exists("made"))

# gnuplot's error is told, whatever it warned of before
fake = pathlib.Path("bin/gnuplot")
fake.parent.mkdir()
fake.write_text("#!/bin/sh\ncat >/dev/null\necho 'line 0: warning: iconv failed to convert degree sign' >&2\n"
                "printf '\\nplot x\\n     ^\\n\"-\" line 7: undefined variable: x\\n' >&2\nexit 1\n")
fake.chmod(0o755)
done = subprocess.run([program, "plot", "r.h5", "--what", "fan", "-o", "x.svg"], capture_output=True, text=True,
                      env={**os.environ, "PATH": os.path.abspath("bin") + ":" + os.environ["PATH"]})
law("gnuplot's error is told first", done.returncode == 4 and "undefined variable: x" in done.stderr.split("warning")[0], done.stderr)
sys.exit(bool(failures))

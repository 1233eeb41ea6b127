"""What the tests of the program share: laws that are counted, and the program that is asked.

The arguments of each of them: the program, the source folder."""
import base64
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys

PROGRAM, SOURCE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
QUICK = SOURCE / "scenarios/quick.yaml"
os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
failures = []


def law(words, holds, told=""):
    if not holds:
        failures.append(words)
        print("NOT OK:", words, told)


def run(*arguments, before=(), **more):
    """The program as it ended; `before` stands before its name."""
    return subprocess.run([*map(str, before), PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=300, **more)


def ask(*arguments, code=0, **more):
    """The same; ends the test when it ends otherwise."""
    done = run(*arguments, **more)
    if done.returncode != code:
        sys.exit(f"homeward {arguments} ended with {done.returncode}, not {code}:\n{done.stderr}")
    return done


def homeward(*arguments, **more):
    """What it says on standard output."""
    return ask(*arguments, **more).stdout


def said(*arguments, **more):
    """All that it says."""
    done = ask(*arguments, **more)
    return done.stdout + done.stderr


def judged(*arguments, code=0, **more):
    """The program as it ended; to end with another code breaks a law."""
    done = run(*arguments, **more)
    law(f"homeward {' '.join(map(str, arguments))} ends with {code}, not {done.returncode}: {done.stderr}", done.returncode == code)
    return done


def tables(*arguments):
    """The rows of each table of an answer in JSON."""
    return {name: table["rows"] for name, table in json.loads(homeward(*arguments, "--json"))["tables"].items()}


def page_text(path):
    """All that a page holds as a reader would see it: its languages unpacked, its letters as letters."""
    page = pathlib.Path(path).read_text(encoding="utf-8")
    packed = re.compile(r'(<script type="application/json" data-language="[^>]*>)"([^"<]*)"(?=</script>)')
    page = packed.sub(lambda script: script[1] + gzip.decompress(base64.b64decode(script[2])).decode(), page)
    page = re.sub(r"\\u([0-9a-f]{4})", lambda letter: chr(int(letter[1], 16)), page)
    return re.sub(r"&#(\d+);", lambda letter: chr(int(letter[1])), page)


def cell_text(cell):
    """A cell of JSON as CSV writes it."""
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else format(cell, ".10g")


def end():
    sys.exit(f"{len(failures)} laws do not hold" if failures else 0)

"""Applies the additions of a page to a copy: its blocks `c PATH` and `text PATH` are new files; a block `diff PATH` adds its lines with "+" where its
other lines stand in that file. Nothing else of the tree is copied.

Arguments: the page, the source folder, the folder of the copy. Prints the files of the source that it read, one a line, separated by semicolons.
"""
import pathlib
import re
import sys

page, source, copy = map(pathlib.Path, sys.argv[1:4])


def squeezed(line):
    return " ".join(line.split())


def add_lines(text, diff, path):
    """Blanks do not count. The lines without "+" must follow each other in the file, once."""
    lines, known = text.split("\n"), [squeezed(line[1:]) for line in diff if not line.startswith("+")]
    places = [i for i in range(len(lines)) if [squeezed(line) for line in lines[i:i + len(known)]] == known]
    if len(places) != 1:
        sys.exit(f"{page}: the lines {known} stand {len(places)} times in {path}, not once")
    return "\n".join(lines[:places[0]] + [line[1:] for line in diff] + lines[places[0] + len(known):])


read, made = [], {}  # of the source; of the copy, by path
for kind, path, body in re.findall(r"^```(c|text|diff) (\S+)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S):
    if kind == "diff":
        if path not in read:
            read.append(path)
            made[path] = (source / path).read_text(encoding="utf-8")
        body = add_lines(made[path], body.rstrip("\n").split("\n"), path)
    elif (source / path).exists():
        sys.exit(f"{page}: {path} is there already")
    made[path] = body
if not read:
    sys.exit(f"{page}: no additions any more")

# What is as it was keeps its time, so that it is not compiled again.
for old in copy.rglob("*"):
    if old.is_file() and str(old.relative_to(copy)) not in made:
        old.unlink()
for path, body in made.items():
    target = copy / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_text(encoding="utf-8") != body:
        target.write_text(body, encoding="utf-8")
print(";".join(read))

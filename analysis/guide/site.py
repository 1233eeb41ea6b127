#!/usr/bin/env python3
"""The guide as a small site of plain pages: no script, no font and no picture from elsewhere, so it can be put on any server or opened from a disk.

usage: site.py FOLDER [--replace]

Writes README.md as index.html, each page of the guide and the sources beside it, with the pictures that they show. Needs python3-markdown.
Exit codes: 0 written, 1 a page links to what is not there, 2 wrong usage, or FOLDER has something in it.
"""
import html
import pathlib
import posixpath
import re
import shutil
import sys

import markdown

SOURCE = pathlib.Path(__file__).resolve().parents[2]
FIRST = ["README.md", "analysis/guide/README.md", "analysis/guide/strategist.md", "analysis/guide/desk.md", "analysis/guide/donor.md", "analysis/guide/analyst.md", "analysis/guide/model.md", "analysis/guide/misuse.md"]
OTHERS = ["CHANGELOG.md", "CONTRIBUTING.md", "scenarios/SOURCES.md", "scenarios/croatia/SOURCES.md", "scenarios/claims/README.md", "analysis/data/azerbaijan-districts.md"]
STYLE = """
:root { color-scheme: light dark; }
body { font: 17px/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 52rem; padding: 1rem 1.2rem 4rem; }
nav { border-bottom: 1px solid #8886; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; padding-bottom: .6rem; }
h1, h2, h3 { line-height: 1.2; margin-top: 2em; } h1 { margin-top: 1em; }
pre { background: #8882; border-radius: 4px; font-size: 13px; line-height: 1.4; overflow-x: auto; padding: .7rem; }
code { font-size: .92em; overflow-wrap: anywhere; } pre code { font-size: inherit; overflow-wrap: normal; }
.wide { overflow-x: auto; } table { border-collapse: collapse; } td, th { border-bottom: 1px solid #8884; padding: .3rem .7rem .3rem 0; text-align: left; vertical-align: top; }
img { height: auto; max-width: 100%; } a { color: light-dark(#0b5cad, #8ab8f0); }
"""
LINK = re.compile(r'(href|src)="([^"]*)"')


def pages():
    """Path in the source: path in the site."""
    guide = sorted(str(path.relative_to(SOURCE)) for path in (SOURCE / "analysis/guide").glob("*.md"))
    paths = dict.fromkeys(FIRST + guide + [page for page in OTHERS if (SOURCE / page).exists()])
    return {path: "index.html" if path == "README.md" else path.removesuffix(".md").replace("/", "-") + ".html" for path in paths}


def title_of(text, path):
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return re.sub(r"[`*]", "", found[1]) if found else path


def slug(value, separator):
    """The anchor of a heading, as the pages' links name it."""
    return re.sub(r"[\s]", separator, re.sub(r"[^\w\s-]", "", value.strip().lower()))


class Site:
    def __init__(self, folder):
        self.folder, self.names, self.problems, self.copied = folder, pages(), [], set()
        self.texts = {path: (SOURCE / path).read_text() for path in self.names}
        self.bodies = {path: self.body(path) for path in self.names}

    def body(self, path):
        made = markdown.Markdown(extensions=["tables", "fenced_code", "sane_lists", "toc"], extension_configs={"toc": {"slugify": slug}})
        text = re.sub(r"^```(\w+)[^\n]*$", r"```\1", self.texts[path], flags=re.MULTILINE)  # what names the file of a block is for tests
        return made.convert(text).replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")

    def target(self, path, link):
        """Where a link of a page leads in the site."""
        if re.match(r"[a-z]+:", link):
            return link
        name, _, anchor = link.partition("#")
        to = posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) if name else path
        if to in self.names:
            if anchor and f'id="{anchor}"' not in self.bodies[to]:
                self.problems.append(f"{path}: there is no heading #{anchor} in {to}")
            return ("" if to == path and anchor else self.names[to]) + (f"#{anchor}" if anchor else "")
        if not (SOURCE / to).is_file():
            if not (SOURCE / to).is_dir():
                self.problems.append(f"{path}: there is no {link}")
            return html.escape(name)
        self.copied.add(to)
        return to

    def page(self, path):
        body = LINK.sub(lambda found: f'{found[1]}="{self.target(path, html.unescape(found[2]))}"', self.bodies[path])
        places = "\n".join(f'<a href="{self.names[other]}">{html.escape(title_of(self.texts[other], other))}</a>' for other in FIRST)
        return (f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
                f"<title>{html.escape(title_of(self.texts[path], path))}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<nav>{places}</nav>\n<main>\n{body}\n</main>\n</body>\n</html>\n")

    def write(self):
        made = {name: self.page(path) for path, name in self.names.items()}
        if self.problems:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (self.folder / name).write_text(text)
        for path in sorted(self.copied):
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(SOURCE / path, self.folder / path)


def main(words):
    replace = "--replace" in words
    folders = [word for word in words if not word.startswith("-")]
    if len(folders) != 1 or set(words) - {"--replace", *folders}:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    folder = pathlib.Path(folders[0])
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not replace:
        print(f"site.py: {folder} is not empty; --replace writes into it all the same", file=sys.stderr)
        return 2
    site = Site(folder)
    site.write()
    for problem in site.problems:
        print(f"site.py: {problem}", file=sys.stderr)
    return 1 if site.problems else 0


sys.exit(main(sys.argv[1:]))

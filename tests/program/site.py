"""The guide's site: every link of every page leads somewhere, and no page asks another computer for anything.

Arguments: the program (not used), the source folder."""
import html.parser
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse

SOURCE = pathlib.Path(sys.argv[2]).resolve()
SITE = SOURCE / "analysis/guide/site.py"
problems = []


def law(words, holds):
    if not holds:
        problems.append(words)


def site(*words):
    return subprocess.run([sys.executable, SITE, *map(str, words)], capture_output=True, text=True)


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.links, self.loads, self.anchors, self.words = [], [], set(), 0
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.anchors |= {named["id"]} if "id" in named else set()
        if tag == "a" and "href" in named:
            self.links.append(named["href"])
        elif "src" in named or (tag == "link" and "href" in named):
            self.loads.append(named.get("src") or named["href"])
        law(f"there is no {tag}", tag not in ("script", "iframe", "object", "embed"))

    def handle_data(self, data):
        self.words += len(data.split())


with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch) / "a site"
    done = site(folder)
    law(f"it is written: {done.stderr}", done.returncode == 0)
    pages = {path.name: Page(path) for path in folder.glob("*.html")}
    law("there is a page for README and for each page of the guide", len(pages) > 12 and all(
        f"analysis-guide-{path.stem}.html" in pages for path in (SOURCE / "analysis/guide").glob("*.md")))
    for name, page in pages.items():
        law(f"{name} says something", page.words > 100)
        for link in page.links + page.loads:
            to = urllib.parse.urlparse(link)
            if to.scheme:
                law(f"{name} loads nothing from elsewhere: {link}", link not in page.loads)
                continue
            path = folder / urllib.parse.unquote(to.path) if to.path else folder / name
            named = urllib.parse.unquote(to.path)
            exists = path.is_file() or (SOURCE / "analysis/guide" / named).is_dir() or any((SOURCE / base / named).is_dir() for base in (".", "analysis", "scenarios"))
            law(f"{name}: {link} is there", exists)
            law(f"{name}: {link} has its heading", not to.fragment or to.fragment in (pages[path.name].anchors if path.name in pages else ()))
        text = (folder / name).read_text()
        law(f"{name}: no style asks for anything", "url(" not in text[text.index("<style>"):text.index("</style>")] and "@import" not in text)
    again = pathlib.Path(scratch) / "again"
    site(again)
    law("written twice it has the same bytes", all((again / name).read_bytes() == (folder / name).read_bytes() for name in pages))
    law("a folder with something in it is left alone", site(folder).returncode == 2)
    law("but not with --replace", site(folder, "--replace").returncode == 0)
    law("no folder is wrong usage", site().returncode == 2 and "usage" in site().stderr)
for words in problems:
    print("NOT OK:", words)
sys.exit(bool(problems))

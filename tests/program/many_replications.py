"""Answers from very many replications: the same at any number of ranks and from the file alone, close to those of
the whole sample, in memory that hardly grows with their number.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import h5py
import numpy
from shared.laws import PROGRAM, SOURCE, end, homeward, law

QUESTION = ["run", SOURCE / "scenarios/quick.yaml", "--horizon", "2021-12-31"]
MANY = 10500  # above what is answered from the whole sample


def tables(text):
    """What is printed, without how long it took."""
    return [line for line in text.split("\n") if " ranks, " not in line and " rank, " not in line]


def measured(*arguments, folder="."):
    """What one call says, and its largest memory in megabytes."""
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL);"
            " print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", code, PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=True, cwd=folder)
    return done.stdout, int(done.stderr) / 1024


def check_ranks(folder):
    printed, pages, results = {}, {}, {}
    for ranks in (1, 2, 5):
        own = folder / str(ranks)
        own.mkdir()
        question = [*QUESTION, "-n", MANY, "-o", "many.h5"]
        if ranks == 1:
            text, memory = measured(*question, folder=own)
        else:
            text = homeward(*question, before=["mpirun", "-np", str(ranks), "--oversubscribe"], cwd=own)
        printed[ranks] = tables(text)
        results[ranks] = (own / "many.h5").read_bytes()
        if (own / "many.html").exists():
            pages[ranks] = (own / "many.html").read_bytes()
    for ranks in (2, 5):
        law(f"{ranks} ranks print what one prints", printed[ranks] == printed[1])
        law(f"{ranks} ranks write the page that one writes", pages.get(ranks) == pages.get(1))
        law(f"{ranks} ranks write the result that one writes", results[ranks] == results[1])
    from_file = homeward("summary", "many.h5", cwd=folder / "1")
    head = from_file.index("How to read")
    wanted = "\n".join(printed[1])
    law("the file alone says what the run said",
        from_file[head:from_file.index("\nEvery year")] in wanted and "from histograms" in from_file)
    if pages:
        homeward("report", "many.h5", "-o", "again.html", cwd=folder / "1")
        law("the page of the file is that of the run",
            (folder / "1/again.html").read_bytes() == pages[1].replace(b'"name":"many.h5"', b'"name":"many"'))
    return folder / "1/many.h5", memory


def check_row(what, row, values):
    values = numpy.sort(values)
    for name, share in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        exact = values[max(int(numpy.ceil(share * len(values) - 1e-9)) - 1, 0)]
        law(f"{what}: {name} is {row[name]}, close to {exact}", exact * (1 - 1 / 512) <= row[name] <= exact * (1 + 1e-9))
    law(f"{what}: the mean is that of all replications", abs(row["mean"] - values.mean()) <= 1e-9 * abs(values.mean()))


def check_sample(path):
    """Quantiles and mean against numpy on all replications: of what is counted month by month, and of sums over years."""
    said = json.loads(homeward("summary", path, "--json"))["tables"]
    with h5py.File(path) as file:
        check_row("people employed", said["people_employed"]["rows"][-1], file["people_employed"][:, -1].astype(float))
        spent = file["purpose_spent_usd"][:].sum(axis=2) / 1e6
        purposes = [purpose.decode() for purpose in file["purpose"][:]]
    rows = said["spending_by_purpose"]["rows"]
    law("money was spent on several purposes", sum(row["mean"] > 0 for row in rows) > 3)
    for row in rows:
        check_row(f"spent on {row['purpose']}", row, spent[:, purposes.index(row["purpose"])])


def check_memory(folder, few, small):
    many = folder / "more.h5"
    large = measured(*QUESTION, "-n", 4 * MANY, "-o", many, "-q")[1]
    law(f"a run of four times as many takes {large:.0f} MB, not much more than {small:.0f} MB", large - small < 16)
    small, large = measured("summary", few)[1], measured("summary", many)[1]
    law(f"a summary of four times as many takes {large:.0f} MB, not much more than {small:.0f} MB", large - small < 16)


with tempfile.TemporaryDirectory() as name:
    file, memory = check_ranks(pathlib.Path(name))
    check_sample(file)
    if "ASAN_OPTIONS" not in os.environ:  # sanitizers keep what is freed for a while: their memory is not the program's
        check_memory(pathlib.Path(name), file, memory)
    else:
        print("memory is not measured: this is a build with sanitizers")
end()

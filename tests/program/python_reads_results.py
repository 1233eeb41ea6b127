"""analysis/homeward.py gives what `homeward summary --json` gives: quantiles, share censored and probabilities of a result, and of
each point of a sweep, with kept outcomes and with summaries; with both engines of xarray.

Arguments: the program, the source folder."""
import os
import pathlib
import sys
import tempfile

import numpy
from shared import laws
from shared.laws import QUICK, SOURCE, end, homeward, law

sys.dont_write_bytecode = True
sys.path.insert(0, str(SOURCE / "analysis"))
import homeward as reader  # noqa: E402

N = 37  # no share of it is a whole number


def tables(path, *words):
    return laws.tables("summary", path, *words)


def date(value):
    return None if numpy.isnat(value) else str(value.astype("datetime64[D]"))


def same_dates(words, found, row):
    for share, told in zip(found["quantile"].values, (row["p10"], row["p50"], row["p90"])):
        here = date(found.value.sel(quantile=share).values)
        law(f"{words}, P{100 * share:.0f}: {here} is {told}", here == told or (here is None and told.startswith("after ")))
    law(f"{words}: share censored", abs(100 * float(found.censored) - row["censored"]) < 1e-6)


def result_is_told_alike(path, engine):
    rows = tables(path, "--by", "2023-06-30")
    data = reader.open(path, engine=engine)
    by = numpy.datetime64("2023-06-30") + numpy.timedelta64(1, "D")
    for table, name, axis in (("place_release", "place_release_day", "place"),
                              ("district_completion", "district_completion_day", "district")):
        found = reader.quantiles(data, name)
        come = (data[name] < by).mean("replication")
        for row in rows[table]:
            label = row[axis].encode() if data[axis].dtype.kind == "S" else row[axis]
            same_dates(f"{path.name}, {engine}, {name} of {row[axis]}", found.sel({axis: label}), row)
        for row in rows[f"{table}_by"]:
            if row["by"] == "2023-06-30":
                share = 100 * float(come.sel({axis: row[axis]}))
                law(f"{path.name}, {engine}: {name} of {row[axis]} by a date, {share}", abs(share - row["probability"]) < 1e-6)
    law(f"{path.name}: some day is censored, so that this says something", float(reader.quantiles(data, "place_release_day").censored.max()) > 0)
    law(f"{path.name}, {engine}: no team-day is a span of time", not [n for n in data.variables if data[n].dtype.kind == "m"])


def sweep_is_told_alike(folder, results):
    """A point of a sweep is a run of its scenario."""
    for keep in ("outcomes", "summaries"):
        design = pathlib.Path(f"{keep}.yaml")
        design.write_text(f"name: S\nscenario: {QUICK}\ndesign: {{grid: {{steps: 2}}}}\nreplications: {N}\nkeep: {keep}\n"
                          "factors:\n  rule: {path: planning.rule, levels: [worst_first, returnees_per_dollar]}\n"
                          "outputs:\n  release: {of: place_release_day}\n")
        homeward("sweep", design, "-o", folder / keep, "-q")
        data = reader.open(folder / keep / "sweep.h5")
        found = reader.quantiles(data, "release")
        for point, result in enumerate(results):
            for row in tables(result)["place_release"]:
                same_dates(f"sweep with {keep}, point {point}, {row['place']}", found.isel(point=point).sel(place=row["place"]), row)
        told = {row["element"]: row for row in tables(folder / keep / "sweep.h5")["sweep_outputs"]}
        for place in data.place.values:
            row, share = told[f"release: {place}"], 100 * found.censored.sel(place=place)
            law(f"sweep with {keep}: least and most censored of {place}",
                abs(float(share.min()) - row["missing_least"]) < 1e-6 and abs(float(share.max()) - row["missing_most"]) < 1e-6)


with tempfile.TemporaryDirectory() as name:
    os.chdir(name)
    folder = pathlib.Path(name)
    results = []
    for rule in ("worst_first", "returnees_per_dollar"):
        results.append(folder / f"{rule}.h5")
        homeward("run", QUICK, "-n", N, "--set", f"planning.rule={rule}", "-o", results[-1], "-q", "--no-page")
    for engine in ("netcdf4", "h5netcdf"):
        result_is_told_alike(results[0], engine)
    sweep_is_told_alike(folder, results)
end()

"""Result files of runs and sweeps as other programs read them: xarray with both engines.

What decodes to a date is a date, everything else stays the number that it is; every span of time is stamped with the day it
speaks of, its bounds follow one another and contain the stamp; what a stamp says of a year is what the summary says of it.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import tempfile

import numpy
import xarray
from shared.laws import SOURCE, end, homeward, law

DAY = numpy.timedelta64(1, "D")
# What programs that know the conventions take for a span of time, and turn into nanoseconds.
SPANS = {"days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"}
STATISTICS_THAT_ARE_DATES = ("_mean", "_quantile", "_quantile_low", "_quantile_high")


def is_meant_as_date(name, sweep):
    if name in ("month", "period", "month_bounds", "period_bounds", "by_date", "treaty_from"):
        return True
    days = ("_day",) if not sweep else tuple("_day" + statistic for statistic in STATISTICS_THAT_ARE_DATES)
    return name.endswith(days)


def check_values(label, raw, decoded, sweep):
    for name in raw.variables:
        numbers, units = raw[name], raw[name].attrs.get("units")
        law(f"{label}: {name} is no span of time to others ({units})", units not in SPANS)
        if is_meant_as_date(name, sweep):
            law(f"{label}: {name} is a date", decoded[name].dtype.kind == "M")
            start = numpy.datetime64(units.split(" since ")[1])
            days = (decoded[name].values - start) / DAY
            same = numpy.isclose(days, numbers.values, rtol=0, atol=1e-9)
            law(f"{label}: {name} has the days of the file", (same | numpy.isnan(numbers.values)).all())
            law(f"{label}: {name} is no date where the file has no number",
                (numpy.isnat(decoded[name].values) == numpy.isnan(numbers.values)).all())
        else:
            law(f"{label}: {name} stays what it is", decoded[name].dtype.kind not in "mM")
            if numbers.dtype.kind in "fi":
                law(f"{label}: {name} has the numbers of the file",
                    numpy.array_equal(decoded[name].values, numbers.values, equal_nan=True))


def check_bounds(label, raw, first, last):
    for axis in ("month", "period", "year"):
        if axis not in raw:
            continue
        stamps, bounds = raw[axis].values, raw[raw[axis].attrs["bounds"]].values
        law(f"{label}: {axis} has bounds of its length", bounds.shape == (len(stamps), 2))
        law(f"{label}: bounds of {axis} follow one another", (bounds[1:, 0] == bounds[:-1, 1]).all())
        law(f"{label}: bounds of {axis} contain the stamp", ((bounds[:, 0] <= stamps) & (stamps < bounds[:, 1])).all())
        if axis == "year":
            continue
        start = numpy.datetime64(raw[axis].attrs["units"].split(" since ")[1])
        law(f"{label}: {axis} begins with the simulation", start + bounds[0, 0] * DAY == numpy.datetime64(first))
        law(f"{label}: {axis} ends with the simulation", start + bounds[-1, 1] * DAY == numpy.datetime64(last) + DAY)
        law(f"{label}: {axis} is stamped with its last day", (stamps == bounds[:, 1] - 1).all())


def check_cells(label, raw):
    spans = {name for name in raw.dims if name in raw and "bounds" in raw[name].attrs}
    for name in raw.variables:
        told = raw[name].attrs.get("cell_methods")
        along = [dimension for dimension in raw[name].dims if dimension in spans]
        if name in spans or name.endswith("_bounds"):
            continue
        words = [word for word in (told or "").split(" ") if word]
        law(f"{label}: cell_methods of {name} name its spans: {told}", [word[:-1] for word in words[::2]] == along)
        sums = "spent" in name
        law(f"{label}: {name} is {'a sum' if sums else 'as it stands at the end'}: {told}",
            all(word == ("sum" if sums else "point") for word in words[1::2]))


def both_ways(path, engine):
    return (xarray.open_dataset(path, engine=engine, decode_cf=False), xarray.open_dataset(path, engine=engine))


def check_stamps(label, decoded, step, first, last):
    months = numpy.arange(numpy.datetime64(first, "M"), numpy.datetime64(last, "M") + 1)
    law(f"{label}: one stamp in each month", numpy.array_equal(decoded["month"].values.astype("datetime64[M]"), months))
    period = decoded["period"].dt
    whole = {"year": period.year, "quarter": 4 * period.year + period.quarter, "month": 12 * period.year + period.month}
    law(f"{label}: one stamp in each {step}", (numpy.diff(whole[step].values) == 1).all())
    law(f"{label}: the stamps end with the last day", decoded["month"].values[-1] == numpy.datetime64(last)
        and decoded["period"].values[-1] == numpy.datetime64(last))


def check_against_summary(label, decoded, path):
    """Who asks xarray for a year gets what the summary says of it."""
    tables = json.loads(homeward("summary", path, "--json"))["tables"]
    for row in tables["people_back"]["rows"]:
        year = str(int(row["year"]))
        asked = decoded["people_back"].sel(month=year).isel(month=-1).mean("replication")
        law(f"{label}: people back in {year}", abs(float(asked) - row["mean"]) < 1e-3 * max(1, row["mean"]))
    spent = decoded["stream_spent_usd"].sum("year")
    fate = decoded["stream_usd"].sel(fate="spent")
    law(f"{label}: the years of spending add up", numpy.allclose(spent, fate, rtol=1e-9, atol=0.1))


def check_run(folder, step, first, last):
    path = f"{folder}/{step}-{last}.h5"
    settings = [f"--set=results.district_series={step}", f"--set=start={first}", f"--set=horizon={last}"]
    homeward("run", SOURCE / "scenarios/quick.yaml", "-n", 6, "-o", path, "-q", *settings)
    for engine in ("netcdf4", "h5netcdf"):
        label = f"run by {step} to {last}, {engine}"
        raw, decoded = both_ways(path, engine)
        check_values(label, raw, decoded, False)
        check_bounds(label, raw, first, last)
        check_cells(label, raw)
        check_stamps(label, decoded, step, first, last)
        if step == "year":
            check_against_summary(label, decoded, path)
        raw.close()
        decoded.close()


DESIGN = """name: foreign readers
scenario: {source}/scenarios/quick.yaml
replications: 5
by: [2024-12-31, 2025-03-01]
design: {{grid: {{steps: 2}}}}
factors:
  permit_delay: {{path: operators.ANAMA.permit_delay, levels: [1 month, 100 days]}}
  treaty_from: {{path: levers.treaty.on, levels: [2023-05-01, 2024-06-30]}}
  rule: {{path: planning.rule, levels: [nearest_release, worst_first]}}
outputs:
  place_release_day: {{}}
  place_delay_days: {{}}
  district_completion_day: {{at: [first]}}
  people_back: {{}}
  one_month: {{of: people_back, at: [2024-02-29]}}
  district_asset_days: {{at: [all, working, all]}}
  unposted_asset_days: {{}}
  spent_usd: {{of: purpose_spent_usd, at: [sum, all]}}
"""


def check_sweep(folder):
    pathlib.Path(folder, "design.yaml").write_text(DESIGN.format(source=SOURCE), encoding="utf-8")
    homeward("sweep", f"{folder}/design.yaml", "-o", f"{folder}/sweep", "-q")
    for engine in ("netcdf4", "h5netcdf"):
        raw, decoded = both_ways(f"{folder}/sweep/sweep.h5", engine)
        label = f"sweep, {engine}"
        check_values(label, raw, decoded, True)
        check_bounds(label, raw, "2020-11-10", "2030-12-31")
        check_cells(label, raw)
        law(f"{label}: dates asked for are dates", [str(day)[:10] for day in decoded["by_date"].values] ==
            ["2024-12-31", "2025-03-01"])
        law(f"{label}: the horizon is a number of days", set(raw["horizon_day"].values) == {3704.0}
            and raw["horizon_day"].attrs["units"] == "day")
        february = decoded["people_back_mean"].sel(month="2024-02").isel(month=0)
        law(f"{label}: a month is found by a day in it", numpy.array_equal(decoded["one_month_mean"], february))
        raw.close()
        decoded.close()


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    check_run(folder, "year", "2020-11-10", "2030-12-31")
    check_run(folder, "quarter", "2020-10-01", "2027-12-01")
    check_run(folder, "month", "2020-09-30", "2026-02-28")
    check_sweep(folder)
end()
print("ok")

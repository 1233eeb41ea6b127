"""Opens a result of the toy model as a stranger would, with xarray, and checks that it says what it should.

usage: check_netcdf.py FILE GOOD FAILED [SITE LAST_DAY]...: the numbers of replications, and for replication 0 the day of
the last visit to each site (nan: never).
"""

import sys

import numpy
import xarray

path, good, failed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
days = {site: float(day) for site, day in zip(sys.argv[4::2], sys.argv[5::2])}
START = numpy.datetime64("2020-11-10")
DAY = numpy.timedelta64(1, "D")


def day_of(moment):
    return numpy.nan if numpy.isnat(moment) else (moment - START) / DAY


def check(result):
    assert dict(result.sizes) == {
        "replication": good,
        "site": 3,
        "month": 4,
        "bnds": 2,
        "entry": 10,
        "nothing": 0,
        "failed_replication": failed,
    }, result.sizes
    assert list(result["site"].values) == ["Agdam city", "Şuşa", "Zabukh"]
    assert result["replication"].dtype == numpy.int64
    assert (numpy.diff(result["replication"].values) > 0).all()
    assert not set(result["replication"].values) & set(result["failed_replication"].values)
    assert all("was asked to fail" in text for text in result["failed_message"].values)

    assert numpy.issubdtype(result["month"].dtype, numpy.datetime64), "time along an axis must decode"
    assert result["month"].values[1] == numpy.datetime64("2021-02-18")
    assert numpy.issubdtype(result["release_day"].dtype, numpy.datetime64), "time must decode"
    assert numpy.isnat(result["never_day"].values).all(), "NaN must become NaT"
    for site, day in days.items() if good else []:
        found = day_of(result["release_day"].sel(replication=0, site=site).values)
        assert abs(found - day) < 1e-6 or (numpy.isnan(found) and numpy.isnan(day)), (site, found, day)

    assert result["cost"].dtype == numpy.float32 and result["cost"].dims == ("replication", "site", "month")
    assert result["month"].attrs["bounds"] == "month_bounds"
    assert (result["month_bounds"].values[:, 0] == result["month"].values).all()
    assert (result["month_bounds"].values[1:, 0] == result["month_bounds"].values[:-1, 1]).all()
    assert result["cost"].attrs["cell_methods"] == "month: sum" and "cell_methods" not in result["visits"].attrs
    assert result["failed_time"].dtype == numpy.float64, "a duration must stay the number that it is"
    assert result["cost"].attrs["units"] == "USD"
    assert result["visits"].dtype == numpy.int64 and result["steps"].dtype == numpy.int32
    assert (result["visits"].sum("site") == result["steps"]).all()
    assert (result["cost"].sum(("site", "month")) == 10 * result["steps"]).all()
    assert result["release_day"].attrs["missing"] == "never visited"
    assert all(result[name].attrs["long_name"] for name in result.variables)

    assert result.attrs["Conventions"] == "CF-1.8" and result.attrs["title"] == "Toy sites"
    assert result.attrs["source"] == "Homeward 0.0-test" and result.attrs["model"] == "toy 1"
    assert result.attrs["seed"] == 7 and result.attrs["complete"] == 1
    assert result.attrs["replications_asked"] == good + failed
    assert str(result["scenario"].values) == "sites: [Agdam city, Şuşa, Zabukh]\n"


for engine in ("netcdf4", "h5netcdf"):
    with xarray.open_dataset(path, engine=engine) as result:
        check(result)
    print(path, "reads as it should with", engine)

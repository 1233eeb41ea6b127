"""Results of Homeward in Python: two functions, for what pandas and xarray get wrong by themselves.

    import homeward                                     # with this file's folder in PYTHONPATH
    data = homeward.open("results/great-return.h5")     # or DIR/sweep.h5
    print(homeward.quantiles(data, "place_release_day").to_dataframe())

A day that has not come by the end of the simulation is *censored*: it comes later, or never. The file has no number there, xarray
makes it NaT, and pandas leaves it out, as if that future had not been simulated: quantiles and means of what is left are too early.
`quantiles` counts each censored day as later than all others. A probability by a date needs no function: a comparison with NaT is
false, so (data.place_release_day <= numpy.datetime64("2028-12-31")).mean("replication") counts it as not come."""
import numpy
import xarray


def open(path, **how):
    """The result of a run or of a sweep as an xarray.Dataset; `how` goes to xarray.open_dataset, such as engine="h5netcdf".

    Dates are dates, NaT where they are censored. Durations and team-days stay numbers, in files of older programs too, which call
    their unit "days" (xarray would make spans of nanoseconds of them, and large ones negative). Whether the file is as it was
    written is for `homeward summary` to say."""
    return xarray.open_dataset(path, decode_timedelta=False, **how)


def quantiles(data, name, shares=(0.1, 0.5, 0.9)):
    """Quantiles of a variable over the replications, with censored days counted as later than all others.

    `value`: the smallest value that at least that share of the replications does not exceed; NaT (NaN of a number) where that
    is a censored one, which means "after the end of the simulation", and never "unknown" while `good` is above 0. `censored`: the
    share of the replications in which the day has not come (of a number: in which it is missing). `good`: the replications that
    count. Of a sweep that kept summaries only, these are the quantiles that it kept, and `shares` must be among them."""
    if name not in data and f"{name}_quantile" in data:
        return _kept_quantiles(data, name, shares)
    values = data[name].transpose(..., "replication")
    good = data["good"].transpose(..., "replication") if "good" in data else xarray.ones_like(data["replication"])
    good = good.astype(bool).broadcast_like(values).transpose(*values.dims)
    missing = values.isnull() & good
    count = good.sum("replication")
    # In order: what has come, what has not, and last the replications that do not count.
    raw = values.values
    number = raw.astype("datetime64[ns]").astype("int64").astype("float64") if raw.dtype.kind == "M" else raw.astype("float64")
    place = numpy.where(good, numpy.where(missing, numpy.inf, number), numpy.nan)
    order = numpy.argsort(place, axis=-1, kind="stable")
    taken = []
    for share in shares:
        rank = numpy.clip(numpy.ceil(share * count.values - 1e-9).astype(int) - 1, 0, max(raw.shape[-1] - 1, 0))
        one = numpy.take_along_axis(raw, numpy.take_along_axis(order, rank[..., None], -1), -1)[..., 0]
        taken.append(count.copy(data=numpy.where(count.values > 0, one, raw.dtype.type("NaT") if raw.dtype.kind == "M" else numpy.nan)))
    found = xarray.concat(taken, xarray.DataArray(list(shares), dims="quantile", name="quantile")).transpose(..., "quantile")
    found.attrs = dict(data[name].attrs)
    return xarray.Dataset({"value": found, "censored": missing.sum("replication") / count.where(count > 0), "good": count})


def _kept_quantiles(data, name, shares):
    unknown = [share for share in shares if not numpy.isclose(data["quantile"].values, share).any()]
    if unknown:
        raise ValueError(f"the sweep kept no replications, only the quantiles {data['quantile'].values.tolist()}: not {unknown}")
    kept = data[f"{name}_quantile"].sel(quantile=list(shares), method="nearest")
    return xarray.Dataset({"value": kept, "censored": data[f"{name}_missing"], "good": data["replications_good"]})

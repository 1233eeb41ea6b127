#!/usr/bin/env python3
"""What the claim's scenarios cost, world by world. Arguments: result files of clear-everything, survey-cancels and land-release, with the same
replications and seed. Needs Python's netCDF4 and numpy.

Cost of a world: all that mine action spends but standby, with overhead in proportion. What is not released by the horizon is taken to cost as much an area
as what was."""
import sys

import netCDF4
import numpy as np

WORK = ("survey", "clearance", "quality", "moves", "training", "purchase", "contracts")
SHARES = (0.1, 0.5, 0.9)


def read(path):
    with netCDF4.Dataset(path) as file:
        spent = dict(zip(file["purpose"][:], np.asarray(file["purpose_spent_usd"][:]).sum(axis=2).T / 1e9))
        ledger = dict(zip(file["ledger"][:], np.asarray(file["ledger_m2"][:, -1, :]).T))
    work = sum(spent.get(purpose, 0) for purpose in WORK)
    cost = work * (1 + spent["overhead"] / (work + spent["standby"]))
    land = sum(ledger.values())
    left = ledger["remaining"] / land
    return {"spent by the horizon, bnUSD": cost, "left at the horizon, %": 100 * left, "whole, bnUSD": cost / (1 - left),
            "cancelled, % of released": 100 * ledger["cancelled"] / (land - ledger["remaining"])}


def line(name, x):
    half = 1.96 * x.std(ddof=1) / len(x) ** 0.5
    print(f"  {name:32} mean {x.mean():7.1f} ±{half:5.1f}   P10 {np.quantile(x, SHARES[0]):6.1f}   "
          f"P50 {np.quantile(x, SHARES[1]):6.1f}   P90 {np.quantile(x, SHARES[2]):6.1f}")


def main(paths):
    if len(paths) < 2:
        sys.exit(__doc__)
    base = read(paths[0])
    for path in paths:
        answer = read(path)
        print(f"{path}: {len(answer['whole, bnUSD'])} worlds")
        for name, x in answer.items():
            line(name, x)
        if path != paths[0]:
            share = 1 - answer["whole, bnUSD"] / base["whole, bnUSD"]
            line("saved, bnUSD", base["whole, bnUSD"] - answer["whole, bnUSD"])
            line("saved, %", 100 * share)
            line("saved of 25 bnUSD, bnUSD", 25 * share)
            print(f"  worlds in which at least 40 % are saved: {100 * (share >= 0.4).mean():.0f} %")


main(sys.argv[1:])

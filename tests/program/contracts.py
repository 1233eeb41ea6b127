"""Contracts by the hectare are told wherever money and land are: summary, comparison, reasons of unspent money; a scenario without them says
nothing of them; and their worlds are the same on any number of ranks.

Arguments: the program, the source folder."""
import os
import pathlib
import tempfile

import h5py
import numpy as np

from shared.laws import QUICK, end, homeward, judged, law, tables

N = 20


def numbers(path):
    with h5py.File(path) as file:
        return {name: file[name][()] for name in file if isinstance(file[name], h5py.Dataset) and file[name].dtype.kind == "f"}


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    pathlib.Path("tendered.yaml").write_text(f"""include: [{QUICK}]
name: Tendered
operators:
  Firms: {{source: test}}
contracts:
  source: test
  Tenders: {{operator: Firms, when: always, capacity: 1.5 km2/year, search_price: 0.1 USD/m2, clearance_price: 1 USD/m2, technical_price: 0.1 USD/m2}}
""")
    homeward("run", QUICK, "-n", N, "-q", "--no-page", "-o", "quick.h5")
    homeward("run", "tendered.yaml", "-n", N, "-q", "--no-page", "-o", "tendered.h5")
    file = numbers("tendered.h5")
    plain, told = tables("summary", "quick.h5"), tables("summary", "tendered.h5")

    jobs = {row["job"]: row for row in told["contracts"]}
    law(f"a row for each job: {list(jobs)}", list(jobs) == ["survey", "technical survey", "battle area search", "clearance"])
    for i, row in enumerate(jobs.values()):
        law(f"{row['job']}: {row['mean']} ha", np.isclose(row["mean"], file["contract_m2"][:, i].sum(axis=1).mean() / 1e4))
    law("firms search, and survey nothing without a price", jobs["battle area search"]["mean"] > 10 and jobs["survey"]["mean"] == 0)

    purposes = {row["purpose"]: row for row in told["spending_by_purpose"]}
    law("what firms are paid is a purpose of spending",
        np.isclose(purposes["contracts"]["mean"], file["purpose_spent_usd"][:, -1].sum(axis=1).mean() / 1e6) and purposes["contracts"]["mean"] > 0)
    searched = file["contract_m2"][:, 2].sum(axis=1)
    law("no m2 is cheaper than its price", (file["purpose_spent_usd"][:, -1].sum(axis=1) >= 0.1 * searched - 1).all())
    reasons = [row["reason"] for row in told["unspent"]]
    law(f"money has two more reasons: {reasons[-2:]}", reasons[-2:] == ["contracts signed", "contractors' capacity"])
    law("explain --money tells them", "contracts signed" in homeward("explain", "tendered.h5", "--money"))

    law("without contracts nothing is said of them", "contracts" not in plain and "contracts" not in homeward("summary", "quick.h5"))
    compared = tables("compare", "quick.h5", "tendered.h5")["money"]
    row = next(row for row in compared if row["purpose"] == "contracts")
    law(f"compare has what only the variant spends on: {row}", row["base"] == 0 and np.isclose(row["variant"], purposes["contracts"]["mean"]))
    whole = next(row for row in compared if row["purpose"] == "everything")
    parts = sum(row["variant"] for row in compared if row["purpose"] not in ("everything", "mine action in all"))
    law(f"purposes add up to everything: {parts} of {whole['variant']}", np.isclose(parts, whole["variant"]))

    for ranks, more in ((2, ()), (2, ("--ranks-per-world", 2))):
        judged("run", "tendered.yaml", "-n", N, "-q", "--no-page", "-o", f"again-{len(more)}.h5", *more,
               before=("mpirun", "-np", str(ranks), "--oversubscribe"))
        again = numbers(f"again-{len(more)}.h5")
        law(f"the same on {ranks} ranks {more}", all(np.array_equal(file[name], again[name], equal_nan=True) for name in file))

end()

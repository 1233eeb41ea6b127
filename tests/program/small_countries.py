"""Two small countries whose later record is public: what came lies inside what was simulated with what was known before.

usage: small_countries.py PROGRAM SOURCE_FOLDER
"""
import tempfile

from shared.laws import SOURCE, end, homeward, law, tables

N = 200
KNOWN = {"falklands": "2014-12-31", "mozambique": "2007-12-31"}


def beside(scenario, result, known, *more):
    """The facts beside a run that knows no more than was known then."""
    homeward("run", scenario, "--as-of", known, "-n", N, "-q", "--no-page", "-o", result, *more)
    return {row["name"]: row for row in tables("observations", scenario, result)["observations"]}


with tempfile.TemporaryDirectory() as folder:
    for name, known in KNOWN.items():
        scenario = SOURCE / f"scenarios/{name}.yaml"
        law(f"{name} is told in under a hundred lines", len(scenario.read_text().splitlines()) < 100)
        rows = beside(scenario, f"{folder}/{name}.h5", known)
        later = [row for row in rows.values() if row["quantity"].startswith("land_") and row["inside"] is not None]
        law(f"{name} has land to be held against", len(later) >= 3)
        for row in later:
            law(f"{name}: {row['name']} came as {row['fact']}, inside {row['p10']} to {row['p90']}", row["inside"] == "yes")
        promise = rows["plan: end"]
        law(f"{name}: the promised end had a chance, and a small one: {promise['where']} %", 0 < promise["where"] < 33)

    # Surveys elsewhere left 5 to 30 % to be found: with that alone nobody would have thought of what came.
    usual = "{p10: 5 %, p50: 12 %, p90: 30 %}"
    scenario = SOURCE / "scenarios/mozambique.yaml"
    rows = beside(scenario, f"{folder}/usual.h5", KNOWN["mozambique"], "--set", f"hazard_areas.Baseline survey.undiscovered={usual}")
    found = rows["land found 2008 to 2011"]
    law(f"land found beyond all that is usual, {found['fact']}, is outside of what is usual: {found['p90']}", found["fact"] > found["p90"])

end()

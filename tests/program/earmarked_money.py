"""Money for one district alone sends teams there, and nobody counts on it for work elsewhere.

Toys with a town that is ranked first, ground around it, and a district further down. Each law compares the same worlds; means are tested one-sided at
0.01 % with a fixed seed.

Arguments: the program, the source folder."""
import os
import pathlib
import tempfile

import netCDF4
import numpy

from shared.laws import SOURCE, end, homeward, law

N = 240
HARDLY = 3.72  # standard errors: passed once in 10,000 tests by worlds in which there is no difference
LAYERS = ", ".join(f"{SOURCE}/scenarios/layers/{name}.yaml" for name in ("ground", "methods", "policy"))
STATE = "State: {kind: state, yearly: {2024: 3 MUSD}}"


def toy(streams, surveyors=3, growth="fixed"):
    """Town and Valley have work; Moor is closed to the end."""
    pathlib.Path("toy.yaml").write_text(f"""include: [{LAYERS}]
source: a toy
name: toy
start: 2024-01-01
horizon: 2028-12-31
districts:
  Town: {{climate: foothill, access_from: 2024-01-01, undiscovered: 0 %, visitors: 5}}
  Valley: {{climate: foothill, access_from: 2024-01-01, undiscovered: 0 %, visitors: 1}}
  Moor: {{climate: foothill, access_from: 2030-01-01, undiscovered: 0 %, visitors: 1}}
hazard_areas:
  Streets: {{district: Town, class: medium, setting: farmland, area: 6 km2}}
  Fields: {{district: Town, class: low, setting: farmland, area: 600 km2}}
  Slopes: {{district: Valley, class: low, setting: farmland, area: 600 km2}}
  Marsh: {{district: Moor, class: low, setting: farmland, area: 20 km2}}
places:
  Home: {{district: Town, must_release: [Streets], houses: 100, population: 500}}
operators:
  Agency: {{note: most teams}}
  Guest: {{note: one team}}
assets:
  source: a toy
  Survey: {{operator: Agency, method: non_technical_survey, teams: {surveyors}, on: 2024-01-01, standing: yes}}
  Battle area: {{operator: Agency, method: battle_area, teams: 3, on: 2024-01-01, standing: yes}}
  Technical: {{operator: Agency, method: technical_survey, teams: 1, on: 2024-01-01, standing: yes}}
  Deminers: {{operator: Agency, method: manual, teams: 2, on: 2024-01-01, standing: yes}}
  Quality control: {{operator: Agency, method: quality_control, teams: 2, on: 2024-01-01, standing: yes}}
  Guests: {{operator: Guest, method: non_technical_survey, teams: 1, on: 2024-01-01, standing: yes}}
capacity: {{growth: {growth}, known_to: 2024-06-30}}
streams:
{chr(10).join("  " + stream for stream in streams)}
""")


def run(name, *arguments, **more):
    toy(*arguments, **more)
    homeward("run", "toy.yaml", "-n", N, "-q", "-o", name)
    return netCDF4.Dataset(name)


def spent_musd(data, stream):
    """By replication, to the end."""
    return data["stream_spent_usd"][:, list(data["stream"][:]).index(stream), :].sum(axis=1) / 1e6


def valley_left(data):
    """km2 after two years, by replication."""
    return data["district_ledger_m2"][:, list(data["district"][:]).index("Valley"), :, 0, 1].sum(axis=1) / 1e6


def gift(name, musd, *strings):
    return f"{name}: {{kind: donor, yearly: {{2024: {musd} MUSD}}, drop_out: 0 %/year{''.join(', ' + string for string in strings)}}}"


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    base = run("base.h5", [STATE])

    # An operator that is given money for a district works there, for as long as there is work that it may do.
    guest = run("guest.h5", [STATE, gift("Grant", 1, "only_operators: [Guest]", "only_districts: [Valley]")])
    paid = spent_musd(guest, "Grant")
    law(f"an operator's grant for a district pays its team there: {paid.mean():.2f} MUSD in five years, in the worst world {paid.min():.2f}", paid.min() > 0.15)
    sooner = valley_left(base) - valley_left(guest)
    law(f"and Valley is surveyed sooner: {sooner.mean():.1f} km2 less are left after two years", sooner.mean() > HARDLY * sooner.std(ddof=1) / N ** 0.5)

    # Money where there is nothing to do: nobody else is paid, hired or let go for it.
    for growth in ("fixed", "by_money"):
        without = run(f"without-{growth}.h5", [STATE], growth=growth)
        idle = run(f"idle-{growth}.h5", [STATE, gift("For Moor", 20, "only_districts: [Moor]")], growth=growth)
        law(f"{growth}: money for a district without work is not spent", spent_musd(idle, "For Moor").max() == 0)
        for variable in ("ledger_m2", "place_release_day", "victims"):
            law(f"{growth}: money for a district without work leaves {variable} as it was",
                numpy.array_equal(numpy.ma.filled(without[variable][:], 0), numpy.ma.filled(idle[variable][:], 0), equal_nan=True))

    # A team that nobody can pay where it stands is sent to where it can be paid.
    poor = [STATE.replace("3 MUSD", "0.1 MUSD")]
    alone, helped = run("alone.h5", poor), run("helped.h5", poor + [gift("For Valley", 1, "only_districts: [Valley]")])
    more = (alone["ledger_m2"][:, 23, 0] - helped["ledger_m2"][:, 23, 0]) / 1e6
    law(f"teams that stand unpaid in Town are sent to Valley: {more.mean():.1f} km2 less are left after two years", more.mean() > HARDLY * more.std(ddof=1) / N ** 0.5)

    # What the ranking puts first does not wait for a gift further down.
    few = run("few.h5", [STATE, gift("For Valley", 0.6, "only_districts: [Valley]")])
    later = few["place_release_day"][:, 0] - base["place_release_day"][:, 0]
    law(f"a gift for Valley does not hold up Home: {later.mean():.0f} days", later.mean() <= max(3, HARDLY * later.std(ddof=1) / N ** 0.5))
end()

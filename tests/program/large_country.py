"""A large country: several hundred hazard areas in one district, hundreds of streams of money, thousands of teams, more
than 64 kinds of ground.

Laws: it runs, and so does a country four times as large; their area is conserved; one rank and two give the same.
usage: large_country.py PROGRAM SOURCE_FOLDER
"""

import os
import subprocess
import sys
import tempfile

import h5py
import numpy as np

PROGRAM = sys.argv[1]
ONE_RANK_MORE = ["mpirun", "--oversubscribe", "-n", "2"]
METHODS = {
    "non_technical_survey": 0.2,
    "technical_survey": 0.1,
    "manual": 0.4,
    "machines": 0.05,
    "dogs": 0.05,
    "battle_area": 0.15,
    "quality_control": 0.05,
}


def country(areas, streams, teams):
    """One large district and a small one; every fourth area is needed by a place; a tenth of the streams bears each earmark."""
    settings = 70
    lines = [
        "name: Large country",
        "start: 2021-01-01",
        "horizon: 2022-12-31",
        "layout: {polygon: 40 ha, block: 10 ha, parcel: 5 ha}",
        "climates: {mild: {}}",
        "settings:",
    ]
    lines += [f"  ground{i}: {{hazard: {'mined' if i % 2 else 'battle'}, ap: 10 /ha, erw: 1 /ha}}" for i in range(settings)]
    lines += [
        "classes: {some: {mined: 20 %, battle: 20 %, patchy: 0.5, believed_mined: 20 %, believed_battle: 20 %}}",
        "districts: {Large: {climate: mild, undiscovered: 5 %}, Small: {climate: mild, undiscovered: 5 %}}",
        "hazard_areas:",
    ]
    for i in range(areas):
        district = "Small" if i % 100 == 99 else "Large"
        lines.append(f"  a{i}: {{district: {district}, class: some, setting: ground{i % settings}, area: {10 + 10 * (i % 5)} ha}}")
    lines.append("places:")
    for i in range(0, areas, 4):
        lines.append(f"  p{i}: {{district: Large, must_release: [a{i}], houses: 10, population: 40}}")
    lines.append("operators:")
    lines.append("  Agency: {}")
    lines.append(f"  Choosy: {{works_on: [ground1, ground{settings - 1}]}}")
    lines.append("assets:")
    for method, share in METHODS.items():
        lines.append(f"  {method}: {{operator: Agency, method: {method}, teams: {round(teams * share)}, on: 2021-01-01, standing: yes}}")
    lines.append("  choosy: {operator: Choosy, method: manual, teams: 10, on: 2021-01-01, standing: yes}")
    lines.append("streams:")
    budget = 0.3 * teams / streams
    for i in range(streams):
        earmark = ["", ", only_method: manual", ", only_districts: [Large]", f", only_place: p{4 * (i % (areas // 4))}"][
            i % 10 if i % 10 < 4 else 0
        ]
        lines.append(f"  s{i}: {{kind: state, yearly: {{2021-01-01: {budget:.6f} MUSD}}{earmark}}}")
    lines.append("  homes: {kind: state, pays: reconstruction, yearly: {2021-01-01: 50 MUSD}}")
    return "\n".join(lines) + "\n"


def run(folder, name, text, replications, before=()):
    scenario = os.path.join(folder, f"{name}.yaml")
    with open(scenario, "w", encoding="utf-8") as file:
        file.write(text)
    result = os.path.join(folder, f"{name}.h5")
    subprocess.run(
        [*before, PROGRAM, "run", scenario, "-n", str(replications), "-q", "--no-page", "-o", result],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def variables(path):
    with h5py.File(path) as file:
        return {name: item[()] for name, item in file.items() if isinstance(item, h5py.Dataset) and item.shape}


def check_ground(path):
    with h5py.File(path) as file:
        whole = file["suspected_m2"][()] + file["new_area_m2"][()]
        ledgers = file["ledger_m2"][()][:, -1, :].sum(axis=-1)
        assert np.array_equal(whole, ledgers), f"area: {whole} at the start and found later, {ledgers} in the ledgers"
        assert (file["ledger_m2"][()][:, -1, 0] < 0.9 * whole).all(), "no work has been done"


def main():
    areas, streams, teams = 400, 300, 5200
    with tempfile.TemporaryDirectory() as folder:
        large = country(areas, streams, teams)
        run(folder, "one", large, 2)
        run(folder, "two", large, 2, ONE_RANK_MORE)
        one, two = (variables(os.path.join(folder, f"{name}.h5")) for name in ("one", "two"))
        assert one.keys() == two.keys()
        for name, values in one.items():
            assert np.array_equal(values, two[name], equal_nan=values.dtype.kind == "f"), f"{name} differs between 1 and 2 ranks"
        check_ground(os.path.join(folder, "one.h5"))
        run(folder, "four", country(4 * areas, 4 * streams, 4 * teams), 1)
        check_ground(os.path.join(folder, "four.h5"))


main()

"""With money scarce against wages, the same money without earmarks releases no less than with them: neither pays teams that it cannot send to work.

In each toy a gift is all the money there is, for anywhere or half for either of two districts that are alike, on the same worlds. The law is one of
means, each tested one-sided at 0.01 % with a fixed seed.

Arguments: the program, the source folder."""
import os
import pathlib
import tempfile

import netCDF4

from shared.laws import SOURCE, end, homeward, law

N = 120
HARDLY = 3.72  # standard errors: passed once in 10,000 tests by worlds in which there is no difference
LAYERS = ", ".join(f"{SOURCE}/scenarios/layers/{name}.yaml" for name in ("ground", "methods", "policy"))
DISTRICTS = ("Left", "Right")
GIFT = "{{kind: state, yearly: {{2024: {} MUSD}}, overhead: 20 %{}}}"


def toy(file, musd, surveyors, searchers, tied):
    streams = {f"For {d}": GIFT.format(musd / 2, f", only_districts: [{d}]") for d in DISTRICTS} if tied else {"For all": GIFT.format(musd, "")}
    def each(line):
        return "\n".join("  " + line.format(d=d) for d in DISTRICTS)

    pathlib.Path(file).write_text(f"""include: [{LAYERS}]
source: a toy
name: toy
start: 2024-01-01
horizon: 2028-12-31
districts:
{each("{d}: {{climate: foothill, access_from: 2024-01-01, undiscovered: 0 %, visitors: 1}}")}
hazard_areas:
{each("{d} town: {{district: {d}, class: medium, setting: farmland, area: 4 km2}}")}
{each("{d} land: {{district: {d}, class: low, setting: farmland, area: 30 km2}}")}
places:
{each("Home {d}: {{district: {d}, must_release: [{d} town], houses: 10, population: 50}}")}
operators:
  Firm: {{note: all teams}}
assets:
  source: a toy
  Survey: {{operator: Firm, method: non_technical_survey, teams: {surveyors}, on: 2024-01-01, standing: yes}}
  Quality control: {{operator: Firm, method: quality_control, teams: {(surveyors + 1) // 2}, on: 2024-01-01, standing: yes}}
  Battle area: {{operator: Firm, method: battle_area, teams: {searchers}, on: 2024-01-01, standing: yes}}
streams:
{chr(10).join(f"  {name}: {terms}" for name, terms in streams.items())}
""")


def land_left(musd, surveyors, searchers, tied):
    """km2 by replication and month."""
    toy("toy.yaml", musd, surveyors, searchers, tied)
    result = f"{musd}-{surveyors}-{tied}.h5"
    homeward("run", "toy.yaml", "-n", N, "-q", "-o", result)
    with netCDF4.Dataset(result) as data:
        return data["ledger_m2"][:, :, 0] / 1e6


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    for surveyors, searchers in ((1, 3), (3, 8)):
        before = None
        for musd in (0.25, 0.5, 1):
            free, tied = (land_left(musd, surveyors, searchers, tied) for tied in (False, True))
            for months in (12, 36, 60):
                more = free[:, months - 1] - tied[:, months - 1]
                mean, error = more.mean(), more.std(ddof=1) / N ** 0.5
                law(f"{musd} MUSD, {surveyors} and {searchers} teams, {months} months: {mean:.2f} ±{1.96 * error:.2f} km2 more are left with free money",
                    mean <= HARDLY * error)
            law(f"{musd} MUSD, {surveyors} and {searchers} teams: less is left than with half as much",
                before is None or free[:, -1].mean() < before)
            before = free[:, -1].mean()
end()

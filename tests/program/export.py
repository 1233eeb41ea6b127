"""`homeward export`: valid GeoJSON (RFC 7946), CSV by the nouns of IMAS 05.10, both with the figures of the summary.

Arguments: the program, the source folder."""
import csv
import json
import os
import pathlib
import tempfile

from shared.laws import SOURCE, end, law, said

NOUNS = ["Hazardous area", "Land release activity", "Task", "EO found", "Accident", "Victim", "Beneficiary", "QM"]


def only_once(pairs):
    law(f"no property is there twice: {[key for key, _ in pairs]}", len(dict(pairs)) == len(pairs))
    return dict(pairs)


def signed_area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) / 2


def check_geometry(feature):
    geometry = feature["geometry"]
    if geometry is None:
        return
    law("outlines are multipolygons", geometry["type"] == "MultiPolygon")
    for polygon in geometry["coordinates"]:
        for i, ring in enumerate(polygon):
            law(f"{feature['id']}: rings are closed", len(ring) >= 4 and ring[0] == ring[-1])
            law(f"{feature['id']}: outer rings run counterclockwise, holes clockwise", (signed_area(ring) > 0) == (i == 0))
            law(f"{feature['id']}: longitude, latitude", all(44 < x < 51 and 38 < y < 42 for x, y in ring))


def check_days(name, properties, prefix, row):
    for quantile in ("p10", "p50", "p90"):
        after = row[quantile] is not None and row[quantile].startswith("after")
        law(f"{name}: {prefix} {quantile}", properties[f"{prefix}_{quantile}_date"] == (None if after else row[quantile]))
        law(f"{name}: {prefix} {quantile} after the horizon", properties[f"{prefix}_{quantile}_after_horizon"] == after)
        law(f"{name}: {prefix} {quantile} error", properties[f"{prefix}_{quantile}_error_days"] == row[f"{quantile}_error"])
    law(f"{name}: {prefix} censored", properties[f"{prefix}_not_by_horizon_percent"] == row["censored"])
    law(f"{name}: {prefix} censored error", properties[f"{prefix}_not_by_horizon_error_percent"] == row["censored_error"])


def check_chances(name, properties, prefix, rows):
    law(f"{name}: dates of {prefix}", len(rows) == sum(key.startswith(f"{prefix}_by_") for key in properties) / 2)
    for row in rows:
        key = f"{prefix}_by_{row['by'].replace('-', '_')}"
        law(f"{name}: {key}", properties[f"{key}_percent"] == row["probability"])
        law(f"{name}: {key} error", properties[f"{key}_error_percent"] == row["probability_error"])


def check_amounts(name, properties, prefix, unit, rows, labels, time):
    last = max((row[time] for row in rows), default=None)
    for row in rows:
        if row[time] == last:
            key = "_".join([prefix, *(row[label] for label in labels)]).lower().replace(" ", "_")
            for column in ("p10", "p50", "p90", "p50_error"):
                law(f"{name}: {key} {column}", properties[f"{key}_{column}_{unit}"] == row[column])


def of(tables, table, key, name):
    return [row for row in tables[table]["rows"] if row[key] == name]


def check_geojson(path, tables, outlines):
    collection = json.loads(pathlib.Path(path).read_text(encoding="utf-8"), object_pairs_hook=only_once)
    law("a feature collection", collection["type"] == "FeatureCollection")
    law("no old crs member", "crs" not in collection)
    law("it says what was run", collection["homeward"]["seed"] == "1" and len(collection["homeward"]["scenario_digest"]) == 64)
    features = collection["features"]
    law("ids differ", len({feature["id"] for feature in features}) == len(features))
    kinds = {kind: [f for f in features if f["properties"]["kind"] == kind] for kind in ("district", "place")}
    law("all districts, in order", [f["properties"]["name"] for f in kinds["district"]] ==
        [row["district"] for row in tables["district_completion"]["rows"]])
    law("all places, in order", [f["properties"]["name"] for f in kinds["place"]] ==
        [row["place"] for row in tables["place_release"]["rows"]])
    law(f"{outlines} districts have an outline", sum(f["geometry"] is not None for f in kinds["district"]) == outlines)
    law("no place has a position", all(f["geometry"] is None for f in kinds["place"]))
    for feature in features:
        law("a feature", feature["type"] == "Feature")
        check_geometry(feature)
    for feature in kinds["district"]:
        properties, name = feature["properties"], feature["properties"]["name"]
        check_days(name, properties, "completion", of(tables, "district_completion", "district", name)[0])
        check_chances(name, properties, "complete", of(tables, "district_completion_by", "district", name))
        for prefix, unit, table, labels in (("area", "ha", "district_ledgers", ["hazard", "ledger"]),
                                            ("people_back", "persons", "district_people", []),
                                            ("victims", "persons", "district_casualties", ["victim"]),
                                            ("found", "items", "district_items_found", ["item"])):
            check_amounts(name, properties, prefix, unit, of(tables, table, "district", name), labels, "until")
    for feature in kinds["place"]:
        properties, name = feature["properties"], feature["properties"]["name"]
        check_days(name, properties, "release", of(tables, "place_release", "place", name)[0])
        check_chances(name, properties, "released", of(tables, "place_release_by", "place", name))
        check_amounts(name, properties, "people_back", "persons", of(tables, "place_people", "place", name), [], "year")
        returns = of(tables, "place_first_return", "place", name)
        law(f"{name}: first families where somebody is to live", bool(returns) == ("first_return_p50_date" in properties))
        if returns:
            check_days(name, properties, "first_return", returns[0])
    return kinds


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = list(csv.reader(file, strict=True))
    law(f"{path}: as many cells in every row", all(len(row) == len(header) for row in rows))
    return header, rows


def check_csv(folder, summary, districts):
    """Every row of a noun is a row of the summary's CSV, with its unit; nothing is left out."""
    _, index = read(f"{folder}/nouns.csv")
    law("every noun of IMAS 05.10 is told of", list(dict.fromkeys(row[0] for row in index)) == NOUNS)
    law("each says what it lacks", all(len(row[4]) > 20 for row in index))
    law("there is nothing else", {row[1] for row in index if row[1]} | {"nouns.csv", "about.csv"} == {name for name in os.listdir(folder) if not name.startswith(".homeward")})
    rows = {}
    for noun, name, count, holds, _ in index:
        law(f"{noun}: has no table only when it holds nothing", (name == "") == (holds == "nothing"))
        if name:
            rows[name] = read(f"{folder}/{name}")[1]
            law(f"{name}: {count} rows", int(count) == len(rows[name]) > 0)
    ledgers = read(f"{summary}/district_ledgers.csv")[1]
    law("hazardous area: what remains", rows["hazardous_area.csv"] == [row for row in ledgers if row[2] == "remaining"])
    law("land release: the rest", [row[:2] + row[3:] for row in rows["land_release_activity.csv"]] ==
        [row[:2] + row[3:] for row in ledgers if row[2] != "remaining"])
    law("land release: activities of IMAS 07.11", {row[2].split(":")[0] for row in rows["land_release_activity.csv"]} ==
        {"non-technical survey", "technical survey", "clearance"})
    for name, table in (("task_team_days", "district_asset_days"), ("eo_found", "district_items_found"),
                        ("victim", "district_casualties")):
        law(name, read(f"{folder}/{name}.csv") == read(f"{summary}/{table}.csv"))
    law("beneficiaries", [row[1:] for row in rows["beneficiary.csv"]] == read(f"{summary}/place_people.csv")[1])
    law("their districts", {row[1]: row[0] for row in rows["beneficiary.csv"]}.items() <= districts.items())
    law("QM: spending", rows["qm_spending.csv"] ==
        [row for row in read(f"{summary}/spending_by_purpose_and_year.csv")[1] if row[0] == "quality"])
    law("QM: missed items", rows["qm_missed_items.csv"] ==
        [row for row in read(f"{summary}/district_items.csv")[1] if row[2] == "missed"])


def refused(words, code, *arguments):
    answer = said(*arguments, code=code)
    law(f"'homeward {' '.join(map(str, arguments))}' says '{words}', not '{answer.strip()}'", words in answer)


def mistakes(results):
    refused("wants --geojson FILE, --csv FOLDER or both", 2, "export", results)
    refused("did you mean '--geojson'?", 2, "export", results, "--geojsn", "x")
    refused("--by has no use without --geojson", 2, "export", results, "--csv", "x", "--by", "2025-01-01")
    refused("outside of what was simulated", 2, "export", results, "--geojson", "x", "--by", "1999-01-01")
    refused("cannot write no/such/x: No such file or directory", 4, "export", results, "--geojson", "no/such/x")
    refused("cannot make the folder no/such", 4, "export", results, "--csv", "no/such")
    refused("No space left on device", 4, "export", results, "--geojson", "/dev/full")
    law("nothing was written by mistake", not os.path.exists("x"))


def main():
    scenarios = SOURCE / "scenarios"
    said("run", scenarios / "great-return-from-2020.yaml", "-n", 12, "-q", "-o", "great.h5")
    said("export", "great.h5", "--geojson", "great.geojson", "--by", "2028-06-30", "--csv", "nouns")
    said("export", "great.h5", "--geojson", "again.geojson", "--by", "2028-06-30")
    law("the same bytes again", pathlib.Path("great.geojson").read_bytes() == pathlib.Path("again.geojson").read_bytes())
    tables = json.loads(said("summary", "great.h5", "--json", "--by", "2028-06-30"))["tables"]
    kinds = check_geojson("great.geojson", tables, 12)
    said("summary", "great.h5", "--csv", "summary")
    check_csv("nouns", "summary", {f["properties"]["name"]: f["properties"]["district"] for f in kinds["place"]})
    pathlib.Path("elsewhere.yaml").write_text(
        f"include: [{scenarios}/quick.yaml]\nname: elsewhere\nsource: test\ndistricts:\n  Farther:\n    climate: plain\n"
        "    access_from: 2020-11-10\n    undiscovered: 5 %\n    visitors: 1\nhazard_areas:\n  Field:\n    district: Farther\n"
        "    class: low\n    setting: farmland\n    area: 1 km2\n")
    said("run", "elsewhere.yaml", "-n", 12, "-q", "-o", "elsewhere.h5")
    said("export", "elsewhere.h5", "-g", "elsewhere.geojson")
    check_geojson("elsewhere.geojson", json.loads(said("summary", "elsewhere.h5", "--json"))["tables"], 1)
    said("plot", "elsewhere.h5", "--what", "map", "-o", "map.svg")
    law("a district without outline is named on the map",
        "No outline known, in the table only: Farther" in pathlib.Path("map.svg").read_text(encoding="utf-8"))
    mistakes("great.h5")


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    main()
# Districts by their own names and codes; those without an outline are told by name
os.chdir(tempfile.mkdtemp())
pathlib.Path("own.yaml").write_text(f"""include: ['{SOURCE}/scenarios/quick.yaml']
name: own names
districts:
  AĞDAM: {{climate: foothill, p_code: AZE001}}
  Aghdara: {{climate: foothill}}
hazard_areas:
  F1: {{district: AĞDAM, class: low, setting: farmland, area: 1 km2}}
  F2: {{district: Aghdara, class: low, setting: farmland, area: 1 km2}}
""", encoding="utf-8")
said("run", "own.yaml", "-n", 4, "-q", "--no-page", "-o", "own.h5")
told = said("export", "own.h5", "--geojson", "own.geojson")
law("a district without an outline is told", "no outline is known for Aghdara: without a geometry in own.geojson" in told)
found = {feature["id"]: feature for feature in json.loads(pathlib.Path("own.geojson").read_text(encoding="utf-8"))["features"]}
law("a district is found by its own name", found["district AĞDAM"]["geometry"] is not None and found["district AĞDAM"]["properties"]["name_az"] == "Ağdam")
law("its code is exported", found["district AĞDAM"]["properties"]["p_code"] == "AZE001" and "p_code" not in found["district Aghdara"]["properties"])
law("what is no district of the map has no outline", found["district Aghdara"]["geometry"] is None)
said("plot", "own.h5", "--what", "map", "-o", "own.svg")
picture = pathlib.Path("own.svg").read_text(encoding="utf-8")
law("the map has the district under its own name", picture.count(">AĞDAM<") == 2 and "No outline known, in the table only: Aghdara" in picture)

end()

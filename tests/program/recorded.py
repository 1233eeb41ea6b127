"""A scenario that starts from a record says of each place that was released or lived in before the start that this is a fact, and forecasts nothing of
it: in the summary, explain, pictures, the page and exports, at any number of ranks.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import re
import tempfile

from shared.laws import QUICK, SOURCE, ask, end, homeward, judged, law, run, said, tables

RECORD = f"""include: [{QUICK}]
name: From a record
as_of: 2020-11-09
recorded:
  Before: {{district: Zangilan, cancelled: 80 ha, reduced: 100 ha, mine_cleared: 40 ha, battle_area_cleared: 2000 ha, surveyed: 600 ha}}
places:
  Araz road: {{released_by: 2020-10-01}}
  Aghali: {{released_by: 2020-09-01, lived_in_since: 2020-10-05, residents: 400, houses_built: 120}}
  Zangilan town: {{released_share: {{p10: 20 %, p50: 50 %, p90: 80 %}}}}
"""
FACTS = [("Araz road", "released by", "2020-10-01"), ("Aghali", "released by", "2020-09-01"), ("Aghali", "lived in since", "2020-10-05")]
FORECASTS = ("place_release", "place_release_by", "place_first_return")


def told_as_facts():
    answer = tables("summary", "record.h5")
    law("the facts stand in a table of their own", [(row["place"], row["fact"], row["date"]) for row in answer["place_facts"]] == FACTS)
    for name in FORECASTS:
        places = {row["place"] for row in answer[name]}
        law(f"{name} forecasts none of them, and all others: {places}", not places & {"Araz road", "Aghali"} and "Zangilan town" in places)
    law("under the dates stands what they hang on", "for 1 place (released_share): the first dates hang on it" in
        " ".join(homeward("summary", "record.h5").split()) and "released_share" not in homeward("summary", "plain.h5"))
    law("summary begins with the day of knowledge", "\nAs of 2020-11-09: from what was known by then\n" in homeward("summary", "record.h5"))
    law("people live there from the first year on", all(row["p10"] >= 300 for row in answer["place_people"] if row["place"] == "Aghali"))
    law("a scenario without a record has no such table", "place_facts" not in tables("summary", "plain.h5"))


def explained_and_drawn():
    explained = tables("explain", "record.h5", "--place", "Aghali")
    law(f"explain tells the facts and holds nothing back: {list(explained)}", set(explained) == {"about", "place_facts"} and len(explained["place_facts"]) == 2)
    law("of a place that is open it tells what holds it back", "delay" in tables("explain", "record.h5", "--place", "Zangilan town"))
    judged("plot", "record.h5", "--what", "timeline", "-o", "timeline.svg")
    drawn = pathlib.Path("timeline.svg").read_text(encoding="utf-8")
    law("the timeline draws what is forecast only", "Zangilan town" in drawn and "Aghali" not in drawn)
    refused = judged("plot", "record.h5", "--what", "timeline", "--place", "Aghali", "-o", "fact.svg", code=2)
    law(f"of facts alone there is no picture: {refused.stderr}", "nothing is forecast of them" in refused.stderr and not pathlib.Path("fact.svg").exists())


def exported():
    ask("export", "record.h5", "--geojson", "record.geojson")
    places = {f["properties"]["name"]: f["properties"] for f in json.loads(pathlib.Path("record.geojson").read_text(encoding="utf-8"))["features"]
              if f["properties"]["kind"] == "place"}
    aghali, town = places["Aghali"], places["Zangilan town"]
    law("an export says the facts", aghali["fact_released_by_date"] == "2020-09-01" and aghali["fact_lived_in_since_date"] == "2020-10-05")
    law("and has no P50 beside them", not any(name.startswith(("release_", "released_", "first_return_")) for name in aghali) and "release_p50_date" in town)
    page = run("report", "record.h5", "-o", "record.html")
    if page.returncode == 0:
        text = pathlib.Path("record.html").read_text(encoding="utf-8")
        law("the page has the facts and the day", '"place_facts"' in text and '"as_of":"2020-11-09"' in text)


def compared():
    """What lies before the start can be changed by nothing."""
    ask("run", "record.yaml", "-n", "60", "-q", "--no-page", "--set", "methods.battle_area.rate=2 ha/day", "-o", "slow.h5")
    answer = tables("compare", "record.h5", "slow.h5")
    for name in ("place_release", "place_release_by", "place_never"):
        places = {row["place"] for row in answer[name]}
        law(f"{name} compares none of the facts: {places}", not places & {"Araz road", "Aghali"} and "Zangilan town" in places)
    law("no day is below nothing", all(row["base"] >= 0 for row in answer["place_release"]))


def asked_for_money():
    refused = judged("target", "record.yaml", "--by", "p(Aghali by 2022-12-31) >= 80 %", "--money", "Another budget", code=2)
    law(f"no money is asked for what is a fact: {refused.stderr}", "was released before the start, by 2020-09-01" in refused.stderr)


def learnt_from():
    """What is recorded teaches nothing, and is no outcome."""
    before = "  known: {quantity: first_families, place: Aghali, value: 2020-10-05}\n"
    later = "  later: {quantity: land_released, from: 2021-01-01, to: 2021-12-31, value: 900 ha}\n"
    absurd = "  absurd: {quantity: people_back, place: Minjivan, to: 2021-12-31, at_least: 500000}\n"
    for name, facts in (("before", before), ("both", before + later), ("absurd", absurd)):
        pathlib.Path(f"{name}.yaml").write_text(f"source: a test\nobservations:\n{facts}")
    known = ("--as-of", "2024-12-31")
    refused = judged("condition", "record.h5", "--observations", "before.yaml", *known, code=2)
    law(f"of the record alone there is nothing to learn: {refused.stderr}", "nothing to learn from" in refused.stderr)
    both = tables("condition", "record.h5", "--observations", "both.yaml", *known)
    law("facts that were learnt from are of simulated days", [row["name"] for row in both["facts_learnt_from"]] == ["later"])
    names = {row["outcome"] for row in both["conditioned"]}
    law("what is recorded is no outcome before and after", not names & {"release Aghali", "first_families Aghali", "release Araz road"} and "release Minjivan" in names)
    far = judged("condition", "record.h5", "--observations", "absurd.yaml", *known)
    law(f"a fact that no future comes near is named: {far.stderr}", "no future comes near the fact 'absurd'" in far.stderr)
    near = judged("condition", "record.h5", "--observations", "both.yaml", *known)
    law("one that some are near is not", "no future comes near" not in near.stderr)


def of_a_later_day():
    """A table of values that has learnt from facts is none of a forecast as of a day before them."""
    table, past = SOURCE / "scenarios/posterior/azerbaijan-2024.h5", SOURCE / "scenarios/great-return-from-2020.yaml"
    for command in (("run", past, "-n", "2", "--as-of", "2022-12-31", "-o", "leak.h5"), ("compare", past, past, "-n", "2", "--as-of", "2024-12-30"),
                    ("hindcast", past, "--origins", "2022-12-31", "-n", "2", "--runs", "leak")):
        refused = judged(*command, "--set", f"parameters_from={table}", code=2)
        law(f"it is refused: {refused.stderr}", "nobody knew the table" in refused.stderr and "2024-12-31" in refused.stderr)
    ask("run", past, "-n", "2", "-q", "--no-page", "--as-of", "2024-12-31", "-o", "known.h5", "--set", f"parameters_from={table}")


def the_present_day():
    """The shipped file: nobody is told that what is known lies ahead."""
    ask("run", SOURCE / "scenarios/great-return.yaml", "-n", "12", "-q", "--no-page", "-o", "present.h5")
    answer = tables("summary", "present.h5")
    known = {(row["place"], row["fact"]) for row in answer["place_facts"]}
    law(f"it knows where people live: {len(known)}", {("Aghali", "lived in since"), ("Shusha city", "lived in since"), ("Fuzuli airport", "released by")} <= known)
    days = [row[name] for table in ("place_release", "place_first_return") for row in answer[table] for name in ("p10", "p50", "p90") if row[name]]
    law("no forecast lies in the past", min(day.removeprefix("after ") for day in days) >= "2025-01-01")
    law("it is as of the last day of its facts", "As of 2024-12-31" in homeward("summary", "present.h5"))
    law("ledgers begin with the record: no title says that they began at the start",
        "from the start" not in said("summary", "present.h5").split("Ledgers of land")[1].splitlines()[0])
    moved = pathlib.Path(SOURCE, "scenarios/sweeps/agdam-assumptions.yaml").read_text(encoding="utf-8")
    law("what is assumed of the start is among the assumptions that are ranked", "places.Agdam city.released_share" in moved)
    law("± is not said to hold the error of the table of values", "The table is a sample, too" in said("summary", "present.h5"))
    law("without a warning", "warning" not in said("check", SOURCE / "scenarios/great-return.yaml"))


def main():
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        pathlib.Path("record.yaml").write_text(RECORD)
        ask("run", "record.yaml", "-n", "60", "-q", "--no-page", "-o", "record.h5")
        ask("run", QUICK, "-n", "8", "-q", "--no-page", "-o", "plain.h5")
        for ranks in ("2", "3"):
            ask("run", "record.yaml", "-n", "60", "-q", "--no-page", "-o", "ranks.h5", "--replace", before=("mpirun", "--oversubscribe", "-np", ranks))
            law(f"{ranks} ranks give the same bytes", pathlib.Path("ranks.h5").read_bytes() == pathlib.Path("record.h5").read_bytes())
        told_as_facts()
        explained_and_drawn()
        exported()
        compared()
        learnt_from()
        asked_for_money()
        of_a_later_day()
        the_present_day()
        pathlib.Path("late.yaml").write_text(RECORD.replace("released_by: 2020-10-01", "released_by: 2021-10-01"))
        late = judged("check", "late.yaml", code=2)
        law(f"a day after the start has its place in the file: {late.stderr}", re.search(r"late\.yaml:\d+:\d+: .*before the start, 2020-11-10", late.stderr))
    end()


main()

"""`homeward levers`: ranked, the same as `homeward compare` says of each, at any number of ranks; finished runs are used
again; wrong questions are told before anything runs.

Arguments: the program, the source folder."""
import csv
import json
import os
import pathlib
import tempfile

from shared.laws import SOURCE, cell_text, end, homeward, judged, law

RANKINGS = ("days_gained", "chance_gained", "land_gained", "people_home", "victims_averted", "dollars_saved")


with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch)
    os.chdir(folder)
    (folder / "levers" / "bundles").mkdir(parents=True)
    base = folder / "mine.yaml"
    base.write_text(f"include: [{SOURCE / 'scenarios' / 'quick.yaml'}]\nname: mine\n")
    # Made over quick.yaml, so that it can be laid over what includes that: here with one more team.
    (folder / "levers" / "more-teams.yaml").write_text(f"""include: [{SOURCE / 'scenarios' / 'quick.yaml'}]
name: More teams
assets:
  More: {{operator: ANAMA, method: battle_area, teams: 3, on: 2022-01-01, source: test}}
""")
    (folder / "levers" / "other-order.yaml").write_text("planning: {rule: worst_first}\nname: Another order\n")
    (folder / "levers" / "nothing.yaml").write_text("name: Nothing\n")
    (folder / "levers" / "bundles" / "both.yaml").write_text("include: [../more-teams.yaml, ../other-order.yaml]\nname: Both\n")
    question = ("levers", base, "-n", 50, "--place", "Aghali")

    for words, arguments in (("did you mean 'nothing'?", ("--only", "nothin")),
                             ("did you mean 'Aghali'?", ("--place", "Agali", "--by", "1999-01-01")),
                             ("no lever is to be found", ("--levers", folder / "levers" / "none"))):
        refused = judged("levers", base, "-n", 50, *arguments, code=2)
        law(f"refused with '{words}': {refused.stderr}", words in refused.stderr)
    (folder / "other").mkdir()
    (folder / "other.yaml").write_text("name: another ground\n")
    (folder / "other" / "foreign.yaml").write_text("include: [../other.yaml]\n")
    refused = judged("levers", base, "-n", 50, "--levers", "other", code=2)
    law("a lever made for another base is refused", "is made for another base: it includes" in refused.stderr)
    law("nothing was run for wrong questions", not (folder / "results").exists())

    first = judged(*question, "--json")
    tables = json.loads(first.stdout)["tables"]
    for name in RANKINGS:
        floor, *rows = tables[name]["rows"]
        law(f"{name} begins with what nothing brings", floor["lever"] == "nothing changed" and floor["rank"] is None)
        law(f"{name}: no lever that nothing can match is called clear", all(row["verdict"] in ("below the noise floor", "same in all worlds")
            for row in rows if abs(row["gain"]) <= row["floor"]))
        law(f"{name} ranks the three levers", sorted(row["lever"] for row in rows) == ["more-teams", "nothing", "other-order"])
        law(f"{name} goes from the largest gain down", [row["gain"] for row in rows] == sorted((row["gain"] for row in rows), reverse=True))
        law(f"{name} numbers them", [row["rank"] for row in rows] == [1, 2, 3])
        law(f"{name}: what changes nothing gains nothing", all(row["gain"] == 0 and row["verdict"] == "same in all worlds"
                                                               for row in rows if row["lever"] == "nothing"))
        law(f"{name} has the bundle apart", [row["lever"] for row in tables[name + "_of_bundles"]["rows"]] == ["nothing changed", "both"])
    days = {row["lever"]: row for row in tables["days_gained"]["rows"]}
    law("the worst ground first costs the village years", days["other-order"]["gain"] < -365)

    both = {row["lever"]: row for row in tables["days_gained_of_bundles"]["rows"]}["both"]
    runs = folder / "results" / "runs"
    law("six results are kept, with that of nothing changed", len(list(runs.glob("*-seed1-n50.h5"))) == 6 and len(list(runs.iterdir())) == 6)
    base_run = next(path for path in runs.glob("mine-*") if "exchange" not in homeward("summary", path))
    for lever, row in (("more-teams", days["more-teams"]), ("both", both)):
        pair = judged("compare", base_run, next(runs.glob(lever + "-*")), "--place", "Aghali", "--json")
        released = json.loads(pair.stdout)["tables"]["place_release"]["rows"][0]
        law(f"compare says the same of {lever}", released["difference"] == -row["gain"] and released["difference_low"] == -row["gain_high"]
            and released["p_value"] == row["p_value"] and released["saving"] == row["saving"])

    next(runs.glob("nothing-*")).unlink()
    again = judged(*question, "--csv", "tables", "--json")
    law("the same question has the same answer", again.stdout == first.stdout)
    law("only what is missing is run again", again.stderr.count("taken from") == 5 and again.stderr.count("50 replications in") == 1)
    for name, table in tables.items():
        with open(folder / "tables" / f"{name}.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))[1:]
        law(f"{name}: CSV and JSON have the same rows", rows == [[cell_text(cell) for cell in row.values()] for row in table["rows"]])

    law("one copy is the run itself", judged(*question, "--json", "--steady", 1).stdout == first.stdout)
    steady = json.loads(judged(*question, "-q", "--json", "--steady", 2, "--only", "other-order").stdout)["tables"]
    law("copies tell what they save", all(row["steady_error"] > 0 for row in steady["days_gained"]["rows"] if row["lever"] == "other-order"))

    spread = judged(*question, "-q", "--json", "--keep", "spread", before=("mpirun", "-np", "2", "--oversubscribe"))
    law("two ranks give the same answer", spread.stdout == first.stdout)
    few = json.loads(judged(*question, "-q", "--json", "--only", "both,nothing").stdout)["tables"]
    law("--only leaves the others out", [row["lever"] for row in few["days_gained"]["rows"]] == ["nothing changed", "nothing"]
        and few["days_gained_of_bundles"]["rows"][1]["gain"] == both["gain"])

    text = judged(*question).stdout
    for name in RANKINGS:
        lines = text.split("\n" + tables[name]["title"] + "\n")[1].split("\n")[2:6]
        law(f"the terminal ranks {name} the same way", [line.split()[0] for line in lines] == [row["lever"].split()[0] for row in tables[name]["rows"]]
            and all(row["verdict"] in line for line, row in zip(lines, tables[name]["rows"])))
    law("no line is wider than 120 columns", max(map(len, text.splitlines())) <= 120)

end()

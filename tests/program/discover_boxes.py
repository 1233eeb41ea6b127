"""`homeward discover`: the value that decides is found with its limit, counts are those of the result file, nothing is told where nothing decides, and
wrong questions are refused before anything runs.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import tempfile

from shared.laws import QUICK, end, judged, law

N = 400
VALUE = "streams.State mine action budget.exchange"

with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    pathlib.Path("base.yaml").write_text(f"""include: [{QUICK}]
name: base
streams: {{State mine action budget: {{exchange: {{distribution: uniform, low: 0.1, high: 1.9, source: test}}}}}}
""")
    for words, arguments in (("what is bad?", ()), ("--bad is 'PLACE after", ("--bad", "everything")), ("--bad is 'PLACE after", ("--bad", "people by 2025-12-31 > 3")),
                             ("did you mean 'Aghali'", ("--bad", "Agali after 2022-06-30")), ("outside what", ("--bad", "land by 1999-12-31 < 3")),
                             ("--bad is 'PLACE after", ("--bad", "people by 2025-12-31 < nan")), ("--bad is 'PLACE after", ("--bad", "victims > inf"))):
        refused = judged("discover", "base.yaml", "-n", N, *arguments, code=2)
        law(f"refused with '{words}': {refused.stderr}", words in refused.stderr)
    few = judged("discover", "base.yaml", "-n", 49, "--bad", "victims > 3", code=2)
    law(f"too few worlds are refused: {few.stderr}", "fewer than 50 worlds" in few.stderr)
    law("nothing was run for wrong questions", not pathlib.Path("results").exists())

    asked = ("discover", "base.yaml", "-n", N, "--bad", "land by 2023-12-31 < 25")
    first = judged(*asked, "--json").stdout
    told = {name: table["rows"] for name, table in json.loads(first)["tables"].items()}
    limit, box = told["limits"][0], told["box"][0]
    law(f"money decides: {told['limits']}", limit["value"] == VALUE and limit["low"] is None and 0.3 < limit["high"] < 1 and limit["kept"] >= 90)
    law(f"most of the bad worlds lie there, and most there are bad: {box}", box["bad_inside"] > 0.6 * box["bad"] and box["bad_inside"] > 0.6 * box["inside"])
    facts = {row["fact"]: row["value"] for row in told["about"]}
    law(f"it says what was asked: {facts}", facts["seed"] == "1" and facts["worlds"] == str(N) and facts["bad"] == "land by 2023-12-31 < 25"
        and len(facts["scenario digest"]) > 64 and facts["program version"])
    pathlib.Path("tense.yaml").write_text("include: [base.yaml]\nname: tense\nlevers: {tension: {on: 2021-06-01}}\n")
    tense = json.loads(judged("discover", "tense.yaml", "-n", N, "-q", "--bad", "land by 2023-12-31 < 25", "--json").stdout)["tables"]["box"]["rows"][0]
    law(f"values of a lever are looked at where it is on, and only there: {tense}, {box}", tense["inputs"] > box["inputs"])
    law("two ranks give the same bytes", judged(*asked, "--json", "-q", "--keep", "spread", before=("mpirun", "-np", "2", "--oversubscribe")).stdout == first)

    late = json.loads(judged("discover", "base.yaml", "-n", N, "-q", "--bad", "Aghali after 2023-06-30", "--json").stdout)["tables"]["box"]["rows"][0]
    summary = json.loads(judged("summary", next(pathlib.Path("results/runs").glob("base-*")), "--by", "2023-06-30", "--json").stdout)["tables"]
    chance = next(row for row in summary["place_release_by"]["rows"] if row["place"] == "Aghali" and row["by"] == "2023-06-30")
    law(f"bad is what summary says is not released: {late}, {chance}", abs(100 * (1 - late["bad"] / N) - chance["probability"]) < 1e-6)
    nothing = judged("discover", QUICK, "-n", 100, "-q", "--bad", "land by 2021-03-31 < 0").stdout
    law(f"where nothing is bad nothing is told: {nothing[:120]}", "is so in none of 100 worlds: there is nothing to tell apart" in " ".join(nothing.split()))
    all_bad = judged("discover", QUICK, "-n", 100, "-q", "--bad", "land by 2021-03-31 < 1e6").stdout
    law(f"nor where all is bad: {all_bad[:120]}", "is so in all of 100 worlds: there is nothing to tell apart" in " ".join(all_bad.split()))
    text = judged(*asked, "-q").stdout
    law("no line is wider than 120 columns", max(map(len, text.splitlines())) <= 120)

end()

"""`homeward worth`: a decision that turns on one value makes that value worth knowing and no other; the same decision twice turns on nothing; wrong
questions are refused before anything runs.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import tempfile

import numpy as np

from shared.laws import QUICK, end, judged, law

N = 150

with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    # The survey's pace is very uncertain; the decision gives up most of the money for teams that survey faster or slower than it.
    pathlib.Path("base.yaml").write_text(f"""include: [{QUICK}]
name: base
streams: {{State mine action budget: {{exchange: {{distribution: uniform, low: 0.1, high: 1.9, source: test}}}}}}
""")
    pathlib.Path("fixed.yaml").write_text("""name: fixed
streams: {State mine action budget: {exchange: {value: 1, source: test}}}
""")
    pathlib.Path("same.yaml").write_text("name: same\n")

    for words, arguments in (("is certain in this scenario", ("--of", "planning.rule")), ("no uncertain value is called 'nothing'", ("--of", "nothing")),
                             ("--for is 'people by", ("--for", "happiness")), ("did you mean 'Aghali'", ("--for", "days of Agali")),
                             ("outside what is simulated", ("--for", "land by 1999-01-01"))):
        refused = judged("worth", "base.yaml", "fixed.yaml", "-n", N, *arguments, code=2)
        law(f"refused with '{words}': {refused.stderr}", words in refused.stderr)
    few = judged("worth", "base.yaml", "fixed.yaml", "-n", 49, code=2)
    law(f"too few worlds are refused: {few.stderr}", "fewer than 50 worlds" in few.stderr)
    off = judged("worth", "base.yaml", "fixed.yaml", "-n", N, "--of", "levers.tension", code=2)
    law(f"what nothing reads is refused: {off.stderr}", "nothing reads 'levers.tension'" in off.stderr)
    for price in ("0", "-1", "much", "inf"):
        judged("worth", "base.yaml", "fixed.yaml", "-n", N, "--price", price, code=2)
    law("nothing was run for wrong questions", not pathlib.Path("results").exists())

    money = "streams.State mine action budget.exchange"
    asked = ("worth", "base.yaml", "fixed.yaml", "-n", N, "--for", "land by 2022-12-31", "--of", f"{money},hazard_areas.Aghali village.area,settings.belt.signals")
    first = judged(*asked, "--error", 100, "--json").stdout
    told = {name: table["rows"] for name, table in json.loads(first)["tables"].items()}
    items = {row["of"]: row for row in told["worth"]}
    law(f"whether today's money is more or less than the other is worth knowing: {items}", items[money]["verdict"] == "clear among all"
        and items[money]["share"] > 40)
    law("and nothing else is", all(row["verdict"] == "could be zero" for name, row in items.items() if name != money))
    law("a measurement with error is worth less", 0 < items[money]["measured"] < items[money]["worth"])
    law("neighbours agree", np.isclose(items[money]["nearest"], items[money]["worth"], atol=items[money]["worth_error"] + 0.1 * items[money]["worth"]))
    law("the most worth is told first", told["worth"][0]["of"] == money)
    law("two ranks give the same bytes", judged(*asked, "--error", 100, "--json", "-q", "--keep", "spread",
                                                before=("mpirun", "-np", "2", "--oversubscribe")).stdout == first)

    law("spaces around the names are no part of them", judged(*(part.replace(",", " , ") if "belt" in str(part) else part for part in asked),
                                                              "--error", 100, "--json").stdout == first)
    facts = {row["fact"]: row["value"] for row in told["about"]}
    law(f"it says what was asked: {facts}", facts["seed"] == "1" and facts["worlds for each decision"] == str(N) and facts["measure"] == "land released by 2022-12-31"
        and len(facts["scenario digest"]) > 64 and facts["program version"])

    pathlib.Path("tense.yaml").write_text("name: tense\nlevers: {tension: {on: 2021-06-01}}\n")
    calm, tense = ({row["of"]: row for row in json.loads(judged("worth", "base.yaml", decision, "-n", N, "--for", "victims", "-q", "--json").stdout)
                    ["tables"]["worth"]["rows"]} for decision in ("fixed.yaml", "tense.yaml"))
    law("values of a lever that is off are not asked about", not any(name.startswith("levers.") for name in calm) and len(calm) > 10)
    law("those of a lever that one decision pulls are", any(name.startswith("levers.tension.") for name in tense))
    law("what nothing but chance shows is not called clear", all(row["p_value"] > 0.001 for row in calm.values() if row["verdict"] != "clear among all"
                                                                 and row["worth"] == 0))
    victims = json.loads(judged("worth", "base.yaml", "fixed.yaml", "-n", N, "--for", "victims", "--of", money, "-q", "--json").stdout)["tables"]
    law("victims are told as they are counted", all(row["mean"] > 0 for row in victims["decisions"]["rows"]))
    shown = judged("worth", "base.yaml", "fixed.yaml", "-n", N, "--for", "land by 2022-12-31", "-q").stdout
    law(f"among all, what might be zero is shown only where nothing is clear: {shown}", shown.count("could be zero") in ((0,) if "clear among all" in shown else range(6)))

    nothing = json.loads(judged("worth", "base.yaml", "same.yaml", "-n", N, "--of", money, "-q", "--json").stdout)["tables"]
    law("of one decision twice nothing is worth knowing", nothing["worth"]["rows"][0]["worth"] == 0 and nothing["decisions"]["rows"][1]["difference"] == 0)
    dollars = json.loads(judged(*asked, "--price", "1e6", "-q", "--json").stdout)["tables"]["decisions"]
    law("with a price all is dollars", dollars["units"]["mean"] == "million USD")
    text = judged(*asked, "-q").stdout
    law("everything is weather and chance too", "weather and chance included" in " ".join(text.split()))
    law(f"it begins with its sentence: {text[:60]}", text.startswith("  By what is known today the best of 2 decisions is "))
    law("no line is wider than 120 columns", max(map(len, text.splitlines())) <= 120)

end()

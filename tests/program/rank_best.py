"""`homeward rank`: what is far behind is left out early, what is the same cannot be separated, figures are those of the worlds that were run, and wrong
questions are refused before anything runs.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import tempfile

import numpy as np

from shared.laws import QUICK, end, judged, law, tables

with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    for name, more in (("plan", ""), ("same", ""), ("poor", "streams: {State mine action budget: {factor: {2021: 0.2}}}"),
                       ("rich", "streams: {State mine action budget: {factor: {2021: 1.2}}}")):
        pathlib.Path(f"{name}.yaml").write_text(f"include: [{QUICK}]\nname: {name}\n{more}\n")
    measure = ("--for", "land by 2023-12-31")
    for words, arguments in (("best for what?", ("--indifference", 1)), ("which difference does not matter?", measure),
                             ("which difference does not matter?", (*measure, "--indifference", "-1")),
                             ("--for is 'people by", ("--for", "luck", "--indifference", 1)), ("--batch is", (*measure, "--indifference", 1, "--batch", 5)),
                             ("outside what is simulated", ("--for", "land by 1999-12-31", "--indifference", 1))):
        refused = judged("rank", "plan.yaml", "poor.yaml", *arguments, code=2)
        law(f"refused with '{words}': {refused.stderr}", words in refused.stderr)
    law("nothing was run for wrong questions", not pathlib.Path("results").exists())

    asked = ("rank", "plan.yaml", "poor.yaml", "rich.yaml", *measure, "--indifference", 0.5, "--batch", 40, "--most", 400)
    first = judged(*asked, "--json").stdout
    rows = {row["scenario"]: row for row in json.loads(first)["tables"]["ranking"]["rows"]}
    law(f"the poor is left out: {rows}", rows["poor"]["verdict"] == "left out" and rows["poor"]["worlds"] == 40)
    law("from the best down", [row["difference"] for row in rows.values()] == sorted((row["difference"] for row in rows.values()), reverse=True))
    law("the best is held against itself", next(iter(rows.values()))["difference"] == 0)
    again = tables("compare", "plan.yaml", "poor.yaml", "-n", 40, "-s", 1, "--by", "2023-12-31", "-q")["land"]
    difference = next(row["difference"] for row in again if row["by"] == "2023-12-31")
    if rows["plan"]["difference"] == 0:
        law(f"compare says the same of the same worlds: {difference}", np.isclose(rows["poor"]["difference"], difference))
    law("two ranks give the same bytes", judged(*asked, "--json", "-q", "--keep", "spread", before=("mpirun", "-np", "2", "--oversubscribe")).stdout == first)

    facts = {row["fact"]: row["value"] for row in json.loads(first)["tables"]["about"]["rows"]}
    law(f"it says what was asked: {facts}", facts["seed"] == "1" and facts["indifference"] == "0.5 km2" and facts["program version"])
    law("and of whom", sum(row["fact"] == "scenario digest" for row in json.loads(first)["tables"]["about"]["rows"]) == 3)

    # The same scenario whose places stand in another order, and one that lacks a place.
    lines = QUICK.read_text().splitlines()
    begin = lines.index("places:")
    finish = next(i for i in range(begin + 1, len(lines)) if lines[i] and not lines[i].startswith(" "))
    block = lines[begin + 1:finish]
    starts = [i for i, line in enumerate(block) if line.startswith("  ") and line[2] not in " #" and line.endswith(":")]
    heads, entries = block[:starts[0]], [block[one:next_one] for one, next_one in zip(starts, [*starts[1:], len(block)])]
    whole = "\n".join(lines).replace("  - layers/", f"  - {QUICK.parent}/layers/").splitlines()
    for name, order in (("turned", entries[::-1]), ("lacking", [entry for entry in entries if entry[0] != "  Minjivan:"])):
        text = "\n".join(whole[:begin + 1] + heads + [line for entry in order for line in entry] + whole[finish:])
        pathlib.Path(f"{name}.yaml").write_text(text.replace("name: Zangilan, quick", f"name: {name}") + "\n")
    for question in ("days of Minjivan", "p(Minjivan by 2024-12-31)"):
        rows = {row["scenario"]: row for row in tables("rank", "plan.yaml", "turned.yaml", "--for", question, "--indifference", 5, "--batch", 40, "--most", 40,
                                                       "-q")["ranking"]}
        law(f"a place is found by its name wherever it stands: {question}, {rows}", all(row["difference"] == 0 for row in rows.values()))
        law(f"days are told as they are counted: {rows}", all(row["mean"] >= 0 for row in rows.values()))
        absent = judged("rank", "plan.yaml", "lacking.yaml", "--for", question, "--indifference", 5, "--batch", 40, "--most", 40, "-q", code=2).stderr
        law(f"a scenario without the place is named: {absent}", "Minjivan" in absent and "also of lacking" in absent)
    victims = tables("rank", "plan.yaml", "poor.yaml", "--for", "victims", "--indifference", 1e2, "--batch", 40, "--most", 40, "-q")["ranking"]
    law(f"victims are counted, and the best has the fewest: {victims}", 0 < victims[0]["mean"] <= victims[1]["mean"]
        and victims[1]["difference"] >= 0)

    same = judged("rank", "plan.yaml", "same.yaml", *measure, "--indifference", 0.5, "--batch", 40, "--most", 80, "-q")
    law(f"the same cannot be separated: {same.stdout}", same.stdout.startswith("  2 of 2 cannot be separated"))
    law("more worlds will not tell what is the same", "the same in every world: more worlds will not tell" in " ".join(same.stdout.split()))
    law("no line is wider than 120 columns", max(map(len, same.stdout.splitlines())) <= 120)

end()

"""`homeward pledge`: the receipt adds up, says what `homeward compare` says of the same scenarios, asks what each string costs, and refuses what is
no gift before anything runs.

Arguments: the program, the source folder."""
import json
import os
import pathlib
import tempfile

import numpy as np

from shared.laws import QUICK, end, judged, law, tables

N = 40
GIFT = """
streams:
  A gift: {kind: donor, amount: 2 MUSD, pledged: 2023-01-01, valid_for: 3 years, tranches: 3, overhead: 8 %%, source: test%s}
"""


def near(a, b):
    return np.isclose(a, b, rtol=1e-8, atol=1e-8)


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    tied, untied = pathlib.Path("tied.yaml"), pathlib.Path("untied.yaml")
    tied.write_text(GIFT % ", only_operators: [ANAMA], condition: performance")
    untied.write_text(GIFT % ", only_operators: [ANAMA]")
    for path in (tied, untied):
        pathlib.Path(f"whole-{path}").write_text(f"include: [{QUICK}, {path}]\nname: with\n")

    pathlib.Path("more.yaml").write_text(GIFT % "" + "planning: {rule: worst_first}\n")

    base = ("pledge", QUICK, "-n", N)
    for words, arguments in (("what is given?", ()), ("--years wants when", ("--amount", "2 MUSD", "--years", "2026-2023")),
                             ("says a part of it in words", ("--pledge", tied, "--overhead", "8 %")),
                             ("gives nothing", ("--pledge", QUICK)),
                             ("did you mean 'ANAMA'", ("--amount", "2 MUSD", "--years", "2023", "--only-operator", "ANAMI")),
                             ("did you mean 'performance'", ("--amount", "2 MUSD", "--years", "2023", "--condition", "performence")),
                             ("did you mean 'Aghali'", ("--pledge", tied, "--place", "Agali")),
                             ("after the horizon", ("--amount", "2 MUSD", "--years", "2040")),
                             ("begins before the scenario does", ("--amount", "2 MUSD", "--years", "2015")),
                             ("'The gift' gives nothing", ("--amount", "0 USD", "--years", "2023")),
                             ("Aghalii", ("--amount", "2 MUSD", "--years", "2023", "--given", "Aghalii released by 2022-06-30")),
                             ("at least 2 worlds", ("--amount", "2 MUSD", "--years", "2023", "-n", 1)),
                             ("changes 'planning.rule', which is no money of the gift", ("--pledge", "more.yaml"))):
        refused = judged(*(base[:2] if "-n" in arguments else base), *arguments, code=2)
        law(f"refused with '{words}': {refused.stderr}", words in refused.stderr)
    law("nothing was run for wrong questions", not pathlib.Path("results").exists())

    # ---- What the reader knows: what holds for worlds in which it is so, and for those in which it is not, is what holds for all, weighed ----
    parts = []
    for known in ((), ("--given", "Aghali not released by 2022-06-30"), ("--given", "Aghali released by 2022-06-30")):
        rows = tables("pledge", QUICK, "-n", 120, "--pledge", tied, "--tied", "--place", "Aghali", *known)
        worlds = next(int(row["value"]) for row in rows["about"] if row["fact"] == "replications used")
        parts.append((worlds, np.array([row["gain"] for row in rows["brought"]] + [row["mean"] for row in rows["gift"]])))
    (every, whole), (some, yes), (others, no) = parts
    law(f"each world is on one side: {some} and {others} of {every}", every == 120 and some + others == every and min(some, others) >= 30)
    law(f"both sides together are the whole receipt: {whole}, {yes}, {no}", near((some * yes + others * no) / every, whole).all() and not near(yes, no).all())

    asked = (*base, "--pledge", tied)
    first = judged(*asked, "--json").stdout
    told = {name: table["rows"] for name, table in json.loads(first)["tables"].items()}
    money = {row["money"]: row["mean"] for row in told["gift"]}
    law(f"all of the pledge goes somewhere: {money}", near(money["pledged"], 2)
        and near(sum(money.get(fate, 0) for fate in ("spent", "lapsed", "returned", "dropped", "held")), 2))
    reasons = sum(row["mean"] for row in told.get("unspent", []))
    law(f"what is not spent has reasons, also where it never came: {reasons}", near(reasons, money["pledged"] - money["spent"]))

    brought = {row["what"]: row for row in told["brought"]}
    added = brought["mine action in all until the horizon"]
    law("a million's part is the gain over the millions pledged", all(near(row["per_million"], row["gain"] / 2) for row in told["brought"]))
    law("what is added in each year adds up", near(sum(row["added"] for row in told["by_year"]), added["gain"]))
    law("what the gift spends in each year adds up", near(sum(row["gift_spent"] for row in told["by_year"]), money["spent"]))
    sums = np.cumsum([row["gift_spent"] for row in told["by_year"]])
    last = next(i for i, spent in enumerate(sums) if spent >= 0.99 * sums[-1])
    early = next(row for what, row in brought.items() if what.startswith("mine action in all by "))
    law(f"what is added while the gift is spent ends with the year of its last hundredth: {early}", early["what"].endswith(f"{told['by_year'][last]['year']}-12-31")
        and near(sum(row["added"] for row in told["by_year"][:last + 1]), early["gain"]))
    streams = {row["stream"]: row for row in told["streams"]}
    law("more of all streams is more mine action and more building",
        near(sum(row["spent"] for row in told["streams"]) - streams["State reconstruction budget"]["spent"], added["gain"]))
    law("the gift's stream spends all that the gift spends", near(streams["A gift"]["spent"], money["spent"]))

    compared = tables("compare", QUICK, "whole-tied.yaml", "-n", N, "--floor", "-q", "--by", "2030-12-31")
    spending = next(row for row in compared["money"] if row["purpose"] == "mine action in all" and row["scenario"] == "whole-tied")
    law(f"compare says the same of money: {spending}", near(spending["difference"], added["gain"]) and near(spending["difference_low"], added["gain_low"]))
    aghali = next(row for row in compared["place_release"] if row["place"] == "Aghali" and row["scenario"] == "whole-tied")
    law("and of a place", near(-aghali["difference"], next(row for row in told["places"] if row["place"] == "Aghali")["gain"]))

    strings = {row["gift"]: row for row in told["strings"]}
    law(f"each string is asked about: {list(strings)}", list(strings) == [
        "without the earmark for operators", "without its condition", "paid at once", "valid twice as long", "without all these strings"])
    without = tables(*base, "--pledge", untied, "--tied")
    law("tied asks nothing of strings", "strings" not in without)
    law("a string taken away is a string never said", near(
        next(row for row in without["brought"] if row["what"] == added["what"])["gain"] - added["gain"], strings["without its condition"]["added"]))

    words = judged(*base, "--json", "--amount", "2 MUSD", "--years", "2023-2025", "--only-operator", "ANAMA", "--condition", "performance",
                   "--overhead", "8 %", "--tranches", 3, "--name", "A gift").stdout
    law("in words or in a file, a gift is the same", json.loads(words)["tables"]["brought"]["rows"] == told["brought"])
    law("two ranks give the same bytes", judged(*asked, "--json", "-q", "--keep", "spread", before=("mpirun", "-np", "2", "--oversubscribe")).stdout == first)
    one = tables(*asked, "--place", "Aghali")["brought"]
    law(f"of a place its own days and its own chance: {one[0]}", one[0]["what"] == "days gained until release, Aghali" and near(one[0]["gain"], -aghali["difference"]))


    short = tables(*base, "--tied", "--amount", "2 MUSD", "--years", "2023")
    law(f"what is given for one year comes within it: {short['gift']}", near(next(row["mean"] for row in short["gift"] if row["money"] == "disbursed"), 2))
    parts = tables(*base, "--tied", "--amount", "2 MUSD", "--years", "2023", "--tranches", 4)
    came = next(row["mean"] for row in parts["gift"] if row["money"] == "disbursed")
    law(f"in parts nearly all of it: {came}", came > 1.8)
    late = pathlib.Path("late.yaml")
    late.write_text("streams:\n  A gift: {kind: donor, amount: 2 MUSD, pledged: 2023-01-01, valid_for: 1 year, tranches: 3, source: test}\n")
    late = judged(*base, "--tied", "-q", "--pledge", late).stdout
    law(f"what never comes is said: {late[:200]}", " never come: " in " ".join(late.split()) and "dropped: not paid by the end date" in late)

    nothing = judged(*base, "--tied", "-q", "--amount", "2 MUSD", "--years", "2030").stdout
    law(f"an interval that is not known is left out: {nothing[:300]}", "(95 %: ? to ?)" not in " ".join(nothing.split()) and "same in all worlds" in nothing)
    law(f"in tables it is (?): {nothing}", "(?)" in nothing and "(-–-)" not in nothing)
    listed, hired = (judged(*base, "--tied", "-q", "--amount", "20 MUSD", "--years", "2023", "--set", f"capacity.growth={growth}").stdout for growth in ("fixed", "by_money"))
    law(f"where money hires nobody the receipt says so, and what would change it: {listed}", "teams as listed " in listed and "Teams as listed:" in listed and "growth: by_money" in listed)
    law(f"where it hires it does not: {hired}", "Teams as listed:" not in hired)

    dayless = pathlib.Path("dayless.yaml")
    dayless.write_text("streams:\n  A gift: {kind: donor, amount: {p10: 1 MUSD, p50: 2 MUSD, p90: 4 MUSD}, valid_for: 60 years, source: test}\n")
    dayless = tables(*base, "--pledge", dayless)
    law("a pledge without a day is of the start", dayless["by_year"][0]["year"] == "2020" or dayless["by_year"][0]["year"] == 2020)
    law(f"no time is doubled beyond all times: {dayless['strings']}", all("twice" not in row["gift"] for row in dayless["strings"]))
    given = next(row["mean"] for row in dayless["gift"] if row["money"] == "pledged")
    law("of an uncertain pledge a million's part is less certain than the gain", all(
        row["per_million_high"] - row["per_million_low"] > (row["gain_high"] - row["gain_low"]) / given for row in dayless["brought"]
        if row["gain"] != 0 and row["gain_low"] is not None))
    two = pathlib.Path("two.yaml")
    two.write_text((GIFT % "") + "  Another: {kind: donor, amount: 1 MUSD, pledged: 2023-01-01, valid_for: {p10: 1 year, p50: 2 years, p90: 3 years}, source: test}\n")
    names = [row["gift"] for row in tables(*base, "--pledge", two)["strings"]]
    law(f"what only some of the gift is freed of is called so: {names}", "valid twice as long, where that time is certain" in names)
    cut = tables(*base, "--tied", "--amount", "2 MUSD", "--years", "2023-2025", "--horizon", "2024-06-30")
    spent = next(row["gain"] for row in cut["brought"] if row["what"].startswith("mine action"))
    law(f"a year that the horizon cuts is told too: {cut['by_year']}", near(sum(row["added"] for row in cut["by_year"]), spent) and spent > 0)
    law(f"what is not paid by then has its reason too: {cut['unspent']}", near(
        sum(row["mean"] for row in cut["unspent"]), 2 - next(row["mean"] for row in cut["gift"] if row["money"] == "spent")))

    houses = pathlib.Path("houses.yaml")
    houses.write_text((GIFT % "").replace("kind: donor", "kind: donor, pays: reconstruction"))
    houses = ("-q", "--tied", "--pledge", houses)
    built = tables(*base, *houses)
    names = [row["what"] for row in built["brought"]]
    law(f"money for houses adds reconstruction: {names}", names[-1] == "reconstruction in all until the horizon")
    law(f"what of it is left has its reason: {built['unspent']}", near(
        sum(row["mean"] for row in built["unspent"]), 2 - next((row["mean"] for row in built["gift"] if row["money"] == "spent"), 0)))
    law("and is added to what other streams build", near(built["brought"][-1]["gain"], sum(
        row["spent"] for row in built["streams"] if row["stream"] in ("State reconstruction budget", "A gift"))))
    said = " ".join(judged(*base, *houses).stdout.split())
    law(f"its sentence says so: {said[:300]}", "Reconstruction in all grows by" in said)

    told = judged(*base, "--tied", "-q", "--amount", "2 MUSD", "--years", "2023", "--as-of", "2021-12-31").stderr
    law(f"what the base takes as known is told once, and the gift that is asked about is none of it: {told}", told.count("of a later time") == 1)

    text = judged(*asked, "-q").stdout
    law(f"the receipt begins with its sentence: {text[:80]}", text.startswith("  Of 2.0 million dollars pledged "))
    law("no line is wider than 120 columns", max(map(len, text.splitlines())) <= 120)

end()

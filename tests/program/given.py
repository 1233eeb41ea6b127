"""What the reader knows: figures of the worlds that agree with it, with the errors of so few, and said so at the top.

Arguments: the program, the source folder."""
import os
import pathlib
import re
import tempfile

import h5py
import numpy
from shared.laws import QUICK, end, homeward, judged, law, run, tables

NOT_YET, COME = "Aghali not released by 2022-06-30", "Aghali released by 2022-06-30"


def release(path, place="Aghali", variable="place_release_day"):
    with h5py.File(path) as file:
        start = numpy.datetime64(file["place_release_day"].attrs["units"].decode().split("since ")[1][:10]) \
            if isinstance(file["place_release_day"].attrs["units"], bytes) else numpy.datetime64(file["place_release_day"].attrs["units"].split("since ")[1][:10])
        names = [name.decode() for name in file["place"][:]]
        return start, file[variable][:][:, names.index(place)]


def row_of(rows, place):
    return next(row for row in rows if row["place"] == place)


def kept_of(start, days, day):
    return numpy.floor(days) <= (numpy.datetime64(day) - start).astype(int)  # False for NaN


def p50(start, days):
    """The day in the middle, and None where it never comes."""
    x = numpy.sort(numpy.where(numpy.isnan(days), numpy.inf, days))
    return x[len(x) // 2]


def figures_are_those_of_the_worlds_that_agree():
    start, days = release("all.h5")
    come = kept_of(start, days, "2022-06-30")
    for given, kept in ((NOT_YET, ~come), (COME, come)):
        answer = tables("summary", "all.h5", "--given", given, "--by", "2023-06-30")
        about = {row["fact"]: row["value"] for row in answer["about"]}
        law(f"{given}: {about['replications used']} worlds are left, not {kept.sum()}", about["replications used"] == str(kept.sum()))
        law("what is given stands in the table of what was run, with how many contradict it",
            about["given"] == given and about["replications that contradict it"] == str((~kept).sum()))
        by = next(row for row in answer["place_release_by"] if row["place"] == "Aghali" and row["by"] == "2023-06-30")
        share = 100 * kept_of(start, days[kept], "2023-06-30").mean()
        law(f"{given}: by mid 2023 in {by['probability']} %, not in {share:.2f} %", abs(by["probability"] - share) < 0.06)
        row = row_of(answer["place_release"], "Aghali")
        law(f"{given}: no quantile contradicts it", (row["p10"] > "2022-06-30") if given == NOT_YET else (row["p90"] <= "2022-06-30"))
    everywhere = tables("summary", "all.h5", "--given", NOT_YET, "--by", "2023-06-30")["place_release_by"]
    before = tables("summary", "all.h5", "--by", "2023-06-30")["place_release_by"]
    law("errors of other places are wider", all(
        new["probability_error"] > old["probability_error"] for old, new in zip(before, everywhere)
        if old["place"] not in ("Aghali",) and 20 < old["probability"] < 80 and 20 < new["probability"] < 80))


def several_things_are_known():
    start, days = release("all.h5")
    _, lived = release("all.h5", variable="place_first_return_day")
    kept = ~kept_of(start, days, "2021-12-31") & kept_of(start, lived, "2024-12-31")
    text = homeward("summary", "all.h5", "--given", "Aghali is not released by 2021-12-31", "--given", "Aghali lived in by 2024-12-31")
    law("two things, with and without 'is'", f'Given "Aghali is not released by 2021-12-31" and "Aghali lived in by 2024-12-31": {kept.sum()} of 300 worlds agree' in text)
    law("the sentence stands above the tables", text.index("Given ") < text.index("How to read"))
    district = homeward("summary", "all.h5", "--given", "district:Zangilan not released by 2022-01-01")
    law("districts are known, too", "worlds agree" in district)
    law("explain asks the same worlds", f": {kept.sum()} of 300" in homeward("explain", "all.h5", "--place", "Aghali", "--given", "Aghali not released by 2021-12-31",
                                                                           "--given", "Aghali lived in by 2024-12-31"))
    law("what all worlds agree with changes no figure", tables("summary", "all.h5", "--given", "Aghali not released by 2020-11-11")["place_release"] ==
        tables("summary", "all.h5")["place_release"])


def variants_are_asked_on_the_same_worlds():
    judged("run", QUICK, "-n", "300", "-q", "--no-page", "--set", "planning.rule=worst_first", "-o", "variant.h5")
    start, days = release("all.h5")
    kept = ~kept_of(start, days, "2022-06-30")
    _, variant = release("variant.h5")
    text = homeward("compare", "all.h5", "variant.h5", "--given", NOT_YET)
    law("compare says it of the base", f'Given "{NOT_YET}": {kept.sum()} of 300 worlds agree' in text and "in the base." in text)
    law("and does not take the others for unfinished", "not finished" not in text)
    rows = tables("compare", "all.h5", "variant.h5", "--given", NOT_YET)
    horizon = (numpy.datetime64("2030-12-31") - start).astype(int) + 1
    mean = (numpy.where(numpy.isnan(variant), horizon, variant) - numpy.where(numpy.isnan(days), horizon, days))[kept].mean()
    row = row_of(rows["place_release"], "Aghali")
    law(f"its differences are of these worlds: {row['difference']}, not {mean:.2f}", abs(row["difference"] - mean) < 1.01)
    done = run("compare", "all.h5", "variant.h5", "--given", NOT_YET, "--page", "p.html")
    law("its page cannot say it", done.returncode == 2 and not os.path.exists("p.html"))


def mistakes_are_told():
    cases = [
        ("Aghali released by 2021-01-30", "--given: only 0 of 300 worlds agree with what is given, and 30 are the fewest"),
        ("Aghalii not released by 2022-06-30", "did you mean 'Aghali'?"),
        ("Aghali freed by 2022-06-30", "--given wants 'PLACE released by DATE'"),
        ("Aghali released by 2022-06-31", "'2022-06-31' is not a date"),
        ("Aghali released by 2051-01-01", "2051-01-01 is outside of what was simulated"),
        ("district:Zangilan lived in by 2023-01-01", "it is not known of district:Zangilan whether it is lived in"),
    ]
    for given, expected in cases:
        for words in (("summary", "all.h5"), ("explain", "all.h5", "--place", "Aghali"), ("report", "all.h5", "-o", "wrong.html")):
            done = run(*words, "--given", given)
            law(f"{words[0]}, {given}: {done.returncode}, {done.stderr}", done.returncode == 2 and expected in done.stderr and done.stdout == "")
    law("and no page is written", not os.path.exists("wrong.html"))
    page = judged("report", "all.h5", "--given", NOT_YET, "-o", "page.html")
    if page.returncode == 0:
        text = pathlib.Path("page.html").read_text(encoding="utf-8")
        law("the page knows what is given", re.search(r'"given":\["Aghali not released by 2022-06-30"\],"left_out":\d+', text))


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    judged("run", QUICK, "-n", "300", "-q", "--no-page", "-o", "all.h5")
    figures_are_those_of_the_worlds_that_agree()
    several_things_are_known()
    variants_are_asked_on_the_same_worlds()
    mistakes_are_told()
    os.chdir("/")
end()

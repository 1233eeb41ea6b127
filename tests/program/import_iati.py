"""`homeward import` of IATI: totals by year and type are those of an independent computation, nothing is counted twice, every broken file is told
with line and reason, what is written loads, and a large file takes little memory.

Arguments: the program, the source folder. HW_IMPORT_MB: megabytes of the large file (32)."""
import collections
import datetime
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from shared.laws import PROGRAM, QUICK, ask, end, judged, law

RATES = {("EUR", "2021-01-01"): 1.2, ("EUR", "2022-06-01"): 1.05, ("EUR", "2022-06-20"): 1.06, ("GBP", "2022-06-01"): 1.25}
NAMES = {"1": "incoming funds", "2": "commitment", "3": "disbursement", "4": "expenditure", "11": "incoming commitment", "12": "pledge", "13": "incoming pledge"}
MADE = "2023-06-30"


def day(text):
    return datetime.date.fromisoformat(text)


def transaction(kind, date, value, currency="USD", value_date=None, more=""):
    return (f'<transaction><transaction-type code="{kind}"/><transaction-date iso-date="{date}"/>'
            f'<value currency="{currency}" value-date="{value_date or date}">{value}</value>{more}</transaction>\n')


def planned(first, last, value, currency="USD"):
    return f'<planned-disbursement><period-start iso-date="{first}"/><period-end iso-date="{last}"/><value currency="{currency}" value-date="{MADE}">{value}</value></planned-disbursement>\n'


def activity(identifier, *money, title=None, reporter="XX-DONOR", status="2", more="", sector='<sector code="15250"/>', country='<recipient-country code="AZ"/>'):
    return (f'<iati-activity default-currency="USD">\n<iati-identifier>{identifier}</iati-identifier>\n<reporting-org ref="{reporter}" type="10"><narrative>R</narrative></reporting-org>\n'
            f'<title><narrative>{title or identifier}</narrative></title>\n<activity-status code="{status}"/>\n{country}{sector}{more}\n{"".join(money)}</iati-activity>\n')


def document(*activities, made=MADE, version="2.03"):
    made = f' generated-datetime="{made}T08:00:00Z"' if made else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="{version}"{made}>\n{"".join(activities)}</iati-activities>\n'


def write(name, text):
    path = pathlib.Path(name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def answer(path, *more):
    return {name: table["rows"] for name, table in json.loads(ask("import", path, "--plan", "--json", "--rates", "rates.csv", *more).stdout)["tables"].items()}


# ---- An independent computation ----

def rate(currency, date):
    if currency == "USD":
        return 1
    days = [at for name, at in RATES if name == currency and day(at) <= day(date) <= day(at) + datetime.timedelta(31)]
    return RATES[currency, max(days)] if days else None


def share(element, outer, tag, code, known=lambda part: True):
    """Of the amount's own parts, or else of its activity's."""
    parts = [part for part in element.findall(tag) if known(part)] or [part for part in outer.findall(tag) if known(part)]
    if len(parts) == 1 and parts[0].get("percentage") is None:
        return float(parts[0].get("code") == code)
    return sum(float(part.get("percentage")) for part in parts if part.get("code") == code) / sum(float(part.get("percentage")) for part in parts)


def independent(path, country="AZ", sector="15250"):
    """Year, type and currency: counted and told elsewhere, each as number, amount and USD. Of files that are right."""
    activities = {}
    for one in ElementTree.parse(path).getroot().findall("iati-activity"):
        if one.find("activity-status").get("code") in "56":
            continue
        sums = []
        for money in [*one.findall("transaction"), *one.findall("planned-disbursement")]:
            value = money.find("value")
            kind = money.find("transaction-type").get("code") if money.tag == "transaction" else "planned"
            first = money.find("transaction-date" if money.tag == "transaction" else "period-start").get("iso-date")
            worth = rate(value.get("currency"), value.get("value-date"))
            part = share(money, one, "sector", sector, lambda s: s.get("vocabulary", "1") == "1") * share(money, one, "recipient-country", country)
            if kind not in (*NAMES, "planned") or worth is None or part == 0:
                continue
            out, into = money.find("provider-org"), money.find("receiver-org")
            sums.append(dict(kind=kind, day=day(first), amount=float(value.text) * part, currency=value.get("currency"), usd=float(value.text) * part * worth, counted=1.0,
                             until=day(money.find("period-end").get("iso-date")) if kind == "planned" else None,
                             provider=None if out is None else out.get("ref"), of=None if out is None else out.get("provider-activity-id"),
                             receiver=None if into is None else into.get("ref"), to=None if into is None else into.get("receiver-activity-id")))
        name = one.find("iati-identifier").text
        activities[name] = dict(sums=sums, reporter=one.find("reporting-org").get("ref"), parents=set(), children=set())
        activities[name]["links"] = [(r.get("type"), r.get("ref")) for r in one.findall("related-activity")]
    for name, one in activities.items():
        for kind, other in one["links"]:
            parent, child = (other, name) if kind == "1" else (name, other)
            if parent in activities and child in activities:
                activities[parent]["children"].add(child)

    def below(name):
        return any(activities[child]["sums"] or below(child) for child in activities[name]["children"])
    aside = {name for name in activities if below(name)}
    for name in aside:
        for one in activities[name]["sums"]:
            one["counted"] = 0
    match(activities, aside)
    for name in activities.keys() - aside:
        plans(activities[name]["sums"])
        if not makes_sense(activities[name]["sums"]):
            activities[name]["sums"] = []
    totals = collections.defaultdict(lambda: [0, 0.0, 0.0, 0, 0.0, 0.0])
    for one in (s for a in activities.values() for s in a["sums"]):
        row = totals[str(one["day"].year), NAMES.get(one["kind"], "planned disbursement"), one["currency"]]
        for at, part in ((0, one["counted"]), (3, 1 - one["counted"])):
            row[at] += part > 0
            row[at + 1] += part * one["amount"]
            row[at + 2] += part * one["usd"]
    return totals


def match(activities, aside):
    """Every receiver's telling with the nearest one of a giver; then what a receiver makes of that money."""
    givers = {"1": "3", "11": "2", "13": "12"}
    came = collections.defaultdict(lambda: {"paid": 0.0, "promised": 0.0})
    free = [(name, s) for name in activities.keys() - aside for s in activities[name]["sums"]]
    used = set()
    for name, into in sorted(((n, s) for n, s in free if s["kind"] in givers), key=lambda pair: (pair[1]["amount"], pair[1]["day"])):
        def agrees(giver, out):
            if giver == name or (into["of"] not in (None, giver) and into["of"] not in aside) or (out["to"] not in (None, name) and out["to"] not in aside):
                return False
            parties = (into["provider"] and into["provider"] in (activities[giver]["reporter"], out["provider"])
                       and out["receiver"] and out["receiver"] in (activities[name]["reporter"], into["receiver"]))
            return into["of"] == giver or out["to"] == name or parties
        found = [(abs((out["day"] - into["day"]).days), i) for i, (giver, out) in enumerate(free)
                 if i not in used and out["kind"] == givers[into["kind"]] and out["currency"] == into["currency"] and round(out["amount"], 2) == round(into["amount"], 2)
                 and abs((out["day"] - into["day"]).days) <= 31 and agrees(giver, out)]
        if found:
            used.add(min(found)[1])
            into["counted"] = 0
            came[name]["paid" if into["kind"] == "1" else "promised"] += into["usd"]
    for name, sums in came.items():
        most = max(sums.values())
        for kinds in (("2", "12"), ("3", "4", "planned")):
            own = [s for s in activities[name]["sums"] if s["kind"] in kinds]
            told = sum(s["usd"] for s in own)
            for one in own:
                one["counted"] *= max(0, 1 - most / told) if told > 0 else 1


def plans(sums):
    made, used = day(MADE), 0.0
    for one in sums:
        usd = one["counted"] * one["usd"]
        if one["kind"] != "planned" or usd <= 0:
            continue
        if one["until"] <= made:
            one["counted"] = 0
        elif one["day"] <= made:
            paid = sum(s["counted"] * s["usd"] for s in sums if s["kind"] in "34" and s["day"] >= one["day"])
            gone = min(usd, max(0, paid - used))
            used += gone
            one["counted"] *= 1 - gone / usd
            one["day"] = made + datetime.timedelta(1)


def makes_sense(sums):
    """Whether what a stream would be made of is more than nothing, in all and by year; an activity that is not makes no stream."""
    def of(kinds):
        return [s for s in sums if s["kind"] in kinds and s["counted"] > 0]
    orders = [("2",), ("11",), ("12",), ("13",), ("3", "4"), ("1",)]
    chosen = next((of(kinds) for kinds in orders if of(kinds)), [])
    if of(("planned",)):
        chosen = of(("planned",)) + (of(("3", "4")) or of(("1",)))
    by_year = not chosen or chosen[0]["kind"] in ("3", "4", "1", "planned")
    return not chosen or sum(s["counted"] * s["usd"] for s in chosen) > 0.005 and not (by_year and min(paid_by_year(chosen).values(), default=0) < -0.005)


def paid_by_year(sums):
    years = collections.defaultdict(float)
    for one in sums:
        last = one["until"] or one["day"]
        for at in range((last - one["day"]).days + 1):
            years[(one["day"] + datetime.timedelta(at)).year] += one["counted"] * one["usd"] / ((last - one["day"]).days + 1)
    return years


def the_same(path, *more, **asked):
    rows = answer(path, *more)
    told = {(row["year"], row["type"], row["currency"]): [row[c] for c in ("count", "amount", "usd", "elsewhere_count", "elsewhere_amount", "elsewhere_usd")] for row in rows["money"]}
    wanted = independent(path, **asked)
    law(f"{path}: the same years, types and currencies: {told.keys() ^ wanted.keys()}", told.keys() == wanted.keys())
    for key in told.keys() & wanted.keys():
        law(f"{path}, {key}: {told[key]} is {wanted[key]}", all(abs(a - b) <= 1e-6 + 1e-9 * abs(b) for a, b in zip(told[key], wanted[key])))
    return rows


# ---- Files that are right ----

def hand_made():
    """Everything that a layer must count once: a programme and its projects, a transfer that both sides tell, shares, corrections, plans."""
    return document(
        activity("XX-DONOR-P", transaction(2, "2022-06-05", 3000000), more='<related-activity type="2" ref="XX-DONOR-P1"/>'),
        activity("XX-DONOR-P1", transaction(2, "2022-06-05", 1000000, "EUR", more='<receiver-org ref="XM-AGENCY"/>'), transaction(2, "2022-06-25", "-50000.50", "EUR"),
                 more='<related-activity type="1" ref="XX-DONOR-P"/><activity-date type="3" iso-date="2024-12-31"/><default-aid-type vocabulary="2" code="3"/>'),
        activity("XX-DONOR-P2", transaction(3, "2022-06-30", 400000, more='<receiver-org ref="XM-AGENCY" receiver-activity-id="XM-AGENCY-1"/>'),
                 transaction(3, "2021-01-10", 100000, "EUR"), planned("2023-01-01", "2023-12-31", 500000), planned("2024-01-01", "2025-12-31", 731000),
                 more='<related-activity type="1" ref="XX-DONOR-P"/>'),
        activity("XM-AGENCY-1", transaction(1, "2022-07-02", 400000, more='<provider-org ref="XX-DONOR" provider-activity-id="XX-DONOR-P2"/>'),
                 transaction(4, "2022-08-01", 250000), transaction(4, "2023-02-01", 350000), reporter="XM-AGENCY"),
        activity("XX-DONOR-3", transaction(12, "2023-01-15", 800000), sector='<sector vocabulary="1" code="15250" percentage="25"/><sector vocabulary="1" code="15220" percentage="75"/>'
                 '<sector vocabulary="99" code="MINES"/>', title='Pledge for "the North"'),
        activity("XX-DONOR-4", transaction(2, "2022-06-01", 10), status="5"),
        activity("XX-DONOR-5", transaction(2, "2022-06-01", 70000, "GBP"), transaction(5, "2022-06-01", 1), transaction(2, "2019-01-01", 9, "GBP"),
                 title="Pledge for 'the North'", country='<recipient-country code="AZ" percentage="50"/><recipient-country code="GE" percentage="50"/>'))


def check_hand_made():
    rows = the_same(write("hand.xml", hand_made()), "--country", "AZ")
    told = {row["name"]: row["tells"] for row in rows["taken"]}
    law(f"by hand: {told}", told == {
        "XX-DONOR-P1": "996999.47 USD promised 2022-06-05", "XX-DONOR-P2": "1751000 USD by year, 2021 to 2025", "XM-AGENCY-1": "200000 USD by year, 2022 to 2023",
        "Pledge for 'the North'": "200000 USD promised 2023-01-15", "Pledge for 'the North' XX-DONOR-5": "43750 USD promised 2022-06-01"})
    two = document(activity("XX-1", transaction(2, "2022-06-05", 1000), reporter="XX-FIRST"), activity("XX-2", transaction(2, "2022-06-05", 1000), reporter="XX-SECOND"))
    write("two.xml", two.replace("<narrative>R</narrative>", "<narrative>The first giver</narrative>", 1).replace("<narrative>R</narrative>", ""))
    by = {row["name"]: row["reported_by"] for row in answer("two.xml")["taken"]}
    law(f"each stream names who reported it, by code where there is no name: {by}", by == {"XX-1": "The first giver", "XX-2": "XX-SECOND"})
    other = judged("import", "hand.xml", "--rates", "rates.csv", "--country", "ZZ", "--plan", code=2).stdout
    law(f"money of another country says so, and of which: {other}", "another country (--country)" in other and "'AZ'" in other and "another sector" not in other)
    other = judged("import", "hand.xml", "--rates", "rates.csv", "--country", "AZ", "--sector", "11110", "--plan", code=2).stdout
    law(f"and that of another sector: {other}", "another sector (--sector)" in other and "another country" not in other)
    why = {(row["why"], row["done"]) for row in rows["left_out"]}
    for reason in (("a parent: its children tell its money", "counted elsewhere"), ("the giver tells the same transfer", "counted elsewhere"), ("the activity is cancelled", "not asked for"),
                   ("no exchange rate for the value date (--rates)", "left out"), ("no gift: interest, repayment, equity, guarantee", "not asked for")):
        law(f"{reason} is told: {why}", reason in why)
    law("the family's two sums stand side by side", rows["families"][0]["parent_promised"] == 3000000 and abs(rows["families"][0]["children_promised"] - 996999.47) < 0.01)
    refused = judged("import", "hand.xml", "--plan", "--rates", "rates.csv", code=2)
    law(f"money for two countries is not added up: {refused.stderr}", "several countries" in refused.stderr and "--country" in refused.stderr)
    ask("import", "hand.xml", "--rates", "rates.csv", "--country", "AZ", "-o", "layer.yaml")
    layer = pathlib.Path("layer.yaml").read_text()
    law(f"by year, with nothing behind the end: {layer}", "2022: 400000 USD, 2023: {value: 500000 USD" in layer or "2023: 500000 USD" in layer)
    law("what is spread is marked as assumed", re.search(r"2024: \{value: 366000 USD, source: [^}]*assumed: true\}", layer) is not None)
    law("the end of a schedule is nothing", "2026: 0 USD}" in layer)
    write("with.yaml", f"include: [{QUICK}, layer.yaml]\nname: with\n")
    ask("check", "with.yaml")
    shown = ask("check", "--assumptions", "with.yaml").stdout
    law("each stream says its activity and line", "IATI activity XX-DONOR-P1, hand.xml line" in shown)
    resolved = ask("run", "with.yaml", "-n", "2", "-q", "-o", "with.h5")
    law("what was imported runs", resolved.returncode == 0)
    again = judged("import", "hand.xml", "--rates", "rates.csv", "--country", "AZ", "-o", "layer.yaml", "--replace", code=2)
    law(f"a layer is never replaced: {again.stderr}", "never replaced" in again.stderr and pathlib.Path("layer.yaml").read_text() == layer)


def check_earmarks():
    """Earmarked and tightly earmarked money is tied to what the map knows; softly earmarked money is not, and what the map does not know is told."""
    def tied(identifier, code, *places, by="XM-ORG"):
        where = "".join(f"<location><name><narrative>{place}</narrative></name></location>" for place in places)
        return activity(identifier, transaction(2, "2022-06-05", 1000), more=f'<default-aid-type vocabulary="2" code="{code}"/><participating-org role="4" ref="{by}"/>{where}')
    write("tied.xml", document(tied("SOFT", 2, "Zangilan rayon"), tied("EAR", 3, "Zangilan rayon", "Zəngilan"), tied("TIGHT", 4, by="XM-OTHER"), tied("LOST", 4, "Zangilan rayon", "Shusha")))
    map_text = ("makes: streams\ncolumns:\n  district: {column: location, words: {Zangilan rayon: {means: Zangilan}, Zəngilan: {means: Zangilan}}}\n"
                "  operator: {column: implementing, words: {XM-ORG: {means: ANAMA}}}\n")
    rows = answer("tied.xml", "-c", write("tied-map.yaml", map_text))
    ask("import", "tied.xml", "-c", "tied-map.yaml", "-o", "tied.yaml")
    streams = dict(re.findall(r"^  (\w+):\n(.*?)(?=^  \w|\Z)", pathlib.Path("tied.yaml").read_text(), re.S | re.M))
    ties = {name: (re.findall(r"only_districts: (.*)", text), re.findall(r"only_operators: (.*)", text)) for name, text in streams.items()}
    law(f"ties: {ties}", ties == {"SOFT": ([], []), "EAR": (["[Zangilan]"], ["[ANAMA]"]), "TIGHT": ([], []), "LOST": ([], ["[ANAMA]"])})
    law("earmarks stand in notes", "Told as tightly earmarked" in streams["LOST"] and "Told as softly earmarked" in streams["SOFT"])
    law("what the map does not know is told", sum("the map does not have" in row["why"] for row in rows["left_out"]) == 2)
    write("with.yaml", f"include: [{QUICK}, tied.yaml]\nname: with\n")
    ask("check", "with.yaml")
    wrong = judged("import", "tied.xml", "-c", write("wrong-map.yaml", map_text.replace("location", "place") + "  status: {column: x, words: {a: {means: take}}}\n"), "--plan", code=2)
    law(f"a map of IATI says nothing else: {wrong.stderr}", "wrong-map.yaml:3:" in wrong.stderr and "wrong-map.yaml:5:" in wrong.stderr)


def check_random():
    """Programmes of many projects and chains of transfers: the independent computation has no hand in how the program does it."""
    for seed in range(6):
        dice = random.Random(seed)
        made = []
        for i in range(60):
            kinds = [dice.choice("1 2 3 4 11 12 13 2 3".split()) for _ in range(dice.randrange(6))]
            money = [transaction(kind, f"202{dice.choice('12')}-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}", dice.choice([1000, 2500.25, 40000, -300, 99999.99]), dice.choice(["USD", "USD", "EUR", "GBP"]),
                                 f"2022-06-0{dice.randint(1, 9)}", dice.choice(["", f'<provider-org ref="P{dice.randrange(3)}" provider-activity-id="A{dice.randrange(60)}"/>',
                                                                                f'<receiver-org ref="P{dice.randrange(3)}"/>', f'<receiver-org ref="P1" receiver-activity-id="A{dice.randrange(60)}"/>'])) for kind in kinds]
            money += [planned(f"202{dice.choice('234')}-01-01", f"202{dice.choice('456')}-03-31", 7000) for _ in range(dice.randrange(2))]
            related = f'<related-activity type="1" ref="A{dice.randrange(i)}"/>' if i and dice.random() < 0.3 else ""
            made.append(activity(f"A{i}", *money, reporter=f"P{dice.randrange(3)}", more=related))
        dice.shuffle(made)
        the_same(write(f"random{seed}.xml", document(*made)))


# ---- Files that are broken ----

GOOD = activity("XX-1", transaction(2, "2022-06-05", 1000))


def one(**changes):
    return document(activity("XX-9", changes.pop("money", transaction(2, "2022-06-05", 1000)), **changes))


def swapped(old, new):
    text = document(GOOD)
    assert old in text
    return text.replace(old, new)


BROKEN = {  # name: text, line, words of the reason, whether the file as a whole is refused
    "document type": ("<!DOCTYPE iati-activities>\n" + document(GOOD).partition("\n")[2], 1, "a document type", True),
    "entity of another file": ('<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<iati-activities version="2.03">&x;</iati-activities>', 2, "a document type", True),
    "other document type": ('<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "http://example.org/a.dtd">\n' + document(GOOD).partition("\n")[2], 2, "a document type", True),
    "billion laughs": ('<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY a "lol">' + "".join(f'<!ENTITY {b} "{10 * f"&{a};"}">' for a, b in zip("abcdefgh", "bcdefghi")) + ']>\n<l>&i;</l>', 2, "a document type", True),
    "unknown entity": (swapped("<narrative>XX-1", "<narrative>&what;"), 6, "undefined entity", True),
    "cut short": (document(GOOD)[:-40], 9, "cut short", True),
    "cut within a tag": (document(GOOD)[:300], 6, "cut short", True),
    "empty": ("", 1, "cut short", True),
    "no XML": ("a,b,c\n1,2,3\n", 1, "no well-formed", True),
    "tags that cross": (swapped("</title>", "</titel>"), 6, "mismatched tag", True),
    "attribute twice": (swapped('status code="2"', 'status code="2" code="3"'), 7, "duplicate attribute", True),
    "two roots": (document(GOOD) + "<more/>\n", 12, "junk after document element", True),
    "nested deep": (swapped("<title>", "<title>" + 40 * "<x>"), 6, "nested more than 32 deep", True),
    "many attributes": (swapped("<title>", "<title " + " ".join(f'a{i}="1"' for i in range(200)) + ">"), 6, "more than 64 attributes", True),
    "a tag without end": (swapped("<title>", '<title x="' + 3000000 * "x" + '">'), 6, "longer than 1048576 bytes", True),
    "wrong encoding": (document(GOOD).replace("XX-1<", "\xe9<").encode("latin-1"), 4, "not well-formed", True),
    "unknown encoding": (document(GOOD).replace("UTF-8", "EBCDIC-X"), 1, "unknown encoding", True),
    "version 1": (document(GOOD, version="1.05"), 2, "expected IATI version", True),
    "version missing": (document(GOOD).replace('version="2.03" ', ""), 2, "expected IATI version", True),
    "organisations": ('<iati-organisations version="2.03"/>', 1, "tells no activities", True),
    "another root": (document(GOOD).replace("iati-activities", "activities"), 2, "expected the element 'iati-activities'", True),
    "no identifier": (swapped("<iati-identifier>XX-1</iati-identifier>", ""), 3, "iati-identifier is missing", False),
    "long identifier": (swapped("<iati-identifier>XX-1", "<iati-identifier>" + 5000 * "X"), 3, "iati-identifier is too long", False),
    "no reporter": (swapped(' ref="XX-DONOR"', ""), 3, "reporting-org has no ref", False),
    "no status": (swapped('<activity-status code="2"/>', ""), 3, "activity-status is missing", False),
    "unknown status": (swapped('status code="2"', 'status code="12"'), 3, "unknown activity status", False),
    "twice the same": (document(GOOD, GOOD), 11, "the same identifier stands before", False),
    "its own parent": (one(more='<related-activity type="1" ref="XX-9"/>'), 3, "lead back to itself", False),
    "parents in a ring": (document(activity("A", transaction(2, "2022-06-05", 1), more='<related-activity type="1" ref="B"/>'),
                                   activity("B", transaction(2, "2022-06-05", 1), more='<related-activity type="1" ref="C"/>'),
                                   activity("C", transaction(2, "2022-06-05", 1), more='<related-activity type="1" ref="A"/>')), 19, "lead back to itself", False),
    "type missing": (swapped('<transaction-type code="2"/>', ""), 9, "transaction-type is missing", False),
    "unknown type": (swapped('type code="2"', 'type code="C"'), 9, "unknown transaction type", False),
    "date missing": (swapped('<transaction-date iso-date="2022-06-05"/>', ""), 9, "transaction-date is missing", False),
    "no such date": (swapped('iso-date="2022-06-05"', 'iso-date="2022-06-31"'), 9, "transaction-date is no date", False),
    "a year that nobody means": (swapped('iso-date="2022-06-05"', 'iso-date="0202-06-05"'), 9, "before 1990 or after 2100", False),
    "half a country": (one(country='<recipient-country code="AZ" percentage="50"/>'), 9, "do not add up to 100", False),
    "date of the future": (swapped('iso-date="2022-06-05"', 'iso-date="2026-06-05"'), 9, "after the day on which the file was made", False),
    "value-date missing": (swapped(' value-date="2022-06-05"', ""), 9, "value-date is missing", False),
    "value-date wrong": (swapped('value-date="2022-06-05"', 'value-date="5 June"'), 9, "value-date is no date", False),
    "value missing": (swapped(">1000<", "><"), 9, "value is missing", False),
    "value with a comma": (swapped(">1000<", ">1,000<"), 9, "value is no plain number", False),
    "value in words": (swapped(">1000<", ">1e3<"), 9, "value is no plain number", False),
    "value around elements": (swapped(">1000<", ">1000<b/>000<"), 9, "value is missing", False),
    "value without end": (swapped(">1000<", ">" + 2000000 * "9" + "<"), 9, "value is no plain number", False),
    "absurd value": (swapped(">1000<", ">99999999999999<"), 9, "more than 1e12 USD", False),
    "negative in all": (swapped(">1000<", ">-1000<"), 3, "add up to nothing or less", False),
    "currency missing": (swapped(' currency="USD" ', " ").replace(' default-currency="USD"', ""), 9, "no currency", False),
    "no such currency": (swapped('currency="USD" ', 'currency="dollars" '), 9, "not three capital letters", False),
    "currency without a rate": (swapped('currency="USD" ', 'currency="XDR" '), 9, "no exchange rate", False),
    "percentages beyond 100": (one(sector='<sector code="15250" percentage="80"/><sector code="15220" percentage="80"/>'), 9, "do not add up to 100", False),
    "percentage in words": (one(sector='<sector code="15250" percentage="half"/><sector code="15220" percentage="50"/>'), 9, "a percentage is no number", False),
    "sectors without percentages": (one(sector='<sector code="15250"/><sector code="15220"/>'), 9, "without percentages", False),
    "sector of another list": (one(sector='<sector vocabulary="2" code="152"/>'), 9, "no sector of vocabulary 1", False),
    "plan backwards": (one(money=planned("2025-01-01", "2024-01-01", 5)), 9, "ends before it begins", False),
    "plan of less than nothing": (one(money=planned("2024-01-01", "2025-01-01", -5)), 9, "a plan of less than nothing", False),
    "plan without a day of the file": (document(activity("XX-9", planned("2024-01-01", "2025-01-01", 5)), made=None), 9, "--as-of", False),
    "plan over ages": (one(money=planned("2024-01-01", "2099-01-01", 5)), 3, "more than 60 years", False),
    "an unknown earmark": (one(more='<default-aid-type vocabulary="2" code="7"/>'), 3, "unknown earmark", False),
    "an unknown element": (one(more="<activity-colour/>"), 8, "an element that IATI 2.03 does not have", False),
}


def check_broken():
    for name, (text, line, words, refused) in BROKEN.items():
        path = write("broken.xml", text)
        arguments = ("import", path, "--as", "iati", "--rates", "rates.csv")
        if refused:
            done = judged(*arguments, "-o", "broken.yaml", code=2)
            where = re.match(r"(?:homeward: )?broken\.xml:(\d+):\d+: ", done.stderr)
            law(f"{name}: line {line} and '{words}': {done.stderr.strip()[:300]}", where is not None and int(where[1]) == line and words in done.stderr)
        else:
            done = subprocess.run([PROGRAM, *map(str, arguments), "--plan", "--json"], capture_output=True, text=True, timeout=60)
            rows = [row for row in json.loads(done.stdout)["tables"]["left_out"]["rows"] if words in row["why"]]
            law(f"{name}: line {line} and '{words}': {done.stdout[:600]}", any(row["line"] == line for row in rows))
        law(f"{name}: nothing is written", not pathlib.Path("broken.yaml").exists())
    law(f"{len(BROKEN)} broken files", len(BROKEN) >= 30)
    odd = pathlib.Path("a\nstreams: {x: {}}\n.xml")
    odd.write_text(document(GOOD))
    ask("import", odd, "-o", "odd.yaml")
    law("the name of a file cannot add to a layer", ask("check", write("with.yaml", f"include: [{QUICK}, odd.yaml]\nname: with\n")).returncode == 0)
    utf16 = write("wide.xml", document(GOOD).replace("UTF-8", "UTF-16").encode("utf-16"))
    law("UTF-16 is read as it says", len(answer(utf16)["taken"]) == 1)


# ---- A large file ----

def check_large():
    megabytes = int(os.environ.get("HW_IMPORT_MB", "32"))
    filler = "<description><narrative>" + 40 * "Long words of a programme that nobody needs for a sum. " + "</narrative></description>"
    with open("large.xml", "w", encoding="utf-8") as out:
        out.write(document().removesuffix("</iati-activities>\n"))
        count, value = 0, 0
        while out.tell() < megabytes << 20:
            count += 1
            value += 1000 + count % 7
            related = f'<related-activity type="1" ref="L-{count - 1}"/>' if count % 50 == 0 else ""
            out.write(activity(f"L-{count}", transaction(2, "2022-06-05", 1000 + count % 7), transaction(3, "2022-06-06", 5), transaction(4, "2022-06-07", 5), title=f"Project {count}", more=filler + related))
        out.write("</iati-activities>\n")
    rows, peak = measured("large.xml")
    _, least = measured(write("small.xml", document(GOOD)))
    promised = sum(row["usd"] + row["elsewhere_usd"] for row in rows["money"] if row["type"] == "commitment")
    law(f"{megabytes} MB of {count} activities: every one is counted", promised == value)
    print(f"{megabytes} MB, {count} activities: {peak:.0f} MB of memory at most, {peak - least:.0f} MB more than a file of one activity")
    # Sanitizers keep what is freed.
    law(f"{megabytes} MB are not held in memory: {peak:.0f} - {least:.0f}", peak - least < 0.5 * megabytes or "asan" in str(PROGRAM))


MEASURE = """
import os, sys
out = os.open("told.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1)])
_, status, usage = os.wait4(child, 0)
print(status, usage.ru_maxrss)
"""


def measured(path):
    """The answer, and how much memory it took at most, in MB. A small process starts it: a child is charged with what its parent holds."""
    words = [sys.executable, "-S", "-E", "-c", MEASURE, str(PROGRAM), "import", str(path), "--plan", "--json"]
    status, peak = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout.split()
    law(f"{path} is read", status == "0")
    return {name: table["rows"] for name, table in json.loads(pathlib.Path("told.json").read_text())["tables"].items()}, int(peak) / 1024


with tempfile.TemporaryDirectory() as scratch:
    os.chdir(scratch)
    write("rates.csv", "date,currency,usd\n" + "".join(f"{at},{currency},{usd}\n" for (currency, at), usd in RATES.items()))
    check_hand_made()
    check_earmarks()
    check_random()
    check_broken()
    check_large()
    os.chdir("/")
end()

#!/usr/bin/env bash
# `homeward explain` on a real run. Arguments: the program, the source folder.
set -u
program=$1 source=$2
. "$(dirname -- "$(realpath "$0")")/../laws.sh"


"$program" run "$source/scenarios/quick.yaml" -n 30 -q -o r.h5 || exit 1
"$program" summary r.h5 --csv tables >/dev/null || exit 1
places() { # names, one a line; the file quotes names with commas in them
    /usr/bin/python3 -c 'import csv; [print(row[0]) for row in list(csv.reader(open("tables/place_release.csv")))[1:]]'
}
law "there are places to explain" test -n "$(places)"
while IFS= read -r place; do
    "$program" explain r.h5 --place "$place" >told.txt
    law "$place: the causes add up" test $? -eq 0
    law "$place: a median replication is told" grep -q "One possible future of $place, not a forecast" told.txt
    law "$place: the delay ledger has its causes" grep -q '^  survey queue ' told.txt
    "$program" explain r.h5 --place "$place" --json >told.json
    law "$place: it can be had as JSON" test $? -eq 0
    law "$place: the JSON has story and ledger" /usr/bin/python3 -c '
import json
tables = json.load(open("told.json"))["tables"]
days = [row["day"] for row in tables["story"]["rows"] if row["day"] is not None]
assert days == sorted(days), days
shares = [row["share"] for row in tables["delay"]["rows"] if row["share"] is not None]
assert not shares or abs(sum(shares) - 100) < 1e-6, shares
assert {row["cause"] for row in tables["story_delay"]["rows"]} == {row["cause"] for row in tables["delay"]["rows"]}'
done < <(places)

first=$(places | sed -n 1p)
"$program" explain r.h5 --place "${first}x" 2>wrong.txt
law "an unknown place is an error of input" test $? -eq 2
law "the nearest place is named" grep -qF "did you mean '$first'?" wrong.txt
exit $((failures > 0))

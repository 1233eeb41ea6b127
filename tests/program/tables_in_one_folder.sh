#!/usr/bin/env bash
# Law: tables that Homeward wrote into a folder may be written anew from other results, with other columns and rows; one that somebody has
# changed since, or that Homeward did not write, is kept until --replace, and then none is written.
# usage: tables_in_one_folder.sh PROGRAM SOURCE
set -euo pipefail
program=$1 source=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
fail() { echo "NOT OK: $1"; exit 1; }

"$program" run "$source/scenarios/quick.yaml" -n 8 -q --no-page -o first.h5
"$program" run "$source/scenarios/quick.yaml" -n 8 -q --no-page -o second.h5 --horizon 2026-12-31
"$program" summary first.h5 --csv tables || fail "a new folder is not written"
"$program" summary second.h5 --csv tables --by 2025-06-30 || fail "tables of other columns are not written anew"
"$program" summary first.h5 --csv tables --excel || fail "tables are not written anew for Excel"
"$program" compare first.h5 first.h5 --csv tables --no-page || fail "tables of another command are not written beside them"
"$program" summary first.h5 --csv tables || fail "tables are not known after another command"
cp -r tables before

echo 'my own note' >>tables/place_release.csv
"$program" summary second.h5 --csv tables >out.txt 2>err.txt && fail "a changed table is replaced without a word"
grep -q 'tables/place_release.csv was changed since Homeward wrote it' err.txt || fail "it does not say what is kept: $(cat err.txt)"
for table in before/*.csv; do
    [ "$table" = before/place_release.csv ] || cmp -s "$table" "tables/${table#before/}" || fail "a refused call has written $table"
done
"$program" summary second.h5 --csv tables --replace || fail "--replace does not help"
"$program" summary first.h5 --csv tables || fail "what --replace wrote is not known"

mkdir foreign
printf 'place,visits\nAghali,3\n' >foreign/place_release.csv
"$program" summary first.h5 --csv foreign 2>err.txt && fail "a foreign table is replaced"
[ "$(ls -A foreign)" = place_release.csv ] || fail "a refused call has written something: $(ls -A foreign)"
rm tables/.homeward-tables
"$program" summary first.h5 --csv tables || fail "without a record tables are not known by their headers"
echo ok

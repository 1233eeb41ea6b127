#!/usr/bin/env bash
# The digest of the code that worlds are made of is another one as soon as any of that code is, and the same of the same code: results of
# other code are not used again.
# Argument: the source folder.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -r "$1/sim" "$1/models" "$scratch"
digest() {
  cmake -D FOLDER="$scratch" -D OUTPUT="$scratch/code.c" -P "$1/models/code.cmake"
  grep -o '"[0-9a-f]\{16\}"' "$scratch/code.c"
}
first=$(digest "$1")
[ "$first" = "$(digest "$1")" ] || { echo "the same code has two digests"; exit 1; }
for file in sim/rng.c models/methods/battle_area.c models/land.h; do
  echo >>"$scratch/$file"
  next=$(digest "$1")
  [ "$first" != "$next" ] || { echo "a change of $file leaves the digest as it was"; exit 1; }
  first=$next
done

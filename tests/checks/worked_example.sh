#!/usr/bin/env bash
# Law: the worked example of the contributors' page compiles as it stands, without a warning.
# usage: worked_example.sh SOURCE_FOLDER
set -euo pipefail
cd "$1"
example=$(mktemp --suffix=.c)
trap 'rm -f "$example"' EXIT
awk '/^```c$/ {inside = 1; next} /^```$/ {inside = 0} inside' sim/README.md >"$example"
if ! grep -q 'const hw_method hw_method_rats' "$example"; then
    echo 'sim/README.md has no worked example any more'
    exit 1
fi
cc -std=gnu17 -Wall -Wextra -Wconversion -Wdouble-promotion -Wshadow -Werror -I. -fsyntax-only "$example"

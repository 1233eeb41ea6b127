#!/usr/bin/env bash
# The reference as one page: what the program says of its commands, of all keys of scenarios, sweeps and maps of columns, and of the parts to choose from.
# It is made where it is needed (cmake --install does), not kept in the tree: a copy would be as true as its last making.
#   bash analysis/guide/reference.sh ./homeward >reference.md
set -euo pipefail
program=$1

chapter() { # TITLE COMMAND...
    printf '\n## %s\n\n```text\n' "$1"
    "${@:2}"
    printf '```\n'
}

printf '# Reference\n\nMade by %s from its own help.\n' "$("$program" --version)"
chapter 'Commands' "$program" --help
for command in $("$program" --help | sed -n 's/^  \([a-z]*\)  *[a-z].*/\1/p' | grep -vx homeward); do
    chapter "homeward $command" "$program" "$command" --help
done
chapter 'Methods, rules, conditions, levers, designs, formats' "$program" list
chapter 'Keys of a scenario' "$program" schema
chapter 'Keys of a sweep' "$program" schema --sweep
chapter 'Keys of a map of columns' "$program" schema --map

#!/usr/bin/env bash
# Does what the guide's page of the first hour says, as a reader with the package and nothing else: writes the files that stand on the page
# into the current folder, and runs its commands in their order. What each said goes into said/NUMBER, behind the command.
#
# usage: first_hour.sh PAGE
set -euo pipefail
page=$(realpath "$1")
mkdir said

# A fence names its file; those of sh are commands, those of text are answers.
awk '
    /^```/ && inside { inside = 0; next }
    /^```/ { inside = 1; kind = substr($1, 4); file = kind == "sh" ? "said/commands" : kind == "text" ? "" : $2; next }
    inside && file != "" { print > file }
' "$page"

number=0
while IFS= read -r command; do
    number=$((number + 1))
    printf '$ %s\n' "$command" >"said/$number"
    bash -c "$command" >>"said/$number" 2>&1 </dev/null || { cat "said/$number"; exit 1; }
done <said/commands
[ "$number" -gt 0 ]

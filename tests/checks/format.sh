#!/usr/bin/env bash
# Every C file is as clang-format 14 leaves it. To mend: clang-format -i FILE
# Argument: the source folder. Exit code 77: there is no clang-format of that version, nothing was looked at.
set -euo pipefail
if ! clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
    echo "not checked: no clang-format 14 here (Debian: apt-get install clang-format)" >&2
    exit 77
fi
cd "$1"
find sim models analysis tests -name '*.[ch]' -type f -print0 | sort -z | xargs -0 clang-format --dry-run -Werror

#!/usr/bin/env bash
# Every C file is as clang-format 16 leaves it (14 cannot add braces). To mend: clang-format-16 -i FILE
# Argument: the source folder. Exit code 77: there is no clang-format of that version, nothing was looked at.
set -euo pipefail
if ! command -v clang-format-16 >/dev/null; then
    echo "not checked: no clang-format 16 here (Debian: apt-get install clang-format-16)" >&2
    exit 77
fi
cd "$1"
find sim models analysis tests -name '*.[ch]' -type f -print0 | sort -z | xargs -0 clang-format-16 --dry-run -Werror

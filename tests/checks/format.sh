#!/usr/bin/env bash
# Every C file is as clang-format leaves it. To mend: clang-format -i FILE
# Argument: the source folder.
set -euo pipefail
cd "$1"
find sim models analysis tests -name '*.[ch]' -type f -print0 | sort -z | xargs -0 clang-format --dry-run -Werror

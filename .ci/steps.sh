# What .ci/run and .ci/nightly share: steps with a table of what each took, and the Debian packages they need.

table='' # a row for each step that has ended
current='' # the step that is running

cpu_seconds() { # of this script and all it has started and seen end
    awk -v per_second="$(getconf CLK_TCK)" '{printf "%d", ($14 + $15 + $16 + $17) / per_second}' "/proc/$$/stat"
}

step() { # NAME COMMAND...
    local start=$SECONDS cpu_start
    cpu_start=$(cpu_seconds)
    current=$1
    shift
    printf '\n== %s\n' "$current"
    "$@"
    printf '== %s: passed in %d s\n' "$current" $((SECONDS - start))
    table+=$(printf '%8d s %8d s  %s' $((SECONDS - start)) $(($(cpu_seconds) - cpu_start)) "$current")$'\n'
    current=''
}

say_how_it_ended() {
    local status=$?
    printf '\n%10s %10s  step\n%s%8d s %8d s  all\n' took cpu "$table" "$SECONDS" "$(cpu_seconds)"
    if [ -n "$current" ]; then
        printf '\n== FAILED: %s (exit code %d)\n' "$current" "$status"
    elif [ "$status" -ne 0 ]; then
        printf '\n== FAILED (exit code %d)\n' "$status"
    else
        printf '\n== all steps passed\n'
    fi
}

install_tools() { # PACKAGE...; as root or with sudo, only what is absent
    local tool absent=() rights=''
    for tool; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$tool" 2>/dev/null)" = installed ] || absent+=("$tool")
    done
    [ "${#absent[@]}" -gt 0 ] || return 0
    [ "$(id -u)" -eq 0 ] || rights='sudo -n'
    $rights apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $rights apt-get install -qq --yes --no-install-recommends "${absent[@]}" </dev/null >/dev/null
}

# Without optimisation: clang warns before it makes code. Without the page, which no other step leaves out.
configure_clang() { # FOLDER
    CC=clang cmake --preset debug -B "$1" -D CMAKE_C_FLAGS_DEBUG=-O0 -D HW_PAGE=OFF >/dev/null
}

compile_with_clang() { # FOLDER
    configure_clang "$1"
    cmake --build "$1" -- --quiet
}

# Under sanitizers for every change: each part on its own, what is hostile, and what fails; .ci/nightly has all others, which start the
# program hundreds of times through code that these run as well.
readonly sanitized_always='^(test_|fuzz_|checks_|program_(errors_are_told|hostile_names|messages|warnings_are_told)$)'

test_under_sanitizers() { # ARGUMENTS-OF-CTEST...
    CC=gcc cmake --preset asan-ubsan >/dev/null
    cmake --build --preset asan-ubsan -- --quiet
    ctest --preset asan-ubsan --no-tests=error -j "$(nproc)" "$@"
}

warn_with_clang() { # FOLDER; of the program's files, without making code
    /usr/bin/python3 -c 'import json, os, sys
for unit in json.load(open(sys.argv[1])):
    if os.path.relpath(unit["file"]).split("/")[0] in ("sim", "models", "analysis"):
        print(unit["command"] + " -fsyntax-only", end="\0")' "$1/compile_commands.json" | xargs -0 -P "$(nproc)" -n 1 sh -c
}

all_files() {
    find sim models analysis -name '*.c' -type f | sort
}

# Files that the last sixty changes touched, themselves or their header; all where history does not reach so far.
lately_changed_files() {
    git rev-parse --quiet --verify HEAD~60 >/dev/null 2>&1 || { all_files; return; }
    git diff --name-only HEAD~60 -- sim models analysis | sed -n 's/\.[ch]$/.c/p' | sort -u | while read -r file; do
        [ ! -f "$file" ] || echo "$file"
    done
}

# Names of files come from standard input. One file a run: what clang-tidy 14 says of va_list is wrong from the second file on.
analyse() { # FOLDER [ARGUMENT...]
    xargs -r -d '\n' -P "$(nproc)" -n 1 clang-tidy --quiet -p "$@" 2> >(grep -v 'warnings\? generated' >&2)
}

# The start script does this for its users; steps that start mpirun without it need it as well.
if [ "$(id -u)" -eq 0 ]; then
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
fi

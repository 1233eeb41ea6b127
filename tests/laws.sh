# What tests in shell share: a scratch folder that is left in the end, MPI as anybody, and laws that are counted.
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_mpi_yield_when_idle=1
# The leak checker fails in what MPI leaves behind; the unit tests look for leaks.
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0

failures=0
law() { # law WORDS COMMAND...: the command must succeed
    local words=$1
    shift
    if "$@"; then
        echo "ok: $words"
    else
        echo "NOT OK: $words"
        failures=$((failures + 1))
    fi
}
says() { # says FILE TEXT
    grep -qF -- "$2" "$1" || { echo "expected '$2' in:"; cat "$1"; return 1; }
}

#!/usr/bin/env bash
# The start script in a tree of its own, with stand-ins for dpkg, apt-get, sudo, cmake and the program, and no other
# command on its path than those it may need: nothing is installed or compiled here.
# Arguments: the program (not used), the source folder.
set -euo pipefail

source_dir=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0

stand_in() { # NAME; its body comes from standard input
    { printf '#!/bin/bash\nbox=%q\n' "$box" && cat; } >"$box/bin/$1"
    chmod +x "$box/bin/$1"
}

# An ordinary user without sudo, nothing missing, sources in place, nothing built.
new_box() {
    box=$scratch/$1
    tree="$box/a tree"
    mkdir -p "$box/bin" "$box/elsewhere" "$tree"/{sim,models,analysis}
    local tool
    for tool in bash env readlink realpath dirname find ldd grep sed awk tail touch mv mkdir rm chmod flock sha256sum cut cat sleep nproc; do
        ln -s "$(command -v "$tool")" "$box/bin/$tool"
    done
    cp "$source_dir/homeward" "$tree/"
    touch "$tree"/{CMakeLists.txt,CMakePresets.json,sim/one.c,models/two.c,analysis/three.c}
    : >"$box/missing"
    : >"$box/calls"
    echo 1000 >"$box/uid"
    stand_in id <"$source_dir/tests/program/stand_ins/id"
    stand_in dpkg-query <"$source_dir/tests/program/stand_ins/dpkg-query"
    stand_in apt-get <"$source_dir/tests/program/stand_ins/apt-get"
    stand_in cmake <"$source_dir/tests/program/stand_ins/cmake"
    stand_in ctest <"$source_dir/tests/program/stand_ins/ctest"
}

allow_sudo() {
    stand_in sudo <"$source_dir/tests/program/stand_ins/sudo"
}

missing() {
    printf '%s\n' "$@" >"$box/missing"
}

# start [VARIABLE=VALUE...] -- ARGUMENTS: leaves $status, $box/out and $box/err
start() {
    local settings=() script=${script:-$tree/homeward}
    while [ "$1" != -- ]; do
        settings+=("$1")
        shift
    done
    shift
    status=0
    (cd "$box/elsewhere" && env -i PATH="$box/bin" HOME="$box/home" "${settings[@]}" "$script" "$@") \
        >"$box/out" 2>"$box/err" </dev/null || status=$?
}

die() {
    printf 'FAILED %s: %s\n' "$law" "$1"
    printf -- '--- out\n%s\n--- err\n%s\n--- calls\n%s\n' "$(cat "$box/out")" "$(cat "$box/err")" "$(cat "$box/calls")"
    exit 1
}
status_is() { [ "$status" -eq "$1" ] || die "exit code $status instead of $1"; }
says() { grep -qF -- "$1" "$box/err" || die "does not say: $1"; }
calls() { grep -qx -- "$1" "$box/calls" || die "did not call: $1"; }
never_calls() { ! grep -q -- "$1" "$box/calls" || die "called $1"; }
call_count_is() { [ "$(grep -c -- "$2" "$box/calls")" -eq "$1" ] || die "calls of $2 are not $1"; }

test_arguments_and_folder_reach_the_program_unchanged() {
    start -- run 'a b.yaml' '' '*' '-n 5'
    status_is 0
    printf '%s\n' "$(realpath "$box/elsewhere")" '<run>' '<a b.yaml>' '<>' '<*>' '<-n 5>' >"$box/expected"
    cmp -s "$box/out" "$box/expected" || die "other output"
}

test_exit_code_is_the_programs() {
    start -- exit 17
    status_is 17
}

test_a_link_elsewhere_starts_the_same_tree() {
    ln -s "$tree/homeward" "$box/bin/hw"
    script=hw start -- --version
    status_is 0
    [ -x "$tree/build/release/homeward" ] || die "built elsewhere"
}

test_second_start_builds_nothing_and_says_nothing() {
    start -- --version
    says building
    start -- --version
    call_count_is 1 'cmake --build'
    [ ! -s "$box/err" ] || die "said something"
}

test_changed_added_and_removed_sources_are_built() {
    start -- --version
    echo >>"$tree/models/two.c"
    start -- --version
    call_count_is 2 'cmake --build'
    touch "$tree/sim/new.c"
    start -- --version
    call_count_is 3 'cmake --build'
    rm "$tree/analysis/three.c"
    start -- --version
    call_count_is 4 'cmake --build'
    call_count_is 1 'cmake --preset'
}

test_every_folder_that_is_compiled_is_watched() {
    local watched folder
    watched=" $(sed -n 's/^readonly sources=(\(.*\))/\1/p' "$source_dir/homeward") "
    while read -r folder; do
        [[ "$watched" == *" ${folder%%/*} "* ]] || die "$folder is compiled, but a change in it goes unnoticed"
    done < <(sed -n 's/^hw_floor([a-z_]* \([a-z/]*\) .*/\1/p; s/^file(GLOB.* \([a-z]*\)\/.*/\1/p' "$source_dir/CMakeLists.txt")
    [ -n "${folder+set}" ]
}

test_root_installs_what_is_missing_and_no_more() {
    echo 0 >"$box/uid"
    missing cmake libyaml-dev
    start -- --version
    status_is 0
    calls '.*install --yes --no-install-recommends cmake libyaml-dev'
    never_calls 'apt-get.*update'
    says 'libyaml-dev          scenario files'
}

test_package_lists_are_fetched_when_those_at_hand_are_not_enough() {
    echo 0 >"$box/uid"
    missing cmake
    touch "$box/old_lists"
    start -- --version
    status_is 0
    call_count_is 1 'apt-get.*update'
    call_count_is 2 'apt-get.*install'
}

test_sudo_installs_for_an_ordinary_user() {
    allow_sudo
    missing ninja-build
    start -- --version
    status_is 0
    calls 'sudo -n apt-get.*install .*ninja-build'
}

test_without_rights_the_command_for_an_administrator_is_named() {
    missing gcc nettle-dev
    start -- --version
    status_is 3
    says 'apt-get update && apt-get install --yes --no-install-recommends gcc nettle-dev'
    never_calls apt-get
    never_calls cmake
}

test_no_install_refuses_with_the_same_command() {
    echo 0 >"$box/uid"
    missing gcc nettle-dev
    start -- run x.yaml --no-install
    status_is 3
    says 'apt-get update && apt-get install --yes --no-install-recommends gcc nettle-dev'
    never_calls apt-get
}

test_no_install_is_not_passed_on() {
    start -- --no-install list
    status_is 0
    ! grep -q no-install "$box/out" || die "passed on"
}

test_failed_installation_is_told_with_its_log() {
    echo 0 >"$box/uid"
    missing cmake
    touch "$box/old_lists" "$box/no_network"
    start -- --version
    status_is 3
    says 'Unable to locate package'
    says 'apt-get update && apt-get install'
}

test_failed_build_is_told_with_its_log() {
    touch "$tree/sim/broken.c"
    start -- --version
    status_is 4
    says 'error: broken'
    rm "$tree/sim/broken.c"
    start -- --version
    status_is 0
}

test_under_mpi_nothing_is_installed_or_built() {
    echo 0 >"$box/uid"
    missing cmake
    local launcher
    for launcher in OMPI_COMM_WORLD_SIZE=2 PMI_RANK=0 PMIX_RANK=0 SLURM_PROCID=0; do
        start "$launcher" -- run x.yaml
        status_is 3
        says "homeward --version' once"
    done
    start SLURM_PROCID=1 -- run x.yaml
    status_is 3
    [ ! -s "$box/err" ] || die "every process says the same"
    [ ! -s "$box/calls" ] || die "did something"
}

test_under_mpi_a_built_program_starts_and_a_stale_one_does_not() {
    start -- --version
    start OMPI_COMM_WORLD_SIZE=2 -- --version
    status_is 0
    echo >>"$tree/sim/one.c"
    start OMPI_COMM_WORLD_SIZE=2 -- --version
    status_is 3
    call_count_is 1 'cmake --build'
}

test_root_may_use_mpirun() {
    echo 0 >"$box/uid"
    start -- show OMPI_ALLOW_RUN_AS_ROOT
    grep -qx 1 "$box/out" || die "not set"
    start -- show OMPI_ALLOW_RUN_AS_ROOT_CONFIRM
    grep -qx 1 "$box/out" || die "not set"
}

test_two_at_once_build_once() {
    touch "$box/slow"
    (start -- --version && status_is 0) &
    start -- --version
    status_is 0
    wait $! || die "the other one failed"
    call_count_is 1 'cmake --build'
}

not_mine() { # FOLDER; root may write everywhere: there it is the owner that differs
    if [ "$(id -u)" -eq 0 ]; then
        chown -R 65534 "$1"
    else
        chmod -R a-w "$1"
    fi
}

test_a_tree_that_is_not_mine_is_built_in_the_cache() {
    not_mine "$tree"
    start -- --version
    status_is 0
    [ ! -e "$tree/build" ] || die "wrote into the tree"
    [ "$(find "$box/home/.cache/homeward" -name homeward -type f | wc -l)" -eq 1 ] || die "not in the cache"
    start XDG_CACHE_HOME="$box/other" -- --version
    [ -d "$box/other/homeward" ] || die "not in XDG_CACHE_HOME"
    chmod -R u+w "$tree"
}

test_a_build_by_the_owner_serves_everyone() {
    start -- --version
    not_mine "$tree"
    start -- --version
    status_is 0
    call_count_is 1 'cmake --build'
    chmod -R u+w "$tree"
}

test_a_stale_build_of_another_user_is_left_alone() {
    start -- --version
    not_mine "$tree/build/release"
    echo >>"$tree/sim/one.c"
    start -- --version
    status_is 0
    [ "$tree/build/release/homeward" -ot "$tree/sim/one.c" ] || die "wrote into it"
    chmod -R u+w "$tree"
}

test_another_build_folder_can_be_named() {
    start HOMEWARD_BUILD=here -- --version
    status_is 0
    [ -x "$box/elsewhere/here/homeward" ] || die "not built there"
}

test_a_moved_tree_is_configured_anew() {
    start -- --version
    mv "$tree" "$box/moved tree"
    tree="$box/moved tree"
    echo >>"$tree/sim/one.c"
    start -- --version
    status_is 0
    call_count_is 2 'cmake --preset'
}

test_tests_need_their_own_packages_and_pass_arguments() {
    missing libcmocka-dev
    start -- --version
    status_is 0
    start -- test -R queue
    status_is 3
    says '--no-install-recommends libcmocka-dev'
    : >"$box/missing"
    start -- test -R queue
    status_is 0
    calls 'cmake --preset.* HW_TESTS=ON'
    calls 'ctest .*--no-tests=error.* -R queue'
    says 'all tests passed'
}

test_npm_may_come_from_anywhere() {
    missing npm
    start -- --version
    status_is 3
    says 'npm                  bundles the page'
    stand_in npm </dev/null
    start -- --version
    status_is 0
}

test_without_pages_no_npm_is_needed_and_the_build_remembers_it() {
    missing npm
    start HOMEWARD_PAGE=OFF -- --version
    status_is 0
    calls 'cmake --preset.* HW_PAGE=OFF .*'
    start -- --version
    call_count_is 1 'cmake --build'
    : >"$box/missing"
    start HOMEWARD_PAGE=ON -- --version
    status_is 0
    calls 'cmake --preset.* HW_PAGE=ON .*'
    call_count_is 2 'cmake --build'
}

test_a_failed_test_fails_the_command() {
    touch "$box/failing"
    start -- test
    status_is 1
    says 'tests failed'
}

for law in $(compgen -A function test_); do
    new_box "$law"
    "$law"
    passed=$((passed + 1))
done
echo "$passed passed, 0 failed"

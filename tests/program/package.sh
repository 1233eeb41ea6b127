#!/usr/bin/env bash
# Laws of the Debian package as it is packed: it says what it is and what it needs, its files lie where Debian has such, are everybody's to
# read and nobody's to write, and hold what the source tree holds. tests/packaging/deb.sh installs it.
# usage: package.sh PROGRAM SOURCE_FOLDER. Skipped where Debian's tools for packing are missing.
set -euo pipefail
build=$(dirname -- "$(realpath "$1")")
source_dir=$(realpath "$2")
for tool in cpack dpkg-deb dpkg-shlibdeps; do
    command -v "$tool" >/dev/null || { echo "skipped: no $tool here"; exit 0; }
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
passed=0

law() { # WORDS COMMAND...: the command must succeed
    local words=$1
    shift
    "$@" >out 2>err || { printf 'FAILED: %s\n' "$words"; cat out err; exit 1; } >&2
    passed=$((passed + 1))
}

# Also with a mask that keeps others out.
(umask 077 && law 'it is packed' cpack -G DEB --config "$build/CPackConfig.cmake" -D CPACK_DEBIAN_COMPRESSION_TYPE=gzip -B "$scratch/packed")
deb=$(echo "$scratch"/packed/*.deb)
law 'its name says name, version and machine' bash -c '[[ ${0##*/} =~ ^homeward_[0-9.]+-[0-9]+_[a-z0-9]+\.deb$ ]]' "$deb"
field() {
    dpkg-deb --field "$deb" "$1"
}
law 'it is of the section science' test "$(field Section)" = science
law 'of this machine' test "$(field Architecture)" = "$(dpkg --print-architecture)"
law 'it asks for the libraries that it was built with' grep -qE 'libopenmpi[0-9]+ \(>= .*libyaml|libyaml.*libopenmpi' <(field Depends)
law 'and for mpirun' grep -q 'openmpi-bin' <(field Depends)
law 'it says in one line what it is' bash -c '[ ${#0} -le 80 ]' "$(field Description | head -n 1)"

dpkg-deb -x "$deb" root
law 'nothing lies outside of /usr' test "$(ls root)" = usr
law 'all of it is everybody'"'"'s to read' bash -c '[ -z "$(find root/usr ! -type l ! -perm -444 -o -type d ! -perm -555)" ]'
law 'and nobody else'"'"'s to write' bash -c '[ -z "$(find root/usr ! -type l -perm /022)" ]'
for path in bin/homeward libexec/homeward/homeward_allocations; do
    law "$path is a program" test -x "root/usr/$path"
    law "$path looks for libraries where the system has them" bash -c '! readelf -d "$0" | grep -qE "RPATH|RUNPATH"' "root/usr/$path"
done
law 'the program runs' root/usr/bin/homeward --version
law 'the scenarios are those of the source' diff -r "$source_dir/scenarios" root/usr/share/homeward/scenarios
law 'nothing in it names a folder of this computer' bash -c '! grep -rqF "$0" root/usr/share' "$build"
commands=$(root/usr/bin/homeward --help | sed -n '/^  homeward/q; s/^  \([a-z][a-z]*\) .*/\1/p')
for command in '' $commands; do
    page=root/usr/share/man/man1/homeward${command:+-$command}.1.gz
    law "the manual has a page of homeward $command" gzip -t "$page"
    if command -v man >/dev/null; then
        law 'which man can show' bash -c 'man --warnings -l "$0" >page 2>complaints && [ ! -s complaints ] && [ -s page ]' "$page"
    fi
done
doc=root/usr/share/doc/homeward
law 'its licence is there' grep -q 'Permission is hereby granted' $doc/copyright
law 'and its changes' gzip -t $doc/changelog.Debian.gz
law 'the latest is this version' grep -qF "($(field Version))" <(gzip -dc $doc/changelog.Debian.gz | head -n 1)
law 'the guide is found where Debian has documentation' test -s $doc/guide/strategist.md -a -s $doc/README.md
law 'completion is there' bash -n root/usr/share/bash-completion/completions/homeward
echo "package: $passed laws hold"

#!/usr/bin/env bash
# Laws of the Debian package: it installs into a clean Debian with nothing but what it asks for; an ordinary user runs the main job from
# there, alone and over two ranks, with the same bytes as the program of the source tree; removed, it leaves nothing.
#
# usage: deb.sh DEB PROGRAM SOURCE_FOLDER [ROOT]
#
# As root; needs debootstrap. The clean Debian is made in ROOT (a scratch folder, removed afterwards), of the release of this computer and
# from the place from which this computer's own apt gets it. Its mounts are gone when the script ends, however it ends.
set -euo pipefail
deb=$(realpath "$1")
program=$(realpath "$2")
source_dir=$(realpath "$3")

# Everything in a name space of mounts of its own.
if [ -z "${HW_OWN_MOUNTS:-}" ]; then
    HW_OWN_MOUNTS=yes exec unshare --mount --propagation private bash "$0" "$@"
fi

scratch=$(mktemp -d)
root=${4:-$scratch/root}
trap 'umount -R "$root/proc" "$root/dev/shm" 2>/dev/null; rm -rf --one-file-system "$scratch"' EXIT
passed=0

law() { # WORDS COMMAND...: the command must succeed
    local words=$1
    shift
    "$@" >"$scratch/out" 2>&1 || { printf 'FAILED: %s\n' "$words"; cat "$scratch/out"; exit 1; } >&2
    passed=$((passed + 1))
}

codename=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Component: main' "Codename: $codename" | head -n 1)
if [ -z "$mirror" ]; then
    echo "deb.sh: apt on this computer has no source of $codename main to take a clean Debian from" >&2
    exit 3
fi

[ -e "$root/etc/debian_version" ] || law 'there is a clean Debian' debootstrap --variant=minbase "$codename" "$root" "$mirror"
mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"

inside() { # COMMAND...; as root
    chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
as_user() { # WORDS; a line of shell as the ordinary user, in the home folder
    inside su - planner -c "export LC_ALL=C.UTF-8 OMPI_MCA_rmaps_base_oversubscribe=1; $1"
}

cp "$deb" "$root/root/homeward.deb"
law 'apt knows what is there' inside apt-get update -qq
law 'and installs the package with what it asks for' \
    inside apt-get install -qq --yes --no-install-recommends -o APT::Sandbox::User=root /root/homeward.deb
id=$(inside id -u planner 2>/dev/null || true)
[ -n "$id" ] || law 'there is an ordinary user' inside useradd --create-home --shell /bin/bash planner
as_user 'find . -mindepth 1 -delete' # of an earlier trial in the same ROOT

scenario=/usr/share/homeward/scenarios/great-return.yaml
law 'an ordinary user finds it' as_user 'homeward --version'
law 'and checks a shipped scenario' as_user "homeward check $scenario"
law 'the main job runs' as_user "homeward run $scenario -n 8 -q -o one.h5"
law 'with its page' as_user 'test -s one.html'
law 'it runs over two ranks' as_user "mpirun -np 2 homeward run $scenario -n 8 -q --no-page -o two.h5"
law 'the source tree runs it too' \
    "$program" run "$source_dir/scenarios/great-return.yaml" -n 8 -q --no-page -o "$scratch/source.h5"
law 'one rank: the same bytes as the source tree' cmp "$root/home/planner/one.h5" "$scratch/source.h5"
law 'two ranks: the same bytes' cmp "$root/home/planner/two.h5" "$scratch/source.h5"
law 'results go where the user is' as_user "mkdir -p work && cd work && homeward run /usr/share/homeward/scenarios/quick.yaml -n 4 -q && test -s results/quick.h5"
law 'a new country finds its layers' as_user "homeward new Somewhere --start 2026-01-01 -o somewhere.yaml && homeward run somewhere.yaml -n 4 -q -o somewhere.h5"

# ---- A first country of one's own, from the installed guide alone ----
cp "$(dirname -- "$(realpath "$0")")/first_hour.sh" "$root/home/planner/first_hour.sh"
hour_says() { # COMMAND WORDS...: what a command of the page that begins so must have said
    local command=$1 words said
    shift
    said=$(grep -lF -- "\$ homeward $command" "$root"/home/planner/hour/said/[0-9]* | head -n 1)
    [ -n "$said" ] || { echo "the page has no command homeward $command"; return 1; }
    for words in "$@"; do
        tr -s ' \n' ' ' <"$said" | grep -qF -- "$words" || { echo "'$words' is not in:"; cat "$said"; return 1; }
    done
}
law 'the first hour of the guide goes through, as a user who has the package and nothing else' \
    as_user 'mkdir hour && cd hour && bash ../first_hour.sh /usr/share/doc/homeward/guide/first-hour.md'
law 'its country has five districts and two towns' hour_says 'run karvonia-ours.yaml -n' Orlava Brennig Sarmola Tevik Ulmen 'Orlava town 20' 'Tevik town 20'
law 'the import gives the totals of both donors, by their names' \
    hour_says 'import donors.xml' 'Promises: 1,560,000 USD in 1 streams' 'by year: 800,000 USD in 1 streams' 'Northern Ministry (example)' 'Southern Foundation (example)'
law 'all facts of the table are taken' hour_says 'import tasks.csv' '7 of 7 rows taken' 'land_released Tevik 2025-01-01 to 2025-12-31 38 ha'
law 'the forecast says as of when it is, and that it has learnt' \
    hour_says 'run karvonia-ours.yaml --as-of' 'As of 2025-12-31: from what was known by then' 'conditioned (power' 'on 5 facts known by 2025-12-31'
law 'the receipt tells what is added, not what is spent alone' hour_says 'pledge' 'Of 3.0 million dollars pledged' 'Mine action in all grows by' 'As of 2025-12-31'

unchanged() { # dpkg names each installed file whose bytes are not those of the package
    inside dpkg --verify homeward | tee "$scratch/changed"
    [ ! -s "$scratch/changed" ]
}
law 'what is installed stays as it was' unchanged
law 'completion is there' as_user '. /usr/share/bash-completion/completions/homeward && complete -p homeward'
law 'so is the manual' inside gzip -t /usr/share/man/man1/homeward.1.gz /usr/share/man/man1/homeward-run.1.gz
law 'and the guide, where Debian keeps such' inside test -s /usr/share/doc/homeward/guide/strategist.md
law 'it is removed' inside dpkg --purge homeward
law 'and leaves nothing' test -z "$(find "$root/usr" -iname '*homeward*')"
echo "deb: $passed laws hold"

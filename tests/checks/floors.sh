#!/usr/bin/env bash
# The floors of the house: a file includes its own floor and those below it, by its path from the root, and only the
# libraries of its floor; below analysis/ only the progress reporter speaks to the terminal. The same of the rooms of
# analysis/: a room uses those before it. A file begins with a comment on what it is for.
# Argument: the source folder.
set -euo pipefail
cd "$1"

# Floor, floors it may include, libraries it may include besides the C library. A path is on the first floor that
# begins it.
readonly floors='
sim/input/  sim/input/,sim/                             yaml.h,nettle/
sim/run/    sim/run/,sim/                               mpi.h,hdf5,H5,zlib.h,jansson.h
sim/        sim/                                        gsl/,Random123/
models/     models/,sim/                                gsl/
analysis/   analysis/,models/,sim/run/,sim/input/,sim/  gsl/,mpi.h,hdf5,H5,zlib.h,jansson.h,nlopt.h,microhttpd.h,expat.h,nettle/base64.h
'
# Headers with these beginnings are of a library that only some floors may use.
readonly libraries='yaml.h|nettle/|mpi.h|hdf5|H5|zlib.h|gsl/|Random123/|jansson.h|nlopt.h|microhttpd.h|expat.h'

# Rooms of analysis/, lowest first.
readonly rooms='base tables figures scenario results summary compare sweep sensitivity belief decide pictures page intake desk country archive bench commands'

files() {
    find sim models analysis -name '*.[ch]' -type f | sort
}

# Reads include lines as grep -n prints them, keeps those that no row allows.
trespasses() {
    awk -v floors="$floors" -v libraries="^($libraries)" '
        BEGIN {
            count = split(floors, rows, "\n")
            for (i = 1; i <= count; i++) {
                if (split(rows[i], field, " ") != 3) continue
                folder[++n] = field[1]; own[n] = field[2]; outside[n] = field[3]
            }
        }
        function begins_with_one_of(text, list,    parts, i) {
            for (i = split(list, parts, ","); i > 0; i--) if (index(text, parts[i]) == 1) return 1
            return 0
        }
        function floor_of(path,    i) {
            for (i = 1; i <= n; i++) if (index(path, folder[i]) == 1) return i
            return 0
        }
        {
            match($0, /^[^:]*:[0-9]+:/)
            file = substr($0, 1, RLENGTH); rest = substr($0, RLENGTH + 1)
            match(rest, /[<"].*[>"]/)
            header = substr(rest, RSTART + 1, RLENGTH - 2); quoted = substr(rest, RSTART, 1) == "\""
            here = floor_of(file); there = floor_of(header)
            if (quoted) trespass = !index("," own[here] ",", "," folder[there] ",")
            else trespass = header ~ libraries && !begins_with_one_of(header, outside[here])
            if (trespass) print file " " folder[here] " may not include " header
        }'
}

# The same lines: keeps those that go up from one room to a later one, and files that stand in no room.
back_arrows() {
    awk -v rooms="$rooms" '
        BEGIN { n = split(rooms, names, " "); for (i = 1; i <= n; i++) place[names[i]] = i }
        {
            split($0, from, "/")
            if (!(from[2] in place)) { print $0 ": not in a room of analysis/"; next }
            match($0, /"analysis\/[^"]*"/)
            if (!RSTART) next
            split(substr($0, RSTART + 1, RLENGTH - 2), to, "/")
            if (!(to[2] in place) || place[to[2]] > place[from[2]]) print $0 ": analysis/" from[2] " comes before analysis/" to[2]
        }'
}

found=$(files | xargs grep -nE '^[[:space:]]*#[[:space:]]*include' | trespasses)
arrows=$(find analysis -name '*.[ch]' -type f | sort | xargs grep -nE '^[[:space:]]*#[[:space:]]*include' | back_arrows)
# The last words before abort() or exit() are allowed.
spoken=$(files | grep -v -e '^analysis/' -e '^sim/run/progress\.c$' | xargs awk '
    FNR == 1 { held = "" }
    held != "" && !/(abort|exit)\(/ { print held }
    { held = "" }
    /(^|[^a-z_])(printf|puts|putchar|vprintf|perror) *\(|(^|[^a-z_])(stdout|stderr)([^a-z_]|$)/ && !/^ *(\/?\*|\/\/)/ {
        held = FILENAME ":" FNR ": speaks to the terminal:" $0
    }')
# Each file begins with a comment on what it is for.
silent=$(files | xargs awk 'FNR == 1 && !/^\/\*/ { print FILENAME ": says nothing about itself in its first line" }')
if [ -n "$found$arrows$spoken$silent" ]; then
    printf '%s\n' "$found" "$arrows" "$spoken" "$silent" | sed '/^$/d'
    exit 1
fi
echo "floors: $(files | wc -l) files keep to theirs, and those of analysis/ to their rooms"

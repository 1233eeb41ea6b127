#!/bin/sh
# What the container starts: homeward, or mpirun with homeward behind it. The desk serves 127.0.0.1 of the container alone, which nobody
# outside reaches; what comes in at port 8643 is passed on to it there. Publish that port for your own computer only:
#   -p 127.0.0.1:8642:8643
set -eu
case ${1:-} in
mpirun) exec "$@" ;;
desk) socat TCP-LISTEN:8643,fork,reuseaddr TCP:127.0.0.1:8642 & ;;
esac
exec homeward "$@"

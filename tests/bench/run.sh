#!/bin/sh
# make bench: sixphase against the real node of this machine.
cd "$(dirname "$0")/../.." || exit 1
NODE=${NODE:-$(command -v node)}
[ -n "$NODE" ] || { echo 'bench: no node on this machine (set NODE=/path/to/node)' >&2; exit 66; }
mkdir -p build/bench
${CC:-gcc} -std=c17 -D_GNU_SOURCE -O2 -o build/bench/bench tests/bench/bench.c || exit 1
echo "node $("$NODE" --version), $(uname -m), $(nproc) cores, $(date -u +%Y-%m-%d); CPU time per event, slopes; sync-* against node --jitless"
build/bench/bench ./sixphase "$NODE" tests/bench "${RUNS:-3}"
${CC:-gcc} -std=c17 -D_GNU_SOURCE -O2 -o build/bench/screen tests/bench/screen.c || exit 1
echo "the terminal UI, in a pseudo-terminal"
build/bench/screen ./sixphase scenarios/phases/event-loop-order.json build/bench

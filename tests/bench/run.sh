#!/bin/sh
# make bench: sixphase against the real node of this machine, in five tables and a look at the terminal UI.
# TABLE=workloads|sync|growth|trace|start|screen: only that one; ROW=timers: only the rows with this in their names;
# RUNS=5: so many runs for a median.
set -eu
cd "$(dirname "$0")/../.."
NODE=${NODE:-$(command -v node || true)}
[ -n "$NODE" ] || { echo 'bench: no node on this machine (set NODE=/path/to/node)' >&2; exit 66; }
CC=${CC:-gcc} RUNS=${RUNS:-3} TABLE=${TABLE:-} ROW=${ROW:-} BENCH=tests/bench
mkdir -p build/bench
flags='-std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra -I.'
# shellcheck disable=SC2086
$CC $flags -o build/bench/bench $BENCH/bench.c $BENCH/measure.c

table() { # NAME CAPTION: true if it is asked for
  [ -z "$TABLE" ] || [ "$TABLE" = "$1" ] || return 1
  printf '\n%s\n\n' "$2"
}
bench() { build/bench/bench "$1" ./sixphase "$NODE" $BENCH "$RUNS" ${ROW:+"$ROW"}; }

echo "node $("$NODE" --version), $(uname -m), $(nproc) cores, $(date -u +%Y-%m-%d); CPU time; medians of $RUNS runs, alternating"
if table workloads 'Nanoseconds per event (slopes, so without the start); a scenario is exported to JavaScript for node'; then bench workloads; fi
if table sync 'Synchronous code, nanoseconds per operation'; then bench sync; fi
if table growth 'How much longer ten times the events take (at most 11)'; then bench growth; fi
if table trace 'What a trace costs (at most 50 % more, 32 bytes an event, 10 ms for a jump)'; then
  # shellcheck disable=SC2086
  $CC $flags -o build/bench/trace $BENCH/trace.c $BENCH/measure.c build/release/libsixphase.a ${LIBS:--luv -lcjson -lz -lm}
  build/bench/trace $BENCH ${ROW:+"$ROW"}
fi
if table start 'Whole processes, from start to end'; then bench start; fi
[ -z "$ROW" ] || exit 0
if table screen 'The terminal UI, in a pseudo-terminal'; then
  # shellcheck disable=SC2086
  $CC $flags -o build/bench/screen $BENCH/screen.c
  build/bench/screen ./sixphase scenarios/phases/event-loop-order.json build/bench
fi

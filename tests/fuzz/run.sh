#!/bin/sh
# Fuzzes each target fuzz_NAME.c for FUZZ_SECONDS (60) from its seeds on. usage: tests/fuzz/run.sh [NAME...]
# What a target found is left in build/fuzz/, and the exit status is 1.
cd "$(dirname "$0")/../.." || exit 1
command -v clang > /dev/null || { echo "make fuzz needs clang: apt-get install clang"; exit 1; }
SECONDS_EACH=${FUZZ_SECONDS:-60}
FLAGS="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined"
make --no-print-directory MODE=fuzz CC=clang OPT_fuzz="-O1 -g -fno-omit-frame-pointer $FLAGS" build/fuzz/libsixphase.a || exit 1
seeds() { # the files that a target begins with: tests and scenarios, and tests/fuzz/corpus/NAME
  case $1 in
    parse) for seed in async-gen-yield-star inspect-errors-and-classes; do echo "tests/conformance/$seed.js"; done ;;
    run) for seed in conformance/async-generator-basic conformance/finally-cost conformance/inspect-basics conformance/stream-pipeline \
      conformance/timers-promises js/crypto/hashes js/net/conversation; do echo "tests/$seed.js"; done ;;
    scenario) for seed in phases/all-phases promises/all-settled io/conversation errors/emitter-error promises/finally \
      timers/interval-period io/pool-of-one io/sync-blocks async-await/try-without-await; do echo "scenarios/$seed.json"; done ;;
  esac
  [ ! -d "tests/fuzz/corpus/$1" ] || ls tests/fuzz/corpus/"$1"/*
}
[ $# -gt 0 ] || set -- $(ls tests/fuzz/fuzz_*.c | sed 's,.*/fuzz_\(.*\)\.c,\1,')
status=0
for name; do
  target=build/fuzz/fuzz_$name found=build/fuzz/found/$name
  rm -rf "build/fuzz/seeds/$name"
  mkdir -p "$found" "build/fuzz/seeds/$name"
  cp $(seeds "$name") "build/fuzz/seeds/$name"
  clang -std=c17 -D_GNU_SOURCE -I. -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -o "$target" \
    "tests/fuzz/fuzz_$name.c" build/fuzz/libsixphase.a -lcjson -luv -lz -lm || exit 1
  echo "fuzz_$name: $SECONDS_EACH s"
  "$target" -max_total_time="$SECONDS_EACH" -timeout=10 -rss_limit_mb=3000 -max_len=4096 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="build/fuzz/$name-" "$found" "build/fuzz/seeds/$name" > "build/fuzz/$name.log" 2>&1
  if [ $? -eq 0 ]; then grep -E 'number_of_executed_units' "build/fuzz/$name.log"
  else status=1; echo "fuzz_$name found something:"; grep -vE '^INFO' "build/fuzz/$name.log" | tail -n 25; fi
done
exit $status

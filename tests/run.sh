#!/bin/sh
# Runs every test that this machine can run, one summary line at the end. usage: tests/run.sh BUILD
cd "$(dirname "$0")/.." || exit 1
BUILD=${1:-build/release}
SIXPHASE=${SIXPHASE:-./sixphase}
export SIXPHASE
passed=0 failed=0 skipped=0
LOG=$(mktemp)
trap 'rm -f "$LOG"' EXIT

tap() { # tap NAME COMMAND...: counts TAP lines, shows what failed
  name=$1
  shift
  "$@" > "$LOG" 2>&1
  status=$?
  p=$(grep -c '^ok ' "$LOG") f=$(grep -c '^not ok ' "$LOG") s=$(grep -c '^ok .*# [Ss][Kk][Ii][Pp]' "$LOG")
  [ "$status" -ne 0 ] && [ "$f" -eq 0 ] && f=1 && tail -n 20 "$LOG"
  [ "$p" -eq 0 ] && [ "$f" -eq 0 ] && f=1 && echo "$name: no test ran" && tail -n 20 "$LOG"
  grep -A 6 '^not ok ' "$LOG" | head -n 60
  echo "$name: $((p - s)) passed, $f failed, $s skipped"
  passed=$((passed + p - s)) failed=$((failed + f)) skipped=$((skipped + s))
}

skip() {
  echo "$1: skipped ($2)"
  skipped=$((skipped + 1))
}

for test in "$BUILD"/tests/unit/*_test; do
  name=$(basename "$test")
  if CMOCKA_MESSAGE_OUTPUT=tap "$test" > "$LOG" 2>&1; then
    n=$(grep -c '^ok ' "$LOG")
    [ "$n" -gt 0 ] || n=1
    passed=$((passed + n))
    echo "unit/$name: $n passed"
  else
    failed=$((failed + 1))
    grep -v '^ok ' "$LOG" | head -n 30
    echo "unit/$name: failed"
  fi
done

tap scenarios "$SIXPHASE" test scenarios
tap conformance "$SIXPHASE" test tests/conformance
tap programs "$SIXPHASE" test tests/js
for script in tests/architecture.sh tests/rules.sh tests/builtins/run.sh tests/terminal/*.sh; do
  case $script in
    */lib.sh) continue ;;
    */tmux.sh) command -v tmux > /dev/null || { skip "$script" "no tmux"; continue; } ;;
  esac
  tap "$script" sh "$script"
done
if command -v node > /dev/null; then
  tap "scenarios in node" node tests/scenarios/run.mjs
  tap "scenarios and their schema" node tests/scenarios/schema.mjs
  tap "JavaScript as scenarios" node tests/scenarios/raise.mjs
  tap "inspect in node" node tests/inspect/run.mjs
  tap "printed programs" node tests/print/run.mjs "$BUILD/tests/print/print"
  [ -f tests/differential/run.mjs ] && tap "differential" node tests/differential/run.mjs
else
  tap "printed programs" "$BUILD/tests/print/print" $(find tests scenarios -name node_modules -prune -o -name '*.js' -print)
  skip "comparison with node" "no node"
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]

#!/bin/sh
# matrix and rules: every row of the version table has a program whose difference it explains; the shape of the outputs.
. "$(dirname "$0")/lib.sh"
CASES=$HERE/../conformance
JS=$HERE/../js

# ---- Every row, with the program that shows it: tests/js/rules/NAME, or one of these.
shown_by() {
  case $1 in
    TIMERS_AT_END) echo unref-due-at-last-iteration ;;
    TIMER_TRUNCATES) echo timer-fraction-list ;;
    TIMER_ONE_QUEUE) echo timer-nested-time-advances ;;
    DRAIN_BETWEEN) echo timer-ticks-between-same-list ;;
    INTERVAL_FROM_START) echo interval-period-from-start ;;
    INTERVAL_SURVIVES_THROW) echo timer-interval-throws ;;
    CLEAR_BY_ID) echo timer-cleartimeout-string-id ;;
    CLEAR_INTERCHANGEABLE) echo timer-interval-cleared-by-timeout ;;
    TIMER_HAS_REF) echo timer-hasref ;;
    TIMER_THROW) echo timer-throw-rest-continue ;;
    IMMEDIATE_THROW) echo immediate-throw-rest ;;
    IMMEDIATE_UNREF) echo immediate-unref ;;
    TICK_REJECTION_RUNS_MICROTASKS) echo node8-rejection-runs-microtasks-early ;;
    RESOLVE_COPIES_SETTLED) echo resolve-with-promise-two-extra ;;
    AWAIT_ONE_JOB) echo await-native-promise ;;
    ASYNC_GEN_YIELD_STAR) echo async-gen-yield-star ;;
    MAIN_THROW_DRAINS) echo main-throw-with-handler ;;
    CHECK_OPENS_SCOPE) echo tick-throw-in-io ;;
    UNHANDLED_IS_FATAL) echo unhandled-default ;;
    HANDLED_FLAG_BUG) echo rejection-node11-flag ;;
    REJECTION_HANDLED_TICK) echo rejection-handled-event ;;
    TLA_EXIT_ARGUMENT) echo esm-tla-never-settles ;;
    EVENTS_ONCE_EXTRA_JOB) echo events-once-promise ;;
    STREAM_FINISH) echo stream-write-cb-order ;;
    STREAM_FROM_SYNC) echo stream-from-events ;;
    INSPECT_QUOTES_REST | INSPECT_PICKS_QUOTE | INSPECT_SIZES | INSPECT_CLASS) echo inspect-basics ;;
    INSPECT_GROUPS_ARRAYS) echo inspect-long-array ;;
    FORMAT_PERCENT_C) echo console-format ;;
    PENDING_AFTER_POLL) echo pending-from-poll ;;
    INSPECT_NULL_PROTOTYPE) echo emitter_shape ;;
    STACK_CLASS_NAMES | STACK_ACCESSOR_AS) echo stack-names ;;
    JSON_MESSAGES) echo json-messages ;;
    URL_CAN_PARSE) echo url ;;
    URL_ERROR_NATIVE | URL_MESSAGE_INPUT) echo url-invalid ;;
    INSPECT_FUNCTION_FIRST) echo function-from-object ;;
    NAVIGATOR_LOCKS) echo navigator ;;
    MULTIPLE_RESOLVES) echo multiple-resolves ;;
    V8_COUNT_VALUE) echo repeat-count ;;
    TIMERS_PROMISE_FINALLY_JOBS) echo timers-promises-with-signal ;;
    ASYNC_FROM_SYNC_CLOSES) echo async-from-sync-closes ;;
    ASYNC_GEN_END_AS_ASKED) echo async-generator-end-as-asked ;;
    STAR_RETURN_REJECTED) echo yield-star-return-rejected ;;
    CONTINUE_CLOSES) echo continue-closes-iterator ;;
    REJECTION_HANDLED_DRAINS) echo rejection-handled-drain ;;
    INSPECT_ERROR_BRACKETS | INSPECT_LINES_STAY_APART) echo error-brackets ;;
    STACK_THENABLE_JOB) echo stack-of-thenable-job ;;
    FATAL_SETS_EXIT_CODE) echo fatal-exit-code-kept ;;
    EVENTS_ONCE) echo events-once-promise ;;
    READABLE_FROM) echo stream-from-events ;;
    STREAM_PIPELINE) echo R132 ;;
    QUEUE_MICROTASK) echo queuemicrotask-fifo ;;
    TIMER_REFRESH) echo timer-refresh-moves-back ;;
    UNCAUGHT_MONITOR) echo uncaught-monitor ;;
    TIMERS_PROMISES) echo timers-promises ;;
    ABORT_CONTROLLER) echo timers-promises-abort ;;
    MESSAGE_CHANNEL) echo message-port ;;
    PROMISE_WITH_RESOLVERS) echo with-resolvers ;;
    TIMER_RESTARTS_AT_ONCE) echo - ;; # in an order that is not the typical one: tests/unit/orders_test.c
    EMITTED_AT_FOLDS | REJECTION_WARNING_TELLS | UNCAUGHT_VALUE_INSPECTED | NAMELESS_SCRIPT) echo - ;; # only on stderr, which is not compared
    *) echo "$1" | tr 'A-Z' 'a-z' ;;
  esac
}
"$SIX" rules > "$WORK/book"
sed '1,/^What changed/d' "$WORK/book" > "$WORK/table"
sed -n 's/^\(R[0-9]*\) *\([A-Z][A-Z0-9_]*\)$/\1 \2/p' "$WORK/table" > "$WORK/rows"
has "the table has its rows" "$(cat "$WORK/rows")" "R16 DRAIN_BETWEEN"
while read -r rule row; do
  program=$(shown_by "$row")
  [ "$program" = - ] && continue
  file=
  for found in "$CASES/$program".*js "$JS"/*/"$program".*js; do [ -e "$found" ] && file=$found; done
  title=$(grep -A1 "^$rule *$row\$" "$WORK/table" | sed -n '2s/^ *//p')
  printed=$("$SIX" matrix "${file:-/nowhere}" 2>&1 | tr '\n' ' ' | tr -s ' ')
  case "$printed" in *"$rule $title ("*) ok "$row is found by $program" 0 ;; *) ok "$row is found by $program" 1; echo "# $printed" | cut -c1-400 ;; esac
done < "$WORK/rows"

# ---- No difference between majors is left without its row: of all programs on rules of order.
for file in "$CASES"/*.js "$CASES"/*.mjs; do
  "$SIX" matrix --json "$file" | grep -q '"rule": null' && basename "$file"
done > "$WORK/nameless"
same "every difference of a conformance program has its row" "" "$(cat "$WORK/nameless")"

# ---- Shape
status "matrix --json" 0 "$SIX" matrix --json "$CASES/timer-ticks-between-same-list.js"
has "... groups" "$(cat "$WORK/out")" '{"groups": [{"nodes": [8, 9, 10], "stdout": "'
has "... the rule" "$(cat "$WORK/out")" '"differences": [{"between": [10, 11], "line": 2, "rule": "R16", "row": "DRAIN_BETWEEN", "title": "'
status "a promised order, JSON" 0 "$SIX" matrix --json "$CASES/tick-before-micro.js"
has "... is one group" "$(cat "$WORK/out")" '"differences": []}'
status "side by side" 0 "$SIX" matrix "$CASES/timer-ticks-between-same-list.js"
has "... with heads" "$(head -1 "$WORK/out")" "Node 8-10       Node 11-26"
has "... and the mark" "$(cat "$WORK/out")" "> "
for file in "$CASES/inspect-basics.js" "$CASES/stream-write-cb-order.js" "$JS/rules/import_jobs.js" "$CASES/unhandled-default.js"; do
  "$SIX" matrix "$file" > "$WORK/out"
  same "80 columns are enough: $(basename "$file")" "" "$(sed 's/…/./g' "$WORK/out" | awk 'length($0) > 80')"
done
cat > "$WORK/missing.js" << 'END'
console.log('a');
new TextEncoder();
console.log('b');
END
status "an interface that old majors lack" 0 "$SIX" matrix "$WORK/missing.js"
has "... a group that failed" "$(cat "$WORK/out")" "Node 8-10 failed: ReferenceError: TextEncoder is not defined"
"$SIX" matrix --json "$WORK/missing.js" > "$WORK/out"
has "... in JSON" "$(cat "$WORK/out")" '"rule": null}'
echo "let x = ;" > "$WORK/bad.js"
status "a syntax error" 65 "$SIX" matrix "$WORK/bad.js"
status "no file" 66 "$SIX" matrix "$WORK/nowhere.js"
for node in 7 99 lts; do
  status "--node $node" 64 "$SIX" matrix --node $node "$HERE/demo.js"
  has "... names the range" "$(cat "$WORK/err")" "from 8 to 26"
done

# ---- The book: each example is a program in tests/js/examples, with what real Nodes print.
status "rules" 0 "$SIX" rules
for rule in $(sed -n 's/^\(R[0-9]*\) .*/\1/p' "$WORK/book" | sort -u); do
  for file in "$JS/examples/$rule".*js; do :; done
  "$SIX" rules "$rule" | awk '/^(It prints|Node [0-9to ]+ prints?):$/ { exit } on; /^An example:$/ { on = 1 }' | sed '1d;$d' > "$WORK/example"
  cmp -s "$WORK/example" "$file"
  ok "$rule has its example" $?
done
status "a rule that is none" 64 "$SIX" rules R9999
status "no number" 64 "$SIX" rules R1x
status "rules --json" 0 "$SIX" rules --json R40
has "... an object" "$(cat "$WORK/out")" '{"rules": [{"rule": "R40", "title": "'
finish

#!/bin/sh
# The command line: messages, statuses, files of every sort.
. "$(dirname "$0")/lib.sh"
DEMO=$HERE/demo.js

status "run" 0 "$SIX" run "$DEMO"
same "... prints in order" "1 9 7 8 2 3 4 6 5" "$(tr '\n' ' ' < "$WORK/out" | sed 's/ $//')"
same "... and nothing else" "" "$(cat "$WORK/err")"
status "version" 0 "$SIX" --version
status "help" 0 "$SIX" --help
for command in run explain step orders trace export matrix test check list rules snapshot help; do
  status "help of $command" 0 "$SIX" "$command" --help
done
status "no arguments" 64 "$SIX"
status "unknown command" 64 "$SIX" exlpain
has "... names the nearest" "$(cat "$WORK/err")" "did you mean 'explain'"
status "unknown option" 64 "$SIX" run --nod 20 "$DEMO"
has "... names the nearest" "$(cat "$WORK/err")" "--node"
status "Node out of range" 64 "$SIX" run --node 7 "$DEMO"
has "... names the range" "$(cat "$WORK/err")" "from 8 to 26"
status "Node is no number" 64 "$SIX" run --node=20x "$DEMO"
status "value missing" 64 "$SIX" run "$DEMO" --node
status "no file" 64 "$SIX" run
status "two files" 64 "$SIX" run "$DEMO" "$DEMO"
status "bad duration" 64 "$SIX" run --max-time 5 "$DEMO"
status "bad size" 64 "$SIX" run --max-memory big "$DEMO"
for size in 1 3000 7000 10000 20000 50000; do
  status "no memory at all: $size" 75 "$SIX" run --max-memory $size "$HERE/async.js"
done
status "good limits" 0 "$SIX" run --max-time 10s --max-memory 512MB --max-output 1MB --max-steps 1000000 "$DEMO"
status "missing file" 66 "$SIX" run "$WORK/nowhere.js"
status "a directory" 66 "$SIX" run "$WORK"
has "... says so" "$(cat "$WORK/err")" "is a directory"
status "an option after --" 66 "$SIX" run -- --nowhere.js
status "a closed stdout" 74 sh -c "\"$SIX\" run \"$DEMO\" >&-"
[ -e /dev/full ] && status "a full disk" 74 sh -c "\"$SIX\" run \"$DEMO\" > /dev/full"
has "... says so" "$(cat "$WORK/err")" "cannot write"
echo "console.log('from stdin')" > "$WORK/in.js"
same "standard input" "from stdin" "$("$SIX" run - < "$WORK/in.js")"
mkfifo "$WORK/fifo"
(cat "$WORK/in.js" > "$WORK/fifo") &
same "a FIFO" "from stdin" "$("$SIX" run --lang js "$WORK/fifo")"
echo "let x = ;" > "$WORK/bad.js"
status "a syntax error" 65 "$SIX" run "$WORK/bad.js"
has "... with its place" "$(cat "$WORK/err")" "bad.js:1:"
echo "process.exit(3)" > "$WORK/three.js"
status "the program's status" 3 "$SIX" run "$WORK/three.js"
echo "throw new Error('x')" > "$WORK/throw.js"
status "an uncaught error" 1 "$SIX" run "$WORK/throw.js"
status "a starving program" 75 sh -c "echo 'const f = () => process.nextTick(f); f()' | \"$SIX\" run --max-steps 100000 -"
# What never ends inside one operation ends by a budget as well.
for endless in 'const a = []; a.length = 4294967295; a.forEach(() => {})' 'let x = 3n; for (;;) x *= x' 'let s = ""; for (;;) s += "x"' \
  'let a = [1]; for (;;) a = a.concat(a)' 'const m = new Map(); for (let i = 0; ; i++) m.set(i, i)' 'Array.from({ length: 1e9 }, (_, i) => i)'; do
  echo "$endless" > "$WORK/endless.js"
  status "ends: $endless" 75 timeout 60 "$SIX" run --max-steps 20000000 --max-memory 100MB "$WORK/endless.js"
done
echo "class C { #p = 1; m() { return eval('this.#p'); } } new C().m()" > "$WORK/private.js"
status "a private name in an eval is not guessed" 69 "$SIX" run "$WORK/private.js"
status "explain" 0 "$SIX" explain "$DEMO"
has "... what is typical" "$(cat "$WORK/out")" "NOT promised"
echo "for (let i = 0; i < 300; i++) setTimeout(() => console.log(i)); setImmediate(() => console.log('x'))" > "$WORK/many.js"
status "explain with a worker" 0 "$SIX" explain "$HERE/../../scenarios/workers/messages.json"
has "... tells where a message is from" "$(cat "$WORK/out")" "after line 2, promised: another thread or process sent it only later (R140)"
status "more schedules than are tried" 0 "$SIX" explain "$WORK/many.js"
same "... first in, first out is promised all the same" 0 "$(grep -c 'NOT decided' "$WORK/out")"
status "step without a terminal explains" 0 "$SIX" "$DEMO"
has "... indeed" "$(cat "$WORK/out")" "NOT promised"
status "trace" 0 "$SIX" trace "$DEMO"
has "... as JSON" "$(head -1 "$WORK/out")" '{"index":0,'
status "trace for a viewer" 0 "$SIX" trace --format=chrome "$DEMO"
status "matrix" 0 "$SIX" matrix --json "$DEMO"
has "... as JSON" "$(cat "$WORK/out")" '{"groups": ['
printf "2\n" > "$WORK/t.expected"
echo "console.log(1 + 1)" > "$WORK/t.js"
status "test that holds" 0 "$SIX" test "$WORK/t.js"
printf "3\n" > "$WORK/t.expected"
status "test that does not" 1 "$SIX" test "$WORK/t.js"
has "... is TAP" "$(cat "$WORK/out")" "not ok 1 - "
status "check" 0 "$SIX" check "$DEMO"
status "rules" 0 "$SIX" rules R14
status "no such rule" 64 "$SIX" rules R999
status "export" 0 "$SIX" export --to=json "$DEMO"
"$SIX" export --to=json "$DEMO" > "$WORK/again.json"
same "... runs the same" "$("$SIX" run "$DEMO")" "$("$SIX" run "$WORK/again.json")"
status "a plain dialogue" 0 sh -c "printf '\noutput\nquit\n' | \"$SIX\" step --plain \"$DEMO\""
has "... tells" "$(cat "$WORK/out")" "prints '1'"
# A trace that fills up
echo 'setTimeout(() => {}); (function again() { process.nextTick(again); })();' > "$WORK/endless.js"
status "an endless trace" 75 "$SIX" explain "$WORK/endless.js"
has "... says who starved whom" "$(cat "$WORK/err")" "the nextTick queue starved: T1 (timer, endless.js:1:12)"
# orders
echo 'setTimeout(() => console.log("t")); setImmediate(() => console.log("i"))' > "$WORK/race.js"
echo 'console.log("a"); process.nextTick(() => console.log("b"))' > "$WORK/sure.js"
status "orders of a race" 0 "$SIX" orders "$WORK/race.js"
has "... says so" "$(cat "$WORK/out")" "race: 2 orders"
status "orders --json" 0 "$SIX" orders --json "$WORK/race.js"
same "... is one object" '{"verdict": "race", "orders": [{"stdout": "t\ni\n", "exit": 0, "schedule": "", "because": ""}, {"stdout": "i\nt\n", "exit": 0, "schedule": "0:0", "because": "the main script took less time, and no timer was due when the loop looked (R35)"}], "schedules": 2}' "$(cat "$WORK/out")"
status "a schedule leads to its order" 0 "$SIX" run --schedule=0:0 "$WORK/race.js"
same "... again" "i t " "$(tr '\n' ' ' < "$WORK/out")"
status "a race is not guaranteed" 1 "$SIX" orders --expect-guaranteed "$WORK/race.js"
status "a promised order is" 0 "$SIX" orders --expect-guaranteed "$WORK/sure.js"
status "not a schedule" 64 "$SIX" run --schedule=x "$WORK/race.js"

finish

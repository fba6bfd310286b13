#!/bin/sh
# quiz: a dialogue over a pipe; what was missed is asked again, at once and the next time.
. "$(dirname "$0")/lib.sh"
XDG_STATE_HOME=$WORK/state
export XDG_STATE_HOME
mkdir "$WORK/q"
cat > "$WORK/q/race.js" << 'END'
setTimeout(() => console.log('timer'));
setImmediate(() => console.log('immediate'));
END
cat > "$WORK/q/ticks.js" << 'END'
Promise.resolve().then(() => console.log('job'));
process.nextTick(() => console.log('tick'));
console.log('main');
END
echo 'for (;;) console.log(1);' > "$WORK/q/endless.js"
echo 'setTimeout(() => {});' > "$WORK/q/silent.js"
echo 'console.log(1);' > "$WORK/q/one.js"
echo 'let x = ;' > "$WORK/q/broken.js"
printf 'process.stdout.write("a"); process.stdout.write("b\\n"); console.log(1)' > "$WORK/q/parts.js"

quiz() { # quiz INPUT ARGUMENT...: the dialogue
  input=$1
  shift
  printf "$input" | "$SIX" quiz "$@" > "$WORK/out" 2> "$WORK/err"
  status=$?
  [ -s "$WORK/err" ] && cat "$WORK/err"
}
# The letters of the lines given, in this order, as the last dialogue showed them.
letters() {
  for line; do sed -n "s/^   \([a-z]\)  $line\$/\1/p" "$WORK/out" | tail -n 1 | tr -d '\n'; done
}

quiz '' "$WORK/q/ticks.js"
same "the end of input ends it" 0 "$status"
has "the program is shown" "$(cat "$WORK/out")" "   2  process.nextTick"
has "... and what it prints" "$(sed -n '/some order/,$p' "$WORK/out" | sort)" "  tick"
right=$(letters main tick job) wrong=$(letters main job tick)
quiz "$wrong\n\n$right\n" "$WORK/q/ticks.js"
has "a wrong answer: the line" "$(cat "$WORK/out")" "Line 2 is  tick"
has "... and the rule" "$(cat "$WORK/out")" "before the microtasks (R40)."
has "... the question comes again" "$(cat "$WORK/out")" "2 of 2, once more | ticks.js"
has "... with what the tags stand for" "$(cat "$WORK/out")" "N1: process.nextTick at line 2"
has "... and counts as missed" "$(cat "$WORK/out")" "0 of 1 right at first"
has "it is kept" "$(cat "$WORK/state/sixphase/quiz")" "/ticks.js"
rm -r "$WORK/state"
quiz '' "$WORK/q/ticks.js"
quiz "$(letters main tick job)\n" "$WORK/q/ticks.js"
has "a right answer" "$(cat "$WORK/out")" "1 of 1 right at first."
quiz '' "$WORK/q/ticks.js"
has "it is not due at once" "$(cat "$WORK/out")" "Nothing is due"
quiz '' --all "$WORK/q/ticks.js"
has "... but --all asks it" "$(cat "$WORK/out")" "It prints, in some order"
quiz "h\n$(letters main)\nzz\n$(letters main)$(letters main)$(letters job)\nq\n" --all "$WORK/q/ticks.js"
has "a hint" "$(cat "$WORK/out")" "The first line is: main"
has "too few letters" "$(cat "$WORK/out")" "3 letters are needed"
has "no such letter" "$(cat "$WORK/out")" "'z' is none of the letters a to c."
has "a letter twice" "$(cat "$WORK/out")" "is there twice"
quiz '' "$WORK/q/race.js"
quiz "$(letters immediate timer)\n" "$WORK/q/race.js"
has "any legal order is right" "$(cat "$WORK/out")" "Right: Node may print that."
quiz "skip\n\n\n\n\nq\n" "$WORK/q/race.js" --all
has "a skipped question comes again" "$(cat "$WORK/out")" "missed comes first"
quiz '' "$WORK/q" --all
has "what makes no question is left out" "$(cat "$WORK/out")" "1 of 2 |"
quiz '' "$WORK/q/endless.js" "$WORK/q/silent.js" "$WORK/q/one.js" "$WORK/q/parts.js" "$WORK/q/broken.js"
has "no question at all" "$(cat "$WORK/out")" "There is no question in it"
quiz '' "$WORK/nowhere"
same "no such path" 66 "$status"
quiz '' "$WORK/q/broken.js" > "$WORK/said"
same "one that cannot be read" 65 "$status"
has "... says why" "$(cat "$WORK/said")" "broken.js:1:9: SyntaxError"
quiz '' --world "$WORK/nowhere" "$WORK/q/ticks.js" "$WORK/q/race.js" > "$WORK/said"
same "no such world" 66 "$status"
quiz '' --count 3 "$HERE/../../scenarios/promises"
has "--count" "$(cat "$WORK/out")" "1 of 3 | promises"
XDG_STATE_HOME=/dev/null quiz "$(letters a)\ns\n" --count 1 "$HERE/../../scenarios/promises" > "$WORK/said"
has "no place for the memory is said once" "$(cat "$WORK/said")" "cannot be kept"
finish

#!/bin/sh
# Keys in, screens out, without a terminal: every key, there and back, every size.
. "$(dirname "$0")/lib.sh"
DEMO=$HERE/demo.js

screen() { # screen KEYS [OPTION...]
  keys=$1
  shift
  "$SIX" snapshot "$DEMO" --color=never --keys "$keys" "$@" 2>&1
}

place() { # the header's step and the panes, without the message line
  screen "$@" | sed '$d'
}

first=$(screen "" --size 100x30)
has "the first screen shows the program" "$first" "setTimeout(() => console.log('2'), 0);"
has "... the phases" "$first" "5 check"
has "... the queues" "$first" "microtasks"
has "... the sentences" "$first" " now "
same "... in 30 rows" 30 "$(printf '%s\n' "$first" | wc -l | tr -d ' ')"

# A unit forwards and backwards ends where it began.
for pair in "<Right>:<Left>" "l:h" "<Down>:<Up>" "j:k" "s:S" "n:N" "p:P" "i:I"; do
  on=${pair%%:*} back=${pair#*:}
  same "$on then $back is nothing" "$(place "$on")" "$(place "$on$on$back")"
  same "$on three times and back" "$(place "$on")" "$(place "$on$on$on$back$back")"
done
same "from the end to the start" "$(place "")" "$(place "<End><Home>")"
same "gg is the start" "$(place "")" "$(place "nnngg")"

# Lines of output, one by one, are those of the run.
lines=$("$SIX" run "$DEMO" | wc -l | tr -d ' ')
keys=""
for line in $("$SIX" run "$DEMO"); do
  keys="$keys<Down>"
  has "output line $line" "$(screen "$keys")" "prints '$line'."
done
has "beyond the last line is the end" "$(screen "$keys<Down>")" "The process ends with status 0."
same "nine lines" 9 "$lines"

# Asking.
has "Tab chooses" "$(screen "nn<Tab>")" "Enter tells more"
has "Enter tells" "$(screen "<Down><Down><Tab><Enter>")" "scheduled"
has "w asks why not" "$(screen "<Down><Down>w")" "yet?"
chain=$("$SIX" snapshot "$HERE/async.js" --color=never --at 30 --keys ":why M1<Enter>")
has "w goes along the chain" "$chain" "Its promise has to be settled first: A3 will do that (R51)."
has "... to what is not scheduled yet" "$chain" "A3: It has not been scheduled yet."
has "Enter tells what it will do" "$(screen "<Down>:follow F1<Enter><Enter>")" "does       prints '4', makes T2"
has "... not while predicting" "$(screen "d<End><Esc><Esc>:follow F1<Enter><Enter>" | grep -c does)" "0"
has "long lines are shifted" "$(screen "jj>>>" | sed -n 5p)" ".log('2'), 0);"
has "... and back" "$(screen "jj>><<" | sed -n 5p)" "│   3  setTimeout("
has "r shows the rule" "$(screen "<Down><Down><Down>r")" "R40"
has "? is help" "$(screen "?")" "to the next callback"
has "help filters" "$(screen "?breakp")" "run to the next breakpoint"
has ": completes" "$(screen ":fol<Tab>")" ":follow"
has "an unknown command" "$(screen ":brake<Enter>")" "did you mean :break"
has "follow" "$(screen ":follow T1<Enter>f")" "sets timer T1"
has "follow on" "$(screen ":follow T1<Enter>ffff")" "T1"
has "goto an event" "$(screen ":goto 5<Enter>")" "step 5 of"
has "goto a line of output" "$(screen "go3<Enter>")" "prints '7'"
has "search" "$(screen "/8<Enter>")" "found '8'"
has "search on" "$(screen "/console<Enter>]")" "step"
has "no such text" "$(screen "/nowhere<Enter>")" "is not found"
has "a breakpoint at an output" "$(screen ":break text 6<Enter>c")" "prints '6'"
has "a breakpoint at a phase" "$(screen ":break phase check<Enter>c")" "enters check"
has "a breakpoint at a line" "$(screen ":break line 10<Enter>c")" "runs line 10."
has "... and back" "$(screen ":break text 7<Enter><End>C")" "prints '7'"
has "the chosen one's place" "$(screen "<End>:follow T2<Enter>a")" "sets timer T2"
has "prediction asks" "$(screen "d<End>")" "Which line is printed next?"
has "a wrong guess is explained" "$(screen "d<End>9")" "not so"
has "the followed one is named" "$(screen ":follow T1<Enter>f")" "following T1"
has "an async call is followed from await to await" "$("$SIX" snapshot "$HERE/async.js" --color=never --keys ":follow A2<Enter>fffffffffffffff")" "A3"
has "variables: the function's own" "$("$SIX" snapshot "$HERE/async.js" --color=never --keys "/amount<Enter>e")" "amount = 10"
has "... this" "$("$SIX" snapshot "$HERE/async.js" --color=never --keys "/amount<Enter>e")" "this = Account"
has "... and what is around it" "$("$SIX" snapshot "$HERE/async.js" --color=never --keys "/amount<Enter>e")" "from around it:"
has "no variables between callbacks" "$(screen "<End>e")" "no function of the program"
has "a choice says what is open" "$(screen "o")" "Is T1 due when the loop looks?"
has "the other answer" "$(screen "ot")" "here: no."
has "... as a schedule" "$(screen "ot")" "--schedule 0:0"
has "... and back" "$(screen "ott")" "here: yes."
same "... changes what follows" "3" "$(screen "ot<Down>" | sed -n "s/.*now  I1 prints '\\(.\\)'.*/\\1/p")"
has "no choice here" "$(screen "t")" "o goes to the next one"
has "two majors side by side" "$("$SIX" snapshot "$HERE/majors.js" --color=never --keys "m")" "╭ Node 20 ─"
has "... the nearest that differs" "$("$SIX" snapshot "$HERE/majors.js" --color=never --keys "m")" "┬ Node 10 ─"
has "... with the rule" "$("$SIX" snapshot "$HERE/majors.js" --color=never --keys "m")" "makes the difference"
has "... to where they part" "$("$SIX" snapshot "$HERE/majors.js" --color=never --keys "mM")" "parted at event"
has "... in lock step" "$("$SIX" snapshot "$HERE/majors.js" --color=never --keys "mMj")" "T2 prints 't2'."
has "... and not any more" "$("$SIX" snapshot "$HERE/majors.js" --color=never --keys "mm")" "┬ call stack ─"
has "all majors agree" "$("$SIX" snapshot "$HERE/agree.js" --color=never --keys "m")" "every Node major prints the same"
has "another one all the same" "$(screen ":compare 8<Enter>")" "Node 8"
has "the order is asked for" "$(screen "D")" "In which order are the 9 lines printed?"
has "... and picked" "$(screen "D19")" "2. 9"
has "... a wrong one is explained" "$(screen "D192345678")" "No. Next is: 7"
has "... a right one is praised" "$(screen "D197823465")" "all 9 lines are right"
has "help begins with this pane's keys" "$(screen ".?" | sed -n 5,9p)" "call stack"
has ": shows what there is" "$(screen ":")" "break  compare"
has ": completes what follows" "$(screen ":break ph<Tab>c<Tab>")" "phase check"
has "a latency is changed" "$(screen "jjj:latency 9ms<Enter>")" "prints '7'"
has "... and seen" "$(screen ":latency 9ms<Enter>jjjj")" "F1 in 9.1 ms"
has "... and taken back" "$(screen ":latency 9ms<Enter>:world reset<Enter>jjjj")" "F1 in 0.2 ms"
has "a bad latency" "$(screen ":latency 5 parsecs<Enter>")" "a duration is expected"
has "the speed" "$(screen "+")" "an event each 266 ms"
has "another Node" "$(screen "v")" "Node 21"
has "and back" "$(screen "vV")" "Node 20"
has "zoom" "$(screen "z")" "╭ program"
has "JSON where there is none" "$(screen "J")" "no JSON behind it"
has "an unused key" "$(screen "%")" "? lists the keys"
has "a click on the timeline" "$(screen "<Click 98,25>")" "step"
has "a click on a tag" "$(screen "<End><Click 50,4>")" "[✓T1]"
has "... twice tells" "$(screen "<End><Click 50,4><Click 50,4>")" "scheduled"
has "a click on a pane" "$(screen "<Click 60,21>?")" "output: each line"
has "the wheel scrolls" "$("$SIX" snapshot "$HERE/async.js" --color=never --keys "<WheelDown><WheelDown>")" " 10 "

# Sizes: never a crash, always as many rows as asked for.
for size in 1x1 2x2 10x3 39x9 40x10 45x12 60x20 75x24 76x19 76x20 80x24 99x28 100x30 120x40 149x50 150x30 160x50 250x80; do
  rows=$(screen "nnn<Tab>" --size "$size" | wc -l | tr -d ' ')
  same "size $size" "${size#*x}" "$rows"
  wide=$(screen "nnn" --size "$size" | sed 's/[^ -~]/#/g' | awk -v w="${size%x*}" 'length($0) > w * 3 { n++ } END { print n + 0 }')
  same "size $size: no row is too long" 0 "$wide"
done
has "too small says so" "$(screen "" --size 30x8)" "larger"
has "one pane at a time" "$(screen "2" --size 60x20)" "2 queues"
has "the sentences stay" "$(screen "3" --size 40x10)" " now "

# The two sentences stand on every screen that has room for them.
for size in 40x10 60x20 80x24 100x30 250x80; do
  for keys in "" "nnn" "<End>" "p"; do
    has "$size '$keys': why" "$(screen "$keys" --size $size)" " why  "
  done
done

# Bad input.
printf 'console.log("x".repeat(100000)); console.log("a\\nb".repeat(1000));\n' > "$WORK/long.js"
has "a line 100,000 characters long" "$("$SIX" snapshot "$WORK/long.js" --color=never --keys "<Down>")" "xxxx…"
has "a thousand lines at once" "$("$SIX" snapshot "$WORK/long.js" --color=never --keys "<Down><Down>")" "│▸ba "
printf '%s' "console.log(1) // $(head -c 100000 /dev/zero | tr '\0' x)" > "$WORK/wide.js"
has "a source line 100,000 characters long" "$("$SIX" snapshot "$WORK/wide.js" --color=never --keys "<Down>")" "console.log(1) // xxx"
printf 'const o = { "\\x1b[31m": 1 }; setTimeout(function () {}, 1); console.log(o);\n' > "$WORK/escape.js"
same "no escape gets out" "" "$("$SIX" snapshot "$WORK/escape.js" --color=never --keys "<Down>e" | tr -d '\012\040-\176\200-\377')"
"$SIX" snapshot "$WORK/nowhere.js" > /dev/null 2>&1
same "a file that is not there" 66 $?
"$SIX" snapshot "$DEMO" --size 0x5 > /dev/null 2>&1
same "no such size" 64 $?

# Characters.
ascii=$(screen "nn<Tab>" --ascii)
same "ASCII only" "" "$(printf '%s' "$ascii" | tr -d '\000-\177')"
has "colours when asked" "$("$SIX" snapshot "$DEMO" --color=always)" "$(printf '\033[')"
printf 'console.log("\\x1b[2J", "\\u6f22\\u5b57", "e\\u0301");\n' > "$WORK/odd.js"
odd=$("$SIX" snapshot "$WORK/odd.js" --color=never --keys '<End>')
has "control characters are symbols" "$odd" "␛[2J"
has "wide characters" "$odd" "漢字"
finish

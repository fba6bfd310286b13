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
has "another Node" "$(screen "v")" "Node 21"
has "and back" "$(screen "vV")" "Node 20"
has "zoom" "$(screen "z")" "╭ program"
has "JSON where there is none" "$(screen "J")" "no JSON behind it"
has "an unused key" "$(screen "%")" "? lists the keys"
has "a click on the timeline" "$(screen "<Click 98,25>")" "step"
has "a click on a tag" "$(screen "<End><Click 47,4>")" "["

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

# Characters.
ascii=$(screen "nn<Tab>" --ascii)
same "ASCII only" "" "$(printf '%s' "$ascii" | tr -d '\000-\177')"
has "colours when asked" "$("$SIX" snapshot "$DEMO" --color=always)" "$(printf '\033[')"
printf 'console.log("\\x1b[2J", "\\u6f22\\u5b57", "e\\u0301");\n' > "$WORK/odd.js"
odd=$("$SIX" snapshot "$WORK/odd.js" --color=never --keys '<End>')
has "control characters are symbols" "$odd" "␛[2J"
has "wide characters" "$odd" "漢字"
finish

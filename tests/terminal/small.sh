#!/bin/sh
# What a run may take: the demo 3 MB at its peak, and ten times the events no more than in proportion.
. "$(dirname "$0")/lib.sh"

# Sanitizers reserve terabytes.
(ulimit -v 30000; "$SIX" --version) > /dev/null 2>&1 || { echo "ok 1 - small # SKIP the program does not fit"; echo 1..1; exit 0; }

peak() { # peak FILE: kB at the most, of a run that cannot get rid of its output: the pipe is full
  mkfifo "$WORK/pipe"
  exec 3<> "$WORK/pipe"
  head -c 65536 /dev/zero >&3
  "$SIX" run "$1" >&3 3>&- &
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 0.1
    most=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$!/status" 2> /dev/null)
    [ "$(cut -d ' ' -f 3 "/proc/$!/stat" 2> /dev/null)" = S ] && break
  done
  kill $! 2> /dev/null
  wait $! 2> /dev/null
  exec 3>&-
  rm "$WORK/pipe"
  echo "${most:-0}"
}

# Clang calls the mathematical library where gcc needs none, and then it is loaded, too.
limit=3000
grep -q 'clang version' "$SIX" && limit=4000

fits() { # fits NAME FILE: where its pages lie varies, and so does how many of them the system maps along
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    most=$(peak "$2")
    [ "$most" -gt 0 ] && [ "$most" -le $limit ] && break
  done
  [ "$most" -gt 0 ] && [ "$most" -le $limit ]
  ok "$1 ($most kB)" $?
}

cpu() { # cpu PROGRAM COUNT: milliseconds, to a hundredth of a second
  sed "s/1000000/$2/" "$HERE/../bench/$1.js" > "$WORK/$2.js"
  sh -c "'$SIX' run '$WORK/$2.js'; times" | tail -n 1 | sed 's/s//g; s/m/ /g' | awk '{ print int(($1 * 60 + $2 + $3 * 60 + $4) * 1000) }'
}

# Time by the clock of a busy machine: ten times the events may take twenty times as long here; in squares it were a hundred.
grows() { # grows PROGRAM
  few=$(cpu "$1" 100000) many=$(cpu "$1" 1000000)
  [ "$many" -le $((few * 20 + 250)) ]
  ok "ten times the events of $1 ($few ms, then $many)" $?
}

fits 'the demo in 3 MB' "$HERE/../../scenarios/phases/event-loop-order.json"
fits 'a line in 3 MB' "$HERE/../bench/start/line.js"
for program in nexttick-all microtask-all then-all then-linked immediate-all timers-one timers-mixed timers-cleared readfile-all; do grows $program; done
finish

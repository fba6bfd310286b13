#!/bin/sh
# The last step, in a real terminal: tmux shows it, resizes it, signals it.
. "$(dirname "$0")/lib.sh"
command -v tmux > /dev/null || { echo "1..0 # SKIP tmux is not installed"; exit 0; }
export LC_ALL=C.UTF-8
SOCKET=sixphase-test-$$
SIX=$(cd "$(dirname "$SIX")" && pwd)/$(basename "$SIX")
cp "$HERE/demo.js" "$WORK/demo.js"
t() { tmux -L "$SOCKET" "$@"; }
trap 't kill-server 2> /dev/null; rm -rf "$WORK"' EXIT

start() { # start WIDTH HEIGHT COMMAND: the shell's status is printed when it ends
  t kill-server 2> /dev/null
  SOCKET=sixphase-test-$$-$number # a server that is about to go would take the new session with it
  t -f /dev/null new-session -d -x "$1" -y "$2" "$3; echo \"status \$?\"; stty -a | grep -o -e '-\\?echo '; exec sleep 1000"
}

await() { # await NAME TEXT: until it is on the screen, at most five seconds
  i=0
  while [ $i -lt 100 ]; do
    case "$(t capture-pane -p)" in *"$2"*) ok "$1" 0; return ;; esac
    sleep 0.05
    i=$((i + 1))
  done
  ok "$1" 1
  t capture-pane -p | sed 's/^/# /'
}

start 100 30 "$SIX step $WORK/demo.js"
await "the first screen" "process starts"
t send-keys Down Down Down
await "keys" "prints '7'"
same "the same as the canvas" "$("$SIX" snapshot "$WORK/demo.js" --keys '<Down><Down><Down>' | sed '1s/ *$//')" "$(t capture-pane -p | sed '1s/ *$//')"
t resize-window -x 80 -y 24
await "a smaller window" "prints '7'"
for size in 1x1 200x60 40x10 10x5 100x30; do t resize-window -x "${size%x*}" -y "${size#*x}"; done
await "a storm of sizes" "prints '7'"
echo "console.log('changed')" > "$WORK/demo.js"
await "the file changes" "this is the new run"
echo "let let" > "$WORK/demo.js"
await "the file is broken: the old run stays" "the old run stays"
rm "$WORK/demo.js"
t send-keys Down
await "the file is gone: keys go on" "step"
t send-keys q
await "q leaves" "status 0"
await "the terminal echoes again" "echo"

cp "$HERE/demo.js" "$WORK/demo.js"
for signal in TERM HUP INT; do
  start 100 30 "$SIX step $WORK/demo.js"
  await "started again" "process starts"
  pid=$(t list-panes -F '#{pane_pid}')
  child=$(child_of "$pid")
  kill -"$signal" $child
  await "SIG$signal restores the terminal" "status 1"
done
last=$("$SIX" snapshot "$WORK/demo.js" --color=never | sed -n '1s/.* of //p')
# Mouse: a press as xterm reports it, at column 60, row 22 (both from 1).
start 100 30 "$SIX step $WORK/demo.js"
await "started for the mouse" "process starts"
t send-keys -H 1b 5b 4d 20 5c 36 1b 5b 4d 23 5c 36 # pressed, released
t send-keys '?'
await "a click brings a pane into focus" "output: each line"
t send-keys Escape
await "Escape closes it" "nothing is printed yet"
t send-keys -H 1b 5b 4d 20 5c 3a 1b 5b 4d 23 5c 3a
await "a click on the timeline goes there" "step $((58 * last / 97)) of"
t send-keys ':speed 1' Enter Home Space
await "playing goes to the end" "step $last of $last"
t send-keys BSpace
await "... and backwards to the start" "step 0 of $last"
child=$(child_of "$(t list-panes -F '#{pane_pid}')")
before=$(awk '{ print $14 + $15 }' "/proc/$((child))/stat")
sleep 0.5
same "idle it takes no time" "$before" "$(awk '{ print $14 + $15 }' "/proc/$((child))/stat")"
t send-keys C-l q
await "and q leaves again" "status 0"

# A shell with jobs: stopped and brought back, the screen is as it was.
t kill-server 2> /dev/null
SOCKET=sixphase-test-$$-jobs
t -f /dev/null new-session -d -x 100 -y 30 "PS1='$ ' bash --norc --noediting -i"
t send-keys "$SIX step $WORK/demo.js" Enter
await "under a shell" "process starts"
t send-keys Down Down Down C-z
await "Ctrl-Z stops it" "Stopped"
t send-keys "stty -a | grep -c -w -e '-echo'" Enter
await "... with the terminal restored" "0"
t send-keys fg Enter
await "fg brings it back" "prints '7'"
t send-keys Down
await "... and it goes on" "prints '8'"
t send-keys q

for signal in ABRT SEGV; do
  start 100 30 "ulimit -c 0; $SIX step $WORK/demo.js"
  await "started before SIG$signal" "process starts"
  child=$(child_of "$(t list-panes -F '#{pane_pid}')")
  kill -"$signal" $child
  await "SIG$signal restores the terminal" "status 1"
  await "... which echoes" "echo"
done
start 100 30 "TERM=screen $SIX step $WORK/demo.js"
await "eight colours" "process starts"
same "... are the terminal's own" "" "$(t capture-pane -pe | grep -c '38;5' | sed 's/^0$//')"
has "... and there are some" "$(t capture-pane -pe)" "$(printf '\033[34')"
start 100 30 "LC_ALL=C $SIX step $WORK/demo.js"
await "a locale without UTF-8" "process starts"
has "... gets ASCII" "$(t capture-pane -p)" "+ program ---"
start 100 30 "$SIX step --color=never $WORK/demo.js"
await "no colour by option" "process starts"
same "... none is sent" "" "$(t capture-pane -pe | grep -c '38;5' | sed 's/^0$//')"
start 100 30 "env -u TERM $SIX step $WORK/demo.js"
await "no TERM at all gets the dialogue" "plain dialogue"
start 100 30 "TERM=dumb $SIX step $WORK/demo.js"
await "a dumb terminal gets the dialogue" "plain dialogue"
start 100 30 "TERM=nonesuch $SIX step $WORK/demo.js"
await "an unknown terminal gets the dialogue" "plain dialogue"
start 100 30 "NO_COLOR=1 $SIX step $WORK/demo.js"
await "without colour" "process starts"
same "... no colour is sent" "" "$(t capture-pane -pe | grep -c '38;5' | sed 's/^0$//')"
start 100 30 "$SIX step - < $WORK/demo.js"
await "the program from standard input, keys from the terminal" "standard input"
t send-keys Down
await "... they work" "prints '1'"
t send-keys q
await "... and q leaves" "status 0"
finish

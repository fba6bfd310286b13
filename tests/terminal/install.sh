#!/bin/sh
# What `make install` puts where, and that the man page and the completion know what the program knows.
. "$(dirname "$0")/lib.sh"
ROOT=$HERE/../..
make -s -C "$ROOT" install PREFIX=/usr DESTDIR="$WORK/dest" > "$WORK/out" 2>&1
ok "make install" $?
SIX=$WORK/dest/usr/bin/sixphase
same "... a program that runs" "$("$SIX" --version)" "$("$ROOT/sixphase" --version)"
test -f "$WORK/dest/usr/share/man/man1/sixphase.1"
ok "... a man page" $?
test -f "$WORK/dest/usr/share/bash-completion/completions/sixphase"
ok "... completion" $?
has "... the library, found from any folder" "$(cd / && "$SIX" list)" "event-loop-order"
MAN=$WORK/dest/usr/share/man/man1/sixphase.1
tr -d '\\' < "$MAN" > "$WORK/man"
for command in $("$SIX" --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p'); do
  [ "$command" = help ] && continue
  grep -q "^.B[IR]* \"*$command" "$WORK/man"
  ok "the man page has the command $command" $?
  for option in $("$SIX" "$command" --help | sed -n 's/^  \(--[a-z-]*\).*/\1/p'); do echo "$option"; done >> "$WORK/options"
done
for option in $(sort -u "$WORK/options"); do
  grep -q -e "$option" "$WORK/man"
  ok "the man page has $option" $?
done
for event in $("$SIX" trace "$HERE/demo.js" | sed 's/.*"event":"\([a-z-]*\)".*/\1/' | sort -u); do
  grep -q "$event" "$WORK/man"
  ok "the man page has the event $event" $?
done
if command -v bash > /dev/null; then
  complete() { # complete WORD...: what bash would offer for the last word
    bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sixphase; echo "${COMPREPLY[@]}"' bash "$ROOT/ui/completion.bash" "$SIX" "$@"
  }
  has "completes commands" "$(complete expl)" "explain"
  has "completes options" "$(complete run --max-s)" "--max-steps"
  same "completes majors" "18" "$(complete run --node 18)"
fi
make -s -C "$ROOT" uninstall PREFIX=/usr DESTDIR="$WORK/dest" > /dev/null 2>&1
same "make uninstall leaves no file" "" "$(find "$WORK/dest" -type f)"
finish

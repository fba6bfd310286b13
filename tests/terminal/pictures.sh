#!/bin/sh
# export --to=svg and --to=html: well-formed whatever the program prints, and complete.
. "$(dirname "$0")/lib.sh"
DEMO=$HERE/demo.js

balanced() { # balanced FILE: every element is closed, in order
  grep -o '</*[a-z0-9]*[^>]*>' "$1" | awk '
    /^<!/ || /\/>$/ || /^<meta/ { next }
    /^<\// { gsub(/[<\/>]/, ""); if (open[depth--] != $0) exit 1; next }
    { sub(/^</, ""); sub(/[ >].*$/, ""); open[++depth] = $0 }
    END { exit depth != 0 }'
}

picture() { # picture NAME FORMAT FILE
  "$SIX" export "--to=$2" "$3" > "$WORK/picture" 2> "$WORK/err"
  same "$1: status" 0 "$?"
  balanced "$WORK/picture"
  ok "$1: balanced" "$?"
}

picture "the demo as a picture" svg "$DEMO"
for tag in T1 T2 I1 I2 N1 M1 F1 main; do has "... has $tag" "$(cat "$WORK/picture")" ">$tag</text>"; done
same "... prints nine lines" 9 "$(grep -c 'xml:space="preserve">[1-9]</text>' "$WORK/picture")"

picture "the demo as a page" html "$DEMO"
has "... says why" "$(cat "$WORK/picture")" "It is due: 1 ms has passed"
has "... says that it is a race" "$(cat "$WORK/picture")" "Node does not promise this order"

printf 'console.log("<script>&\\"\\u0001\\ufffe]]>");console.error("<b>\\n\\n</b>");' > "$WORK/<hostile>&.js"
picture "markup as a picture" svg "$WORK/<hostile>&.js"
picture "markup as a page" html "$WORK/<hostile>&.js"
same "... stays text" "" "$(grep -E '<(script|b|hostile)>' "$WORK/picture")"
has "... is promised" "$(cat "$WORK/picture")" "Node promises this order"

echo 'let n = 0; setInterval(() => { n++; }, 1); setTimeout(() => process.exit(3), 2000)' > "$WORK/long.js"
picture "a long run" svg "$WORK/long.js"
has "... is cut" "$(cat "$WORK/picture")" "more</text>"
echo 'for (let i = 0; i < 5000; i++) console.log(i)' > "$WORK/lines.js"
picture "many lines" svg "$WORK/lines.js"
same "... are cut" 1 "$(grep -c '>…</text>' "$WORK/picture")"
: > "$WORK/empty.js"
picture "an empty program" svg "$WORK/empty.js"
picture "an empty program's page" html "$WORK/empty.js"
echo 'import x from "zlibb"; let' > "$WORK/wrong.js"
"$SIX" export --to=svg "$WORK/wrong.js" > "$WORK/picture" 2> "$WORK/err"
same "no program" 65 "$?"
finish

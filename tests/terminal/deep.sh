#!/bin/sh
# JavaScript nested 100,000 deep, or a list of 100,000: it runs, or one message says why not. Never a crash, and never for long.
. "$(dirname "$0")/lib.sh"

# A case: what is opened, N times; what is in the middle; what is closed, N times; before and after all that. @ is a
# number that counts.
cases() {
  cat << 'END'
( | 1 | )
[ | 1 | ]
{a: | 1 | } | x = (|)
{ | | }
f( | 1 | )
a[ | 0 | ]
`${ | 1 | }` | x =
(1+ | 1 | ) | x =
! | 1
-  | 1
typeof  | 1
await  | 1 | | async () => |
yield  | 1 | | function* f() { | }
new  | X
a = | 1
a => | 1 | | x =
if(0);else  | ;
if (1)  | ;
for(;0;) | ;
while(0) | ;
do  | ; | while(0);
l@: | ;
try { | | } finally {}
switch (1) { case 1: | | }
function f() { | | }
(function () { | | })
class A { m() { | | } }
class A extends  | B {} | {}
1 ** | 2 | | x =
0 ? 1 : | 2 | | x =
1 ? | 2 | : 0 | x =
1 + | 1 | | x =
1 && | 1 | | x =
0 || | 1 | | x =
null ?? | 1 | | if (|);
'a' + | 'b' | | console.log((|).length)
1, | 1 | | x = (|)
x@, | x | | var |
x@, | x | | function f(|) {}
1, | 1 | | x = [|]
a@: 1, | b: 2 | | x = {|}
1, | 1 | | console.log(|)
x; | x
.b | | | a
.b | | | throw a
?.b | | | a
[0] | | | (a
() | | | f
().x | | | f
`` | | | f
.then(f) | | | Promise.resolve()
( | | ) | x = /|/
(| a | | x = /|/
[ | a | ] | x = /|/
a| | b | | x = /|/
/* | 
" | 
\ | 
<!--  |
END
}

write() { # write CASE: the program; between ' | ' stand the parts
  printf '%s\n' "$1" | awk -v n=100000 '
    function repeat(text, times,    all) {
      if (index(text, "@")) { for (; times > 0; times--) print substr(text, 1, index(text, "@") - 1) times substr(text, index(text, "@") + 1); return }
      for (all = ""; times > 0; times = int(times / 2)) { if (times % 2) all = all text; text = text text }
      printf "%s", all
    }
    {
      count = split($0, part, / ?\| ?/)
      print "var a = {}; a.b = a[0] = a; function f() { f.x = f; return f; }"
      printf "%s", part[4]
      repeat(part[1], n)
      printf "%s", part[2]
      repeat(part[3], n)
      print part[5]
    }'
}

cases | while IFS= read -r line; do
  write "$line" > "$WORK/deep.js"
  timeout 20 "$SIX" run "$WORK/deep.js" > "$WORK/out" 2> "$WORK/err" < /dev/null
  echo "$? $line"
done > "$WORK/statuses"
while read -r status line; do
  case $status in 0 | 1 | 65 | 69 | 75) ok "$line" 0 ;; *) ok "$line: status $status" 1 ;; esac
done < "$WORK/statuses"
finish

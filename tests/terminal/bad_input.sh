#!/bin/sh
# Bad input: one clear message with its place, the right exit status, nothing else.
. "$(dirname "$0")/lib.sh"

refuses() { # refuses NAME STATUS TEXT FILE: `run` of the file ends with the status and a message that has the text
  "$SIX" run "$4" > "$WORK/out" 2> "$WORK/err" < /dev/null
  same "$1" "$2" "$?"
  has "... says so" "$(head -n 1 "$WORK/err")" "$3"
  same "... and prints nothing" "" "$(cat "$WORK/out")"
}
json() { # json NAME TEXT JSON: a scenario is refused with 65
  printf '%b' "$3" > "$WORK/bad.json"
  refuses "$1" 65 "$2" "$WORK/bad.json"
}

json "an empty file" "the file is empty" ''
json "truncated JSON" "bad.json:2:13: error: the text ends" '{\n "program": '
json "a truncated string" "this string has no end" '{"title": "x'
json "a trailing comma" "a comma may not stand before" '{"program": [{"log": 1},]}'
json "no JSON at all" "is not JSON" 'hello'
json "NaN" "'NaN' is not JSON" '{"difficulty": NaN}'
json "Infinity" "'Infinity' is not JSON" '{"difficulty": Infinity}'
json "a number out of range" "out of range" '{"program": [{"log": 1e999}]}'
json "a negative delay" '$.program[0].setTimeout: a duration may not be negative' '{"program": [{"setTimeout": -5, "do": []}]}'
json "a delay too large" "at most 2147483647" '{"program": [{"setTimeout": 3e9, "do": []}]}'
json "a wrong type" '$.title: a string is expected, not a number' '{"title": 1, "program": [{"log": 1}]}'
json "an unknown key" 'did you mean "title"' '{"tilte": "x", "program": [{"log": 1}]}'
json "an unknown operation" 'did you mean "setTimeout"' '{"program": [{"setTimout": 1, "do": []}]}'
json "an unknown key of an operation" '$.program[0].duo: unknown key "duo"; did you mean "do"' '{"program": [{"setTimeout": 1, "duo": []}]}'
json "a duplicate key" 'the key "title" is already there' '{"title": "a", "title": "b", "program": [{"log": 1}]}'
json "a name before it exists" 'is used before it exists' '{"program": [{"log": {"var": "x"}}, {"let": "x", "value": 1}]}'
json "a name that nobody gave" 'did you mean "count"' '{"program": [{"let": "count", "value": 1}, {"increment": "cuont"}]}'
json "an empty program" "the program is empty" '{"program": []}'
json "no program" '"program" is missing' '{}'
json "invalid UTF-8" "invalid UTF-8" '{"title": "\0377", "program": [{"log": 1}]}'
json "half a surrogate pair" "half of a surrogate pair" '{"title": "\\ud800", "program": [{"log": 1}]}'
json "a source with an error" "SyntaxError" '{"source": ["let x = ;"]}'
json "an expression with an error" "not a JavaScript expression" '{"program": [{"log": {"expr": "1 +"}}]}'
json "await outside of async" '"await" needs an async function' '{"program": [{"await": {"resolved": 1}}]}'
printf '{"source": "nowhere.js"}' > "$WORK/bad.json"
refuses "a neighbour that is missing" 66 "nowhere.js" "$WORK/bad.json"
for deep in '[' '{"a":'; do
  awk -v s="$deep" 'BEGIN { for (i = 0; i < 100000; i++) printf "%s", s }' > "$WORK/bad.json"
  refuses "100,000 levels of $deep" 65 "nested more than 1000 levels" "$WORK/bad.json"
done
head -c 200000 /dev/zero | tr '\0' '\377' > "$WORK/bad.json"
refuses "binary garbage" 65 "error:" "$WORK/bad.json"
head -c 1000 /dev/zero > "$WORK/bad.json"
refuses "NUL bytes" 65 "error:" "$WORK/bad.json"
{ printf '{"program": [{"log": "'; head -c 100000000 /dev/zero | tr '\0' 'x'; printf '"}]}'; } > "$WORK/bad.json"
refuses "100 MB" 65 "larger than 64 MB" "$WORK/bad.json"
rm -f "$WORK/bad.json"
refuses "a missing file" 66 "there is no such file" "$WORK/bad.json"
mkdir "$WORK/bad.json"
refuses "a directory" 66 "is a directory" "$WORK/bad.json"
rmdir "$WORK/bad.json"
mkfifo "$WORK/bad.json"
(printf '{"program": [{"log": "from a FIFO"}]}' > "$WORK/bad.json") &
same "a FIFO is read" "from a FIFO" "$("$SIX" run "$WORK/bad.json")"
rm -f "$WORK/bad.json"
if [ -e /dev/full ]; then
  "$SIX" check "$HERE/demo.js" > /dev/full 2> "$WORK/err"
  same "a full disk" 74 "$?"
fi
sh -c "\"$SIX\" export \"$HERE/demo.js\" >&-" 2> "$WORK/err"
same "a closed stdout" 74 "$?"
finish

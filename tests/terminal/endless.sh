#!/bin/sh
# Programs whose work within one call has no end: a budget ends them, 75, soon and with what they had printed.
. "$(dirname "$0")/lib.sh"

# A twentieth of the usual budget, which takes about 5 s: nothing may take 5 s of CPU now.
ends() { # ends NAME PROGRAM
  printf 'console.log("before");\n%s\n' "$2" > "$WORK/endless.js"
  (ulimit -t 5 && exec "$SIX" run --max-steps 50000000 "$WORK/endless.js") > "$WORK/out" 2> "$WORK/err" < /dev/null
  same "$1" 75 "$?"
  same "... after what it printed" before "$(cat "$WORK/out")"
  has "... says so" "$(cat "$WORK/err")" "budget ran out"
}

ends "a catastrophic regular expression" '/^(a+)+$/.test("a".repeat(40) + "b")'
ends "an array-like of 4 billion" 'Array.from({ length: 2 ** 32 - 1 })'
ends "an array-like of 10^12" 'Array.prototype.forEach.call({ length: 1e12 }, () => {})'
ends "the holes of an array" 'const a = []; a.length = 2 ** 32 - 1; a.indexOf(1)'
ends "numbers that grow" 'for (let b = 2n; ;) b *= b'
ends "an object that grows" 'const o = {}; for (let i = 0; ; i++) o["k" + i] = i'
ends "a string that grows" 'for (let s = "ab"; ;) s = s.replace(/a/g, "aa")'
ends "errors without end" 'for (;;) try { throw 1; } catch {}'
# Each turn of these is the work of built-in code: it counts, too.
ends "continue through finally" 'for (;;) try { continue; } finally {}'
ends "arrays filled" 'for (;;) new Array(1e5).fill(0)'
ends "typed arrays filled" 'for (;;) new Float64Array(1e5).fill(1)'
ends "arrays joined" 'const a = new Array(1e5).fill("ab"); for (;;) a.join("-")'
ends "strings split" 'const s = "a,b,c,d,e,f"; for (;;) { s.split(""); s.split(","); }'
ends "strings in capitals" 'for (;;) "ab".repeat(1e5).toUpperCase()'
ends "fractions printed" 'for (let i = 0.1; ; i += 0.1) String(i)'
ends "stacks" 'for (;;) new Error("x").stack'
ends "hashes" 'const { createHash } = require("crypto"); for (;;) createHash("sha256").update("x".repeat(1e4)).digest()'
ends "signals aborted" 'for (;;) { const c = new AbortController(); c.signal.onabort = () => {}; c.abort(); }'
ends "combinators" '(async () => { for (;;) await Promise.any([Promise.reject(1), 2]); })()'
finish

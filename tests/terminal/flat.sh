#!/bin/sh
# A program that goes on for ever needs no more memory for it: each of these reschedules itself 300,000 times in an address
# space with room for a few dozen bytes each.
. "$(dirname "$0")/lib.sh"

flat() { # flat NAME PROGRAM
  printf 'const N = 300000; let i = 0;\n%s\nprocess.on("exit", () => console.log(i));\n' "$2" > "$WORK/flat.js"
  same "$1" 300000 "$( (ulimit -v 30000; "$SIX" run --max-time 1000h "$WORK/flat.js") 2>&1)"
}

# Sanitizers reserve terabytes.
(ulimit -v 30000; "$SIX" --version) > /dev/null 2>&1 || { echo "ok 1 - flat memory # SKIP the program does not fit"; echo 1..1; exit 0; }
flat nextTick 'function f() { if (++i < N) process.nextTick(f); } f();'
flat queueMicrotask 'function f() { if (++i < N) queueMicrotask(f); } f();'
flat then 'function f() { if (++i < N) Promise.resolve().then(f); } f();'
flat await '(async () => { while (++i < N) await null; })();'
flat async 'async function f() { await null; if (++i < N) f(); } f();'
flat thenable '(async () => { while (++i < N) await { then(r) { r(); } }; })();'
flat for-await 'async function* g() { while (i < N) yield i; } (async () => { for await (const v of g()) i++; })();'
flat immediate 'function f() { if (++i < N) setImmediate(f); } f();'
flat timeout 'function f() { if (++i < N) setTimeout(f, 1); } f();'
flat timeouts 'function f() { if (++i < N) setTimeout(f, 1 + i % 9999); } f();'
flat interval 'const t = setInterval(() => { if (++i === N) clearInterval(t); }, 1);'
flat cleared 'while (++i < N) clearTimeout(setTimeout(() => {}, i));'
flat refresh 'const t = setTimeout(() => { if (++i < N) t.refresh(); }, 1);'
flat sleep 'const sleep = () => new Promise((r) => setTimeout(r, 1)); (async () => { while (++i < N) await sleep(); })();'
flat emitter 'const e = new (require("events"))(); e.on("x", () => { if (++i < N) setImmediate(() => e.emit("x")); }); e.emit("x");'
flat readFile 'const fs = require("fs"); i = N - 20000; function f() { if (++i < N) fs.readFile(__filename, f); } f();'
flat deferred 'function f() { if (++i < N) new Promise((r) => setImmediate(r)).then(f); } f();'
finish

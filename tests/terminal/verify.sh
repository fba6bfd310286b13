#!/bin/sh
# The same program on a real libuv loop and on real Nodes; what is no Node; the folder that never stays behind.
. "$(dirname "$0")/lib.sh"
TMPDIR=$WORK/tmp
mkdir "$TMPDIR"
export TMPDIR
CASES=$HERE/../conformance

nothing_left() { same "... leaves nothing behind" "" "$(ls -A "$TMPDIR")"; }
fake() { # fake NAME TEXT: a program that pretends
  printf '#!/bin/sh\n%s\n' "$2" > "$WORK/$1"
  chmod +x "$WORK/$1"
}

# While the slow ones wait, the others go on.
fake hangs 'sleep 60'
"$SIX" verify --with-node="$WORK/hangs" "$CASES/timer-args.js" > /dev/null 2> "$WORK/hangs.err" &
hangs=$!

# A signal to us, and one to the process that does the work.
echo "setTimeout(() => console.log('late'), 9000)" > "$WORK/late.js"
"$SIX" verify "$WORK/late.js" > /dev/null 2>&1 &
first=$!
"$SIX" verify "$WORK/late.js" > /dev/null 2>&1 &
second=$!
sleep 0.5
kill -TERM $first
wait $first 2> /dev/null
same "SIGTERM ends it" 143 $?
kill -KILL "$(child_of "$second")"
wait $second
same "a crash of ours" 70 $?

status "the demo" 0 "$SIX" verify "$HERE/demo.js"
has "... with libuv" "$(cat "$WORK/out")" "libuv 1."
status "a promised order" 0 "$SIX" verify "$CASES/phases-from-io.js"
has "... is the same" "$(cat "$WORK/out")" "same: "
cat > "$WORK/busy.js" << 'END'
setTimeout(() => console.log('timeout'), 0);
const end = Date.now() + 5;
while (Date.now() < end);
setImmediate(() => console.log('immediate'));
process.on('exit', (code) => { console.log('exit', code); process.exitCode = 3; });
END
status "time passes for real" 0 "$SIX" verify "$WORK/busy.js"
has "... and the status is compared" "$(cat "$WORK/out")" "exit status 3"
status "a race" 0 "$SIX" verify "$CASES/race-three-stats.js"
cat > "$WORK/files.js" << 'END'
const fs = require('fs');
const { MessageChannel } = require('worker_threads');
fs.writeFile('made.txt', 'x', () => fs.readFile('made.txt', 'utf8', (e, text) => {
  console.log('read', text);
  fs.readdir('.', () => fs.unlink('made.txt', () => fs.stat('made.txt', (error) => {
    console.log(error.code);
    const { port1, port2 } = new MessageChannel();
    port2.on('message', (m) => { console.log(m); port2.close(); });
    port2.on('close', () => console.log('closed'));
    port1.postMessage('message');
  })));
}));
END
status "files, messages, closing" 0 "$SIX" verify "$WORK/files.js"
has "... are in the promised order" "$(cat "$WORK/out")" "same: 4 lines"
cat > "$WORK/folders.js" << 'END'
const fs = require('fs');
fs.mkdir('d', () => fs.writeFile('d/a', 'x', () => fs.rename('d/a', 'd/b', (e) => {
  console.log('moved', e);
  fs.copyFile('d/b', 'd/c', () => fs.unlink('d/b', () => fs.unlink('d/c', () => fs.rmdir('d', (e) => {
    console.log('gone', e);
    fs.stat('d', (e) => console.log(e.code));
  }))));
})));
END
status "folders" 0 "$SIX" verify "$WORK/folders.js"
has "... are made, moved and removed" "$(cat "$WORK/out")" "same: 3 lines"
if command -v strace > /dev/null && strace true 2> /dev/null; then
  strace -f -e trace=mkdir,rename,rmdir,connect "$SIX" verify "$WORK/folders.js" > /dev/null 2> "$WORK/calls"
  same "... for real" 1 "$(grep -c 'rename(.*/sixphase-.*/sixphase-.* = 0' "$WORK/calls")"
fi
cat > "$WORK/talk.js" << 'END'
const net = require('net');
const server = net.createServer((c) => { c.write('a'); c.end('b'); }).listen(8124, '127.0.0.1', () => {
  const client = net.connect(8124, '127.0.0.1');
  client.on('connect', () => console.log('connected')).on('data', (d) => console.log(String(d)));
  client.on('end', () => { console.log('end'); server.close(); });
});
net.connect(1, '127.0.0.1').on('error', (e) => console.log(e.code));
END
status "connections" 0 "$SIX" verify "$WORK/talk.js"
for node in 8 10 18 26; do
  status "the rules of Node $node" 0 "$SIX" verify --node $node "$CASES/timer-ticks-between-lists.js"
  has "... it says so" "$(cat "$WORK/out")" "the rules of Node $node"
done
status "a scenario" 0 "$SIX" verify --json "$HERE/../../scenarios/phases/event-loop-order.json"
has "... as JSON" "$(cat "$WORK/out")" '{"runs": [{"with": "libuv", "version": "1.'

echo "setTimeout(() => {}, 3600000)" > "$WORK/hour.js"
status "an hour" 75 "$SIX" verify "$WORK/hour.js"
has "... would take an hour" "$(cat "$WORK/err")" "--max-time"
echo "let x = ;" > "$WORK/bad.js"
status "a syntax error" 65 "$SIX" verify "$WORK/bad.js"
echo "const f = () => process.nextTick(f); f()" > "$WORK/starves.js"
status "starvation" 75 "$SIX" verify --max-steps 100000 "$WORK/starves.js"
for node in 7 99 lts -1 20x ""; do
  status "--node '$node'" 64 "$SIX" verify --node "$node" "$HERE/demo.js"
  has "... names the range" "$(cat "$WORK/err")" "from 8 to 26"
done

echo "console.log('a')" > "$WORK/a.js"
status "no such Node" 66 "$SIX" verify --with-node="$WORK/nowhere" "$WORK/a.js"
status "a folder" 66 "$SIX" verify --with-node="$WORK" "$WORK/a.js"
status "not a program" 66 "$SIX" verify --with-node="$WORK/a.js" "$WORK/a.js"
fake other 'echo hello'
status "another program" 66 "$SIX" verify --with-node="$WORK/other" "$WORK/a.js"
has "... says what it said" "$(cat "$WORK/err")" "is not Node: --version says 'hello'"
fake old 'echo v6.17.1'
status "a Node out of range" 66 "$SIX" verify --with-node="$WORK/old" "$WORK/a.js"
has "... names the range" "$(cat "$WORK/err")" "from 8 to 26"
fake crashes '[ "$1" = --version ] && { echo v20.0.0; exit; }; kill -SEGV $$'
status "a Node that crashes" 1 "$SIX" verify --with-node="$WORK/crashes" "$WORK/a.js"
has "... says so" "$(cat "$WORK/err")" "crashed"
fake wrong '[ "$1" = --version ] && { echo v20.0.0; exit; }; echo b; exit 4'
status "a Node that prints something else" 1 "$SIX" verify --with-node="$WORK/wrong" "$WORK/a.js"
has "... shows the line" "$(cat "$WORK/out")" "line 1 is 'a' in the simulation, 'b' with v20.0.0"
has "... and the status" "$(cat "$WORK/out")" "exit status 0 in the simulation, 4 with v20.0.0"
fake other_order '[ "$1" = --version ] && { echo v20.0.0; exit; }; printf "timer 1\\nlistener: broken\\ntick of timer 1\\ntimer 2\\n"'
status "a Node that takes another legal order" 0 "$SIX" verify --with-node="$WORK/other_order" "$HERE/../../scenarios/errors/uncaught-exception-listener.json"
has "... is no difference, and says how" "$(cat "$WORK/out")" "a millisecond began just before T2"
fake litter '[ "$1" = --version ] && { echo v20.0.0; exit; }; mkdir -p deep/er; echo x > deep/er/file; chmod 0 deep; sleep 50 & echo a'
status "a Node that leaves things behind" 0 "$SIX" verify --with-node="$WORK/litter" "$WORK/a.js"

wait $hangs
same "a Node that hangs" 1 $?
has "... is stopped" "$(cat "$WORK/hangs.err")" "did not end within"
nothing_left

cat > "$WORK/worker.js" << 'END'
const { Worker } = require('worker_threads');
new Worker('process.exitCode = 0', { eval: true });
END
status "a worker on a real loop is not supported" 69 "$SIX" verify "$WORK/worker.js"
has "... and it says so" "$(cat "$WORK/err")" "another thread or process on a real loop is not supported"
nothing_left

# A sample of the conformance programs (VERIFY=all: each of them, also on this machine's Node).
every=8
[ "${VERIFY:-}" = all ] && every=1
node=
[ $every -eq 1 ] && node=$(command -v node)
n=0
for file in "$CASES"/*.js "$HERE"/../../scenarios/*/*.json; do
  n=$((n + 1))
  case $file in *recursion-starves* | */starvation/endless-* | */workers/*) continue ;; esac
  [ $((n % every)) -eq 0 ] || continue
  "$SIX" verify ${node:+--with-node="$node"} "$file" > "$WORK/out" 2>&1
  code=$?
  ok "agrees: $(basename "$file")" $code
  [ $code -eq 0 ] || sed 's/^/# /' "$WORK/out"
done
nothing_left
finish

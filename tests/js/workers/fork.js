const cp = require('child_process');
if (process.argv[2] === 'child') {
  process.on('message', (m) => {
    if (m.end) return process.disconnect();
    process.send({ sum: m.numbers.reduce((a, b) => a + b, 0), args: process.argv.slice(2), connected: process.connected, env: process.env.WHO });
  });
  process.on('exit', (code) => console.log('child exits', code));
} else if (process.argv[2] === 'die') {
  process.exit(7);
} else if (process.argv[2] === 'signal') {
  process.on('SIGTERM', () => process.exit(9));
  setInterval(() => {}, 1000);
  process.send('ready');
} else if (process.argv[2] === 'print') {
  console.log('out');
  console.error('err');
} else {
  const c = cp.fork(__filename, ['child', 'x'], { env: { ...process.env, WHO: 'me' } });
  console.log(typeof c.pid, c.connected, c.killed, c.exitCode, c.signalCode);
  c.on('message', (m) => { console.log('answer', m); c.send({ end: true }); });
  c.on('exit', (code, signal) => console.log('exit', code, signal, c.connected));
  c.on('close', (code) => { console.log('close', code); second(); });
  c.send({ numbers: [1, 2, 3] }, (e) => console.log('sent', e));
  for (const wrong of [[], [function f() {}], [Symbol('s')]]) try { c.send(...wrong); } catch (e) { console.log(e.code, e.message); }
  try { c.kill('SIGX'); } catch (e) { console.log(e.code, e.message); }
}
function second() {
  cp.fork(__filename, ['die']).on('exit', (code, signal) => {
    console.log('died', code, signal);
    const c = cp.fork(__filename, ['signal']);
    c.on('message', () => console.log(c.kill()));
    c.on('exit', (status, by) => {
      console.log('signalled', status, by, c.killed);
      const k = cp.fork(__filename, ['signal']);
      k.on('message', () => k.kill('SIGKILL'));
      k.on('exit', (...all) => { console.log('killed', all, k.kill()); third(); });
    });
  });
}
function third() {
  cp.execFile(process.execPath, [__filename, 'print'], (e, stdout, stderr) => {
    console.log(e, [stdout, stderr]);
    cp.execFile(process.execPath, [__filename, 'die'], (error) => {
      console.log(error.code, error.killed, error.signal);
      const s = cp.spawn(process.execPath, [__filename, 'print'], { stdio: ['ignore', 'pipe', 'inherit'] });
      s.stdout.on('data', (d) => console.log(d)).on('end', () => console.log('end'));
      s.on('close', (code) => console.log('closed', code, s.stdin, s.stderr));
    });
  });
}

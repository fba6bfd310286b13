import { Worker, isMainThread, parentPort, workerData, threadId, MessageChannel, BroadcastChannel, setEnvironmentData, getEnvironmentData } from 'node:worker_threads';
if (isMainThread) {
  setEnvironmentData('k', [1, 2]);
  const w = new Worker(new URL(import.meta.url), { workerData: 7, argv: ['x', 'y'], stdout: true });
  w.stdout.on('data', (d) => console.log('out:', JSON.stringify(String(d)))); w.stdout.on('end', () => console.log('stdout end'));
  for await (const [m] of (await import('node:events')).on(w, 'message', { close: ['exit'] })) { console.log('msg', m); if (m === 'last') break; }
  w.on('exit', (c) => console.log('exit', c));
  console.log('done');
} else {
  console.log('in worker', process.argv.length, process.argv.slice(2), getEnvironmentData('k'));
  for (let i = 0; i < 3; i++) { await new Promise((r) => setTimeout(r, 5)); parentPort.postMessage(i * workerData); }
  parentPort.postMessage('last');
}

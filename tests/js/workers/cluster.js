// The same program is primary and worker; each step waits for a message, so that the order is certain.
const cluster = require('cluster');
const isPrimary = cluster.isMaster;
if (isPrimary) {
  console.log(isPrimary, cluster.isWorker, cluster.worker, Object.keys(cluster.workers));
  cluster.on('fork', (w) => console.log('fork', w.id));
  cluster.on('message', (w, m) => console.log('message', w.id, m));
  cluster.on('exit', (w, code, signal) => {
    console.log('exit', w.id, code, signal, w.exitedAfterDisconnect, w.isDead(), w.isConnected(), Object.keys(cluster.workers));
    if (w.id < 3) next();
  });
  const next = () => {
    const w = cluster.fork({ ROLE: 'helper' });
    w.on('online', () => w.send({ go: true }));
    w.on('disconnect', () => console.log('disconnect', w.id));
    if (w.id === 3) w.on('message', () => w.kill());
  };
  next();
  process.nextTick(() => console.log('tick'));
  process.on('exit', (code) => console.log('primary exits', code));
} else {
  const { id } = cluster.worker;
  process.on('message', (m) => {
    process.send({ id, m, role: process.env.ROLE, worker: cluster.isWorker, odd: [undefined, new Date(0), NaN] });
    if (id === 1) setTimeout(() => process.exit(4), 50);
    if (id === 2) setTimeout(() => cluster.worker.disconnect(), 50);
  });
}

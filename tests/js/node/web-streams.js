const order = [];
const note = (...what) => order.push(what.join(' '));
const source = new ReadableStream({
  start(c) { note('start'); c.enqueue(1); c.enqueue(2); },
  pull(c) { note('pull', c.desiredSize); c.enqueue(3); c.close(); },
});
(async () => {
  process.nextTick(() => note('tick'));
  queueMicrotask(() => note('microtask'));
  for await (const chunk of source) note('chunk', chunk);
  const doubled = new TransformStream({ transform(x, c) { note('transform', x); c.enqueue(x * 2); }, flush() { note('flush'); } });
  const writer = doubled.writable.getWriter();
  writer.ready.then(() => note('ready'));
  writer.write(5).then(() => note('written 5'));
  writer.write(6).then(() => note('written 6'));
  writer.close().then(() => note('closed'));
  const reader = doubled.readable.getReader();
  for (let i = 0; i < 3; i++) note('read', JSON.stringify(await reader.read()));
  await new ReadableStream({ start(c) { c.enqueue('p'); c.enqueue('q'); c.close(); } })
    .pipeTo(new WritableStream({ write(x) { note('sink', x); }, close() { note('sink closed'); } }));
  note('piped');
  const [a, b] = new ReadableStream({ start(c) { c.enqueue('t'); c.close(); } }).tee();
  note(JSON.stringify(await a.getReader().read()), JSON.stringify(await b.getReader().read()));
  const broken = new ReadableStream({ pull() { throw new Error('no more'); } });
  await broken.getReader().read().catch((e) => note('caught', e.message));
  await new ReadableStream({ start(c) { c.enqueue('x'); } }).pipeTo(new WritableStream({ write() { throw new Error('full'); } })).catch((e) => note('pipe', e.message));
  try { source.getReader(); source.getReader(); } catch (e) { note(e.name, e.code, e.message); }
  let count = 0;
  const endless = new ReadableStream({ pull(c) { c.enqueue(count++); }, cancel(reason) { note('cancel', reason); } }, { highWaterMark: 3 });
  for await (const x of endless) if (x === 4) break;
  note('count', count);
  const text = new ReadableStream({ start(c) { c.enqueue(new Uint8Array([0xe2, 0x82])); c.enqueue(new Uint8Array([0xac])); c.close(); } });
  for await (const t of text.pipeThrough(new TextDecoderStream())) note('text', t);
  console.log(order.join('\n'));
  console.log(source, new WritableStream(), new TransformStream());
})();

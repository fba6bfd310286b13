// An async iterator of a web stream waits for the start before its first read.
const source = new ReadableStream({
  start(controller) {
    controller.enqueue('a');
    controller.enqueue('b');
    controller.close();
  },
});
(async () => {
  for await (const chunk of source) console.log(chunk);
  console.log('done', source.locked);
})();
(async () => {
  for (let i = 0; i < 8; i++) {
    console.log(i);
    await null;
  }
})();

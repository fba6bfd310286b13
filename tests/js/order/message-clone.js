// title: a message is a structured clone, in majors without structuredClone too
// rules: R140
// since: 16
const { MessageChannel } = require('worker_threads');
const { port1, port2 } = new MessageChannel();
const sent = { a: [1, { b: new Map([['k', new Date(0)]]) }] };
port2.once('message', (got) => {
  console.log(got, got === sent, got.a[1].b instanceof Map);
  port1.close();
});
port1.postMessage(sent);
setImmediate(() => console.log('immediate'));

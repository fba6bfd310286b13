setImmediate(() => { console.log('a'); clearImmediate(b); });
const b = setImmediate(() => console.log('never'));

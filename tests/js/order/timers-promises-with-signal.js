// title: a promised timer with a signal settles later: its listener is removed in a finally
// rules: R23 R58
// since: 15
const timers = require('timers/promises');
let round = 0;
const lane = () => { console.log('round', round); if (round++ < 9) Promise.resolve().then(lane); };
const controller = new AbortController();
timers.setTimeout(500, 1, { signal: controller.signal }).catch((e) => console.log('timeout', e.code));
timers.setImmediate(1, { signal: controller.signal }).catch((e) => console.log('immediate', e.code));
lane();
controller.abort();
timers.setTimeout(500, 1, { signal: controller.signal }).catch((e) => console.log('already aborted', e.code));

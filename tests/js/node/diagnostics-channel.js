const dc = require('diagnostics_channel'); const ch = dc.channel('my'); console.log(ch.hasSubscribers, dc.hasSubscribers('my'));
dc.subscribe('my', (m, n) => console.log(m, n)); ch.publish({ a: 1 }); console.log(ch.hasSubscribers, dc.channel('my') === ch); console.log(Object.keys(dc), ch);

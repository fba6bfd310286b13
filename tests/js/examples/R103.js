const fs = require('fs').promises;
(async () => {
  await fs.stat('.');
  process.nextTick(() => console.log('tick'));
  Promise.resolve().then(() => console.log('microtask'));
})();

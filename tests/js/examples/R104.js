const fs = require('fs');
setImmediate(() => console.log('later'));
console.log(fs.existsSync(__filename));

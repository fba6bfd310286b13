// process.env: values become strings, absent ones are undefined, deleting works, and it can be taken apart.
const { env } = require('process');
process.env.COUNT = 5;
console.log(env.COUNT === '5', typeof env, 'COUNT' in env);
delete env.COUNT;
console.log(env.COUNT, env.NO_SUCH_NAME || 'absent');
env.NOTHING = undefined;
console.log(env.NOTHING, Object.keys(env).includes('NOTHING'));
const {
  env: { NEITHER = 'default' },
} = process;
console.log(NEITHER);

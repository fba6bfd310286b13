async function f() { throw new Error('boom'); }
f().catch((e) => console.log('caught', e.message));
console.log('no exception here');

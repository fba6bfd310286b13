// What calls a finally callback is a frame without a name.
Promise.resolve(1).finally(() => { console.log('fin', new Error('x').stack.split('\n').slice(1, 5).map((l) => l.trim().trim()).join(' < ')); });
Promise.reject(1).finally(function () { console.log('fin2', new Error('x').stack.split('\n').slice(1, 5).map((l) => l.trim().trim()).join(' < ')); }).catch(() => {});
Promise.resolve(1).then(() => { console.log('then', new Error('x').stack.split('\n').slice(1, 5).map((l) => l.trim().trim()).join(' < ')); });
class P extends Promise {} P.resolve(1).finally(() => { console.log('sub', new Error('x').stack.split('\n').slice(1, 5).map((l) => l.trim().trim()).join(' < ')); });
new Promise((r) => r({ then(f) { console.log('thenable', new Error('x').stack.split('\n').slice(1, 5).map((l) => l.trim().trim()).join(' < ')); f(); } }));
(async () => { await { then(f) { console.log('awaited', new Error('x').stack.split('\n').slice(1, 5).map((l) => l.trim().trim()).join(' < ')); f(); } }; })();

async function* g() { yield 1; throw new Error('agen'); }
(async () => { for await (const x of g()) console.log(x); })();

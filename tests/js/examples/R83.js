(async () => { try { return 'try'; } finally { await 0; return 'finally'; } })().then((v) => console.log(v));

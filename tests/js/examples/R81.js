(async () => { for await (const v of [Promise.resolve('a'), 'b']) console.log(v); })();

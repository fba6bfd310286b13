Promise.resolve().then(() => JSON.parse('{'));

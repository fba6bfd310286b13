(async () => { return await Promise.resolve(); })().then(() => console.log('return await'));
(async () => { return Promise.resolve(); })().then(() => console.log('return'));

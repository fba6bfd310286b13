console.log('text', ['text'], { a: { b: { c: {} } } }, new Map([[1, 2]]));

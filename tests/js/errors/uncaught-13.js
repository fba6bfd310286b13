setImmediate(() => { null.x(); });

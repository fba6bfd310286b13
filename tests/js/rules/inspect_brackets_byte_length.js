console.log(new ArrayBuffer(2), [new ArrayBuffer(0)], new DataView(new ArrayBuffer(1)), new Uint8Array(2));

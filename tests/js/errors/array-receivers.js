// What the methods of arrays say to undefined and null.
for (const f of Object.getOwnPropertyNames(Array.prototype).sort()) { if (typeof Array.prototype[f] !== 'function') continue; for (const v of [undefined, null]) try { Array.prototype[f].call(v, x=>x) } catch (e) { console.log(f, e.message) } }

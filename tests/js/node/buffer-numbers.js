const b=Buffer.alloc(16); b.writeBigInt64LE(-5n,0); b.writeBigUInt64BE(77n,8); console.log(b, b.readBigInt64LE(0), b.readBigUInt64BE(8), b.readBigUint64BE(8));
b.writeUIntBE(0x123456,0,3); b.writeIntLE(-3,4,6); console.log(b.readUIntBE(0,3), b.readIntLE(4,6), b.readUintLE(4,6));
console.log(Buffer.copyBytesFrom(new Uint16Array([1,2,3]),1,1));
console.log(require('buffer').transcode(Buffer.from('€'),'utf8','latin1'), require('buffer').transcode(Buffer.from('aé'),'utf8','ucs2'));
console.log(Buffer.from('abcabc').indexOf('c',-2), Buffer.from('abcabc').lastIndexOf('a'), Buffer.from('abc').indexOf('',5), Buffer.from('abcabc').indexOf(Buffer.from('bc'),2), Buffer.from('abc').indexOf(99), Buffer.from('abc').includes('b'),Buffer.from('abc').indexOf(99.9),Buffer.from('abc').indexOf(-157));
try{ Buffer.from('abc').indexOf({})}catch(e){console.log(e.message)}

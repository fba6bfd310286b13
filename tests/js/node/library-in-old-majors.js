// What Node's library needs must be there in every major: it may not lean on built-ins that came later.
const http = require('http');
const zlib = require('zlib');
const v8 = require('v8');
console.log(zlib.codes.Z_OK, zlib.codes[0], String(zlib.gunzipSync(zlib.gzipSync('packed'))));
console.log(v8.deserialize(v8.serialize({ a: [1, 'x'], m: new Map([[1, 2]]), b: new Uint8Array(2) })));
const server = http.createServer((request, response) => {
  console.log(request.method, request.url, request.headers['x-q']);
  response.setHeader('X-A', '1');
  response.end('hello');
});
server.listen(0, () => {
  const options = { port: server.address().port, path: '/p?q=1', headers: { 'X-Q': 'v' }, agent: false };
  http.get(options, (response) => {
    console.log(response.statusCode, response.headers['x-a']);
    response.on('data', (chunk) => console.log(String(chunk)));
    response.on('end', () => server.close(() => console.log('closed')));
  });
});

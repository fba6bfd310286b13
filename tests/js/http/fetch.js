// fetch from a server of the same program, and its failures; Headers, Request, Response, FormData.
const http = require('http');
const say = (label, promise) => promise.then((v) => console.log(label, v), (e) => console.log(label, e.name, e.message, e.cause?.code, e.cause?.message));
async function values() {
  const r = new Response('hello', { status: 201, statusText: 'Made', headers: { 'X-A': '1' } });
  console.log(r, r.ok, r.bodyUsed);
  const copy = r.clone();
  console.log(await r.text(), r.bodyUsed, await copy.text());
  await say('twice', r.text());
  await say('json', new Response('[1]').json());
  console.log(Response.json({ a: 1 }).headers.get('content-type'), Response.error().type, Response.redirect('http://a/').status);
  const h = new Headers([['b', '2'], ['A', '1'], ['a', '3']]);
  h.append('Set-Cookie', 'x=1');
  console.log(h, [...h], h.get('a'), h.has('B'), h.get('zz'), Object.prototype.toString.call(h));
  for (const wrong of [() => new Headers({ 'b d': 1 }), () => new Response('x', { status: 99 }), () => new Request('/x'), () => new Request('http://a/', { body: 'x' })]) {
    try { wrong(); } catch (e) { console.log(e.name, e.message); }
  }
  const q = new Request('http://a/b', { method: 'post', body: 'x', headers: { k: 'v' } });
  console.log(q.method, q.url, q.headers.get('content-type'), await q.text());
  const form = new FormData();
  form.append('a', '1'); form.append('a', '2'); form.set('b', 3);
  console.log([...form], form, form.getAll('a'), form.get('none'));
  for await (const chunk of new Response('xyz').body) console.log(chunk);
}
async function requests() {
  const base = `http://127.0.0.1:${server.address().port}`;
  const r = await fetch(`${base}/a?b=1`);
  console.log(r.status, r.ok, r.headers.get('content-type'), r.url === `${base}/a?b=1`, r.redirected, await r.json(), r.bodyUsed);
  const p = await fetch(`${base}/p`, { method: 'POST', headers: { 'X-A': 'v' }, body: JSON.stringify({ q: 1 }) });
  console.log(await p.json());
  const n = await fetch(new URL('/404', base));
  console.log(n.ok, n.status, n.statusText, await n.text());
  const d = await fetch(`${base}/redirect`);
  console.log(d.redirected, d.status, (await d.json()).url);
  const ac = new AbortController();
  const aborted = say('aborted', fetch(base, { signal: ac.signal }));
  ac.abort();
  await aborted;
  await say('aborted before', fetch(base, { signal: AbortSignal.abort('why') }).catch((e) => `caught ${e}`));
  await say('refused', fetch('http://127.0.0.1:54321/'));
  await say('nobody', fetch('https://nope.invalid/'));
  await say('scheme', fetch('ftp://x/'));
  await say('port', fetch('http://127.0.0.1:9/'));
  await say('relative', fetch('/relative'));
  await say('data', fetch('data:text/plain;base64,aGk=').then((v) => v.text()));
}
const server = http.createServer((request, response) => {
  let body = '';
  request.on('data', (d) => { body += d; });
  request.on('end', () => {
    if (request.url === '/redirect') return response.writeHead(302, { location: '/x' }).end();
    response.setHeader('content-type', 'application/json');
    response.statusCode = request.url === '/404' ? 404 : 200;
    response.end(JSON.stringify({ method: request.method, url: request.url, body, a: request.headers['x-a'] }));
  });
}).listen(0, async () => {
  await values();
  await requests();
  server.close();
  server.closeAllConnections();
});
console.log(fetch, fetch.length, typeof Headers);

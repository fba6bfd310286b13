// What import.meta has, and that it is the same object each time.
console.log(Object.keys(import.meta), import.meta === import.meta, import.meta.main);
const show = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code); } };
show(() => import.meta.url.slice(0, 8) + import.meta.url.split('/').pop());
show(() => import.meta.filename.startsWith(import.meta.dirname));
for (const name of ['fs', 'node:path', './x.js', '../y/./z.js', '/a/b.js', 'nowhere']) show(() => import.meta.resolve(name).split('/').pop());

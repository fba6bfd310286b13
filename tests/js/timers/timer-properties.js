// What programs see of timers and immediates: their own properties, in each state.
function show(label, o) {
  const one = (v) => v === null || typeof v !== 'object' ? (typeof v === 'function' ? 'fn' : String(v)) : Array.isArray(v) ? `[${v}]` : v.constructor.name;
  const keys = Reflect.ownKeys(o).filter((k) => k !== '_idleStart' && !/sync|riggerId/.test(String(k)));
  console.log(label + ': ' + keys.map((k) => String(k) + '=' + one(o[k])).join(' '));
}
const a = setTimeout(function () { show('running', this); setTimeout(() => show('after', a), 1); }, 150, 1, 2);
show('waiting', a);
const oldest = setTimeout(() => {}, 7), middle = setTimeout(() => {}, 7), newest = setTimeout(() => {}, 7);
show('oldest', oldest); show('middle', middle); show('newest', newest);
console.log(oldest._idlePrev === middle, middle._idleNext === oldest, newest._idlePrev === oldest._idleNext, middle._idlePrev === newest);
const every = setInterval(function () { show('interval runs', every); clearInterval(every); show('cleared', every); }, 50);
show('interval', every);
const off = setTimeout(() => {}, 9); clearTimeout(off); show('cleared', off);
show('unref', setTimeout(() => {}, 1).unref());
const i = setImmediate(function () { show('immediate runs', this); }, 1, 2), i2 = setImmediate(() => {}), i3 = setImmediate(() => {});
show('first', i); show('second', i2); show('third', i3);
clearImmediate(i2); show('cleared', i2); show('third', i3);
const named = setTimeout(() => {}, 1);
named.label = 'mine';
console.log(Object.keys(named).slice(-2), 'label' in named, '_onTimeout' in named, Object.keys({ ...named }).length);
const changed = setTimeout(() => console.log('old'), 100); changed._onTimeout = () => console.log('new');
try { JSON.stringify(named); } catch (e) { console.log(e.message); }
for (const k in named) if (k[0] !== '_') console.log(k);
for (const wrong of [5, 'x', true]) try { clearImmediate(wrong); console.log('nothing'); } catch (e) { console.log(e.name, e.message); }
const plain = { _destroyed: false, _idleNext: null, _idlePrev: null }; clearImmediate(plain); console.log(Object.keys(plain).join(), plain._destroyed);

// title: return(promise) on a generator that does not run awaits it as an await of that major does
// rules: R72 R80
// since: 10
let round = 0;
const lane = () => { console.log('round', round); if (round++ < 6) Promise.resolve().then(lane); };
const g = (async function* () {})();
g.return(Promise.resolve('v')).then((r) => console.log('return', r));
g.return(Promise.reject(new Error('e'))).catch((e) => console.log('return', e.message));
lane();

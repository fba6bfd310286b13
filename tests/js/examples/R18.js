const b = () => console.log('never');
setTimeout(() => { console.log('a'); clearTimeout(t); }, 0);
const t = setTimeout(b, 0);

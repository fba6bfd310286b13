const t = setTimeout(() => console.log('a'), 10);
setTimeout(() => console.log('b'), 10);
t.refresh();

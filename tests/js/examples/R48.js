let n = 1;
setTimeout((x) => console.log(x, n), 0, n);
n = 2;

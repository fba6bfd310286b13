console.log(Object.keys(/b/.exec('abc')).join());

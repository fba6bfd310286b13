console.log(Object.getOwnPropertyNames(function f() {}).join());

setTimeout(function tick() { undefined.foo; }, 1);

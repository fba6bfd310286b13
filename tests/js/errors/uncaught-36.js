process.nextTick(5);

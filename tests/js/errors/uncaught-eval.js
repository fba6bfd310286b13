Promise.resolve().then(() => eval('1 +'))

const e = new Error('own'); e.code = 'E_X'; e.info = { a: 1 }; throw e;

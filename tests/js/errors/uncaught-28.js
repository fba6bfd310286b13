new Promise((res, rej) => { throw new Error('exec'); }).then(() => {});

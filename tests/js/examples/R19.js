const t = setInterval(() => { console.log('once'); clearTimeout(t); }, 1);

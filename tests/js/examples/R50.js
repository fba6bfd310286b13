new Promise((resolve) => { console.log('executor'); resolve(); }).then(() => console.log('then'));
console.log('main');

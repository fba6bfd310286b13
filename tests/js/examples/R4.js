new Promise(() => {}).then(() => console.log('never'));
console.log('end');

for (const name of ['a', 'b', 'c']) setTimeout(() => console.log(name), 5);

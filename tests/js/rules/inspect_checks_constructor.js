console.log({ constructor: class K {} }, { constructor: Object }, { constructor: Array }, { constructor: 1 });
console.log(Object.create({ constructor: class Z {} }), [Object.assign(Object.create({}), { constructor: Map })]);

const k = (o) => console.log(Object.getOwnPropertyNames(o).join());
k({ ...{ z: 1 }, get g() { return 1; }, c: 1, z: 2 });
k({ get g() { return 1; }, c: 1 });
k({ a: 1, ...{ z: 1 }, get g() { return 1; }, c: 1 });
k({ ...{ z: 1 }, get g() { return 1; }, ['x']: 1, c: 1 });
k({ ...{ z: 1 }, get g() { return 1; }, set g(v) {}, m() {}, c: 1, ...{ q: 1 }, get h() { return 1; }, d: 1 });
k({ ['x']: 1, get g() { return 1; }, c: 1 });

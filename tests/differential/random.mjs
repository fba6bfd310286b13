// A source of choices: the same seed gives the same choices on every machine.

export class Random {
  constructor(seed) {
    this.state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995) >>> 0;
    for (let i = 0; i < 4; i++) this.next();
  }

  // A number from 0 (included) to 1 (not included).
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let x = this.state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  }

  int(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability) {
    return this.next() < probability;
  }

  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  // One of the entries, each as likely as its weight says.
  weighted(entries) {
    let rest = this.next() * entries.reduce((sum, entry) => sum + entry.weight, 0);
    for (const entry of entries) if ((rest -= entry.weight) < 0) return entry;
    return entries[entries.length - 1];
  }
}

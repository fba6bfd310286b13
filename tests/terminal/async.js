class Account {
  #balance = 0;
  constructor(name) { this.name = name; }
  async deposit(amount) {
    await null;
    this.#balance += amount;
    console.log(this.name, 'has', this.#balance);
    return this.#balance;
  }
  async withdraw(amount) {
    if (amount > this.#balance) throw new RangeError('too little');
    this.#balance -= amount;
  }
}
const a = new Account('Ann');
async function main() {
  console.log('start');
  const p = a.deposit(10);
  console.log('deposit called');
  await p;
  try {
    await a.withdraw(50);
  } catch (error) {
    console.log('caught', error.message);
  } finally {
    console.log('finally');
  }
  return 'done';
}
main().then(console.log);
process.nextTick(() => console.log('tick'));
setTimeout(() => { console.log('timeout'); Promise.reject(new Error('nobody')); }, 5);
console.log('end');

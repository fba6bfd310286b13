// V8 7.1 and before said of a binding in its dead zone that it is not defined.
const attempts = [
  () => { early; const early = 1; },
  () => { set(); let later = 1; function set() { later = 2; } },
  () => { new Late(); class Late {} },
  () => ((a = b, b) => a)(),
  () => { typeof zone; let zone; },
];
for (const attempt of attempts) {
  try {
    attempt();
  } catch (error) {
    console.log(error.name, error.message);
  }
}

// Strings made by appending, prepending and joining, from ends that were left behind too, against arrays of their pieces.
let seed = 7;
const random = (n) => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return (seed >> 8) % n; };
const pieces = ['', 'a', 'bc', 'é', '€', '😀', 'x'.repeat(30), 'y'.repeat(300), 'ж'.repeat(50), 'a longer piece of text, '];
let wrong = 0;
for (let round = 0; round < 20; round++) {
  const made = [''], wanted = [[]];
  for (let i = 0; i < 300; i++) {
    const from = random(5) ? made.length - 1 : random(made.length), piece = pieces[random(pieces.length)];
    if (random(9) === 0) { made.push(piece + made[from]); wanted.push([piece, ...wanted[from]]); }
    else { made.push(made[from] + piece); wanted.push([...wanted[from], piece]); }
    if (random(30) === 0) made[random(made.length)].charCodeAt(0);
  }
  for (let i = 0; i < made.length; i += 7) if (made[i] !== wanted[i].join('')) wrong++;
}
console.log(wrong);

let digits = '';
for (let i = 0; i < 20000; i++) digits += i;
let hash = 0;
for (let i = 0; i < digits.length; i++) hash = (hash * 31 + digits.charCodeAt(i)) | 0;
console.log(digits.length, hash);
// Many pieces of a long text.
console.log(digits.split('9').length, digits.split('99').length);

// What assert says about two values since Node 22: the shortest way from the lines of one to those of the other (Myers, "An
// O(ND) Difference Algorithm and Its Variations", 1986).
'use strict';

const SHOWN = 5; // equal lines after a difference
const sameButComma = (a, b) => a === b || `${a},` === b || a === `${b},`;

// The way back from the ends of both: [kind, line] from the last to the first; kind: '+' actual, '-' expected, ' ' both.
function walkBack(rounds, actual, expected, commas) {
  const steps = [];
  const middle = actual.length + expected.length;
  let x = actual.length;
  let y = expected.length;
  for (let round = rounds.length - 1; round >= 0; round--) {
    const reached = rounds[round];
    const diagonal = x - y;
    const at = diagonal + middle;
    const down = diagonal === -round || (diagonal !== round && reached[at - 1] < reached[at + 1]);
    const from = down ? diagonal + 1 : diagonal - 1;
    const fromX = reached[from + middle];
    const fromY = fromX - from;
    for (; x > fromX && y > fromY; x--, y--) steps.push([' ', commas && !actual[x - 1].endsWith(',') ? expected[y - 1] : actual[x - 1]]);
    if (round === 0) break;
    if (x > fromX) steps.push(['+', actual[--x]]);
    else steps.push(['-', expected[--y]]);
  }
  return steps;
}

function shortestWay(actual, expected, commas) {
  const middle = actual.length + expected.length;
  const equal = commas ? sameButComma : (a, b) => a === b;
  const reached = new Int32Array(2 * middle + 2);
  const rounds = [];
  for (let round = 0; round <= middle; round++) {
    rounds.push(reached.slice());
    for (let diagonal = -round; diagonal <= round; diagonal += 2) {
      const at = diagonal + middle;
      let x = diagonal === -round || (diagonal !== round && reached[at - 1] < reached[at + 1]) ? reached[at + 1] : reached[at - 1] + 1;
      let y = x - diagonal;
      for (; x < actual.length && y < expected.length && equal(actual[x], expected[y]); x++, y++);
      reached[at] = x;
      if (x >= actual.length && y >= expected.length) return walkBack(rounds, actual, expected, commas);
    }
  }
  return [];
}

// Long runs of equal lines are cut, unless that would hide no more than two of them.
function print(steps) {
  const out = [];
  let skipped = false;
  let equal = 0;
  for (let i = steps.length - 1; i >= 0; i--) {
    const [kind, line] = steps[i];
    if (kind === ' ') {
      if (equal++ < SHOWN) out.push(`  ${line}`);
      continue;
    }
    if (equal > SHOWN + 2) {
      out.push('...');
      skipped = true;
    }
    if (equal === SHOWN + 2) out.push(`  ${steps[i + 2][1]}`);
    if (equal > SHOWN) out.push(`  ${steps[i + 1][1]}`);
    equal = 0;
    out.push(`${kind} ${line}`);
  }
  return { text: `\n${out.join('\n').replace(/\s+$/, '')}`, skipped };
}

// Two short lines: one after the other, with a mark under the first difference of two strings.
function stacked(actual, expected, strings) {
  let text = `\n+ ${actual}\n- ${expected}`;
  if (!strings || actual.length + expected.length > 80) return text;
  let at = 0;
  while (at < actual.length && actual[at] === expected[at]) at++;
  if (at >= 3 && at < actual.length) text += `\n${' '.repeat(at + 2)}^`;
  return text;
}

const isObject = (v) => typeof v === 'object' && v !== null;

// (values, how they are shown, sentences): the whole message.
exports.difference = (actual, expected, shown, sentence, identical) => {
  const [actualLines, expectedLines] = shown.map((text) => text.split('\n'));
  if (actualLines.length === 1 && expectedLines.length === 1 && !(isObject(actual) && isObject(expected))) {
    const quotes = [actual, expected].filter((v) => typeof v === 'string').length * 2;
    if (shown[0].length + shown[1].length - quotes <= 12 && (actual !== 0 || expected !== 0)) return `${sentence}\n\n${shown[0]} !== ${shown[1]}\n`;
    return `${sentence}\n+ actual - expected\n${stacked(shown[0], shown[1], quotes === 4)}\n`;
  }
  if (shown[0] === shown[1]) {
    if (actualLines.length <= 50) return `${identical}\n\n${shown[0]}\n`;
    return `${identical}\n\n... Skipped lines\n${actualLines.slice(0, 50).join('\n')}\n...}\n`;
  }
  const { text, skipped } = print(shortestWay(actualLines, expectedLines, isObject(actual)));
  return `${sentence}\n+ actual - expected${skipped ? '\n... Skipped lines' : ''}\n${text}\n`;
};

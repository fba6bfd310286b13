// A program as a tree that can be cut: a statement is a list of parts, a part is text or a block of statements.
// A block's `kind` is 'body' (statements, which can stand anywhere) or 'links' (.then(...) and the like, which cannot).

const pad = (depth) => '  '.repeat(depth);

// Text with blocks and other texts of this form in its holes, as a list of parts.
export function t(strings, ...values) {
  const parts = [];
  const add = (part) => {
    if (Array.isArray(part)) part.forEach(add);
    else if (typeof part === 'object') parts.push(part);
    else if (typeof parts[parts.length - 1] === 'string') parts[parts.length - 1] += part;
    else parts.push(String(part));
  };
  strings.forEach((text, i) => {
    add(text);
    if (i < values.length) add(values[i]);
  });
  return parts;
}

export const body = (statements) => ({ kind: 'body', statements });
export const links = (statements) => ({ kind: 'links', statements });

export function print(statement, depth = 0) {
  return statement.map((part) => (typeof part === 'string' ? part : printBlock(part, depth))).join('');
}

function printBlock(block, depth) {
  const lines = block.statements.map((s) => '\n' + pad(depth + 1) + print(s, depth + 1)).join('');
  return lines && block.kind === 'body' ? lines + '\n' + pad(depth) : lines;
}

export function printProgram(program) {
  return program.statements.map((s) => print(s) + '\n').join('');
}

// Every block of a tree, outermost first.
export function blocks(block) {
  const all = [block];
  for (const statement of block.statements)
    for (const part of statement) if (typeof part !== 'string') all.push(...blocks(part));
  return all;
}

// What stands inside of a statement, to put in its place.
export function inside(statement) {
  return statement.filter((part) => part.kind === 'body').flatMap((part) => part.statements);
}

// The message of a count that cannot be.
for (const count of [-1, Infinity, -2.5]) {
  try {
    'x'.repeat(count);
  } catch (error) {
    console.log(error.name, error.message);
  }
}

// What is shown of a thrown value that is no error: by its toString before Node 12.
function fail() {
  throw { a: 1, toString() { return 'by toString'; } };
}

fail();

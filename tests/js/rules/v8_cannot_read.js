// title: how V8 words it
// rules: R160
try {
  null.name;
} catch (error) {
  console.log(error.message);
}

// navigator came with Node 21: getters on its prototype.
console.log(typeof navigator, typeof Navigator);
if (typeof navigator === 'object') {
  console.log(navigator, Object.keys(navigator), Object.getOwnPropertyNames(Navigator.prototype), String(navigator));
  console.log(navigator.userAgent, navigator.platform, navigator.language, navigator.languages, typeof navigator.hardwareConcurrency);
  for (const key in navigator) console.log(key);
  try {
    new Navigator();
  } catch (error) {
    console.log(error.message, error.code);
  }
}

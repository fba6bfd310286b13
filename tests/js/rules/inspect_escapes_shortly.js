console.log(['\u0000', '\u001f', '\b', '\u001b', "'"], { '\u0000': 1 });
console.log(['a\u007fb', '\u009f'].map((text) => require('util').inspect(text).length));

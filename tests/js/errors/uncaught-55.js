const err = new Error('multi\nline\nmessage'); throw err;

const { pbkdf2 } = require('crypto');
for (let i = 1; i <= 6; i++) pbkdf2('p', 's', 1000, 8, 'sha1', () => console.log('job', i));

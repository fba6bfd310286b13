require('fs').promises.readFile('nope.txt');

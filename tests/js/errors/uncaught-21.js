require('fs').readFile('nope.txt');

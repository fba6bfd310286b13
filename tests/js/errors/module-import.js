// A script that imports: only a module where Node looks at the text (20, and from 22 on).
import fs from "fs";
console.log(typeof fs.readFile);

// The braces are what V8 before 7.4 complains of.
import { readFile } from "fs";
console.log(typeof readFile);

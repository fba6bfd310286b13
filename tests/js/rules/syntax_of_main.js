var a; console.log(1); a?.b

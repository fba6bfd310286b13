// Which elements sort() compares, and what comes of comparisons that contradict each other.
function seq(a){ const c=[], o=[...a]; a.sort((x,y)=>{ c.push(o.indexOf(x)+','+o.indexOf(y)); return x-y }); return c.length+': '+c.join(' ') }
for (const a of [[1,2,3,4,5,6,7,8,0],[1,2,3,4,5,6,7,8,7.5],[1,2,3,4,5,6,7,8,4.5,0.5],[1,2,3,0.5],[1,2,3,4,0.5],[1,2,3,4,5,0.5],[9,8,7,6,5,10],[9,8,7,6,5,5.5],[9,8,7,6,5,8.5,0,1],[2,1,3],[2,1,1.5],[1,2,3]]) console.log(seq(a));
console.log(seq(Array.from({length:70},(_, i)=>i*37%71)).slice(0,400));
console.log(seq([1,2,3,4,5,6,7])); console.log(seq([1,2,3,4,5,6,7,8])); console.log(seq([1,,2,3,undefined,4,5,6,7]));
console.log([3,1,2,5,4].sort(()=>1), [3,1,2,5,4].sort(()=>-1), [3,1,2,5,4].sort(()=>true), [1,2,3,4,5,6,7,8,9,10,11,12].sort(()=>-1)+'', [1,2,3,4,5,6,7,8,9,10,11,12].sort((a,b)=>a%2)+'', [3,1,2].sort((a,b)=>a>b), Array.from({length:40},(_, i)=>i*7%40).sort((a,b)=>a>b)+'', Array.from({length:40},(_, i)=>i*7%40).sort((a,b)=>a<b?-1:1)+'');

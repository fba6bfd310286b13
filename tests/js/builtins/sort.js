function lcg(s){ return () => (s = (s * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff; }
for (const n of [2,3,5,10,11,33,64,65,100,200,500,1000,3000]) for (const mode of [0,1,2,3,4]) {
  const r = lcg(n*7+mode); let a = [];
  for (let i=0;i<n;i++) a.push(mode===0? Math.floor(r()*n) : mode===1 ? i : mode===2 ? n-i : mode===3 ? Math.floor(r()*5) : (i%17)*100 + Math.floor(i/17));
  let h = 0, calls = 0;
  a = a.map((v,i)=>({v,i}));
  a.sort((x,y)=>{ calls++; h = (Math.imul(h,31) + x.i*1009 + y.i) | 0; return x.v-y.v; });
  let order = 0; for (const e of a) order = (Math.imul(order,33)+e.i)|0;
  console.log(n+' '+mode+' '+calls+' '+h+' '+order);
}
const bad=[5,2,8,1,9,3,7,4,6,0,11,15,12]; let c=0; bad.sort(()=>{c++; return c%3-1}); console.log(bad+' '+c);
console.log([3,1,2].sort((a,b)=>b>a)+''); console.log([5,1,4,2].sort((a,b)=>a<b?-1:1)+'');
console.log([1,2,3].toSorted((a,b)=>{console.log(a+','+b); return b-a})+'');
console.log(['b',,undefined,'a',10,9,1].sort().length+''); const s=['b',,undefined,'a',10,9,1].sort(); console.log((5 in s)+','+(6 in s)+','+s);
console.log([true,false,null,undefined,'x',NaN,-1,-0,0,1e21,1e-7].sort()+'');
const al={length:4,0:3,1:1,3:2}; [].sort.call(al); console.log(Object.keys(al)+'|'+al[0]+al[1]+al[2]);

const {performance,monitorEventLoopDelay,PerformanceObserver,createHistogram}=require('perf_hooks');
const h=monitorEventLoopDelay({resolution:10}); h.enable(); const end=Date.now()+50; while(Date.now()<end);
setTimeout(()=>{ h.disable(); console.log(typeof h.mean, h.max>0, h.min>=0, h.percentile(50)>=0, typeof h.stddev, h.exceeds); const u=performance.eventLoopUtilization(); console.log(Object.keys(u)); const d=performance.eventLoopUtilization(u); console.log(typeof d.utilization);
 const hh=createHistogram(); hh.record(5); hh.record(7); console.log(hh.count,hh.min,hh.max,hh.mean); 
 const f=performance.timerify(function foo(a){return a+1}); console.log(f(1), f.name, f.length);
 const ob=new PerformanceObserver((l)=>{ console.log(l.getEntries().map(e=>e.name+':'+e.entryType)); ob.disconnect(); }); ob.observe({entryTypes:['measure','function','mark']}); f(2); performance.mark('a'); performance.mark('b'); performance.measure('m','a','b');
 console.log(performance.getEntriesByType('mark').length, performance.now()>0, performance.timeOrigin>0, typeof performance.nodeTiming.loopStart, performance.toJSON().timeOrigin>0);
},100);

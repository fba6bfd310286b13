// title: import() of a file on the thread pool, or at once
// rules: R47
// since: 14
import(__filename).then(() => console.log('imported'));
setImmediate(() => console.log('immediate'));

// A subclass of Console overrides methods, and calls those that it overrides.
const {Console}=require('console');
class My extends Console { constructor(){ super(process.stdout);
this.p='> ' } log(...a){ super.log(this.p,...a) } warn(m){ super.error('W',m) } } const my=new My();
my.log('x');
my.warn('w');
const {log}=my;
log('d');
my.info('i');
my.table([{a:1}]);
my.group('g');
my.log('in');
my.groupEnd();

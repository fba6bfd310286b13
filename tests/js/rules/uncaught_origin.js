// The listener's second argument says where the error came from (R93).
process.on('uncaughtException', (error, origin) => console.log(error.message, origin));
setTimeout(() => { throw new Error('thrown'); });

require('net').connect('/no/such/socket').on('error', (e) => console.log(e.code));

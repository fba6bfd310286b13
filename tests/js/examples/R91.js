setTimeout(() => console.log('still here?'), 1);
Promise.reject(new Error('boom'));

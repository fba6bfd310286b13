Promise.reject(Symbol('q'));

try { JSON.parse('[1,\n2,\n x]') } catch (e) { Promise.reject(e); }

try { JSON.parse('{') } catch (e) { setTimeout(() => { throw e; }, 1); }

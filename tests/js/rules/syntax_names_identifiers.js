try { new Function('a b'); } catch (e) { console.log(String(e)); }

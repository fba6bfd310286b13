try { new Function('a = ;'); } catch (e) { console.log(String(e)); }

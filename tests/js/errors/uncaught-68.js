const ac = new AbortController(); ac.abort(); ac.signal.throwIfAborted();

// As much of IndexedDB as keeping runs takes: one store, every request answered in a later task, a transaction over when nothing more
// is asked of it.

/** @param {Map<any, any>} entries  what is stored */
export function fakeIndexedDB(entries) {
  const later = (/** @type {() => void} */ act) => void setImmediate(act);

  function transaction() {
    /** @type {Record<string, any>} */
    const own = {};
    let open = 0;
    const ask = (/** @type {() => any} */ act) => {
      /** @type {Record<string, any>} */
      const request = {};
      open += 1;
      later(() => {
        request.result = act();
        request.onsuccess?.();
        open -= 1;
        if (open === 0) later(() => own.oncomplete?.());
      });
      return request;
    };
    const store = {
      transaction: own,
      get: (/** @type {any} */ key) => ask(() => structuredClone(entries.get(key))),
      getAllKeys: () => ask(() => [...entries.keys()]),
      put: (/** @type {any} */ value, /** @type {any} */ key) => ask(() => void entries.set(key, structuredClone(value))),
      delete: (/** @type {any} */ key) => ask(() => void entries.delete(key)),
    };
    return { objectStore: () => store };
  }

  return {
    open() {
      /** @type {Record<string, any>} */
      const request = { result: { transaction } };
      later(() => request.onsuccess());
      return request;
    },
  };
}

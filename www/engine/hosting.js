// Where the engines run, for those who show it.

/** @typedef {'worker' | 'page'} Place  'page': on the page's own thread, because the host allows no workers */

/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Place} */
let place = 'worker';

export const hosting = {
  get place() {
    return place;
  },
  set place(now) {
    if (now === place) return;
    place = now;
    for (const listener of listeners) listener();
  },
  /** @param {() => void} listener @returns {() => void} ends it */
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

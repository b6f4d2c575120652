// Where the engine, the data and the recorded run lie for a page that is not ours: beside this file, unless the page says otherwise.

const own = import.meta.url;
let base = new URL('.', own).href;

export const home = () => base;

export const dataHome = home;

/**
 * For a bundled page, in which this file no longer lies beside the others. Counts for the whole page, since its elements share
 * workers and data; the first element that is started settles it.
 * @param {string} address  of the folder, relative to the page
 */
export const useHome = (address) => {
  base = new URL(address.endsWith('/') ? address : `${address}/`, document.baseURI).href;
};

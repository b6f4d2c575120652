// Where the data and the recorded run lie; a build for other people's pages puts another in its place.

/** The page's own files lie beside it. */
export const home = () => document.baseURI;

/** The page's files are where they are. @param {string} _address */
export const useHome = (_address) => {};

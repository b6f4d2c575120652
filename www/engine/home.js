// Where the data and the recorded run lie; a build for other people's pages puts another in its place.

/** The page's own files lie beside it. */
export const home = () => document.baseURI;

/** The images lie with the figures for other pages, so that a site holds them once. */
export const dataHome = () => new URL('standalone/', document.baseURI).href;

/** The page's files are where they are. @param {string} _address */
export const useHome = (_address) => {};

/**
 * A figure by its name, with what is done on its events: made once, given its data again and again.
 * @param {string} name  without the prefix
 * @param {Record<string, (event: CustomEvent) => void>} heard
 * @returns {HTMLElement & Record<string, any>}
 */
export function makeFigure(name, heard) {
  const element = document.createElement(`lt-${name}`);
  for (const [type, act] of Object.entries(heard)) element.addEventListener(type, (event) => act(/** @type {CustomEvent} */ (event)));
  return element;
}

// What a frame may believe of what it is told.

/** The origin of the page around a frame, as far as the browser tells; null when it does not. @param {string} referrer */
export function parentOrigin(referrer) {
  try {
    const { origin } = new URL(referrer);
    return origin === 'null' ? null : origin;
  } catch {
    return null;
  }
}

/** @param {unknown} value @returns {'auto' | 'light' | 'dark' | null} */
export const themeOf = (value) => (value === 'auto' || value === 'light' || value === 'dark' ? value : null);

/** The two choices of the page itself, language and theme: kept on the device where that is allowed; before.js sets them anew. */

/** @param {string} key @param {string} value */
function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Private mode: the choice lasts as long as the page.
  }
}

const root = document.documentElement;

/** @param {string} theme */
function wear(theme) {
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  else delete root.dataset.theme;
}

const themes = /** @type {HTMLSelectElement} */ (document.querySelector('#theme'));
themes.value = root.dataset.theme ?? 'auto';
themes.addEventListener('change', () => {
  wear(themes.value);
  keep('lt-theme', themes.value);
});

const languages = /** @type {HTMLSelectElement} */ (document.querySelector('#language'));
languages.value = root.lang;
languages.addEventListener('change', () => {
  root.lang = languages.value;
  keep('lt-lang', languages.value);
});

// Paper is white: before any figure paints itself for it.
addEventListener('beforeprint', () => wear('light'), true);
addEventListener('afterprint', () => wear(themes.value), true);

// An address that holds a run keeps it: what leads elsewhere on the page then only goes there.
addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
  const href = link?.getAttribute('href') ?? '';
  if (!link || event.defaultPrevented || href.includes('=') || !location.hash.includes('=') || event.ctrlKey || event.metaKey) return;
  const place = document.getElementById(href.slice(1));
  if (!place) return;
  event.preventDefault();
  place.scrollIntoView();
  const heading = /** @type {HTMLElement} */ (place.querySelector('h1, h2') ?? place);
  if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
});

// After everything that the first picture needs.
addEventListener('load', () => {
  // Refused in private windows and where scripts come from elsewhere: the page then needs its network, as any other.
  navigator.serviceWorker?.register('offline.js').catch(() => {});
});

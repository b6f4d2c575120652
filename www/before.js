// Before anything is drawn: the theme chosen, and the language chosen or the reader's own. Nobody sees another one flash by.
(() => {
  const root = document.documentElement;
  const kept = (/** @type {string} */ key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const theme = kept('lt-theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  const lang = [kept('lt-lang'), ...navigator.languages].map((tag) => tag?.slice(0, 2)).find((tag) => /^(en|de|fr)$/.test(tag ?? ''));
  if (!lang || lang === 'en') return;
  root.lang = lang;
  // Until the words are there, or have taken too long (base.css).
  root.dataset.waiting = '';
})();

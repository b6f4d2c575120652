// Names of keys, as in KeyboardEvent.key, for both ways of driving a browser.

/** WebDriver's code points for keys that write no character. @type {Record<string, string>} */
const WEBDRIVER = {
  Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Alt: '\uE00A', Escape: '\uE00C', Space: ' ',
  PageUp: '\uE00E', PageDown: '\uE00F', End: '\uE010', Home: '\uE011', ArrowLeft: '\uE012', ArrowUp: '\uE013',
  ArrowRight: '\uE014', ArrowDown: '\uE015', Delete: '\uE017', Meta: '\uE03D',
};

/** @param {string} chord  "Enter", "a", "Shift+Tab" */
export const keysOf = (chord) => (chord === '+' ? ['+'] : chord.split('+'));

/** @param {string} key */
export function webDriverKey(key) {
  const code = WEBDRIVER[key] ?? (key.length === 1 ? key : undefined);
  if (code === undefined) throw new Error(`unknown key "${key}"`);
  return code;
}

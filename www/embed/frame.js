/**
 * The page that others put into a frame: one <lottery-ticket> as the address says, and nothing around it. `embed.html#figure=race&
 * seed=7&rounds=5`: every attribute of the element, with its fields of the config in either spelling. The element is that of other
 * people's pages, because a sandboxed frame is one: nothing there is of its own origin.
 *
 * Messages, all `{type: 'lottery-ticket:…'}`: to the parent `height` {height} in CSS pixels whenever it changes; from the parent
 * `hello`, answered with the height, and `theme` {theme: 'auto' | 'light' | 'dark'}. Nobody but the parent is listened to.
 */
import { parentOrigin, themeOf } from './messages.js';

/** @type {{CONFIG_ATTRIBUTES: string[]}} */
const { CONFIG_ATTRIBUTES } = await import(/* @vite-ignore */ new URL('standalone/lottery-ticket.js', document.baseURI).href);

/** What the address may set beside the config. */
const OWN = ['figure', 'round', 'controls', 'compact', 'theme', 'lang', 'seeds'];
const LONGEST = 200;

const place = /** @type {HTMLElement} */ (document.querySelector('main'));

function show() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const element = document.createElement('lottery-ticket');
  for (const [name, value] of wanted) {
    const attribute = name.replaceAll('_', '-');
    if ([...OWN, ...CONFIG_ATTRIBUTES].includes(attribute) && value.length <= LONGEST) element.setAttribute(attribute, value);
  }
  const lang = wanted.get('lang');
  if (lang && /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(lang)) document.documentElement.lang = lang;
  use(wanted.get('theme'));
  place.querySelector('lottery-ticket')?.remove();
  place.append(element);
  // The laboratory has headings of its own, below this one.
  const heading = place.querySelector('h2');
  if (heading) heading.hidden = wanted.has('figure');
}

/** @param {unknown} theme */
function use(theme) {
  const scheme = themeOf(theme);
  if (scheme) document.documentElement.style.colorScheme = scheme === 'auto' ? '' : scheme;
}

const origin = parentOrigin(document.referrer);
let told = -1;

/** @param {boolean} [again] */
function tell(again = false) {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (parent === window || (height === told && !again)) return;
  told = height;
  // A height is no secret: where the browser hides who the parent is, it goes to whoever that is.
  parent.postMessage({ type: 'lottery-ticket:height', height }, origin ?? '*');
}

addEventListener('message', ({ source, origin: from, data }) => {
  if (source !== parent || parent === window || (origin !== null && from !== origin)) return;
  if (data?.type === 'lottery-ticket:hello') tell(true);
  if (data?.type === 'lottery-ticket:theme') use(data.theme);
});
addEventListener('hashchange', show);
show();
new ResizeObserver(() => tell()).observe(document.documentElement);

// Runs inside the page, the same text in every browser: finds elements as assistive technology would, by role and accessible name,
// through open shadow roots. It is sent as source, so it may use nothing from outside itself.

/**
 * @typedef {object} Found
 * @property {number} x  centre in the viewport, after scrolling there
 * @property {number} y
 * @property {boolean} covered  something else would get the click
 *
 * @typedef {object} Described
 * @property {string} role
 * @property {string} name
 * @property {string} description  from aria-describedby, aria-description or title
 * @property {boolean} disabled
 * @property {string | null} value
 * @property {boolean | null} checked
 * @property {string | null} expanded
 * @property {string | null} pressed
 * @property {boolean} focused
 */

/** @param {string} [within]  a selector, or several joined by ' >>> ' through shadow roots: only what is inside its first element is found */
export function accessible(within = '') {
  /** @type {Record<string, string>} */
  const TAGS = {
    ARTICLE: 'article', ASIDE: 'complementary', BUTTON: 'button', DETAILS: 'group', DIALOG: 'dialog', FIELDSET: 'group',
    FIGURE: 'figure', FORM: 'form', H1: 'heading', H2: 'heading', H3: 'heading', H4: 'heading', H5: 'heading', H6: 'heading',
    IMG: 'img', LI: 'listitem', MAIN: 'main', METER: 'meter', NAV: 'navigation', OL: 'list', OPTION: 'option',
    OUTPUT: 'status', PROGRESS: 'progressbar', SUMMARY: 'button', TABLE: 'table', TD: 'cell', TEXTAREA: 'textbox',
    TH: 'columnheader', TR: 'row', UL: 'list',
  };
  /** @type {Record<string, string>} */
  const INPUTS = {
    button: 'button', checkbox: 'checkbox', image: 'button', number: 'spinbutton', radio: 'radio', range: 'slider',
    reset: 'button', search: 'searchbox', submit: 'button', email: 'textbox', tel: 'textbox', text: 'textbox', url: 'textbox', file: 'file',
  };
  const NAMED_BY_CONTENT = new Set(['button', 'cell', 'checkbox', 'columnheader', 'heading', 'link', 'listitem', 'menuitem', 'option', 'radio', 'row', 'switch', 'tab', 'treeitem']);

  const tidy = (/** @type {string} */ text) => text.replace(/\s+/g, ' ').trim();

  /** @param {Element} element */
  function roleOf(element) {
    const given = element.getAttribute('role');
    if (given) return given.split(/\s+/)[0];
    if (element instanceof HTMLInputElement) return INPUTS[element.type] ?? element.type;
    if (element instanceof HTMLSelectElement) return element.multiple || element.size > 1 ? 'listbox' : 'combobox';
    if (element.tagName === 'A' || element.tagName === 'AREA') return element.hasAttribute('href') ? 'link' : '';
    if (element.tagName === 'SECTION') return nameFromAttributes(element) ? 'region' : '';
    return TAGS[element.tagName] ?? '';
  }

  /** Text as it is composed: slots give what is slotted into them, shadow roots replace light content. @param {Node} node @returns {string} */
  function textOf(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? '';
    if (!(node instanceof Element)) return '';
    if (node.getAttribute('aria-hidden') === 'true' || node.hasAttribute('hidden')) return '';
    if (node.tagName === 'STYLE' || node.tagName === 'SCRIPT') return '';
    const label = node.getAttribute('aria-label');
    if (label) return ` ${label} `;
    if (node instanceof HTMLImageElement) return ` ${node.alt} `;
    if (node instanceof HTMLInputElement || node instanceof HTMLSelectElement) return '';
    /** @type {Iterable<Node>} */
    let children = node.shadowRoot ? node.shadowRoot.childNodes : node.childNodes;
    if (node instanceof HTMLSlotElement && node.assignedNodes().length > 0) children = node.assignedNodes();
    const text = Array.from(children, textOf).join('');
    return getComputedStyle(node).display === 'inline' ? text : ` ${text} `;
  }

  /** @param {Element} element @param {string} ids */
  function textOfIds(element, ids) {
    const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    return tidy(ids.split(/\s+/).map((id) => root.getElementById(id)).filter((found) => found !== null).map((found) => found.getAttribute('aria-label') ?? textOf(found)).join(' '));
  }

  /** @param {Element} element */
  function nameFromAttributes(element) {
    const labelledBy = element.getAttribute('aria-labelledby');
    if (labelledBy) {
      const name = textOfIds(element, labelledBy);
      if (name) return name;
    }
    return tidy(element.getAttribute('aria-label') ?? '');
  }

  /** @param {Element} element */
  function nameOf(element) {
    const given = nameFromAttributes(element);
    if (given) return given;
    const labels = 'labels' in element ? /** @type {HTMLInputElement} */ (element).labels : null;
    if (labels && labels.length > 0) return tidy(Array.from(labels, textOf).join(' '));
    if (element instanceof HTMLImageElement) return tidy(element.alt);
    if (element instanceof HTMLInputElement && ['button', 'submit', 'reset'].includes(element.type)) return tidy(element.value);
    if (element instanceof HTMLFieldSetElement) return tidy(textOf(element.querySelector('legend') ?? document.createTextNode('')));
    if (element instanceof HTMLTableElement && element.caption) return tidy(textOf(element.caption));
    if (element instanceof HTMLElement && element.tagName === 'FIGURE') return tidy(textOf(element.querySelector('figcaption') ?? document.createTextNode('')));
    if (NAMED_BY_CONTENT.has(roleOf(element))) {
      const text = tidy(textOf(element));
      if (text) return text;
    }
    return tidy(element.getAttribute('title') ?? element.getAttribute('placeholder') ?? '');
  }

  /** @param {Element} element */
  const isVisible = (element) =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false }) && !element.closest('[aria-hidden="true"], [inert]');

  /** @param {Document | ShadowRoot | Element} root @returns {Generator<Element>} */
  function* everyElement(root) {
    for (const element of root.querySelectorAll('*')) {
      yield element;
      if (element.shadowRoot) yield* everyElement(element.shadowRoot);
    }
  }

  function focusedElement() {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  }

  /** @param {Element} element @returns {Described} */
  function describe(element) {
    const describedBy = element.getAttribute('aria-describedby');
    const description = describedBy ? textOfIds(element, describedBy) : tidy(element.getAttribute('aria-description') ?? element.getAttribute('title') ?? '');
    return {
      role: roleOf(element),
      name: nameOf(element),
      description,
      disabled: element.matches(':disabled') || element.getAttribute('aria-disabled') === 'true',
      value: 'value' in element ? String(element.value) : (element.getAttribute('aria-valuenow') ?? null),
      checked: element instanceof HTMLInputElement && ['checkbox', 'radio'].includes(element.type) ? element.checked : element.hasAttribute('aria-checked') ? element.getAttribute('aria-checked') === 'true' : null,
      expanded: element.getAttribute('aria-expanded') ?? (element.tagName === 'SUMMARY' ? String(/** @type {HTMLDetailsElement} */ (element.parentElement).open) : null),
      pressed: element.getAttribute('aria-pressed'),
      focused: element === focusedElement(),
    };
  }

  function scope() {
    /** @type {Document | ShadowRoot | Element} */
    let inside = document;
    for (const selector of within === '' ? [] : within.split(' >>> ')) {
      /** @type {Element | null} */
      const element = inside.querySelector(selector);
      if (!element) throw new Error(`nothing is ${within}`);
      inside = element.shadowRoot ?? element;
    }
    return inside;
  }

  /**
   * All visible elements of a role (any, when null) whose name is the given one, or begins with it when it ends in "…".
   * @param {string | null} role
   * @param {string} name
   */
  function findAll(role, name) {
    const matches = name.endsWith('…') ? (/** @type {string} */ own) => own.startsWith(name.slice(0, -1)) : (/** @type {string} */ own) => own === name;
    return Array.from(everyElement(scope())).filter((element) => {
      const own = roleOf(element);
      return own !== '' && (role === null || own === role) && isVisible(element) && matches(nameOf(element));
    });
  }

  /** The one element; an error that lists what there is otherwise. @param {string | null} role @param {string} name */
  function findOne(role, name) {
    const found = findAll(role, name);
    if (found.length === 1) return /** @type {HTMLElement} */ (found[0]);
    const what = `${role ?? 'element'} "${name}"`;
    if (found.length > 1) throw new Error(`${found.length} times ${what}`);
    const there = Array.from(everyElement(scope())).filter((element) => isVisible(element) && (role === null ? 'labels' in element : roleOf(element) === role));
    throw new Error(`no ${what}; there are: ${there.map((element) => `"${nameOf(element)}"`).join(', ') || 'none'}`);
  }

  /** @param {HTMLElement} element @returns {Found} */
  function pointOf(element) {
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = element.getBoundingClientRect();
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    let top = document.elementFromPoint(x, y);
    while (top?.shadowRoot?.elementFromPoint(x, y) && top.shadowRoot.elementFromPoint(x, y) !== top) top = top.shadowRoot.elementFromPoint(x, y);
    /** @type {Node | null} */
    let node = top;
    while (node && node !== element) node = node instanceof ShadowRoot ? node.host : (/** @type {Element} */ (node).assignedSlot ?? node.parentNode);
    return { x, y, covered: node !== element };
  }

  /**
   * Lets the next click through to one element only: a page whose layout moves under the mouse would give it to another.
   * `clickLanded` on the window is a promise of whether the element got it.
   * @param {HTMLElement} element
   */
  function aimAt(element) {
    const steps = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
    const landed = new Promise((resolve) => {
      const guard = (/** @type {Event} */ event) => {
        const hit = event.composedPath().includes(element);
        if (!hit) {
          event.stopImmediatePropagation();
          event.preventDefault();
        }
        if (event.type === 'click') end(hit);
      };
      const end = (/** @type {boolean} */ hit) => {
        for (const step of steps) window.removeEventListener(step, guard, true);
        resolve(hit);
      };
      for (const step of steps) window.addEventListener(step, guard, true);
      setTimeout(end, 3000, false);
    });
    Object.assign(window, { clickLanded: landed });
  }

  return { aimAt, describe, everyElement, findAll, findOne, focusedElement, nameOf, pointOf, roleOf };
}

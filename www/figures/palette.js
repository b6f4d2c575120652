import { css, unsafeCSS } from 'lit';

/**
 * Private colours `--_name` for an element: the host's `--lt-name` where it is set, else one that follows the colour scheme; also in
 * browsers without light-dark().
 * @param {Record<string, [light: string, dark: string]>} colours
 */
export function palette(colours) {
  const write = (/** @type {(light: string, dark: string) => string} */ value) =>
    `:host{${Object.entries(colours).map(([name, both]) => `--_${name}:var(--lt-${name},${value(...both)})`).join(';')}}`;
  return unsafeCSS(
    `${write((light) => light)}@media screen and (prefers-color-scheme:dark){${write((_, dark) => dark)}}` +
      `@supports(color:light-dark(red,red)){${write((light, dark) => `light-dark(${light},${dark})`)}}`,
  );
}

/** What every element of ours begins with. */
export const ground = css`
  :host {
    display: block;
    color: var(--_fg);
    font-family: var(--lt-font, inherit);
  }
  @media print {
    :host {
      color-scheme: light !important;
    }
  }
  :host([hidden]) {
    display: none;
  }
  :host,
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  * {
    /* Words keep the direction of their language on a page that reads the other way. */
    unicode-bidi: plaintext;
  }
  :host(:dir(rtl)) {
    /* And stand at the side where the page's own lines begin. */
    text-align: right;
  }
`;

import { unsafeCSS } from 'lit';

/**
 * Private colours `--_name` for an element: the host's `--lt-name` where it is set, else one that follows the colour scheme; also in
 * browsers without light-dark().
 * @param {Record<string, [light: string, dark: string]>} colours
 */
export function palette(colours) {
  const write = (/** @type {(light: string, dark: string) => string} */ value) =>
    `:host{${Object.entries(colours).map(([name, both]) => `--_${name}:var(--lt-${name},${value(...both)})`).join(';')}}`;
  return unsafeCSS(
    `${write((light) => light)}@media(prefers-color-scheme:dark){${write((_, dark) => dark)}}` +
      `@supports(color:light-dark(red,red)){${write((light, dark) => `light-dark(${light},${dark})`)}}`,
  );
}

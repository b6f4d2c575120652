import { css } from 'lit';
import { ground, palette } from '../figures/palette.js';

const colours = palette({
  bg: ['#fcfcfb', '#101214'],
  surface: ['#f3f4f3', '#181b1e'],
  raised: ['#fff', '#1e2225'],
  fg: ['#16181b', '#e8eaec'],
  muted: ['#565c64', '#a4abb3'],
  line: ['#d9dcdf', '#32383d'],
  'strong-line': ['#868c93', '#7b838b'],
  accent: ['#00766a', '#45c8b5'],
  'on-accent': ['#fff', '#05201c'],
  focus: ['#1a5fd0', '#8ab8ff'],
  warn: ['#a13a00', '#ffb27a'],
});

/** Looks of the element. Tokens come from the page or the host; without any, the colours below. */
export const styles = css`
  ${colours}
  ${ground}
  :host {
    container: lottery-ticket / inline-size;
    line-height: 1.5;
  }
  h3 {
    margin: 0 0 0.5rem;
    font-size: 1.0625rem;
    line-height: 1.3;
  }
  p {
    margin: 0;
  }
  a {
    color: var(--_accent);
  }
  button,
  select,
  input,
  .file {
    font: inherit;
    color: inherit;
  }
  button,
  .file {
    display: inline-flex;
    align-items: center;
    min-block-size: 2.25rem;
    padding: 0.25rem 0.75rem;
    border: 1px solid var(--_strong-line);
    border-radius: 6px;
    background: var(--_raised);
    font-weight: 600;
    line-height: 1.2;
    cursor: pointer;
  }
  button:hover:not([aria-disabled='true']),
  .file:hover {
    border-color: var(--_fg);
  }
  button[aria-disabled='true'] {
    border-style: dashed;
    color: var(--_muted);
    font-weight: 500;
    cursor: default;
  }
  button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  button.primary[aria-disabled='true'] {
    border-color: var(--_strong-line);
    background: transparent;
    color: var(--_muted);
  }
  :focus-visible,
  .file:focus-within {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  select,
  input:not([type='checkbox'], [type='radio'], [type='file']) {
    inline-size: 100%;
    min-block-size: 2.25rem;
    padding: 0.25rem 0.5rem;
    border: 1px solid var(--_strong-line);
    border-radius: 6px;
    background: var(--_raised);
  }
  ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  input[aria-invalid='true'] {
    border: 2px solid var(--_warn);
  }
  input[type='checkbox'],
  input[type='radio'] {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--_accent);
  }

  .bench {
    position: sticky;
    inset-block-start: 0;
    z-index: 5;
    padding-block: 0.75rem;
    border-block-end: 1px solid var(--_line);
    background: var(--_bg);
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
  }
  .group {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
  }
  .hint,
  .facts {
    min-block-size: 1.5em;
    margin-block: 0.25rem;
    color: var(--_muted);
    font-size: 0.875rem;
  }
  .status,
  .facts {
    font-variant-numeric: tabular-nums;
  }
  progress {
    display: block;
    inline-size: 100%;
    block-size: 0.5rem;
    margin-block: 0.375rem 0;
    accent-color: var(--_accent);
  }
  .note {
    margin-block: 0.75rem;
    padding: 0.75rem 1rem;
    border-inline-start: 4px solid var(--_accent);
    background: var(--_surface);
  }
  .note.warn {
    border-color: var(--_warn);
  }
  .note ul {
    margin: 0.25rem 0 0;
    padding-inline-start: 1.25rem;
  }
  .note button {
    margin-block-start: 0.5rem;
  }

  .section {
    margin-block-start: 1.5rem;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 12.5rem), 1fr));
    gap: 0 1rem;
  }
  /* In rows with its neighbours, also where a label takes two lines: label, input, help, refusal. */
  .field {
    display: grid;
    grid-row: span 4;
    grid-template-rows: subgrid;
    padding-block-end: 1rem;
  }
  .field label,
  legend {
    display: block;
    align-self: end;
    margin-block-end: 0.25rem;
    padding: 0;
    font-weight: 600;
  }
  .help {
    margin-block-start: 0.25rem;
    color: var(--_muted);
    font-size: 0.8125rem;
    line-height: 1.4;
  }
  .help em {
    display: block;
    font-style: normal;
    color: var(--_fg);
  }
  .refusal {
    color: var(--_warn);
    font-size: 0.875rem;
    font-weight: 600;
  }
  .arms {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr));
    gap: 0.5rem 1.25rem;
    margin: 1rem 0;
    padding: 0;
    border: 0;
  }
  .arms > legend,
  .arms > .help {
    grid-column: 1 / -1;
    margin: 0;
  }
  .arm {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 0.5rem;
    align-items: center;
    align-content: start;
  }
  /* On the first line of their labels. */
  :is(.arm, .rests) input {
    align-self: start;
    margin-block-start: 0.125rem;
  }
  .arm .help {
    grid-column: 2;
    margin: 0;
  }
  .arm label {
    min-block-size: 1.5rem;
  }
  details.more {
    margin-block-start: 1rem;
  }
  summary {
    min-block-size: 2rem;
    line-height: 2rem;
    font-weight: 600;
    cursor: pointer;
    inline-size: fit-content;
  }
  .section > .row,
  .drop > .row,
  .row + .help,
  .help + .refusal,
  .rests {
    margin-block-start: 0.75rem;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  .figures {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2rem;
    margin-block-start: 1.5rem;
  }
  .look {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    margin: 0 0 0.75rem;
    padding: 0;
    border: 0;
  }
  .look label {
    position: relative;
    display: inline-flex;
    align-items: center;
    min-block-size: 2rem;
    padding-inline: 0.75rem;
    border: 1px solid var(--_line);
    border-radius: 6px;
    cursor: pointer;
  }
  .look input {
    position: absolute;
    inset: 0;
    inline-size: auto;
    block-size: auto;
    opacity: 0;
    cursor: pointer;
  }
  .look label:has(:checked) {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  .look label:has(:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .rests {
    flex-wrap: nowrap;
  }
  .drop {
    padding: 1rem;
    border: 2px dashed var(--_strong-line);
    border-radius: 6px;
  }
  .drop.over {
    border-color: var(--_accent);
    background: var(--_surface);
  }
  .file input {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    opacity: 0;
  }
  .file {
    position: relative;
  }
  .runs {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .runs li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.75rem;
    padding-block: 0.375rem;
    border-block-end: 1px solid var(--_line);
  }
  .runs span {
    flex: 1 1 14rem;
  }
  .live,
  .said {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @container lottery-ticket (min-width: 60rem) {
    .figures {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    .figures > .wide {
      grid-column: 1 / -1;
    }
  }
  @media (forced-colors: active) {
    .look label:has(:checked) {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
  @media (max-height: 40rem), (max-width: 40rem) {
    .bench {
      position: static;
    }
  }
  @media print {
    .bench,
    .section {
      display: none;
    }
  }
`;

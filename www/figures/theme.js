import { css } from 'lit';
import { ground, palette } from './palette.js';

const colours = palette({
  bg: ['#fff', '#15171b'],
  fg: ['#1b1d22', '#e9eaee'],
  muted: ['#5c616b', '#a3a8b3'],
  line: ['#dcdee3', '#33373f'],
  pos: ['#1d66b8', '#63a7f2'],
  neg: ['#c4570a', '#f19340'],
  dense: ['#3f444d', '#c0c4cd'],
  ticket: ['#00796b', '#3fc0ad'],
  control: ['#c2315a', '#f4799a'],
  'other-1': ['#6b56c4', '#a99bf0'],
  'other-2': ['#856404', '#d6b656'],
  'other-3': ['#3a7d2c', '#86c97a'],
  dead: ['#c3c6cd', '#4b5059'],
});

/**
 * The looks that figures share. A host page sets the tokens `--lt-*` on the element or anywhere above it; what it leaves unset
 * follows its colour scheme. Inside, only the private names `--_*` are used.
 */
export const theme = css`
  ${colours}
  ${ground}
  @media print {
    :host {
      break-inside: avoid;
    }
    .tools,
    .verbs button,
    .slider,
    details {
      display: none;
    }
  }

  :host {
    container: lt-figure / inline-size;
    line-height: 1.45;
  }
  figure {
    margin: 0;
  }
  .header {
    display: grid;
    grid-template-columns: minmax(9rem, 1fr) auto auto;
    align-items: center;
    gap: 0.25rem 1rem;
    min-block-size: 2rem;
    margin-block-end: 0.5rem;
  }
  .heading {
    grid-column: 1;
    margin: 0;
    font-size: 1em;
    font-weight: 650;
    text-wrap: balance;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.75rem;
    grid-column: 2;
    grid-row: 1;
    justify-content: end;
    font-size: 0.8125em;
  }
  @container lt-figure (inline-size < 46rem) {
    .header {
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 0.25rem;
    }
    .tools {
      grid-row: 2;
      grid-column: 1 / -1;
      justify-content: start;
      margin-inline-start: -0.4rem;
      gap: 0.25rem;
    }
  }
  /* They keep their room: nothing moves when data come. */
  .empty :is(.menu, .unit, .values) {
    visibility: hidden;
  }
  .picture {
    position: relative;
    inline-size: 100%;
  }
  .picture > svg,
  .picture > canvas {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    overflow: visible;
    direction: ltr;
  }
  figcaption {
    margin-block-start: 0.5rem;
    min-block-size: 2.9em;
    max-inline-size: 68ch;
    color: var(--_muted);
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
    text-wrap: pretty;
  }
  .probe i {
    color: var(--_fg);
    transition: color 1ms;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  button,
  select,
  input {
    font: inherit;
    color: inherit;
  }
  button {
    min-block-size: 1.75rem;
    min-inline-size: 1.75rem;
    padding: 0.125rem 0.625rem;
    border: 1px solid var(--_line);
    border-radius: 0.375rem;
    background: var(--_bg);
    cursor: pointer;
  }
  button:hover {
    border-color: var(--_muted);
  }
  button:disabled,
  button[aria-disabled='true'] {
    border-color: var(--_line);
    color: var(--_muted);
    opacity: 0.6;
    cursor: default;
  }
  button.primary {
    border-color: var(--_fg);
    background: var(--_fg);
    color: var(--_bg);
  }
  :focus-visible,
  .choice label:has(:focus-visible) {
    outline: 2px solid var(--_pos);
    outline-offset: 2px;
  }

  .choice {
    display: inline-flex;
    flex-wrap: wrap;
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
    gap: 0 0.125rem;
  }
  .choice label,
  .menu > summary {
    position: relative;
    display: inline-flex;
    align-items: center;
    min-block-size: 1.75rem;
    padding-inline: 0.5rem;
    border-radius: 0.375rem;
    color: var(--_muted);
    cursor: pointer;
  }
  .choice label:hover,
  .menu > summary:hover,
  .menu[open] > summary {
    color: var(--_fg);
  }
  .choice input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .choice label:has(:checked) {
    color: var(--_fg);
    background: color-mix(in srgb, var(--_fg) 9%, transparent);
    font-weight: 600;
  }
  @media (forced-colors: active) {
    :host {
      --_bg: Canvas;
      --_fg: CanvasText;
      --_muted: CanvasText;
      --_line: GrayText;
      --_dead: GrayText;
      --_pos: LinkText;
      --_neg: GrayText;
    }
    /* The one is not seen: canvases ask it for colours, and would be told the same of all. */
    .probe,
    .choice label:has(:checked) {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }

  .menu {
    position: relative;
    grid-row: 1;
    grid-column: -2;
    font-size: 0.8125em;
  }
  .menu > summary::-webkit-details-marker {
    display: none;
  }
  .menu > div {
    position: absolute;
    inset-block-start: 100%;
    inset-inline-end: 0;
    z-index: 3;
    display: grid;
    min-inline-size: 8rem;
    padding: 0.25rem;
    border: 1px solid var(--_line);
    border-radius: 0.5rem;
    background: var(--_bg);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.14);
  }
  .menu > div button {
    border: 0;
    text-align: start;
    white-space: nowrap;
  }
  .menu > div button:hover {
    background: color-mix(in srgb, var(--_fg) 9%, transparent);
  }

  .values {
    margin-block-start: 0.25rem;
    font-size: 0.8125em;
  }
  .values > summary {
    inline-size: fit-content;
    min-block-size: 1.75rem;
    line-height: 1.75rem;
    color: var(--_muted);
    cursor: pointer;
  }
  .scroll {
    max-block-size: 22rem;
    overflow: auto;
    border-block: 1px solid var(--_line);
  }
  table {
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  caption {
    padding-block: 0.25rem;
    color: var(--_muted);
    text-align: start;
  }
  th,
  td {
    padding: 0.25rem 0.5rem 0.25rem 0;
    text-align: end;
    white-space: nowrap;
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--_bg);
    color: var(--_muted);
    font-weight: 600;
  }
  th:first-child,
  td:first-child {
    text-align: start;
    font-weight: 400;
  }
  tbody tr {
    border-block-start: 1px solid var(--_line);
  }

  svg text {
    fill: var(--_fg);
    font-size: 0.8125rem;
    font-family: inherit;
    font-variant-numeric: tabular-nums;
  }
  svg text.muted {
    fill: var(--_muted);
  }
  svg .axis {
    stroke: var(--_line);
    stroke-width: 1;
    fill: none;
  }
  svg .halo {
    paint-order: stroke;
    stroke: var(--_bg);
    stroke-width: 4px;
    stroke-linejoin: round;
  }
  svg .hit {
    fill: transparent;
    stroke: none;
  }
  .arm-dense {
    --_arm: var(--_dense);
  }
  .arm-ticket {
    --_arm: var(--_ticket);
  }
  .arm-control {
    --_arm: var(--_control);
  }
  .arm-other-1 {
    --_arm: var(--_other-1);
  }
  .arm-other-2 {
    --_arm: var(--_other-2);
  }
  .arm-other-3 {
    --_arm: var(--_other-3);
  }
  svg text.arm {
    fill: var(--_arm);
    font-weight: 600;
  }
`;

/** What is said of one unit, beside its weights. */
export const panel = css`
  .unit {
    display: flex;
    gap: 1rem;
    align-items: start;
    min-block-size: 5rem;
    margin-block-start: 0.5rem;
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }
  .unit canvas {
    position: static;
    flex: none;
    inline-size: 4.75rem;
    block-size: 4.75rem;
    border: 1px solid var(--_line);
    border-radius: 0.25rem;
    object-fit: contain;
    image-rendering: pixelated;
  }
  .unit p {
    margin: 0;
  }
  .unit p + p {
    color: var(--_muted);
  }
  .hint {
    color: var(--_muted);
  }
`;

/** A line of numbers under a chart, which names its lines too. */
export const readout = css`
  .readout {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.25rem;
    min-block-size: 1.5em;
    margin-block-start: 0.25rem;
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }
  .readout b {
    color: var(--_arm);
    font-weight: 600;
  }
  .readout > span {
    color: var(--_muted);
  }
  .sample {
    inline-size: 22px;
    block-size: 10px;
    margin-inline-end: 0.25em;
    overflow: visible;
    direction: ltr;
  }
  .sample line {
    stroke: var(--_arm);
    stroke-width: 2;
  }
  .sample path {
    fill: var(--_arm);
  }
`;

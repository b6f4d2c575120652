import { css } from 'lit';

/** The drawing area, the answers beside it, and the path below. */
export const digitStyles = css`
  .picture {
    display: grid;
    grid-template-columns: 15rem minmax(0, 1fr);
    gap: 1rem 2.5rem;
    align-items: start;
  }
  .picture > svg {
    position: static;
    grid-column: 1 / -1;
    block-size: 15rem;
    direction: ltr;
  }
  .pad {
    position: relative;
    aspect-ratio: 1;
    border: 1px solid var(--_muted);
    border-radius: 0.25rem;
    overflow: hidden;
    cursor: crosshair;
    touch-action: none;
    direction: ltr;
  }
  .pad canvas,
  .pad .invite {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  .pad .cursor {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    inline-size: calc(100% / 28);
    block-size: calc(100% / 28);
    outline: 2px solid var(--_neg);
  }
  .pad .invite {
    display: grid;
    place-content: center;
    padding: 1rem;
    color: var(--_muted);
    font-size: 0.875em;
    text-align: center;
    pointer-events: none;
  }
  .verbs {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.375rem;
    margin-block-start: 0.5rem;
    font-size: 0.875em;
  }
  .verbs .seen {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    flex: 1 1 100%;
    color: var(--_muted);
  }
  .seen canvas {
    inline-size: 56px;
    block-size: 56px;
    flex: none;
    border: 1px solid var(--_line);
    image-rendering: pixelated;
  }
  table {
    inline-size: 100%;
    table-layout: fixed;
    font-size: 0.875em;
  }
  col.digit {
    inline-size: 2rem;
  }
  .answers thead th {
    position: static;
    background: none;
    padding: 0.25rem 0 0.5rem;
    color: var(--_arm);
    text-align: start;
    vertical-align: bottom;
    white-space: normal;
    line-height: 1.25;
  }
  .answers thead span {
    display: block;
  }
  .answers thead .says {
    color: var(--_fg);
    font-size: 1.75em;
    font-weight: 600;
    line-height: 1.2;
  }
  .answers thead .left {
    color: var(--_muted);
    font-weight: 400;
    font-size: 0.875em;
  }
  .answers tbody tr {
    border: 0;
  }
  .answers tbody th {
    padding: 0;
    color: var(--_muted);
  }
  .answers tbody td {
    padding: 0 0.75rem 0 0;
    text-align: start;
  }
  .answers tr.label th {
    color: var(--_fg);
    font-weight: 700;
  }
  .answers .bar {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 3.6em;
    align-items: center;
    gap: 0.375rem;
    block-size: 1.5rem;
    color: var(--_muted);
  }
  .answers .bar.best {
    color: var(--_fg);
    font-weight: 600;
  }
  .answers .bar span {
    text-align: end;
  }
  .answers svg {
    inline-size: 100%;
    block-size: 0.625rem;
    overflow: visible;
    direction: ltr;
  }
  .answers rect.track {
    fill: var(--_line);
    opacity: 0.5;
  }
  .answers rect.value {
    fill: var(--_arm);
    opacity: 0.55;
  }
  .answers .best rect.value {
    opacity: 1;
  }
  @container lt-figure (inline-size < 35rem) {
    .picture {
      grid-template-columns: minmax(0, 1fr);
    }
    .draw {
      justify-self: center;
      inline-size: min(15rem, 100%);
    }
    .picture > svg {
      block-size: 22rem;
    }
    .answers .bar {
      grid-template-columns: minmax(0, 1fr);
      block-size: 2rem;
      gap: 0;
      align-content: center;
    }
    .answers .bar span {
      order: -1;
      text-align: start;
      font-size: 0.75rem;
      line-height: 1.1;
    }
    .answers svg {
      block-size: 0.375rem;
    }
  }
  .edge.positive {
    stroke: var(--_pos);
  }
  .edge.negative {
    stroke: var(--_neg);
  }
  .cell,
  .node {
    fill: var(--_fg);
  }
  .outline {
    fill: none;
    stroke: var(--_line);
  }
  text.winner {
    font-weight: 700;
  }
`;

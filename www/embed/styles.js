import { css } from 'lit';

/** Looks of a single figure on somebody's page, beside the laboratory's. */
export const embedStyles = css`
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
    background: var(--_bg);
  }
  .exhibit .bench {
    position: static;
    border: 0;
    background: none;
    padding-block: 0.5rem;
  }
  .exhibit .source {
    min-block-size: 1.4em;
  }
`;

import { css } from 'lit';

/** Looks on somebody's page, beside the laboratory's. */
export const embedStyles = css`
  /* A page may be dark without saying so: ink never stands on a ground that it was not chosen for. */
  :host {
    background: var(--_bg);
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  .exhibit .bench {
    position: static;
    border: 0;
    padding-block: 0.5rem;
  }
  .exhibit .source {
    min-block-size: 1.4em;
  }
`;

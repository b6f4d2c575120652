import { css, html, nothing } from 'lit';
import { lookOf } from './arms.js';
import { define, LtFigure } from './base.js';
import { toCsv, unknown, written } from './csv.js';
import { count, decimal, percent } from './format.js';
import { sum } from './histogram-layout.js';
import { theme } from './theme.js';

/** @typedef {import('./types.js').RoundsData} RoundsData */
/** @typedef {import('./types.js').RoundResult} RoundResult */
/** @typedef {import('./csv.js').Value} Value */

/**
 * Rows in the order of one column, unknown values last either way.
 * @param {RoundResult[]} results
 * @param {(result: RoundResult) => Value} value
 * @param {boolean} descending
 */
function sortBy(results, value, descending) {
  return [...results].sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (unknown(a) || unknown(b)) return Number(unknown(a)) - Number(unknown(b));
    const way = typeof a === 'string' ? a.localeCompare(String(b)) : Number(a) - Number(b);
    return descending ? -way : way;
  });
}

/**
 * The table behind it all.
 * @extends {LtFigure<RoundsData>}
 */
export class LtRounds extends LtFigure {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { sorted: { state: true }, copied: { state: true } };
  static styles = [
    theme,
    css`
      .scroll {
        max-block-size: 34rem;
      }
      table {
        inline-size: 100%;
        font-size: 0.875em;
      }
      th button {
        padding: 0;
        border: 0;
        background: none;
        font-weight: inherit;
        text-align: inherit;
      }
      th[aria-sort] button {
        color: var(--_fg);
      }
      tbody tr:hover,
      tbody tr.here {
        background: color-mix(in srgb, var(--_fg) 6%, transparent);
      }
      td.arm {
        color: var(--_arm);
        font-weight: 600;
      }
      td.arm,
      th.start {
        text-align: start;
      }
      th button.round {
        min-inline-size: 2rem;
        text-decoration: underline;
        text-decoration-color: var(--_line);
        text-underline-offset: 0.2em;
      }
      thead th {
        white-space: normal;
        line-height: 1.2;
        padding-block: 0.375rem;
        vertical-align: bottom;
      }
      @media (forced-colors: active) {
        tbody tr.here {
          outline: 1px solid Highlight;
        }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {{key: string, descending: boolean}} */
    this.sorted = { key: 'round', descending: false };
    this.copied = false;
  }

  get empty() {
    return !this.data?.results.length;
  }

  controls() {
    return html`<button type="button" part="copy" ?disabled=${this.empty} @click=${this.copy}>
      ${this.t(this.copied ? 'rounds.copied' : 'rounds.copy')}
    </button>`;
  }

  async copy() {
    const lines = toCsv(this.table(), '\t');
    const { address } = this.data ?? {};
    try {
      await navigator.clipboard.writeText(address ? `${address}\r\n${lines}` : lines);
      this.copied = true;
    } catch {
      // The page may not, or is not secure: then there is no clipboard at all.
      await this.save('csv');
    }
    setTimeout(() => (this.copied = false), 2000);
  }

  /** @returns {(import('./csv.js').Column & {value: (result: RoundResult) => Value})[]} */
  columns() {
    const lang = this.locale;
    const n = (/** @type {number} */ value) => count(lang, value);
    const p = (/** @type {number} */ value) => percent(lang, value, 2);
    /** @type {[string, string, (result: RoundResult) => Value, ((value: any) => string)?][]} */
    const columns = [
      ['round', 'round', (r) => r.round],
      ['arm', 'arm', (r) => (r.round ? r.arm : 'dense'), (arm) => this.armName(arm)],
      ['seed', 'seed', (r) => r.seed],
      ['remaining_percent', 'remaining', (r) => r.remaining, (v) => percent(lang, v)],
      ['connections', 'connections', (r) => r.survivors && sum(r.survivors), n],
      ['effective', 'effective', (r) => r.effective, n],
      ['dead_units', 'deadUnits', (r) => r.dead && sum(r.dead), n],
      ['early_stop_step', 'earlyStop', (r) => r.earlyStopStep, n],
      ['test_accuracy_early_stop_percent', 'testEarly', (r) => r.testAccuracyEarlyStop, p],
      ['test_accuracy_final_percent', 'testFinal', (r) => r.testAccuracyFinal, p],
      ['train_accuracy_percent', 'train', (r) => r.trainAccuracy, p],
      ['validation_loss', 'valLoss', (r) => r.valLoss, (v) => decimal(lang, v, 4)],
      ['fingerprint', 'fingerprint', (r) => r.fingerprint, (v) => String(v).slice(0, 8)],
    ];
    return columns.map(([key, word, value, format]) => ({ key, label: this.t(`column.${word}`), value, format }));
  }

  /** Columns that have something in them. */
  known() {
    return this.columns().filter(({ value }) => this.data?.results.some((result) => !unknown(value(result))));
  }

  picture() {
    if (this.empty) return html`<p>${this.t('ladder.none')}</p>`;
    const columns = this.known();
    const by = columns.find(({ key }) => key === this.sorted.key) ?? columns[0];
    const rows = sortBy(this.data?.results ?? [], by.value, this.sorted.descending);
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${this.headline()}>
      <table part="table">
        <thead>
          <tr>
            ${columns.map(({ key, label }) => {
              const here = key === by.key;
              const way = here ? (this.sorted.descending ? 'descending' : 'ascending') : nothing;
              return html`<th scope="col" class=${key === 'arm' ? 'start' : ''} aria-sort=${way}>
                <button type="button" @click=${() => this.sort(key)}>
                  ${label}<span aria-hidden="true">${here ? (this.sorted.descending ? '\u00a0↓' : '\u00a0↑') : ''}</span>
                </button>
              </th>`;
            })}
          </tr>
        </thead>
        <tbody>
          ${rows.map((result) => {
            const here = result.round === this.data?.round;
            return html`<tr class=${here ? 'here' : ''} aria-current=${here ? 'true' : nothing}>
              ${columns.map((column) => {
                const { key } = column;
                const raw = column.value(result);
                const text = written(column, raw);
                if (key === 'round') {
                  return html`<th scope="row">
                    <button type="button" class="round" aria-label=${this.t('rounds.choose', { round: result.round })} @click=${() => this.say('lt-select', { round: result.round, arm: result.arm, seed: result.seed })}>
                      ${text}
                    </button>
                  </th>`;
                }
                if (key === 'arm') return html`<td class="arm arm-${lookOf(String(raw)).token}">${text}</td>`;
                if (key === 'fingerprint' && raw) return html`<td><code title=${String(raw)}>${text}</code></td>`;
                return html`<td>${text}</td>`;
              })}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
  }

  /** @param {string} key */
  sort(key) {
    this.sorted = { key, descending: this.sorted.key === key ? !this.sorted.descending : false };
  }

  caption() {
    const { length } = this.data?.results ?? [];
    return length ? this.t('rounds.caption', { count: length, rows: count(this.locale, length) }) : '';
  }

  table() {
    const columns = this.known();
    return {
      columns,
      rows: (this.data?.results ?? []).map((result) => columns.map(({ value }) => value(result))),
    };
  }

  snapshot() {
    const scroll = this.renderRoot.querySelector('.scroll');
    if (!scroll) return null;
    // Its head stays in sight while rows pass below it; on paper it stands above them all.
    const { scrollTop } = scroll;
    scroll.scrollTop = 0;
    queueMicrotask(() => (scroll.scrollTop = scrollTop));
    return scroll.querySelector('table');
  }

  /** @returns {import('./base.js').Part} */
  values() {
    return nothing;
  }
}

define('lt-rounds', LtRounds);

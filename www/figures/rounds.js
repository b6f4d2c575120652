import { css, html, nothing } from 'lit';
import { lookOf } from './arms.js';
import { define, LtFigure } from './base.js';
import { toCsv } from './csv.js';
import { count, decimal, percent } from './format.js';
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
  const unknown = (/** @type {Value} */ v) => v === undefined || v === null || Number.isNaN(v);
  return results
    .map((result, i) => ({ result, i, key: value(result) }))
    .sort((a, b) => {
      if (unknown(a.key) || unknown(b.key)) return Number(unknown(a.key)) - Number(unknown(b.key)) || a.i - b.i;
      const way = typeof a.key === 'string' ? a.key.localeCompare(String(b.key)) : Number(a.key) - Number(b.key);
      return (descending ? -way : way) || a.i - b.i;
    })
    .map(({ result }) => result);
}

/** @param {number[] | undefined} values */
const total = (values) => values?.reduce((a, b) => a + b, 0);

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
        display: inline-flex;
        align-items: center;
        gap: 0.25em;
        padding: 0;
        border: 0;
        background: none;
        font-weight: inherit;
        text-align: inherit;
      }
      th[aria-sort] button {
        color: var(--_fg);
      }
      tbody tr:hover {
        background: color-mix(in srgb, var(--_fg) 4%, transparent);
      }
      tbody tr.here {
        background: color-mix(in srgb, var(--_fg) 6%, transparent);
      }
      td.arm {
        color: var(--_arm);
        font-weight: 600;
        text-align: start;
      }
      th.start {
        text-align: start;
      }
      th button.round {
        min-inline-size: 2rem;
        text-decoration: underline;
        text-decoration-color: var(--_line);
        text-underline-offset: 0.2em;
      }
      th,
      td {
        vertical-align: middle;
      }
      thead th {
        white-space: normal;
        line-height: 1.2;
        padding-block: 0.375rem;
        vertical-align: bottom;
      }
      thead th button {
        justify-content: flex-end;
      }
      th:first-child button,
      th.start button {
        justify-content: flex-start;
      }
      code {
        font-size: 0.925em;
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

  formats() {
    return /** @type {('svg' | 'png' | 'csv')[]} */ (['csv']);
  }

  controls() {
    return html`<button type="button" part="copy" ?disabled=${!this.data?.results.length} @click=${this.copy}>
      ${this.t(this.copied ? 'rounds.copied' : 'rounds.copy')}
    </button>`;
  }

  async copy() {
    const lines = toCsv(this.table(), '\t');
    const { address } = this.data ?? {};
    await navigator.clipboard?.writeText(address ? `${address}\r\n${lines}` : lines).then(
      () => (this.copied = true),
      () => this.save('csv'),
    );
    setTimeout(() => (this.copied = false), 2000);
  }

  /** @returns {(import('./csv.js').Column & {value: (result: RoundResult) => Value})[]} */
  columns() {
    const lang = this.locale;
    const n = (/** @type {number} */ value) => count(lang, value);
    const p = (/** @type {number} */ value) => percent(lang, value, 2);
    return [
      { key: 'round', label: this.t('column.round'), value: (r) => r.round },
      { key: 'arm', label: this.t('column.arm'), value: (r) => (r.round === 0 && r.arm === 'ticket' ? 'dense' : r.arm), format: (arm) => this.armName(arm) },
      { key: 'seed', label: this.t('column.seed'), value: (r) => r.seed },
      { key: 'remaining_percent', label: this.t('column.remaining'), value: (r) => r.remaining, format: (v) => percent(lang, v) },
      { key: 'connections', label: this.t('column.connections'), value: (r) => total(r.survivors), format: n },
      { key: 'effective', label: this.t('column.effective'), value: (r) => r.effective, format: n },
      { key: 'dead_units', label: this.t('column.deadUnits'), value: (r) => total(r.dead), format: n },
      { key: 'early_stop_step', label: this.t('column.earlyStop'), value: (r) => r.earlyStopStep, format: n },
      { key: 'test_accuracy_early_stop_percent', label: this.t('column.testEarly'), value: (r) => r.testAccuracyEarlyStop, format: p },
      { key: 'test_accuracy_final_percent', label: this.t('column.testFinal'), value: (r) => r.testAccuracyFinal, format: p },
      { key: 'train_accuracy_percent', label: this.t('column.train'), value: (r) => r.trainAccuracy, format: p },
      { key: 'validation_loss', label: this.t('column.valLoss'), value: (r) => r.valLoss, format: (v) => decimal(lang, v, 4) },
      { key: 'fingerprint', label: this.t('column.fingerprint'), value: (r) => r.fingerprint, format: (v) => String(v).slice(0, 8) },
    ];
  }

  /** Columns that have something in them. */
  known() {
    const results = this.data?.results ?? [];
    return this.columns().filter(({ value }) => results.some((result) => value(result) !== undefined && value(result) !== null));
  }

  picture() {
    const results = this.data?.results ?? [];
    if (!results.length) return html`<p>${this.t('ladder.none')}</p>`;
    const columns = this.known();
    const by = columns.find(({ key }) => key === this.sorted.key) ?? columns[0];
    const rows = sortBy(results, by.value, this.sorted.descending);
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${this.headline()}>
      <table part="table">
        <thead>
          <tr>
            ${columns.map(({ key, label }) => {
              const here = key === by.key;
              const way = here ? (this.sorted.descending ? 'descending' : 'ascending') : nothing;
              return html`<th scope="col" class=${key === 'arm' ? 'start' : ''} aria-sort=${way}>
                <button type="button" @click=${() => this.sort(key)}>
                  ${label}<span aria-hidden="true">${here ? (this.sorted.descending ? '↓' : '↑') : ''}</span>
                </button>
              </th>`;
            })}
          </tr>
        </thead>
        <tbody>
          ${rows.map((result) => {
            const here = result.round === this.data?.round;
            return html`<tr class=${here ? 'here' : ''} aria-current=${here ? 'true' : nothing}>
              ${columns.map(({ key, value, format }) => {
                const raw = value(result);
                const text = raw === undefined || raw === null ? '–' : format ? format(raw) : String(raw);
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
    const results = this.data?.results ?? [];
    if (!results.length) return '';
    return this.t('rounds.caption', { count: results.length, rows: count(this.locale, results.length) });
  }

  table() {
    const columns = this.known();
    return {
      columns: columns.map(({ key, label, format }) => ({ key, label, format })),
      rows: (this.data?.results ?? []).map((result) => columns.map(({ value }) => value(result))),
    };
  }

  /** @returns {import('./base.js').Part} */
  values() {
    return nothing;
  }
}

define('lt-rounds', LtRounds);

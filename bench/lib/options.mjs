// The command line of `npm run bench`.
import { parseArgs } from 'node:util';
import { Sentence } from '../../scripts/lib/say.mjs';

export const USAGE = `npm run bench -- [options]
  --json           end with one line of JSON
  --native         measure PyTorch and JAX too, one thread each (needs --python)
  --python PATH    a Python that has torch and jax
  --rounds N       how often everything is measured in turn (default 15)
  --cpu-time       on a busy Linux machine: count processor time, not the time that passed
  --only A,B       only these groups: engine, peers, native`;

const GROUPS = ['engine', 'peers', 'native'];

/** @param {string[]} args */
export function readOptions(args) {
  /** @type {import('node:util').ParseArgsConfig['options']} */
  const options = {
    json: { type: 'boolean' },
    native: { type: 'boolean' },
    python: { type: 'string' },
    rounds: { type: 'string' },
    only: { type: 'string' },
    'cpu-time': { type: 'boolean' },
    help: { type: 'boolean' },
  };
  /** @type {Record<string, any>} */
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw new Sentence(`${/** @type {Error} */ (error).message}\n${USAGE}`);
  }
  const rounds = Number(values.rounds ?? 15);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 1000) {
    throw new Sentence(`--rounds takes a whole number from 1 to 1000, and "${values.rounds}" came.`);
  }
  const groups = values.only?.split(',') ?? GROUPS;
  const unknown = groups.find((/** @type {string} */ group) => !GROUPS.includes(group));
  if (unknown !== undefined) throw new Sentence(`--only takes ${GROUPS.join(', ')}, and "${unknown}" came.`);
  if (values.native && !values.python) {
    throw new Sentence('--native needs --python PATH, a Python that has torch and jax.');
  }
  return {
    help: Boolean(values.help),
    json: Boolean(values.json),
    rounds,
    cpuTime: Boolean(values['cpu-time']),
    engine: groups.includes('engine'),
    peers: groups.includes('peers'),
    python: values.native && groups.includes('native') ? String(values.python) : null,
  };
}

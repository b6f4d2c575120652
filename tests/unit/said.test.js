// Whatever a reader can be told in English there is in German and French too: every sentence is provoked, or taken from where it is
// written, and must come out translated with all that it names; and no template may be left that nothing says.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { mock, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Client } from '../../www/engine/client.js';
import { Download } from '../../www/engine/data.js';
import { downloadFile } from '../../www/engine/download.js';
import { pairUp, place, readIdxFile } from '../../www/engine/own-data.js';
import { readAddress } from '../../www/engine/page-address.js';
import { Pool } from '../../www/engine/pool.js';
import { PROTOCOL } from '../../www/engine/protocol.js';
import { Session } from '../../www/engine/session.js';
import { unpack } from '../../www/engine/unpack.js';
import { Host } from '../../www/engine/worker/host.js';
import { loadSaid, said } from '../../www/strings/index.js';
import { templates as de } from '../../www/strings/said.de.js';
import { templates as fr } from '../../www/strings/said.fr.js';
import { FakeWorker, supply } from './lib/fake-engine.js';

/** @typedef {Record<string, any>} Any */

const { default: init, ...engine } = await import('../../www/engine/pkg/lottery_ticket.js');
await init({ module_or_path: await readFile(new URL('../../www/engine/pkg/lottery_ticket_bg.wasm', import.meta.url)) });
await loadSaid('de');
await loadSaid('fr');

/** Every sentence of this file. @type {Set<string>} */
const told = new Set();

/** What a sentence names: numbers, and what stands between quotation marks. @param {string} sentence */
const named = (sentence) => sentence.match(/[\w.-]*\d[\w-]*|(?<=[“"])[^“”"]+(?=[”"])/g) ?? [];

/** @param {string} sentence */
function tell(sentence) {
  told.add(sentence);
  for (const lang of ['de', 'fr']) {
    const ours = said(lang, sentence);
    assert.notEqual(ours, sentence, `${lang}: nobody has translated “${sentence}”`);
    for (const value of named(sentence)) assert.ok(ours.includes(value), `${lang}: “${ours}” lacks ${value} of “${sentence}”`);
    assert.doesNotMatch(ours, /(?<!\p{L})(the|must|but|which|its|has|this|is)(?!\p{L})/u, `${lang}: “${ours}” is English in part`);
    assert.doesNotMatch(ours, /[{[][a-z]\w*[}\]]/i, `${lang}: “${ours}” has a blank left`);
  }
}

/** @param {() => any} act @param {RegExp} [sentence] */
async function refused(act, sentence = /./) {
  const error = await Promise.resolve().then(act).then(() => assert.fail('nothing was refused'), (why) => why);
  assert.ok(error instanceof Error && error.name !== 'AssertionError', String(error));
  assert.match(error.message, sentence);
  tell(error.message);
}

test('both languages have the same templates, with the same blanks', () => {
  assert.deepEqual(Object.keys(fr), Object.keys(de));
  for (const [english, german] of Object.entries(de)) {
    const blanks = (/** @type {string} */ text) => (text.match(/[{[]\w+[}\]]/g) ?? []).sort();
    assert.deepEqual(blanks(/** @type {Any} */ (fr)[english]), blanks(german), english);
    assert.deepEqual(blanks(german).map((blank) => blank.slice(1, -1)).sort(), blanks(english).map((blank) => blank.slice(1, -1)).sort(), english);
  }
});

test('English stays as it is, and so does what nobody translates, or what is only like it', () => {
  assert.equal(said('en', 'The worker was stopped.'), 'The worker was stopped.');
  assert.equal(said('de-CH', 'The worker was stopped.'), 'Das Rechenwerk wurde angehalten.');
  assert.equal(said('fr', 'NetworkError when attempting to fetch resource.'), 'NetworkError when attempting to fetch resource.');
  assert.equal(said('de', 'The worker was stopped. And more.'), 'The worker was stopped. And more.');
  assert.equal(said('de', 'seed must be a whole number from 0 to 9, but got "images {min} [max] $1 ready". Using 0.'), 'seed verlangt eine ganze Zahl von 0 bis 9, bekam aber „images {min} [max] $1 ready“. Verwendet wird 0.');
});

test('what settings are', () => {
  const names = 'lesson paper mnist glorot he adam sgd snip grasp synflow'.split(' ');
  for (const { kind, help, choices, choiceHelp = [] } of engine.config_table()) {
    const labels = kind === 'choice' ? choices.filter((/** @type {string} */ choice) => !names.includes(choice)) : [];
    for (const sentence of [help, ...choiceHelp, ...labels]) {
      told.add(sentence);
      for (const table of [de, fr]) assert.ok(sentence in table, sentence);
    }
  }
});

test('settings that are refused or corrected, one by one', async () => {
  for (const { name } of engine.config_table()) {
    await refused(() => engine.config_from_json({ [name]: 'nix "7"!' }), RegExp(`^${name} must be `));
    for (const text of ['nix', '-3', '99999999999']) for (const sentence of engine.config_from_address(`${name}=${text}`).corrections) tell(sentence);
  }
  for (const address of ['sead=3', 'seed=3&seed=4', 'seed=3&nonsense']) {
    const { corrections } = engine.config_from_address(address);
    assert.equal(corrections.length, 1, address);
    tell(corrections[0]);
  }
  await refused(() => engine.config_from_json([]), /JSON object/);
  await refused(() => engine.config_from_json(undefined), /cannot be read: it stops being JSON/);
  const { config } = engine.config_from_address('seed=3');
  const { corrections } = readAddress('#seeds=99&round=x&arm=Ü&at_seed=1&figure=photo', config, ['weights', 'units']);
  assert.equal(corrections.length, 5);
  corrections.forEach(tell);
});

test('settings that do not go together', async () => {
  const rules = {
    'sizes=5-10': 'sizes must start', 'data=own&sizes=65536-65536-10': 'sizes must make', 'validation=60000&examples=1': 'validation must',
    'examples=60000': 'examples and validation', 'test=20000': 'test must', 'examples=50': 'batch must', 'steps=10': 'eval_every must',
    'rewind_to=5000': 'rewind_to must', 'layer_rates=0.1': 'layer_rates must', 'output_rate=0.1&scope=global': 'output_rate and',
    'scope=global-hidden&sizes=784-10': 'scope global-hidden', 'target=5&rate=0.3': 'target .* decides', 'target=5&rounds=0': 'target .* out of reach',
    'arms=reinit': 'arms must',
  };
  for (const [address, begins] of Object.entries(rules)) {
    const sentence = engine.config_from_address(address).corrections.find((/** @type {string} */ one) => RegExp(`^${begins}`).test(one));
    assert.ok(sentence, `${address}: ${begins}`);
    tell(sentence);
    tell(sentence.replace(/ Using [^ ]+( [^ ]+)?\.$/, ''));
  }
  const written = (await readFile(new URL('../../src/config/rules.rs', import.meta.url), 'utf8')).match(/^ +sentence: "/gm) ?? [];
  assert.equal(Object.keys(rules).length, written.length, 'every rule of src/config/rules.rs');
});

/** @param {number[]} numbers @param {number} length @param {number} [value] */
function idx(numbers, length, value = 1) {
  const bytes = new Uint8Array(4 * numbers.length + length).fill(value);
  numbers.forEach((number, at) => new DataView(bytes.buffer).setUint32(4 * at, number));
  return bytes;
}
const images = (count = 80, rows = 2, columns = 2) => idx([0x803, count, rows, columns], count * rows * columns);
const labels = (count = 80, value = 1) => idx([0x801, count], count, value);

test('images and labels that the engine refuses', async () => {
  const add = (/** @type {Uint8Array} */ some, /** @type {Uint8Array} */ theirs) => () => new engine.Engine().addShard('train', some, theirs);
  for (const [what, good, read] of /** @type {[string, Uint8Array, (bytes: Uint8Array) => () => void][]} */ ([
    ['images', images(), (bytes) => add(bytes, labels())],
    ['labels', labels(), (bytes) => add(images(), bytes)],
  ])) {
    const says = (/** @type {string} */ rest) => RegExp(`IDX file of ${what}.* ${rest}`);
    await refused(read(Uint8Array.of(0x1f, 0x8b, 8, 0)), says('gzip file'));
    await refused(read(good.slice(0, 3)), says('only 3 bytes'));
    await refused(read(good.slice(0, -1)), says('truncated'));
    await refused(read(Uint8Array.of(...good, 0)), says('followed by something else'));
    await refused(read(what === 'images' ? labels() : images()), says(`this is a file of ${what === 'images' ? 'labels' : 'images'}`));
    await refused(read(idx([0x802, 1, 1, 1], 1)), says('no such file'));
  }
  await refused(add(idx([0x803, 2, 0, 2], 0), labels(2)), /between 1 and/);
  await refused(add(images(3), labels(2)), /needs one label/);
  await refused(add(images(3), labels(3, 12)), /label number 1 is 12/);
  const mixed = new engine.Engine();
  mixed.addShard('train', images(), labels());
  await refused(() => mixed.addShard('train', images(2, 1, 3), labels(2)), /one size/);
});

const small = { data: 'own', sizes: [4, 3, 10], examples: 50, validation: 20, test: 10, batch: 7, steps: 2, eval_every: 1, rounds: 2, arms: ['ticket'] };
const config = (/** @type {Any} */ changes = {}) => engine.config_from_json({ ...small, ...changes });

/** @param {Any} [changes] @param {string} [arm] */
function started(changes, arm = 'ticket') {
  const it = new engine.Engine();
  it.addShard('train', images(), labels());
  it.addShard('test', images(), labels());
  it.start(config(changes), arm);
  return it;
}

/** @param {Any} it */
function train(it) {
  while (['ready', 'training'].includes(it.status().phase)) it.advance(1000);
  return it;
}

test('images that do not fit the settings, and checkpoints that do not fit the run', async () => {
  const it = started();
  for (const changes of [{ examples: 500 }, { test: 500 }, { sizes: [5, 3, 10] }]) await refused(() => it.start(config(changes), 'ticket'));
  const other = new engine.Engine();
  other.addShard('train', images(), labels());
  other.addShard('test', images(80, 1, 3), labels());
  await refused(() => other.start(config(), 'ticket'), /test images have 3/);
  const checkpoint = it.checkpoint();
  await refused(() => it.resume(config(), 'ticket', checkpoint.slice(1)), /no checkpoint/);
  await refused(() => it.resume(config({ seed: 5 }), 'ticket', checkpoint), /another run/);
  const dark = new engine.Engine();
  for (const kind of ['train', 'test']) dark.addShard(kind, images().fill(9, 16), labels());
  await refused(() => dark.resume(config(), 'ticket', checkpoint), /other images/);
});

test('what an arm cannot do now', async () => {
  const it = started();
  await refused(() => it.prune(), /cannot prune while it is ready/);
  await refused(() => it.undoPrune(), /undo a pruning/);
  await refused(() => it.beginRound(1, it.age()), /take masks/);
  it.advance(1);
  await refused(() => it.nextRound(), /begin the next round while it is training/);
  train(it).prune();
  await refused(() => it.prune(), /while it is pruned/);
  it.restart('rewind');
  train(it);
  await refused(() => it.beginRound(1, it.age()), /while it is trained/);
  it.nextRound();
  train(it).nextRound();
  await refused(() => it.restart('rewind'), /restart while it is finished/);
  const control = started({ arms: ['ticket', 'reinit'] }, 'reinit');
  control.beginRound(1, it.age());
  await refused(() => control.restart('rewind'), /restart by itself/);
  await refused(() => train(control).prune(), /its masks/);
  const long = started({ steps: 1 });
  for (let round = 0; round < 250; round += 1) {
    train(long).prune();
    long.restart('rewind');
  }
  await refused(() => train(long).prune(), /as many rounds/);
  // Only a last step can bring it about: a loss that is no number ends a run before its weights are none.
  const ticket = (await readFile(new URL('../../src/ticket/mod.rs', import.meta.url), 'utf8')).replace(/\\\n\s+/g, '');
  tell(/"(This network has weights [^"]+)"/.exec(ticket)?.[1] ?? assert.fail('src/ticket/mod.rs says it otherwise'));
});

/** @typedef {{head: Any, data: Uint8Array}} Tensors  head: what the file says of them */

/** @param {Uint8Array} bytes @returns {Tensors} */
function takenApart(bytes) {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  return { head: JSON.parse(new TextDecoder().decode(bytes.slice(8, 8 + length))), data: bytes.slice(8 + length) };
}

/** @param {string | Any} head @param {Uint8Array} [data] */
function putTogether(head, data = new Uint8Array()) {
  const text = new TextEncoder().encode(typeof head === 'string' ? head : JSON.stringify(head));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

test('ticket files that are wrong, each in its way', async () => {
  const it = train(started());
  it.nextRound();
  train(it);
  const open = (/** @type {Uint8Array} */ bytes) => () => new engine.Engine().loadTicket(bytes, undefined, 0);
  const dense = it.ticketFile('dense');
  open(dense)();
  await refused(open(dense.slice(0, 4)), /only 4 bytes/);
  await refused(open(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)), /no ticket or trace/);
  await refused(open(dense.slice(0, 100)), /is truncated/);

  const tensor = (/** @type {number[]} */ [begin, end], dtype = 'U8') => ({ dtype, shape: [end - begin], data_offsets: [begin, end] });
  const data = new Uint8Array(8);
  for (const [head, says] of /** @type {[string | Any, RegExp][]} */ ([
    ['[]', /must be an object/],
    ['{"a":x', /stops being JSON/],
    [{ __metadata__: { a: 1 } }, /must be texts/],
    [{ a: 1 }, /must have dtype/],
    [{ a: tensor([0, 8], 'F64') }, /of type F64/],
    [{ a: tensor([4, 12]) }, /should lie/],
    [{ a: { ...tensor([0, 8]), shape: [3] } }, /claims the shape/],
    ['{"a":X,"a":X}'.replaceAll('X', JSON.stringify(tensor([0, 8]))), /two tensors/],
    [{ a: tensor([0, 4]), b: tensor([2, 8]) }, /overlap/],
    [{ a: tensor([0, 4]) }, /added to/],
    [{ a: tensor([0, 8]) }, /lacks the metadata/],
  ])) await refused(open(putTogether(head, data)), says);

  /** @param {(ticket: Tensors) => void} change @param {RegExp} says @param {string} [form] */
  const changed = (change, says, form = 'dense') => {
    const ticket = takenApart(it.ticketFile(form));
    change(ticket);
    return refused(open(putTogether(ticket.head, ticket.data)), says);
  };
  const note = (/** @type {string} */ key, /** @type {string} */ value) => (/** @type {Tensors} */ { head }) => {
    head.__metadata__[key] = value;
  };
  await changed(note('lottery_ticket', '2'), /format version 2/);
  await changed(note('form', 'odd'), /is “odd”/);
  await changed(note('sizes', '[4]'), /must be a list/);
  await changed(note('round', 'x'), /round must/);
  await changed(note('config', '[]'), /config is not/);
  await changed(note('fingerprint', '00ff'), /is damaged/);
  await changed(({ head }) => {
    head['fc1.mosk'] = head['fc1.mask'];
    delete head['fc1.mask'];
  }, /has no tensor/);
  await changed(({ head }) => {
    head['fc1.mask'].dtype = 'U8';
  }, /must be of type/);
  await changed(({ head }) => head['fc1.mask'].shape.reverse(), /must have the shape/);
  await changed(({ head, data: bytes }) => bytes.fill(2, ...head['fc1.mask'].data_offsets), /only 0 and 1/);
  await changed(({ head, data: bytes }) => bytes.fill(255, ...head['fc1.weight_init'].data_offsets), /infinite or none/);
  await changed(({ head, data: bytes }) => bytes.fill(1, ...head['fc1.weight'].data_offsets), /not zero where/);
  await changed(({ head, data: bytes }) => {
    head.extra = tensor([bytes.length, bytes.length]);
  }, /call for/);
  await changed(({ head, data: bytes }) => bytes.fill(254, ...head['fc1.gaps'].data_offsets), /beyond/, 'sparse');
});

const bytesOf = (/** @type {string} */ text) => /** @type {Uint8Array<ArrayBuffer>} */ (new TextEncoder().encode(text));
const part = (/** @type {Any} */ more = {}) => ({ bytes: new Uint8Array(gzipSync('12345678')).buffer, gzip: true, unpacked: null, ...more });

test('downloads that fail', async () => {
  const file = (/** @type {() => any} */ answer) => () =>
    downloadFile('http://host/data/train-00.images.gz', { bytes: 5, sha256: 'ff' }, () => {}, async () => answer());
  const list = (/** @type {() => any} */ answer) => () => new Download('http://host/manifest.json', async () => answer()).manifest();
  const offline = () => Promise.reject(new TypeError('Failed to fetch'));
  const broken = () => new Response(new ReadableStream({ pull: (stream) => stream.error(new Error('cut')) }));
  for (const ask of [file, list]) {
    await refused(ask(offline), /connection failed/);
    for (const status of [404, 503]) await refused(ask(() => new Response('', { status })), RegExp(`answered ${status}`));
  }
  await refused(file(broken), /cut off while/);
  await refused(file(() => new Response('123')), /3 bytes where 5/);
  await refused(file(() => new Response('12345')), /SHA-256/);
  await refused(list(() => new Response('<!doctype html>')), /not JSON/);
  await refused(list(() => new Response('{}')), /another version/);
  for (const name of ['The train images', 'The test images', 'The train labels', 'The test labels']) {
    await refused(() => unpack(part({ unpacked: { bytes: 5, sha256: '' } }), name), /unpacks to more/);
    await refused(() => unpack(part({ bytes: bytesOf('nothing').buffer }), name), /whole gzip/);
    await refused(() => unpack(part({ unpacked: { bytes: 9, sha256: '' } }), name), /8 bytes where 9/);
  }
});

test("files of the reader's own that are something else", async () => {
  const file = (/** @type {string} */ name, /** @type {Uint8Array} */ bytes, size = bytes.length) => ({ name, size, arrayBuffer: async () => /** @type {ArrayBuffer} */ (bytes.buffer) });
  await refused(() => readIdxFile(file('cat.png', labels(), 500_000_000)), /up to 400000000/);
  await refused(() => readIdxFile(file('cat.png', new Uint8Array(3))), /too short/);
  await refused(() => readIdxFile(file('cat.png', idx([0x89504e47, 7], 0))), /89504e47/);
  const [some, theirs] = [await readIdxFile(file('a', images(3))), await readIdxFile(file('b', labels(2)))];
  await refused(() => pairUp([some, theirs]), /holds 3 images/);
  await refused(() => pairUp([theirs]), /holds 2 labels/);
  await refused(() => place([], { train: null, test: null }), /and 0 came/);
});

test('workers that fail', async () => {
  mock.timers.enable({ apis: ['setInterval'] });
  try {
    /** @param {(worker: any) => void} happens @param {RegExp} says */
    const dies = (happens, says) => {
      const worker = { onmessage: null, onerror: null, onmessageerror: null, terminate() {}, postMessage() {} };
      const client = new Client(/** @type {any} */ (worker));
      happens(worker);
      return refused(() => client.ready, says);
    };
    await dies((worker) => worker.onmessageerror(), /could not be read/);
    await dies((worker) => worker.onerror({ message: 'Script error: 7' }), /worker failed: Script/);
    await dies((worker) => worker.onerror({ message: 'it ended without a word' }), /without a word/);
    await dies((worker) => worker.onerror({}), /could not be started/);
    await dies(() => mock.timers.tick(20_000), /20 seconds/);
    await dies((worker) => {
      worker.onmessage({ data: { type: 'starting' } });
      mock.timers.tick(20_000);
    }, /fell silent/);
    const trap = (/** @type {string} */ message) => dies((worker) => worker.onmessage({ data: { type: 'died', message } }), /engine/);
    await trap('allocation failed at 7');
    await trap('unreachable 7');
    await trap('The engine could not start: CompileError at 7');
    const stopped = new Client(/** @type {any} */ ({ terminate() {}, postMessage() {} }));
    stopped.kill();
    await refused(() => stopped.ready, /was stopped/);
  } finally {
    mock.timers.reset();
  }
  /** @type {any[]} */
  const replies = [];
  const host = new Host({ createEngine: () => ({}), functions: {}, post: (reply) => replies.push(reply), now: () => 0, yieldThen: () => {} });
  await host.take({ type: 'hello', id: 1, protocol: PROTOCOL + 1 });
  tell(replies[0].message);
});

test('runs that fail', async () => {
  const pool = new Pool({ limit: 1, idleMs: 50, createWorker: () => /** @type {any} */ (new FakeWorker()) });
  const session = new Session({ pool, loadData: async () => supply() });
  await session.open('');
  await session.configure({ data: 'own' });
  const failed = new Promise((resolve) => session.watch((name, detail) => name === 'error' && resolve(detail.message)));
  session.train();
  tell(await failed);
  assert.match([...told].at(-1) ?? '', /images of your own/);
  session.dispose();
});

test('every sentence of the code that a reader may meet', async () => {
  /** What only a fault of ours could bring about; and what only a program is told, by a promise that is refused. */
  const inside = /^(It is left out|Using |There is no config|The masks of seed|The engine has no function|No ticket was opened|Run |"|This browser lacks|This browser could not make|The worker did not report|The page allows no worker)/;
  const sentences = [];
  const www = new URL('../../www/', import.meta.url);
  for (const name of await readdir(www, { recursive: true })) {
    if (!/^(engine|embed|lab|lesson)\/.*\.js$/.test(name) || name.includes('/pkg/')) continue;
    const code = await readFile(new URL(name, www), 'utf8');
    for (const [, , text] of code.matchAll(/(?:Error|Died|Refused|refuse|#die|return|message:|[?:]) ?\(?(['"`])([A-Z{"$][^\n]*?[\w)}][.:]? ?[^\n]*?)\1/g)) {
      const sentence = text.replace(/\$\{[^}]*\}+/g, '7').replaceAll("\\'", "'");
      if (/^(7|[A-Z])\S* .*[.:]? ?\S*$/.test(sentence) && / \w+ .*[.7]$/.test(sentence)) sentences.push(sentence);
    }
  }
  assert.ok(sentences.length > 35, `${sentences.length} were found`);
  for (const sentence of sentences) if (!inside.test(sentence)) tell(sentence);
});

test('nothing is translated that nobody says', () => {
  /** @type {Set<string>} */
  const used = new Set();
  const all = Object.keys(de).map((english) => ({ english, pattern: new RegExp(`^${english.replace(/[.?+()[\]]/g, '\\$&').replace(/{(\w+)}/g, '(?<$1>.*)')}$`, 's') }));
  const look = (/** @type {string} */ sentence) => {
    const fits = all.find(({ english }) => english === sentence) ?? all.find(({ pattern }) => pattern.test(sentence));
    if (!fits) return;
    used.add(fits.english);
    Object.values(fits.pattern.exec(sentence)?.groups ?? {}).forEach(look);
  };
  told.forEach(look);
  assert.deepEqual(Object.keys(de).filter((english) => !used.has(english)), []);
});

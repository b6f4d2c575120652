/** Draws the connections of a network onto a canvas: as lines while they can be told apart, as densities while they cannot. */
import { layerOffsets, countLayers, references, survivors } from './connections-layout.js';
import { FULL, Ink } from './ink.js';
import { inSlices } from './slices.js';

/**
 * @typedef {import('./types.js').ConnectionsData} ConnectionsData
 * @typedef {import('./connections-layout.js').Graph} Graph
 * @typedef {[number, number, number]} Rgb
 * @typedef {number | number[] | null | undefined} Cut
 */

/** Up to this many connections each is a line of its own. */
export const LINES = 30_000;
/** Pixels of the finest picture: more would cost more than they show. */
const PIXELS = 900_000;
/** What a connection that is about to go keeps of its ink. */
const GHOST = 0.06;

/**
 * Paper with what lies on it. `laid` is the ink of each line, true at any moment, so that drawing may be broken off and taken up
 * again; null where there is nothing that could be changed line by line.
 * @typedef {{ink: Ink, laid: Int16Array | null}} Sheet
 */

/** @param {Cut} cut @param {number} layer */
const cutOf = (cut, layer) => (Array.isArray(cut) ? (cut[layer] ?? 0) : (cut ?? 0));

export class Painter {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    /** @type {Sheet | null} */
    this.sheet = null;
    /** Connections alive, per layer. @type {number[]} */
    this.counts = [];
    /** The lines, while they are few enough to be drawn as such. @type {ReturnType<typeof survivors> | null} */
    this.segments = null;
    /** @type {number[]} */
    this.strong = [];
    /** @type {Graph | null} */
    this.graph = null;
    /** @type {ConnectionsData | null} */
    this.data = null;
    this.exposure = FULL;
    this.job = 0;
    /** @type {ImageData | null} */
    this.image = null;
    /** Milliseconds of work that the last picture took. */
    this.cost = 0;
    /** Draws without a pause. */
    this.atOnce = false;
    /** @type {[Rgb, Rgb]} */
    this.colours = [
      [0, 0, 0],
      [0, 0, 0],
    ];
  }

  /** Stops whatever is being drawn. */
  cancel() {
    this.job += 1;
  }

  /**
   * @param {Graph} graph
   * @param {ConnectionsData} data
   * @param {[Rgb, Rgb]} colours of positive and negative weights
   * @param {number} ratio device pixels per pixel
   * @returns {Promise<boolean>} whether it was finished rather than overtaken
   */
  async draw(graph, data, colours, ratio) {
    const job = ++this.job;
    const before = this.data;
    const once = before?.weights?.[0];
    const same = this.graph === graph && before?.age === data.age && before?.round === data.round && before?.sizes === data.sizes;
    if (!same) {
      this.counts = countLayers(data.sizes, data.age, data.round);
      const few = this.counts.reduce((a, b) => a + b, 0) <= LINES;
      this.segments = few ? survivors(data.sizes, data.age, data.round) : null;
    }
    this.data = data;
    this.graph = graph;
    this.strong = references(data.sizes, data.weights ?? data.sizes.slice(1).map(() => null), data.age, data.round);
    this.colours = data.weights ? colours : [colours[0], colours[0]];
    const sheet = this.paper(graph, ratio);
    if (!same) sheet.laid = null;
    this.sheet = sheet;
    if (!(await this.run(this.ink(sheet, data.weights ?? null, data.cut, GHOST), job))) return false;
    // What a pruning takes from the crowd must not make the rest darker.
    if (this.segments || !once || once !== data.weights?.[0]) this.exposure = this.expose(sheet.ink);
    this.develop();
    return true;
  }

  /**
   * Draws the network onto paper in the way that suits it.
   * @param {Sheet} sheet
   * @param {(Float32Array | null)[] | null} weights
   * @param {Cut} cut
   * @param {number} ghost
   */
  ink(sheet, weights, cut, ghost) {
    return this.segments ? this.lines(sheet, weights, cut, ghost) : this.fans(sheet, weights, cut, ghost);
  }

  /** Counts only the time spent working. @param {Generator<void, void, void>} work @param {number} job */
  async run(work, job) {
    if (this.atOnce) {
      for (const _ of work);
      return true;
    }
    let spent = 0;
    const timed = (function* () {
      for (;;) {
        const start = performance.now();
        const { done } = work.next();
        spent += performance.now() - start;
        if (done) return;
        yield;
      }
    })();
    const finished = await inSlices(timed, () => job === this.job);
    this.cost = spent;
    return finished;
  }

  /** Paper of the right size: the one there is, or new. @param {Graph} graph @param {number} ratio */
  paper(graph, ratio) {
    const lines = this.segments !== null;
    const fine = Math.min(ratio, Math.sqrt(PIXELS / (graph.along * graph.across)));
    // Densities vary slowly along the signal: fewer pixels there show as much.
    const along = Math.floor(graph.along * (lines ? fine : 0.3));
    const across = Math.floor(graph.across * (lines ? fine : 0.75));
    const there = this.sheet?.ink;
    return this.sheet && there?.along === along && there.across === across ? this.sheet : { ink: new Ink(along, across), laid: null };
  }

  /** @param {Ink} ink */
  expose(ink) {
    // A lone line shows at its full strength; where many cross, the picture is held back so that it never fills up.
    const lone = this.segments ? FULL * 0.55 : 0;
    return Math.max(lone, ink.mean() * 1.5);
  }

  /**
   * Ink of the connections of one layer, signed, by place among its weights.
   * @param {number} layer
   * @param {(Float32Array | null)[] | null} weights
   * @param {Cut} cut
   * @param {number} ghost
   * @returns {(index: number) => number}
   */
  strength(layer, weights, cut, ghost) {
    const full = FULL * this.gain(layer);
    const values = weights?.[layer];
    if (!values) return () => 0.4 * full;
    const below = cutOf(cut, layer);
    const scale = 0.96 / this.strong[layer];
    return (index) => {
      const w = values[index];
      const size = w < 0 ? -w : w;
      let ink = 0.04 + size * scale;
      if (ink > 1) ink = 1;
      if (size < below) ink *= ghost;
      return w < 0 ? -ink * full : ink * full;
    };
  }

  /**
   * Later layers have far fewer connections and would vanish beside the first; each is inked for the crowd it has.
   * @param {number} layer
   */
  gain(layer) {
    const share = Math.max(1, ...this.counts) / Math.max(1, this.counts[layer]);
    return this.segments ? Math.min(8, Math.sqrt(share)) : Math.min(40, share ** 0.75);
  }

  /**
   * One line a connection; what lies there already is changed, not drawn anew.
   * @param {Sheet} sheet
   * @param {(Float32Array | null)[] | null} weights
   * @param {Cut} cut
   * @param {number} ghost
   */
  *lines(sheet, weights, cut, ghost) {
    const { graph, segments, data } = this;
    if (!graph || !segments || !data) return;
    const { count, index, layer, from, to } = segments;
    const { ink } = sheet;
    if (!sheet.laid) ink.clear();
    const laid = (sheet.laid ??= new Int16Array(count));
    const strengths = data.sizes.slice(1).map((_, l) => this.strength(l, weights, cut, ghost));
    const offsets = layerOffsets(data.sizes);
    const su = ink.along / graph.along;
    const sv = ink.across / graph.across;
    for (let n = 0; n < count; n += 1) {
      const l = layer[n];
      const amount = Math.round(strengths[l](index[n] - offsets[l]));
      const there = laid[n];
      if (amount !== there) {
        const u0 = graph.u[l][from[n]] * su;
        const v0 = graph.v[l][from[n]] * sv;
        const u1 = graph.u[l + 1][to[n]] * su;
        const v1 = graph.v[l + 1][to[n]] * sv;
        if (there) ink.line(u0, v0, u1, v1, there, -1);
        if (amount) ink.line(u0, v0, u1, v1, amount);
        laid[n] = amount;
      }
      if ((n & 511) === 511) yield;
    }
  }

  /**
   * All lines of a unit at once.
   * @param {Sheet} sheet
   * @param {(Float32Array | null)[] | null} weights
   * @param {Cut} cut
   * @param {number} ghost
   */
  *fans(sheet, weights, cut, ghost) {
    const { graph, data } = this;
    if (!graph || !data) return;
    const { ink } = sheet;
    sheet.laid = null;
    const { sizes, age, round } = data;
    ink.clear();
    const su = ink.along / graph.along;
    const sv = ink.across / graph.across;
    const offsets = layerOffsets(sizes);
    for (let l = 0; l + 1 < sizes.length; l += 1) {
      const outputs = sizes[l + 1];
      const amounts = new Float32Array(outputs + 1);
      const strength = this.strength(l, weights, cut, ghost);
      const slot = graph.slot[l + 1];
      const { u, top, bottom } = graph.column[l + 1];
      for (let from = 0; from < sizes[l]; from += 1) {
        amounts.fill(0);
        let any = false;
        const row = from * outputs;
        for (let to = 0; to < outputs; to += 1) {
          if (age && age[offsets[l] + row + to] < round) continue;
          amounts[slot[to]] = strength(row + to);
          any = true;
        }
        if (any) ink.fan(graph.u[l][from] * su, graph.v[l][from] * sv, u * su, top * sv, bottom * sv, amounts);
        if ((from & 3) === 3) yield;
      }
    }
  }

  /** Puts the ink on the canvas. @param {Ink | null} [other] @param {number} [blend] */
  develop(other = null, blend = 0) {
    const { graph, canvas } = this;
    const ink = this.sheet?.ink;
    if (!ink || !graph) return;
    const width = graph.downwards ? ink.across : ink.along;
    const height = graph.downwards ? ink.along : ink.across;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      this.image = null;
    }
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
    this.image ??= context.createImageData(width, height);
    ink.develop(this.image.data, graph.downwards, this.exposure, this.colours[0], this.colours[1], other, blend);
    context.putImageData(this.image, 0, 0);
  }

  /**
   * Moves the cut, so that the smallest go first.
   * @param {Cut} from @param {Cut} to @param {number} ms
   */
  async fade(from, to, ms) {
    const { data, sheet } = this;
    if (!data || !sheet || !data.weights) return;
    const job = ++this.job;
    const wanted = () => job === this.job;
    const between = (/** @type {number} */ t) => {
      // Most weights lie near the cut: moving it ever slower shows them going at an even pace.
      const eased = Math.sqrt(t);
      return data.sizes.slice(1).map((_, l) => cutOf(from, l) + (cutOf(to, l) - cutOf(from, l)) * eased);
    };
    if (this.segments) {
      await frames(ms, wanted, (t) => {
        for (const _ of this.lines(sheet, data.weights ?? null, between(t), 0));
        this.develop();
      });
      return;
    }
    // Too many to take off one by one: a few pictures on the way, and the eye is led from each to the next.
    const steps = 4;
    for (let step = 1; step <= steps; step += 1) {
      const next = { ink: new Ink(sheet.ink.along, sheet.ink.across), laid: null };
      if (!(await this.run(this.fans(next, data.weights, between(step / steps), 0), job))) return;
      await frames(ms / steps, wanted, (t) => this.develop(next.ink, t));
      if (!wanted()) return;
      this.sheet = next;
    }
  }

  /**
   * Moves the weights from what they are to what they were.
   * @param {(Float32Array | null)[]} start @param {number} ms
   */
  async rewind(start, ms) {
    const { sheet } = this;
    if (!this.data || !sheet) return;
    const job = ++this.job;
    /** @type {Sheet} */
    const next = { ink: new Ink(sheet.ink.along, sheet.ink.across), laid: null };
    if (!(await this.run(this.ink(next, start, null, 0), job))) return;
    const exposure = this.exposure;
    const after = this.expose(next.ink);
    await frames(ms, () => job === this.job, (t) => {
      const eased = t * t * (3 - 2 * t);
      this.exposure = exposure + (after - exposure) * eased;
      this.develop(next.ink, eased);
    });
    if (job !== this.job) return;
    this.sheet = next;
    this.exposure = after;
    this.develop();
  }

  /** The lines as SVG paths by sign and strength, where there are few enough for a file. @returns {string | null} */
  vector() {
    const { data, graph, segments } = this;
    if (!data || !graph || !segments) return null;
    const strengths = data.sizes.slice(1).map((_, l) => this.strength(l, data.weights ?? null, data.cut, GHOST));
    const offsets = layerOffsets(data.sizes);
    const shades = 12;
    /** @type {Map<number, string[]>} */
    const paths = new Map();
    for (let n = 0; n < segments.count; n += 1) {
      const l = segments.layer[n];
      const amount = strengths[l](segments.index[n] - offsets[l]);
      const shade = Math.ceil((1 - Math.exp(-Math.abs(amount) / this.exposure)) * shades) * (amount < 0 ? -1 : 1);
      if (!shade) continue;
      const [u0, v0, u1, v1] = [graph.u[l][segments.from[n]], graph.v[l][segments.from[n]], graph.u[l + 1][segments.to[n]], graph.v[l + 1][segments.to[n]]];
      const [x0, y0, x1, y1] = (graph.downwards ? [v0, u0, v1, u1] : [u0, v0, u1, v1]).map((value) => value.toFixed(1));
      const list = paths.get(shade) ?? [];
      list.push(`M${x0},${y0}L${x1},${y1}`);
      paths.set(shade, list);
    }
    return [...paths]
      .map(([shade, list]) => {
        const [r, g, b] = this.colours[shade < 0 ? 1 : 0];
        const opacity = (Math.abs(shade) - 0.5) / shades;
        return `<path d="${list.join('')}" fill="none" stroke="rgb(${r},${g},${b})" stroke-opacity="${opacity.toFixed(3)}"/>`;
      })
      .join('\n');
  }
}

/**
 * Calls back with 0…1, a frame at a time.
 * @param {number} ms @param {() => boolean} wanted @param {(t: number) => void} step
 */
async function frames(ms, wanted, step) {
  const start = performance.now();
  for (;;) {
    const now = await new Promise(requestAnimationFrame);
    if (!wanted()) return;
    const t = ms > 0 ? Math.min(1, Math.max(0, (now - start) / ms)) : 1;
    step(t);
    if (t >= 1) return;
  }
}

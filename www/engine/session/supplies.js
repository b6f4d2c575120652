/**
 * The data of a session: MNIST, downloaded as far as the config asks for it, or the reader's own images; and how workers come by it.
 */
import { DataError } from '../unpack.js';

/**
 * @typedef {import('./workshop.js').Workshop} Workshop
 * @typedef {import('../data.js').Supply} Supply
 */

/** @param {Workshop} shop @param {Supply | null} supply  null goes back to MNIST */
export function useOwnData(shop, supply) {
  shop.own = supply;
  shop.supplied = null;
  shop.dispatch({ type: 'data', data: { status: 'none', error: null, source: supply?.name ?? 'mnist' } });
}

/** Data for a worker. @param {Workshop} shop @param {import('../crew.js').Member} member */
export async function prepare(shop, member) {
  const supply = await supplyOf(shop);
  await shop.crew.equip(member, supply);
  const count = (/** @type {{count: number}[]} */ shards) => shards.reduce((sum, shard) => sum + shard.count, 0);
  shop.dispatch({
    type: 'data',
    data: { status: 'ready', error: null, train: count(supply.train), test: count(supply.test), source: supply.name },
  });
}

/** What the config asks for, fetched once. @param {Workshop} shop @returns {Promise<Supply>} */
function supplyOf(shop) {
  const { config } = shop.state;
  if (!config) throw new Error('There is no config yet.');
  const own = config.data === 'own' ? shop.own : undefined;
  if (own === null) throw new DataError('This run is about images of your own: drop their IDX files here, or choose the data set mnist.');
  const wanted = { train: config.examples + config.validation, test: config.test };
  const sign = JSON.stringify([wanted, own?.key]);
  if (shop.supplied?.sign === sign) return shop.supplied.coming;
  const coming = own ? Promise.resolve(own) : download(shop, wanted);
  shop.supplied = { sign, coming };
  coming.catch(() => {
    if (shop.supplied?.coming === coming) shop.supplied = null;
  });
  return coming;
}

/** @param {Workshop} shop @param {{train: number, test: number}} wanted */
async function download(shop, wanted) {
  shop.dispatch({ type: 'data', data: { status: 'loading', error: null } });
  return shop.loadData({ ...wanted, onProgress: (bytes, total) => shop.dispatch({ type: 'data', data: { bytes, total } }) });
}

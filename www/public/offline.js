// Keeps the page itself for reading and running without a network: all but the images, which a run keeps in a store of its own.
// Files under assets/ carry their content in their name: what is kept of them can never be stale. All others are asked for first.
const KEPT = 'lottery-ticket-page-1';
const ASSETS = new URL('assets/', location.href).href;

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(KEPT);
      const list = await fetch('offline.json', { cache: 'no-cache' });
      await cache.addAll(['./', ...(await list.json())]);
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => name.startsWith('lottery-ticket-page-') && name !== KEPT);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  const own = address.origin === location.origin && request.method === 'GET';
  if (!own || address.pathname.endsWith('.bin') || request.headers.has('range')) return;
  event.respondWith(answer(request, address.href.startsWith(ASSETS)));
});

/** @param {Request} request @param {boolean} lasting */
async function answer(request, lasting) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request, { ignoreSearch: true });
  if (kept && lasting) return kept;
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(request, fresh.clone());
    return fresh;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

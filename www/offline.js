// Keeps the page itself for reading and running without a network: all but the images, which a run keeps in a store of its own.
// The build sets FILES before this, the page's files; another build is another worker, so that it fetches its own. It takes over when
// no page of the last build is open any more. Files under assets/ carry their content in their name: what is kept of them can never be
// stale. All others are asked for first.
const KEPT = 'lottery-ticket-page-1';
const ASSETS = new URL('assets/', location.href).href;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(['./', ...FILES])));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith('lottery-ticket-page-') && name !== KEPT);
      await Promise.all(names.map((name) => caches.delete(name)));
      const cache = await caches.open(KEPT);
      const listed = new Set(FILES.map((file) => new URL(file, location.href).href));
      const old = (await cache.keys()).filter(({ url }) => url.startsWith(ASSETS) && !listed.has(url));
      await Promise.all(old.map((request) => cache.delete(request)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  const own = address.origin === location.origin && request.method === 'GET';
  if (!own || address.pathname.endsWith('.bin') || request.headers.has('range')) return;
  event.respondWith(answer(event, address.href.startsWith(ASSETS)));
});

/** @param {FetchEvent} event @param {boolean} lasting */
async function answer(event, lasting) {
  const { request } = event;
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request, { ignoreSearch: true });
  if (kept && lasting) return kept;
  try {
    const fresh = await fetch(request);
    // A full disk must not keep from the reader what the network has brought.
    if (fresh.ok) event.waitUntil(cache.put(request, fresh.clone()).catch(() => {}));
    return fresh;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

// The data as the page loads it: gzip shards, unpacked on the way.

/** @param {string} file */
async function unpacked(file) {
  const response = await fetch(`/data/shards/${file}`);
  if (!response.ok || !response.body) throw new Error(`${file} answers ${response.status}`);
  const stream = response.body.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {{ addShard: (kind: string, images: Uint8Array, labels: Uint8Array) => void }} engine */
export async function addShards(engine) {
  const manifest = await (await fetch('/data/shards/manifest.json')).json();
  for (const kind of ['train', 'test']) {
    for (const { images, labels } of manifest[kind]) {
      engine.addShard(kind, await unpacked(images.file), await unpacked(labels.file));
    }
  }
}

// The one place that knows how the engine's worker is started; a build for other people's pages puts another in its place.

/** @returns {Worker} */
export const createWorker = () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'lottery-ticket' });

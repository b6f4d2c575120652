// The worker's side of `ask`.

/** @param {Record<string, (argument: any) => unknown>} functions */
export function answer(functions) {
  self.onmessage = async ({ data: { call, argument } }) => {
    try {
      const started = performance.now();
      const value = await functions[call](argument);
      const measured = value && typeof value === 'object' && 'milliseconds' in value;
      self.postMessage({ value: measured ? { ...value, total: performance.now() - started } : value });
    } catch (error) {
      self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
}

/**
 * Milliseconds that `work` takes.
 * @param {() => unknown} work
 */
export async function time(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

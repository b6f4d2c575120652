/**
 * `work`, never twice at once: what is asked for meanwhile is done once more when it has ended.
 * @param {() => Promise<unknown>} work
 */
export function oneAtATime(work) {
  let busy = false;
  let again = false;
  return async function start() {
    again = busy;
    if (busy) return;
    busy = true;
    await work().finally(() => (busy = false));
    if (again) void start();
  };
}

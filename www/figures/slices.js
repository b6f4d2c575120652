/** Long work in short pieces, so that the page answers in between. */

/** Milliseconds of work before others get their turn. */
const PIECE = 5;

/** Another turn of the event loop, without the delay of a timer. @returns {Promise<void>} */
const turn = () =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });

/**
 * Runs a generator to its end; it yields wherever it may be interrupted.
 * @param {Generator<void, void, void>} work
 * @param {() => boolean} wanted asked at every pause; false ends it there
 * @returns {Promise<boolean>} whether it got to its end
 */
export async function inSlices(work, wanted) {
  for (;;) {
    // The first piece too: whoever asks for the work has just done some.
    await turn();
    if (!wanted()) return false;
    const end = performance.now() + PIECE;
    do {
      if (work.next().done) return true;
    } while (performance.now() < end);
  }
}

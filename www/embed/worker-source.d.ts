/** Put in by the build for other people's pages (scripts/lib/standalone.mjs). */
declare module 'lottery-ticket:worker' {
  /** www/engine/worker/portable.js with all that it imports, as the text of one module. */
  const source: string;
  export default source;
}

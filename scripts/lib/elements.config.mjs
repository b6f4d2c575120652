// How the elements' manifest is made from the JSDoc of the element.
export default { globs: ['www/lottery-ticket.js'], outdir: 'dist/package', litelement: true, packagejson: false };

// How a sentence that was made in English becomes one of another language: what only readers of those languages load.

/**
 * @param {Record<string, string>} templates  by what they are in English, the first that fits counts. `{name}` stands for anything; a
 *   translation has it again as it is, or as `[name]` where it is itself translated.
 * @returns {(sentence: string) => string | undefined}
 */
export function translator(templates) {
  const plain = new Map(Object.entries(templates));
  const patterns = [...plain].filter(([english]) => english.includes('{')).map(([english, ours]) => {
    const pattern = english.replace(/[.?+()[\]]/g, '\\$&').replace(/{(\w+)}/g, '(?<$1>.*)');
    return { pattern: new RegExp(`^${pattern}$`, 's'), ours };
  });

  return translate;

  /** @param {string} sentence @returns {string | undefined} */
  function translate(sentence) {
    // Most of what is asked for is the same every time: what a setting is.
    const exact = plain.get(sentence);
    const fits = exact === undefined && patterns.find(({ pattern }) => pattern.test(sentence));
    if (!fits) return exact;
    const values = fits.pattern.exec(sentence)?.groups ?? {};
    return fits.ours.replace(/[{[](\w+)[}\]]/g, (place, name) => (place[0] === '[' ? translate(values[name]) : undefined) ?? values[name]);
  }
}

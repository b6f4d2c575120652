/**
 * What somebody pastes into a page of their own. The frame's script is the whole of the parent's side: it believes only its own
 * frame, from the frame's own origin (a sandboxed frame has none, and says 'null'), and only a sensible number.
 */

/** Only what differs from what the element does anyway. @typedef {Record<string, string>} Wishes  attribute → value */

/** @param {string} text */
const quoted = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** @param {Wishes} wishes */
const attributes = (wishes) => Object.entries(wishes).map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${quoted(value)}"`)).join('');

/** Lines and not one text: builds may squeeze white space out of templates. @param {...string} parts */
const lines = (...parts) => parts.join('\n');

/**
 * @param {string} site  address of the built site, with a slash at its end
 * @param {Wishes} wishes
 */
export const elementSnippet = (site, wishes) =>
  lines(
    `<script type="module" src="${quoted(new URL('standalone/lottery-ticket.js', site).href)}"></script>`,
    `<lottery-ticket${attributes(wishes)}>`,
    '  <a href="' + quoted(site) + '">Lottery Ticket: most of a neural network can be thrown away</a>',
    '</lottery-ticket>',
  );

/**
 * @param {string} site
 * @param {Wishes} wishes
 */
export function frameAddress(site, wishes) {
  const parameters = Object.entries(wishes).map(([name, value]) => `${name.replaceAll('-', '_')}=${encodeURIComponent(value).replaceAll('%2C', ',')}`);
  return new URL(`embed.html#${parameters.join('&')}`, site).href;
}

/**
 * @param {string} site
 * @param {Wishes} wishes
 */
export const frameSnippet = (site, wishes) =>
  lines(
    `<iframe title="Lottery Ticket" src="${quoted(frameAddress(site, wishes))}"`,
    '  width="100%" height="640" style="border: 0" loading="lazy"></iframe>',
    '<script>',
    "  addEventListener('message', ({ source, origin, data }) => {",
    "    for (const frame of document.querySelectorAll('iframe[src*=\"embed.html#\"]')) {",
    "      if (source !== frame.contentWindow || !['null', new URL(frame.src).origin].includes(origin)) continue;",
    "      if (data?.type !== 'lottery-ticket:height' || !(data.height > 0 && data.height < 10000)) continue;",
    '      frame.height = Math.ceil(data.height);',
    '    }',
    '  });',
    '</script>',
  );

/** What this writer does not know how to say in OFD. It never leaves this folder: the page goes as a picture then. */
export class Unsaid extends Error {}

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (it) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[it] ?? it);

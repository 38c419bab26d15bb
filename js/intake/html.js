/** Markup that is safe to send: made by `html` alone. */
export class Html {
  /** @param {string} markup */
  constructor(markup) {
    this.markup = markup;
  }
}

/** @typedef {Html | string | number | null | undefined | false | readonly Part[]} Part */

const entities = /** @type {Record<string, string>} */ ({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
});

/**
 * A template whose values are escaped, for text and for quoted attributes:
 *
 *     html`<p title="${title}">${list.map((item) => html`<b>${item}</b>`)}</p>`
 *
 * @param {TemplateStringsArray} strings
 * @param {...Part} values
 * @returns {Html}
 */
export function html(strings, ...values) {
  return new Html(strings.reduce((markup, text, i) => markup + markupOf(values[i - 1]) + text));
}

/**
 * @param {Part} part
 * @returns {string}
 */
function markupOf(part) {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(markupOf).join('');
  return String(part).replace(/[&<>"']/g, (character) => entities[character]);
}

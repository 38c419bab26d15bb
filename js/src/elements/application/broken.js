import { html, nothing } from 'lit-html';

// The core, which holds all other texts, is what is missing here.
/** @type {Record<string, Record<string, string>>} */
const TEXTS = {
  en: {
    load: 'The form could not be loaded. Reload the page; if that does not help, use another browser.',
    contact: 'Or write to',
  },
  zh: {
    load: '表单加载失败。请刷新页面；如仍无法显示，请更换浏览器。',
    contact: '也可联系：',
  },
};

/**
 * Why there is no form, and whom to ask: the contact that the page itself names.
 * @param {Element} element
 */
export function brokenView(element) {
  const language = element.closest('[lang]')?.getAttribute('lang') ?? '';
  const texts = /^zh\b/i.test(language) ? TEXTS.zh : TEXTS.en;
  /** @type {HTMLAnchorElement | null} */
  const contact = element.querySelector('a[href^="mailto:"]');
  return html`<p class="broken" role="alert" part="broken">
    ${texts.load}
    ${contact ? html`${texts.contact} <a href=${contact.href}>${contact.textContent}</a>` : nothing}
  </p>`;
}

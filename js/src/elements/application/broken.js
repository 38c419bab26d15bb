import { html, nothing } from 'lit';

// The core, which holds all other texts, is what is missing here.
/** @type {Record<string, Record<string, string>>} */
const TEXTS = {
  en: {
    wasm: 'This browser does not run the form (WebAssembly is missing or blocked).',
    load: 'The form could not be loaded. Reload the page; if that does not help, use another browser.',
    contact: 'Or write to',
  },
  zh: {
    wasm: '当前浏览器无法运行本表单（不支持或已禁用 WebAssembly）。',
    load: '表单加载失败。请刷新页面；如仍无法显示，请更换浏览器。',
    contact: '也可联系：',
  },
};

/**
 * Why there is no form, and whom to ask: the contact that the page itself names.
 * @param {Element} element
 * @param {unknown} failure
 */
export function brokenView(element, failure) {
  const language = element.closest('[lang]')?.getAttribute('lang') ?? '';
  const texts = /^zh\b/i.test(language) ? TEXTS.zh : TEXTS.en;
  const isRefused =
    !globalThis.WebAssembly || (failure instanceof Error && failure.name === 'CompileError');
  /** @type {HTMLAnchorElement | null} */
  const contact = element.querySelector('a[href^="mailto:"]');
  return html`<p class="broken" role="alert" part="broken">
    ${isRefused ? texts.wasm : texts.load}
    ${contact ? html`${texts.contact} <a href=${contact.href}>${contact.textContent}</a>` : nothing}
  </p>`;
}

const WIDE = 880;

/**
 * What the page around an element says: its language, its color scheme, how
 * much room there is. Settings come through the page, not through options.
 */
export class Surroundings {
  /** What the visitor chose here, until the page says otherwise. @type {string | undefined} */
  chosen;
  isWide = false;
  /** @type {'light' | 'dark'} */ scheme = 'light';

  #element;
  #host;
  #dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)');
  /** @type {MutationObserver | undefined} */ #languages;
  /** @type {MutationObserver | undefined} */ #themes;
  /** @type {ResizeObserver | undefined} */ #sizes;

  /**
   * @param {HTMLElement} element
   * @param {{changed: () => void, language: () => void}} host
   */
  constructor(element, host) {
    this.#element = element;
    this.#host = host;
  }

  connect() {
    const page = document.documentElement;
    this.#languages = new MutationObserver((records) => {
      // Only an ancestor's language is ours; our own content may have any.
      const isOurs = records.some(({ target }) => target.contains(this.#element));
      if (!isOurs) return;
      this.chosen = undefined;
      this.#host.language();
    });
    this.#languages.observe(page, { attributes: true, attributeFilter: ['lang'], subtree: true });
    this.#themes = new MutationObserver(this.#scheme);
    for (const element of [page, document.body, this.#element]) {
      this.#themes.observe(element, {
        attributes: true,
        attributeFilter: ['class', 'style', 'data-theme'],
      });
    }
    this.#sizes = new ResizeObserver(([{ contentRect }]) => {
      const isWide = contentRect.width >= WIDE;
      if (isWide === this.isWide) return;
      this.isWide = isWide;
      // In this frame, the other height that follows would be an error to the page.
      requestAnimationFrame(() => this.#host.changed());
    });
    this.#sizes.observe(this.#element);
    this.#dark?.addEventListener('change', this.#scheme);
    this.#scheme();
  }

  disconnect() {
    this.#languages?.disconnect();
    this.#themes?.disconnect();
    this.#sizes?.disconnect();
    this.#dark?.removeEventListener('change', this.#scheme);
  }

  /** The language that is wanted here: a BCP 47 tag, or nothing. @returns {string | null | undefined} */
  language() {
    if (this.chosen) return this.chosen;
    /** @type {Element | null} */
    let element = this.#element;
    while (element) {
      const found = element.closest('[lang]');
      if (found) return found.getAttribute('lang');
      const root = element.getRootNode();
      element = root instanceof ShadowRoot ? root.host : null;
    }
    return navigator.language;
  }

  #scheme = () => {
    const style = getComputedStyle(this.#element);
    const own = style.getPropertyValue('--hezuo-color-scheme').trim();
    // A page that never speaks of dark is light, whatever the visitor prefers.
    const wanted = own === 'auto' ? 'light dark' : own || style.getPropertyValue('color-scheme');
    const isDark = /dark/.test(wanted) && (!/light/.test(wanted) || Boolean(this.#dark?.matches));
    const scheme = isDark ? 'dark' : 'light';
    if (scheme === this.scheme) return;
    this.scheme = scheme;
    this.#host.changed();
  };
}

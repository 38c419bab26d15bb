import { render } from 'lit-html';

/** A server that renders pages may import elements, and shows none. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (class {});

/**
 * A custom element that shows in its shadow root what `view` returns, once for all that changes
 * in a turn.
 */
export class Element extends Base {
  /** @type {string} */ static styles;
  /** The same as a file, for browsers that cannot share a sheet. @type {URL} */ static sheet;

  /** Where it is shown. @type {HTMLElement} */ paper;
  isBroken = false;
  #isAsked = false;

  constructor() {
    super();
    const { styles, sheet } = /** @type {typeof Element} */ (this.constructor);
    const root = this.attachShadow({ mode: 'open' });
    if ('adoptedStyleSheets' in ShadowRoot.prototype) {
      const shared = new CSSStyleSheet();
      shared.replaceSync(styles);
      root.adoptedStyleSheets = [shared];
    } else {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = String(sheet);
      root.append(link);
    }
    this.paper = root.appendChild(document.createElement('div'));
  }

  connectedCallback() {
    const { observedAttributes = [] } = /** @type {any} */ (this.constructor);
    for (const name of observedAttributes) {
      // Set before the element was defined, it hides the accessor.
      const early = Object.getOwnPropertyDescriptor(this, name);
      if (!early) continue;
      delete (/** @type {any} */ (this)[name]);
      this.setAttribute(name, early.value);
    }
    this.update();
  }

  /** What it shows now; a template of lit-html. @returns {unknown} */
  view() {
    return undefined;
  }

  /** After it is shown. */
  shown() {}

  /** What to show instead where something fails. @param {unknown} error @returns {unknown} */
  broken(error) {
    return String(error);
  }

  /** Shows soon what has changed. */
  update() {
    if (this.#isAsked) return;
    this.#isAsked = true;
    queueMicrotask(() => {
      if (this.#isAsked) this.updateNow();
    });
  }

  updateNow() {
    this.#isAsked = false;
    if (!this.isConnected || this.isBroken) return;
    try {
      render(this.view(), this.paper);
      this.shown();
    } catch (error) {
      this.fail(error);
    }
  }

  /** There is nothing to be shown any more but why. @param {unknown} error */
  fail(error) {
    this.isBroken = true;
    // What was half shown cannot be built upon.
    const paper = document.createElement('div');
    this.paper.replaceWith(paper);
    this.paper = paper;
    render(this.broken(error), paper);
  }
}

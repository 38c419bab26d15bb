import { html, nothing } from 'lit-html';

import { answerText } from './application/answers.js';
import { brokenView } from './application/broken.js';
import { tick } from './application/choice-field.js';
import { Desk } from './application/desk.js';
import { rowName } from './application/group-field.js';
import { matchLanguage } from './application/model.js';
import { styles } from './application/styles.js';
import { Surroundings } from './application/surroundings.js';
import { taskList } from './application/task-list.js';
import { grow } from './application/text-field.js';
import {
  checkView,
  errorSummary,
  pendingView,
  printView,
  receiptView,
  saveState,
  sectionView,
  sendingView,
  startView,
} from './application/views.js';
import { Element } from './element.js';

/** @import {Hezuo} from './application/types.js' */
/** @import {Model} from './application/model.js' */

/** What a part that is loaded later has of this one. */
const TOOLS = { html, answerText, rowName, tick };
const CLOCK_MS = 30_000;
const ANNOUNCE_MS = 150;
/** How long a click may come after its pointer was lifted. */
const CLICK_MS = 50;

/**
 * An application form: a call in, an application handed in. What is inside the
 * tag is shown until the form is there, and stays where it cannot be: say there
 * what the call is and how to reach its contact.
 *
 * With an `id`, the address of the page names the place in the form, so that the
 * browser's Back button goes back in it.
 *
 * @element hezuo-application
 * @attr {string} src - The address of the call's definition.
 * @attr {string} submit - Where applications are handed in.
 * @attr {string} lang - The language of the interface; else that of the page around.
 * @attr {string} draft - Tells drafts of one call apart; else the element's id.
 * @slot - Shown without script, and while loading.
 * @csspart root - All of it.
 * @csspart head - The call's title, the choice of language, whether the draft is saved.
 * @csspart tasks - The list of sections.
 * @csspart field - A question.
 * @csspart label - Its label.
 * @csspart input - A box to write in.
 * @csspart sheets - The answer of a question in several languages.
 * @csspart sheet - One language of it.
 * @csspart count - How long a text is.
 * @csspart row - One row of a group.
 * @csspart note - A text of the call between questions.
 * @csspart drop - Where files can be dropped.
 * @csspart issue - An error, a warning or a hint at a question.
 * @csspart notice - What just happened, often with a way to undo it.
 * @csspart deadline - When the call opens and closes.
 * @csspart eligibility - Who may apply, as far as the answers tell.
 * @csspart draft - What the browser keeps.
 * @csspart copies - The drafts of this browser, where there are several.
 * @csspart answers - All answers, to be checked.
 * @csspart consent - A consent with its box.
 * @csspart error-summary - What keeps the application from being handed in.
 * @csspart receipt - What proves that it was handed in.
 * @csspart contact - Whom to ask.
 * @csspart broken - Why there is no form.
 * @cssprop --hezuo-accent - Buttons, links and what is chosen; `--hezuo-accent-dark` in the dark.
 * @cssprop --hezuo-on-accent - Text on it; `--hezuo-on-accent-dark` in the dark.
 * @cssprop --hezuo-focus - The ring around what has the focus; `--hezuo-focus-dark` in the dark.
 * @cssprop --hezuo-radius - How round the corners are.
 * @cssprop --hezuo-font - The font family of Latin text.
 * @cssprop --hezuo-font-han - The font family of Chinese text.
 * @cssprop --hezuo-color-scheme - light, dark or auto; else as the page's color-scheme says.
 * @fires {CustomEvent<{form: object}>} hezuo-ready - The form is there.
 * @fires {CustomEvent<{language: string}>} hezuo-language - The visitor chose a language.
 * @fires {CustomEvent<{receipt: string, id: string, received: string}>} hezuo-handed-in - Stored.
 * @fires {CustomEvent<{error: unknown}>} hezuo-error - The form cannot be shown.
 */
export class HezuoApplication extends Element {
  static styles = styles;
  static sheet = new URL('../../hezuo.css', import.meta.url);
  static observedAttributes = ['src', 'submit', 'draft'];

  /** @type {Promise<Hezuo>} */
  static #hezuo;

  /**
   * @param {Promise<Hezuo>} hezuo
   * @param {CustomElementRegistry} [registry]
   */
  static define(hezuo, registry = customElements) {
    // A page may include us twice, through two plugins of its CMS.
    if (registry.get('hezuo-application')) return;
    HezuoApplication.#hezuo = hezuo;
    // A failure is shown by each element; it is no unhandled one of the page.
    hezuo.catch(() => undefined);
    registry.define('hezuo-application', this);
  }

  /** @type {Desk | undefined} */ #desk;
  /** Where one is: a section's id, `check`, or '' for the overview. */
  #place = '';
  #lastPlace = '';
  #announcement = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #announcing;
  #focusNext = '';
  /** What this form put before the page's title. */
  #titlePrefix = '';
  #started = '';
  /** @type {ReturnType<typeof setInterval> | undefined} */ #clock;
  #isPrinting = false;

  #surroundings = new Surroundings(this, {
    changed: () => this.update(),
    language: () => this.#desk?.setLanguage(),
  });

  // --- what the page says

  get src() {
    return this.getAttribute('src') ?? '';
  }
  set src(src) {
    this.setAttribute('src', src);
  }

  get submit() {
    return this.getAttribute('submit') ?? '';
  }
  set submit(submit) {
    this.setAttribute('submit', submit);
  }

  get draft() {
    return this.getAttribute('draft') ?? '';
  }
  set draft(draft) {
    this.setAttribute('draft', draft);
  }

  // --- life

  attributeChangedCallback() {
    if (this.isConnected) this.#start();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#start();
    void this.#desk?.wake();
    this.#surroundings.connect();
    this.#clock = setInterval(() => this.#desk?.model.setNow(Date.now()), CLOCK_MS);
    for (const [type, listener] of this.#listeners) addEventListener(type, listener);
  }

  disconnectedCallback() {
    this.#surroundings.disconnect();
    clearInterval(this.#clock);
    for (const [type, listener] of this.#listeners) removeEventListener(type, listener);
    this.#markTitle('');
    void this.#leave(this.#desk);
  }

  /** Other tabs may go on with the draft, unless the page only moves the form. @param {Desk} [desk] */
  async #leave(desk) {
    await desk?.saver.flush();
    if (!this.isConnected || desk !== this.#desk) desk?.rest();
  }

  /** @type {[string, (event: Event) => void][]} */
  #listeners = [
    ['beforeunload', (event) => this.#warn(/** @type {BeforeUnloadEvent} */ (event))],
    ['pagehide', () => void this.#desk?.saver.flush()],
    ['visibilitychange', () => void this.#desk?.saver.flush()],
    ['popstate', () => this.#readAddress(true)],
    ['online', () => this.#desk?.retryNow()],
    ['offline', () => this.update()],
    ['beforeprint', () => this.#print(true)],
    ['afterprint', () => this.#print(false)],
  ];

  /** @param {boolean} isPrinting */
  #print(isPrinting) {
    this.#isPrinting = isPrinting;
    this.update();
    // Paper does not wait for a microtask.
    this.updateNow();
  }

  /** @param {BeforeUnloadEvent} event */
  #warn(event) {
    if (!this.#desk?.isUnsaved) return;
    event.preventDefault();
    event.returnValue = '';
  }

  #start() {
    if (!this.src || this.#started === this.src) return;
    this.#started = this.src;
    this.isBroken = false;
    this.#open(this.src).catch((error) => this.fail(error));
  }

  /** @param {string} src */
  async #open(src) {
    const source = new URL(src, document.baseURI);
    const before = this.#desk;
    this.#desk = await Desk.open(HezuoApplication.#hezuo, source, this.draft || this.id, {
      changed: () => this.update(),
      focus: (selector) => this.#focus(selector),
      focusKey: (key) => this.#focusKey(key),
      announce: (text) => this.#announce(text),
      go: (place) => this.#go(place),
      language: (offered) => matchLanguage(offered, this.#surroundings.language()) ?? offered[0],
      submit: () => new URL(this.submit, document.baseURI),
      drafts: () => this.getAttribute('drafts') ?? '',
      id: () => this.id,
      handedIn: (receipt) => this.#tell('hezuo-handed-in', receipt),
      root: () => this.paper,
      replace: (desk) => (this.#desk = desk),
    });
    for (const desk of [before, this.#desk]) void this.#leave(desk);
    this.#readAddress(false);
    this.update();
    this.#tell('hezuo-ready', { form: this.#desk.form });
  }

  /** @param {string} type @param {object} detail */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  // --- place and focus

  /** @param {string} place */
  #go(place) {
    if (place !== this.#place) {
      this.#show(place);
      this.#desk?.move();
      if (this.id) history.pushState(null, '', `#${this.id}/${place}`);
    }
    this.#focus('#hz-view|h2');
  }

  /** @param {string} place */
  #show(place) {
    if (this.#place) this.#lastPlace = this.#place;
    this.#place = place;
    this.update();
  }

  /** @param {boolean} isMove Whether one was elsewhere in the form before. */
  #readAddress(isMove) {
    if (!this.id || !this.#desk) return;
    let address = location.hash.slice(1);
    try {
      address = decodeURIComponent(address);
    } catch {
      return; // Not ours: what we write can be read.
    }
    const [id, place = '', secret] = address.split('/');
    if (id !== this.id || place === this.#place) return;
    if (place === 'resume' && secret !== undefined) {
      // What opens the draft does not stay where others may see it.
      history.replaceState(null, '', `#${id}/`);
      this.#show('');
      void this.#desk.resume(secret);
      return;
    }
    if (isMove) this.#desk.move();
    const isKnown = this.#desk.form.sections.some((section) => section.id === place);
    if (!isKnown && place !== 'check' && place !== '') return;
    this.#show(place);
    if (isMove) this.#focus('#hz-view|h2');
  }

  /** Goes to a question. @param {string} key @param {string} [language] */
  #change(key, language) {
    const [first] = key.split('/');
    const place = first === 'consents' ? 'check' : this.#desk?.model.sectionOf.get(first);
    if (place !== undefined && place !== this.#place) this.#go(place);
    this.#focusKey(key, language);
  }

  /** @param {string} selectors In the order of preference, joined by '|'. */
  #focus(selectors) {
    this.#focusNext = selectors;
    this.update();
  }

  /** @param {string} key @param {string} [language] */
  #focusKey(key, language) {
    const field = `[data-key="${key}"]`;
    /** @param {string} suffix */
    const control = (suffix) =>
      ['input', 'textarea', 'select'].map((tag) => `${field} ${tag}${suffix}`).join(',');
    const preferred = control(language ? `[lang="${language}"]` : '[aria-invalid]');
    this.#focus(`${preferred}|${control('')}|${field} button`);
  }

  shown() {
    const root = this.paper;
    grow(root.querySelectorAll('textarea'));
    const desk = this.#desk;
    const isFailed = desk?.state === 'form' && desk.findings.standing(desk.model).length > 0;
    this.#markTitle(isFailed ? desk.model.say('ui.error') : '');
    if (!this.#focusNext) return;
    /** @type {Element | null} */
    let target = null;
    for (const selector of this.#focusNext.split('|')) target ??= root.querySelector(selector);
    this.#focusNext = '';
    if (!(target instanceof HTMLElement)) return;
    const shown = target.closest('[data-key]') ?? target;
    // Of what is higher than the window, its end would be the nearest.
    const isHigh = shown.getBoundingClientRect().height > innerHeight;
    shown.scrollIntoView({ block: isHigh ? 'start' : 'nearest' });
    target.focus({ preventScroll: target === shown });
  }

  /** @param {string | (() => string)} text */
  #announce(text) {
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => {
      const next = typeof text === 'string' ? text : text();
      // The same words again are news only if the text differs.
      this.#announcement = next === this.#announcement ? `${next}\u00a0` : next;
      this.update();
    }, ANNOUNCE_MS);
  }

  /** @param {string} prefix */
  #markTitle(prefix) {
    if (prefix === this.#titlePrefix) return;
    document.title = prefix + document.title.replace(this.#titlePrefix, '');
    this.#titlePrefix = prefix;
  }

  // --- showing it

  /** @type {import('./application/views.js').Actions} */
  #actions = {
    go: (place) => this.#go(place),
    change: (key, language) => this.#change(key, language),
    setShared: (off) => void this.#desk?.setShared(off),
    saveFile: () => this.#desk?.files.save(),
    openVault: () => void this.#desk?.openVault(),
    copyDraft: () => this.#desk?.files.copy(),
    loadFile: (file, isMerge) => void this.#desk?.files.open(file, isMerge),
    discard: () => this.#desk?.askDiscard(),
    drop: (pointer) => this.#desk?.drop(pointer),
    send: () => void this.#desk?.handIn(),
    retry: () => void this.#desk?.transmit(),
    edit: () => void this.#desk?.edit(),
    saveReceipt: () => this.#desk?.saveReceipt(),
    copyReceipt: () => this.#desk?.copyReceipt(),
    again: () => void this.#desk?.again(),
    isLocked: false,
  };

  /** @param {string} language */
  #choose(language) {
    this.#surroundings.chosen = language;
    this.#desk?.setLanguage();
    this.#tell('hezuo-language', { language });
  }

  /** @param {Desk} desk */
  #current(desk) {
    const { model, saver, sending, state } = desk;
    const isLocked = !desk.turn.isMine;
    this.#actions.isLocked = isLocked;
    if (state === 'merging') return desk.merging?.view(TOOLS, model, isLocked);
    if (state === 'sending') return sendingView(model, sending.share);
    if (state === 'pending') return pendingView(model, desk, this.#actions);
    if (state === 'done' && desk.receipt) return receiptView(model, desk.receipt, this.#actions);
    if (this.#place === 'check') {
      return html`${errorSummary(model, desk.findings.standing(desk.model), this.#actions)}
      ${checkView(model, this.#actions, {
        warnings: desk.findings.warnings,
        confirmed: desk.findings.isConfirmed,
        confirm: desk.confirm,
      })}`;
    }
    const isSection = model.relevantSections().some(({ id }) => id === this.#place);
    return isSection
      ? sectionView(model, this.#place, this.#actions)
      : html`${startView(model, saver, this.#actions, this.#lastPlace)}
        ${desk.later.vault?.view(TOOLS)} ${desk.later.several?.draftList(TOOLS, model, desk)}`;
  }

  /** @param {Desk} desk */
  #head(desk) {
    const { model, languages } = desk;
    return html`<div class="head" part="head">
      <h2 tabindex="-1">${model.text(model.form.title)}</h2>
      <div class="head-side">
        ${desk.later.several?.draftName(TOOLS, desk)}
        ${desk.state === 'form' ? saveState(model, desk.saver) : nothing}
        ${
          languages.length > 1
            ? html`<div class="languages" role="group" aria-label=${model.say('ui.language')}>
                ${languages.map(
                  (tag) =>
                    html`<button
                      type="button"
                      lang=${tag}
                      aria-pressed=${tag === model.language ? 'true' : 'false'}
                      @click=${() => this.#choose(tag)}
                    >
                      ${desk.textIn(tag, 'ui.language_name')}
                    </button>`,
                )}
              </div>`
            : nothing
        }
      </div>
    </div>`;
  }

  /** @param {Desk} desk */
  #banner({ model, saver, state, turn, notice, reload, overwrite, takeOver, copyHere, files }) {
    const elsewhere = {
      text: model.say(turn.wasTaken ? 'ui.tab_taken' : 'ui.tab_other'),
      actions: [
        { label: model.say('ui.tab_take'), run: () => void takeOver() },
        { label: model.say('ui.tab_copy'), run: () => void copyHere() },
      ],
    };
    const conflict = {
      text: model.say('ui.conflict'),
      actions: [
        { label: model.say('ui.conflict_mine'), run: () => void overwrite() },
        { label: model.say('ui.conflict_theirs'), run: () => void reload() },
      ],
    };
    const late = {
      text: model.say('ui.closed_late'),
      actions: [{ label: model.say('ui.draft_save'), run: files.save }],
    };
    const isForm = state === 'form';
    const isLate = isForm && this.#place && model.deadline.state === 'closed';
    const isUndecided = saver.state === 'conflict' && isForm;
    const shown = !turn.isMine ? elsewhere : isUndecided ? conflict : notice || (isLate && late);
    if (!shown) return nothing;
    return html`<div
      class="notice"
      part="notice"
      tabindex="-1"
      role="group"
      aria-label=${shown.text}
    >
      <p>${shown.text}</p>
      ${shown.actions?.map(
        ({ label, run }) =>
          html`<button type="button" class="link" @click=${run}>${label}</button> `,
      )}
    </div>`;
  }

  /** @param {Desk} desk */
  #menu({ model, state }) {
    if (state !== 'form' || !this.#place) return nothing;
    const list = taskList(model, this.#place, this.#actions.go, false);
    const name = model.say('ui.tasks');
    return this.#surroundings.isWide
      ? html`<nav class="side" aria-label=${name}>${list}</nav>`
      : html`<details class="side narrow">
          <summary>${name}</summary>
          <nav aria-label=${name}>${list}</nav>
        </details>`;
  }

  /** @param {unknown} error */
  fail(error) {
    console.error(error, /** @type {any} */ (error)?.issues ?? '');
    void this.#desk?.saver.flush();
    super.fail(error);
    this.#tell('hezuo-error', { error });
  }

  broken() {
    return html`${brokenView(this)}<slot></slot>`;
  }

  view() {
    const desk = this.#desk;
    if (!desk) return html`<slot></slot>`;
    const { model } = desk;
    const { isWide, scheme } = this.#surroundings;
    return html`<div
      class="root ${isWide ? 'wide' : ''} ${scheme}"
      part="root"
      lang=${model.language}
      @compositionstart=${this.#composing}
      @compositionend=${this.#composed}
      @focusout=${this.#composed}
      @pointerdown=${() => model.press()}
      @pointerup=${() => setTimeout(() => model.release(), CLICK_MS)}
      @pointercancel=${() => model.release()}
    >
      <div class="screen">
        ${this.#head(desk)} ${this.#banner(desk)}
        <div class="layout">
          ${this.#menu(desk)}
          <form
            class="main"
            novalidate
            @submit=${(/** @type {Event} */ event) => event.preventDefault()}
          >
            ${this.#current(desk)}
          </form>
        </div>
        <div class="hidden" role="status">${this.#announcement}</div>
      </div>
      ${this.#isPrinting ? printView(model) : nothing}
    </div>`;
  }

  /** @param {Event} event */
  #composing = (event) => {
    if (this.#desk) this.#desk.model.composing = /** @type {Element} */ (event.target).id;
  };

  /** The text is what it will be: what waited for it goes on. @param {Event} event */
  #composed = (event) => {
    const model = this.#desk?.model;
    if (!model?.composing) return;
    model.composing = '';
    event.target?.dispatchEvent(new Event('input', { bubbles: true }));
  };
}

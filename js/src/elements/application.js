import { html, LitElement, nothing } from 'lit';

import { openStore } from '../draft-store.js';
import { brokenView } from './application/broken.js';
import { download, copy } from './application/files.js';
import { elementId, matchLanguage, Model, wellFormed } from './application/model.js';
import { moment } from './application/format.js';
import { Saver } from './application/saver.js';
import { Sending } from './application/sending.js';
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

/** @import {Definition, Hezuo, Issue, Session} from './application/types.js' */
/** @import {DraftStore, Receipt} from '../draft-store.js' */

const CLOCK_MS = 30_000;
const ANNOUNCE_MS = 150;

/** @typedef {{text: string, actions?: {label: string, run: () => void}[], isQuestion?: boolean}} Notice */

/**
 * An application form: a call in, an application handed in. What is inside the
 * tag is shown until the form is there, and stays where it cannot be: say there
 * what the call is and how to reach its contact.
 *
 * @element hezuo-application
 * @attr {string} src - The address of the call's definition.
 * @attr {string} submit - Where applications are handed in.
 * @attr {string} lang - The language of the interface; else that of the page around.
 * @attr {string} draft - Tells drafts of one call apart; else the element's id.
 * @slot - Shown without script, without WebAssembly, and while loading.
 * @csspart root - All of it.
 * @csspart field - A question.
 * @csspart label - Its label.
 * @csspart input - A box to write in.
 * @csspart sheet - One language of an answer.
 * @csspart issue - An error, a warning or a hint at a question.
 * @csspart error-summary - What keeps the application from being handed in.
 * @csspart receipt - What proves that it was handed in.
 * @cssprop --hezuo-accent - Buttons, links and what is chosen.
 * @cssprop --hezuo-font - The font family of Latin text.
 * @cssprop --hezuo-font-han - The font family of Chinese text.
 * @cssprop --hezuo-color-scheme - light, dark or auto; else as the page's color-scheme says.
 * @fires {CustomEvent<{form: object}>} hezuo-ready - The form is there.
 * @fires {CustomEvent<{language: string}>} hezuo-language - The visitor chose a language.
 * @fires {CustomEvent<{receipt: string, id: string, received: string}>} hezuo-handed-in - Stored.
 * @fires {CustomEvent<{error: unknown}>} hezuo-error - The form cannot be shown.
 */
export class HezuoApplication extends LitElement {
  static styles = styles;
  static properties = {
    src: { type: String, reflect: true },
    submit: { type: String, reflect: true },
    draft: { type: String, reflect: true },
  };

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

  /** @type {Hezuo | undefined} */ #core;
  /** @type {Definition | undefined} */ #definition;
  /** @type {Model | undefined} */ #model;
  /** @type {Saver} */ #saver = /** @type {any} */ (undefined);
  /** @type {Sending} */ #sending = /** @type {any} */ (undefined);
  /** @type {DraftStore | null} */ #store = null;
  /** Files of this tab, by digest. @type {Map<string, Blob>} */ #files = new Map();
  /** @type {'form' | 'sending' | 'pending' | 'done'} */ #state = 'form';
  /** @type {unknown} */ #failure;
  #place = '';
  #lastPlace = '';
  /** @type {Issue[]} */ #errors = [];
  /** @type {Issue[]} */ #warnings = [];
  #confirmed = '';
  /** @type {string[]} */ #missing = [];
  /** @type {Receipt | undefined} */ #receipt;
  /** @type {Notice | undefined} */ #notice;
  #announcement = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #announcing;
  #focusNext = '';
  #title = '';
  #started = '';
  /** @type {ReturnType<typeof setInterval> | undefined} */ #clock;
  #isPrinting = false;

  #surroundings = new Surroundings(this, {
    changed: () => this.requestUpdate(),
    language: () => this.#model?.setLanguage(this.#wantedLanguage()),
  });

  constructor() {
    super();
    /** @type {string} */ this.src = '';
    /** @type {string} */ this.submit = '';
    /** @type {string} */ this.draft = '';
  }

  // --- life

  connectedCallback() {
    super.connectedCallback();
    this.#surroundings.connect();
    this.#clock = setInterval(() => this.#model?.setNow(Date.now()), CLOCK_MS);
    addEventListener('beforeunload', this.#beforeUnload);
    addEventListener('pagehide', this.#flush);
    document.addEventListener('visibilitychange', this.#flush);
    addEventListener('popstate', this.#fromAddress);
    addEventListener('beforeprint', this.#beforePrint);
    addEventListener('afterprint', this.#afterPrint);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#surroundings.disconnect();
    clearInterval(this.#clock);
    removeEventListener('beforeunload', this.#beforeUnload);
    removeEventListener('pagehide', this.#flush);
    document.removeEventListener('visibilitychange', this.#flush);
    removeEventListener('popstate', this.#fromAddress);
    removeEventListener('beforeprint', this.#beforePrint);
    removeEventListener('afterprint', this.#afterPrint);
    this.#markTitle(false);
    this.#flush();
  }

  #flush = () => void this.#saver?.flush();

  #beforePrint = () => {
    this.#isPrinting = true;
    this.requestUpdate();
    // Paper does not wait for a microtask.
    this.performUpdate();
  };

  #afterPrint = () => {
    this.#isPrinting = false;
    this.requestUpdate();
  };

  /** @param {BeforeUnloadEvent} event */
  #beforeUnload = (event) => {
    const model = this.#model;
    if (!model || this.#state === 'done') return;
    const isAnswered = [...model.cells.values()].some(({ answered }) => answered);
    const isOut = this.#state !== 'form' && this.#saver.state === 'off';
    if (!(this.#saver.isUnsaved && isAnswered) && !isOut) return;
    event.preventDefault();
    event.returnValue = '';
  };

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('src') || !this.src || this.#started === this.src) return;
    this.#started = this.src;
    this.#start(this.src).catch((error) => {
      this.#failure = error;
      this.dispatchEvent(
        new CustomEvent('hezuo-error', { detail: { error }, bubbles: true, composed: true }),
      );
      console.error(error);
      this.requestUpdate();
    });
  }

  /** @param {string} src */
  async #start(src) {
    const [hezuo, text, store] = await Promise.all([
      HezuoApplication.#hezuo,
      fetchText(new URL(src, document.baseURI)),
      openStore().catch(() => null),
    ]);
    this.#core = hezuo;
    this.#store = store;
    this.#definition = hezuo.compile(text);
    const key = this.#key();
    this.#sending = new Sending(store, key, this.#files);
    this.#saver = new Saver(store, key, {
      document: () => /** @type {Model} */ (this.#model).session.document(),
      changed: () => this.requestUpdate(),
      elsewhere: () => void this.#reload(),
    });
    await this.#restore(key);
    this.#fromAddress();
    this.requestUpdate();
    this.dispatchEvent(
      new CustomEvent('hezuo-ready', {
        detail: { form: this.#definition.form },
        bubbles: true,
        composed: true,
      }),
    );
  }

  #key() {
    return `${this.#definition?.form.id}/${this.draft || this.id}`;
  }

  /** What the browser kept: a receipt, what was sent, or a draft. @param {string} key */
  async #restore(key) {
    const kept = await Promise.all([
      this.#store?.receipt(key),
      this.#store?.outgoing(key),
      this.#store?.draft(key),
    ]).catch(() => []);
    const [receipt, outgoing, draft] = kept;
    const document = receipt?.document ?? outgoing?.document ?? draft?.document;
    this.#open(document);
    if (receipt) {
      this.#receipt = receipt;
      this.#state = 'done';
    } else if (outgoing) {
      await this.#sending.freeze(outgoing, false);
      this.#sending.reason = 'unknown';
      await this.#pend();
    }
    if (draft) this.#saver.adopt(draft);
    if (draft && !receipt && !outgoing) {
      const model = /** @type {Model} */ (this.#model);
      this.#notice = {
        text: model.say('ui.restored_draft', { at: moment(model.language, draft.at) }),
        actions: [{ label: model.say('ui.discard'), run: () => this.#askDiscard() }],
      };
    }
    await this.#findLost();
  }

  /** @param {string} [document] JSON text. */
  #open(document) {
    const definition = /** @type {Definition} */ (this.#definition);
    const language = this.#wantedLanguage();
    const session = definition.open({ document, language, now: Date.now() });
    this.#take(session, language);
  }

  /** @param {Session} session @param {string} language */
  #take(session, language) {
    this.#model?.session.close();
    this.#errors = this.#warnings = [];
    this.#markTitle(false);
    this.#model = new Model(
      /** @type {Hezuo} */ (this.#core),
      /** @type {Definition} */ (this.#definition),
      session,
      language,
      {
        changed: (answers) => {
          if (answers) this.#saver.touch();
          this.requestUpdate();
        },
        announce: (text) => this.#announce(text),
        announceSoon: (text) => this.#announce(text),
        focus: (id) => this.#focus(`#${id}`),
        focusKey: (key) => this.#focusKey(key),
        addFiles: (key, files) => void this.#addFiles(key, files),
      },
    );
    this.requestUpdate();
  }

  /** Another tab saved the draft: shows it here, at the same place. */
  async #reload() {
    const draft = await this.#store?.draft(this.#key());
    if (!draft || this.#state !== 'form') return;
    this.#open(draft.document);
    this.#saver.adopt(draft);
    this.#notice = undefined;
    await this.#findLost();
    this.requestUpdate();
  }

  // --- language

  #wantedLanguage() {
    const { form } = /** @type {Definition} */ (this.#definition);
    const offered = form.languages.filter((tag) => this.#core?.languages.includes(tag));
    return matchLanguage(offered, this.#surroundings.language()) ?? offered[0];
  }

  /** @param {string} language */
  #choose(language) {
    this.#surroundings.chosen = language;
    this.#model?.setLanguage(language);
    this.dispatchEvent(
      new CustomEvent('hezuo-language', { detail: { language }, bubbles: true, composed: true }),
    );
  }

  // --- place

  /** @param {string} place */
  #go(place) {
    if (place === this.#place) return this.#focus('#hz-view');
    this.#show(place);
    if (this.id) history.pushState(null, '', `#${this.id}/${place}`);
    this.#focus('#hz-view, h2');
  }

  /** @param {string} place */
  #show(place) {
    if (this.#place && place !== this.#place) this.#lastPlace = this.#place;
    this.#place = place;
    this.#notice = undefined;
    this.requestUpdate();
  }

  #fromAddress = () => {
    if (!this.id || !this.#model) return;
    const [id, place = ''] = decodeURIComponent(location.hash.slice(1)).split('/');
    if (id !== this.id || place === this.#place) return;
    const isKnown = this.#model.form.sections.some((section) => section.id === place);
    if (isKnown || place === 'check' || place === '') this.#show(place);
  };

  /** Goes to a question. @param {string} key @param {string} [language] */
  #change(key, language) {
    const [first] = key.split('/');
    const place = first === 'consents' ? 'check' : this.#model?.sectionOf.get(first);
    if (place !== undefined && place !== this.#place) this.#go(place);
    this.#focusKey(key, language);
  }

  /** @param {string} selector */
  #focus(selector) {
    this.#focusNext = selector;
    this.requestUpdate();
  }

  /** @param {string} key @param {string} [language] */
  #focusKey(key, language) {
    const field = `[data-key="${key}"]`;
    const controls = ['input', 'textarea', 'select', 'button'];
    /** @param {string} suffix */
    const each = (suffix) => controls.map((control) => `${field} ${control}${suffix}`).join(',');
    this.#focus(
      [language ? each(`[lang="${language}"]`) : each('[aria-invalid]'), each(''), field].join('|'),
    );
  }

  updated() {
    const root = this.renderRoot;
    for (const area of root.querySelectorAll('textarea')) grow(area);
    if (!this.#focusNext) return;
    const target = this.#focusNext
      .split('|')
      .reduce(
        (found, selector) => found ?? root.querySelector(selector),
        /** @type {Element | null} */ (null),
      );
    this.#focusNext = '';
    if (!(target instanceof HTMLElement)) return;
    (target.closest('[data-key]') ?? target).scrollIntoView({ block: 'nearest' });
    target.focus();
  }

  // --- saying something

  /** @param {string | (() => string)} text */
  #announce(text) {
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => {
      const next = typeof text === 'string' ? text : text();
      // The same words again are news only if the text differs.
      this.#announcement = next === this.#announcement ? `${next}\u00a0` : next;
      this.requestUpdate();
    }, ANNOUNCE_MS);
  }

  /** @param {boolean} isError */
  #markTitle(isError) {
    if (this.#title) {
      document.title = document.title.replace(this.#title, '');
      this.#title = '';
    }
    if (!isError || !this.#model) return;
    this.#title = this.#model.say('ui.error');
    document.title = this.#title + document.title;
  }

  // --- files

  /** @param {string} key @param {File[]} files */
  async #addFiles(key, files) {
    const model = /** @type {Model} */ (this.#model);
    const hezuo = /** @type {Hezuo} */ (this.#core);
    model.view.delete(`${key}|failed`);
    for (const file of files) {
      const name = wellFormed(file.name.normalize('NFC'));
      model.view.set(`${key}|busy`, name);
      this.requestUpdate();
      try {
        const { sha256, size, type } = hezuo.inspect(new Uint8Array(await file.arrayBuffer()));
        await this.#keepFile(sha256, file);
        model.lost.delete(sha256);
        const all = [].concat(model.answer(key) ?? []);
        const isThere = all.some((each) => each.sha256 === sha256);
        if (!isThere) model.set(key, [...all, { name, type, size, sha256 }]);
        this.#announce(model.say('ui.file_added', { name }));
      } catch (error) {
        // The file may have moved, or its medium be gone: the visitor can pick it again.
        console.warn(error);
        model.view.set(`${key}|failed`, name);
      }
    }
    model.view.delete(`${key}|busy`);
    model.leave(key);
  }

  /** @param {string} sha256 @param {Blob} file */
  async #keepFile(sha256, file) {
    this.#files.set(sha256, file);
    if (this.#saver.state === 'off') return;
    try {
      await this.#store?.saveFile(sha256, file);
      this.#files.delete(sha256);
    } catch {
      // Too large for the browser's storage: this tab still has it, and says so.
      const model = /** @type {Model} */ (this.#model);
      this.#notice = { text: model.say('ui.file_in_tab') };
    }
  }

  async #findLost() {
    const model = /** @type {Model} */ (this.#model);
    const lost = await this.#sending.missing(model.attachments());
    model.lost = new Set(lost.map(({ sha256 }) => sha256));
  }

  // --- drafts

  #saveFile = () => {
    const model = /** @type {Model} */ (this.#model);
    download(`${model.form.id}.json`, model.session.document(), 'application/json');
  };

  #copyDraft = () => void this.#copy(this.#model?.session.document() ?? '');

  /** @param {string} text */
  async #copy(text) {
    const isDone = await copy(text, this.renderRoot);
    const model = /** @type {Model} */ (this.#model);
    this.#notice = { text: model.say(isDone ? 'ui.copied' : 'ui.not_copied') };
    this.#announce(this.#notice.text);
    this.requestUpdate();
  }

  /** Shows another document instead, in a way that can be undone. @param {string | undefined} document @param {string} code */
  #replace(document, code) {
    const before = /** @type {Model} */ (this.#model).session.document();
    this.#open(document);
    const model = /** @type {Model} */ (this.#model);
    this.#saver.touch();
    this.#notice = {
      text: model.say(code),
      actions: [
        {
          label: model.say('ui.undo'),
          run: () => {
            this.#open(before);
            this.#saver.touch();
            this.#notice = { text: model.say('ui.restored_all') };
            this.#focus('.notice');
            void this.#findLost().then(() => this.requestUpdate());
          },
        },
      ],
    };
    this.#focus('.notice button');
    void this.#findLost().then(() => this.requestUpdate());
  }

  /** @param {File} file */
  #loadFile = async (file) => {
    const model = /** @type {Model} */ (this.#model);
    try {
      this.#replace(await file.text(), 'ui.loaded');
    } catch (error) {
      console.warn(error);
      this.#notice = { text: model.say('ui.not_loaded', { name: file.name }) };
      this.#focus('.notice');
    }
  };

  #askDiscard = () => {
    const model = /** @type {Model} */ (this.#model);
    this.#notice = {
      text: model.say('ui.discard_question'),
      isQuestion: true,
      actions: [
        { label: model.say('ui.discard_yes'), run: () => this.#replace(undefined, 'ui.discarded') },
        {
          label: model.say('ui.discard_no'),
          run: () => {
            this.#notice = undefined;
            this.#focus('#hz-discard, h2');
          },
        },
      ],
    };
    this.#focus('.notice button:last-of-type');
  };

  /** @param {boolean} off */
  #setShared = async (off) => {
    if (off) await this.#takeFilesOut();
    await this.#saver.setOff(off);
    if (!off) await this.#putFilesIn();
    this.requestUpdate();
  };

  async #takeFilesOut() {
    for (const { sha256 } of this.#model?.attachments() ?? []) {
      const blob = await this.#store?.file(sha256);
      if (blob) this.#files.set(sha256, blob);
    }
  }

  async #putFilesIn() {
    for (const [sha256, blob] of this.#files) await this.#keepFile(sha256, blob);
  }

  async #overwrite() {
    await this.#saver.overwrite();
    this.requestUpdate();
  }

  // --- handing in

  get #warningsKey() {
    return JSON.stringify(this.#warnings.map(({ code, key, language }) => [code, key, language]));
  }

  /** The errors of the last check that are not mended yet. */
  #standing() {
    const model = /** @type {Model} */ (this.#model);
    return this.#errors.filter(({ code, key, language }) => {
      if (!model.cells.has(key)) return true;
      return model.issues(key).some((issue) => issue.code === code && issue.language === language);
    });
  }

  /** @param {Issue[]} errors */
  #fail(errors) {
    this.#errors = errors;
    this.#state = 'form';
    if (this.#place !== 'check') this.#go('check');
    this.#markTitle(true);
    this.#focus('#hz-summary');
  }

  #send = async () => {
    const model = /** @type {Model} */ (this.#model);
    model.setNow(Date.now());
    model.foreign.clear();
    const { issues } = model.session.check();
    model.showAll();
    const errors = issues.filter(({ severity }) => severity === 'error');
    const lost = await this.#sending.missing(model.attachments());
    for (const { name, sha256 } of lost) {
      const key = this.#keyOfFile(sha256);
      errors.push({
        code: 'file.lost',
        severity: 'error',
        key,
        text: model.say('ui.file_lost_in', { name }),
      });
      model.foreign.set(key, errors.slice(-1));
    }
    this.#warnings = issues.filter(({ severity }) => severity === 'warning');
    if (errors.length) return this.#fail(errors);
    this.#errors = [];
    this.#markTitle(false);
    if (this.#warnings.length && this.#confirmed !== this.#warningsKey) {
      this.#announce(model.say('ui.warnings'));
      return this.#focus('#hz-warnings');
    }
    await this.#saver.flush();
    const at = Date.now();
    const document_ = model.session.document({ event: 'handed_in', at });
    const { receipt } = /** @type {Definition} */ (this.#definition).validate(document_, {
      language: model.language,
      now: at,
    });
    const url = new URL(this.submit, document.baseURI).href;
    await this.#sending.freeze(
      { document: document_, receipt, at, url },
      this.#saver.state !== 'off',
    );
    await this.#transmit();
  };

  /** @param {string} sha256 */
  #keyOfFile(sha256) {
    const model = /** @type {Model} */ (this.#model);
    for (const key of model.cells.keys()) {
      const isFile = model.field(key)?.kind === 'file';
      if (isFile && model.answer(key)?.some((/** @type {any} */ each) => each.sha256 === sha256))
        return key;
    }
    return '';
  }

  #transmit = async () => {
    const model = /** @type {Model} */ (this.#model);
    this.#state = 'sending';
    this.#focus('#hz-view');
    const outcome = await this.#sending.transmit(model.attachments(), model.language, () =>
      this.requestUpdate(),
    );
    if (outcome.message) console.warn(outcome.message);
    if (outcome.state === 'stored') return this.#done(/** @type {any} */ (outcome.receipt));
    if (outcome.state === 'refused') {
      await this.#sending.release();
      const issues = (outcome.issues ?? []).filter(({ severity }) => severity === 'error');
      for (const issue of issues) {
        const isKnown = model.cell(issue.key).issues.some(({ code }) => code === issue.code);
        if (!isKnown)
          model.foreign.set(issue.key, [...(model.foreign.get(issue.key) ?? []), issue]);
      }
      return this.#fail(issues);
    }
    await this.#pend();
  };

  async #pend() {
    const model = /** @type {Model} */ (this.#model);
    this.#missing = (await this.#sending.missing(model.attachments())).map(({ name }) => name);
    this.#state = 'pending';
    this.#focus('#hz-view');
  }

  /** @param {{receipt: string, id: string, received: string}} answer */
  async #done(answer) {
    const keep = this.#saver.state !== 'off';
    const document_ = this.#sending.outgoing?.document ?? '';
    this.#receipt = { document: document_, ...answer };
    this.#state = 'done';
    this.#saver.reset();
    await this.#sending.settle(this.#receipt, keep);
    this.#focus('#hz-view');
    this.dispatchEvent(
      new CustomEvent('hezuo-handed-in', { detail: answer, bubbles: true, composed: true }),
    );
  }

  #edit = async () => {
    await this.#sending.release();
    this.#state = 'form';
    this.#place = 'check';
    this.#focus('#hz-view');
  };

  #receiptText() {
    const { document: text = '', ...receipt } = this.#receipt ?? {};
    return `${JSON.stringify({ ...receipt, document: JSON.parse(text) }, null, 2)}\n`;
  }

  #saveReceipt = () => {
    const name = `${this.#model?.form.id}-${this.#receipt?.id}.json`;
    download(name, this.#receiptText(), 'application/json');
  };

  #copyReceipt = () => void this.#copy(this.#receiptText());

  #again = async () => {
    await this.#store?.forget(this.#key());
    this.#receipt = undefined;
    this.#state = 'form';
    this.#place = '';
    this.#open(undefined);
    this.#focus('h2');
  };

  // --- showing it

  /** @type {import('./application/views.js').Actions} */
  #actions = {
    go: (place) => this.#go(place),
    change: (key, language) => this.#change(key, language),
    setShared: (off) => void this.#setShared(off),
    saveFile: this.#saveFile,
    copyDraft: this.#copyDraft,
    loadFile: (file) => void this.#loadFile(file),
    discard: this.#askDiscard,
    send: () => void this.#send(),
    retry: () => void this.#transmit(),
    edit: () => void this.#edit(),
    saveReceipt: this.#saveReceipt,
    copyReceipt: this.#copyReceipt,
    again: () => void this.#again(),
  };

  /** @param {Model} model */
  #view(model) {
    if (this.#state === 'sending') return sendingView(model, this.#sending.share);
    if (this.#state === 'pending') {
      const { reason, retryAfter, outgoing } = this.#sending;
      const receipt = outgoing?.receipt ?? '';
      return pendingView(
        model,
        { reason, retryAfter, receipt, missing: this.#missing },
        this.#actions,
      );
    }
    if (this.#state === 'done' && this.#receipt)
      return receiptView(model, this.#receipt, this.#actions);
    if (this.#place === 'check') {
      const errors = this.#standing();
      if (!errors.length) this.#markTitle(false);
      return html`${errorSummary(model, errors, this.#actions)}
      ${checkView(model, this.#actions, {
        warnings: this.#warnings,
        confirmed: this.#confirmed === this.#warningsKey,
        confirm: (confirmed) => {
          this.#confirmed = confirmed ? this.#warningsKey : '';
          this.requestUpdate();
        },
      })}`;
    }
    const isSection = model.relevantSections().some(({ id }) => id === this.#place);
    return isSection
      ? sectionView(model, this.#place, this.#actions)
      : startView(model, this.#saver, this.#actions, this.#lastPlace);
  }

  /** @param {Model} model */
  #head(model) {
    const languages = model.form.languages.filter((tag) => this.#core?.languages.includes(tag));
    return html`<header class="head" part="head">
      <h2 tabindex="-1">${model.text(model.form.title)}</h2>
      <div class="head-side">
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
                      ${this.#core?.text(tag, 'ui.language_name')}
                    </button>`,
                )}
              </div>`
            : nothing
        }
        ${this.#state === 'form' ? saveState(model, this.#saver) : nothing}
      </div>
    </header>`;
  }

  /** @param {Model} model */
  #banner(model) {
    const notice =
      this.#saver.state === 'conflict'
        ? {
            text: model.say('ui.conflict'),
            actions: [
              { label: model.say('ui.conflict_mine'), run: () => void this.#overwrite() },
              { label: model.say('ui.conflict_theirs'), run: () => void this.#reload() },
            ],
          }
        : this.#notice;
    if (!notice) return nothing;
    return html`<div
      class="notice"
      part="notice"
      tabindex="-1"
      role="group"
      aria-label=${notice.text}
    >
      <p>${notice.text}</p>
      ${notice.actions?.map(
        ({ label, run }) =>
          html`<button type="button" class="link" @click=${run}>${label}</button> `,
      )}
    </div>`;
  }

  /** @param {Model} model */
  #menu(model) {
    if (this.#state !== 'form' || !this.#place) return nothing;
    const list = taskList(model, this.#place, (place) => this.#go(place), false);
    const name = model.say('ui.tasks');
    return this.#surroundings.isWide
      ? html`<nav class="side" aria-label=${name}>${list}</nav>`
      : html`<details class="side narrow" .open=${false}>
          <summary>${name}</summary>
          <nav aria-label=${name}>${list}</nav>
        </details>`;
  }

  render() {
    const model = this.#model;
    if (!model)
      return html`${this.#failure ? brokenView(this, this.#failure) : nothing}<slot></slot>`;
    const { isWide, scheme } = this.#surroundings;
    return html`<div
      class="root ${isWide ? 'wide' : ''} ${scheme}"
      part="root"
      lang=${model.language}
      @compositionstart=${this.#composing}
      @compositionend=${this.#composed}
      @focusout=${this.#composed}
      @pointerdown=${() => model.press()}
      @click=${() => model.release()}
      @pointercancel=${() => model.release()}
    >
      <div class="screen">
        ${this.#head(model)} ${this.#banner(model)}
        <div class="layout">
          ${this.#menu(model)}
          <form
            class="main"
            novalidate
            @submit=${(/** @type {Event} */ event) => event.preventDefault()}
          >
            ${this.#view(model)}
          </form>
        </div>
        <div class="hidden" role="status">${this.#announcement}</div>
      </div>
      ${this.#isPrinting ? printView(model) : nothing}
    </div>`;
  }

  /** @param {Event} event */
  #composing = (event) => {
    if (this.#model) this.#model.composing = /** @type {Element} */ (event.target).id;
  };

  /** The text is what it will be: what waited for it goes on. @param {Event} event */
  #composed = (event) => {
    const model = this.#model;
    if (!model?.composing) return;
    model.composing = '';
    /** @type {EventTarget} */ (event.target).dispatchEvent(new Event('input', { bubbles: true }));
  };
}

/** @param {URL} url */
async function fetchText(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url.href}`);
  return response.text();
}

import { openStore, receiptText } from '../../draft-store.js';
import { Attachments } from './attachments.js';
import { DraftFiles } from './draft-files.js';
import { copy, download, fetchText } from './files.js';
import { Findings } from './findings.js';
import { moment } from './format.js';
import { Later } from './later.js';
import { Model, openRenewed, without } from './model.js';
import { Saver } from './saver.js';
import { Sending } from './sending.js';
import { Copies } from './tabs-copies.js';
import { Turn } from './tabs.js';

/** @import {Definition, DeskHost, Hezuo, Issue, Notice} from './types.js' */
/** @import {Merging} from './merge-view.js' */
/** @import {DraftStore, Kept, Receipt} from '../../draft-store.js' */

/**
 * One application on its way from an empty form to a receipt: what the browser
 * keeps of it, its files, its check and its hand-in. It knows no rule; the core
 * does, by the session in the model.
 */
export class Desk {
  /** @type {Model} */ model = /** @type {any} */ (undefined);
  /** @type {Saver} */ saver;
  /** @type {Sending} */ sending;
  /** @type {Turn} */ turn;
  /** @type {Later} */ later;
  /** @type {DraftFiles} */ files;
  /** @type {'form' | 'merging' | 'sending' | 'pending' | 'done'} */ state = 'form';
  /** @type {Merging | undefined} */ merging;
  /** @type {Notice | undefined} */ notice;
  findings = new Findings();
  /** @type {Receipt | undefined} */ receipt;

  #core;
  #definition;
  store;
  key;
  host;
  #attachments;
  /** @type {Promise<void> | undefined} */ #restored;

  /**
   * @param {Hezuo} core
   * @param {Definition} definition
   * @param {DraftStore | null} store
   * @param {Copies} copies
   * @param {string} key Of the draft: the first one's, or a copy's.
   * @param {DeskHost} host
   * @param {Attachments} attachments
   */
  constructor(core, definition, store, copies, key, host, attachments) {
    this.#core = core;
    this.#definition = definition;
    this.store = store;
    this.copies = copies;
    this.key = key;
    this.host = host;
    this.#attachments = attachments;
    this.later = new Later(this, core.extend);
    this.files = new DraftFiles(this, definition);
    this.sending = new Sending(store, this.key, attachments);
    this.saver = new Saver(store, this.key, {
      document: () => this.model.session.document(),
      changed: host.changed,
      elsewhere: () => void this.reload(),
      conflicted: () => void this.#mergeTabs(),
      mayWrite: () => this.turn.isMine,
    });
    this.turn = new Turn(this.key, {
      flush: () => this.saver.flush(),
      // At first there is nothing to be shown again.
      won: () => void this.#restored?.then(this.#resume),
      lost: () => void this.#yield(),
    });
  }

  /**
   * @param {Promise<Hezuo>} loading
   * @param {URL} source Of the definition.
   * @param {string} name Tells the drafts of one call apart.
   * @param {DeskHost} host
   */
  static async open(loading, source, name, host) {
    const [core, text, store] = await Promise.all([
      loading,
      fetchText(source),
      // Without storage the form works; it says that nothing is kept.
      openStore().catch(() => null),
    ]);
    const definition = core.compile(text);
    const copies = new Copies(store, `${definition.form.id}/${name}`);
    const attachments = new Attachments(core.inspect, store);
    const key = await copies.chosen();
    const desk = new Desk(core, definition, store, copies, key, host, attachments);
    await desk.#begin();
    return desk;
  }

  async #begin() {
    await this.turn.start();
    await (this.#restored = this.#restore());
    void this.readCopies();
  }

  /** @returns {import('./types.js').Form} */
  get form() {
    return this.#definition.form;
  }

  /** The languages that the interface can have here. */
  get languages() {
    return this.form.languages.filter((tag) => this.#core.languages.includes(tag));
  }

  /** @param {string} tag @param {string} code */
  textIn(tag, code) {
    return this.#core.text(tag, code);
  }

  // --- drafts

  /** @returns {Promise<Kept>} */
  async #kept() {
    return (await this.store?.kept(this.key)) ?? {};
  }

  async #restore() {
    const kept = await this.#kept();
    const { receipt, outgoing, draft } = kept;
    /** @type {string | undefined} */
    let revised;
    try {
      revised = await this.#show(kept);
    } catch (error) {
      console.warn(error);
      return this.#keepAside(draft?.document ?? '');
    }
    if (!draft || receipt || outgoing) return;
    const { remote } = draft;
    if (remote) void this.later.withVault((vault) => vault.follow(remote));
    this.model.session.document({ event: 'resumed', at: Date.now() });
    this.notice = {
      text:
        revised ??
        this.model.say('ui.restored_draft', { at: moment(this.model.language, draft.at) }),
      actions: [{ label: this.model.say('ui.discard'), run: this.askDiscard }],
    };
  }

  /** @param {Kept} kept */
  async #show({ receipt, outgoing, draft }) {
    const revised = this.#open(receipt?.document ?? outgoing?.document ?? draft?.document);
    if (draft) this.saver.adopt(draft);
    else this.saver.reset();
    this.notice = undefined;
    this.receipt = receipt;
    this.state = receipt ? 'done' : 'form';
    if (outgoing && !receipt) {
      await this.sending.freeze(outgoing, false);
      this.sending.reason = 'unknown';
      await this.#pend();
    }
    await this.#findLost();
    return revised;
  }

  /** A draft that cannot be shown is not overwritten either. @param {string} document */
  async #keepAside(document) {
    this.#open();
    await this.store?.keepAside(this.key);
    const run = () => download(`${this.form.id}.json`, document, 'application/json');
    this.notice = {
      text: this.model.say('ui.unreadable'),
      actions: [{ label: this.model.say('ui.draft_save'), run }],
    };
  }

  /**
   * Shows a document, or an empty form. Returns what a person should know of it: that
   * the call was revised since.
   * @param {string} [document] JSON text.
   */
  #open(document) {
    const language = this.host.language(this.languages);
    const now = Date.now();
    const { session, revised } = openRenewed(this.#definition, { document, language, now });
    if (document === undefined) session.document({ event: 'created', at: now });
    this.model?.close();
    this.findings.take();
    this.model = new Model(this.#core, this.#definition, session, language, {
      ...this.host,
      changed: (answers) => {
        if (answers) this.saver.touch();
        this.host.changed();
      },
      focus: (id) => this.host.focus(`#${id}`),
      addFiles: (key, files) =>
        void this.#attachments.add(this.model, key, files, (...file) => this.#keepFile(...file)),
    });
    this.host.changed();
    return revised;
  }

  /** @param {string} code */
  tell(code) {
    this.notice = { text: this.model.say(code) };
    this.host.focus('.notice');
  }

  /** One has gone elsewhere in the form. */
  move() {
    if (!this.notice?.isLasting) this.notice = undefined;
    void this.readCopies();
  }

  /** Another tab saved the draft: shows it here, at the same place. */
  reload = async () => {
    if (this.state === 'form' || !this.turn.isMine) await this.#reload();
  };

  async #reload() {
    const kept = await this.#kept();
    if (this.state !== 'sending') await this.#show(kept);
  }

  /** This tab may write again: what was typed in it is saved, what was typed elsewhere shown. */
  #resume = async () => {
    if (this.saver.isUnsaved) await this.saver.retry();
    else await this.#reload();
    this.host.announce(this.model.say('ui.tab_mine'));
    this.host.changed();
  };

  /** Another tab took the draft. */
  async #yield() {
    this.sending.stop();
    if (this.state === 'merging') this.state = 'form';
    await this.saver.flush();
    this.host.focus('.notice');
  }

  takeOver = async () => {
    await this.turn.take();
    this.host.focus('#hz-view|h2');
  };

  /** The form is in the page again. */
  async wake() {
    await this.turn.start();
    this.host.changed();
  }

  /** The form is no longer in the page. */
  rest() {
    this.turn.close();
  }

  // --- copies

  openVault = () => this.later.withVault(() => this.host.focus('#hz-vault-panel'));

  /** Shows the draft that a link leads to. @param {string} secret */
  resume = (secret) => this.later.withVault((vault) => vault.resume(secret));

  async readCopies() {
    await this.copies.read();
    if (this.copies.all.length || !this.turn.isMine)
      await this.later.withSeveral().catch(() => undefined);
    this.host.changed();
  }

  copyHere = async () => {
    try {
      await (await this.later.withSeveral()).copyHere(this);
    } catch (error) {
      console.warn(error);
      this.host.announce(this.model.say('ui.did_not_work'));
    }
  };

  /** @param {string} key @param {string} [code] What to say then. */
  openDraft = async (key, code) => {
    await this.saver.flush();
    if (this.isUnsaved) return this.host.announce(this.model.say('ui.not_saved_conflict'));
    this.copies.choose(key);
    const [core, definition] = [this.#core, this.#definition];
    const desk = new Desk(
      core,
      definition,
      this.store,
      this.copies,
      key,
      this.host,
      this.#attachments,
    );
    await desk.#begin();
    if (code) desk.notice = { text: this.model.say(code), isLasting: true };
    this.sending.stop();
    this.host.replace(desk);
    this.host.focus(code ? '.notice' : 'h2');
    await this.saver.flush();
    this.saver.close();
    this.rest();
    this.model.close();
  };

  /** Of two tabs' drafts, this one's stays. */
  overwrite = async () => {
    await this.saver.overwrite();
    this.host.changed();
  };

  /** Two tabs changed the draft. */
  async #mergeTabs() {
    const draft = await this.store?.draft(this.key);
    // There is nothing that could be lost.
    if (!draft) return this.overwrite();
    const { base } = this.saver;
    const name = this.model.say('ui.conflict_theirs');
    const decided = () => this.saver.adopt(draft);
    await this.merge({ base, theirs: draft.document, name, decided });
  }

  /**
   * Takes what is new in another draft into this one. Where both differ, the visitor chooses.
   * @param {import('./merge-desk.js').Other} other
   */
  async merge(other) {
    try {
      const { mergeDrafts } = await this.later.withSeveral();
      // What waits for this tab's turn is merged then.
      if (this.turn.isMine) await mergeDrafts(this, other);
    } catch (error) {
      console.warn(error);
      // Of two tabs' drafts, the banner asks which to keep.
      if (!other.decided) this.tell('ui.did_not_work');
    }
  }

  /**
   * Shows another document instead, in a way that can be undone.
   * @param {string | undefined} document
   * @param {string} code
   * @param {boolean} [isAsked] Else it only says so, and the visitor types on.
   */
  replace(document, code, isAsked = true) {
    const before = this.model.session.document();
    const revised = this.#open(document);
    this.state = 'form';
    this.saver.touch();
    this.notice = {
      text: [this.model.say(code), revised ?? ''].join(' ').trim(),
      actions: [
        // That, too, can be undone: nothing that was typed since is lost.
        {
          label: this.model.say('ui.undo'),
          run: () => this.replace(before, 'ui.restored_all'),
        },
      ],
      isLasting: true,
    };
    if (isAsked) this.host.focus('.notice');
    else this.host.announce(this.notice.text);
    void this.#findLost();
  }

  /**
   * Takes away an answer that the call does not ask for (any more).
   * @param {string} pointer RFC 6901, into the document.
   */
  drop = (pointer) => {
    this.replace(without(this.model.session.document(), pointer), 'ui.dropped');
  };

  /** @param {string} text */
  async copyText(text) {
    const isDone = await copy(text, this.host.root());
    this.notice = { text: this.model.say(isDone ? 'ui.copied' : 'ui.not_copied') };
    this.host.announce(this.notice.text);
    this.host.changed();
  }

  askDiscard = () => {
    const keep = () => {
      this.notice = undefined;
      this.host.focus('#hz-discard|h2');
    };
    this.notice = {
      text: this.model.say('ui.discard_question'),
      actions: [
        {
          label: this.model.say('ui.discard_yes'),
          run: () => this.replace(undefined, 'ui.discarded'),
        },
        { label: this.model.say('ui.discard_no'), run: keep },
      ],
    };
    this.host.focus('.notice');
  };

  /** On a shared computer nothing is kept. @param {boolean} off */
  setShared = async (off) => {
    if (off) {
      // At once: nothing more is saved while what was is forgotten.
      this.saver.state = 'off';
      await this.#attachments.hold(this.model.attachments());
      await this.copies.forget();
      this.turn.close();
      await this.readCopies();
    } else {
      await this.turn.start();
    }
    await this.saver.setOff(off);
    if (!off) for (const file of this.#attachments.held) await this.#keepFile(...file);
    this.host.changed();
  };

  /** Whether leaving the page now would lose something. */
  get isUnsaved() {
    if (this.state === 'done') return false;
    if (this.state !== 'form' && this.saver.state === 'off') return true;
    return this.saver.isUnsaved && this.model.hasAnswers;
  }

  // --- files

  /** @param {string} sha256 @param {Blob} file */
  async #keepFile(sha256, file) {
    if (await this.#attachments.keep(sha256, file, this.saver.state !== 'off')) return;
    // The browser's storage is full or shut: this tab still has the file, and says so.
    this.notice = { text: this.model.say('ui.file_in_tab') };
  }

  async #findLost() {
    await this.#attachments.markMissing(this.model);
    this.host.changed();
  }

  // --- handing in

  /** @param {boolean} confirmed */
  confirm = (confirmed) => {
    this.findings.confirm(confirmed);
    this.host.changed();
  };

  #fail() {
    this.state = 'form';
    this.host.go('check');
    this.host.focus('#hz-summary');
  }

  /** Checks everything; where nothing stands against it, freezes it and sends it. */
  handIn = async () => {
    const { model } = this;
    this.notice = undefined;
    model.foreign.clear();
    model.setNow(Date.now());
    const { issues } = model.session.check();
    model.showAll();
    for (const { key, name } of await this.#attachments.missingIn(model)) {
      const text = model.say('ui.file_lost_in', { name });
      /** @type {Issue} */
      const issue = { code: 'file.lost', severity: 'error', pointer: '', key, params: {}, text };
      model.addForeign(issue);
      issues.push(issue);
    }
    const { findings } = this;
    findings.take(issues);
    if (findings.errors.length) return this.#fail();
    if (findings.warnings.length && !findings.isConfirmed) return this.host.focus('#hz-warnings');
    await this.saver.flush();
    // What another tab wrote is not dropped with this draft.
    if (!this.turn.isMine || this.saver.state === 'conflict') return this.host.focus('.notice');
    const { language } = model;
    const at = Date.now();
    const document = model.session.document({ event: 'handed_in', at });
    const { receipt } = this.#definition.validate(document, { language, now: at });
    const url = this.host.submit().href;
    await this.sending.freeze({ document, receipt, at, url }, this.saver.state !== 'off');
    await this.transmit();
  };

  /** Sends what is frozen. @param {boolean} [quietly] Of itself: nobody waits for it. */
  transmit = async (quietly = false) => {
    const { model } = this;
    this.sending.stop();
    if (this.sending.isRunning) return;
    if (!quietly) {
      this.state = 'sending';
      this.host.focus('#hz-view');
    } else {
      this.host.changed();
    }
    const outcome = await this.sending.transmit(
      model.attachments(),
      model.language,
      this.host.changed,
    );
    if (outcome.message) console.warn(outcome.message);
    if (outcome.receipt && outcome.state === 'stored') return this.#done(outcome.receipt);
    if (outcome.state !== 'refused') return this.#pend(quietly);
    await this.sending.release();
    const errors = (outcome.issues ?? []).filter(({ severity }) => severity === 'error');
    for (const issue of errors) model.addForeign(issue);
    this.findings.errors = errors;
    this.#fail();
  };

  /** @param {boolean} [quietly] */
  async #pend(quietly) {
    const attachments = this.model.attachments();
    await this.sending.wait(attachments, this.turn.isMine ? this.retryNow : undefined);
    this.state = 'pending';
    if (quietly) this.host.changed();
    else this.host.focus('#hz-view');
  }

  /** The time has come, or the network is back. */
  retryNow = () => {
    const isReady = this.state === 'pending' && this.sending.nextAt > 0 && navigator.onLine;
    if (isReady) void this.transmit(true);
  };

  /** @param {{receipt: string, id: string, received: string}} answer */
  async #done(answer) {
    const keep = this.saver.state !== 'off';
    const { version } = this.saver;
    this.receipt = { document: this.sending.outgoing?.document ?? '', ...answer };
    this.state = 'done';
    this.saver.reset();
    await this.sending.settle(this.receipt, version, keep);
    this.saver.tell();
    this.host.focus('#hz-view');
    this.host.handedIn(answer);
    await this.later.vault?.drop().catch(console.warn);
  }

  /** What was frozen is given up for changing answers. */
  edit = async () => {
    this.sending.stop();
    await this.sending.release();
    this.state = 'form';
    this.host.go('check');
  };

  saveReceipt = () => {
    const { receipt } = this;
    if (!receipt) return;
    download(`${this.form.id}-${receipt.id}.json`, receiptText(receipt), 'application/json');
  };

  copyReceipt = () => void (this.receipt && this.copyText(receiptText(this.receipt)));

  again = async () => {
    await this.store?.forget(this.key);
    this.saver.reset();
    this.saver.tell();
    if (this.key !== this.copies.first) return this.openDraft(this.copies.first);
    this.receipt = undefined;
    this.state = 'form';
    this.#open();
    this.host.go('');
  };

  // --- what comes from outside

  /** The page or the visitor wants another language. */
  setLanguage() {
    this.model.setLanguage(this.host.language(this.languages));
  }
}

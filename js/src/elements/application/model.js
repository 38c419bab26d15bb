/** @import {Attachment, Cell, Change, Definition, Field, Form, Gate, Hezuo, Issue, SectionState, Session, State, Text} from './types.js' */

const MISSING = ['answer.required', 'answer.language'];
const QUIET_MS = 900;

/**
 * A lone surrogate cannot be encoded as UTF-8: it leaves here as U+FFFD.
 * @param {string} text
 */
export function wellFormed(text) {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/**
 * The tag among those offered that suits a wanted BCP 47 tag best: the same,
 * or one of the same primary language.
 * @param {string[]} offered
 * @param {string | null | undefined} wanted
 */
export function matchLanguage(offered, wanted) {
  if (!wanted) return undefined;
  const lower = wanted.toLowerCase();
  const primary = lower.split('-')[0];
  return (
    offered.find((tag) => tag.toLowerCase() === lower) ??
    offered.find((tag) => tag.toLowerCase().split('-')[0] === primary)
  );
}

/**
 * What the model and its fields ask of the element around them.
 * @typedef {object} Host
 * @property {(answers: boolean) => void} changed Whether answers may have changed.
 * @property {(text: string | (() => string)) => void} announce Says it to a screen reader,
 *   politely; a function makes the text when it is said.
 * @property {(id: string) => void} focus After the next rendering.
 * @property {(key: string) => void} focusKey
 * @property {(key: string, files: File[]) => void} addFiles
 */

/**
 * What the form shows and what a person did to it: the session's cells, the
 * text as typed, which fields were left, and where one is. All verdicts come
 * from the session; this decides only when to show them.
 */
export class Model {
  /** @type {Map<string, Cell>} */ cells = new Map();
  /** @type {Map<string, SectionState>} */ sections = new Map();
  /** @type {Gate[]} */ eligibility = [];
  /** @type {State['deadline']} */ deadline = { state: 'none' };
  /** @type {string} */ language;
  /** Fields in the order of the definition, those of groups too. @type {Map<string, Field>} */
  fields = new Map();
  /** @type {Map<string, string>} */ sectionOf = new Map();
  /** Issues that the server alone found, by key. @type {Map<string, Issue[]>} */ foreign =
    new Map();
  /** Which key, or key and language, is being composed by an input method. */
  composing = '';
  /** Rows that can be brought back, by group. @type {Map<string, {removed: any, number: number}>} */
  undo = new Map();
  /** What the form shows of itself, not of the answers: searches, open lists. @type {Map<string, any>} */
  view = new Map();
  /** Files that the browser no longer has, by digest. @type {Set<string>} */ lost = new Set();

  /** @type {Map<string, any>} */ #answers = new Map();
  /** @type {Map<string, any>} */ #drafts = new Map();
  /** @type {Map<string, string>} */ #texts = new Map();
  /** @type {Set<string>} */ #left = new Set();
  /** @type {Set<string>} */ #edited = new Set();
  /** @type {Set<string>} */ #tried = new Set();
  #focused = '';
  /** Issues that were shown when the focused box was entered. @type {Set<string>} */
  #before = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #counting;
  #isPressed = false;
  /** Boxes that were left while a button was down. @type {string[]} */ #waiting = [];

  /**
   * @param {Hezuo} hezuo
   * @param {Definition} definition
   * @param {Session} session
   * @param {string} language
   * @param {Host} host
   */
  constructor(hezuo, definition, session, language, host) {
    this.hezuo = hezuo;
    /** @type {Form} */ this.form = definition.form;
    this.session = session;
    this.language = language;
    this.host = host;
    for (const section of this.form.sections) {
      for (const field of section.fields) {
        for (const each of [field, ...(field.fields ?? [])]) {
          this.fields.set(each.id, each);
          this.sectionOf.set(each.id, section.id);
        }
      }
    }
    this.#take(session.state());
  }

  close() {
    clearTimeout(this.#counting);
    this.session.close();
  }

  // --- texts

  /** A text of the definition in the language of the interface. @param {Text} [text] */
  text(text) {
    return text ? (text[this.language] ?? text[this.form.languages[0]] ?? '') : '';
  }

  /**
   * A text of the interface.
   * @param {string} code
   * @param {Record<string, any>} [params]
   */
  say(code, params) {
    if (params) return this.hezuo.text(this.language, code, params);
    const key = `${this.language} ${code}`;
    let text = this.#texts.get(key);
    if (text === undefined) {
      text = this.hezuo.text(this.language, code);
      this.#texts.set(key, text);
    }
    return text;
  }

  /** The name of a language, in the language of the interface. @param {string} tag */
  languageName(tag) {
    const code = `language.${tag}`;
    const name = this.say(code);
    if (name !== code) return name;
    return new Intl.DisplayNames([this.language], { type: 'language' }).of(tag) ?? tag;
  }

  // --- state

  /** @param {string} key @returns {Cell} */
  cell(key) {
    return (
      this.cells.get(key) ?? { key, relevant: true, required: false, answered: false, issues: [] }
    );
  }

  /** @param {string} key */
  field(key) {
    return /** @type {Field} */ (this.fields.get(key.split('/').pop() ?? ''));
  }

  /** The sections that concern this applicant. */
  relevantSections() {
    return this.form.sections.filter(({ id }) => this.sections.get(id)?.relevant !== false);
  }

  /** @param {string} key */
  answer(key) {
    if (!this.#answers.has(key)) this.#answers.set(key, this.session.answer(key));
    return this.#answers.get(key);
  }

  /**
   * Text as it was typed, which the core may hold in another normal form.
   * @param {string} key
   * @param {string} language
   * @returns {string}
   */
  typed(key, language) {
    const draft = this.#drafts.get(`${key}|${language}`);
    if (draft !== undefined) return draft;
    const answer = this.answer(key);
    const text = language ? answer?.[language] : answer;
    return typeof text === 'string' ? text : '';
  }

  /**
   * The boxes of an answer that is typed in several, as they stand.
   * @template T
   * @param {string} key
   * @param {(answer: any) => T} split Makes the boxes of an answer.
   * @returns {T}
   */
  parts(key, split) {
    const name = `${key}|parts`;
    if (!this.#drafts.has(name)) this.#drafts.set(name, split(this.answer(key)));
    return this.#drafts.get(name);
  }

  /** @param {Change} change */
  #take(change) {
    for (const cell of change.cells ?? []) {
      this.cells.set(cell.key, cell);
    }
    if (change.length) {
      const { key, language, count, text } = change.length;
      const { counts = {} } = this.cell(key);
      counts[language] = { ...counts[language], count, text };
    }
    for (const section of change.sections ?? []) this.sections.set(section.id, section);
    if (change.eligibility) this.eligibility = change.eligibility;
    if (change.deadline) this.deadline = change.deadline;
  }

  /** @param {Change} change @param {boolean} [answers] Whether answers may have changed. */
  #apply(change, answers = true) {
    this.#take(change);
    this.host.changed(answers);
  }

  // --- answers

  /** @param {string} key @param {any} value */
  set(key, value) {
    this.#touch(key);
    this.#apply(this.session.set(key, value));
  }

  /**
   * What was typed into one box of an answer of several.
   * @param {string} key
   * @param {any} parts
   * @param {any} value The answer that the boxes make.
   */
  setParts(key, parts, value) {
    this.#drafts.set(`${key}|parts`, parts);
    if (this.composing) return this.host.changed(false);
    this.set(key, value);
  }

  /**
   * @param {string} key
   * @param {string} language
   * @param {string} raw
   */
  setText(key, language, raw) {
    const text = wellFormed(raw);
    this.#drafts.set(`${key}|${language}`, text);
    // An input method shows letters that are not the text yet: no verdict on these.
    if (this.composing) return;
    this.#touch(key, language);
    this.#take(this.session.setText(key, language, text));
    this.#apply(this.session.compare(key));
    this.#announceCount(key, language);
  }

  /** @param {string} key @param {string} [language] */
  #touch(key, language) {
    this.#answers.delete(key);
    const group = key.split('/')[0];
    if (group !== key) this.#answers.delete(group);
    this.foreign.delete(key);
    this.#edited.add(key);
    if (language) this.#edited.add(`${key}|${language}`);
  }

  /** @param {string} key @param {string} language */
  #announceCount(key, language) {
    clearTimeout(this.#counting);
    const count = this.cell(key).counts?.[language];
    if (!count?.max || count.count < 0.9 * count.max) return;
    this.#counting = setTimeout(() => this.host.announce(count.text), QUIET_MS);
  }

  /** @param {string} group */
  addRow(group) {
    const change = this.session.addRow(group);
    this.#forgetGroup(group);
    this.#apply(change);
    return `${group}/${change.row}`;
  }

  /** @param {string} key Of a row. @param {number} number Which it was, from 1. */
  removeRow(key, number) {
    const group = key.split('/')[0];
    const change = this.session.removeRow(key);
    this.undo.set(group, { removed: change.removed, number });
    this.#forgetGroup(group);
    for (const each of [...this.cells.keys()]) {
      if (each.startsWith(`${key}/`)) this.cells.delete(each);
    }
    this.#apply(change);
  }

  /** @param {string} group */
  restoreRow(group) {
    const { removed } = this.undo.get(group) ?? {};
    this.undo.delete(group);
    this.#forgetGroup(group);
    if (removed) this.#apply(this.session.restoreRow(group, removed));
  }

  /** @param {string} key @param {number} to */
  moveRow(key, to) {
    this.#forgetGroup(key.split('/')[0]);
    this.#apply(this.session.moveRow(key, to));
  }

  /** @param {string} group */
  #forgetGroup(group) {
    for (const key of [...this.#answers.keys()]) {
      if (key === group || key.startsWith(`${group}/`)) this.#answers.delete(key);
    }
    this.foreign.delete(group);
    this.#edited.add(group);
  }

  /** @param {string} id @param {boolean} given */
  consent(id, given) {
    this.foreign.delete(`consents/${id}`);
    this.#apply(this.session.consent(id, given, Date.now()));
  }

  /** @param {string} language */
  setLanguage(language) {
    this.language = language;
    this.#apply(this.session.setLanguage(language), false);
  }

  /** @param {number} ms */
  setNow(ms) {
    const wasClosed = this.deadline.state === 'closed';
    this.#apply(this.session.setNow(ms), false);
    if (!wasClosed && this.deadline.state === 'closed')
      this.host.announce(this.say('ui.closed_late'));
  }

  // --- when an issue is shown

  /** @param {string} box A key, or key and language joined by '|'. */
  enter(box) {
    if (this.#focused === box) return;
    this.#before = new Set(this.issues(box.split('|')[0]).map(identity));
    this.#focused = box;
  }

  /** A button or finger is down: what is under it must not move away. */
  press() {
    this.#isPressed = true;
  }

  /** The click is over: what was left since then says its issues. */
  release() {
    this.#isPressed = false;
    const boxes = this.#waiting;
    this.#waiting = [];
    for (const box of boxes) this.leave(box);
  }

  /** @param {string} box */
  leave(box) {
    if (this.#focused === box) this.#focused = '';
    if (this.#isPressed) {
      this.#waiting.push(box);
      return;
    }
    const [key] = box.split('|');
    const before = new Set(this.issues(key).map(identity));
    this.#left.add(box);
    const fresh = this.issues(key).find((issue) => !before.has(identity(issue)));
    if (fresh) this.host.announce(fresh.text);
    this.host.changed(false);
  }

  /** From now on every issue of today's fields is shown. */
  showAll() {
    for (const key of this.cells.keys()) this.#tried.add(key);
    this.#focused = '';
    this.host.changed(false);
  }

  /** An issue that the session does not know of. @param {Issue} issue */
  addForeign(issue) {
    const { key = '' } = issue;
    const isKnown = this.cell(key).issues.some(({ code }) => code === issue.code);
    if (!isKnown) this.foreign.set(key, [...(this.foreign.get(key) ?? []), issue]);
  }

  /** The issues of a field that are to be shown now. @param {string} key @returns {Issue[]} */
  issues(key) {
    const own = this.cell(key).issues.filter((issue) => this.#isShown(key, issue));
    const foreign = this.foreign.get(key);
    return foreign ? [...own, ...foreign] : own;
  }

  /** @param {string} key @param {Issue} issue */
  #isShown(key, issue) {
    const box = issue.language ? `${key}|${issue.language}` : key;
    // A file is never half typed; and a draft may hold one that was refused.
    if (this.field(key)?.kind === 'file' && !MISSING.includes(issue.code)) return true;
    if (this.#focused.split('|')[0] === key && !this.#before.has(identity(issue))) {
      // In the very box that is being worked on, nothing new is said until it is left, and
      // nothing of two languages in both.
      if (this.#focused === box || !issue.language || issue.params?.spans) return false;
    }
    if (this.#tried.has(key)) return true;
    if (!this.#left.has(box) && !this.#left.has(key)) return false;
    return !MISSING.includes(issue.code) || this.#edited.has(box);
  }

  /** Whether anything was answered; a group with rows says nothing by itself. */
  get hasAnswers() {
    return [...this.cells.values()].some(
      ({ key, answered, rows, value }) =>
        answered && rows === undefined && value === undefined && !/\/r\d+$/.test(key),
    );
  }

  /** All files that the answers name. @returns {Attachment[]} */
  attachments() {
    /** @type {Attachment[]} */
    const all = [];
    for (const key of this.cells.keys()) {
      if (this.field(key)?.kind !== 'file') continue;
      const answer = this.answer(key);
      if (Array.isArray(answer)) all.push(...answer);
    }
    return all;
  }
}

/** @param {Issue} issue */
function identity(issue) {
  return `${issue.code} ${issue.language ?? ''} ${issue.severity}`;
}

/** How a key is written in an id of the page. @param {string} key @param {string} [suffix] */
export function elementId(key, suffix = '') {
  return `hz-${key.replace(/\//g, '-')}${suffix && `-${suffix}`}`;
}

/** The members that an RFC 6901 JSON Pointer goes through. @param {string} pointer */
export function steps(pointer) {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/**
 * A document without one member.
 * @param {string} document JSON text.
 * @param {string} pointer RFC 6901.
 */
export function without(document, pointer) {
  const whole = JSON.parse(document);
  const path = steps(pointer);
  const name = path.pop() ?? '';
  const parent = path.reduce((at, step) => at?.[step], whole);
  if (Array.isArray(parent)) parent.splice(Number(name), 1);
  else if (parent) delete parent[name];
  return JSON.stringify(whole);
}

/**
 * A session of today's revision of the call. What was answered to an older one stays; `revised`
 * then says what a person should know of it.
 * @param {Definition} definition
 * @param {{document?: string, language: string, now: number}} options
 * @returns {{session: Session, revised?: string}}
 */
export function openRenewed(definition, options) {
  const session = definition.open(options);
  const revised = session.left().find(({ code }) => code === 'document.revision');
  if (!revised) return { session };
  // What a session writes is of today's revision.
  const document = session.document();
  session.close();
  return { session: definition.open({ ...options, document }), revised: revised.text };
}

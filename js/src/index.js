// The API: load() gives functions over plain data. Every rule and every text is the core's;
// what is passed through here is described, not changed.

import { HezuoError, instantiate, toJson } from './wasm.js';

export { HezuoError };

/**
 * What a person should know about an answer.
 * @typedef {object} Issue
 * @property {string} code Stable, such as "text.too_long".
 * @property {'error' | 'warning' | 'hint'} severity Errors block handing in, warnings ask
 *   for confirmation, hints only show.
 * @property {string} pointer RFC 6901, into the document.
 * @property {string} [key] The session's name of the place: "title", "members/r1/name".
 * @property {string} [language] Of the answer, as a BCP 47 tag.
 * @property {Record<string, any>} params Measured values.
 * @property {string} [rule] The check, gate or consent that it comes from.
 * @property {string} text The sentence, in the language that was asked for.
 */

/**
 * What is wrong with a definition; `pointer` goes into the definition.
 * @typedef {Omit<Issue, 'text'> & { texts: Record<string, string> }} DefinitionIssue
 */

/**
 * How long one text is, against its limit.
 * @typedef {{ unit: string, count: number, min?: number, max?: number, text: string }} Count
 */

/**
 * What is known of one field (in one row), or of one consent.
 * @typedef {object} Cell
 * @property {string} key "title", "members/r1/name", "consents/gdpr".
 * @property {boolean} relevant
 * @property {boolean} required
 * @property {boolean} answered
 * @property {Issue[]} issues
 * @property {Record<string, Count>} [counts] By language; "" for a plain text.
 * @property {any} [value] Of a computed field.
 * @property {string[]} [rows] Of a group: the ids of its rows, in order.
 */

/**
 * @typedef {object} SectionState
 * @property {string} id
 * @property {boolean} relevant
 * @property {'empty' | 'started' | 'error' | 'complete'} state
 * @property {number} required
 * @property {number} answered Of the required ones.
 * @property {Record<string, { answered: number, of: number }>} languages
 */

/**
 * @typedef {object} Gate
 * @property {string} id
 * @property {'pass' | 'fail' | 'unknown'} state
 * @property {string} label
 * @property {string} [reason] Why it refuses.
 * @property {string[]} keys The fields that it depends on.
 */

/**
 * @typedef {object} State
 * @property {Cell[]} cells In the order of the definition.
 * @property {SectionState[]} sections
 * @property {Gate[]} eligibility
 * @property {{ state: 'early' | 'open' | 'closed' | 'none', opens?: number, closes?: number }}
 *   deadline What applies to these answers, in milliseconds.
 * @property {string} language
 */

/**
 * A state with only what changed. Where that is nothing but the length of a text, `length` has it
 * instead of the text's cell.
 * @typedef {Partial<State> & { cells: Cell[], length?: Length }} Change
 * @typedef {{ key: string, language: string, count: number, text: string }} Length
 */

/**
 * @typedef {object} Session The answers of one person.
 * @property {() => State} state
 * @property {(key: string, value: any) => Change} set
 *   The answer as in the document; null takes it away.
 * @property {(key: string, language: string, text: string) => Change} setText
 *   One language of a text; '' for a plain one. For each key press.
 * @property {(key: string) => Change} compare
 *   What comparing the languages of an answer finds, of the codes "parity.*", if that has changed:
 *   a change that is a `length` leaves it out.
 * @property {(group: string, at?: number) => Change & { row: string }} addRow
 * @property {(key: string) => Change & { removed: { at: number, row: any } }} removeRow
 * @property {(group: string, removed: { at: number, row: any }) => Change & { row: string }}
 *   restoreRow Takes back `removeRow`.
 * @property {(key: string, to: number) => Change} moveRow
 * @property {(id: string, given: boolean, at: number) => Change} consent
 * @property {(language: string) => State} setLanguage
 * @property {(now: number) => State} setNow
 * @property {() => { valid: boolean, issues: Issue[] }} check
 * @property {() => Issue[]} left Hints: what of the document that was opened does not fit the
 *   call (another revision, questions that are gone). Drafts keep it; it is not handed in.
 * @property {(event?: { event: string, at: number }) => string} document
 *   Canonical JSON of the document, with the event in its history. That of the event
 *   "handed_in" holds only the answers that count; any other is a draft.
 * @property {(key: string) => any} answer
 * @property {() => void} close
 */

/**
 * @typedef {object} Definition A call that was compiled.
 * @property {any} form The definition as a page needs it; see README, "Definition".
 * @property {DefinitionIssue[]} issues Warnings and hints.
 * @property {(options: { document?: string, language: string, now: number }) => Session} open
 * @property {(document: string | Uint8Array, options: { language: string, now: number }) =>
 *   { valid: boolean, issues: Issue[], receipt: string }} validate
 *   What an intake needs; the receipt is the SHA-256 of the canonical document.
 * @property {() => void} close
 */

/**
 * @typedef {object} Hezuo
 * @property {{ version: string, unicode: string }} core
 * @property {string[]} languages Of messages and interface.
 * @property {Record<string, string>} languageNames
 * @property {(language: string, code: string, params?: object) => string} text
 * @property {(messages: object[]) => void} extend More messages of its languages, in the shape of
 *   the files in core/data/messages/.
 * @property {(definition: string) => Definition} compile
 *   Throws a {@link HezuoError} of code "definition.invalid" with its issues.
 * @property {(bytes: Uint8Array) => { sha256: string, size: number, type: string }} inspect
 * @property {(text: string) => Record<'graphemes' | 'words' | 'han' | 'characters' | 'bytes',
 *   number>} count
 * @property {(text: string) => string} nfc
 * @property {(kind: string, value: string) =>
 *   { verdict: 'valid' | 'warning' | 'invalid', code: string, normalized: string }} checkId
 * @property {(rule: any, data: any) => any} rule
 */

/**
 * Loads the core. Call it once, early, and share what it resolves to.
 *
 * @param {object} [options]
 * @param {URL | string | BufferSource} [options.wasm] Where the module is, or its bytes.
 * @param {URL | string} [options.js] Where the same is as JavaScript, which is fetched only
 *   where WebAssembly is refused or its file does not come whole. Name both or none: where
 *   `wasm` is given and `js` is not, nothing stands in for it.
 * @param {URL | string | { messages: object[], taxonomies: object[] }} [options.data]
 *   Messages and taxonomies, or where they are.
 * @returns {Promise<Hezuo>}
 */
export async function load({
  wasm,
  js = wasm ? undefined : new URL('../hezuo-form.wasm2js.js', import.meta.url),
  data = new URL('../hezuo-data.json', import.meta.url),
} = {}) {
  const located = typeof data === 'string' || data instanceof URL;
  const [core, configuration] = await Promise.all([
    instantiate(wasm ?? new URL('../hezuo-form.wasm', import.meta.url), js),
    located ? fetchText(data) : JSON.stringify(data),
  ]);
  const { version, unicode, languages } = core.call('hz_configure', configuration);

  return {
    core: { version, unicode },
    languages: languages.map((/** @type {any} */ known) => known.language),
    languageNames: Object.fromEntries(
      languages.map((/** @type {any} */ known) => [known.language, known.name]),
    ),
    text: (language, code, params) => core.call('hz_text', toJson({ language, code, params })),
    extend: (messages) => core.call('hz_configure', toJson({ messages })),
    compile: (definition) => openCall(core, core.call('hz_compile', definition)),
    inspect: (bytes) => core.call('hz_inspect', bytes),
    count: (text) => core.call('hz_count', text),
    nfc: (text) => core.call('hz_nfc', text),
    checkId: (kind, value) => core.call('hz_id', toJson({ kind, value })),
    rule: (rule, data) => core.call('hz_rule', toJson({ rule, data })),
  };
}

/** @param {URL | string} source */
async function fetchText(source) {
  const response = await fetch(String(source));
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  return response.text();
}

/**
 * @param {import('./wasm.js').Core} core
 * @param {{ call: number, form: any, issues: DefinitionIssue[] }} compiled
 * @returns {Definition}
 */
function openCall(core, { call, form, issues }) {
  // The core gives the handle of what was closed to the next, so it is forgotten then.
  let handle = call;
  return {
    form,
    issues,
    open: ({ document = '', ...options }) =>
      openSession(core, form.languages, core.give('hz_open', handle, document, options).session),
    validate: (document, options) => core.give('hz_validate', handle, document, options),
    close: () => {
      core.release(handle);
      handle = 0;
    },
  };
}

/**
 * @param {import('./wasm.js').Core} core
 * @param {string[]} languages
 * @param {number} session
 * @returns {Session}
 */
function openSession(core, languages, session) {
  let handle = session;
  const indexOf = (/** @type {string} */ language) => {
    const index = languages.indexOf(language);
    if (index < 0 && language !== '') {
      const message = `no such language: ${language}`;
      throw new HezuoError({ code: 'name.unknown', path: '/language', message });
    }
    return index;
  };
  return {
    state: () => core.ask('hz_state', handle),
    set: (key, value) => core.tell('hz_set', handle, { key, value }),
    setText: (key, language, text) => core.setText(handle, key, language, indexOf(language), text),
    compare: (key) => core.tell('hz_compare', handle, { key }),
    addRow: (group, at) => core.tell('hz_row', handle, { add: group, at }),
    removeRow: (key) => core.tell('hz_row', handle, { remove: key }),
    restoreRow: (group, removed) => core.tell('hz_row', handle, { add: group, ...removed }),
    moveRow: (key, to) => core.tell('hz_row', handle, { move: key, to }),
    consent: (id, given, at) => core.tell('hz_consent', handle, { id, given, at }),
    setLanguage: (language) => core.tell('hz_adjust', handle, { language }),
    setNow: (now) => core.tell('hz_adjust', handle, { now }),
    check: () => core.ask('hz_check', handle),
    left: () => core.ask('hz_left', handle).issues,
    document: (event) => core.tellText('hz_document', handle, event || {}),
    answer: (key) => core.tell('hz_answer', handle, { key }),
    close: () => {
      core.close(handle);
      handle = 0;
    },
  };
}

// The shapes that the element reads from the core: types only, no code.

/** @typedef {Record<string, string>} Text One text in each language of the definition. */
/** @typedef {{unit: string, min?: number, max?: number}} Limit */
/** @typedef {{id: string, label: Text, hint?: Text, parent?: string, aliases?: Record<string, string[]>}} Option */

/**
 * @typedef {object} Field
 * @property {string} id
 * @property {string} kind
 * @property {number} index
 * @property {Text} [label]
 * @property {Text} [hint]
 * @property {Text} [help]
 * @property {Text} [example]
 * @property {boolean | 'rule'} required
 * @property {string} [autocomplete]
 * @property {string} [answer]
 * @property {string[]} [languages] Of the answer; none for plain text.
 * @property {Record<string, Limit>} [limits]
 * @property {Option[]} [options]
 * @property {any} [min]
 * @property {any} [max]
 * @property {number} [decimals]
 * @property {Text} [unit]
 * @property {string[]} [currencies]
 * @property {'month' | 'date'} [precision]
 * @property {boolean} [open]
 * @property {boolean} [confirm]
 * @property {string[]} [schemes]
 * @property {string[]} [types]
 * @property {number} [size] In bytes.
 * @property {Field[]} [fields]
 * @property {Text} [row]
 * @property {Text} [text]
 */

/** @typedef {{id: string, title: Text, intro?: Text, fields: Field[]}} Section */
/** @typedef {{id: string, version: string, label: Text, text?: Text, required: boolean | 'rule'}} Consent */
/** @typedef {{at: number, zone: string, label: Text}} Closing */

/**
 * @typedef {object} Form
 * @property {string} id
 * @property {number} revision
 * @property {string[]} languages
 * @property {Text} title
 * @property {Text} [intro]
 * @property {{name: Text, email: string, url?: string}} contact
 * @property {number} [opens]
 * @property {Closing[]} [closes]
 * @property {Section[]} sections
 * @property {Consent[]} [consents]
 * @property {{amend?: boolean, attachments?: number}} [submit]
 * @property {string[]} [countries]
 */

/**
 * @typedef {object} Issue
 * @property {string} code
 * @property {'error' | 'warning' | 'hint'} severity
 * @property {string} [pointer]
 * @property {string} key
 * @property {string} [language]
 * @property {string} text
 */

/** @typedef {Limit & {count: number, text: string}} Count */

/**
 * @typedef {object} Cell
 * @property {string} key
 * @property {boolean} relevant
 * @property {boolean} required
 * @property {boolean} answered
 * @property {Issue[]} issues
 * @property {Record<string, Count>} [counts]
 * @property {any} [value]
 * @property {string[]} [rows]
 */

/**
 * @typedef {object} SectionState
 * @property {string} id
 * @property {boolean} relevant
 * @property {'empty' | 'started' | 'error' | 'complete'} state
 * @property {number} required
 * @property {number} answered
 * @property {Record<string, {answered: number, of: number}>} [languages]
 */

/** @typedef {{id: string, state: 'pass' | 'fail' | 'unknown', label: string, reason?: string, keys: string[]}} Gate */
/** @typedef {{state: 'early' | 'open' | 'closed' | 'none', opens?: number, closes?: number}} Deadline */

/**
 * @typedef {object} Change
 * @property {Cell[]} [cells]
 * @property {SectionState[]} [sections]
 * @property {Gate[]} [eligibility]
 * @property {Deadline} [deadline]
 * @property {string} [language]
 * @property {string} [row]
 * @property {any} [removed]
 */

/**
 * @typedef {object} Session
 * @property {() => Change} state
 * @property {(key: string, value: any) => Change} set
 * @property {(key: string, language: string, text: string) => Change} setText
 * @property {(group: string, at?: number) => Change} addRow
 * @property {(key: string) => Change} removeRow
 * @property {(group: string, removed: any) => Change} restoreRow
 * @property {(key: string, to: number) => Change} moveRow
 * @property {(id: string, given: boolean, at: number) => Change} consent
 * @property {(language: string) => Change} setLanguage
 * @property {(ms: number) => Change} setNow
 * @property {() => {valid: boolean, issues: Issue[]}} check
 * @property {(event?: {event: string, at: number}) => string} document
 * @property {(key: string) => any} answer
 * @property {() => void} close
 */

/**
 * @typedef {object} Definition
 * @property {Form} form
 * @property {(options: {document?: string, language: string, now: number}) => Session} open
 * @property {(document: string, options: {language: string, now: number}) => {valid: boolean, issues: Issue[], receipt: string}} validate
 * @property {() => void} close
 */

/**
 * @typedef {object} Hezuo
 * @property {string[]} languages
 * @property {(language: string, code: string, params?: Record<string, any>) => string} text
 * @property {(definition: string) => Definition} compile
 * @property {(bytes: Uint8Array) => {sha256: string, size: number, type: string}} inspect
 */

/** @typedef {{name: string, type: string, size: number, sha256: string}} Attachment */

export {};

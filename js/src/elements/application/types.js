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

/** @typedef {import('../../index.js').Issue} Issue */
/** @typedef {import('../../index.js').Cell} Cell */
/** @typedef {import('../../index.js').Count} Count */
/** @typedef {import('../../index.js').Gate} Gate */
/** @typedef {import('../../index.js').SectionState} SectionState */
/** @typedef {import('../../index.js').State} State */
/** @typedef {import('../../index.js').Change} Change */
/** @typedef {import('../../index.js').Session} Session */
/** @typedef {import('../../index.js').Definition} Definition */
/** @typedef {import('../../index.js').Hezuo} Hezuo */

/** @typedef {{name: string, type: string, size: number, sha256: string}} Attachment */

/**
 * @typedef {object} Notice
 * @property {string} text
 * @property {{label: string, run: () => void}[]} [actions]
 * @property {boolean} [isLasting] It stays when one goes elsewhere in the form.
 */

/**
 * What the desk asks of the element around it.
 * @typedef {object} DeskHost
 * @property {() => void} changed
 * @property {(selector: string) => void} focus After the next rendering.
 * @property {(key: string) => void} focusKey
 * @property {(text: string | (() => string)) => void} announce
 * @property {(place: string) => void} go
 * @property {(offered: string[]) => string} language The wanted one of those offered.
 * @property {() => URL} submit Where applications go.
 * @property {() => string} drafts Where encrypted drafts are kept; '' where they are not.
 * @property {() => string} id Of the element, by which addresses name it.
 * @property {(receipt: {receipt: string, id: string, received: string}) => void} handedIn
 * @property {() => Node} root
 * @property {(desk: import('./desk.js').Desk) => void} replace Another draft takes this one's place.
 */

export {};

/**
 * What the browser keeps for an applicant, in IndexedDB: drafts, their files by
 * digest, what was sent and not yet answered, and receipts.
 */

/** @typedef {{secret: string, version: number, base?: string}} Remote What a site keeps of a draft: what opens it, and its state there. */
/**
 * A copy's `base` is what it was made of.
 * @typedef {{document: string, at: number, version: number, base?: string, remote?: Remote}} Draft
 */
/** @typedef {{key: string, isDraft: boolean}} Copy Else it was sent, or handed in. */
/** @typedef {{document: string, receipt: string, at: number, url: string}} Outgoing */
/**
 * @typedef {object} Receipt
 * @property {string} document
 * @property {string} receipt
 * @property {string} id
 * @property {string} received
 */

/** @typedef {{receipt?: Receipt, outgoing?: Outgoing, draft?: Draft}} Kept */

const DATABASE = 'hezuo';
const STORES = ['drafts', 'files', 'outbox', 'receipts'];

/**
 * The key of a copy, made of a draft at a time.
 * @param {string} key
 * @param {number | string} at
 */
export function copyKey(key, at) {
  return `${key} copy ${at}`;
}

/** The draft was changed elsewhere since it was read. */
export class ConflictError extends Error {
  name = 'ConflictError';
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** As it is saved: the receipt, and what it is of. @param {Receipt} receipt */
export function receiptText({ document, ...receipt }) {
  return `${JSON.stringify({ ...receipt, document: JSON.parse(document) }, null, 2)}\n`;
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function done(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });
}

async function openDatabase() {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    for (const name of STORES) opening.result.createObjectStore(name);
  };
  const database = await result(opening);
  // A newer page may want to change the layout: let it.
  database.onversionchange = () => database.close();
  return database;
}

/** Rejects where the browser keeps nothing: private windows, blocked storage. */
export async function openStore() {
  return new DraftStore(await openDatabase());
}

export class DraftStore {
  /** @type {IDBDatabase | undefined} */ #database;
  /** Whether the browser has cleared what it kept, and not another tab. */
  #wasCleared = false;

  /** @param {IDBDatabase} database */
  constructor(database) {
    this.#use(database);
  }

  /** @param {IDBDatabase} database */
  #use(database) {
    this.#database = database;
    // Somebody clears the storage of the site, or the disk fails.
    database.onclose = () => {
      this.#database = undefined;
      this.#wasCleared = true;
    };
  }

  /** @param {string | string[]} stores @param {IDBTransactionMode} [mode] */
  async #begin(stores, mode) {
    if (!this.#database) this.#use(await openDatabase());
    return /** @type {IDBDatabase} */ (this.#database).transaction(stores, mode);
  }

  /** @param {string} store @param {string} key @returns {Promise<any>} */
  async #get(store, key) {
    return result((await this.#begin(store)).objectStore(store).get(key));
  }

  /** @param {string} store @param {string} key @param {any} value */
  async #put(store, key, value) {
    const transaction = await this.#begin(store, 'readwrite');
    transaction.objectStore(store).put(value, key);
    await done(transaction);
  }

  /** @param {string} store @param {string} key */
  async #delete(store, key) {
    const transaction = await this.#begin(store, 'readwrite');
    transaction.objectStore(store).delete(key);
    await done(transaction);
  }

  /** @param {string} key @returns {Promise<Draft | undefined>} */
  draft(key) {
    return this.#get('drafts', key);
  }

  /**
   * Resolves to the draft's new version; rejects with a {@link ConflictError}
   * when the stored one is not the `version` that this one grew from.
   * @param {string} key
   * @param {string} document
   * @param {number} at
   * @param {number} version
   * @param {string} [base] Of a new copy.
   */
  async saveDraft(key, document, at, version, base) {
    const transaction = await this.#begin('drafts', 'readwrite');
    const drafts = transaction.objectStore('drafts');
    const stored = await result(drafts.get(key));
    const isGone = !stored && this.#wasCleared;
    if (!isGone && (stored?.version ?? 0) !== version) {
      transaction.abort();
      throw new ConflictError('the draft was changed elsewhere');
    }
    const next = version + 1;
    drafts.put({ base, ...stored, document, at, version: next }, key);
    await done(transaction);
    return next;
  }

  /** @param {string} key @param {Remote} [remote] */
  async saveRemote(key, remote) {
    const transaction = await this.#begin('drafts', 'readwrite');
    const drafts = transaction.objectStore('drafts');
    const stored = await result(drafts.get(key));
    if (stored) drafts.put({ ...stored, remote }, key);
    await done(transaction);
  }

  /** The copies of a draft, the oldest first. @param {string} key @returns {Promise<Copy[]>} */
  async copies(key) {
    const range = IDBKeyRange.bound(copyKey(key, ''), copyKey(key, '\uffff'));
    const stores = ['drafts', 'outbox', 'receipts'];
    const transaction = await this.#begin(stores);
    const [drafts, ...others] = await Promise.all(
      stores.map((name) => result(transaction.objectStore(name).getAllKeys(range))),
    );
    const keys = new Set([...drafts, ...others.flat()].map(String));
    return [...keys].sort().map((each) => ({ key: each, isDraft: !others.flat().includes(each) }));
  }

  /** @param {string} key */
  removeDraft(key) {
    return this.#delete('drafts', key);
  }

  /** Moves a draft out of the way of its key, for a person to look at. @param {string} key */
  async keepAside(key) {
    const transaction = await this.#begin('drafts', 'readwrite');
    const drafts = transaction.objectStore('drafts');
    const draft = await result(drafts.get(key));
    if (draft) drafts.put(draft, `${key} ${draft.at}`);
    drafts.delete(key);
    await done(transaction);
  }

  /** @param {string} sha256 @returns {Promise<Blob | undefined>} */
  async file(sha256) {
    const kept = await this.#get('files', sha256);
    // A Blob, of before.
    return kept?.bytes ? new Blob([kept.bytes], { type: kept.type }) : kept;
  }

  /** @param {string} sha256 @param {Blob} blob */
  async saveFile(sha256, blob) {
    // Its bytes, because WebKit stores no Blob in a private window.
    await this.#put('files', sha256, { bytes: await blob.arrayBuffer(), type: blob.type });
  }

  /** Removes the files that no draft and nothing in the outbox names. */
  async prune() {
    const transaction = await this.#begin(['drafts', 'outbox', 'files'], 'readwrite');
    const [drafts, outbox, digests] = await Promise.all([
      result(transaction.objectStore('drafts').getAll()),
      result(transaction.objectStore('outbox').getAll()),
      result(transaction.objectStore('files').getAllKeys()),
    ]);
    const documents = [...drafts, ...outbox].map(({ document }) => document);
    for (const digest of digests) {
      const isUsed = documents.some((document) => document.includes(String(digest)));
      if (!isUsed) transaction.objectStore('files').delete(digest);
    }
    await done(transaction);
  }

  /** All of one application. @param {string} key @returns {Promise<Kept>} */
  async kept(key) {
    const [receipt, outgoing, draft] = await Promise.all([
      this.receipt(key),
      this.outgoing(key),
      this.draft(key),
    ]);
    return { receipt, outgoing, draft };
  }

  /** @param {string} key @returns {Promise<Outgoing | undefined>} */
  outgoing(key) {
    return this.#get('outbox', key);
  }

  /** @param {string} key @param {Outgoing} outgoing */
  saveOutgoing(key, outgoing) {
    return this.#put('outbox', key, outgoing);
  }

  /** @param {string} key */
  removeOutgoing(key) {
    return this.#delete('outbox', key);
  }

  /** @param {string} key @returns {Promise<Receipt | undefined>} */
  receipt(key) {
    return this.#get('receipts', key);
  }

  /**
   * The answer came: keeps the receipt, and drops the draft and what was sent. A draft
   * that went on meanwhile in another tab becomes a copy.
   * @param {string} key
   * @param {Receipt} receipt
   * @param {number} version Of the draft that was sent.
   */
  async settle(key, receipt, version) {
    const transaction = await this.#begin(['drafts', 'outbox', 'receipts'], 'readwrite');
    const drafts = transaction.objectStore('drafts');
    const draft = await result(drafts.get(key));
    if (draft && draft.version !== version) drafts.put(draft, copyKey(key, draft.at));
    drafts.delete(key);
    transaction.objectStore('receipts').put(receipt, key);
    transaction.objectStore('outbox').delete(key);
    await done(transaction);
  }

  /** Removes all that is kept of one application. @param {string} key */
  async forget(key) {
    const stores = ['drafts', 'outbox', 'receipts'];
    const transaction = await this.#begin(stores, 'readwrite');
    for (const name of stores) transaction.objectStore(name).delete(key);
    await done(transaction);
    await this.prune();
  }
}

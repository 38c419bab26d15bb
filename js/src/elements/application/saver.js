import { ConflictError } from '../../draft-store.js';

/** @import {DraftStore} from '../../draft-store.js' */

const QUIET_MS = 500;

/**
 * Keeps the draft in the browser and says honestly how that went.
 *
 * `state`: `empty` nothing to keep yet, `saving`, `saved`, `failed` (with the
 * reason), `conflict` (another tab changed the draft, or works on it), `off` (shared computer).
 */
export class Saver {
  /** @type {'empty' | 'saving' | 'saved' | 'failed' | 'conflict' | 'off'} */ state = 'empty';
  /** When it was saved last. */
  at = 0;
  reason = '';
  version = 0;
  /** The draft that the one shown grew from. @type {string | undefined} */ base;
  /** Told of each draft that was saved, or that no browser keeps. @type {(() => void) | undefined} */
  saved;

  /** @type {DraftStore | null} */ #store;
  #key;
  #document;
  #changed;
  #conflicted;
  #mayWrite;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {Promise<void> | undefined} */ #running;
  #isDirty = false;
  /** @type {BroadcastChannel | undefined} */ #channel;

  /**
   * @param {DraftStore | null} store
   * @param {string} key
   * @param {object} host
   * @param {() => string} host.document The draft as it is now.
   * @param {() => void} host.changed
   * @param {() => void} host.elsewhere Another tab saved, and nothing is unsaved here.
   * @param {() => void} host.conflicted Another tab saved, too, and not on what is shown here.
   * @param {() => boolean} host.mayWrite Whether it is this tab's turn.
   */
  constructor(store, key, { document, changed, elsewhere, conflicted, mayWrite }) {
    this.#store = store;
    this.#key = key;
    this.#document = document;
    this.#changed = changed;
    this.#conflicted = conflicted;
    this.#mayWrite = mayWrite;
    if (!globalThis.BroadcastChannel) return;
    this.#channel = new BroadcastChannel('hezuo');
    this.#channel.onmessage = async ({ data }) => {
      if (data.key !== this.#key || this.state === 'off') return;
      await this.#running;
      if (!this.#isDirty) elsewhere();
    };
  }

  /** Whether leaving the page now would lose something. */
  get isUnsaved() {
    return this.#isDirty;
  }

  /** Something was typed. */
  touch() {
    this.#isDirty = true;
    if (this.state === 'off') this.saved?.();
    if (this.state === 'off' || this.state === 'conflict') return;
    if (this.state !== 'failed') this.state = 'saving';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), QUIET_MS);
  }

  /** Saves what is unsaved, now. @returns {Promise<void>} */
  async flush() {
    clearTimeout(this.#timer);
    await this.#running;
    if (!this.#isDirty || this.state === 'off' || this.state === 'conflict') return;
    if (!this.#mayWrite()) {
      this.state = 'conflict';
      return this.#changed();
    }
    this.#running = this.#save();
    await this.#running;
  }

  async #save() {
    this.#isDirty = false;
    try {
      if (!this.#store) throw new Error('storage');
      const at = Date.now();
      const document = this.#document();
      this.version = await this.#store.saveDraft(this.#key, document, at, this.version);
      this.base = document;
      this.at = at;
      this.state = 'saved';
      this.tell();
      this.saved?.();
    } catch (error) {
      this.#isDirty = true;
      const name = error instanceof Error ? error.name : '';
      this.state = error instanceof ConflictError ? 'conflict' : 'failed';
      this.reason = name === 'QuotaExceededError' ? 'full' : 'storage';
      if (this.state === 'conflict') this.#conflicted();
    }
    this.#changed();
  }

  /** Other tabs show what there is now. */
  tell() {
    this.#channel?.postMessage({ key: this.#key });
  }

  /** What could not be saved is tried again. */
  async retry() {
    if (this.state === 'conflict') this.state = 'saving';
    await this.flush();
  }

  /** This tab's draft replaces the one that another tab saved. */
  async overwrite() {
    this.version = (await this.#store?.draft(this.#key))?.version ?? 0;
    this.state = 'saving';
    this.#isDirty = true;
    await this.flush();
  }

  /** The draft in the store is what is shown now. @param {import('../../draft-store.js').Draft} draft */
  adopt({ document, version, at }) {
    this.base = document;
    this.version = version;
    this.at = at;
    this.state = 'saved';
    this.#isDirty = false;
  }

  /** Nothing of this application is in the browser any more. */
  reset() {
    clearTimeout(this.#timer);
    this.version = 0;
    this.base = undefined;
    this.#isDirty = false;
    if (this.state !== 'off') this.state = 'empty';
  }

  /** On a shared computer nothing is kept. @param {boolean} off */
  async setOff(off) {
    clearTimeout(this.#timer);
    await this.#running;
    this.state = off ? 'off' : 'empty';
    if (!off) return this.touch();
    this.version = 0;
    this.#isDirty = true;
    await this.#store?.forget(this.#key);
  }

  close() {
    clearTimeout(this.#timer);
    this.#channel?.close();
  }
}

import { wellFormed } from './model.js';

/** @import {DraftStore} from '../../draft-store.js' */
/** @import {Attachment, Hezuo} from './types.js' */
/** @import {Model} from './model.js' */

/**
 * The files that answers name, by digest: in the browser's storage, or in this tab where that
 * keeps none.
 */
export class Attachments {
  /** All that there is on a shared computer. @type {Map<string, Blob>} */
  #inTab = new Map();
  #inspect;
  #store;

  /**
   * @param {Hezuo['inspect']} inspect
   * @param {DraftStore | null} store
   */
  constructor(inspect, store) {
    this.#inspect = inspect;
    this.#store = store;
  }

  /** @param {string} sha256 @returns {Promise<Blob | undefined>} */
  async file(sha256) {
    return this.#inTab.get(sha256) ?? (await this.#store?.file(sha256).catch(() => undefined));
  }

  /** Those that are nowhere to be found. @param {Attachment[]} attachments */
  async missing(attachments) {
    /** @type {Attachment[]} */
    const lost = [];
    for (const each of attachments) {
      if (!(await this.file(each.sha256))) lost.push(each);
    }
    return lost;
  }

  /** Tells a model which of its files these are. @param {Model} model */
  async markMissing(model) {
    const lost = await this.missing(model.attachments());
    model.lost = new Set(lost.map(({ sha256 }) => sha256));
  }

  /** The same of a model's answers, each with its question. @param {Model} model */
  async missingIn(model) {
    const lost = await this.missing(model.attachments());
    return lost.map(({ name, sha256 }) => {
      const key = [...model.cells.keys()].find(
        (each) =>
          model.field(each)?.kind === 'file' &&
          model.answer(each)?.some((/** @type {Attachment} */ file) => file.sha256 === sha256),
      );
      return { key: key ?? '', name };
    });
  }

  /**
   * Resolves to whether the browser keeps it, where it may.
   * @param {string} sha256
   * @param {Blob} file
   * @param {boolean} mayStore Else this tab has it.
   */
  async keep(sha256, file, mayStore) {
    this.#inTab.set(sha256, file);
    if (!mayStore) return true;
    try {
      if (!this.#store) throw new Error('no storage');
      await this.#store.saveFile(sha256, file);
      this.#inTab.delete(sha256);
      return true;
    } catch {
      return false;
    }
  }

  /** Takes into this tab what the storage is to forget. @param {Attachment[]} attachments */
  async hold(attachments) {
    for (const { sha256 } of attachments) {
      const blob = await this.#store?.file(sha256);
      if (blob) this.#inTab.set(sha256, blob);
    }
  }

  /** What this tab has. */
  get held() {
    return [...this.#inTab];
  }

  /**
   * Adds files to an answer.
   * @param {Model} model
   * @param {string} key
   * @param {File[]} files
   * @param {(sha256: string, file: Blob) => Promise<void>} keep
   */
  async add(model, key, files, keep) {
    const isOne = (model.field(key).max ?? 1) === 1;
    model.view.delete(`${key}|failed`);
    for (const file of files) {
      const name = wellFormed(file.name.normalize('NFC'));
      model.view.set(`${key}|busy`, name);
      model.host.changed(false);
      try {
        const { sha256, size, type } = this.#inspect(new Uint8Array(await file.arrayBuffer()));
        await keep(sha256, file);
        model.lost.delete(sha256);
        /** @type {Attachment[]} */
        const all = model.answer(key) ?? [];
        const isThere = all.some((each) => each.sha256 === sha256);
        model.view.delete(`${key}|removed`);
        if (isOne && all.length === 1 && !isThere) {
          // One takes the place of the other, which can be had back.
          model.view.set(`${key}|removed`, { files: all, name: all[0].name });
        }
        const others = isOne && files.length === 1 ? [] : all;
        if (!isThere) model.set(key, [...others, { name, type, size, sha256 }]);
        model.host.announce(model.say('ui.file_added', { name }));
      } catch (error) {
        // The file may have moved, or its medium be gone: the visitor can pick it again.
        console.warn(error);
        model.view.set(`${key}|failed`, name);
      }
    }
    model.view.delete(`${key}|busy`);
    model.leave(key);
  }
}

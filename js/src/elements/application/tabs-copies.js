/** @import {Copy, DraftStore} from '../../draft-store.js' */

/**
 * The drafts of one call under one name: the first, and the copies that were made of it. Each tab
 * remembers which one it shows.
 */
export class Copies {
  /** @type {Copy[]} */ all = [];

  #store;
  #name;

  /** @param {DraftStore | null} store @param {string} first The first draft's key. */
  constructor(store, first) {
    this.#store = store;
    this.first = first;
    this.#name = `hezuo ${first}`;
  }

  async read() {
    this.all = (await this.#store?.copies(this.first).catch(() => undefined)) ?? [];
  }

  /** Nothing of them, nor of the first, is kept any more. */
  async forget() {
    for (const { key } of [{ key: this.first }, ...this.all]) await this.#store?.forget(key);
  }

  /** The key of the draft that this tab showed last. */
  async chosen() {
    await this.read();
    try {
      const key = sessionStorage.getItem(this.#name);
      if (key && this.all.some((copy) => copy.key === key)) return key;
    } catch {
      // This browser keeps nothing of tabs.
    }
    return this.first;
  }

  /** @param {string} key */
  choose(key) {
    try {
      sessionStorage.setItem(this.#name, key);
    } catch {
      // Loaded again, the tab shows the first draft; the copy stays in the list.
    }
  }
}

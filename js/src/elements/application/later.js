/** @import {Desk} from './desk.js' */
/** @import {Vault} from './vault-desk.js' */

/** What is loaded when somebody asks for it, with its messages: the form is smaller without. */
export class Later {
  /** For several drafts. @type {typeof import('./merge-desk.js') | undefined} */ several;
  /** For drafts that are encrypted. @type {Vault | undefined} */ vault;
  #desk;
  #extend;

  /**
   * @param {Desk} desk
   * @param {(messages: object[]) => void} extend
   */
  constructor(desk, extend) {
    this.#desk = desk;
    this.#extend = extend;
  }

  async withSeveral() {
    if (!this.several) {
      this.several = await import('./merge-desk.js');
      this.#extend(this.several.messages);
    }
    return this.several;
  }

  /** @param {(vault: Vault) => unknown} use */
  async withVault(use) {
    try {
      if (!this.vault) {
        const { Vault, messages } = await import('./vault-desk.js');
        this.#extend(messages);
        this.vault = new Vault(this.#desk);
      }
      await use(this.vault);
    } catch (error) {
      console.warn(error);
      this.#desk.tell('ui.did_not_work');
    }
  }
}

import { download } from './files.js';

/** @import {Desk} from './desk.js' */
/** @import {Definition} from './types.js' */

/** What is wrong with a document that is not of this call at all. */
const FOREIGN = ['document.invalid', 'document.definition'];
/** How a protected file begins, as vault.js writes it. */
const SEALED = '{"hezuo":"sealed';

/** The draft as a file or a copied text, and back. */
export class DraftFiles {
  #desk;
  #definition;

  /**
   * @param {Desk} desk
   * @param {Definition} definition
   */
  constructor(desk, definition) {
    this.#desk = desk;
    this.#definition = definition;
  }

  save = () => {
    const { form, model } = this.#desk;
    download(`${form.id}.json`, model.session.document(), 'application/json');
  };

  copy = () => void this.#desk.copyText(this.#desk.model.session.document());

  /** @param {File} file @param {boolean} [isMerge] What is shown stays, too. */
  open = async (file, isMerge = false) => {
    const { name } = file;
    const text = await file.text();
    if (!text.startsWith(SEALED)) return this.openText(name, text, isMerge);
    return this.#desk.later.withVault(
      (vault) => vault.takes(name, text, isMerge) || this.openText(name, text, isMerge),
    );
  };

  /** @param {string} name @param {string} document @param {boolean} isMerge */
  async openText(name, document, isMerge) {
    const desk = this.#desk;
    const { model } = desk;
    try {
      this.probe(document);
      if (!isMerge) return desk.replace(document, 'ui.loaded');
      const { language } = model;
      // As this revision of the call writes it.
      const session = this.#definition.open({ document, language, now: Date.now() });
      const theirs = session.document();
      session.close();
      await desk.merge({ theirs, name, isForeign: true });
    } catch (error) {
      console.warn(error);
      desk.notice = { text: model.say('ui.not_loaded', { name }) };
      desk.host.focus('.notice');
    }
  }

  /** Throws where a document is none of this call. @param {string} document */
  probe(document) {
    const { language } = this.#desk.model;
    const { issues } = this.#definition.validate(document, { language, now: Date.now() });
    const foreign = issues.find(({ code }) => FOREIGN.includes(code));
    if (foreign) throw new Error(foreign.text);
  }
}

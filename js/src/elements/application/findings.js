/** @import {Issue} from './types.js' */
/** @import {Model} from './model.js' */

/** What the last check of everything found, as far as it still stands. */
export class Findings {
  /** @type {Issue[]} */ errors = [];
  /** @type {Issue[]} */ warnings = [];
  /** The warnings that the visitor confirmed. */
  #confirmed = '';

  /** @param {Issue[]} [issues] None: nothing was checked. */
  take(issues = []) {
    this.errors = issues.filter(({ severity }) => severity === 'error');
    this.warnings = issues.filter(({ severity }) => severity === 'warning');
  }

  /** The errors that are not mended yet. @param {Model} model */
  standing(model) {
    this.errors = this.errors.filter(
      ({ code, key = '', language }) =>
        !model.cells.has(key) ||
        model.issues(key).some((issue) => issue.code === code && issue.language === language),
    );
    return this.errors;
  }

  /** Other warnings want another confirmation. */
  get #warned() {
    return JSON.stringify(
      this.warnings.map(({ code, key, language, params }) => [code, key, language, params?.value]),
    );
  }

  get isConfirmed() {
    return this.#confirmed === this.#warned;
  }

  /** @param {boolean} confirmed */
  confirm(confirmed) {
    this.#confirmed = confirmed ? this.#warned : '';
  }
}

/** A request that is answered with an error; `code` and `params` name a text of `texts.js`. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {Record<string, string | number>} [params]
   * @param {Record<string, string>} [headers]
   */
  constructor(status, code, params = {}, headers = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.params = params;
    this.headers = headers;
  }
}

import { handIn } from '../../hand-in.js';

/** @import {DraftStore, Outgoing, Receipt} from '../../draft-store.js' */
/** @import {Outcome} from '../../hand-in.js' */
/** @import {Attachment} from './types.js' */
/** @import {Attachments} from './attachments.js' */

/** What no further try would change; after these nothing can have been stored. */
const REFUSALS = ['too_large', 'type', 'rejected'];
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * The way of one application to its intake. What is sent is frozen first and
 * kept until an answer came, so that every further try sends the same bytes.
 */
export class Sending {
  /** @type {Outgoing | undefined} */ outgoing;
  /** How much is sent, from 0 to 1. */
  share = 0;
  /** Why the last try failed. */
  reason = '';
  /** @type {number | undefined} */ retryAfter;
  isRunning = false;
  /** Files that a further try lacks. @type {string[]} */ missing = [];
  /** When the next try is, of itself; 0: none is. */
  nextAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** How often it was tried in vain. */
  #tries = 0;

  /** @type {DraftStore | null} */ #store;
  #key;
  #attachments;

  /**
   * @param {DraftStore | null} store
   * @param {string} key
   * @param {Attachments} attachments
   */
  constructor(store, key, attachments) {
    this.#store = store;
    this.#key = key;
    this.#attachments = attachments;
  }

  /** Whether another answer may come without a change. */
  get isWorthRetrying() {
    return this.outgoing !== undefined && !REFUSALS.includes(this.reason);
  }

  /**
   * Waits for the next try, if one may help: longer each time, and never all pages at once.
   * @param {Attachment[]} attachments
   * @param {(() => void) | undefined} retry None: it is not for this tab to try again.
   */
  async wait(attachments, retry) {
    const lost = await this.#attachments.missing(attachments);
    this.missing = lost.map(({ name }) => name);
    this.stop();
    if (!retry || lost.length || !this.isWorthRetrying) return;
    const doubled = FIRST_WAIT_MS * 2 ** Math.max(0, this.#tries - 1);
    const wait = Math.max(
      Math.min(doubled * (1 + Math.random() / 4), LONGEST_WAIT_MS),
      1000 * (this.retryAfter ?? 0),
    );
    this.nextAt = Date.now() + wait;
    this.#timer = setTimeout(retry, wait);
  }

  /** There is no next try, as far as this tab goes. */
  stop() {
    clearTimeout(this.#timer);
    this.nextAt = 0;
  }

  /**
   * @param {Outgoing} outgoing
   * @param {boolean} keep Whether the browser may keep it.
   */
  async freeze(outgoing, keep) {
    this.outgoing = outgoing;
    // Where nothing can be stored this tab is all there is; leaving it warns.
    if (keep) await this.#store?.saveOutgoing(this.#key, outgoing).catch(() => undefined);
  }

  /**
   * @param {Attachment[]} attachments
   * @param {string} language
   * @param {() => void} progress
   * @returns {Promise<Outcome>}
   */
  async transmit(attachments, language, progress) {
    const { url, document, receipt } = /** @type {Outgoing} */ (this.outgoing);
    this.share = 0;
    this.#tries += 1;
    this.isRunning = true;
    /** @type {Map<string, {name: string, blob: Blob}>} */
    const files = new Map();
    for (const { name, sha256 } of attachments) {
      const blob = await this.#attachments.file(sha256);
      if (blob) files.set(sha256, { name, blob });
    }
    const outcome = await handIn({
      url,
      document,
      files: [...files.values()],
      language,
      progress: (share) => {
        this.share = share;
        progress();
      },
    });
    this.isRunning = false;
    // A receipt for other bytes is no receipt.
    const isOurs = outcome.receipt?.receipt === receipt;
    const checked = outcome.state === 'stored' && !isOurs ? MISMATCH : outcome;
    this.reason = checked.reason ?? '';
    this.retryAfter = checked.retryAfter;
    return checked;
  }

  /**
   * The answer was a receipt.
   * @param {Receipt} receipt
   * @param {number} version Of the draft that was sent.
   * @param {boolean} keep
   */
  async settle(receipt, version, keep) {
    this.outgoing = undefined;
    this.#tries = 0;
    await (keep
      ? this.#store?.settle(this.#key, receipt, version)
      : this.#store?.forget(this.#key));
    await this.#store?.prune();
  }

  /** What was frozen is given up. */
  async release() {
    this.outgoing = undefined;
    this.#tries = 0;
    await this.#store?.removeOutgoing(this.#key);
  }
}

/** @type {Outcome} */
const MISMATCH = { state: 'failed', reason: 'server', message: 'the receipt is of other bytes' };

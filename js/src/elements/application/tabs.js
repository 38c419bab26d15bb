/** How long the other tab may take to save what was typed in it; after that it is frozen. */
const PATIENCE_MS = 800;
/** So long after it was left, a page may still have its turn. */
const LEAVING_MS = 300;

/** @param {number} ms */
function after(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Which of several tabs works on a draft: the one that holds its lock. Another one waits until it
 * is let go, or takes it. Where a browser has no locks, or not here, every tab has its turn, and
 * the draft's version alone keeps one from overwriting the other.
 */
export class Turn {
  isMine = true;
  /** Whether this tab had its turn before another took it. */
  wasTaken = false;

  #name;
  #host;
  /** @type {BroadcastChannel | undefined} */ #channel;
  /** Lets go of the lock, or of waiting for it. */
  #leave = () => {};
  /** The other tab has saved. */
  #answered = () => {};

  /**
   * @param {string} key Of the draft.
   * @param {object} host
   * @param {() => Promise<void>} host.flush Saves what was typed in this tab.
   * @param {() => void} host.won This tab has its turn after all.
   * @param {() => void} host.lost Another tab took it.
   */
  constructor(key, host) {
    this.#name = `hezuo ${key}`;
    this.#host = host;
  }

  /** Resolves when it is known whose turn it is. */
  async start() {
    if (this.#channel || !navigator.locks || !globalThis.BroadcastChannel) return;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }) => void this.#hear(data);
    this.isMine = false;
    await Promise.race([this.#wait(), after(LEAVING_MS)]);
  }

  /** @param {string} word */
  async #hear(word) {
    if (word === 'saved') this.#answered();
    if (word !== 'save' || !this.isMine) return;
    await this.#host.flush();
    this.#channel?.postMessage('saved');
  }

  async #wait() {
    const waiting = new AbortController();
    this.#leave = () => waiting.abort();
    await this.#request({ signal: waiting.signal });
  }

  /** @param {LockOptions} options @returns {Promise<void>} Resolves when this tab has its turn. */
  #request(options) {
    return new Promise((resolve) => {
      let isHeld = false;
      const begin = () => {
        isHeld = this.isMine = true;
        this.wasTaken = false;
        resolve();
        this.#host.won();
        return new Promise((leave) => {
          this.#leave = () => {
            isHeld = false;
            leave(undefined);
          };
        });
      };
      navigator.locks.request(this.#name, options, begin).catch((error) => {
        if (error.name !== 'AbortError') {
          // Not here, as in a frame without an origin.
          this.isMine = true;
          return resolve();
        }
        if (!isHeld) return;
        this.isMine = false;
        this.wasTaken = true;
        void this.#wait();
        this.#host.lost();
      });
    });
  }

  /** Takes the turn; the other tab may be frozen. */
  async take() {
    const answered = new Promise((resolve) => (this.#answered = () => resolve(undefined)));
    this.#channel?.postMessage('save');
    await Promise.race([answered, after(PATIENCE_MS)]);
    if (this.isMine || !this.#channel) return;
    this.#leave();
    await this.#request({ steal: true });
  }

  /** This tab no longer works on the draft. */
  close() {
    this.#leave();
    this.#channel?.close();
    this.#channel = undefined;
  }
}

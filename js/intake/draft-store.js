/** @import {Driver, Query} from './store.js' */

/** What a row takes at least: else a million empty drafts would count as nothing. */
const LEAST = 4_000;
/** Drafts that are there already may grow beyond the total by so much of it. */
const GROWTH = 0.1;
const NOTHING = { version: 0, written: 0 };

/**
 * @typedef {object} DraftWrite
 * @property {string} id
 * @property {string} token - Its SHA-256.
 * @property {number} version - The one that is replaced; 0 to create.
 * @property {Uint8Array} bytes
 * @property {number} now - Milliseconds since 1970.
 * @property {number} since - What was written last until then has expired.
 * @property {number} total - Bytes of all drafts together.
 */

/**
 * `kept`: these very bytes are there already. `version` and `written` are those of what is
 * stored after it; version 0 means nothing.
 *
 * @typedef {object} DraftOutcome
 * @property {'created' | 'replaced' | 'kept' | 'conflict' | 'forbidden' | 'full'} outcome
 * @property {number} version
 * @property {number} written
 */

/**
 * Keeps drafts that it cannot read. Databases name the values that break a constraint, and
 * failures get into the log: so no statement here may break one.
 *
 * @param {Driver} driver
 */
export function createDraftStore({ query, transaction, lock }) {
  return {
    /**
     * Writes, if the version is the one that is stored and the token the one that created
     * it. Writers take turns, over all instances: of two with one version, one wins.
     *
     * @param {DraftWrite} draft
     * @returns {Promise<DraftOutcome>}
     */
    write({ id, token, version, bytes, now, since, total }) {
      return transaction(async (tx) => {
        await begin(tx, since);
        const stored = await find(tx, id);
        const { version: present, written } = stored ?? NOTHING;
        /** @type {(outcome: DraftOutcome['outcome']) => DraftOutcome} */
        const unchanged = (outcome) => ({ outcome, version: present, written });

        if (stored && !isSame(stored.token, token)) return unchanged('forbidden');
        if (present !== version) {
          const [row] = await tx('SELECT bytes = $2 AS same FROM drafts WHERE id = $1', [
            id,
            bytes,
          ]);
          return unchanged(row?.same ? 'kept' : 'conflict');
        }
        const size = bytes.byteLength;
        const growth = costOf(size) - (stored ? costOf(stored.size) : 0);
        const room = stored ? total * (1 + GROWTH) : total;
        if (growth > 0 && (await costOfAll(tx)) + growth > room) return unchanged('full');

        const next = version + 1;
        await tx(
          `INSERT INTO drafts (id, token, version, size, written, bytes)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (id) DO UPDATE SET version = excluded.version, size = excluded.size,
             written = excluded.written, bytes = excluded.bytes`,
          [id, token, next, size, now, bytes],
        );
        return { outcome: stored ? 'replaced' : 'created', version: next, written: now };
      });
    },

    /**
     * @param {string} id
     * @param {number} since
     * @returns {Promise<{version: number, bytes: Uint8Array} | undefined>}
     */
    async read(id, since) {
      const [row] = await query(
        'SELECT version, bytes FROM drafts WHERE id = $1 AND written > $2',
        [id, since],
      );
      return /** @type {any} */ (row);
    },

    /**
     * @param {{id: string, token: string, since: number}} draft
     * @returns {Promise<boolean>} False if it is there and the token another one.
     */
    remove({ id, token, since }) {
      return transaction(async (tx) => {
        await begin(tx, since);
        const stored = await find(tx, id);
        if (stored && !isSame(stored.token, token)) return false;
        await tx('DELETE FROM drafts WHERE id = $1', [id]);
        return true;
      });
    },

    /**
     * @param {number} since
     * @returns {Promise<{count: number, bytes: number}>}
     */
    async measure(since) {
      const [row] = await query(
        'SELECT COUNT(*) AS n, COALESCE(SUM(size), 0) AS bytes FROM drafts WHERE written > $1',
        [since],
      );
      return { count: Number(row.n), bytes: Number(row.bytes) };
    },
  };

  /**
   * One writer at a time, and without what has expired.
   *
   * @param {Query} tx
   * @param {number} since
   */
  async function begin(tx, since) {
    await lock(tx, 'drafts');
    await tx('DELETE FROM drafts WHERE written <= $1', [since]);
  }
}

/**
 * @param {Query} tx
 * @param {string} id
 * @returns {Promise<{token: string, version: number, size: number, written: number} | undefined>}
 */
async function find(tx, id) {
  const [row] = await tx('SELECT token, version, size, written FROM drafts WHERE id = $1', [id]);
  return /** @type {any} */ (row);
}

/** @param {number} size */
function costOf(size) {
  return Math.max(size, LEAST);
}

/** @param {Query} tx */
async function costOfAll(tx) {
  const [row] = await tx(
    `SELECT COALESCE(SUM(CASE WHEN size < ${LEAST} THEN ${LEAST} ELSE size END), 0) AS cost
     FROM drafts`,
  );
  return Number(row.cost);
}

/**
 * Takes the same time wherever two digests differ.
 *
 * @param {string} a
 * @param {string} b
 */
function isSame(a, b) {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

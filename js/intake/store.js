import { createDraftStore } from './draft-store.js';

/**
 * Rows of a statement; parameters are `$1`, `$2` in both databases.
 *
 * @typedef {(sql: string, values?: unknown[]) => Promise<Record<string, any>[]>} Query
 */

/**
 * What the store needs of a database.
 *
 * @typedef {object} Driver
 * @property {Query} query
 * @property {<T>(work: (query: Query) => Promise<T>) => Promise<T>} transaction - Durable
 *   when its promise is fulfilled, undone when `work` fails.
 * @property {(query: Query, name: string) => Promise<void>} lock - Until the transaction
 *   ends, one holder for each name.
 * @property {() => Promise<void>} forget - Removes what was deleted from the disk, too.
 * @property {() => Promise<void>} close
 */

/**
 * @typedef {object} Submission - What came in and passed.
 * @property {string} definition
 * @property {number} revision
 * @property {string} language - In which it was filled in.
 * @property {string} receipt
 * @property {string} document - The JSON text as it arrived.
 * @property {unknown[]} issues - The warnings and hints that the core had.
 * @property {object} core - The versions of the core and of Unicode that judged.
 * @property {number} received - Milliseconds since 1970.
 * @property {{sha256: string, type: string, bytes: Uint8Array}[]} attachments
 * @property {Record<string, {given: boolean, version: string, language: string, at: string}>}
 *   consents
 */

/**
 * @typedef {object} Stored
 * @property {string} id
 * @property {string} definition
 * @property {number} revision
 * @property {string} state
 * @property {string} language
 * @property {string} receipt
 * @property {number} received
 * @property {string} document
 * @property {string} core
 */

/** @typedef {{event: string, at: number, actor: string}} HistoryEvent */
/** @typedef {{sha256: string, type: string, size: number}} AttachmentInfo */
/** @typedef {Awaited<ReturnType<typeof openStore>>} Store */

const columns = `a.id, a.definition, a.state, v.revision, v.language, v.receipt, a.received,
  v.document, v.core`;
const current = 'applications a JOIN versions v ON v.application = a.id AND v.n = a.version';

/** Of the rate limits that are not configured. */
const LONGEST_WINDOW = 600_000;

/**
 * Opens the place where applications are kept: `sqlite:PATH` or `postgresql://…`.
 *
 * @param {string} url
 */
export async function openStore(url) {
  if (url.startsWith('sqlite:')) {
    const { openSqlite } = await import('./sqlite.js');
    return createStore(await openSqlite(url.slice('sqlite:'.length)));
  }
  if (/^postgres(ql)?:/.test(url)) {
    const { openPostgres } = await import('./postgres.js');
    return createStore(await openPostgres(url));
  }
  throw new Error('a store is sqlite:PATH or postgresql://…');
}

/** @param {Driver} driver */
function createStore(driver) {
  const { query, transaction } = driver;

  return {
    close: () => driver.close(),

    drafts: createDraftStore(driver),

    /**
     * Keeps a submission with all its attachments, or nothing of it. The same receipt
     * is kept once, however many requests bring it at the same time.
     *
     * @param {Submission} submission
     * @returns {Promise<{id: string, received: number, created: boolean}>}
     */
    async receive(submission) {
      for (;;) {
        const id = randomId();
        const created = await transaction((tx) => insert(tx, id, submission)).catch(unlessTaken);
        if (created) return { id, received: submission.received, created: true };
        const known = await this.byReceipt(submission.receipt);
        if (known) return { ...known, created: false };
        // It was deleted between the two statements: once more.
      }
    },

    /**
     * @param {string} receipt
     * @returns {Promise<{id: string, received: number} | undefined>}
     */
    async byReceipt(receipt) {
      const rows = await query(
        'SELECT application AS id, received FROM versions WHERE receipt = $1',
        [receipt],
      );
      return /** @type {any} */ (rows[0]);
    },

    /**
     * A page of applications, newest first.
     *
     * @param {{definition?: string, before?: {received: number, id: string}, limit: number}} page
     * @returns {Promise<Stored[]>}
     */
    async list({ definition, before, limit }) {
      return /** @type {any} */ (
        await query(
          `SELECT ${columns} FROM ${current}
           WHERE (CAST($1 AS TEXT) IS NULL OR a.definition = $1)
             AND (CAST($2 AS BIGINT) IS NULL OR (a.received, a.id) < ($2, $3))
           ORDER BY a.received DESC, a.id DESC LIMIT $4`,
          [definition ?? null, before?.received ?? null, before?.id ?? '', limit],
        )
      );
    },

    /** @param {string} [definition] */
    async count(definition) {
      const [row] = await query(
        `SELECT COUNT(*) AS n FROM applications
         WHERE CAST($1 AS TEXT) IS NULL OR definition = $1`,
        [definition ?? null],
      );
      return Number(row.n);
    },

    /**
     * @param {string} id
     * @returns {Promise<(Stored & {attachments: AttachmentInfo[], events: HistoryEvent[]}) |
     *   undefined>}
     */
    async get(id) {
      const [application] = await query(`SELECT ${columns} FROM ${current} WHERE a.id = $1`, [id]);
      if (!application) return undefined;
      return /** @type {any} */ ({
        ...application,
        attachments: await query(
          'SELECT sha256, type, size FROM attachments WHERE application = $1 ORDER BY sha256',
          [id],
        ),
        events: await query(
          'SELECT event, at, actor FROM events WHERE application = $1 ORDER BY seq',
          [id],
        ),
      });
    },

    /**
     * @param {string} id
     * @param {string} sha256
     * @returns {Promise<{type: string, bytes: Uint8Array} | undefined>}
     */
    async attachment(id, sha256) {
      const rows = await query(
        'SELECT type, bytes FROM attachments WHERE application = $1 AND sha256 = $2',
        [id, sha256],
      );
      return /** @type {any} */ (rows[0]);
    },

    /**
     * Removes an application with all that belongs to it. What stays is an event: which
     * id, when, by whom.
     *
     * @param {string} id
     * @param {{at: number, actor: string}} by
     * @returns {Promise<boolean>} False if there was none.
     */
    async remove(id, { at, actor }) {
      const removed = await transaction(async (tx) => {
        const [row] = await tx('DELETE FROM applications WHERE id = $1 RETURNING definition', [id]);
        if (row) await addEvent(tx, id, row.definition, { event: 'deleted', at, actor });
        return row !== undefined;
      });
      if (removed) await driver.forget();
      return removed;
    },

    /**
     * @param {HistoryEvent & {application?: string, definition?: string}} event
     */
    async record({ application, definition, ...event }) {
      await addEvent(query, application ?? null, definition ?? null, event);
    },

    /**
     * Counts a request of a client, in a window that slides; or, where it does not count,
     * only looks.
     *
     * @param {string} client
     * @param {{now: number, window: number, limit: number, counts?: boolean}} rule - Times in
     *   milliseconds.
     * @returns {Promise<number>} 0 if it is within the limit, else the milliseconds to wait.
     */
    hit(client, { now, window, limit, counts = true }) {
      return transaction(async (tx) => {
        await driver.lock(tx, client);
        // Of all clients: what a rule with a longer window counts has to stay.
        await tx('DELETE FROM hits WHERE at <= $1', [now - Math.max(window, LONGEST_WINDOW)]);
        const [last] = await tx(
          `SELECT at FROM hits WHERE client = $1 AND at > $2
           ORDER BY at DESC LIMIT 1 OFFSET $3`,
          [client, now - window, limit - 1],
        );
        if (last) return Math.max(1, last.at + window - now);
        if (counts) await tx('INSERT INTO hits (client, at) VALUES ($1, $2)', [client, now]);
        return 0;
      });
    },
  };
}

/**
 * @param {Query} tx
 * @param {string} id
 * @param {Submission} submission
 * @returns {Promise<true>}
 */
async function insert(tx, id, submission) {
  const { definition, receipt, received, attachments, consents } = submission;
  await tx(
    `INSERT INTO applications (id, definition, state, version, received)
     VALUES ($1, $2, 'received', 1, $3)`,
    [id, definition, received],
  );
  const inserted = await tx(
    `INSERT INTO versions
       (application, n, receipt, revision, language, document, issues, core, received)
     VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (receipt) DO NOTHING RETURNING n`,
    [
      id,
      receipt,
      submission.revision,
      submission.language,
      submission.document,
      JSON.stringify(submission.issues),
      JSON.stringify(submission.core),
      received,
    ],
  );
  if (inserted.length === 0) throw new Taken();
  for (const { sha256, type, bytes } of attachments) {
    await tx(
      `INSERT INTO attachments (application, sha256, type, size, bytes)
       VALUES ($1, $2, $3, $4, $5)`,
      [id, sha256, type, bytes.byteLength, bytes],
    );
  }
  for (const [consent, { given, version, language, at }] of Object.entries(consents)) {
    await tx(
      `INSERT INTO consents (application, n, consent, given, version, language, at)
       VALUES ($1, 1, $2, $3, $4, $5, $6)`,
      [id, consent, given ? 1 : 0, version, language, at],
    );
  }
  await addEvent(tx, id, definition, { event: 'received', at: received, actor: 'applicant' });
  return true;
}

/** The receipt is there already: undoes the transaction. */
class Taken extends Error {}

/**
 * @param {unknown} error
 * @returns {false}
 */
function unlessTaken(error) {
  if (error instanceof Taken) return false;
  throw error;
}

/**
 * @param {Query} query
 * @param {string | null} application
 * @param {string | null} definition
 * @param {HistoryEvent} event
 */
async function addEvent(query, application, definition, { event, at, actor }) {
  await query(
    `INSERT INTO events (application, definition, event, at, actor) VALUES ($1, $2, $3, $4, $5)`,
    [application, definition, event, at, actor],
  );
}

/**
 * Ten characters of Crockford's base 32 (no i, l, o, u), which can be read out on a
 * telephone: `k7q2m-9xd4c`. 50 random bits; a clash fails on the primary key.
 */
function randomId() {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(10)), (n) => alphabet[n & 31]);
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`;
}

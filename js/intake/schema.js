/**
 * The tables, as migrations: append, never edit one that has shipped. One text serves
 * both databases; `{blob}`, `{integer}` and `{sequence}` stand for what they call
 * differently.
 *
 * - `applications` is what was handed in; `state` is `received` until a jury's work adds
 *   other states.
 * - `versions` holds each document as it arrived, byte for byte. `n` is 1 until
 *   corrections after handing in exist. A receipt is unique: this index, and no check
 *   before the insert, is what makes handing in idempotent.
 * - `attachments` are in the database, so that one transaction holds everything.
 * - `consents` are rows, so that "who agreed to what, in which wording" is a query.
 * - `events` is the history. It has no foreign key and no personal data: it outlives a
 *   deletion, and says that it happened.
 * - `drafts` are bytes that only browsers can read. `token` is the SHA-256 of what their
 *   writers know, `written` when they wrote last. Nothing refers to a draft.
 */
export const migrations = [
  `
  CREATE TABLE applications (
    id TEXT PRIMARY KEY,
    definition TEXT NOT NULL,
    state TEXT NOT NULL,
    version {integer} NOT NULL,
    received {integer} NOT NULL
  );
  CREATE INDEX applications_by_time ON applications (received, id);

  CREATE TABLE versions (
    application TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    n {integer} NOT NULL,
    receipt TEXT NOT NULL UNIQUE,
    revision {integer} NOT NULL,
    language TEXT NOT NULL,
    document TEXT NOT NULL,
    issues TEXT NOT NULL,
    core TEXT NOT NULL,
    received {integer} NOT NULL,
    PRIMARY KEY (application, n)
  );

  CREATE TABLE attachments (
    application TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    type TEXT NOT NULL,
    size {integer} NOT NULL,
    bytes {blob} NOT NULL,
    PRIMARY KEY (application, sha256)
  );

  CREATE TABLE consents (
    application TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    n {integer} NOT NULL,
    consent TEXT NOT NULL,
    given {integer} NOT NULL,
    version TEXT NOT NULL,
    language TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (application, n, consent)
  );

  CREATE TABLE events (
    seq {sequence},
    application TEXT,
    definition TEXT,
    event TEXT NOT NULL,
    at {integer} NOT NULL,
    actor TEXT NOT NULL
  );
  CREATE INDEX events_by_application ON events (application, seq);
  `,
  `
  CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    token TEXT NOT NULL,
    version {integer} NOT NULL,
    size {integer} NOT NULL,
    written {integer} NOT NULL,
    bytes {blob} NOT NULL
  );
  CREATE INDEX drafts_by_time ON drafts (written, size);
  `,
];

/**
 * Requests of the last minutes, for the rate limit: not durable, and nowhere after the
 * window has passed.
 */
export const hits = `
  CREATE {transient} TABLE IF NOT EXISTS hits (
    client TEXT NOT NULL,
    at {integer} NOT NULL
  );
  CREATE INDEX IF NOT EXISTS {hits_index} ON hits (client, at);
`;

/**
 * @param {string} sql
 * @param {Record<string, string>} words
 * @returns {string}
 */
export function inDialect(sql, words) {
  return sql.replace(/\{(\w+)\}/g, (_, word) => words[word]);
}

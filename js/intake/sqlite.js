import Database from 'better-sqlite3';
import { hits, inDialect, migrations } from './schema.js';

/** @typedef {import('./store.js').Driver} Driver */
/** @typedef {import('./store.js').Query} Query */

const words = {
  blob: 'BLOB',
  integer: 'INTEGER',
  sequence: 'INTEGER PRIMARY KEY AUTOINCREMENT',
  // In the connection's own memory: processes that share a file do not share the limit.
  transient: 'TEMP',
  hits_index: 'temp.hits_by_client',
};

/**
 * A database in one file. What was committed survives a kill and a power cut (WAL with
 * synchronous=FULL); what was deleted is overwritten (secure_delete).
 *
 * @param {string} path
 * @returns {Promise<Driver>}
 */
export async function openSqlite(path) {
  const database = new Database(path, { timeout: 10_000 });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('secure_delete = ON');
  database.pragma('temp_store = MEMORY');
  migrate(database);
  database.exec(inDialect(hits, words));

  /** @type {Map<string, import('better-sqlite3').Statement>} */
  const statements = new Map();

  /** @type {Query} */
  const run = async (sql, values = []) => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    const named = Object.fromEntries(values.map((value, i) => [i + 1, value]));
    if (statement.reader) return /** @type {Record<string, any>[]} */ (statement.all(named));
    statement.run(named);
    return [];
  };

  // One connection: whatever is asked while a transaction waits must wait, too.
  let queue = Promise.resolve();
  /**
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  const inTurn = (work) => {
    const result = queue.then(work);
    queue = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  };

  return {
    query: (sql, values) => inTurn(() => run(sql, values)),
    transaction: (work) =>
      inTurn(async () => {
        database.exec('BEGIN IMMEDIATE');
        try {
          const result = await work(run);
          database.exec('COMMIT');
          return result;
        } catch (error) {
          if (database.inTransaction) database.exec('ROLLBACK');
          throw error;
        }
      }),
    lock: async () => undefined,
    // Deleted pages leave the write-ahead log as well.
    forget: () => inTurn(async () => void database.pragma('wal_checkpoint(TRUNCATE)')),
    close: () => inTurn(async () => void database.close()),
  };
}

/** @param {import('better-sqlite3').Database} database */
function migrate(database) {
  database.exec('BEGIN IMMEDIATE');
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    database.exec('ROLLBACK');
    database.close();
    throw new Error(`the database has schema ${version}, this intake knows ${migrations.length}`);
  }
  for (const migration of migrations.slice(version)) database.exec(inDialect(migration, words));
  database.pragma(`user_version = ${migrations.length}`);
  database.exec('COMMIT');
}

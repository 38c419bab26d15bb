import pg from 'pg';
import { hits, inDialect, migrations } from './schema.js';

/** @typedef {import('./store.js').Driver} Driver */
/** @typedef {import('./store.js').Query} Query */

const words = {
  blob: 'BYTEA',
  integer: 'BIGINT',
  sequence: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
  transient: 'UNLOGGED',
  hits_index: 'hits_by_client',
};

/** Held while the tables are made, so that instances that start together take turns. */
const MIGRATION_LOCK = 0x68657a75;

/**
 * A PostgreSQL database; several instances on it behave as one.
 *
 * @param {string} url - `postgresql://user@host/database`, as libpq writes it.
 * @returns {Promise<Driver>}
 */
export async function openPostgres(url) {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    application_name: 'hezuo-intake',
    connectionTimeoutMillis: 10_000,
    // Times and sizes stay far below 2^53.
    types: { getTypeParser },
  });
  // A connection that breaks while idle is replaced; who waits on one gets the error.
  pool.on('error', () => undefined);

  /** @type {Driver['transaction']} */
  const transaction = async (work) => {
    const client = await pool.connect();
    /** @type {Error | undefined} */
    let broken;
    try {
      await client.query('BEGIN');
      // Acknowledged means on disk, whatever the server's default is.
      await client.query('SET LOCAL synchronous_commit = on');
      const result = await work(async (sql, values) => (await client.query(sql, values)).rows);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((rollbackError) => (broken = rollbackError));
      throw error;
    } finally {
      client.release(broken);
    }
  };

  try {
    await transaction(migrate);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    query: async (sql, values) => (await pool.query(sql, values)).rows,
    transaction,
    lock: async (query, name) => {
      await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
    },
    // Deleted rows leave the table's files at the next vacuum: now, or when the server does it.
    forget: async () => {
      await pool.query('VACUUM versions, attachments, consents').catch(() => undefined);
    },
    close: () => pool.end(),
  };
}

/**
 * @param {number} oid
 * @param {any} [format]
 * @returns {any}
 */
function getTypeParser(oid, format) {
  return oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format);
}

/** @param {Query} query */
async function migrate(query) {
  await query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  await query('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)');
  const [row] = await query('SELECT version FROM schema_version');
  const version = Number(row?.version ?? 0);
  if (version > migrations.length) {
    throw new Error(`the database has schema ${version}, this intake knows ${migrations.length}`);
  }
  for (const migration of migrations.slice(version)) await query(inDialect(migration, words));
  await query('DELETE FROM schema_version');
  await query('INSERT INTO schema_version VALUES ($1)', [migrations.length]);
  await query(inDialect(hits, words));
}

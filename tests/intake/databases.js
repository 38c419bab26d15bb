import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { startPostgres } from './postgres-server.js';

/**
 * Both databases, each with `start`; what it returns makes the address of a new, empty
 * store with `create`, and leaves nothing behind with `remove`. `run` gives the rows of a
 * statement, past the store; `unmigrate` says that a store is of the schema before.
 */
export const databases = [
  {
    name: 'SQLite',
    unmigrate: (n) => `PRAGMA user_version = ${n}`,
    async run(url, sql) {
      const database = new Database(url.slice('sqlite:'.length));
      const statement = database.prepare(sql);
      const rows = statement.reader ? statement.all() : void statement.run();
      database.close();
      return rows;
    },
    async start() {
      const folder = await mkdtemp(join(tmpdir(), 'hezuo-sqlite-'));
      let n = 0;
      return {
        create: async () => `sqlite:${join(folder, `${++n}.sqlite`)}`,
        remove: () => rm(folder, { recursive: true }),
      };
    },
  },
  {
    name: 'PostgreSQL',
    unmigrate: (n) => `UPDATE schema_version SET version = ${n}`,
    async run(url, sql) {
      const client = new pg.Client(url);
      await client.connect();
      const { rows } = await client.query(sql);
      await client.end();
      return rows;
    },
    async start() {
      const server = await startPostgres();
      let n = 0;
      return {
        async create() {
          const database = `test_${++n}`;
          await server.create(database);
          return server.url(database);
        },
        remove: server.remove,
      };
    },
  },
];

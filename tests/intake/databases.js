import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from './postgres-server.js';

/**
 * Both databases, each with `start`; what it returns makes the address of a new, empty
 * store with `create`, and leaves nothing behind with `remove`.
 */
export const databases = [
  {
    name: 'SQLite',
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

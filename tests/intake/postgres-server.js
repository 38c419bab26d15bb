import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HOME = '/usr/lib/postgresql';

/**
 * A PostgreSQL server of its own in a temporary folder, on a socket there and no port. It
 * has to be installed: a test that needs it must not pass without.
 */
export async function startPostgres() {
  const versions = existsSync(HOME) ? await readdir(HOME) : [];
  if (versions.length === 0) throw new Error('PostgreSQL is missing: apt-get install postgresql');
  const bin = join(HOME, versions.sort().at(-1), 'bin');
  // The server refuses to run as root.
  const isRoot = process.getuid() === 0;
  const as = isRoot ? ['--reuid=postgres', '--regid=postgres', '--init-groups'] : [];
  const call = (command, ...args) =>
    isRoot ? run('setpriv', [...as, join(bin, command), ...args]) : run(join(bin, command), args);

  const folder = await mkdtemp(join(tmpdir(), 'hezuo-postgres-'));
  if (isRoot) await run('chown', ['postgres:postgres', folder]);
  const data = join(folder, 'data');
  await call(
    'initdb',
    '--no-sync',
    '-D',
    data,
    '-U',
    'hezuo',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  );
  const control = (...args) => call('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), ...args);
  const start = () => control('-o', `-k ${folder} -c listen_addresses=''`, 'start');
  await start();

  return {
    url: (database = 'postgres') => `postgresql://hezuo@/${database}?host=${folder}`,
    create: (database) => call('createdb', '-h', folder, '-U', 'hezuo', database),
    start,
    /** As after a power cut: no clean shutdown. */
    crash: () => control('-m', 'immediate', 'stop'),
    remove: async () => {
      await control('-m', 'immediate', 'stop').catch(() => undefined);
      await rm(folder, { recursive: true });
    },
  };
}

// Starts the programs that an engine needs, and ends them.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {(end: () => Promise<void>) => void} Defer Keeps what is to be done at the end. */

/**
 * Undoes after a test what was deferred in it, the last first, each even if another fails.
 * @returns {Defer}
 */
export function deferring(t) {
  const ends = [];
  t.after(async () => {
    const failures = [];
    for (const end of ends.reverse()) await end().catch((error) => failures.push(error));
    if (failures.length) throw failures[0];
  });
  return (end) => ends.push(end);
}

/** A folder of its own for what a program writes. @param {Defer} defer */
export async function makeHome(defer) {
  const home = await mkdtemp(join(tmpdir(), 'hezuo-engine-'));
  defer(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  return home;
}

/**
 * Starts a program, and waits for what it says once it is ready.
 * @param {Defer} defer
 * @param {string} command
 * @param {string[]} args
 * @param {{ready: RegExp, env?: Record<string, string>}} options
 */
export async function start(defer, command, args, { ready, env }) {
  const child = launch(defer, command, args, env);
  const found = await new Promise((resolve, reject) => {
    let said = '';
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${command} ended: ${said}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk;
        const match = ready.exec(said);
        if (match) resolve(match[1]);
      });
    }
  });
  return { found, child };
}

/** The same without waiting. @param {Defer} defer */
export function launch(defer, command, args, env) {
  const child = spawn(command, args, { env: { ...process.env, ...env } });
  // What nobody reads would stop it in the end.
  for (const stream of [child.stdout, child.stderr]) stream.resume();
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  defer(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return child;
}

/** For programs that want to be told a port, and take no 0. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * A screen for a program that has no other way to draw.
 * @param {Defer} defer
 */
export async function startDisplay(defer, size = '1400x1000') {
  // Of a number of its own: servers that look for a free one at once get in each other's way.
  const number = await freePort();
  await start(
    defer,
    'Xvfb',
    [`:${number}`, '-displayfd', '1', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'],
    { ready: /^\d+\n/ },
  );
  return `:${number}`;
}

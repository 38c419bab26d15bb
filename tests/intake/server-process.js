import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../js/intake/serve.js', import.meta.url));

/** A test that fails leaves its server behind, and with it the whole run would wait. */
const running = new Set();
after(() => running.forEach((child) => child.kill('SIGKILL')));

/**
 * Runs the command that serves, and waits until it takes requests.
 *
 * @returns its address, what it printed, and the ways to end it.
 */
export async function startServer(...args) {
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit');
  running.add(child);
  exit.then(() => running.delete(child));
  const lines = [];
  const errors = [];
  createInterface(child.stderr).on('line', (line) => errors.push(line));
  const url = await new Promise((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      const [, found] = /^Applications go to (\S+)\/applications$/.exec(line) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(errors.join('\n') || 'it ended')));
  });
  return {
    url,
    lines,
    errors,
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      const [code] = await exit;
      return code;
    },
  };
}

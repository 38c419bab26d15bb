// What a stranger types first: `npm start` builds all, the command too, and serves the demo.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

const root = new URL('../', import.meta.url);

describe('npm start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hezuo-start-'));
  const store = `sqlite:${join(folder, 'store.sqlite')}`;
  const started = spawn('npm', ['start', '--silent', '--', '--port', '0', '--store', store], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  after(async () => {
    process.kill(-started.pid);
    await rm(folder, { recursive: true });
  });

  it('builds, and serves the form', { timeout: 900_000 }, async () => {
    let text = '';
    const url = await new Promise((resolve, reject) => {
      started.stdout.on('data', (chunk) => {
        text += chunk;
        const found = /^Applications go to (\S+)\/applications$/m.exec(text);
        if (found) resolve(found[1]);
      });
      started.on('exit', (status) => reject(new Error(`ended with ${status}: ${text}`)));
    });
    started.removeAllListeners('exit');

    for (const path of ['/', '/zh.html', '/dist/hezuo.js', '/dist/hezuo-form.wasm', '/call.json']) {
      assert.equal((await fetch(url + path)).status, 200, path);
    }
  });
});

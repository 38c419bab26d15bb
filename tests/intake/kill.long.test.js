import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { movedToNow } from '../../js/intake/demo.js';
import { openStore } from '../../js/intake/store.js';
import { application, formOf, pdf, sha256 } from './call.js';
import { startPostgres } from './postgres-server.js';
import { startServer } from './server-process.js';

const SUBMITTERS = 6;

/** A call that is open now, in a folder as a maintainer would have it. */
async function createCall() {
  const folder = await mkdtemp(join(tmpdir(), 'hezuo-kill-'));
  const path = new URL('../../core/data/definitions/uec-award-2019.json', import.meta.url);
  await writeFile(join(folder, 'call.json'), movedToNow(await readFile(path, 'utf8'), Date.now()));
  return folder;
}

/**
 * Hands in one application after the other, each until it is acknowledged, as a form does:
 * the same bytes again after every failure, and now and then again after a success.
 */
async function submit(name, server, acknowledged, isOver) {
  for (let n = 0; !isOver(); n++) {
    const files = Array.from({ length: randomInt(1, 4) }, (_, i) => ({
      name: `附件 ${i}.pdf`,
      bytes: pdf(randomBytes(8).toString('hex'), randomInt(100, 300_000)),
    }));
    const document = application({ title: `Application ${n} of ${name}`, files });
    const send = async () => {
      try {
        const response = await fetch(`${server().url}/applications`, {
          method: 'POST',
          body: formOf(document, { files }),
        });
        const answer = await response.json();
        if (response.ok) return answer;
        assert.equal(response.status, 503, JSON.stringify(answer));
      } catch (error) {
        // What fetch says of a connection that was cut; anything else is a finding.
        if (!(error instanceof TypeError) && error.name !== 'SyntaxError') throw error;
      }
      await pause(20);
      return undefined;
    };
    let answer;
    while (!answer) answer = await send();
    acknowledged.push({ answer, document, files });
    if (randomInt(5) === 0) {
      const again = await send();
      if (again) assert.deepEqual(again, answer);
    }
  }
}

/** Everything that was acknowledged is there: intact, with all its attachments, once. */
async function verify(url, acknowledged) {
  const store = await openStore(url);
  assert.equal(new Set(acknowledged.map(({ answer }) => answer.receipt)).size, acknowledged.length);
  assert.equal(await store.count(), acknowledged.length, 'nothing more, nothing less');
  for (const { answer, document, files } of acknowledged) {
    const stored = await store.get(answer.id);
    assert.equal(stored.receipt, answer.receipt);
    assert.equal(new Date(stored.received).toISOString(), answer.received);
    assert.equal(stored.document, JSON.stringify(document));
    assert.equal(stored.attachments.length, files.length);
    assert.equal(stored.events.length, 1);
    for (const { bytes } of files) {
      const digest = sha256(bytes);
      const attachment = await store.attachment(answer.id, digest);
      assert.equal(sha256(attachment.bytes), digest);
    }
  }
  await store.close();
}

/**
 * Kills the intake so many times while it is under load, at random moments; `crash` may do
 * harm to the database before each.
 */
async function ordeal({ url, kills, crash }) {
  const folder = await createCall();
  const start = () =>
    startServer('--definitions', folder, '--store', url, '--port', '0', '--rate', '999999999');
  let server = await start();
  const acknowledged = [];
  let over = false;
  const submitters = Array.from({ length: SUBMITTERS }, (_, i) =>
    submit(
      `submitter ${i}`,
      () => server,
      acknowledged,
      () => over,
    ),
  );
  const failure = Promise.all(submitters).then(() => undefined);
  for (let kill = 1; kill <= kills; kill++) {
    // Three lives of four last until something was acknowledged, and a while; the fourth may
    // end before it began.
    const before = acknowledged.length;
    const waits = kill % 4 !== 0;
    do await Promise.race([pause(randomInt(0, 200)), failure]);
    while (waits && acknowledged.length === before);
    await crash?.(kill);
    await server.kill('SIGKILL');
    server = await start();
  }
  over = true;
  await failure;
  await server.kill('SIGTERM');
  await rm(folder, { recursive: true });
  return acknowledged;
}

describe('an intake that is killed under load', { timeout: 1_800_000 }, () => {
  it('keeps all that it acknowledged, once, in SQLite: 200 kills', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'hezuo-kill-'));
    const url = `sqlite:${join(folder, 'store.sqlite')}`;

    const acknowledged = await ordeal({ url, kills: 200 });

    t.diagnostic(`${acknowledged.length} applications`);
    await verify(url, acknowledged);
    assert.ok(acknowledged.length >= 100, `only ${acknowledged.length} were handed in`);
    await rm(folder, { recursive: true });
  });

  it('keeps all in PostgreSQL: 100 kills, and 20 crashes of the database', async (t) => {
    const postgres = await startPostgres();
    const url = postgres.url();
    const crash = async (kill) => {
      if (kill % 5 !== 0) return;
      await postgres.crash();
      await postgres.start();
      await pause(randomInt(20, 300));
    };

    const acknowledged = await ordeal({ url, kills: 100, crash });

    t.diagnostic(`${acknowledged.length} applications`);
    await verify(url, acknowledged);
    assert.ok(acknowledged.length >= 50, `only ${acknowledged.length} were handed in`);
    await postgres.remove();
  });
});

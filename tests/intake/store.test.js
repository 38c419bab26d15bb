import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { openStore } from '../../js/intake/store.js';
import { databases } from './databases.js';

const bytes = new TextEncoder().encode('attachment 附件 of the person');
const sha256 = 'a'.repeat(64);

function submission({ receipt = 'r1', received = 1000, definition = 'call', ...rest } = {}) {
  return {
    definition,
    revision: 1,
    language: 'en',
    receipt,
    document: '{"name": "张三 of the person"}',
    issues: [],
    core: { core: '1' },
    received,
    attachments: [{ sha256, type: 'application/pdf', bytes }],
    consents: { gdpr: { given: true, version: '1', language: 'en', at: '2019-09-16T08:30:00Z' } },
    ...rest,
  };
}

/** Hands the same in ten times, from another thread with a connection of its own. */
function instance(url, data) {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.module).then(async ({ openStore }) => {
      const store = await openStore(workerData.url);
      const answers = [];
      for (let i = 0; i < 10; i++) answers.push(await store.receive(workerData.data));
      await store.close();
      parentPort.postMessage(answers);
    });`;
  const module = new URL('../../js/intake/store.js', import.meta.url).href;
  return new Promise((resolve, reject) => {
    new Worker(code, { eval: true, workerData: { module, url, data } })
      .once('message', resolve)
      .once('error', reject);
  });
}

for (const { name, start } of databases) {
  describe(`a store in ${name}`, () => {
    let database, url, store;
    before(async () => (database = await start()));
    after(() => database.remove());
    beforeEach(async () => {
      url = await database.create();
      store = await openStore(url);
    });
    afterEach(() => store.close());

    it('gives back what it got, byte for byte', async () => {
      const { id, created } = await store.receive(submission());

      const stored = await store.get(id);
      const attachment = await store.attachment(id, sha256);

      assert.equal(created, true);
      assert.equal(stored.document, '{"name": "张三 of the person"}');
      assert.deepEqual(stored.attachments, [
        { sha256, type: 'application/pdf', size: bytes.length },
      ]);
      assert.deepEqual(new Uint8Array(attachment.bytes), bytes);
      assert.deepEqual(stored.events, [{ event: 'received', at: 1000, actor: 'applicant' }]);
    });

    it('stores a receipt once, however many bring it at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, i) => store.receive(submission({ received: 1000 + i }))),
      );

      assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
      assert.equal(new Set(answers.map(({ received }) => received)).size, 1);
      assert.equal(answers.filter(({ created }) => created).length, 1);
      assert.equal(await store.count(), 1);
      assert.equal((await store.get(answers[0].id)).events.length, 1);
    });

    it('stores a receipt once, whichever instance is asked', async () => {
      const instances = [1, 2, 3].map(() => instance(url, submission()));

      const answers = (await Promise.all(instances)).flat();

      assert.equal(answers.length, 30);
      assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
      assert.equal(answers.filter(({ created }) => created).length, 1);
      assert.equal(await store.count(), 1);
    });

    it('keeps nothing of a submission whose second attachment fails', async () => {
      const twice = [
        { sha256, type: 'application/pdf', bytes },
        { sha256, type: 'application/pdf', bytes },
      ];

      await assert.rejects(store.receive(submission({ attachments: twice })));

      assert.equal(await store.count(), 0);
      assert.equal((await store.receive(submission())).created, true);
    });

    it('keeps what it has when it is opened again', async () => {
      const { id } = await store.receive(submission());
      await store.close();

      store = await openStore(url);

      assert.equal((await store.get(id)).receipt, 'r1');
    });

    it('lists in pages, newest first, without gap or repetition', async () => {
      for (let i = 0; i < 7; i++) {
        await store.receive(submission({ receipt: `r${i}`, received: 1000 + Math.floor(i / 3) }));
      }
      await store.receive(submission({ receipt: 'other', definition: 'other' }));

      const pages = [];
      let last;
      do {
        const page = await store.list({ definition: 'call', before: last, limit: 2 });
        last = page.at(-1);
        pages.push(page);
      } while (last);

      const rows = pages.flat();
      assert.deepEqual(
        pages.map((page) => page.length),
        [2, 2, 2, 1, 0],
      );
      assert.equal(new Set(rows.map(({ receipt }) => receipt)).size, 7);
      assert.deepEqual(
        rows.map(({ received }) => received),
        [1002, 1001, 1001, 1001, 1000, 1000, 1000],
      );
      assert.equal(await store.count('call'), 7);
    });

    it('deletes everything of an application, and remembers only that it did', async () => {
      const { id } = await store.receive(submission());

      assert.equal(await store.remove(id, { at: 2000, actor: 'maintainer' }), true);

      assert.equal(await store.get(id), undefined);
      assert.equal(await store.attachment(id, sha256), undefined);
      assert.equal(await store.byReceipt('r1'), undefined);
      assert.equal(await store.remove(id, { at: 2001, actor: 'maintainer' }), false);
    });

    it('takes an application anew after it was deleted', async () => {
      const { id } = await store.receive(submission());
      await store.remove(id, { at: 2000, actor: 'maintainer' });

      const again = await store.receive(submission());

      assert.equal(again.created, true);
      assert.notEqual(again.id, id);
    });

    it('counts requests in a window that slides', async () => {
      const hit = (now) => store.hit('192.0.2.1', { now, window: 100, limit: 3 });

      assert.deepEqual([await hit(0), await hit(50), await hit(60)], [0, 0, 0]);
      assert.equal(await hit(70), 30, 'the first leaves the window at 100');
      assert.equal(await hit(100), 0);
      assert.equal(await hit(101), 49);
      assert.equal(await store.hit('192.0.2.2', { now: 101, window: 100, limit: 3 }), 0);
    });

    it('keeps the requests of a rule whose window is longer than that of another', async () => {
      const long = (now) => store.hit('login 192.0.2.1', { now, window: 600_000, limit: 1 });
      await long(0);

      await store.hit('192.0.2.1', { now: 1000, window: 100, limit: 3 });

      assert.equal(await long(1000), 599_000);
    });

    it('lets no more through when requests come at once', async () => {
      const waits = await Promise.all(
        Array.from({ length: 20 }, () => store.hit('192.0.2.1', { now: 0, window: 100, limit: 5 })),
      );

      assert.equal(waits.filter((wait) => wait === 0).length, 5);
    });
  });
}

describe('a store in SQLite', () => {
  let database;
  before(async () => (database = await databases[0].start()));
  after(() => database.remove());

  it('leaves no trace of a deleted application in its files', async () => {
    const url = await database.create();
    const path = url.slice('sqlite:'.length);
    const store = await openStore(url);
    const { id } = await store.receive(submission());
    const files = () => Promise.all([readFile(path), readFile(`${path}-wal`)]);
    const holds = async () => (await files()).some((file) => file.includes('of the person'));
    assert.equal(await holds(), true);

    await store.remove(id, { at: 2000, actor: 'maintainer' });

    assert.equal(await holds(), false);
    await store.close();
  });

  it('refuses a file of a later version', async () => {
    const url = await database.create();
    const { default: Database } = await import('better-sqlite3');
    const file = new Database(url.slice('sqlite:'.length));
    file.pragma('user_version = 99');
    file.close();

    await assert.rejects(openStore(url), /schema 99/);
  });
});

describe('a store in PostgreSQL', () => {
  let database;
  before(async () => (database = await databases[1].start()));
  after(() => database.remove());

  it('is made once when instances start together', async () => {
    const url = await database.create();

    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(url)));

    assert.equal((await stores[0].receive(submission())).created, true);
    assert.equal(await stores[3].count(), 1);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('limits a client over all instances', async () => {
    const url = await database.create();
    const stores = await Promise.all([openStore(url), openStore(url)]);

    const waits = [];
    for (let i = 0; i < 6; i++) {
      waits.push(await stores[i % 2].hit('192.0.2.1', { now: i, window: 100, limit: 4 }));
    }

    assert.deepEqual(waits, [0, 0, 0, 0, 96, 95]);
    await Promise.all(stores.map((store) => store.close()));
  });
});

describe('openStore', () => {
  it('says what a store is', async () => {
    await assert.rejects(openStore('mysql://x'), /sqlite:PATH or postgresql:/);
  });
});

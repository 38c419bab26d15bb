import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { migrations } from '../../js/intake/schema.js';
import { openStore } from '../../js/intake/store.js';
import { application, createTestIntake, formOf, get, open, post } from './call.js';
import { databases } from './databases.js';
import { drafts, first, id, otherToken, outcomeOf, put, remove, token } from './draft.js';

const DAY = 86_400_000;
const after1 = { 'if-match': '"1"' };

for (const { name, start, run, unmigrate } of databases) {
  describe(`drafts in ${name}`, () => {
    let database, url, store, intake, now;
    before(async () => (database = await start()));
    after(() => database.remove());
    beforeEach(async () => {
      url = await database.create();
      store = await openStore(url);
      now = open;
      intake = createTestIntake({ store, drafts, clock: () => now });
    });
    afterEach(() => store.close());

    const send = (request) => intake(request).then(outcomeOf);
    const contentOf = async () => {
      const response = await intake(get(`/drafts/${id}`));
      return response.ok
        ? Buffer.from(await response.arrayBuffer()).toString()
        : (await response.json()).error.code;
    };

    it('are given back byte for byte, to who knows the id', async () => {
      const bytes = randomBytes(20_000);

      const response = await intake(put(bytes));
      const back = await intake(get(`/drafts/${id}`));

      assert.equal(response.status, 201);
      assert.equal(response.headers.get('etag'), '"1"');
      assert.deepEqual(await response.json(), {
        version: 1,
        expires: new Date(open + 90 * DAY).toISOString(),
      });
      assert.equal(back.status, 200);
      assert.equal(back.headers.get('etag'), '"1"');
      assert.equal(back.headers.get('cache-control'), 'no-store');
      assert.equal(back.headers.get('content-type'), 'application/octet-stream');
      assert.equal(back.headers.get('content-length'), '20000');
      assert.deepEqual(Buffer.from(await back.arrayBuffer()), bytes);
    });

    it('are described without their bytes', async () => {
      await intake(put('content'));

      const response = await intake(
        new Request(`http://intake.test/drafts/${id}`, { method: 'HEAD' }),
      );

      assert.equal(response.status, 200);
      assert.equal(response.headers.get('etag'), '"1"');
      assert.equal(response.headers.get('content-length'), '7');
      assert.equal(response.body, null);
    });

    it('are replaced by who knows the token and the version, and last from then on', async () => {
      await intake(put('one'));
      now += 10 * DAY;

      const second = await intake(put('two', after1));
      const third = await intake(put('three', { 'if-match': 'W/"2"' }));

      assert.equal(second.status, 200);
      assert.equal(second.headers.get('etag'), '"2"');
      assert.deepEqual(await second.json(), {
        version: 2,
        expires: new Date(open + 100 * DAY).toISOString(),
      });
      assert.equal(third.status, 200);
      assert.equal(await contentOf(), 'three');
    });

    it('stay as they are where the version does not fit', async () => {
      const unborn = await send(put('x', after1));
      await intake(put('one'));
      await intake(put('two', after1));

      const answers = [];
      for (const headers of [first, after1, '"3"', '"0"', '2', '"2', '*', '"2", "3"', '"2e0"']) {
        answers.push(
          await send(put('x', typeof headers === 'string' ? { 'if-match': headers } : headers)),
        );
      }

      assert.deepEqual(unborn, { status: 412, version: 0 });
      assert.deepEqual(answers, Array(9).fill({ status: 412, version: 2 }));
      assert.equal(await contentOf(), 'two');
    });

    it('answer a repetition whose first answer was lost', async () => {
      const one = await send(put('one'));
      const oneAgain = await send(put('one'));
      const two = await send(put('two', after1));
      now += DAY;
      const twoAgain = await send(put('two', after1));
      const strange = await send(put('two', { ...after1, authorization: `Bearer ${otherToken}` }));

      assert.deepEqual(oneAgain, { ...one, status: 200 });
      assert.deepEqual(twoAgain, two);
      assert.equal(two.version, 2);
      assert.equal(strange.status, 403);
    });

    it('let nobody write without the token', async () => {
      await intake(put('one'));
      const wrong = { authorization: `Bearer ${otherToken}` };

      const replaced = await send(put('x', { ...after1, ...wrong }));
      const created = await send(put('x', { ...first, ...wrong }));
      const removed = await send(remove(wrong));

      for (const { status, error } of [replaced, created, removed]) {
        assert.equal(status, 403);
        assert.equal(error.code, 'draft.forbidden');
      }
      assert.equal(await contentOf(), 'one');
    });

    it('go when they are deleted, and nothing says that they were there', async () => {
      await intake(put('one'));

      const removed = await intake(remove());
      const again = await intake(remove({ authorization: `Bearer ${otherToken}` }));

      assert.equal(removed.status, 204);
      assert.equal(again.status, 204);
      assert.equal(await contentOf(), 'draft.not_found');
      assert.deepEqual(await run(url, 'SELECT * FROM events'), []);
      assert.deepEqual(await run(url, 'SELECT * FROM drafts'), []);
    });

    it('expire, and leave the database when another one is written', async () => {
      await intake(put('one'));
      now += 90 * DAY - 1;
      assert.equal(await contentOf(), 'one');
      now += 1;

      const expired = await contentOf();
      const replaced = await send(put('two', after1));
      const created = await send(put('new', { ...first, authorization: `Bearer ${otherToken}` }));
      now += 90 * DAY;
      const other = `/drafts/${'b'.repeat(22)}`;
      await intake(put('other', first, other));

      assert.equal(expired, 'draft.not_found');
      assert.deepEqual(replaced, { status: 412, version: 0 });
      assert.deepEqual([created.status, created.version], [201, 1]);
      const rows = await run(url, 'SELECT id FROM drafts');
      assert.deepEqual(
        rows.map((row) => `/drafts/${row.id}`),
        [other],
      );
    });

    it('are refused when all together are too large; those that are there may grow', async () => {
      const path = (n) => `/drafts/${String(n).repeat(22)}`;
      for (let n = 1; n <= 5; n++) await intake(put(Buffer.alloc(19_000), first, path(n)));

      const empty = await send(put('', first, path(6)));
      const large = await send(put(Buffer.alloc(2_000), first, path(7)));
      const grown = await send(put(Buffer.alloc(20_000), after1, path(1)));
      await intake(remove(undefined, path(2)));
      const later = await send(put(Buffer.alloc(2_000), first, path(7)));

      assert.equal(empty.status, 201);
      assert.equal(large.status, 507);
      assert.equal(large.error.code, 'draft.full');
      assert.equal(grown.status, 200);
      assert.equal(later.status, 201);
    });

    it('grow by no more than a tenth of the total', async () => {
      intake = createTestIntake({ store, drafts: { ...drafts, total: 10_000 } });
      await intake(put(Buffer.alloc(10_000)));

      const statuses = [];
      for (const [i, size] of [11_000, 11_001, 5000].entries()) {
        const headers = { 'if-match': `"${Math.min(i + 1, 2)}"` };
        statuses.push((await send(put(Buffer.alloc(size), headers))).status);
      }

      assert.deepEqual(statuses, [200, 507, 200]);
    });

    it('have one winner when many write at once', async () => {
      const writers = Array.from({ length: 12 }, (_, i) => i);

      const created = await Promise.all(writers.map((i) => send(put(`one ${i}`))));
      const replaced = await Promise.all(writers.map((i) => send(put(`two ${i}`, after1))));

      for (const [answers, won, version] of [
        [created, 201, 1],
        [replaced, 200, 2],
      ]) {
        const winners = answers.filter(({ status }) => status === won);
        const losers = answers.filter(({ status }) => status === 412);
        assert.equal(winners.length, 1);
        assert.equal(losers.length, 11);
        assert.ok(losers.every((answer) => answer.version === version));
      }
      assert.equal(await contentOf(), `two ${replaced.findIndex(({ status }) => status === 200)}`);
    });

    it('are written where they go, and nowhere else', async () => {
      const others = async () => [
        await store.count(),
        ...(await run(url, 'SELECT * FROM events')),
        ...(await run(url, 'SELECT * FROM versions')),
      ];
      const before = await others();

      await intake(put('content'));

      const [{ bytes, ...row }] = await run(url, 'SELECT * FROM drafts');
      assert.deepEqual(
        Object.entries(row).map(([column, value]) => `${column} ${value}`),
        [
          `id ${id}`,
          `token ${createHash('sha256').update(token).digest('hex')}`,
          'version 1',
          'size 7',
          `written ${open}`,
        ],
      );
      assert.equal(Buffer.from(bytes).toString(), 'content');
      assert.deepEqual(await others(), before);
    });

    it('find their place in a database that was made before them', async () => {
      const answer = await outcomeOf(await intake(post(formOf(application()))));
      await store.close();
      for (const sql of ['DROP TABLE drafts', unmigrate(1)]) await run(url, sql);

      store = await openStore(url);
      intake = createTestIntake({ store, drafts });

      assert.equal(migrations.length, 2);
      assert.equal((await send(put('one'))).status, 201);
      assert.equal((await store.get(answer.id)).receipt, answer.receipt);
    });
  });
}

describe('drafts of several instances on one PostgreSQL', () => {
  it('have one winner, whichever instance is asked', async () => {
    const database = await databases[1].start();
    const url = await database.create();
    const stores = await Promise.all([openStore(url), openStore(url)]);
    const instances = stores.map((store) => createTestIntake({ store, drafts }));
    const race = (headers) =>
      Promise.all(
        Array.from({ length: 16 }, async (_, i) => {
          const response = await instances[i % 2](put(`${i} ${JSON.stringify(headers)}`, headers));
          return outcomeOf(response);
        }),
      );

    const rounds = [await race(first)];
    for (let n = 1; n < 6; n++) rounds.push(await race({ 'if-match': `"${n}"` }));

    for (const [i, answers] of rounds.entries()) {
      assert.equal(answers.filter(({ status }) => status === 200 || status === 201).length, 1);
      assert.equal(answers.filter(({ status }) => status === 412).length, 15);
      assert.ok(answers.every(({ version }) => version === i + 1));
    }
    await Promise.all(stores.map((store) => store.close()));
    await database.remove();
  });
});

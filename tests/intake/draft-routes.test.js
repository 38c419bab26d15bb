import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { serve } from '../../js/intake/node.js';
import { openStore } from '../../js/intake/store.js';
import { application, bearer, createTestIntake, formOf, get, open, post } from './call.js';
import { databases } from './databases.js';
import { drafts, first, id, otherToken, outcomeOf, put, remove, token } from './draft.js';
import { startServer } from './server-process.js';

let database;
before(async () => (database = await databases[0].start()));
after(() => database.remove());

let url, store, intake;
beforeEach(async () => {
  url = await database.create();
  store = await openStore(url);
  intake = createTestIntake({ store, drafts });
});
afterEach(() => store.close());

const send = (request, connection) => intake(request, connection).then(outcomeOf);

describe('the routes of drafts', () => {
  it('are not there where the intake keeps none', async () => {
    const without = createTestIntake({ store });
    const { text } = await pageOf(without);

    for (const request of [put('x'), get(`/drafts/${id}`), remove(), preflight(partner)]) {
      const { status, error } = await outcomeOf(await without(request));
      assert.equal(status, 404);
      assert.equal(error.code, 'request.not_found');
    }
    assert.doesNotMatch(text, /drafts/);
  });

  it('take 22 characters of base64url, and nothing else', async () => {
    const names = [
      '',
      '/',
      `/${'a'.repeat(21)}`,
      `/${'a'.repeat(23)}`,
      `/${'a'.repeat(10_000)}`,
      `/${'a'.repeat(21)}=`,
      `/${'a'.repeat(21)}.`,
      `/${'a'.repeat(21)}%`,
      `/${'a'.repeat(21)}%61`,
      `/${'a'.repeat(21)}%00`,
      `/${'a'.repeat(21)}%0a`,
      `/${'é'.repeat(22)}`,
      `/${id}/`,
      `/${id}/${id}`,
      `/${id}%2f..`,
      `//${id}`,
      `/%2e%2e%2f${id}`,
      "/'; DROP TABLE drafts--",
    ];

    for (const name of names) {
      for (const request of [
        put('x', first, `/drafts${name}`),
        get(`/drafts${name}`),
        remove(undefined, `/drafts${name}`),
      ]) {
        const { status, error } = await send(request);
        assert.equal(status, 404, name);
        assert.equal(error.code, 'request.not_found', name);
      }
    }
    assert.equal((await send(get(`/drafts/x/../../drafts/${id}`))).error.code, 'draft.not_found');
    assert.equal((await store.drafts.measure(0)).count, 0);
  });

  it('take 43 characters of base64url as a token, and nothing else', async () => {
    const tokens = [
      undefined,
      '',
      token,
      'Bearer',
      `Basic ${token}`,
      `Bearer ${token}=`,
      `Bearer ${token.slice(1)}`,
      `Bearer ${token}x`,
      `Bearer ${token} ${token}`,
      `Bearer ${'x'.repeat(8000)}`,
      `Bearer ${'+'.repeat(43)}`,
    ];

    for (const authorization of tokens) {
      const headers = authorization === undefined ? {} : { authorization };
      for (const request of [put('x', { ...first, authorization }), remove(headers)]) {
        const response = await intake(request);
        assert.equal(response.status, 401, authorization);
        assert.equal(response.headers.get('www-authenticate'), 'Bearer');
        assert.equal((await response.json()).error.code, 'draft.unauthorized');
      }
    }
  });

  it('need to be told what is replaced', async () => {
    for (const headers of [
      {},
      { 'if-none-match': '"1"' },
      { 'if-match': '"1"', 'if-none-match': '*' },
    ]) {
      const { status, error } = await send(put('x', headers));
      assert.equal(status, 428);
      assert.equal(error.code, 'draft.precondition');
    }
  });

  it('take bytes, and no form', async () => {
    const headers = { ...first, 'content-type': 'text/html' };

    const response = await intake(put('<script>', headers));

    assert.equal(response.status, 415);
    assert.equal(response.headers.get('accept'), 'application/octet-stream');
  });

  it('take no more than a draft may have, however it comes', async () => {
    const bytes = new Uint8Array(20_001);
    const stream = new Blob([bytes]).stream();
    const declared = { ...first, 'content-length': '20001' };

    const answers = [
      await send(put(bytes)),
      await send(put(stream)),
      await send(put('', declared)),
    ];

    for (const { status, error } of answers) {
      assert.equal(status, 413);
      assert.equal(error.code, 'draft.too_large');
    }
    assert.equal((await store.drafts.measure(0)).count, 0);
  });

  it('take no other method', async () => {
    for (const method of ['POST', 'PATCH']) {
      const response = await intake(new Request(`http://intake.test/drafts/${id}`, { method }));

      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), 'GET, HEAD, PUT, DELETE, OPTIONS');
    }
  });

  it('show no draft to who only follows a link', async () => {
    await intake(put('<script>'));

    const visit = await send(
      get(`/drafts/${id}`, { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none' }),
    );

    assert.equal(visit.status, 404);
  });

  it('speak the language that is asked for', async () => {
    const { error } = await send(get(`/drafts/${id}`, { 'accept-language': 'zh-CN' }));

    assert.equal(error.message, '没有这份草稿：可能已被删除或已过期。');
  });

  it('tell nothing of what went wrong, and the log neither id nor token nor content', async () => {
    const logged = [];
    await store.close();
    await databases[0].run(url, 'DROP TABLE drafts');
    await databases[0].run(url, 'CREATE TABLE drafts (id TEXT)');
    store = await openStore(url);
    const broken = createTestIntake({ store, drafts, log: (error) => logged.push(error) });

    for (const request of [put('content'), get(`/drafts/${id}`), remove()]) {
      const response = await broken(request);
      const text = await response.text();
      assert.equal(response.status, 503);
      assert.equal(response.headers.get('retry-after'), '30');
      assert.equal(JSON.parse(text).error.code, 'draft.unavailable');
      assert.doesNotMatch(text, /SQL|column|\.js/);
    }
    assert.equal(logged.length, 3);
    for (const error of logged) {
      const text = JSON.stringify([error, error.message, error.stack]);
      for (const secret of [id, token, 'content']) assert.ok(!text.includes(secret), text);
    }
  });
});

const partner = 'https://city.example';
const preflight = (origin) =>
  new Request(`http://intake.test/drafts/${id}`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'PUT' },
  });

describe('drafts of pages on another site', () => {
  beforeEach(() => (intake = createTestIntake({ store, drafts, origins: [partner] })));

  it('are kept for a site that is named', async () => {
    const asked = await intake(preflight(partner));
    const created = await intake(put('one', { ...first, origin: partner }));
    const back = await intake(get(`/drafts/${id}`, { origin: partner }));
    const refused = await intake(get('/drafts/x', { origin: partner }));

    assert.equal(asked.status, 204);
    assert.equal(asked.headers.get('access-control-allow-methods'), 'GET, HEAD, PUT, DELETE');
    assert.equal(
      asked.headers.get('access-control-allow-headers'),
      'Accept-Language, Authorization, Content-Type, If-Match, If-None-Match',
    );
    assert.deepEqual([created.status, back.status, refused.status], [201, 200, 404]);
    for (const response of [asked, created, back, refused]) {
      assert.equal(response.headers.get('access-control-allow-origin'), partner);
      assert.equal(response.headers.get('access-control-expose-headers'), 'ETag, Retry-After');
      assert.equal(response.headers.get('vary'), 'Origin');
    }
  });

  for (const origin of ['https://evil.example', 'null', `${partner}.evil.example`]) {
    it(`are not kept for ${origin}, nor shown to it`, async () => {
      await intake(put('one'));
      const requests = [
        preflight(origin),
        put('x', { 'if-match': '"1"', origin }),
        get(`/drafts/${id}`, { origin }),
        get(`/drafts/${id}`, { 'sec-fetch-site': 'cross-site' }),
        remove({ authorization: `Bearer ${token}`, origin }),
      ];

      for (const request of requests) {
        const response = await intake(request);
        assert.equal(response.status, 403);
        assert.equal(response.headers.get('access-control-allow-origin'), null);
      }
      assert.equal((await intake(get(`/drafts/${id}`))).headers.get('etag'), '"1"');
    });
  }
});

describe('the limits of drafts', () => {
  it('let an office of a hundred save every half minute', async () => {
    let now = open;
    intake = createTestIntake({ store, drafts, clock: () => now });

    const statuses = new Set();
    for (let i = 0; i < 2000; i++) {
      now = open + i * 300;
      statuses.add((await send(put('x', {}), { address: '192.0.2.1' })).status);
    }

    assert.deepEqual([...statuses], [428]);
  });

  it('stop who guesses, and count for no application', async () => {
    intake = createTestIntake({
      store,
      drafts: { ...drafts, rate: { limit: 3, window: 60_000 } },
      rate: { limit: 1, window: 60_000 },
    });
    const guess = () => put('x', { ...first, authorization: `Bearer ${otherToken}` });
    const from = (request, address = '192.0.2.1') => intake(request, { address });
    await from(put('one'));

    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await from(guess())).status);
    const right = await from(get(`/drafts/${id}`));
    const other = await from(get(`/drafts/${id}`), '192.0.2.2');
    const handedIn = await from(post(formOf(application())));

    assert.deepEqual(statuses, [403, 403, 429]);
    assert.equal(right.status, 429);
    assert.equal(right.headers.get('retry-after'), '60');
    assert.equal(other.status, 200);
    assert.equal(handedIn.status, 201);
  });

  it('turn drafts away while others fill the memory', async () => {
    intake = createTestIntake({ store, drafts, memory: 30_000 });
    /** @type {ReadableStreamDefaultController} */
    let controller;
    const body = new ReadableStream({ start: (c) => void (controller = c) });
    const slow = intake(put(body));
    while (!body.locked) await new Promise(setImmediate);

    const second = await intake(get(`/drafts/${id}`));
    controller.close();
    const created = await slow;
    const read = await intake(get(`/drafts/${id}`));
    const third = await intake(get(`/drafts/${id}`));
    await read.arrayBuffer();
    const fourth = await intake(get(`/drafts/${id}`));
    await fourth.body.cancel();
    const fifth = await intake(get(`/drafts/${id}`));

    assert.equal(second.status, 503);
    assert.equal(second.headers.get('retry-after'), '30');
    assert.equal((await second.json()).error.code, 'draft.unavailable');
    assert.equal(created.status, 201);
    assert.deepEqual(
      [read, third, fourth, fifth].map(({ status }) => status),
      [200, 503, 200, 200],
    );
  });

  it('hold no memory for a reader who left', async () => {
    const size = 5_000_000;
    intake = createTestIntake({ store, drafts: { bytes: size, total: size }, memory: size });
    await intake(put(new Uint8Array(size)));
    const server = await serve(intake, { port: 0 });
    const status = async () => {
      const response = await fetch(`${server.url}/drafts/${id}`, { method: 'HEAD' });
      return response.status;
    };
    // It reads the first bytes and no more: the rest does not fit into the socket's buffers.
    const reader = connect(server.port, '127.0.0.1');
    reader.write(`GET /drafts/${id} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await once(reader, 'readable');

    const meanwhile = await status();
    reader.destroy();
    while ((await status()) !== 200) await new Promise(setImmediate);

    assert.equal(meanwhile, 503);
    await server.stop();
  });
});

async function pageOf(handler, path = '/admin/') {
  const response = await handler(get(path, bearer));
  return { status: response.status, text: await response.text() };
}

describe('what the maintainer sees of drafts', () => {
  const secrets = [id, token, 'content of the draft'];

  it('is how many there are and how large, while they last', async () => {
    let now = open;
    const later = createTestIntake({ store, drafts, clock: () => now });
    await intake(put('content of the draft'));
    await intake(put(new Uint8Array(9980), first, `/drafts/${'b'.repeat(22)}`));

    const { text } = await pageOf(later);
    const zh = await pageOf(later, '/admin/?lang=zh-Hans');
    now += 90 * 86_400_000;
    const { text: expired } = await pageOf(later);

    assert.match(text, /<p>Encrypted drafts that are kept for applicants: 2 \(10 kB\)<\/p>/);
    assert.match(zh.text, /<p>为申报人保存的加密草稿：2份，共10 kB<\/p>/);
    assert.match(expired, /for applicants: 0 \(0 kB\)/);
    for (const secret of secrets) assert.ok(!text.includes(secret));
  });

  it('is not in the exports', async () => {
    await intake(post(formOf(application())));
    await intake(put('content of the draft'));

    for (const path of ['/admin/export.csv', '/admin/export.jsonl']) {
      const { status, text } = await pageOf(intake, path);
      assert.equal(status, 200);
      for (const secret of secrets) assert.ok(!text.includes(secret));
    }
  });

  it('is in the database as it was sent, without the token', async () => {
    await intake(put('content of the draft'));

    const path = url.slice('sqlite:'.length);
    const files = Buffer.concat(await Promise.all([readFile(path), readFile(`${path}-wal`)]));

    assert.ok(files.includes('content of the draft'));
    assert.ok(!files.includes(token));
  });
});

describe('the command', () => {
  let folder;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'hezuo-drafts-'))));
  after(() => rm(folder, { recursive: true }));

  const start = (...args) =>
    startServer(...['--port', '0', '--store', `sqlite:${join(folder, 'store.sqlite')}`], ...args);
  const save = ({ url: server }, headers) =>
    fetch(`${server}/drafts/${id}`, {
      method: 'PUT',
      headers: put('', headers).headers,
      body: 'content',
    });

  it('keeps drafts in its demo, after a restart too, and logs nothing of them', async () => {
    const server = await start('--demo');
    const created = await save(server, first);
    const { expires } = await created.json();
    await server.kill('SIGKILL');
    const again = await start('--demo', '--drafts', '7');
    const back = await (await fetch(`${again.url}/drafts/${id}`)).text();
    const { expires: sooner } = await (await save(again, { 'if-match': '"1"' })).json();
    await again.kill('SIGTERM');

    const days = (instant) => Math.round((Date.parse(instant) - Date.now()) / 86_400_000);
    assert.equal(created.status, 201);
    assert.equal(back, 'content');
    assert.deepEqual([days(expires), days(sooner)], [90, 7]);
    const said = [server, again].flatMap(({ lines, errors }) => [...lines, ...errors]).join('\n');
    for (const secret of [id, token, 'content']) assert.ok(!said.includes(secret));
  });

  it('keeps none unless it is told to', async () => {
    const definitions = 'core/data/definitions/uec-award-2019.json';
    const path = new URL(`../../${definitions}`, import.meta.url).pathname;
    const server = await start('--definitions', path);

    const { status } = await save(server, first);
    await server.kill('SIGTERM');

    assert.equal(status, 404);
    await assert.rejects(start('--demo', '--drafts', 'ever'), /--drafts is a whole number/);
  });
});

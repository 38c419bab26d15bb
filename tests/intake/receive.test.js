import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { openStore } from '../../js/intake/store.js';
import {
  application,
  closed,
  createTestIntake,
  definition,
  formOf,
  hezuo,
  open,
  pdf,
  post,
  revised,
  sha256,
} from './call.js';
import { databases } from './databases.js';

const agreement = { name: '合作协议 "final".pdf', bytes: pdf('agreement') };
const report = { name: 'report.pdf', bytes: pdf('report', 500_000) };

async function outcomeOf(response) {
  return { status: response.status, ...(await response.json()) };
}

for (const { name, start } of databases) {
  describe(`handing in, stored in ${name}`, () => {
    let database, store, intake;
    before(async () => (database = await start()));
    after(() => database.remove());
    beforeEach(async () => {
      store = await openStore(await database.create());
      intake = createTestIntake({ store });
    });
    afterEach(() => store.close());

    it('stores a document with its attachments and answers with the receipt', async () => {
      const files = [agreement, report];
      const document = application({ files });

      const response = await intake(post(formOf(document, { files })));

      const answer = await response.json();
      const stored = await store.get(answer.id);
      const bytes = (await store.attachment(answer.id, sha256(report.bytes))).bytes;
      assert.equal(response.status, 201);
      assert.equal(answer.state, 'received');
      assert.equal(answer.received, new Date(open).toISOString());
      assert.equal(answer.receipt, definition.validate(JSON.stringify(document), at(open)).receipt);
      assert.deepEqual(JSON.parse(stored.document), document);
      assert.deepEqual(JSON.parse(stored.core), hezuo.core);
      assert.equal(stored.attachments.length, 2);
      assert.equal(sha256(bytes), sha256(report.bytes));
    });

    it('answers a retry as it answered first, and stores once', async () => {
      const files = [agreement];
      const send = () => intake(post(formOf(application({ files }), { files }))).then(outcomeOf);

      const first = await send();
      const second = await send();

      assert.equal(first.status, 201);
      assert.deepEqual(second, { ...first, status: 200 });
      assert.equal(await store.count(), 1);
    });

    it('takes the same document in another spelling for the same', async () => {
      const document = application();
      const first = await outcomeOf(await intake(post(formOf(document))));

      const spaced = await outcomeOf(
        await intake(post(formOf(JSON.stringify({ ...document }, null, 2)))),
      );

      assert.equal(spaced.status, 200);
      assert.equal(spaced.receipt, first.receipt);
    });

    it('stores once when a document comes many times at once', async () => {
      const files = [report];
      const send = () => intake(post(formOf(application({ files }), { files }))).then(outcomeOf);

      const answers = await Promise.all(Array.from({ length: 8 }, send));

      assert.deepEqual(
        answers.map(({ status }) => status).sort(),
        [200, 200, 200, 200, 200, 200, 200, 201],
      );
      assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
      assert.equal(new Set(answers.map(({ received }) => received)).size, 1);
    });

    it('answers a retry with the receipt after the deadline, too', async () => {
      const send = (clock) =>
        createTestIntake({ store, clock })(post(formOf(application()))).then(outcomeOf);
      const first = await send(() => open);

      const retry = await send(() => closed);

      assert.deepEqual(retry, { ...first, status: 200 });
    });

    it('refuses by its own clock, whatever the document says', async () => {
      const late = createTestIntake({ store, clock: () => closed });

      const { status, issues } = await outcomeOf(await late(post(formOf(application()))));

      assert.equal(status, 422);
      assert.ok(issues.some(({ code }) => code === 'deadline.passed'));
      assert.equal(await store.count(), 0);
    });

    it('stores nothing when an attachment is missing', async () => {
      const files = [agreement, report];

      const form = formOf(application({ files }), { files: [agreement] });
      const { status, error } = await outcomeOf(await intake(post(form)));

      assert.equal(status, 400);
      assert.equal(error.code, 'attachment.missing');
      assert.match(error.message, /report\.pdf/);
      assert.equal(await store.count(), 0);
    });
  });
}

function at(now) {
  return { language: 'en', now };
}

describe('handing in', () => {
  let database, store, intake;
  before(async () => {
    database = await databases[0].start();
    store = await openStore(await database.create());
    intake = createTestIntake({ store });
  });
  after(async () => {
    await store.close();
    await database.remove();
  });

  const send = (request) => intake(request).then(outcomeOf);

  it('answers with the issues of the core, in its order', async () => {
    const document = application();
    delete document.answers.title;
    document.answers.members[0].contact_email = 'nobody';

    const { status, issues } = await send(post(formOf(document)));

    const expected = definition.validate(JSON.stringify(document), at(open));
    assert.equal(status, 422);
    assert.deepEqual(issues, expected.issues);
    assert.ok(issues.some(({ severity }) => severity === 'error'));
  });

  it('speaks the language of the request', async () => {
    const document = application();
    delete document.answers.title;
    const headers = { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' };

    const response = await intake(post(formOf(document), { headers }));

    const { issues } = await response.json();
    const error = issues.find(({ severity }) => severity === 'error');
    assert.match(error.text, /\p{Script=Han}/u);
    assert.equal(response.headers.get('content-language'), 'zh-Hans');
  });

  it('lets warnings pass', async () => {
    const document = application({ title: 'With an old code' });
    // Firms of Xiamen have such codes: they fail the check, and they are real.
    const chinese = document.answers.members.find((row) => row.member_country === 'CN');
    chinese.member_identifier = { scheme: 'uscc', value: '91350203M0001QKT19' };
    const { issues } = definition.validate(JSON.stringify(document), at(open));
    assert.ok(issues.some(({ severity }) => severity === 'warning'));

    const { status } = await send(post(formOf(document)));

    assert.equal(status, 201);
  });

  it('takes what is no JSON for a document with an issue', async () => {
    const { status, issues } = await send(post(formOf('{"definition": ')));

    assert.equal(status, 422);
    assert.equal(issues[0].code, 'document.invalid');
  });

  it('refuses a file that no answer names', async () => {
    const files = [agreement];

    const { status, error } = await send(post(formOf(application(), { files })));

    assert.equal(status, 400);
    assert.equal(error.code, 'attachment.unexpected');
  });

  it('looks into a file to know its type', async () => {
    const bytes = new TextEncoder().encode('<script>alert(1)</script>');
    const files = [{ name: 'harmless.pdf', bytes }];

    const { status, error } = await send(post(formOf(application({ files }), { files })));

    assert.equal(status, 400);
    assert.equal(error.code, 'attachment.mismatch');
  });

  it('refuses a declared size that is not the file’s', async () => {
    const files = [agreement];
    const document = application({ files });
    document.answers.evidence_files[0].size += 1;

    const { status, error } = await send(post(formOf(document, { files })));

    assert.equal(status, 400);
    assert.equal(error.code, 'attachment.mismatch');
  });

  it('serves two answers with one file', async () => {
    const files = [
      { name: 'a.pdf', bytes: report.bytes },
      { name: 'b.pdf', bytes: report.bytes },
    ];

    const answer = await send(
      post(formOf(application({ title: 'Two answers', files }), { files })),
    );

    assert.equal(answer.status, 201);
    assert.equal((await store.get(answer.id)).attachments.length, 1);
  });

  it('refuses parts that it does not know', async () => {
    const { status, error } = await send(
      post(formOf(application(), { parts: [['admin', 'true']] })),
    );

    assert.equal(status, 400);
    assert.equal(error.code, 'request.parts');
  });

  it('refuses a filled trap, and tells a person why', async () => {
    const { status, error } = await send(
      post(formOf(application(), { parts: [['website', 'http://spam.example']] })),
    );

    assert.equal(status, 400);
    assert.equal(error.code, 'request.trap');
  });

  it('takes an empty trap for what people send', async () => {
    const document = application({ title: 'By a person' });

    const { status } = await send(post(formOf(document, { parts: [['website', '']] })));

    assert.equal(status, 201);
  });

  it('refuses a document that is too large', async () => {
    const document = application({ title: 'x'.repeat(1_000_001) });

    const { status, error } = await send(post(formOf(document)));

    assert.equal(status, 413);
    assert.equal(error.code, 'document.too_large');
  });

  it('stops reading a request that is too large, long before its end', async () => {
    let read = 0;
    const endless = new ReadableStream({
      pull(controller) {
        read += 1_000_000;
        controller.enqueue(new Uint8Array(1_000_000));
      },
    });
    const request = new Request('http://intake.test/applications', {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    });

    const { status, error } = await send(request);

    assert.equal(status, 413);
    assert.equal(error.code, 'request.too_large');
    assert.ok(read < 45_000_000, `${read} bytes were read`);
  });

  it('refuses a declared length without reading a byte', async () => {
    const request = post('x', {
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '99000000' },
    });

    const { status } = await send(request);

    assert.equal(status, 413);
    assert.equal(request.bodyUsed, false);
  });

  it('refuses other media types', async () => {
    const headers = { 'content-type': 'application/json' };

    const { status, error } = await send(post(JSON.stringify(application()), { headers }));

    assert.equal(status, 415);
    assert.equal(error.code, 'request.media_type');
  });

  it('refuses a damaged body', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };

    const { status, error } = await send(post('--x\r\nnonsense', { headers }));

    assert.equal(status, 400);
    assert.equal(error.code, 'request.multipart');
  });

  it('knows a call by its address', async () => {
    const document = application({ title: 'By address' });

    const right = await send(
      post(formOf(document), { path: `/applications/${definition.form.id}` }),
    );
    const wrong = await send(post(formOf(document), { path: '/applications/another-call' }));

    assert.equal(right.status, 201);
    assert.equal(wrong.status, 404);
  });

  it('refuses a document of a call that it does not receive', async () => {
    const document = { ...application(), definition: 'another-call' };

    const { status, error } = await send(post(formOf(document)));

    assert.equal(status, 400);
    assert.equal(error.code, 'definition.unknown');
  });

  it('judges a document by the revision for which it was filled in', async () => {
    const document = application({ title: 'Of the first revision' });
    const both = createTestIntake({ store, definitions: [definition, revised] });
    const newest = createTestIntake({ store, definitions: [revised] });

    const refused = await outcomeOf(await newest(post(formOf(document))));
    const taken = await outcomeOf(await both(post(formOf(document))));

    assert.equal(refused.status, 422);
    assert.ok(refused.issues.some(({ code }) => code === 'document.revision'));
    assert.equal(taken.status, 201);
    assert.equal((await store.get(taken.id)).revision, 1);
  });

  it('takes nothing but POST', async () => {
    const response = await intake(new Request('http://intake.test/applications'));

    assert.equal(response.status, 405);
    assert.equal(response.headers.get('allow'), 'POST, OPTIONS');
  });

  it('says when to come back to who comes too often', async () => {
    const limited = createTestIntake({ store, rate: { limit: 2, window: 60_000 } });
    const from = (address) =>
      limited(post(formOf('{}'), { headers: { 'accept-language': 'zh' } }), { address });
    await from('192.0.2.1');
    await from('192.0.2.1');

    const third = await from('192.0.2.1');
    const other = await from('192.0.2.2');

    assert.equal(third.status, 429);
    assert.equal(third.headers.get('retry-after'), '60');
    assert.equal((await third.json()).error.code, 'request.rate');
    assert.equal(other.status, 422);
  });

  it('turns requests away while others fill the memory', async () => {
    const small = createTestIntake({ store, memory: 50_000_000 });
    /** @type {ReadableStreamDefaultController} */
    let controller;
    const body = new ReadableStream({ start: (c) => void (controller = c) });
    const slow = small(
      new Request('http://intake.test/applications', {
        method: 'POST',
        body,
        duplex: 'half',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
      }),
    );
    while (!body.locked) await new Promise(setImmediate);

    const second = await small(post(formOf(application({ title: 'Meanwhile' }))));
    controller.close();
    await slow;
    const third = await small(post(formOf(application({ title: 'Meanwhile' }))));

    assert.equal(second.status, 503);
    assert.equal(second.headers.get('retry-after'), '30');
    assert.equal(third.status, 201);
  });

  it('tells nothing of what went wrong inside', async () => {
    const errors = [];
    const broken = createTestIntake({
      store: {
        ...store,
        receive: () => Promise.reject(Object.assign(new Error('disk /srv/x'), { code: 'EIO' })),
      },
      log: (error) => errors.push(error),
    });

    const response = await broken(post(formOf(application({ title: 'Unlucky' }))));

    const text = await response.text();
    assert.equal(response.status, 503);
    assert.equal(JSON.parse(text).error.code, 'store.unavailable');
    assert.doesNotMatch(text, /srv|at /);
    assert.equal(errors.length, 1);
  });
});

describe('who may hand in', () => {
  let database, store;
  before(async () => {
    database = await databases[0].start();
    store = await openStore(await database.create());
  });
  after(async () => {
    await store.close();
    await database.remove();
  });

  const origins = ['https://city.example'];
  const from = (headers, method = 'POST') =>
    createTestIntake({ store, origins })(
      new Request('http://intake.test/applications', {
        method,
        headers,
        body: method === 'POST' ? formOf(application()) : undefined,
      }),
    );

  it('lets pages of this site in', async () => {
    const response = await from({ origin: 'http://intake.test' });

    assert.ok(response.ok);
    assert.equal(response.headers.get('access-control-allow-origin'), null);
  });

  it('lets pages of a named site in, and lets them read the answer', async () => {
    const response = await from({ origin: 'https://city.example' });

    assert.ok(response.ok);
    assert.equal(response.headers.get('access-control-allow-origin'), 'https://city.example');
    assert.match(response.headers.get('vary'), /Origin/);
  });

  it('lets a named site read a refusal, too', async () => {
    const response = await createTestIntake({ store, origins })(
      post(formOf('{}'), { headers: { origin: 'https://city.example' } }),
    );

    assert.equal(response.status, 422);
    assert.equal(response.headers.get('access-control-allow-origin'), 'https://city.example');
  });

  it('answers the question that browsers ask before', async () => {
    const response = await from({ origin: 'https://city.example' }, 'OPTIONS');

    assert.equal(response.status, 204);
    assert.equal(response.headers.get('access-control-allow-methods'), 'POST');
  });

  for (const origin of ['https://evil.example', 'null', 'https://city.example.evil.example']) {
    it(`refuses pages of ${origin}`, async () => {
      const response = await from({ origin });

      assert.equal(response.status, 403);
      assert.equal(response.headers.get('access-control-allow-origin'), null);
    });
  }

  it('believes the browser rather than the host’s name', async () => {
    const response = await from({ origin: 'http://intake.test', 'sec-fetch-site': 'cross-site' });

    assert.equal(response.status, 403);
  });
});

// Hostile requests against the server, as bytes on a connection.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { serve } from '../../js/intake/node.js';
import { corpus, now, surface } from './corpus.js';
import { openSite, token } from './site.js';

const attacks = surface('requests');
/** Is there when the requests come, and is to stay as it is. */
const draft = {
  id: 'kept-draft-of-a-person',
  token: 'a digest of no token',
  bytes: new TextEncoder().encode('kept'),
};

describe('the server', () => {
  let site, server, id;
  before(async () => {
    site = await openSite();
    ({ id } = await site.handIn({ name: 'kept' }));
    await site.store.drafts.write({ ...draft, version: 0, now, since: 0, total: 1e6 });
    server = await serve(site.intake, { port: 0, idle: 500 });
  });
  after(async () => {
    await server.stop();
    await site.close();
  });

  /** Sends bytes, and gives all that comes until the connection ends. */
  function send(bytes) {
    return new Promise((resolve) => {
      const socket = connect(server.port, '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => (text += chunk));
      socket.on('error', () => {});
      socket.on('close', () => resolve(text));
      socket.write(bytes);
    });
  }

  const statusOf = (answer) => Number(/^HTTP\/1\.1 (\d+) /.exec(answer)?.[1]);

  it('takes what is not hostile', async () => {
    const list = await send(
      `GET /admin/ HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
    );

    assert.equal(statusOf(list), 200);
    assert.ok(list.includes(id));
  });

  it('refuses each hostile request, and says so as text', async () => {
    const { attack, held } = attacks('requests');
    const long =
      (n) =>
      (_, k = n) =>
        'y'.repeat(k);
    const rows = corpus('requests').rows.map(({ is, request, long: n, status }) => ({
      ...{ is, status },
      request: request
        .replace('LONG', () => 'y'.repeat(n))
        .replaceAll('TOKEN', token)
        .replaceAll('ID', id),
    }));
    rows.push({
      ...{ is: 'languages by the thousand', status: 404 },
      request: `GET / HTTP/1.1\r\nHost: a\r\nAccept-Language: ${'fr,'.repeat(4000)}en\r\nConnection: close\r\n\r\n`,
    });
    for (const { is, request, status } of rows) {
      await attack(is, async () => {
        const answer = await send(Buffer.from(request, 'utf8'));
        const [head, body = ''] = answer.split('\r\n\r\n');
        assert.equal(statusOf(answer), status, answer.slice(0, 300));
        assert.doesNotMatch(head, /x-injected|access-control-allow-origin|set-cookie/i);
        assert.doesNotMatch(answer, new RegExp(`${token}|kept`));
        if (/[{<]/.test(body)) assert.match(head, /content-type: application\/json[^]*nosniff/);
      });
    }
    assert.equal(await site.store.count(), 1);
    assert.equal((await site.store.drafts.read(draft.id, 0)).version, 1);
    assert.equal((await site.store.drafts.measure(0)).count, 1);
    held();
  });

  it('takes texts for databases as names that are not there', async () => {
    const { attack, held } = attacks('SQL');
    const texts = [...corpus('sql').texts, ...corpus('keys').ids.map(({ id: text }) => ({ text }))];
    for (const { text } of texts) {
      const value = encodeURIComponent(text);
      const paths = [
        `?definition=${value}`,
        `?before=${value}`,
        `?before=1_${value}`,
        `?removed=${value}`,
        `?lang=${value}`,
        `applications/${value}`,
        `applications/${value}/document.json`,
        `applications/${id}/files/${value}`,
        `applications/${value}/delete`,
        `export.jsonl?definition=${value}`,
      ];
      for (const path of paths) {
        await attack([text, path], async () => {
          const { status, text: page } = await site.get(path).catch((error) => ({
            status: `${error}`,
          }));
          assert.ok([200, 404].includes(status), String(status));
          assert.doesNotMatch(page, /CREATE TABLE|SQLITE_|syntax error/);
        });
      }
    }
    assert.equal(await site.store.count(), 1);
    held();
  });

  it('ends connections that only wait, and serves others meanwhile', async () => {
    const { attack, held } = attacks('slow requests');
    const head = 'POST /applications HTTP/1.1\r\nHost: a\r\n';
    const type = 'Content-Type: multipart/form-data; boundary=B\r\n';
    const starts = [
      '',
      'G',
      'POST /applications HTTP/1.1\r\n',
      `${head}X: `,
      `${head}${type}Content-Length: 1000\r\n\r\n`,
      `${head}${type}Content-Length: 1000\r\n\r\n--B\r\n`,
      `${head}${type}Transfer-Encoding: chunked\r\n\r\n`,
      `${head}${type}Transfer-Encoding: chunked\r\n\r\nffff\r\n--B`,
    ];
    const began = performance.now();
    const waiting = starts.flatMap((start) => Array.from({ length: 20 }, () => send(start)));
    const { status } = await fetch(`http://127.0.0.1:${server.port}/admin/`);
    assert.equal(status, 401);
    for (const end of waiting)
      await attack('waiting', async () => assert.doesNotMatch(await end, / 20\d /));
    assert.ok(performance.now() - began < 10_000);
    held();
  });
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readBody } from '../../js/intake/body.js';
import { serve } from '../../js/intake/node.js';
import { application, formOf, hezuo, pdf, sha256 } from './call.js';
import { startServer } from './server-process.js';

/** Sends text on a socket and gives all that comes back until it is closed. */
async function talk(port, ...texts) {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => (answer += data));
  // A reset is one of the ways to be closed.
  socket.on('error', () => undefined);
  for (const text of texts) socket.write(text);
  await new Promise((resolve) => socket.on('close', resolve));
  return answer;
}

const post = (length) =>
  `POST /applications HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n` +
  `Content-Length: ${length}\r\n\r\n`;

describe('readBody', () => {
  it('gives up on a body that trickles', async () => {
    const body = new ReadableStream({
      pull: async (controller) => {
        await new Promise(setImmediate);
        controller.enqueue(new Uint8Array(1));
      },
    });
    const request = new Request('http://x', { method: 'POST', body, duplex: 'half' });

    const reading = readBody(request, 1000, { grace: 1, rate: 1_000_000 });

    await assert.rejects(reading, { status: 408, code: 'request.too_slow' });
  });
});

describe('serve', () => {
  it('hands a large body over, whole', async () => {
    const server = await serve(
      async (request) => Response.json(sha256(await readBody(request, 50_000_000))),
      { port: 0 },
    );
    const bytes = pdf('large', 40_000_000);

    const response = await fetch(server.url, { method: 'POST', body: bytes });

    assert.equal(await response.json(), sha256(bytes));
    await server.stop();
  });

  it('lets a client that is still sending read why it was refused', async () => {
    const server = await serve(async () => new Response('too large', { status: 413 }), { port: 0 });

    const response = await fetch(server.url, { method: 'POST', body: new Uint8Array(30_000_000) });

    assert.equal(response.status, 413);
    assert.equal(await response.text(), 'too large');
    await server.stop();
  });

  it('stops reading at the limit and still answers', async () => {
    const server = await serve(
      async (request) => {
        const status = await readBody(request, 1000).then(
          () => 200,
          (error) => error.status,
        );
        return new Response(null, { status });
      },
      { port: 0 },
    );
    const body = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 20; i++) controller.enqueue(new Uint8Array(100_000));
        controller.close();
      },
    });

    const response = await fetch(server.url, { method: 'POST', body, duplex: 'half' });

    assert.equal(response.status, 413);
    await server.stop();
  });

  it('ends a connection on which nothing comes', async () => {
    const server = await serve(async (request) => new Response(await readBody(request, 1000)), {
      port: 0,
      idle: 100,
    });

    const answers = await Promise.all([
      talk(server.port, 'POST / HTTP/1.1\r\nHost:'),
      talk(server.port, post(100), 'only this'),
    ]);

    assert.deepEqual(
      answers.filter((answer) => answer.startsWith('HTTP/1.1 200')),
      [],
    );
    await server.stop();
  });

  it('refuses what is no request', async () => {
    const server = await serve(async () => new Response(), { port: 0 });

    const answer = await talk(server.port, 'TRACE / HTTP/1.1\r\nHost: x\r\n\r\n');

    assert.match(answer, /^HTTP\/1\.1 400/);
    await server.stop();
  });

  it('survives a client that leaves in the middle', async () => {
    /** @type {Promise<string>} */
    let outcome;
    const server = await serve(
      (request) => {
        const read = readBody(request, 1000);
        outcome = read.then(
          () => 'read',
          (error) => error.code,
        );
        return read.then(() => new Response());
      },
      { port: 0 },
    );
    const socket = connect(server.port, '127.0.0.1');
    socket.write(post(100) + 'half');
    await once(socket, 'connect');
    while (!outcome) await new Promise(setImmediate);
    socket.destroy();

    assert.equal(await outcome, 'request.broken');
    const next = fetch(server.url, { method: 'POST', body: 'x' });
    assert.equal((await next).status, 200);
    await server.stop();
  });

  it('lets a request finish when it is told to stop, and takes no other', async () => {
    /** @type {(response: Response) => void} */
    let answer;
    const server = await serve(() => new Promise((resolve) => (answer = resolve)), { port: 0 });
    const running = fetch(server.url);
    while (!answer) await new Promise(setImmediate);

    const stopped = server.stop();
    await assert.rejects(fetch(server.url));
    answer(new Response('done'));

    assert.equal(await (await running).text(), 'done');
    await stopped;
  });

  it('takes the next port if one is taken', async () => {
    const handler = async () => new Response();
    const first = await serve(handler, { port: 0 });

    const second = await serve(handler, { port: first.port, attempts: 20 });

    assert.ok(second.port > first.port);
    await assert.rejects(serve(handler, { port: first.port }), { code: 'EADDRINUSE' });
    await Promise.all([first.stop(), second.stop()]);
  });
});

describe('the command', () => {
  let folder;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'hezuo-serve-'))));
  after(() => rm(folder, { recursive: true }));

  const store = () => `sqlite:${join(folder, 'store.sqlite')}`;

  it('takes an application in its demo, and has it after a restart', async () => {
    const files = [{ name: '报告.pdf', bytes: pdf('report', 2_000_000) }];
    const document = application({ files });
    const first = await startServer('--demo', '--port', '0', '--store', store());

    const call = await (await fetch(`${first.url}/call.json`)).text();
    const { form } = hezuo.compile(call);
    const response = await fetch(`${first.url}/applications`, {
      method: 'POST',
      body: formOf(document, { files }),
    });
    const answer = await response.json();
    const code = await first.kill('SIGTERM');
    const second = await startServer('--demo', '--port', '0', '--store', store());
    const token = /token (\S+)$/.exec(second.lines.at(-2))[1];
    const exported = await fetch(`${second.url}/admin/export.jsonl`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await exported.text();
    await second.kill('SIGTERM');

    const days = (form.closes[0].at - Date.now()) / 86_400_000;
    assert.ok(form.opens < Date.now() && days > 59 && days < 62, `closes in ${days} days`);
    assert.equal(response.status, 201, JSON.stringify(answer));
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(text).document, document);
    assert.equal(JSON.parse(text).receipt, answer.receipt);
  });

  it('serves its pages under a strict policy, compressed and checked for change', async () => {
    const server = await startServer('--demo', '--port', '0', '--store', store());

    const browser = { 'accept-encoding': 'gzip, deflate, br' };
    const page = await fetch(`${server.url}/`);
    const bundle = await fetch(`${server.url}/dist/hezuo.js`, { headers: browser });
    const wasm = await fetch(`${server.url}/dist/hezuo-form.wasm`);
    const again = await fetch(`${server.url}/dist/hezuo.js`, {
      headers: { ...browser, 'if-none-match': bundle.headers.get('etag') },
    });
    const outside = await fetch(`${server.url}/dist/%2e%2e/%2e%2e/package.json`);
    await server.kill('SIGTERM');

    assert.equal(
      page.headers.get('content-security-policy'),
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
        "img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; " +
        "frame-ancestors 'self'",
    );
    assert.equal(bundle.headers.get('content-encoding'), 'br');
    assert.equal(wasm.headers.get('content-type'), 'application/wasm');
    assert.equal(again.status, 304);
    assert.equal(outside.status, 404);
  });

  it('shows a call of one’s own, open, and receives the others of its folder', async () => {
    const calls = join(folder, 'calls');
    const own = join(calls, 'a.json');
    const examples = new URL('../../core/data/definitions/', import.meta.url);
    await mkdir(calls);
    await copyFile(new URL('eu-china-excellence-award.json', examples), own);
    await copyFile(new URL('jpi-nsfc-2018.json', examples), join(calls, 'b.json'));

    for (const [path, others] of [
      [own, []],
      [calls, [`Received as well, but without a page: ${join(calls, 'b.json')}`]],
    ]) {
      const server = await startServer(
        ...['--demo', '--definitions', path, '--port', '0', '--store', store()],
      );
      const { form } = hezuo.compile(await (await fetch(`${server.url}/call.json`)).text());
      await server.kill('SIGTERM');

      const said = server.lines.join('\n');
      assert.equal(form.id, 'eu-china-excellence-award');
      assert.ok(form.closes[0].at > Date.now());
      assert.match(said, /The form of “EU–China Cooperation Excellence Award 2019”/);
      assert.match(said, /Its call is \S+a\.json, with the dates moved/);
      assert.deepEqual(
        server.lines.filter((line) => line.startsWith('Received')),
        others,
      );
    }
  });

  it('has no icon in its demo, and says so without an error', async () => {
    const server = await startServer('--demo', '--port', '0', '--store', store());

    const response = await fetch(`${server.url}/favicon.ico`);
    await server.kill('SIGTERM');

    assert.equal(response.status, 204);
  });

  it('says what is wrong with each definition, and where', async () => {
    const calls = join(folder, 'faulty');
    await mkdir(calls);
    await writeFile(join(calls, 'call.json'), '{"hezuo": 1, "id": "call", "colour": "red"}');
    await writeFile(join(calls, 'half.json'), '{"hezuo": 1,');

    for (const demo of [[], ['--demo']]) {
      await assert.rejects(
        startServer(...demo, '--definitions', calls, '--port', '0', '--store', store()),
        /call\.json cannot be used:[^]*\n {2}\/colour: [^]*half\.json cannot be used:\n.*not JSON/,
      );
    }
  });

  it('says what it needs', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);

    await assert.rejects(
      startServer('--definitions', `${empty}/none`),
      /There is no folder or file/,
    );
    await assert.rejects(startServer('--demo', '--definitions', empty), /There is no call in /);
    await assert.rejects(
      startServer('--definition', empty),
      /Unknown option[^]*--definitions PATH/,
    );
    await assert.rejects(startServer(), /--definitions is missing/);
    await assert.rejects(startServer('--demo', '--port', 'http'), /--port is a whole number/);
  });
});

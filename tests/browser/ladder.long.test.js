// What a page's policy or a proxy on the way refuses, the element does without: WebAssembly,
// else the same core as JavaScript, else, where no script may run, a frame.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { formOf, goTo, policy, sampleAnswers, useBrowser } from './browser.js';

const WASM = '/dist/hezuo-form.wasm';
const JS = '/dist/hezuo-form.wasm2js.js';
const WITHOUT_WASM = policy.replace(" 'wasm-unsafe-eval'", '');
const REFUSED = ['script-src wasm-eval'];
const bytes = await readFile(new URL('../../js/hezuo-form.wasm', import.meta.url));
const answers = await sampleAnswers();

/** One moment for all, so that equal answers make equal documents. */
const NOW = Date.now();

/** Hands in, in a page or in a frame, and tells all that the core had to say. */
async function results(page, frame = page) {
  const where = frame.url();
  await page.clock.setFixedTime(NOW);
  await formOf(frame);
  await frame.evaluate(() => (location.hash = 'apply/check'));
  await frame.locator('#hz-send').click();
  await frame.locator('#hz-summary').waitFor();
  const missing = await frame.locator('#hz-summary').innerText();

  await frame.evaluate(() => (location.hash = 'apply/'));
  const draft = { definition: 'uec-award-2019', revision: 1, language: 'en' };
  await frame.locator('#hz-load').setInputFiles({
    name: 'draft.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ ...draft, answers, consents: {}, history: [] })),
  });
  await frame.getByText('The draft of your file is shown.').waitFor();
  await frame.evaluate(() => (location.hash = 'apply/check'));
  await frame.locator('.view.check').waitFor();
  for (const box of await frame.locator('.consent input').all()) await box.check();
  await frame.locator('#hz-send').click();
  await frame.locator('.view.done').waitFor();
  const receipt = (await frame.locator('.digest').innerText()).trim();
  assert.equal(frame.url().split('#')[0], where.split('#')[0]);
  return { missing, receipt };
}

/** The address of a server that runs while the test does. */
async function listening(t, handler) {
  const server = createServer(handler);
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://localhost:${server.address().port}/`;
}

/** Which variants of the core were asked for. */
const variants = (page) => page.files.filter((path) => path === WASM || path === JS);

describe('the ladder', () => {
  const world = useBrowser();
  let expected;

  before(async () => {
    const page = await world.open();
    expected = await results(page);
    assert.match(expected.receipt, /^[0-9a-f]{64}$/);
    assert.deepEqual(variants(page), [WASM]);
    assert.deepEqual(page.violations, []);
    await page.close();
  });

  /** Opens a page; there must be nothing wrong with it, and the results of the first rung. */
  async function climb({ variant, violations = [], ...options }) {
    const page = await world.open('/', options);

    assert.deepEqual(await results(page), expected);
    assert.deepEqual(variants(page), variant);
    assert.deepEqual(page.violations, violations);
    assert.deepEqual(page.failures, []);
    assert.deepEqual(page.foreign, []);
    await page.context().close();
  }

  it('runs as JavaScript where the policy of the page refuses WebAssembly, and loads no wasm', () =>
    climb({ policies: { '/': WITHOUT_WASM }, variant: [JS], violations: REFUSED }));

  it('runs as JavaScript where the policy of the whole site refuses it', () =>
    climb({ policies: { '/**': WITHOUT_WASM }, variant: [JS], violations: REFUSED }));

  it('runs as JavaScript where there is no WebAssembly at all', () =>
    climb({
      prepare: (page) => page.addInitScript(() => delete globalThis.WebAssembly),
      variant: [JS],
    }));

  for (const type of ['text/html', 'application/octet-stream', 'text/plain; charset=utf-8', '']) {
    it(`takes a wasm of the type "${type}"`, () =>
      climb({
        prepare: (page) =>
          page.route(`**${WASM}`, (route) =>
            route.fulfill({ body: bytes, headers: { 'Content-Type': type } }),
          ),
        variant: [WASM],
      }));
  }

  for (const { name, answer } of [
    {
      name: 'a proxy reads it as text',
      answer: { body: bytes.toString('utf8'), contentType: 'application/wasm' },
    },
    {
      name: 'a proxy puts a page in its place',
      answer: { body: '<!doctype html><title>Welcome</title>', contentType: 'text/html' },
    },
    {
      name: 'it is cut short',
      answer: { body: bytes.subarray(0, bytes.length >> 1), contentType: 'application/wasm' },
    },
    { name: 'nothing is in it', answer: { body: '', contentType: 'application/wasm' } },
    { name: 'it is forbidden', answer: { status: 403 } },
    { name: 'it is not there', answer: { status: 404 } },
  ]) {
    it(`runs as JavaScript where the wasm does not come whole: ${name}`, () =>
      climb({
        prepare: (page) => page.route(`**${WASM}`, (route) => route.fulfill(answer)),
        variant: [WASM, JS],
      }));
  }

  it('runs as JavaScript where the connection of the wasm breaks', () =>
    climb({
      prepare: (page) => page.route(`**${WASM}`, (route) => route.abort('connectionreset')),
      variant: [WASM, JS],
    }));

  for (const { name, head } of [
    { name: 'before the answer', head: 0 },
    { name: 'in its middle', head: bytes.length >> 1 },
  ]) {
    it(`runs as JavaScript where the wasm is held back ${name}`, async (t) => {
      let asked;
      const url = await listening(t, (_, response) => {
        if (head === 0) return asked();
        response.writeHead(200, { 'Content-Type': 'application/wasm' });
        response.write(bytes.subarray(0, head), asked);
      });

      await climb({
        variant: [WASM, JS],
        prepare: async (page) => {
          await page.clock.install();
          await page.route(`**${WASM}`, (route) => route.continue({ url }));
          asked = () => page.clock.fastForward(11_000);
        },
      });
    });
  }

  describe('with a wasm of another version in some cache', () => {
    let stale;
    before(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'hezuo-stale-'));
      const text = `(module (memory (export "memory") 1) (func (export "_initialize"))
        (func (export "hz_abi_version") (result i32) (i32.const 999)))`;
      await writeFile(join(folder, 'stale.wat'), text);
      execFileSync('wasm-as', [join(folder, 'stale.wat'), '-o', join(folder, 'stale.wasm')]);
      const body = await readFile(join(folder, 'stale.wasm'));
      stale = { body, contentType: 'application/wasm' };
      await rm(folder, { recursive: true });
    });

    it('runs as JavaScript, since a reload would bring the same', () =>
      climb({
        prepare: (page) => page.route(`**${WASM}`, (route) => route.fulfill(stale)),
        variant: [WASM, JS],
      }));

    it('says that a reload may help only where the other variant does not either', async () => {
      const page = await world.open('/', {
        prepare: async (page) => {
          await page.route(`**${WASM}`, (route) => route.fulfill(stale));
          await page.route(`**${JS}`, (route) => route.abort());
          await page.addInitScript(() =>
            addEventListener('hezuo-error', ({ detail }) => (window.code = detail.error.code)),
          );
        },
      });

      await page.locator('.broken').waitFor();

      assert.equal(await page.evaluate(() => window.code), 'abi.version');
      assert.match(await page.locator('.broken').innerText(), /Reload the page/);
    });
  });

  describe('in a frame', () => {
    it('gives the same on a site that allows no script', async () => {
      const page = await world.open('/no-script.html');
      const frame = page.frames()[1];

      assert.deepEqual(await results(page, frame), expected);
      assert.deepEqual(variants(page), [WASM]);
      assert.deepEqual(page.violations, []);
      assert.deepEqual(page.failures, []);
      assert.deepEqual(page.foreign, []);
    });

    it('gives the same to a site of another origin, whatever that allows itself', async (t) => {
      const site = await listening(t, (_, response) => {
        response.writeHead(200, {
          'Content-Type': 'text/html',
          'Content-Security-Policy': `default-src 'none'; frame-src ${world.url}`,
        });
        response.end(`<!doctype html><iframe src="${world.url}/frame.html" width="900"></iframe>`);
      });
      const page = await world.open();

      await page.goto(site);

      assert.deepEqual(await results(page, page.frames()[1]), expected);
      assert.deepEqual(page.failures, []);
    });

    for (const width of [320, 1280]) {
      it(`shows the form in Chinese without horizontal scrolling, ${width} pixels wide`, async () => {
        const viewport = { width, height: 700 };
        const page = await world.open('/no-script-zh.html', { viewport });
        const frame = page.frames()[1];
        await formOf(frame);

        assert.ok(await frame.getByRole('button', { name: '开始填写' }).isVisible());
        for (const each of [page, frame]) {
          const wide = await each.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= width, `${each.url()}: ${wide}`);
        }
      });
    }
  });
});

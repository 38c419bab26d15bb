// The oldest engines that the form works in, from the empty form to the receipt. What is seen
// in Chromium 87 holds for browsers of mainland China that are made of it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sampleAnswers, sorted, startServer, storedAt, withoutRowIds } from './browser.js';
import { journey } from './keyboard.js';
import { startEngine } from './old-engine.js';

const engines = [
  // It knows no 'wasm-unsafe-eval', and tells twice what it refuses.
  { qt: 5, version: 87, core: 'hezuo-form.wasm2js.js', refused: ['script-src eval'] },
  { qt: 6, version: 102, core: 'hezuo-form.wasm', refused: [] },
];
const visits = [
  { language: 'en', path: '/', width: 1280 },
  { language: 'zh-Hans', path: '/zh.html', width: 375 },
];

describe('old engines', () => {
  let server;
  before(async () => (server = await startServer()));
  after(() => server?.stop());

  for (const { qt, version, core, refused } of engines) {
    for (const { language, path, width } of visits) {
      it(`Chromium ${version} hands in by keyboard, in ${language}, ${width} pixels wide`, async (t) => {
        const answers = await sampleAnswers();
        const engine = await startEngine(qt);
        t.after(() => engine.stop());
        const { page } = engine;
        await page.setViewportSize({ width, height: 800 });
        await page.goto(`${server.url}${path}`);
        const wide = [];

        const digest = await journey(page, answers, language, async (view) => {
          const needed = await page.evaluate(() => document.documentElement.scrollWidth);
          if (needed > width) wide.push(`${view}: ${needed}`);
        });

        const stored = (await storedAt(server.url)).find(({ receipt }) => receipt === digest);
        assert.equal(engine.version, version);
        assert.equal(stored?.document.language, language);
        assert.deepEqual(
          sorted(withoutRowIds(stored.document.answers)),
          sorted(withoutRowIds(answers)),
        );
        const files = page.requests.map((url) => url.replace(server.url, ''));
        assert.deepEqual(
          files.filter((file) => file.includes('hezuo-form')),
          [`/dist/${core}`],
        );
        assert.deepEqual(
          files.filter((file) => !file.startsWith('/')),
          [],
        );
        assert.deepEqual([...new Set(await page.evaluate(() => window.violations))], refused);
        assert.deepEqual(page.failures, []);
        assert.deepEqual(wide, []);
      });
    }
  }
});

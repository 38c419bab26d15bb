// The engines that people use besides the Chromium of the other tests: the oldest that the form
// works in, and those of others. What is seen in Chromium 87 holds for browsers of mainland
// China that are made of it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sampleAnswers, sorted, startServer, storedAt, withoutRowIds } from './browser.js';
import { startFirefox } from './engines/firefox.js';
import { deferring } from './engines/programs.js';
import { startQt } from './engines/qt.js';
import { startWebKit } from './engines/webkit.js';
import { journey, tabTo } from './keyboard.js';

const WASM = 'hezuo-form.wasm';

const engines = [
  {
    name: 'Chromium 87',
    start: (defer) => startQt(defer, 5),
    core: 'hezuo-form.wasm2js.js',
    // It knows no 'wasm-unsafe-eval', and tells twice what it refuses.
    refused: ['script-src eval'],
  },
  { name: 'Chromium 102', start: (defer) => startQt(defer, 6), core: WASM, refused: [] },
  { name: 'Firefox', start: startFirefox, core: WASM, refused: [] },
  { name: 'WebKitGTK', start: startWebKit, core: WASM, refused: [] },
];
const visits = [
  { language: 'en', path: '/', width: 1280 },
  { language: 'zh-Hans', path: '/zh.html', width: 375 },
];

const INITIATIVE = '/#apply/initiative';
const TITLE = '#hz-title-zh-Hans';
const FILE = '#hz-agreement_file';

/** Waits until this is in the form. */
function there(page, selector) {
  return page.waitForFunction(
    (wanted) => document.querySelector('hezuo-application').shadowRoot?.querySelector(wanted),
    selector,
  );
}

/** What `task` makes of the first such element of the form. */
function within(page, selector, task) {
  return page.evaluate(
    `(wanted) => (${task})(document.querySelector('hezuo-application').shadowRoot.querySelector(wanted))`,
    selector,
  );
}

for (const { name, start, core, refused } of engines) {
  describe(name, () => {
    let server;
    before(async () => (server = await startServer()));
    after(() => server?.stop());

    /** Opens a page of the demo in an engine that ends with the test. */
    const open = async (t, path, width = 1280) => {
      const { engine, page } = await start(deferring(t));
      assert.ok(engine.startsWith(name), engine);
      t.diagnostic(engine);
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${server.url}${path}`);
      await there(page, '.view');
      return page;
    };

    for (const { language, path, width } of visits) {
      it(`hands in by keyboard, in ${language}, ${width} pixels wide`, async (t) => {
        const answers = await sampleAnswers();
        const page = await open(t, path, width);
        const wide = [];

        const digest = await journey(page, answers, language, async (view) => {
          const isWide = await page.evaluate((most) => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return scrollWidth > clientWidth || innerWidth !== most;
          }, width);
          if (isWide) wide.push(view);
        });

        const stored = (await storedAt(server.url)).find(({ receipt }) => receipt === digest);
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
        assert.deepEqual(await page.evaluate(() => window.failures), []);
        assert.deepEqual(wide, []);
      });
    }

    it('makes each box as high as its text, and no higher', async (t) => {
      const page = await open(t, INITIATIVE);
      const heights = () =>
        page.evaluate(() => {
          const { shadowRoot } = document.querySelector('hezuo-application');
          return [...shadowRoot.querySelectorAll('textarea')].map((area) => area.offsetHeight);
        });
      await within(page, '#hz-abstract-en', (area) => area.focus());
      const empty = await heights();

      for (const letter of 'typed') await page.keyboard.insertText(letter);
      const typed = await heights();
      await page.keyboard.insertText(' and pasted'.repeat(100));
      const isWhole = await within(
        page,
        '#hz-abstract-en',
        (area) => area.scrollHeight <= area.clientHeight,
      );
      const pasted = await heights();
      await within(page, '#hz-abstract-en', (area) => area.select());
      await page.keyboard.press('Backspace');

      assert.deepEqual(typed, empty);
      assert.ok(isWhole);
      assert.notDeepEqual(pasted, empty);
      assert.deepEqual(await heights(), empty);
    });

    it('gets narrow and wide again without an error in the page', async (t) => {
      const page = await open(t, INITIATIVE);

      for (const width of [375, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await there(page, width === 375 ? '.root:not(.wide)' : '.root.wide');
        await page.evaluate(() => new Promise(requestAnimationFrame));
      }

      assert.deepEqual(await page.evaluate(() => window.failures), []);
    });

    it('underlines in both boxes what the languages do not have in common', async (t) => {
      const page = await open(t, INITIATIVE);
      const upon = (language) =>
        within(page, `#hz-abstract-${language}`, (area) => {
          const marks = area.nextElementSibling;
          const [as, is] = [area, marks].map((element) => {
            const style = getComputedStyle(element);
            const { x, y, width, height } = element.getBoundingClientRect();
            const { clientWidth, scrollHeight } = element;
            return [style.font, style.padding, style.textRendering, style.letterSpacing, x, y]
              .concat(width, height, clientWidth, scrollHeight)
              .join();
          });
          const words = [...marks.querySelectorAll('mark')].map((mark) => mark.textContent);
          const line = getComputedStyle(marks.querySelector('mark')).textDecorationStyle;
          return { words, line, isAsText: as === is || `${as} is not ${is}` };
        });

      await tabTo(page, 'hz-abstract-en');
      await page.keyboard.insertText(`${'A line that wraps. '.repeat(40)}Of 1.2 million people.`);
      await tabTo(page, 'hz-abstract-zh-Hans');
      await page.keyboard.insertText('共计12万人。');
      await page.keyboard.press('Tab');
      await there(page, 'mark');

      const colours = await within(page, '.issue.warning', (issue) => [
        getComputedStyle(issue, '::before').backgroundColor,
        getComputedStyle(issue).color,
      ]);

      assert.deepEqual(await upon('en'), { words: ['1.2 million'], line: 'wavy', isAsText: true });
      assert.deepEqual(await upon('zh-Hans'), { words: ['12万'], line: 'wavy', isAsText: true });
      assert.equal(colours[0], colours[1]);
    });

    it('keeps the draft for when the page is opened again', async (t) => {
      const page = await open(t, INITIATIVE);
      await tabTo(page, 'hz-title-zh-Hans');
      await page.keyboard.insertText('武汉');
      await there(page, '.save-state.saved');

      await page.goto(`${server.url}/zh.html#apply/initiative`);
      await there(page, TITLE);

      assert.equal(await within(page, TITLE, (box) => box.value), '武汉');
    });

    it('keeps a file for when the page is opened again', async (t) => {
      const page = await open(t, '/#apply/partnership');
      await tabTo(page, 'hz-has_agreement-yes');
      await page.keyboard.press('Space');
      await there(page, FILE);
      await within(page, FILE, (input) => {
        const chosen = new DataTransfer();
        chosen.items.add(new File(['%PDF-1.4\n%%EOF\n'], '协议.pdf', { type: 'application/pdf' }));
        input.files = chosen.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      });
      await there(page, '.files li');
      await there(page, '.save-state.saved');

      await page.goto(`${server.url}/zh.html#apply/partnership`);
      await there(page, '.files li');

      assert.match(await within(page, '.files li', (each) => each.textContent), /协议\.pdf/);
      assert.equal(await within(page, '.files', (list) => list.querySelector('.lost')), null);
    });

    it('keeps text and caret when the language is switched', async (t) => {
      const page = await open(t, INITIATIVE);
      await tabTo(page, 'hz-title-zh-Hans');
      await page.keyboard.insertText('武汉Cafe\u0301');
      await within(page, TITLE, (box) => box.setSelectionRange(1, 3));

      await page.evaluate(() => (document.documentElement.lang = 'zh-CN'));
      await there(page, '.root[lang=zh-Hans]');

      const state = await within(page, TITLE, (box) => ({
        text: box.value,
        from: box.selectionStart,
        to: box.selectionEnd,
        isFocused: box.getRootNode().activeElement === box,
      }));
      assert.deepEqual(state, { text: '武汉Cafe\u0301', from: 1, to: 3, isFocused: true });
    });

    it('neither counts nor judges while an input method is composing', async (t) => {
      const page = await open(t, INITIATIVE);
      const look = async () => [
        await within(page, TITLE, (box) => box.value),
        await within(page, '#hz-title-count-zh-Hans', (count) => count.textContent.trim()),
      ];
      await tabTo(page, 'hz-title-zh-Hans');
      await page.keyboard.insertText('汉');
      const [, count] = await look();

      await page.keyboard.compose('u6b66');
      const composing = await look();
      await page.keyboard.confirm('武');
      await page.waitForFunction(
        (before) =>
          document
            .querySelector('hezuo-application')
            .shadowRoot.querySelector('#hz-title-count-zh-Hans')
            .textContent.trim() !== before,
        count,
      );

      assert.deepEqual(composing, ['汉u6b66', count]);
      assert.deepEqual(await look(), ['汉武', count.replace('1', '2')]);
    });

    it('keeps the letters that an input method has not confirmed when the box is left', async (t) => {
      const page = await open(t, INITIATIVE);
      await tabTo(page, 'hz-title-zh-Hans');
      await page.keyboard.compose('u6b66');

      await within(page, '#hz-title-en', (box) => box.focus());

      const count = await within(page, '#hz-title-count-zh-Hans', (each) => each.textContent);
      assert.equal(await within(page, TITLE, (box) => box.value), 'u6b66');
      assert.match(count, /^\s*1 of/);
    });
  });
}

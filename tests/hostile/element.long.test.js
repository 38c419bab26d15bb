// The hostile corpus against the form in a browser, on a page whose policy would let it run.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formOf, goTo, useBrowser } from '../browser/browser.js';
import { call, corpus, documentOf, places, replaced, surface } from './corpus.js';

const attacks = surface('element');
const { texts } = corpus('markup');
const permissive = "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'";
const views = ['', 'first', 'second', 'check'];

/** Where a text of a call may be markup: what people read. */
const readable =
  /^(title|intro|contact\/name|closes|sections|eligibility|consents)\/(.*\/)?(en|zh-Hans)$/;
const unread = /reason|max\/|guidance/;

describe('the form', () => {
  const world = useBrowser();

  /** Opens a page with a call and a canary, and waits for the form. */
  async function open(definition, { ready = true } = {}) {
    const context = await world.browser.newContext();
    const json = typeof definition === 'string' ? definition : JSON.stringify(definition);
    await context.route('**/call.json', (route) => route.fulfill({ body: json }));
    await context.addInitScript(() => {
      window.hits = [];
      window.hit = (what) => window.hits.push(what);
    });
    const page = await world.open('/', { context, policies: { '/': permissive } });
    page.dialogs = [];
    page.on('dialog', (dialog) => {
      page.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    if (ready) await formOf(page);
    return page;
  }

  /** What there is of a page: its texts, and the kinds of its elements and attributes. */
  const contentOf = (page) =>
    page.evaluate(() => {
      const { shadowRoot } = document.querySelector('hezuo-application');
      const elements = [...shadowRoot.querySelectorAll('*')];
      const attributes = elements.flatMap((element) => [...element.attributes]);
      return {
        text: elements
          .map((element) => element.textContent)
          .concat(elements.map((element) => element.value ?? ''))
          .concat(attributes.map(({ value }) => value))
          .join('\n'),
        kinds: [
          ...new Set([
            ...elements.map((element) => element.localName),
            ...attributes.map(({ name }) => `@${name}`),
          ]),
        ],
        links: elements.map((element) => element.href).filter((href) => typeof href === 'string'),
      };
    });

  /** Looks at all views of a form. */
  async function everything(page) {
    const found = { text: '', kinds: new Set(), links: [] };
    for (const view of views) {
      await goTo(page, view);
      const add = page.locator('[id$="-add"]').first();
      if (view === 'second' && !(await page.locator('[part~=row]').count())) await add.click();
      const { text, kinds, links } = await contentOf(page);
      found.text += text;
      kinds.forEach((kind) => found.kinds.add(kind));
      found.links.push(...links);
    }
    return found;
  }

  /** Nothing ran, and nothing left the page. */
  async function assertQuiet(page) {
    assert.deepEqual(await page.evaluate(() => window.hits), []);
    assert.deepEqual(page.dialogs, []);
    assert.deepEqual(page.foreign, []);
    assert.deepEqual(page.failures, []);
    assert.equal(new URL(page.url()).origin, world.url);
  }

  it('would be seen to run what it should not', async () => {
    const page = await open(call());

    await page.evaluate(
      (markup) => {
        document.body.append(document.createRange().createContextualFragment(markup));
      },
      texts
        .map(({ text }) => text)
        .filter((text) => /^<(script|img|svg)/.test(text))
        .join('\n'),
    );
    await page.waitForFunction(() => window.hits.length >= 3);

    await assert.rejects(assertQuiet(page));
    await page.context().close();
  });

  it('shows markup in a call as text', async () => {
    const { attack, held } = attacks('markup in definitions');
    const clean = await open(call());
    const { kinds: known } = await everything(clean);
    await clean.context().close();
    const shown = places(call()).filter(
      (path) => readable.test(path.join('/')) && !unread.test(path.join('/')),
    );
    for (let turn = 0; turn < 6; turn++) {
      const given = shown.map((path, i) => ({
        path,
        text: `${texts[(i * 7 + turn) % texts.length].text} ${turn}.${i}.`,
      }));
      const definition = given.reduce((all, { path, text }) => replaced(all, path, text), call());
      const page = await open(definition);
      const english = await everything(page);
      await page.evaluate(() => (document.documentElement.lang = 'zh-Hans'));
      const chinese = await everything(page);
      for (const { path, text } of given) {
        const found = path.at(-1) === 'en' ? english : chinese;
        await attack([path.join('/'), text], () => assert.ok(found.text.includes(text)));
      }
      await attack(['kinds', turn], () => {
        const kinds = [...english.kinds, ...chinese.kinds];
        assert.deepEqual(
          kinds.filter((kind) => !known.has(kind)),
          [],
        );
      });
      await attack(['quiet', turn], () => assertQuiet(page));
      await page.context().close();
    }
    held();
  });

  it('shows answers of a draft that are markup or turn what is read as text', async () => {
    const { attack, held } = attacks('answers');
    const rows = [...texts, ...corpus('characters').texts, ...corpus('sql').texts].filter(
      ({ text }) => !/[\0-\x1f\x7f-\x9f]/.test(text),
    );
    for (let first = 0; first < rows.length; first += 30) {
      const page = await open(call());
      const given = rows.slice(first, first + 30).map(({ text }, i) => ({ text: `${text} ${i}.` }));
      const members = given.map(({ text }, i) => ({
        row: `r${i}`,
        member: text,
        role: { en: text },
      }));
      const answers = JSON.stringify({ name: given[0].text, site: 'javascript:hit(1)', members });
      await page.locator('#hz-load').setInputFiles({
        ...{ name: 'draft.json', mimeType: 'application/json' },
        buffer: Buffer.from(documentOf(answers)),
      });
      await page.locator('.notice').waitFor();
      const { text: seen, links } = await everything(page);
      for (const { text } of given) {
        await attack(text, () => assert.ok(seen.includes(text.normalize('NFC'))));
      }
      await attack('links', () => {
        assert.ok(links.length > 0);
        assert.deepEqual(
          links.filter((href) => !/^(https?|mailto|blob):/.test(href)),
          [],
        );
      });
      await attack('quiet', () => assertQuiet(page));
      await page.context().close();
    }
    held();
  });

  it('shows names of files as text', async () => {
    const { attack, held } = attacks('names of files');
    const names = corpus('files')
      .names.map(({ name }) => name)
      .filter((name) => !/[/\\\0\r\n]|^\.*$/.test(name));
    const page = await open(call());
    await goTo(page, 'second');
    for (let first = 0; first < names.length; first += 12) {
      const files = names.slice(first, first + 12).map((name, i) => ({
        ...{ name, mimeType: 'application/pdf' },
        buffer: Buffer.from(`%PDF-1.7\n${first + i}`),
      }));
      await page.locator('#hz-proof').setInputFiles(files);
    }
    const list = page.locator('.files .file-name');
    await list.nth(names.length - 1).waitFor();
    const shown = await list.allTextContents();
    for (const name of names)
      await attack(name, () => assert.ok(shown.includes(name.normalize('NFC'))));
    await attack('quiet', () => assertQuiet(page));
    await page.context().close();
    held();
  });

  it('takes a question that is named as objects’ own names are', async () => {
    const { attack, held } = attacks('keys of prototypes');
    const fields = call().sections.flatMap((section) => section.fields);
    for (const { id, kind } of fields.filter(({ id }) => id !== 'name')) {
      const definition = JSON.stringify(call(), (key, value) =>
        key === 'var' && value === id ? 'constructor' : value,
      )
        .replace(`{"id":"${id}"`, '{"id":"constructor"')
        .replace('{"id":"privacy"', '{"id":"constructor"')
        .replaceAll('{"id":"one"', '{"id":"__proto__"');
      await attack(kind, async () => {
        const page = await open(definition);
        const { text } = await everything(page);
        assert.doesNotMatch(text, /native code|\[object|undefined/);
        await assertQuiet(page);
        await page.context().close();
      });
    }
    held();
  });

  it('keeps the page’s own text where the call is none', async () => {
    const { attack, held } = attacks('structure');
    const { deep, broken } = corpus('structure');
    const bodies = [
      ...broken.slice(0, 6).map(({ text }) => text),
      ...deep
        .filter(({ times }) => times === 1_000_000)
        .slice(0, 2)
        .map(({ repeat, times }) => repeat.repeat(times)),
      '<!doctype html><script>hit(1)</script>',
      JSON.stringify(replaced(call(), ['contact', 'url'], 'javascript:hit(1)')),
    ];
    for (const body of bodies) {
      await attack(body.slice(0, 60), async () => {
        const page = await open(body, { ready: false });
        await page.locator('.broken').waitFor();
        assert.ok(await page.getByText('The application form needs a current browser').isVisible());
        assert.deepEqual(await page.evaluate(() => window.hits), []);
        await page.context().close();
      });
    }
    held();
  });

  it('shows an answer of the server as text', async () => {
    const { attack, held } = attacks('messages');
    const [{ text }] = texts.filter(({ is }) => is === 'image with a handler');
    const issue = {
      code: text,
      severity: 'error',
      pointer: '/answers/name',
      key: 'name',
      params: {},
      text,
    };
    const answers = [
      { status: 201, json: { receipt: text, id: text, received: text } },
      {
        status: 201,
        json: { receipt: 'a'.repeat(64), id: text, received: '2026-11-24T00:00:00Z' },
      },
      { status: 201, json: { receipt: {}, id: [], received: null } },
      { status: 422, json: { issues: [issue] } },
      { status: 422, json: { issues: [{ ...issue, key: '__proto__', pointer: text }] } },
      { status: 422, json: { issues: [{ ...issue, key: '"],[data-key="' }] } },
      { status: 400, json: { error: { code: text, message: text } } },
      { status: 200, body: text, contentType: 'text/html' },
      { status: 500, body: '['.repeat(100_000) },
    ];
    for (const answer of answers) {
      await attack(answer, async () => {
        const page = await open(call());
        await page.route('**/applications', (route) => route.fulfill(answer));
        await goTo(page, 'first');
        await page.locator('#hz-name').fill('x');
        await goTo(page, 'check');
        await page.locator('#hz-send').click();
        await page
          .locator('[part~=receipt], [part~=error-summary], .pending, .failed')
          .first()
          .waitFor();
        const { kinds } = await contentOf(page);
        assert.ok(!kinds.includes('img') && !kinds.includes('@onerror'));
        await assertQuiet(page);
        await page.context().close();
      });
    }
    held();
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessibilityFaults, focusedId, formOf, goTo, useBrowser } from './browser.js';

const form = (id, lang) =>
  `<hezuo-application id="${id}" lang="${lang}" src="/call.json" submit="/applications">x</hezuo-application>`;
const page = (body) =>
  `<!doctype html><html lang="en"><title>Two</title><script type="module" src="/dist/hezuo.js"></script>${body}`;

describe('languages', () => {
  const world = useBrowser();

  it('switches without losing a character, the caret, a file or the place', async () => {
    const page = await world.open('/#apply/partnership');
    await formOf(page);
    await page.locator('#hz-agreement_file, #hz-has_agreement-yes').first().waitFor();
    await page.locator('#hz-has_agreement-yes').check();
    await page.locator('#hz-agreement_file').setInputFiles({
      name: '协议.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
    });
    await page.locator('.files li').waitFor();
    const box = page.locator('#hz-european_place-name-zh-Hans');
    // A decomposed letter stays as it was typed, though the core holds it in NFC.
    await box.fill('圣保罗Cafe\u0301');
    await box.evaluate((input) => input.setSelectionRange(2, 4));

    await page.evaluate(() => (document.documentElement.lang = 'zh-CN'));

    await page.locator('.view-title', { hasText: '合作伙伴关系' }).waitFor();
    assert.equal(await box.inputValue(), '圣保罗Cafe\u0301');
    assert.deepEqual(await box.evaluate((i) => [i.selectionStart, i.selectionEnd]), [2, 4]);
    assert.equal(await focusedId(page), 'hz-european_place-name-zh-Hans');
    assert.equal(await page.locator('.files li').count(), 1);
  });

  it('has a switch of its own, and tells the page', async () => {
    const page = await world.open();
    await formOf(page);
    await page.evaluate(() =>
      addEventListener('hezuo-language', ({ detail }) => (window.chosen = detail.language)),
    );

    await page.getByRole('button', { name: '中文' }).click();

    await page.locator('h2', { hasText: '评选申报' }).waitFor();
    assert.equal(await page.evaluate(() => window.chosen), 'zh-Hans');
    assert.equal(await page.locator('.root').getAttribute('lang'), 'zh-Hans');
  });

  it('says every error in the language that is shown', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    await page.locator('#hz-title-en').fill('word '.repeat(30));
    await page.keyboard.press('Tab');
    await page.locator('[data-key=title] .issue', { hasText: 'Shorten' }).waitFor();

    await page.getByRole('button', { name: '中文' }).click();

    await page.locator('[data-key=title] .issue', { hasText: '上限' }).waitFor();
  });

  it('marks each box and each written answer with its language', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    await page.locator('#hz-title-en').fill('A title');
    await page.locator('#hz-title-zh-Hans').fill('标题');

    await goTo(page, 'check');

    assert.equal(await page.locator('.written[lang=en]', { hasText: 'A title' }).count(), 1);
    assert.equal(await page.locator('.written[lang=zh-Hans]', { hasText: '标题' }).count(), 1);
  });

  it('neither counts nor judges while an input method is composing', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    const box = page.locator('#hz-title-zh-Hans');
    const count = page.locator('#hz-title-count-zh-Hans');
    const input = await page.context().newCDPSession(page);
    await box.focus();
    const before = await count.textContent();

    await input.send('Input.imeSetComposition', {
      text: 'wuhan',
      selectionStart: 5,
      selectionEnd: 5,
    });
    const composing = [await box.inputValue(), await count.textContent()];
    await input.send('Input.insertText', { text: '武汉' });

    assert.deepEqual(composing, ['wuhan', before]);
    assert.equal(await box.inputValue(), '武汉');
    assert.notEqual(await count.textContent(), before);
  });

  it('keeps the letters that an input method has not confirmed when the box is left', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    const box = page.locator('#hz-title-zh-Hans');
    const input = await page.context().newCDPSession(page);
    await box.focus();

    await input.send('Input.imeSetComposition', { text: '武', selectionStart: 1, selectionEnd: 1 });
    await page.locator('#hz-title-en').focus();

    assert.equal(await box.inputValue(), '武');
    assert.match(await page.locator('#hz-title-count-zh-Hans').textContent(), /^\s*1/);
  });

  it('hands nothing in at the Enter that confirms a candidate', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    const box = page.locator('#hz-title-zh-Hans');
    const input = await page.context().newCDPSession(page);
    await box.focus();

    await input.send('Input.imeSetComposition', {
      text: 'wuhan',
      selectionStart: 5,
      selectionEnd: 5,
    });
    for (const type of ['rawKeyDown', 'keyUp']) {
      await input.send('Input.dispatchKeyEvent', {
        type,
        key: 'Process',
        windowsVirtualKeyCode: 229,
      });
    }
    await input.send('Input.insertText', { text: '武汉' });
    await box.press('Enter');

    assert.equal(await focusedId(page), 'hz-title-zh-Hans');
    assert.equal(await box.inputValue(), '武汉');
  });

  it('shows two forms in two languages on one page, each with its own draft', async () => {
    const page_ = await world.open('/two.html', {
      pages: { '/two.html': page(form('first', 'en') + form('second', 'zh')) },
    });
    const first = await formOf(page_, '#first');
    const second = await formOf(page_, '#second');
    await goTo(page_, 'initiative', 'first');
    await goTo(page_, 'initiative', 'second');

    await first.locator('#hz-title-en').fill('One');
    await second.locator('#hz-title-en').fill('Two');

    assert.match(await first.locator('.view-title').textContent(), /done together/);
    assert.match(await second.locator('.view-title').textContent(), /合作项目概况/);
    assert.equal(await first.locator('#hz-title-en').inputValue(), 'One');
    assert.deepEqual(await accessibilityFaults(page_, { selector: '#first' }), []);
    assert.deepEqual(page_.violations, []);
  });

  it('names languages that have no messages here', async () => {
    const call = {
      hezuo: 1,
      id: 'short',
      revision: 1,
      languages: ['en', 'pl'],
      title: { en: 'A call', pl: 'Konkurs' },
      contact: { name: 'Office', email: 'office@example.org' },
      sections: [
        {
          id: 'one',
          title: 'One',
          fields: [{ id: 'text', kind: 'prose', answer: 'both', label: 'Text' }],
        },
      ],
    };
    const opened = await world.open('/two.html#a/one', {
      pages: { '/two.html': page(form('a', 'en')) },
      prepare: (fresh) => fresh.route('**/call.json', (route) => route.fulfill({ json: call })),
    });
    await formOf(opened, '#a');

    assert.deepEqual(await opened.locator('.sheet-name').allTextContents(), ['English', 'Polish']);
  });

  it('shows each deadline at its place and where the visitor is', async () => {
    const page = await world.open('/', { timezoneId: 'America/New_York' });
    await formOf(page);

    const rows = await page.locator('.deadlines > div').allTextContents();

    assert.equal(rows.length, 3);
    assert.match(rows[0], /1[67]:00 Central European/);
    assert.match(rows[1], /23:00 China Standard Time/);
    assert.match(rows[2], /1[01]:00 Eastern/);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessibilityFaults, formOf, goTo, saved, useBrowser } from './browser.js';

const english = 'Since 1986, more than 1.2 million people in 12 districts have used the bus lanes.';
const chinese = '自1986年以来，12个城区的12万人使用了公交专用道。';

/** What is underlined in the box of a language. */
const marked = (page, language, key = 'abstract') =>
  page.locator(`.paper:has(#hz-${key}-${language}) mark`).allTextContents();

const issues = (page, key = 'abstract') => page.locator(`[data-key=${key}] .issue:not(.error)`);

/** Fills in both languages, and leaves. */
async function fillIn(page, texts, key = 'abstract') {
  for (const [language, text] of Object.entries(texts)) {
    await page.locator(`#hz-${key}-${language}`).fill(text);
  }
  await page.locator('.view-title').focus();
}

describe('two languages that do not say the same', () => {
  const world = useBrowser();

  const open = async (options) => {
    const page = await world.open('/#apply/initiative', options);
    await formOf(page);
    await page.locator('#hz-abstract-en').waitFor();
    return page;
  };

  it('are underlined in both boxes at once, where they differ', async () => {
    const page = await open();

    await fillIn(page, { en: english, 'zh-Hans': chinese });

    await issues(page).filter({ hasText: '“1.2 million” in English and “12万”' }).waitFor();
    assert.deepEqual(await marked(page, 'en'), ['1.2 million']);
    assert.deepEqual(await marked(page, 'zh-Hans'), ['12万']);
    assert.deepEqual(await accessibilityFaults(page), []);
    assert.deepEqual([page.violations, page.failures], [[], []]);
  });

  it('say nothing of half a text, and let go of what is mended while it is typed', async () => {
    const page = await open();
    await page.locator('#hz-abstract-en').fill(english);
    await page.locator('#hz-abstract-zh-Hans').fill(chinese);

    assert.equal(await issues(page).count(), 0, 'the box is still being worked on');
    await page.locator('.view-title').focus();
    await issues(page).first().waitFor();

    const box = page.locator('#hz-abstract-zh-Hans');
    await box.focus();
    await box.evaluate((area, at) => area.setSelectionRange(at, at), chinese.indexOf('万'));
    await page.keyboard.type('0');

    assert.equal(await box.inputValue(), chinese.replace('12万', '120万'));
    assert.equal(await issues(page).count(), 0);
    assert.deepEqual(await marked(page, 'en'), []);
    assert.deepEqual(await marked(page, 'zh-Hans'), []);
  });

  it('are underlined exactly where the words stand, also when wrapped and scrolled', async () => {
    const page = await open({ viewport: { width: 360, height: 800 } });
    const long = `${'A line that wraps on a telephone.\n'.repeat(30)}Of 1.2 million people.`;
    await fillIn(page, { en: long, 'zh-Hans': '共计12万人。' });
    await issues(page).first().waitFor();
    const box = page.locator('#hz-abstract-en');
    await box.evaluate((area) => {
      area.style.fieldSizing = 'fixed';
      area.style.height = '120px';
    });

    await box.evaluate((area) => (area.scrollTop = area.scrollHeight));
    await page.evaluate(() => new Promise(requestAnimationFrame));

    const [upon, same] = await page.evaluate(() => {
      const root = document.querySelector('hezuo-application').shadowRoot;
      const area = root.querySelector('#hz-abstract-en');
      const { fontFamily, fontSize, lineHeight, width, padding } = getComputedStyle(area);
      const marks = area.nextElementSibling;
      const other = getComputedStyle(marks);
      const mark = marks.querySelector('mark').getBoundingClientRect();
      const around = area.getBoundingClientRect();
      return [
        mark.top >= around.top && mark.bottom <= around.bottom && marks.scrollTop > 0,
        [fontFamily, fontSize, lineHeight, width, padding].join() ===
          [other.fontFamily, other.fontSize, other.lineHeight, other.width, other.padding].join(),
      ];
    });
    assert.ok(upon, 'it scrolls with the text');
    assert.ok(same, 'it is set as the text is');
  });

  it('are found in a draft, too, that was opened and not typed', async () => {
    const page = await open();
    await fillIn(page, { en: english, 'zh-Hans': chinese });
    await saved(page);
    await page.reload();
    await formOf(page);
    await goTo(page, 'check');

    await page.locator('#hz-send').click();
    await page.locator('#hz-summary').waitFor();
    await goTo(page, 'initiative');

    await issues(page).filter({ hasText: '“12万”' }).waitFor();
    assert.deepEqual(await marked(page, 'zh-Hans'), ['12万']);
  });

  it('say it in the language of the page', async () => {
    const page = await open();
    await fillIn(page, { en: english, 'zh-Hans': chinese });
    await issues(page).first().waitFor();

    await page.getByRole('button', { name: '中文' }).click();

    await issues(page)
      .filter({ hasText: '的英文内容写为“1.2 million”，另一种语言的内容写为“12万”' })
      .waitFor();
  });
});

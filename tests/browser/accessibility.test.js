import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  faintEverywhere,
  faultsEverywhere,
  focusedId,
  formOf,
  goTo,
  useBrowser,
} from './browser.js';

describe('accessibility', () => {
  const world = useBrowser();

  it('axe-core finds nothing on any page of the form with its errors', async () => {
    const page = await world.open();

    assert.deepEqual(await faultsEverywhere(page), []);
  });

  it('has enough contrast before anything is answered', async () => {
    const page = await world.open('/zh.html');

    assert.deepEqual(await faintEverywhere(page), []);
  });

  it('says an error only after the box is left, and takes it back while typing', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    const box = page.locator('#hz-title-en');
    const errors = page.locator('[data-key=title] .issue.error');

    await box.fill('word '.repeat(30));
    const whileTyping = await errors.count();
    await page.keyboard.press('Tab');
    await errors.first().waitFor();
    await box.focus();
    const onReturn = await errors.count();
    await box.fill('word '.repeat(10));

    assert.equal(whileTyping, 0);
    assert.equal(onReturn, 1);
    assert.equal(await errors.count(), 0);
  });

  it('does not ask for the other language while one is still being written', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);

    await page.locator('#hz-title-en').fill('A title');
    await page.keyboard.press('Tab');

    assert.equal(await focusedId(page), 'hz-title-zh-Hans');
    assert.equal(await page.locator('[data-key=title] .issue.error').count(), 0);
  });

  it('keeps a click that leaves a box with an error', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    await page.locator('#hz-title-en').fill('word '.repeat(30));

    await page.getByRole('button', { name: 'Next' }).click();

    await page.locator('.view-title', { hasText: 'Factor 1' }).waitFor();
  });

  it('announces a count only near its limit, once typing rests', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    const status = page.locator('[role=status]');

    await page.locator('#hz-title-en').fill('word '.repeat(5));
    await page.waitForTimeout(1300);
    const far = await status.textContent();
    await page.locator('#hz-title-en').fill('word '.repeat(24));
    await page.waitForFunction(() =>
      /24/.test(
        document.querySelector('hezuo-application').shadowRoot.querySelector('[role=status]')
          .textContent,
      ),
    );

    assert.equal(far.trim(), '');
  });

  it('moves the focus with what is added, moved, removed and brought back', async () => {
    const page = await world.open('/#apply/evidence');
    await formOf(page);
    const add = page.locator('#hz-evidence_links-add');
    await add.click();
    await add.click();
    const [first, second] = await page
      .locator('.row-card')
      .evaluateAll((cards) => cards.map((card) => card.dataset.key.replace(/\//g, '-')));
    const name = page.locator('.row-card input:not([type=search])').first();
    await name.fill('First link');

    await page.locator(`#hz-${first}-down`).press('Enter');
    const moved = await focusedId(page);
    await page.getByRole('button', { name: /^Remove .*2$/ }).press('Enter');
    const removed = await focusedId(page);
    const left = await page.locator('.row-card').count();
    await page.keyboard.press('Enter');
    await page.locator('.row-card').nth(1).waitFor();

    assert.equal(moved, `hz-${first}-up`);
    assert.equal(removed, 'hz-evidence_links-undo');
    assert.equal(left, 1);
    assert.equal(
      await page.locator('.row-card').nth(1).locator('input').first().inputValue(),
      'First link',
    );
    assert.notEqual(first, second);
  });

  for (const { name, options } of [
    { name: 'a phone of 320 pixels', options: { viewport: { width: 320, height: 640 } } },
    // 200 % zoom of a window of 1024 pixels.
    {
      name: '200 % zoom',
      options: { viewport: { width: 512, height: 384 }, deviceScaleFactor: 2 },
    },
  ]) {
    it(`needs no horizontal scrolling on ${name}`, async () => {
      const page = await world.open('/zh.html', options);
      await formOf(page);
      const { sections } = await page.evaluate(() => window.form);

      for (const place of ['', ...sections.map(({ id }) => id), 'check']) {
        await goTo(page, place);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= options.viewport.width, `${place}: ${width}`);
      }
    });
  }

  for (const width of [1280, 320]) {
    it(`loses nothing to text spacing, ${width} pixels wide`, async () => {
      const page = await world.open('/#apply/', { viewport: { width, height: 800 } });
      await formOf(page);
      const { sections } = await page.evaluate(() => window.form);
      // The values of WCAG 2.2, success criterion 1.4.12.
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`* {
          line-height: 1.5 !important;
          letter-spacing: 0.12em !important;
          word-spacing: 0.16em !important;
        }
        p { margin-bottom: 2em !important; }`);
        const { shadowRoot } = document.querySelector('hezuo-application');
        shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
      });

      for (const place of ['', ...sections.map(({ id }) => id), 'check']) {
        await goTo(page, place);
        const cut = await page
          .locator('button, .button, label, legend, summary, h3, p, dt, dd')
          .evaluateAll((all) =>
            all
              .filter((each) => each.getClientRects().length > 0 && !each.closest('.hidden'))
              .filter((each) => getComputedStyle(each).overflow !== 'visible')
              .filter(
                (each) =>
                  each.scrollHeight > each.clientHeight + 1 ||
                  each.scrollWidth > each.clientWidth + 1,
              )
              .map((each) => each.outerHTML.slice(0, 80)),
          );
        assert.deepEqual(cut, [], place);
        const needed = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(needed <= width, `${place}: ${needed}`);
      }
    });
  }

  it('moves nothing for those who want no motion', async () => {
    const page = await world.open('/', { reducedMotion: 'reduce' });
    await formOf(page);

    const moving = await page.locator('.root *').evaluateAll((all) =>
      all
        .filter((each) => {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(each);
          return (
            transitionDuration !== '0s' || animationName !== 'none' || scrollBehavior === 'smooth'
          );
        })
        .map((each) => each.outerHTML.slice(0, 80)),
    );

    assert.deepEqual(moving, []);
  });

  it('has targets of 44 pixels', async () => {
    const page = await world.open('/#apply/partnership', { viewport: { width: 375, height: 700 } });
    await formOf(page);

    const small = await page.locator('button, .button, select, summary, .tick').evaluateAll((all) =>
      all
        .filter((each) => each.getClientRects().length > 0)
        .filter((each) => each.getBoundingClientRect().height < 43.5)
        .map((each) => each.outerHTML.slice(0, 80)),
    );

    assert.deepEqual(small, []);
  });

  it('keeps what is chosen and focused visible in forced colors', async () => {
    const page = await world.open('/#apply/initiative', { forcedColors: 'active' });
    await formOf(page);

    await page.locator('#hz-title-en').focus();
    const outline = await page
      .locator('#hz-title-en')
      .evaluate((box) => getComputedStyle(box).outlineColor);

    assert.notEqual(outline, 'rgba(0, 0, 0, 0)');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formOf, goTo, useBrowser } from './browser.js';

describe('the page around the form', () => {
  const world = useBrowser();

  it('is obeyed: no violation of its policy, and no request leaves its origin', async () => {
    const page = await world.open();
    await formOf(page);
    const { sections } = await page.evaluate(() => window.form);

    for (const { id } of sections) await goTo(page, id);
    await goTo(page, 'check');

    assert.deepEqual(page.violations, []);
    assert.deepEqual(page.foreign, []);
    assert.deepEqual(page.failures, []);
  });

  it('keeps its own text without script', async () => {
    const page = await world.open('/', { javaScriptEnabled: false }).catch(async () => {
      const context = await world.browser.newContext({ javaScriptEnabled: false });
      const bare = await context.newPage();
      await bare.goto(world.url);
      return bare;
    });

    assert.ok(await page.getByRole('link', { name: 'award@example.org' }).isVisible());
  });

  it('keeps its own text where the core cannot be loaded, and says why', async () => {
    const context = await world.browser.newContext();
    await context.route('**/*.wasm', (route) => route.abort());
    await context.route('**/*wasm2js*', (route) => route.abort());
    const page = await world.open('/zh.html', { context });

    await page.locator('.broken').waitFor();

    assert.match(await page.locator('.broken').textContent(), /表单加载失败/);
    assert.match(
      await page.locator('.broken a').getAttribute('href'),
      /^mailto:award@example\.org/,
    );
    assert.ok(await page.getByText('填写本表单须使用').isVisible());
  });

  it('keeps its own text where the call cannot be read', async () => {
    const context = await world.browser.newContext();
    await context.route('**/call.json', (route) => route.fulfill({ body: '{"hezuo": 1}' }));
    const page = await world.open('/', { context });

    await page.locator('.broken').waitFor();

    assert.ok(await page.getByText('The application form needs a current browser').isVisible());
  });

  it('shows the same where style sheets cannot be shared', async () => {
    const prepare = (page) =>
      page.addInitScript(() => delete ShadowRoot.prototype.adoptedStyleSheets);
    const look = async (options) => {
      // Without transitions there is one look.
      const page = await world.open('/', { reducedMotion: 'reduce', ...options });
      const form = await formOf(page);
      await page.waitForFunction(
        () =>
          getComputedStyle(document.activeElement).display &&
          getComputedStyle(document.querySelector('hezuo-application')).display === 'block',
      );
      assert.deepEqual(page.violations, []);
      return form
        .locator('.button')
        .first()
        .evaluate((button) => {
          const { backgroundColor, padding, font } = getComputedStyle(button);
          return { backgroundColor, padding, font };
        });
    };

    assert.deepEqual(await look({ prepare }), await look({}));
  });

  it('is shown, with its contact, where showing the form fails', async () => {
    const page = await world.open();
    await formOf(page);
    await page.evaluate(() => {
      window.addEventListener('hezuo-error', ({ detail }) => (window.error_ = detail.error));
      Object.defineProperty(window.form.sections, '0', {
        get: () => {
          throw new Error('odd');
        },
      });
      document.documentElement.lang = 'zh-Hans';
    });

    await page.locator('.broken').waitFor();

    assert.match(await page.locator('.broken').textContent(), /表单加载失败/);
    assert.ok(await page.getByRole('link', { name: 'award@example.org' }).first().isVisible());
    assert.equal(await page.evaluate(() => window.error_.message), 'odd');
  });

  it('may have an address that is no text', async () => {
    const page = await world.open('/#%E0%A4%A');
    await formOf(page);
    await page.evaluate(() => (location.hash = 'apply/%'));
    await goTo(page, 'check');

    assert.deepEqual(page.failures, []);
    assert.ok(await page.evaluate(() => window.form));
  });

  it('shows a deadline whose zone is misspelled', async () => {
    const context = await world.browser.newContext();
    await context.route('**/call.json', async (route) => {
      const body = await (await route.fetch()).text();
      await route.fulfill({ body: body.replaceAll('Europe/Brussels', 'Europe/Brussel') });
    });
    const page = await world.open('/', { context });
    await formOf(page);

    assert.deepEqual(page.failures, []);
    assert.match(await page.locator('.root').textContent(), /Coordinated Universal Time/);
  });

  it('decides between light and dark', async () => {
    const ink = (page) =>
      page.locator('.root').evaluate((root) => getComputedStyle(root).backgroundColor);
    const page = await world.open('/', { colorScheme: 'dark' });
    await formOf(page);
    const dark = await ink(page);

    await page.evaluate(() => document.documentElement.style.setProperty('color-scheme', 'light'));
    await page.locator('.root.light').waitFor();
    const light = await ink(page);
    await page.evaluate(() =>
      document.documentElement.style.setProperty('--hezuo-color-scheme', 'dark'),
    );
    await page.locator('.root.dark').waitFor();

    assert.notEqual(light, dark);
    assert.equal(await ink(page), dark);
  });

  it('prints all answers, not only the open section', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    await page.locator('#hz-title-en').fill('On paper');
    await goTo(page, 'partnership');

    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });

    assert.ok(await page.locator('.print').getByText('On paper').isVisible());
    assert.equal(await page.locator('.screen').isVisible(), false);
    assert.equal(await page.locator('.print .answer-section').count(), 14);
  });

  it('can take the form away and put it back', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    await page.locator('#hz-title-en').fill('Still here');

    await page.evaluate(() => {
      const form = document.querySelector('hezuo-application');
      form.remove();
      document.querySelector('main').append(form);
    });

    assert.equal(await page.locator('#hz-title-en').inputValue(), 'Still here');
    assert.deepEqual(page.failures, []);
  });
});

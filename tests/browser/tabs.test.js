import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessibilityFaults, focusedId, formOf, goTo, saved, useBrowser } from './browser.js';

describe('two tabs on one draft', () => {
  const world = useBrowser();

  /** Opens tabs one after the other, in one browser. */
  async function tabs(count, options = {}) {
    const context = await world.browser.newContext(options);
    const pages = [];
    for (let i = 0; i < count; ++i) {
      const page = await world.open('/#apply/initiative', { context });
      await formOf(page);
      pages.push(page);
    }
    return pages;
  }
  const title = (page, language = 'en') => page.locator(`#hz-title-${language}`);
  const notice = (page) => page.locator('.notice');
  const isLocked = (page) => title(page).isDisabled();
  const locked = (page) =>
    notice(page)
      .filter({ hasText: /Here you can only read it/ })
      .waitFor();
  const workHere = (page) => page.getByRole('button', { name: 'Work here instead' }).click();
  const editable = (page) => page.locator('#hz-title-en:enabled').waitFor();
  const holds = (page, text) =>
    page.waitForFunction(
      (wanted) =>
        document.querySelector('hezuo-application').shadowRoot.querySelector('#hz-title-en')
          .value === wanted,
      text,
    );

  it('lets the second read, and follow the first', async () => {
    const [first, second] = await tabs(2);

    await locked(second);
    await title(first).fill('From the first');
    await holds(second, 'From the first');

    assert.equal(await isLocked(first), false);
    assert.equal(await isLocked(second), true);
    assert.deepEqual(await accessibilityFaults(second), []);
    await second.getByRole('button', { name: '中文' }).click();
    await notice(second).filter({ hasText: '本页仅供查看' }).waitFor();
    assert.deepEqual(await accessibilityFaults(second), []);
    await goTo(second, 'check');
    assert.equal(await second.locator('#hz-send').isDisabled(), true);
    assert.equal(await second.locator('.consents input:enabled').count(), 0);
    await goTo(second, '');
    assert.equal(await second.locator('#hz-shared').isDisabled(), true);
    assert.equal(await second.locator('#hz-discard').isDisabled(), true);
    await second.locator('.view .tasks button').first().click();
    await second.locator('.view.section').waitFor();
  });

  it('lets the second go on when the first is closed', async () => {
    const [first, second] = await tabs(2);
    await locked(second);
    await title(first).fill('Typed last');
    await first.close({ runBeforeUnload: true });

    await editable(second);
    await second.getByText('You can now work on the draft here.').waitFor({ state: 'attached' });

    assert.equal(await notice(second).count(), 0);
    await title(second).fill('Typed after');
    await saved(second);
  });

  it('goes on where the first crashes', async () => {
    const [first, second] = await tabs(2);
    await title(first).fill('Before the crash');
    await saved(first);
    await locked(second);

    first.goto('chrome://crash').catch(() => undefined);

    await editable(second);
    assert.equal(await title(second).inputValue(), 'Before the crash');
  });

  it('lets the second take over, with what was typed last, and the first take it back', async () => {
    const [first, second] = await tabs(2);
    await locked(second);
    await title(first).fill('Not even saved');

    await workHere(second);
    await editable(second);
    await locked(first);

    assert.equal(await title(second).inputValue(), 'Not even saved');
    assert.equal(await focusedId(second), 'hz-view');
    assert.match(await notice(first).textContent(), /Another tab now works/);
    assert.equal(await isLocked(first), true);
    await title(second).fill('From the second');
    await holds(first, 'From the second');
    await workHere(first);
    await editable(first);
    await locked(second);
    await title(first).fill('Taken back');
    await holds(second, 'Taken back');
  });

  it('takes over from a frozen tab, which follows when it wakes', async () => {
    const [first, second] = await tabs(2);
    await title(first).fill('Typed and frozen');
    await locked(second);
    const session = await first.context().newCDPSession(first);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });

    await workHere(second);
    await editable(second);
    assert.equal(await title(second).inputValue(), 'Typed and frozen');
    await title(second).fill('From the second');
    await saved(second);
    await session.send('Page.setWebLifecycleState', { state: 'active' });

    await locked(first);
    await holds(first, 'From the second');
  });

  it('takes over from a hung tab, which keeps what it could not save, and overwrites nothing', async () => {
    const [first, second] = await tabs(2);
    await locked(second);
    const hung = first.evaluate(() => {
      const area = document.querySelector('hezuo-application').shadowRoot;
      const box = area.querySelector('#hz-title-en');
      box.value = 'Typed and hung';
      box.dispatchEvent(new Event('input', { bubbles: true }));
      const until = Date.now() + 4000;
      while (Date.now() < until);
    });

    await workHere(second);
    await editable(second);
    await title(second).fill('From the second');
    await saved(second);
    await hung;
    await locked(first);

    await first.locator('.save-state.conflict').waitFor();
    assert.equal(await title(first).inputValue(), 'Typed and hung');
    assert.equal(await title(second).inputValue(), 'From the second');
  });

  it('gives the draft to one of three', async () => {
    const [first, second, third] = await tabs(3);
    await locked(third);

    await workHere(third);
    await editable(third);
    await locked(first);
    assert.equal(await isLocked(second), true);
    await third.close();

    await Promise.any([editable(first), editable(second)]);
    await first.waitForTimeout(300);
    assert.notEqual(await isLocked(first), await isLocked(second));
  });

  it('shows the receipt in both when one hands in', async () => {
    const [first, second] = await tabs(2);
    await locked(second);

    await first.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open('hezuo', 1);
          opening.onsuccess = () => {
            const transaction = opening.result.transaction(['drafts', 'receipts'], 'readwrite');
            const drafts = transaction.objectStore('drafts');
            const receipts = transaction.objectStore('receipts');
            const document = JSON.stringify({
              definition: 'uec-award-2019',
              revision: 1,
              language: 'en',
              answers: {},
              consents: {},
              history: [],
            });
            const receipt = { document, receipt: 'sha256:0', id: 'N-1', received: '2026-11-24' };
            receipts.put(receipt, 'uec-award-2019/apply');
            drafts.delete('uec-award-2019/apply');
            transaction.oncomplete = () => {
              new BroadcastChannel('hezuo').postMessage({ key: 'uec-award-2019/apply' });
              resolve();
            };
          };
        }),
    );

    await second.getByText('The application was handed in').waitFor();
    assert.equal(
      await second.getByRole('button', { name: /Remove this receipt/ }).isDisabled(),
      true,
    );
  });

  it('ends for a form that leaves the page', async () => {
    const [first, second] = await tabs(2);
    await locked(second);

    await first.evaluate(() => {
      window.form = document.querySelector('hezuo-application');
      window.form.remove();
    });
    await editable(second);
    await title(second).fill('From the second');
    await saved(second);
    await first.evaluate(() => document.body.append(window.form));

    await locked(first);
    assert.equal(await title(first).inputValue(), 'From the second');
  });
});

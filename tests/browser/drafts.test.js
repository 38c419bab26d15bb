import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessibilityFaults, focusedId, formOf, goTo, saved, useBrowser } from './browser.js';

/** What the browser keeps: how many entries each store has. */
function kept(page) {
  return page.evaluate(async () => {
    const ask = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await ask(indexedDB.open('hezuo', 1));
    const counts = {};
    for (const name of database.objectStoreNames) {
      counts[name] = await ask(database.transaction(name).objectStore(name).count());
    }
    database.close();
    return counts;
  });
}

/** Whether the browser would ask before it leaves the page. */
function warns(page) {
  return page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
}

describe('drafts', () => {
  const world = useBrowser();

  it('come back at the same place after the tab was closed', async () => {
    const context = await world.browser.newContext();
    const page = await world.open('/#apply/initiative', { context });
    await formOf(page);
    await page.locator('#hz-title-en').fill('Kept');
    await saved(page);
    await page.close();

    const again = await world.open('/#apply/initiative', { context });
    await formOf(again);

    assert.equal(await again.locator('#hz-title-en').inputValue(), 'Kept');
    assert.match(await again.locator('.notice').textContent(), /are back/);
    assert.equal(await warns(again), false);
  });

  it('follow the visitor to the page in the other language', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    await page.locator('#hz-title-en').fill('Kept');
    await saved(page);

    await page.getByRole('link', { name: '中文' }).click();
    await page.waitForURL('**/zh.html*');
    await formOf(page);
    await goTo(page, 'initiative');

    assert.equal(await page.locator('#hz-title-en').inputValue(), 'Kept');
  });

  it('can be discarded after a question, and brought back', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    await page.locator('#hz-title-en').fill('Kept');
    await goTo(page, '');

    await page.locator('#hz-discard').click();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await page.getByText('All answers were discarded.').waitFor();
    await goTo(page, 'initiative');
    const discarded = await page.locator('#hz-title-en').inputValue();
    await page.goBack();
    await page.getByRole('button', { name: 'Undo' }).click();
    await goTo(page, 'initiative');

    assert.equal(discarded, '');
    assert.equal(await page.locator('#hz-title-en').inputValue(), 'Kept');
  });

  it('are not kept on a shared computer, and leaving warns', async () => {
    const page = await world.open();
    await formOf(page);
    await goTo(page, 'initiative');
    await page.locator('#hz-title-en').fill('Secret');
    await saved(page);
    const before = await kept(page);
    await goTo(page, '');

    await page.locator('#hz-shared').check();
    await page.locator('.save-state.off').waitFor();
    await page.waitForFunction(
      () =>
        document.querySelector('hezuo-application').shadowRoot.querySelector('#hz-shared').checked,
    );
    while ((await kept(page)).drafts > 0) await page.waitForTimeout(50);
    await goTo(page, 'initiative');
    await page.locator('#hz-title-en').fill('More secret');
    await page.waitForTimeout(800);

    assert.equal(before.drafts, 1);
    assert.deepEqual(await kept(page), { drafts: 0, files: 0, outbox: 0, receipts: 0 });
    assert.equal(await page.locator('#hz-title-en').inputValue(), 'More secret');
    assert.equal(await warns(page), true);
  });

  it('say why they are not saved where the browser keeps nothing', async () => {
    const context = await world.browser.newContext();
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('no', 'SecurityError');
      };
    });
    const page = await world.open('/#apply/initiative', { context });
    await formOf(page);

    await page.locator('#hz-title-en').fill('Typed');
    await page.locator('.save-state.failed').waitFor();

    assert.match(await page.locator('.save-state').textContent(), /Save the draft to a file/);
    assert.equal(await warns(page), true);
  });

  it('go to a file and come back from it', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    await page.locator('#hz-title-zh-Hans').fill('存为文件');
    await goTo(page, '');
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the draft to a file' }).click();
    const path = await (await saving).path();

    const other = await world.open();
    await formOf(other);
    await other.locator('#hz-load').setInputFiles(path);
    await other.getByText('The draft of your file is shown.').waitFor();
    await goTo(other, 'initiative');

    assert.equal(await other.locator('#hz-title-zh-Hans').inputValue(), '存为文件');
  });

  it('refuse a file that is none of this call, and change nothing', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    await page.locator('#hz-title-en').fill('Mine');
    await goTo(page, '');

    for (const text of ['not json', '{"definition": "other", "revision": 1, "answers": {}}']) {
      await page.locator('#hz-load').setInputFiles({
        name: 'other.json',
        mimeType: 'application/json',
        buffer: Buffer.from(text),
      });
      await page.getByText('other.json is not a draft of this call.').waitFor();
    }
    await goTo(page, 'initiative');

    assert.equal(await page.locator('#hz-title-en').inputValue(), 'Mine');
  });

  it('of an older revision open, say so, and keep their answers', async () => {
    const page = await world.open();
    await formOf(page);
    const draft = {
      definition: 'uec-award-2019',
      revision: 99,
      language: 'en',
      answers: { title: { en: 'From before' }, favourite_colour: 'blue' },
      consents: {},
      history: [],
    };

    await page.locator('#hz-load').setInputFiles({
      name: 'old.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(draft)),
    });
    await page.locator('.notice', { hasText: /revision 99/ }).waitFor();
    await goTo(page, 'check');
    const left = page.locator('.left-behind', { hasText: 'favourite_colour' });
    const colour = await left.locator('.written').textContent();
    const faults = await accessibilityFaults(page);
    await page.locator('#hz-send').click();
    await page.locator('#hz-summary').waitFor();
    const blocking = await page.locator('#hz-summary li', { hasText: 'favourite_colour' }).count();
    await left.getByRole('button', { name: 'Remove this answer' }).click();
    await page.getByText('The answer was removed.').waitFor();

    assert.equal(colour.trim(), 'blue');
    assert.deepEqual(faults, []);
    assert.equal(blocking, 0);
    assert.equal(await left.count(), 0);
    assert.equal(await page.locator('#hz-summary li', { hasText: 'revision' }).count(), 0);
    assert.equal(await page.locator('.written', { hasText: 'From before' }).count(), 1);
  });

  it('of two tabs follow each other without locks, and never overwrite unseen', async () => {
    const context = await world.browser.newContext();
    await context.addInitScript(() => delete Navigator.prototype.locks);
    const first = await world.open('/#apply/initiative', { context });
    await formOf(first);
    const second = await world.open('/#apply/initiative', { context });
    await formOf(second);

    await first.locator('#hz-title-en').fill('From the first');
    await second.waitForFunction(
      () =>
        document.querySelector('hezuo-application').shadowRoot.querySelector('#hz-title-en')
          .value === 'From the first',
    );
    // Both at once: the one that saves last is asked.
    await second.locator('#hz-title-en').fill('From the second');
    await first.locator('#hz-title-en').fill('Again from the first');
    const asked = (page) => page.locator('.view.merging');
    await Promise.any([asked(first).waitFor(), asked(second).waitFor()]);
    const loser = (await asked(first).count()) ? first : second;
    const own = loser === first ? 'Again from the first' : 'From the second';
    const shown = await asked(loser).textContent();
    await loser.getByRole('button', { name: 'For all questions: What is shown here' }).click();
    await loser.locator('#hz-merge').click();
    await saved(loser);

    assert.match(shown, /Again from the first/);
    assert.match(shown, /From the second/);
    assert.equal(await loser.locator('#hz-title-en').inputValue(), own);
  });

  it('keep files by their content, and ask again for those that are gone', async () => {
    const page = await world.open('/#apply/partnership');
    await formOf(page);
    await page.locator('#hz-has_agreement-yes').check();
    const file = {
      name: 'agreement.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
    };
    await page.locator('#hz-agreement_file').setInputFiles(file);
    await page.locator('.files li').waitFor();
    await saved(page);
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open('hezuo', 1);
          opening.onsuccess = () => {
            const transaction = opening.result.transaction('files', 'readwrite');
            transaction.objectStore('files').clear();
            transaction.oncomplete = resolve;
          };
        }),
    );

    await page.reload();
    await page.locator('.files li.lost').waitFor();
    await page.locator('#hz-agreement_file').setInputFiles(file);
    await page.locator('.files li:not(.lost)').waitFor();

    assert.equal(await page.locator('.files li').count(), 1);
    assert.equal((await kept(page)).files, 1);
  });

  it('use the place in the address, so that Back goes back in the form', async () => {
    const page = await world.open();
    await formOf(page);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    const second = await page.locator('.view-title').textContent();

    await page.goBack();

    assert.match(second, /The partnership/);
    assert.match(await page.locator('.view-title').textContent(), /Before you start/);
    assert.match(page.url(), /#apply\/conditions$/);
    assert.notEqual(await focusedId(page), undefined);
  });
});

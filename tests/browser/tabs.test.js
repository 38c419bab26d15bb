import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessibilityFaults, focusedId, formOf, goTo, saved, useBrowser } from './browser.js';

/** Types a title, and hangs before it can be saved. */
const hang = (page, text, ms) =>
  page.evaluate(
    ([value, time]) => {
      const { shadowRoot } = document.querySelector('hezuo-application');
      const box = shadowRoot.querySelector('#hz-title-en');
      box.value = value;
      box.dispatchEvent(new Event('input', { bubbles: true }));
      const until = Date.now() + time;
      while (Date.now() < until);
    },
    [text, ms],
  );

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
    const hung = hang(first, 'Typed and hung', 4000);

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

  describe('and a copy of it', () => {
    const copy = async (page) => {
      await locked(page);
      await page.getByRole('button', { name: 'Work on a copy' }).click();
      await page.getByText('This is a copy.').waitFor();
    };
    const list = (page) => page.locator('[part=copies]');

    it('are worked on side by side, also after a reload', async () => {
      const [first, second] = await tabs(2);
      await title(first).fill('Shared');
      await holds(second, 'Shared');

      await copy(second);
      await title(second).fill('Of the copy');
      await saved(second);
      await title(first).fill('Of the first');
      await saved(first);
      await second.reload();
      await formOf(second);

      await editable(second);
      assert.equal(await title(second).inputValue(), 'Of the copy');
      assert.match(await second.locator('.head-side').textContent(), /Copy of/);
      assert.equal(await title(first).inputValue(), 'Of the first');
    });

    it('are listed on the overview, opened, merged and discarded', async () => {
      const [first, second] = await tabs(2);
      await title(first).fill('Shared');
      await holds(second, 'Shared');
      await copy(second);
      await title(second, 'zh-Hans').fill('副本');
      await saved(second);
      await goTo(second, '');
      await list(second).waitFor();
      assert.deepEqual(await accessibilityFaults(second), []);
      await second.close();

      await goTo(first, '');
      await list(first)
        .getByRole('button', { name: /^Merge into this draft: Copy of/ })
        .click();
      await first.getByText('The answers of both drafts are merged.').waitFor();
      await goTo(first, 'initiative');
      assert.equal(await title(first).inputValue(), 'Shared');
      assert.equal(await title(first, 'zh-Hans').inputValue(), '副本');

      await goTo(first, '');
      await list(first)
        .getByRole('button', { name: /^Discard: Copy of/ })
        .click();
      await first.getByText(/Copy of .* was removed/).waitFor();
      assert.equal(await list(first).count(), 0);
      await first.getByRole('button', { name: 'Undo' }).click();
      await list(first)
        .getByRole('button', { name: /^Open: Copy of/ })
        .click();
      await first.locator('.head-side', { hasText: 'Copy of' }).waitFor();
      await list(first).getByRole('button', { name: 'Open: First draft' }).click();
      await first.locator('.head-side', { hasText: 'Copy of' }).waitFor({ state: 'detached' });
      await first.locator('#hz-shared').check();
      await list(first).waitFor({ state: 'detached' });
    });

    it('keeps what a tab that lost the draft could not save', async () => {
      const [first, second] = await tabs(2);
      await locked(second);
      const hung = hang(first, 'Not saved', 3000);
      await workHere(second);
      await editable(second);
      await title(second).fill('From the second');
      await saved(second);
      await hung;

      await copy(first);

      await holds(first, 'Not saved');
      await first.reload();
      await formOf(first);
      assert.equal(await title(first).inputValue(), 'Not saved');
    });
  });

  describe('that both changed', () => {
    /** As browsers are that know no locks: both write. */
    async function unlocked() {
      const context = await world.browser.newContext();
      await context.addInitScript(() => delete Navigator.prototype.locks);
      const pages = [];
      for (let i = 0; i < 2; ++i) {
        const page = await world.open('/#apply/initiative', { context });
        await formOf(page);
        pages.push(page);
      }
      await title(pages[0]).fill('Base');
      await holds(pages[1], 'Base');
      return pages;
    }
    /** Types in both before either knows of the other. */
    async function both(pages, fills) {
      const channels = pages.map((page) =>
        page.evaluate((texts) => {
          const area = document.querySelector('hezuo-application').shadowRoot;
          for (const [id, text] of Object.entries(texts)) {
            const box = area.getElementById(id);
            box.value = text;
            box.dispatchEvent(new Event('input', { bubbles: true }));
          }
        }, fills[pages.indexOf(page)]),
      );
      await Promise.all(channels);
    }
    const value = (page, id) => page.locator(`#${id}`).inputValue();
    const merging = (page) => page.locator('.view.merging');

    it('are merged of themselves where they do not differ, which can be undone', async () => {
      const pages = await unlocked();

      await both(pages, [{ 'hz-title-en': 'English' }, { 'hz-title-zh-Hans': '中文' }]);

      for (const page of pages) {
        await holds(page, 'English');
        await page.waitForFunction(
          () =>
            document
              .querySelector('hezuo-application')
              .shadowRoot.querySelector('#hz-title-zh-Hans').value === '中文',
        );
      }
      const merger = pages.find((page) => page.files.includes('/dist/hezuo-merge.js'));
      await saved(merger);
      assert.match(await notice(merger).textContent(), /The answers of both drafts are merged/);
      const own = merger === pages[0] ? 'hz-title-en' : 'hz-title-zh-Hans';
      const other = merger === pages[0] ? 'hz-title-zh-Hans' : 'hz-title-en';
      const before = await value(merger, own);
      await merger.getByRole('button', { name: 'Undo' }).click();
      await merger.getByText('Your answers are back.').waitFor();
      assert.equal(await value(merger, own), before);
      assert.notEqual(await value(merger, other), merger === pages[0] ? '中文' : 'English');
      assert.deepEqual(merger.violations, []);
    });

    it('are shown question by question where they differ, until one chooses', async () => {
      const pages = await unlocked();

      await both(pages, [
        { 'hz-title-en': 'From the first', 'hz-abstract-en': 'One' },
        { 'hz-title-en': 'From the second', 'hz-abstract-en': 'Two', 'hz-title-zh-Hans': '题' },
      ]);
      await Promise.any(pages.map((page) => merging(page).waitFor()));
      const page = (await merging(pages[0]).count()) ? pages[0] : pages[1];
      const [own, other] =
        page === pages[0]
          ? ['From the first', 'From the second']
          : ['From the second', 'From the first'];

      assert.equal(await focusedId(page), 'hz-view');
      const legends = await merging(page).locator('legend').allTextContents();
      assert.match(legends.join(), /English.*English/);
      const first = merging(page).locator('fieldset.merge').first();
      assert.match(await first.textContent(), new RegExp(own));
      assert.match(await first.textContent(), new RegExp(other));
      assert.deepEqual(await accessibilityFaults(page), []);
      await page.getByRole('button', { name: '中文' }).click();
      await page.getByText('两份草稿中的内容不一致').waitFor();
      assert.deepEqual(await accessibilityFaults(page), []);
      await page.getByRole('button', { name: 'English' }).click();

      // Not before every question is decided.
      await page.locator('#hz-merge').click();
      assert.equal(await focusedId(page), 'hz-merge-0-mine');
      await page.keyboard.press('ArrowRight');
      await page.locator('#hz-merge-0-theirs:checked').waitFor();
      await page.locator('#hz-merge').click();
      assert.equal(await focusedId(page), 'hz-merge-1-mine');
      await page.locator('#hz-merge-1-both').check();
      await page.keyboard.press('Tab');
      assert.equal(await focusedId(page), 'hz-merge');
      await page.keyboard.press('Enter');
      await holds(page, other);
      await saved(page);

      assert.equal(await value(page, 'hz-title-zh-Hans'), '题');
      const [one, two] = page === pages[0] ? ['One', 'Two'] : ['Two', 'One'];
      assert.equal(await value(page, 'hz-abstract-en'), `${one}\n\n${two}`);
      await holds(page === pages[0] ? pages[1] : pages[0], other);
      await page.getByRole('button', { name: 'Undo' }).click();
      await holds(page, own);
      await saved(page);
    });

    it('can all be taken of one side', async () => {
      const pages = await unlocked();
      await both(pages, [{ 'hz-title-en': 'First' }, { 'hz-title-en': 'Second' }]);
      await Promise.any(pages.map((page) => merging(page).waitFor()));
      const page = (await merging(pages[0]).count()) ? pages[0] : pages[1];

      await page
        .getByRole('button', { name: 'For all questions: What is in the other tab' })
        .click();
      assert.equal(await focusedId(page), 'hz-merge');
      await page.keyboard.press('Enter');

      await holds(page, page === pages[0] ? 'Second' : 'First');
    });

    it('can be chosen as a whole where the merge cannot be loaded', async () => {
      const pages = await unlocked();
      await pages[0].context().route('**/hezuo-merge.js', (route) => route.abort());

      await both(pages, [{ 'hz-title-en': 'First' }, { 'hz-title-en': 'Second' }]);
      const conflict = (page) => page.getByText('Which answers do you want to keep?');
      await Promise.any(pages.map((page) => conflict(page).waitFor()));
      const page = (await conflict(pages[0]).count()) ? pages[0] : pages[1];
      const own = await title(page).inputValue();
      await page.getByRole('button', { name: 'What is shown here' }).click();
      await saved(page);

      for (const each of pages) await holds(each, own);
    });

    it('are merged when a tab that could not save takes the draft back', async () => {
      const [first, second] = await tabs(2);
      await locked(second);
      const hung = first.evaluate(() => {
        const area = document.querySelector('hezuo-application').shadowRoot;
        const box = area.querySelector('#hz-title-zh-Hans');
        box.value = '未保存';
        box.dispatchEvent(new Event('input', { bubbles: true }));
        const until = Date.now() + 3000;
        while (Date.now() < until);
      });
      await workHere(second);
      await editable(second);
      await title(second).fill('From the second');
      await saved(second);
      await hung;
      await locked(first);

      await workHere(first);
      await editable(first);
      await holds(first, 'From the second');
      await saved(first);

      assert.equal(await title(first, 'zh-Hans').inputValue(), '未保存');
    });
  });

  describe("and a co-applicant's file", () => {
    const file = (answers, rest = {}) => ({
      name: 'partner.json',
      mimeType: 'application/json',
      buffer: Buffer.from(
        JSON.stringify({
          definition: 'uec-award-2019',
          revision: 1,
          language: 'zh-Hans',
          answers,
          consents: {
            gdpr: { given: true, version: '1', language: 'zh-Hans', at: '2026-09-16T08:30:00Z' },
          },
          history: [],
          ...rest,
        }),
      ),
    });

    it('are merged, without its consents; what differs is asked', async () => {
      const [page] = await tabs(1);
      await title(page).fill('Mine');
      await goTo(page, '');

      await page
        .locator('#hz-load-merge')
        .setInputFiles(file({ title: { en: 'Theirs', 'zh-Hans': '对方' } }));
      await page.locator('.view.merging').waitFor();
      const shown = await page.locator('.view.merging').textContent();
      await page.getByRole('button', { name: 'Back' }).click();
      await page.locator('.view.start').waitFor();
      await page
        .locator('#hz-load-merge')
        .setInputFiles(file({ title: { en: 'Theirs', 'zh-Hans': '对方' } }));
      await page.getByRole('radio', { name: 'What is shown here' }).check();
      await page.locator('#hz-merge').click();
      await page.getByText('The answers of both drafts are merged.').waitFor();
      await goTo(page, 'initiative');

      assert.match(shown, /Mine/);
      assert.match(shown, /partner\.json/);
      assert.equal(await title(page).inputValue(), 'Mine');
      assert.equal(await title(page, 'zh-Hans').inputValue(), '对方');
      await goTo(page, 'check');
      assert.equal(await page.locator('.consents input:checked').count(), 0);
    });

    it('show files that only the other has as lost, and groups by row', async () => {
      const [page] = await tabs(1);
      const agreement = { name: 'a.pdf', type: 'application/pdf', size: 9, sha256: 'a'.repeat(64) };
      await goTo(page, '');

      await page
        .locator('#hz-load-merge')
        .setInputFiles(file({ has_agreement: true, agreement_file: [agreement] }));
      await page.getByText('The answers of both drafts are merged.').waitFor();
      await goTo(page, 'partnership');

      await page.locator('.files li.lost').waitFor();
    });

    it('that is none of this call changes nothing', async () => {
      const [page] = await tabs(1);
      await goTo(page, '');
      await page.locator('#hz-load-merge').setInputFiles(file({}, { definition: 'other' }));
      await page.getByText('partner.json is not a draft of this call.').waitFor();
    });
  });
});

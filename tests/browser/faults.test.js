// What goes wrong around a form, one thing at a time, in a real browser: nothing typed is lost,
// and what the form says is true.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formOf, goTo, sampleAnswers, saved, useBrowser } from './browser.js';
import { atTheEnd, handIn } from './hand-in.js';

const YEAR_MS = 365 * 24 * 3600 * 1000;

describe('faults', () => {
  const world = useBrowser();

  /** A page, and the protocol by which its browser is disturbed. */
  const open = async (path = '/#apply/initiative', options) => {
    const page = await world.open(path, options);
    await formOf(page);
    const protocol = await page.context().newCDPSession(page);
    return { page, protocol };
  };
  const type = (page, text) => page.locator('#hz-title-en').fill(text);
  const state = (page) => page.locator('.save-state');

  it('a full disk is told, and saving goes on when there is room again', async () => {
    const { page, protocol } = await open();
    const quota = (quotaSize) =>
      protocol.send('Storage.overrideQuotaForOrigin', { origin: world.url, quotaSize });
    // Before anything is saved: for a while the browser remembers how much room there was.
    await quota(1000);

    await type(page, 'While it is full');
    await page.locator('.save-state.failed').waitFor();
    assert.match(await state(page).textContent(), /full/i);
    await quota(undefined);
    await type(page, 'Room again');
    await saved(page);

    await page.reload();
    await formOf(page);
    assert.equal(await page.locator('#hz-title-en').inputValue(), 'Room again');
  });

  it('a storage that is cleared meanwhile takes nothing of what is shown', async () => {
    const { page, protocol } = await open();
    await type(page, 'Before');
    await saved(page);

    await protocol.send('Storage.clearDataForOrigin', { origin: world.url, storageTypes: 'all' });
    await type(page, 'After it was cleared');
    await page.locator('.save-state.saving').waitFor();
    await saved(page);

    await page.reload();
    await formOf(page);
    assert.equal(await page.locator('#hz-title-en').inputValue(), 'After it was cleared');
  });

  for (const [name, years, sentence] of [
    ['ahead', 3, /The call closed on/],
    ['behind', -3, /The call opens on/],
  ]) {
    it(`a clock that is ${name} only warns: the site's own decides`, async () => {
      const page = await world.open('/', {
        prepare: (fresh) => fresh.clock.setFixedTime(Date.now() + years * YEAR_MS),
      });
      const answers = await sampleAnswers();
      await atTheEnd(page, answers);

      await page.locator('#hz-send').click();

      await page.locator('#hz-warnings li', { hasText: sentence }).waitFor();
      await handIn(page);
      await page.locator('.view.done').waitFor();
      await world.storedOf(page);
    });
  }

  it('a call that closes while somebody writes keeps the text, and says what is possible', async () => {
    const { page } = await open('/#apply/initiative', {
      prepare: (fresh) => fresh.clock.install(),
    });
    await type(page, 'Too late');
    await page.clock.fastForward(4 * YEAR_MS);

    const notice = page.locator('.notice', { hasText: 'the call is closed' });
    await notice.waitFor();
    assert.equal(await page.locator('#hz-title-en').inputValue(), 'Too late');
    const download = page.waitForEvent('download');
    await notice.getByRole('button', { name: 'Save the draft to a file' }).click();
    assert.match((await download).suggestedFilename(), /\.json$/);
    await goTo(page, '');
    assert.ok(await page.getByText('The call is closed').first().isVisible());
  });
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import {
  accessibilityFaults,
  focusedId,
  formOf,
  goTo,
  sampleAnswers,
  saved,
  useBrowser,
} from './browser.js';
import { atTheEnd, handIn } from './hand-in.js';

const PASSPHRASE = '合作 correct horse';

describe('protected drafts', () => {
  const world = useBrowser();

  const open = async (options) => {
    const page = await world.open('/#apply/initiative', options);
    await formOf(page);
    return page;
  };
  const openVault = async (page) => {
    await goTo(page, '');
    await page.locator('#hz-vault').click();
    await page.locator('#hz-passphrase').waitFor();
  };

  /** A protected file with a title, as the browser downloads it. */
  const sealedFile = async (title) => {
    const page = await open();
    await page.locator('#hz-title-en').fill(title);
    await openVault(page);
    await page.locator('#hz-passphrase').fill(PASSPHRASE);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the draft to a protected file' }).click();
    const download = await downloading;
    assert.deepEqual([page.violations, page.failures, page.foreign], [[], [], []]);
    return readFile(await download.path(), 'utf8');
  };

  /** Chooses a protected file in a box, and writes its passphrase. */
  const unseal = async (page, box, text) => {
    const buffer = Buffer.from(text);
    await page
      .locator(box)
      .setInputFiles({ name: 'theirs.json', mimeType: 'application/json', buffer });
    await page.locator('#hz-passphrase').fill(PASSPHRASE);
    await page.keyboard.press('Enter');
  };

  it('go to a file that says how it is encrypted, and nothing of what it holds', async () => {
    const file = await sealedFile('Secret title');

    const { kdf, cipher } = JSON.parse(file);
    assert.deepEqual(
      [kdf.name, kdf.hash, kdf.iterations, cipher.name, cipher.length],
      ['PBKDF2', 'SHA-256', 600_000, 'AES-GCM', 256],
    );
    assert.ok(!file.includes('Secret') && !file.includes(btoa('Secret').slice(0, 6)));
  });

  it('come back on another device with the passphrase, and with no other', async () => {
    const file = await sealedFile('Secret title');
    const page = await open();
    await goTo(page, '');

    const buffer = Buffer.from(file);
    await page
      .locator('#hz-load')
      .setInputFiles({ name: '草稿.json', mimeType: 'application/json', buffer });
    await page.getByText('草稿.json is protected').waitFor();
    assert.equal(await focusedId(page), 'hz-passphrase');
    await page.keyboard.type('another one');
    await page.keyboard.press('Enter');
    await page.getByText('The passphrase does not fit').waitFor();
    assert.equal(await focusedId(page), 'hz-passphrase');
    assert.deepEqual(await accessibilityFaults(page), []);
    // As a keyboard of full-width letters writes it.
    await page.locator('#hz-passphrase').fill(PASSPHRASE.replace('correct', 'ｃｏｒｒｅｃｔ'));
    await page.keyboard.press('Enter');

    await page.getByText('The draft of your file is shown.').waitFor();
    await goTo(page, 'initiative');
    assert.equal(await page.locator('#hz-title-en').inputValue(), 'Secret title');
  });

  it('want a passphrase that is not guessed at once', async () => {
    const page = await open();
    await openVault(page);

    await page.locator('#hz-passphrase').fill('1234567');
    await page.keyboard.press('Enter');

    await page.getByText('at least 8 characters.').last().waitFor();
    assert.equal(await page.locator('#hz-passphrase').getAttribute('aria-invalid'), 'true');
  });

  it('can be merged with what is there', async () => {
    const file = await sealedFile('Secret title');
    const page = await open();
    await page.locator('#hz-title-zh-Hans').fill('标题');
    await goTo(page, '');

    await unseal(page, '#hz-load-merge', file);

    await page.getByText('The answers of both drafts are merged.').waitFor();
    await goTo(page, 'initiative');
    assert.equal(await page.locator('#hz-title-en').inputValue(), 'Secret title');
    assert.equal(await page.locator('#hz-title-zh-Hans').inputValue(), '标题');
  });

  it('that are damaged are refused, and change nothing', async () => {
    const file = JSON.parse(await sealedFile('Secret title'));
    const data = Buffer.from(file.data, 'base64');
    data[40] ^= 1;
    const damaged = JSON.stringify({ ...file, data: data.toString('base64') });
    const page = await open();
    await page.locator('#hz-title-en').fill('Mine');
    await saved(page);
    await goTo(page, '');

    await unseal(page, '#hz-load', damaged);

    await page.getByText('The passphrase does not fit').waitFor();
    await goTo(page, 'initiative');
    assert.equal(await page.locator('#hz-title-en').inputValue(), 'Mine');
  });
});

describe('an encrypted copy at the site', () => {
  const world = useBrowser();

  /** Opens a page; its copy is renewed without a pause. */
  const open = async (path = '/#apply/initiative') => {
    const page = await world.open(path, { prepare: (fresh) => fresh.clock.install() });
    await formOf(page);
    page.sent = [];
    page.on('request', (request) => {
      if (request.method() === 'PUT') page.sent.push(request.postDataBuffer());
    });
    return page;
  };
  const title = (page) => page.locator('#hz-title-en');
  /** Waits until the copy holds a text, which the browser notes beside the draft. */
  const renewed = async (page, text) => {
    const holds = () =>
      page.evaluate(async (wanted) => {
        const opening = indexedDB.open('hezuo');
        const database = await new Promise((resolve) => {
          opening.onsuccess = () => resolve(opening.result);
        });
        const reading = database.transaction('drafts').objectStore('drafts').getAll();
        const drafts = await new Promise((resolve) => {
          reading.onsuccess = () => resolve(reading.result);
        });
        database.close();
        return drafts.some(({ remote }) => remote?.base?.includes(wanted));
      }, text);
    while (!(await holds())) await page.clock.fastForward(20_000);
  };
  /** Types a title, keeps a copy, and gives its link. */
  const keep = async (page, text) => {
    await title(page).fill(text);
    await goTo(page, '');
    await page.locator('#hz-vault').click();
    await page.getByRole('button', { name: 'Keep an encrypted copy' }).click();
    await page.locator('#hz-link').waitFor();
    return page.locator('#hz-link').inputValue();
  };
  const asked = (page, text) => page.locator('.notice, .view', { hasText: text }).first().waitFor();

  it('is opened on another device by its link, which does not stay in the address', async () => {
    const first = await open();
    const link = await keep(first, 'On the first device');
    await first.waitForFunction(
      () => document.querySelector('hezuo-application').shadowRoot.activeElement?.id === 'hz-link',
    );
    assert.deepEqual(await accessibilityFaults(first), []);
    const secret = link.split('/').pop();

    const second = await open(link.replace(world.url, ''));
    await asked(second, 'The draft of your link is shown.');
    await goTo(second, 'initiative');

    assert.equal(await title(second).inputValue(), 'On the first device');
    assert.ok(!second.url().includes(secret));
    const sent = Buffer.concat(first.sent).toString('latin1');
    assert.ok(sent.length > 100 && !sent.includes('first device'), 'the site cannot read it');
    assert.ok(!first.files.concat(second.files).some((path) => path.includes(secret)));
    assert.deepEqual([second.violations, second.failures, second.foreign], [[], [], []]);
  });

  it('follows what is written, also after a reload, and brings it to a wiped browser', async () => {
    const first = await open();
    const link = await keep(first, 'Before');
    await goTo(first, 'initiative');
    await title(first).fill('After');
    await saved(first);
    await renewed(first, 'After');
    await first.reload();
    await formOf(first);
    await title(first).fill('Reloaded');
    await saved(first);
    await renewed(first, 'Reloaded');

    const wiped = await open(link.replace(world.url, ''));
    await asked(wiped, 'The draft of your link is shown.');
    await goTo(wiped, 'initiative');
    assert.equal(await title(wiped).inputValue(), 'Reloaded');
  });

  it('follows what is written on a shared computer, which keeps nothing itself', async () => {
    const page = await open('/');
    await page.locator('#hz-shared').check();
    await page.locator('.save-state.off').waitFor();
    await goTo(page, 'initiative');
    const link = await keep(page, 'Before');
    await goTo(page, 'initiative');
    const written = page.waitForResponse((response) => response.request().method() === 'PUT');
    await title(page).fill('Shared');
    await page.clock.fastForward(20_000);
    await written;

    const home = await open(link.replace(world.url, ''));
    await asked(home, 'The draft of your link is shown.');
    await goTo(home, 'initiative');
    assert.equal(await title(home).inputValue(), 'Shared');
  });

  it('is merged where two devices have written', async () => {
    const first = await open();
    const link = await keep(first, 'Title');
    const second = await open(link.replace(world.url, ''));
    await asked(second, 'The draft of your link is shown.');
    await goTo(second, 'initiative');
    await second.locator('#hz-title-zh-Hans').fill('标题');
    await saved(second);
    await renewed(second, '标题');

    await goTo(first, 'initiative');
    await title(first).fill('Another title');
    await saved(first);
    await renewed(first, '标题');

    await first.waitForFunction(
      () =>
        document.querySelector('hezuo-application').shadowRoot.querySelector('#hz-title-zh-Hans')
          ?.value === '标题',
    );
    assert.equal(await title(first).inputValue(), 'Another title');
  });

  it('says that it is behind while the site does not answer, and catches up', async () => {
    const page = await open();
    await keep(page, 'Before');
    await page.route('**/drafts/*', (route) => route.abort());
    await goTo(page, 'initiative');
    await title(page).fill('While it was cut');
    await saved(page);
    await page.clock.fastForward(20_000);
    await goTo(page, '');
    await page.getByText('The copy could not be renewed.').waitFor();

    await page.unroute('**/drafts/*');
    await renewed(page, 'While it was cut');

    await page.getByText('The copy was renewed at').waitFor();
  });

  it('is gone once it is deleted, or its draft was handed in', async () => {
    const page = await open();
    const link = await keep(page, 'Deleted');
    await page.getByRole('button', { name: 'Delete the copy at this site' }).click();
    await asked(page, 'is deleted');
    const late = await open(link.replace(world.url, ''));
    await asked(late, 'There is no draft under this link');

    const done = await world.open('/');
    await atTheEnd(done, await sampleAnswers());
    await goTo(done, '');
    await done.locator('#hz-vault').click();
    await done.getByRole('button', { name: 'Keep an encrypted copy' }).click();
    const other = await done.locator('#hz-link').inputValue();
    await goTo(done, 'check');
    const deleted = done.waitForResponse((response) => response.request().method() === 'DELETE');
    await handIn(done);
    assert.equal((await deleted).status(), 204);
    const gone = await open(other.replace(world.url, ''));
    await asked(gone, 'There is no draft under this link');
  });

  it('is not opened by half a link', async () => {
    const page = await open('/#apply/resume/abc');
    await asked(page, 'This link is not whole');
  });
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { accessibilityFaults, focusedId, formOf, goTo, saved, useBrowser } from './browser.js';

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

    await page.locator('#hz-load-merge').setInputFiles({
      name: 'theirs.json',
      mimeType: 'application/json',
      buffer: Buffer.from(file),
    });
    await page.locator('#hz-passphrase').fill(PASSPHRASE);
    await page.keyboard.press('Enter');

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

    await page.locator('#hz-load').setInputFiles({
      name: 'd.json',
      mimeType: 'application/json',
      buffer: Buffer.from(damaged),
    });
    await page.locator('#hz-passphrase').fill(PASSPHRASE);
    await page.keyboard.press('Enter');

    await page.getByText('The passphrase does not fit').waitFor();
    await goTo(page, 'initiative');
    assert.equal(await page.locator('#hz-title-en').inputValue(), 'Mine');
  });
});

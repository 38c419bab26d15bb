import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessibilityFaults, focusedId, formOf, goTo, saved, useBrowser } from './browser.js';

const pdf = (name, text = '') => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.4\n${text}\n%%EOF\n`),
});

describe('files', () => {
  const world = useBrowser();
  const names = (page) => page.locator('.files .file-name').allTextContents();

  /** A call that asks for a single file. */
  async function one() {
    const context = await world.browser.newContext();
    const definition = { id: 'proof', kind: 'file', label: 'Proof', types: ['application/pdf'] };
    const call = {
      hezuo: 1,
      id: 'one-file',
      revision: 1,
      languages: ['en'],
      title: 'One file',
      contact: { name: 'Office', email: 'office@example.org' },
      sections: [{ id: 'proofs', title: 'Proofs', fields: [definition] }],
    };
    await context.route('**/call.json', (route) => route.fulfill({ json: call }));
    return context;
  }

  async function open() {
    const page = await world.open('/#apply/partnership');
    await formOf(page);
    await page.locator('#hz-has_agreement-yes').check();
    return page;
  }

  it('take the place of each other where one is asked for, and come back', async () => {
    const context = await one();
    const page = await world.open('/#apply/proofs', { context });
    await formOf(page);
    const input = page.locator('#hz-proof');
    await input.setInputFiles(pdf('first.pdf', '1'));
    await page.locator('.files li').waitFor();

    await input.setInputFiles(pdf('第二份.pdf', '2'));

    await page.locator('.files li', { hasText: '第二份.pdf' }).waitFor();
    assert.deepEqual(await names(page), ['第二份.pdf']);
    assert.equal(await page.locator('.drop .button').textContent(), 'Choose a file');
    assert.deepEqual(await accessibilityFaults(page), []);

    await page.getByRole('button', { name: 'Undo' }).click();

    assert.deepEqual(await names(page), ['first.pdf']);
    assert.equal(await page.locator('.files .lost').count(), 0);
  });

  it('can be removed, and had back by keyboard', async () => {
    const page = await open();
    await page.locator('#hz-agreement_file').setInputFiles(pdf('agreement.pdf'));
    await page.locator('.files button').focus();

    await page.keyboard.press('Enter');

    await page.waitForFunction(
      () => !document.querySelector('hezuo-application').shadowRoot.querySelector('.files'),
    );
    assert.equal(await focusedId(page), 'hz-agreement_file-undo');
    await page.keyboard.press('Enter');
    await page.locator('.files li').waitFor();
    assert.deepEqual(await names(page), ['agreement.pdf']);
  });

  it('that are refused say so even after a reload', async () => {
    const page = await open();
    const text = { name: 'a\u202egnp.txt', mimeType: 'text/plain', buffer: Buffer.from('words') };
    await page.locator('#hz-agreement_file').setInputFiles(text);
    const error = page.locator('[data-key=agreement_file] .issue.error').first();
    await error.waitFor();
    await saved(page);

    await page.reload();
    await formOf(page);
    await goTo(page, 'partnership');

    await error.waitFor();
    // What turns the direction of text stays within the name.
    const [name] = await page.locator('.files bdi').allTextContents();
    assert.equal(name, 'a\u202egnp.txt');
  });
});

describe('a line', () => {
  const world = useBrowser();

  it('takes a pasted text without its line breaks, and keeps the caret', async () => {
    const page = await world.open('/#apply/initiative');
    await formOf(page);
    const box = page.locator('#hz-title-en');
    await box.fill('Room for');
    await box.focus();

    await page.keyboard.insertText(' water\n and\r\n people');

    assert.equal(await box.inputValue(), 'Room for water and people');
    assert.equal(await box.evaluate((area) => area.selectionStart), 25);
  });
});

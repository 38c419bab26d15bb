// Handing in, for tests of what comes of it.
import { formOf, goTo, saved } from './browser.js';

/** A draft of the call with these answers, as the form itself saves it. */
function draftOf(answers) {
  const call = { definition: 'uec-award-2019', revision: 1, language: 'en' };
  const draft = { ...call, answers, consents: {}, history: [] };
  return {
    name: 'draft.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(draft)),
  };
}

/** Opens the form with answers, all consents given, at its last page. */
export async function atTheEnd(page, answers) {
  await formOf(page);
  await page.locator('#hz-load').setInputFiles(draftOf(answers));
  await page.getByText('The draft of your file is shown.').waitFor();
  await goTo(page, 'check');
  for (const box of await page.locator('.consent input').all()) await box.check();
  await saved(page);
}

/** Hands in, and confirms the warnings if there are any. */
export async function handIn(page) {
  await page.locator('#hz-send').click();
  const warnings = page.locator('#hz-confirm');
  const after = page.locator('.view.done, .view.pending, #hz-summary');
  await warnings.or(after).first().waitFor();
  if (!(await warnings.isVisible())) return;
  await warnings.check();
  await page.locator('#hz-send').click();
  await after.first().waitFor();
}

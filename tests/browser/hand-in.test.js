import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { focusedId, formOf, goTo, sampleAnswers, saved, sorted, useBrowser } from './browser.js';
import { atTheEnd, handIn } from './hand-in.js';
import { handInByKeyboard } from './keyboard.js';

describe('handing in', () => {
  const world = useBrowser();

  it('stores the call that was filled in by keyboard alone', async () => {
    await handInByKeyboard(world, '/', 'en');
  });

  it('shows a summary that takes the focus and leads to each question', async () => {
    const page = await world.open();
    await formOf(page);
    await goTo(page, 'check');

    await page.locator('#hz-send').click();

    await page.locator('#hz-summary').waitFor();
    assert.equal(await focusedId(page), 'hz-summary');
    const { y } = await page.locator('#hz-summary').boundingBox();
    assert.ok(y >= 0 && y < 300, `it is read from its beginning, which is at ${y}`);
    assert.match(await page.title(), /^Error: /);
    const links = page.locator('#hz-summary a');
    assert.ok((await links.count()) > 10);
    await links.filter({ hasText: 'European city or region' }).first().click();
    assert.equal(await focusedId(page), 'hz-european_place-country');
  });

  it('asks before it hands in two languages that do not say the same', async () => {
    const answers = await sampleAnswers();
    answers.transferability['zh-Hans'] += '已有37座城市采用。';
    const page = await world.open();
    await atTheEnd(page, answers);

    await page.locator('#hz-send').click();

    await page.locator('#hz-warnings').waitFor();
    assert.equal(await focusedId(page), 'hz-warnings');
    await page.locator('#hz-warnings a', { hasText: '“37”' }).click();
    assert.equal(await focusedId(page), 'hz-transferability-zh-Hans');
    await goTo(page, 'check');
    await page.locator('#hz-confirm').check();
    await page.locator('#hz-send').click();
    await page.locator('.view.done').waitFor();
    const { document } = await world.storedOf(page);
    assert.match(document.answers.transferability['zh-Hans'], /37座城市采用/);
  });

  it('takes the error back from the title once nothing is wrong any more', async () => {
    const answers = await sampleAnswers();
    const { title, ...rest } = answers;
    const page = await world.open();
    await atTheEnd(page, rest);
    await page.locator('#hz-send').click();
    await page.locator('#hz-summary').waitFor();

    await page.locator('#hz-summary a').first().click();
    await page.locator('#hz-title-en').fill(title.en);
    await page.locator('#hz-title-zh-Hans').fill(title['zh-Hans']);
    await page.locator('#hz-title-zh-Hans').blur();

    await page.waitForFunction(() => !document.title.startsWith('Error'));
    assert.equal(await page.locator('[data-key=title] .issue.error').count(), 0);
  });

  it('keeps everything when the network is cut, and a retry is stored once', async () => {
    const page = await world.open();
    await atTheEnd(page, await sampleAnswers());
    const before = (await world.applications()).length;
    // The request arrives, the answer does not: the worst case.
    const bodies = [];
    await page.route('**/applications', async (route) => {
      bodies.push(route.request().postDataBuffer());
      await route.fetch();
      await route.abort('connectionreset');
    });
    await handIn(page);
    await page.locator('.view.pending').waitFor();
    await page.unroute('**/applications');
    await page.route('**/applications', async (route) => {
      bodies.push(route.request().postDataBuffer());
      await route.continue();
    });

    await page.reload();
    await page.locator('#hz-retry').click();
    await page.locator('.view.done').waitFor();

    assert.equal((await world.applications()).length, before + 1);
    const documents = bodies.map(
      (body) => /name="document"\r\n\r\n(.*)\r\n/.exec(body.toString())[1],
    );
    assert.equal(documents.length, 2);
    assert.equal(documents[0], documents[1]);
  });

  it('tries again by itself when the network is back, and says so', async () => {
    const page = await world.open();
    await atTheEnd(page, await sampleAnswers());
    await page.context().setOffline(true);
    await handIn(page);
    await page.getByText('You are offline. It is sent as soon as').waitFor();
    assert.ok(await page.locator('#hz-retry').isEnabled());

    await page.context().setOffline(false);

    await page.locator('.view.done').waitFor();
    await world.storedOf(page);
  });

  it('tries again by itself after a while, longer each time', async () => {
    const page = await world.open();
    await page.clock.install();
    await atTheEnd(page, await sampleAnswers());
    const tries = [];
    await page.route('**/applications', (route) => {
      tries.push(Date.now());
      return tries.length < 3
        ? route.fulfill({ status: 500, json: { error: { code: 'x', message: 'y' } } })
        : route.continue();
    });
    await handIn(page);
    await page.getByText('The next try is at').waitFor();
    const focused = await focusedId(page);

    await page.clock.fastForward(20_000);
    await page.waitForFunction(() => true);
    while (tries.length < 2) await page.waitForTimeout(50);
    await page.locator('#hz-retry:enabled').waitFor();
    assert.equal(await focusedId(page), focused, 'nobody is disturbed');
    await page.clock.fastForward(20_000);
    assert.equal(tries.length, 2, 'the second wait is longer');
    await page.clock.fastForward(20_000);

    await page.locator('.view.done').waitFor();
    await world.storedOf(page);
  });

  it('shows what the server alone refuses at its question', async () => {
    const page = await world.open();
    await atTheEnd(page, await sampleAnswers());
    const issue = {
      code: 'check.failed',
      severity: 'error',
      key: 'title',
      pointer: '/answers/title',
      text: 'This title is taken.',
    };
    await page.route('**/applications', (route) =>
      route.fulfill({ status: 422, json: { issues: [issue] } }),
    );

    await handIn(page);

    await page.locator('#hz-summary a', { hasText: 'This title is taken.' }).click();
    assert.equal(await page.locator('[data-key=title] .issue.error').count(), 1);
    await page.locator('#hz-title-en').fill('Another title');
    assert.equal(await page.locator('[data-key=title] .issue', { hasText: 'taken' }).count(), 0);
  });

  for (const { status, headers, sentence } of [
    { status: 413, sentence: /too large/ },
    { status: 429, headers: { 'Retry-After': '20' }, sentence: /in 20 seconds/ },
    { status: 503, sentence: /busy/ },
    { status: 500, sentence: /not your fault/ },
  ]) {
    it(`says honestly what an answer of ${status} means`, async () => {
      const page = await world.open();
      await atTheEnd(page, await sampleAnswers());
      await page.route('**/applications', (route) =>
        route.fulfill({ status, headers, json: { error: { code: 'x', message: 'y' } } }),
      );

      await handIn(page);

      assert.match(await page.locator('.view.pending .summary').textContent(), sentence);
      await page.getByRole('button', { name: 'Go back to the answers' }).click();
      await page.locator('.view.check').waitFor();
    });
  }

  it('gives a receipt that can be saved, and that proves what was handed in', async () => {
    const answers = await sampleAnswers();
    const page = await world.open();
    await atTheEnd(page, answers);
    await handIn(page);
    await page.locator('.view.done').waitFor();

    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the receipt' }).click();
    const stream = await (await saving).createReadStream();
    const chunks = await stream.toArray();
    const receipt = JSON.parse(Buffer.concat(chunks).toString());

    assert.match(receipt.receipt, /^[0-9a-f]{64}$/);
    assert.deepEqual(sorted(receipt.document.answers.title), answers.title);
    assert.match(await page.locator('.contact').textContent(), /award@example\.org/);
    await page.reload();
    await page.locator('.view.done').waitFor();
    assert.equal((await page.locator('.digest').textContent()).trim(), receipt.receipt);
  });

  it('sends attached files, and keeps them over a reload', async () => {
    const page = await world.open();
    await atTheEnd(page, await sampleAnswers());
    await goTo(page, 'partnership');
    await page.locator('#hz-agreement_file').setInputFiles({
      name: '合作协议.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n%\u00e4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'),
    });
    await page.locator('.files li', { hasText: '合作协议.pdf' }).waitFor();
    await saved(page);
    await page.reload();
    await goTo(page, 'check');

    await handIn(page);
    await page.locator('.view.done').waitFor();

    const stored = await world.storedOf(page);
    assert.equal(stored.document.answers.agreement_file[0].name, '合作协议.pdf');
  });
});

// What the browser tests share: the demo's server, a browser, and a way to look at both.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

const root = new URL('../../', import.meta.url);
const TOKEN = 'token-of-the-browser-tests';

/** As root, Chromium has no sandbox; the rest keeps it from calling anyone. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
  "img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'";

/** Without a Chinese font every assertion on text passes, and people see boxes. */
function assertChineseFont() {
  const fonts = execFileSync('fc-list', [':lang=zh-cn'], { encoding: 'utf8' });
  assert.notEqual(fonts.trim(), '', 'no Chinese font is installed');
}

export async function startServer() {
  const folder = await mkdtemp(join(tmpdir(), 'hezuo-browser-'));
  const store = `sqlite:${join(folder, 'store.sqlite')}`;
  const server = spawn(
    process.execPath,
    ['js/intake/serve.js', '--demo', '--port', '0', '--store', store, '--token', TOKEN],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const url = await new Promise((resolve, reject) => {
    let text = '';
    server.stdout.on('data', (chunk) => {
      text += chunk;
      const found = /^Applications go to (\S+)\/applications$/m.exec(text);
      if (found) resolve(found[1]);
    });
    server.on('exit', () => reject(new Error(`the server ended: ${text}`)));
  });
  return {
    url,
    async stop() {
      server.removeAllListeners('exit');
      server.kill();
      await rm(folder, { recursive: true });
    },
  };
}

/** What the intake there has stored. */
export async function storedAt(url) {
  const response = await fetch(`${url}/admin/export.jsonl`, {
    headers: { Authorization: `Bearer ${TOKEN}` },
  });
  assert.equal(response.status, 200);
  const text = await response.text();
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/**
 * Starts a server and a browser around the tests of the suite in which it is called.
 * The object that it returns is filled before the first of them.
 */
export function useBrowser() {
  const world = { url: '', browser: undefined, open, storedOf };
  world.applications = () => storedAt(world.url);
  let server;
  before(async () => {
    assertChineseFont();
    server = await startServer();
    world.url = server.url;
    world.browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
  });
  after(async () => {
    await world.browser?.close();
    await server?.stop();
  });

  /**
   * Opens a page in a browser of its own, and notes what should not happen on it. `pages` are
   * served besides the demo's; `policies` are those of answers whose path fits a pattern.
   */
  async function open(path = '/', options = {}) {
    const { pages = {}, policies = {}, prepare, context: given, ...rest } = options;
    const context =
      given ?? (await world.browser.newContext({ timezoneId: 'Europe/Berlin', ...rest }));
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    page.violations = [];
    page.foreign = [];
    page.failures = [];
    page.files = [];
    await page.exposeFunction('noteViolation', (violation) => page.violations.push(violation));
    await page.exposeFunction('noteFailure', (failure) => page.failures.push(failure));
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        window.noteViolation(`${violatedDirective} ${blockedURI}`),
      );
      addEventListener('hezuo-error', ({ detail }) => window.noteFailure(String(detail.error)));
      addEventListener('hezuo-ready', ({ detail }) => (window.form = detail.form));
    });
    page.on('pageerror', (error) => page.failures.push(String(error.stack)));
    page.on('request', (request) => {
      const url = new URL(request.url());
      page.files.push(url.pathname);
      const isOurs = url.origin === world.url || /^(blob|data):$/.test(url.protocol);
      if (!isOurs) page.foreign.push(request.url());
    });
    for (const [name, body] of Object.entries(pages)) {
      await page.route(`${world.url}${name}`, (route) =>
        route.fulfill({
          body,
          contentType: 'text/html; charset=utf-8',
          headers: { 'Content-Security-Policy': policy },
        }),
      );
    }
    for (const [pattern, value] of Object.entries(policies)) {
      await page.route(`${world.url}${pattern}`, async (route) => {
        const response = await route.fetch();
        const headers = { ...response.headers(), 'content-security-policy': value };
        await route.fulfill({ response, headers });
      });
    }
    await prepare?.(page);
    await page.goto(`${world.url}${path}`);
    return page;
  }

  /** What the intake has under the digest that a page shows. */
  async function storedOf(page) {
    const digest = (await page.locator('.digest').textContent()).trim();
    const stored = (await world.applications()).find(({ receipt }) => receipt === digest);
    assert.ok(stored, 'the receipt is of a stored application');
    return stored;
  }

  return world;
}

/** The form of a page, once it is there. */
export async function formOf(page, selector = 'hezuo-application') {
  const element = page.locator(selector);
  await element.locator('.root').waitFor();
  return element;
}

/** The id of what has the focus inside a form. */
export function focusedId(page, selector = 'hezuo-application') {
  return page.evaluate(
    (wanted) => document.querySelector(wanted).shadowRoot.activeElement?.id ?? '',
    selector,
  );
}

/** Goes to a section, or to `check`, by the address. */
export async function goTo(page, place, id = 'apply') {
  await page.evaluate((hash) => (location.hash = hash), `${id}/${place}`);
  const isThere = place === 'check' ? '.view.check' : '.view.section, .view.start';
  await page.locator(`#${id}`).locator(isThere).first().waitFor();
}

/** Waits until the draft is in the browser. */
export function saved(page) {
  return page.waitForFunction(() => {
    const state = document
      .querySelector('hezuo-application')
      .shadowRoot.querySelector('.save-state');
    return state.classList.contains('saved');
  });
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong with the form, as sentences. */
export async function accessibilityFaults(page, options = {}) {
  const { selector = 'hezuo-application', rules } = options;
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate(
    async ({ selector, rules }) => {
      const runOnly = rules && { type: 'rule', values: rules };
      const { violations } = await window.axe.run(selector, {
        resultTypes: ['violations'],
        runOnly,
      });
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ target }) => target.flat().join(' ')).join(', ')}`,
      );
    },
    { selector, rules },
  );
}

/** The same of every page of the form, empty, checked and failed. */
export async function faultsEverywhere(page) {
  await formOf(page);
  const { sections } = await page.evaluate(() => window.form);
  const faults = [];
  const look = async (name) => {
    for (const fault of await accessibilityFaults(page)) faults.push(`${name}: ${fault}`);
  };

  await look('overview');
  for (const { id } of sections) {
    await goTo(page, id);
    for (const add of await page.locator('[id$="-add"]').all()) await add.click();
  }
  await goTo(page, 'check');
  await look('check');
  await page.locator('#hz-send').click();
  await page.locator('#hz-summary').waitFor();
  await look('failed check');
  for (const { id } of sections) {
    await goTo(page, id);
    await look(id);
  }
  return faults;
}

/** Where the contrast is too low before anything is answered. */
export async function faintEverywhere(page) {
  await formOf(page);
  const { sections } = await page.evaluate(() => window.form);
  const faults = [];
  for (const place of ['', ...sections.map(({ id }) => id), 'check']) {
    await goTo(page, place);
    faults.push(...(await accessibilityFaults(page, { rules: ['color-contrast'] })));
  }
  await page.locator('#hz-send').click();
  await page.locator('#hz-summary').waitFor();
  return [...faults, ...(await accessibilityFaults(page, { rules: ['color-contrast'] }))];
}

/** Answers as the tests' data have them. */
export async function sampleAnswers(name = 'manchester-wuhan') {
  const file = new URL(`tests/data/award/${name}.json`, root);
  return JSON.parse(await readFile(file, 'utf8')).answers;
}

/** Order among chosen terms means nothing. */
export function sorted(answers) {
  return JSON.parse(JSON.stringify(answers), (_, value) =>
    Array.isArray(value) && value.every((each) => typeof each === 'string') ? value.sort() : value,
  );
}

/** Rows are named by the form; what they say is compared. */
export function withoutRowIds(answers) {
  return JSON.parse(JSON.stringify(answers), (key, value) => (key === 'row' ? undefined : value));
}

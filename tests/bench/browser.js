// The contests in Chromium, and what a visitor waits for there.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

import { formOf, startServer } from '../browser/browser.js';
import { median, rowsOf } from './measure.js';

const limit = 'the limit';

/** @param {import('./suites.js').Subjects} subjects @param {string[]} asked */
export async function inChromium(subjects, asked) {
  const server = await startServer();
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const contests = await suitesInPage(browser, server.url, subjects, asked);
    return { ...contests, visit: await visit(browser, server.url) };
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function suitesInPage(browser, url, subjects, asked) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('in-page.js', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    define: { 'import.meta.url': 'location.href' },
    logLevel: 'error',
  });
  const data = new URL('../../js/hezuo-data.json', import.meta.url);
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  await page.goto(url, { waitUntil: 'load' });
  await page.addScriptTag({ content: outputFiles[0].text });
  const results = await page.evaluate(
    ([subjects, data, asked]) => globalThis.runSuites(subjects, data, asked),
    [subjects, JSON.parse(await readFile(data, 'utf8')), asked],
  );
  await context.close();
  return results;
}

/** Milliseconds from the start of a navigation until the form can be used. */
async function usable(page, url) {
  await page.addInitScript(() =>
    addEventListener('hezuo-ready', () =>
      requestAnimationFrame(() => (globalThis.usableAt = performance.now())),
    ),
  );
  await page.goto(url);
  const at = await page.waitForFunction(() => globalThis.usableAt);
  return at.jsonValue();
}

/** What design budgets for: a cold and a warm start, and typing on a slow machine. */
async function visit(browser, url) {
  const cold = [];
  let requests = 0;
  for (let i = 0; i < 7; ++i) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const protocol = await context.newCDPSession(page);
    await protocol.send('Network.enable');
    await protocol.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 300,
      downloadThroughput: 1.6e6 / 8,
      uploadThroughput: 1.6e6 / 8,
    });
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    requests = 0;
    page.on('request', () => (requests += 1));
    cold.push(await usable(page, url));
    await context.close();
  }

  const warm = [];
  const context = await browser.newContext();
  for (let i = 0; i < 9; ++i) {
    const page = await context.newPage();
    const at = await usable(page, url);
    if (i > 0) warm.push(at);
    await page.close();
  }

  const page = await context.newPage();
  const typed = await typing(await context.newCDPSession(page), page, url);
  return [
    ...rowsOf(
      'form usable, cold cache, 300 ms round trip, 1.6 Mbit/s, CPU slowed 4 times',
      { hezuo: median(cold), [limit]: 3000 },
      'ms',
    ),
    ...rowsOf('requests of that visit', { hezuo: requests, [limit]: 4 }, 'requests'),
    ...rowsOf('form usable, warm cache', { hezuo: median(warm), [limit]: 100 }, 'ms'),
    ...rowsOf(
      'key press to paint in 1,000 characters of Chinese, CPU slowed 6 times, p98',
      { hezuo: typed, [limit]: 50 },
      'ms',
    ),
  ];
}

async function typing(protocol, page, url) {
  await page.goto(`${url}/#apply/initiative`);
  await formOf(page);
  const box = page.locator('#hz-problem-zh-Hans, textarea[lang="zh-Hans"].prose').first();
  await page.locator('textarea[lang="en"].prose').first().fill('In 1986 it began. '.repeat(40));
  await box.fill('两市自一九八六年以来开展务实合作，居民受益。'.repeat(45));
  await box.evaluate((area) => {
    globalThis.presses = [];
    area.addEventListener('input', ({ timeStamp }) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => globalThis.presses.push(performance.now() - timeStamp);
      // After the frame in which it is painted.
      requestAnimationFrame(() => port2.postMessage(0));
    });
  });
  await protocol.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await box.focus();
  for (let i = 0; i < 100; ++i) {
    await page.keyboard.insertText('市');
    await page.waitForTimeout(60);
  }
  const presses = await page.evaluate(() => globalThis.presses);
  return presses.sort((a, b) => a - b)[Math.ceil(0.98 * presses.length) - 1];
}

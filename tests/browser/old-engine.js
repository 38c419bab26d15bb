// Drives Qt's Chromium, as a page of Playwright does, as far as keyboard.js asks. Playwright
// itself does not connect: these engines know no browser contexts.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ws as WebSocket } from 'playwright-core/lib/utilsBundle';

const script = fileURLToPath(new URL('qtwebengine.py', import.meta.url));
const PATIENCE_MS = 30_000;

/** As Qt names them. */
const KEYS = { ArrowDown: 'Down', Enter: 'Return' };

/** Starts a program, and waits for what it says once it is ready. */
async function start(command, args, { stream, ready, env }) {
  const child = spawn(command, args, { env: { ...process.env, ...env } });
  const found = await new Promise((resolve, reject) => {
    let said = '';
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${command} ended: ${said}`)));
    for (const each of ['stdout', 'stderr']) {
      child[each].on('data', (chunk) => {
        said += chunk;
        const match = each === stream && ready.exec(said);
        if (match) resolve(match[1]);
      });
    }
  });
  child.removeAllListeners('exit');
  return { found, child };
}

/** Ends a program that `start` started. */
async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Qt wants to be told a port, and takes no 0. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * @param {5 | 6} qt Chromium 87 or 102.
 */
export async function startEngine(qt) {
  const home = await mkdtemp(join(tmpdir(), 'hezuo-engine-'));
  const port = await freePort();
  // Of its own number: servers that look for a free one at once get in each other's way.
  const display = await start(
    'Xvfb',
    [`:${port}`, '-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'],
    { stream: 'stdout', ready: /(\d+)\n/ },
  );
  const engine = await start('/usr/bin/python3', [script, String(qt)], {
    stream: 'stderr',
    ready: /(DevTools listening)/,
    env: {
      HOME: home,
      XDG_RUNTIME_DIR: home,
      DISPLAY: `:${display.found}`,
      LIBGL_ALWAYS_SOFTWARE: '1',
      QT_QPA_PLATFORM: 'xcb',
      QT_QUICK_BACKEND: 'software',
      QTWEBENGINE_DISABLE_SANDBOX: '1',
      QTWEBENGINE_CHROMIUM_FLAGS: `--no-sandbox --disable-gpu --no-zygote --remote-debugging-port=${port}`,
    },
  });
  const debugging = `http://127.0.0.1:${port}`;
  const [[{ webSocketDebuggerUrl }], version] = await Promise.all(
    ['json', 'json/version'].map(async (path) => (await fetch(`${debugging}/${path}`)).json()),
  );
  return {
    version: Number(/Chrome\/(\d+)/.exec(version['User-Agent'])[1]),
    page: await openPage(webSocketDebuggerUrl, (...line) => say(engine.child, ...line)),
    async stop() {
      await stop(engine.child);
      await stop(display.child);
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Sends a line to the script, which answers each. */
async function say(child, ...line) {
  const answered = new Promise((resolve) => child.stdout.once('data', resolve));
  child.stdin.write(`${JSON.stringify(line)}\n`);
  await answered;
}

async function openPage(url, type) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map();
  const listeners = {
    'Runtime.exceptionThrown': ({ exceptionDetails: { exception, text } }) =>
      page.failures.push(exception?.description ?? text),
    'Network.requestWillBeSent': ({ request }) => page.requests.push(request.url),
  };
  let count = 0;
  const call = (method, params = {}) =>
    new Promise((resolve, reject) => {
      waiting.set(++count, { resolve, reject });
      socket.send(JSON.stringify({ id: count, method, params }));
    });
  socket.on('message', (text) => {
    const { id, result, error, method, params } = JSON.parse(text);
    if (!id) return listeners[method]?.(params);
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    return error ? reject(new Error(error.message)) : resolve(result);
  });

  // What comes through Qt and what comes over the socket may overtake each other.
  const heard = async (event, act) => {
    const before = await page.evaluate((name) => window.heard[name], event);
    await act();
    await page.waitForFunction(([name, count]) => window.heard[name] > count, [event, before]);
  };

  const page = {
    failures: [],
    requests: [],
    call,
    async goto(address) {
      await call('Page.navigate', { url: address });
      await page.waitForFunction(
        (wanted) => location.href === wanted && document.readyState === 'complete',
        address,
      );
    },
    async evaluate(task, argument) {
      const { result, exceptionDetails } = await call('Runtime.evaluate', {
        expression: `(${task})(${JSON.stringify(argument)})`,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception.description);
      return result.value;
    },
    async waitForFunction(task, argument) {
      const until = Date.now() + PATIENCE_MS;
      while (Date.now() < until) {
        const value = await page.evaluate(task, argument);
        if (value) return { jsonValue: async () => value };
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`it did not come to hold: ${task} ${JSON.stringify(argument)}`);
    },
    keyboard: {
      press: (key) => heard('keyup', () => type('key', KEYS[key] ?? key)),
      insertText: (text) => heard('input', () => type('text', text)),
    },
    async screenshot() {
      const { data } = await call('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(data, 'base64');
    },
    /** @param {{width: number, height: number}} size */
    setViewportSize: (size) =>
      call('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false }),
  };
  await call('Page.enable');
  await call('Runtime.enable');
  await call('Network.enable');
  await call('Emulation.setFocusEmulationEnabled', { enabled: true });
  await call('Page.addScriptToEvaluateOnNewDocument', {
    source: `window.violations = [];
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        violations.push(violatedDirective + ' ' + blockedURI));
      window.heard = { keyup: 0, input: 0 };
      for (const name in heard) addEventListener(name, () => ++heard[name], true);
      addEventListener('hezuo-ready', ({ detail }) => (window.form = detail.form));`,
  });
  return page;
}

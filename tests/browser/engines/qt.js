// Drives Qt's Chromium. Playwright does not connect: these engines know no browser contexts.
import { fileURLToPath } from 'node:url';
import { LISTEN, connect, pageOf } from './page.js';
import { freePort, makeHome, start, startDisplay } from './programs.js';

const script = fileURLToPath(new URL('qtwebengine.py', import.meta.url));

/** As Qt names them. */
const KEYS = { ArrowDown: 'Down', Enter: 'Return' };

/**
 * @param {import('./programs.js').Defer} defer
 * @param {5 | 6} qt Chromium 87 or 102.
 */
export async function startQt(defer, qt) {
  const home = await makeHome(defer);
  const port = await freePort();
  const { child } = await start(defer, '/usr/bin/python3', [script, String(qt)], {
    ready: /(DevTools listening)/,
    env: {
      HOME: home,
      XDG_RUNTIME_DIR: home,
      DISPLAY: await startDisplay(defer),
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
    engine: `Chromium ${/Chrome\/(\d+)/.exec(version['User-Agent'])[1]}`,
    page: await openPage(webSocketDebuggerUrl, (...line) => say(child, ...line)),
  };
}

/** Sends a line to the script, which answers each. */
async function say(child, ...line) {
  const answered = new Promise((resolve) => child.stdout.once('data', resolve));
  child.stdin.write(`${JSON.stringify(line)}\n`);
  await answered;
}

async function openPage(url, type) {
  const requests = [];
  const call = await connect(url, {
    'Network.requestWillBeSent': ({ request }) => requests.push(request.url),
  });
  await call('Page.enable');
  await call('Runtime.enable');
  await call('Network.enable');
  await call('Emulation.setFocusEmulationEnabled', { enabled: true });
  await call('Page.addScriptToEvaluateOnNewDocument', { source: LISTEN });
  return pageOf({
    requests,
    async evaluate(task, argument) {
      const { result, exceptionDetails } = await call('Runtime.evaluate', {
        expression: `(${task})(${JSON.stringify(argument)})`,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception.description);
      return result.value;
    },
    navigate: (address) => call('Page.navigate', { url: address }),
    press: (key) => type('key', KEYS[key] ?? key),
    insertText: (text) => type('text', text),
    compose: (letters) => type('letters', letters),
    confirm: (text) => type('text', text),
    setViewportSize: (size) =>
      call('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false }),
  });
}

// Drives WebKitGTK by WebDriver. What this protocol does not tell, a proxy does.
import { createServer, request as ask } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { KEYS, LISTEN, pageOf } from './page.js';
import { freePort, launch, makeHome, startDisplay } from './programs.js';

const BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
const PATIENCE_MS = 30_000;

/** @param {import('./programs.js').Defer} defer */
export async function startWebKit(defer) {
  const home = await makeHome(defer);
  const requests = [];
  const proxy = await startProxy(defer, requests);
  const port = await freePort();
  const driver = launch(defer, 'WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], {
    HOME: home,
    XDG_CACHE_HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    XDG_RUNTIME_DIR: home,
    // Where nobody manages windows, that under the pointer has the focus, and the pointer
    // starts in the middle of the screen: in a narrow window, too.
    DISPLAY: await startDisplay(defer, '640x800'),
    LIBGL_ALWAYS_SOFTWARE: '1',
  });
  const call = async (method, path, body) => {
    const url = `http://127.0.0.1:${port}${path}`;
    const response = await fetch(url, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  await answering(driver, () => call('GET', '/status'));
  const { sessionId, capabilities } = await call('POST', '/session', {
    capabilities: {
      alwaysMatch: {
        // Its tool bar does not get as narrow as a telephone.
        'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation', '--full-screen'] },
        proxy: { proxyType: 'manual', httpProxy: proxy, sslProxy: proxy },
      },
    },
  });
  const session = `/session/${sessionId}`;
  defer(() => call('DELETE', session));

  const perform = (actions) =>
    call('POST', `${session}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
  const keys = (names) =>
    names.flatMap((name) =>
      ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[name] ?? name })),
    );
  return {
    engine: `WebKitGTK ${capabilities.browserVersion}`,
    page: pageOf({
      requests,
      evaluate: (task, argument) =>
        call('POST', `${session}/execute/sync`, {
          script: `return (${task})(...arguments)`,
          args: [argument ?? null],
        }),
      navigate: (url) => call('POST', `${session}/url`, { url }),
      press: (key) => perform(keys([key])),
      insertText: (text) => perform(keys([...text])),
      // Control, Shift and u begin a composition in GTK; Space ends it with the character.
      compose: ([u, ...digits]) =>
        perform([
          { type: 'keyDown', value: KEYS.Control },
          { type: 'keyDown', value: KEYS.Shift },
          ...keys([u]),
          { type: 'keyUp', value: KEYS.Shift },
          { type: 'keyUp', value: KEYS.Control },
          ...keys(digits),
        ]),
      confirm: () => perform(keys(['Space'])),
      setViewportSize: (size) => call('POST', `${session}/window/rect`, size),
    }),
  };
}

/** The driver does not say when it is ready. */
async function answering(driver, question) {
  const until = Date.now() + PATIENCE_MS;
  while (driver.pid && driver.exitCode === null) {
    try {
      return await question();
    } catch (error) {
      if (Date.now() > until) throw error;
      await setTimeout(20);
    }
  }
  throw new Error(`WebKitWebDriver did not start, or ended with ${driver.exitCode}`);
}

/**
 * Notes what is asked for, lets nothing leave this machine, and lets each page begin with
 * LISTEN.
 */
async function startProxy(defer, requests) {
  const server = createServer((request, response) => {
    const { method, headers } = request;
    const url = new URL(request.url);
    if (url.pathname === '/listen.js') {
      response.setHeader('Content-Type', 'text/javascript').end(LISTEN);
      return;
    }
    requests.push(request.url);
    if (url.hostname !== '127.0.0.1') {
      response.writeHead(502).end();
      return;
    }
    const onward = ask(url, { method, headers: { ...headers, 'accept-encoding': 'identity' } });
    onward.on('response', async (answer) => {
      const isPage = answer.headers['content-type']?.startsWith('text/html');
      if (isPage) delete answer.headers['content-length'];
      response.writeHead(answer.statusCode, answer.headers);
      if (!isPage) {
        answer.pipe(response);
        return;
      }
      const page = Buffer.concat(await answer.toArray()).toString();
      response.end(page.replace('<head>', '$&<script src="/listen.js"></script>'));
    });
    request.pipe(onward);
  });
  server.on('connect', ({ url }, socket) => {
    requests.push(url);
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  defer(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return `127.0.0.1:${server.address().port}`;
}

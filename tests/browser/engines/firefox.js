// Drives Firefox by WebDriver BiDi.
import { KEYS, LISTEN, connect, pageOf } from './page.js';
import { makeHome, start } from './programs.js';

/** @param {import('./programs.js').Defer} defer */
export async function startFirefox(defer) {
  const home = await makeHome(defer);
  const { found } = await start(
    defer,
    'firefox-esr',
    // With access to its own window, from which it takes what an input method says.
    ['--headless', '--profile', home, '--remote-debugging-port=0', '--remote-allow-system-access'],
    { ready: /WebDriver BiDi listening on (\S+)/, env: { HOME: home } },
  );
  const requests = [];
  const call = await connect(`${found}/session`, {
    'network.beforeRequestSent': ({ request }) => requests.push(request.url),
  });
  // What it would ask of its makers goes where nobody answers.
  const nowhere = '127.0.0.1:9';
  const { capabilities } = await call('session.new', {
    capabilities: {
      alwaysMatch: { proxy: { proxyType: 'manual', httpProxy: nowhere, sslProxy: nowhere } },
    },
  });
  const evaluate = async (context, task, argument) => {
    const { result, exceptionDetails } = await call('script.evaluate', {
      expression: `(async () => JSON.stringify(await (${task})(${JSON.stringify(argument)})))()`,
      target: { context },
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value && JSON.parse(result.value);
  };
  const first = async (scope) =>
    (await call('browsingContext.getTree', { 'moz:scope': scope })).contexts[0].context;
  const context = await first('content');
  const window = await first('chrome');
  await call('session.subscribe', { events: ['network.beforeRequestSent'], contexts: [context] });
  await call('script.addPreloadScript', { functionDeclaration: `() => {${LISTEN}}` });
  // It starts with the focus in its address bar.
  await evaluate(window, () => gBrowser.selectedBrowser.focus());

  const press = (key) =>
    call('input.performActions', {
      context,
      actions: [
        {
          type: 'key',
          id: 'keyboard',
          actions: ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[key] ?? key })),
        },
      ],
    });
  const confirm = (text) => evaluate(window, composition, { text });
  return {
    engine: `Firefox ${capabilities.browserVersion}`,
    page: pageOf({
      requests,
      evaluate: (task, argument) => evaluate(context, task, argument),
      navigate: (url) => call('browsingContext.navigate', { context, url }),
      press,
      insertText: confirm,
      compose: (letters) => evaluate(window, composition, { letters }),
      confirm,
      setViewportSize: (viewport) => call('browsingContext.setViewport', { context, viewport }),
    }),
  };
}

/** Runs in the browser's own window: what an input method shows, or what it confirms. */
function composition({ letters, text }) {
  window.inputMethod ??= Cc['@mozilla.org/text-input-processor;1'].createInstance(
    Ci.nsITextInputProcessor,
  );
  const { inputMethod } = window;
  if (!inputMethod.hasComposition) inputMethod.beginInputTransactionForTests(window, () => true);
  if (text) return inputMethod.commitCompositionWith(text);
  inputMethod.setPendingCompositionString(letters);
  inputMethod.appendClauseToPendingComposition(letters.length, inputMethod.ATTR_RAW_CLAUSE);
  inputMethod.setCaretInPendingComposition(letters.length);
  return inputMethod.flushPendingComposition();
}

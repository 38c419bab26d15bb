// A page in an engine that Playwright does not drive, as far as keyboard.js asks.
import { ws as WebSocket } from 'playwright-core/lib/utilsBundle';

const PATIENCE_MS = 60_000;

/** As WebDriver names them. */
export const KEYS = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Space: ' ',
  Home: '\uE011',
  ArrowDown: '\uE015',
};

/** Runs in each page before its own scripts. */
export const LISTEN = `
  window.violations = [];
  window.failures = [];
  window.heard = { keyup: 0, input: 0 };
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    violations.push(violatedDirective + ' ' + blockedURI));
  addEventListener('error', ({ error, message }) => failures.push(error?.stack ?? message));
  addEventListener('unhandledrejection', ({ reason }) => failures.push(reason?.stack ?? reason));
  addEventListener('hezuo-error', ({ detail }) => failures.push(String(detail.error)));
  addEventListener('hezuo-ready', ({ detail }) => (window.form = detail.form));
  for (const name in heard) addEventListener(name, () => ++heard[name], true);
`;

/**
 * @param {object} engine
 * @param {(task: Function, argument?: unknown) => Promise<any>} engine.evaluate
 * @param {(url: string) => Promise<unknown>} engine.navigate
 * @param {(size: {width: number, height: number}) => Promise<unknown>} engine.setViewportSize
 * @param {(key: string) => Promise<unknown>} engine.press
 * @param {(text: string) => Promise<unknown>} engine.insertText
 * @param {(letters: string) => Promise<unknown>} engine.compose Shows letters that are no text
 *   yet: u and hexadecimal digits, as an input method does that every engine has.
 * @param {(text: string) => Promise<unknown>} engine.confirm Puts a text in their place.
 * @param {string[]} engine.requests The addresses that were asked for so far.
 */
export function pageOf(engine) {
  const { evaluate, navigate, setViewportSize, requests } = engine;
  const waitForFunction = async (task, argument) => {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until) {
      const value = await evaluate(task, argument);
      if (value) return { jsonValue: async () => value };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`it did not come to hold: ${task} ${JSON.stringify(argument)}`);
  };
  // What goes to the window and what goes to the page may overtake each other.
  const heard = (event, act) => async (value) => {
    const before = await evaluate((name) => window.heard[name], event);
    await act(value);
    await waitForFunction(([name, count]) => window.heard[name] > count, [event, before]);
  };
  return {
    requests,
    evaluate,
    waitForFunction,
    setViewportSize,
    async goto(url) {
      await navigate(url);
      await waitForFunction(
        (wanted) => location.href === wanted && document.readyState === 'complete',
        url,
      );
    },
    keyboard: {
      press: heard('keyup', engine.press),
      insertText: heard('input', engine.insertText),
      compose: heard('input', engine.compose),
      confirm: heard('input', engine.confirm),
    },
  };
}

/** Calls methods over a socket, as Chromium's protocol and WebDriver BiDi both do. */
export async function connect(url, listeners) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map();
  let count = 0;
  socket.on('message', (text) => {
    const { id, result, error, message, method, params } = JSON.parse(text);
    if (!id) return listeners[method]?.(params);
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    return error ? reject(new Error(message ?? error.message)) : resolve(result);
  });
  return (method, params = {}) =>
    new Promise((resolve, reject) => {
      waiting.set(++count, { resolve, reject });
      socket.send(JSON.stringify({ id: count, method, params }));
    });
}

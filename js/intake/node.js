import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** @import {IncomingMessage, ServerResponse} from 'node:http' */
/** @import {Handler} from './handler.js' */

/** How long a client may go on sending after an answer that came before its end. */
const LINGER_MS = 15_000;
/** How long answers that are under way may take once the server was told to stop. */
const STOP_MS = 10_000;

/**
 * Serves a Fetch API handler with Node's own HTTP server.
 *
 * @param {Handler} handler
 * @param {object} [options]
 * @param {string} [options.host]
 * @param {number} [options.port] - 0: any that is free.
 * @param {number} [options.attempts] - So many ports are tried, from `port` on.
 * @param {number} [options.idle] - Milliseconds without a byte that end a connection.
 * @returns {Promise<{url: string, port: number, stop: () => Promise<void>}>} `stop` lets
 *   requests that are under way finish.
 */
export async function serve(
  handler,
  { host = '127.0.0.1', port = 8080, attempts = 1, idle = 30_000 } = {},
) {
  const server = createServer({
    headersTimeout: 20_000,
    // 40 MB at half a megabit take 11 minutes; `readBody` ends what is slower than that.
    requestTimeout: 900_000,
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16_384,
  });
  server.maxConnections = 2_000;
  server.timeout = idle;
  server.on('timeout', (socket) => socket.destroy());
  server.on('request', (message, response) => {
    respond(handler, message, response).catch(() => {
      // The client went away, or sent what is no request to the Fetch API, such as TRACE.
      if (response.headersSent) response.destroy();
      else response.writeHead(400, { Connection: 'close' }).end();
    });
  });

  const taken = await listen(server, host, port, attempts);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    stop: () =>
      new Promise((resolve) => {
        // A connection that was kept alive turns idle only after its answer has gone out.
        const idle = setInterval(() => server.closeIdleConnections(), 50);
        const timer = setTimeout(() => server.closeAllConnections(), STOP_MS);
        server.close(() => {
          clearInterval(idle);
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

/**
 * @param {import('node:http').Server} server
 * @param {string} host
 * @param {number} port
 * @param {number} attempts
 * @returns {Promise<number>}
 */
async function listen(server, host, port, attempts) {
  for (let candidate = port; ; candidate++) {
    /** @type {NodeJS.ErrnoException | undefined} */
    const error = await new Promise((resolve) => {
      server.once('error', resolve);
      server.listen(candidate, host, () => {
        server.off('error', resolve);
        resolve(undefined);
      });
    });
    if (!error) return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
    if (error.code !== 'EADDRINUSE' || candidate + 1 >= port + attempts) throw error;
  }
}

/**
 * @param {Handler} handler
 * @param {IncomingMessage} message
 * @param {ServerResponse} response
 */
async function respond(handler, message, response) {
  const answer = await handler(requestOf(message), { address: message.socket.remoteAddress });
  if (!message.complete) {
    // The answer came before the end of the body. A client that still sends would take a
    // closed connection for a broken one and never read why: let it finish, for a while.
    response.setHeader('Connection', 'close');
    message.resume();
    const timer = setTimeout(() => message.destroy(), LINGER_MS).unref();
    message.once('close', () => clearTimeout(timer));
  }
  response.statusCode = answer.status;
  answer.headers.forEach((value, name) => response.setHeader(name, value));
  if (answer.body && message.method !== 'HEAD') await pipeline(answer.body, response);
  else response.end();
}

/**
 * @param {IncomingMessage} message
 * @returns {Request}
 */
function requestOf(message) {
  const headers = new Headers();
  for (let i = 0; i < message.rawHeaders.length; i += 2) {
    headers.append(message.rawHeaders[i], message.rawHeaders[i + 1]);
  }
  const path = message.url?.startsWith('/') ? message.url : '/';
  const host = message.headers.host ?? 'localhost';
  // Anything else in it, such as a slash, would change the path.
  if (!/^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i.test(host)) throw new Error(`no host: ${host}`);
  const base = `http://${host}`;
  const url = URL.canParse(base + path) ? base + path : `http://localhost${path}`;
  const method = message.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  /** @type {RequestInit & {duplex: 'half'}} */
  const init = { method, headers, duplex: 'half', body: hasBody ? bodyOf(message) : null };
  return new Request(url, init);
}

/**
 * The body as a stream that reads only when it is asked, so that a limit holds before
 * anything is buffered.
 *
 * @param {IncomingMessage} message
 * @returns {ReadableStream<Uint8Array>}
 */
function bodyOf(message) {
  const chunks = message.iterator({ destroyOnReturn: false });
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      // Lets the rest be drained by `respond`.
      cancel: async () => void (await chunks.return?.()),
    },
    { highWaterMark: 0 },
  );
}

import { HezuoError } from '../src/index.js';
import { createAdmin } from './admin.js';
import { clientOf, isSameOrigin } from './client.js';
import { createDrafts } from './drafts.js';
import { indexDefinitions, receive } from './receive.js';
import { Refusal } from './refusal.js';
import { createSessions } from './session.js';
import { languageOf, text } from './texts.js';

/** @import {Hezuo, Definition} from '../src/index.js' */
/** @import {DraftOptions} from './drafts.js' */
/** @import {Store} from './store.js' */

/**
 * @typedef {object} IntakeOptions
 * @property {Hezuo} hezuo
 * @property {Definition[]} definitions - The calls that are received here.
 * @property {Store} store
 * @property {() => number} [clock] - Milliseconds since 1970.
 * @property {string} [token] - Opens the maintainer's pages; without it there are none.
 * @property {string[]} [origins] - Of other websites whose pages may hand in.
 * @property {number} [proxies] - Trusted proxies before this server.
 * @property {number} [documentLimit] - In bytes.
 * @property {{limit: number, window: number}} [rate] - Hand-ins of one client address, in
 *   milliseconds. Generous: a university is one address.
 * @property {DraftOptions} [drafts] - Without it, none are kept.
 * @property {number} [memory] - Bytes of requests that may be under way at once.
 * @property {(error: unknown) => void} [log] - Told of what went wrong on our side.
 */

/** @typedef {(request: Request, connection?: {address?: string}) => Promise<Response>} Handler */

/**
 * What pages of other sites may ask for, if they are named in `origins`.
 *
 * @typedef {object} Offer
 * @property {string[]} methods
 * @property {string} headers - That a request may have.
 * @property {string} exposed - Headers of an answer that a page may read.
 */

const MINUTE = 60_000;

/** @type {Offer} */
const APPLICATIONS = {
  methods: ['POST'],
  headers: 'Accept-Language, Content-Type',
  exposed: 'Retry-After',
};
/** @type {Offer} */
const DRAFTS = {
  methods: ['GET', 'HEAD', 'PUT', 'DELETE'],
  headers: 'Accept-Language, Authorization, Content-Type, If-Match, If-None-Match',
  exposed: 'ETag, Retry-After',
};

/**
 * The submission endpoint, on the Fetch API alone, for any server that speaks it:
 *
 *     POST /applications        multipart/form-data: `document`, and `file` for each attachment
 *     PUT  /drafts/{id}         a draft that only the browser can read; GET, DELETE
 *     GET  /admin/              what was handed in, for people
 *
 * It trusts nothing that a browser says: the same core judges again, by this server's clock.
 *
 * @param {IntakeOptions} options
 * @returns {Handler}
 */
export function createIntake({
  hezuo,
  definitions: list,
  store,
  clock = Date.now,
  token,
  origins = [],
  proxies = 0,
  documentLimit = 1_000_000,
  rate = { limit: 60, window: 10 * MINUTE },
  drafts: draftOptions,
  memory = 512_000_000,
  log = console.error,
}) {
  const definitions = indexDefinitions(list);
  const receiver = { hezuo, definitions, store, clock, documentLimit };
  const sessions = token ? createSessions(token) : undefined;
  /** @param {unknown} error */
  const refusalOf = (error) => (error instanceof Refusal ? error : unexpected(error, log));
  const drafts =
    draftOptions && createDrafts({ store, clock, limit, admit, refusalOf, ...draftOptions });
  const admin =
    sessions && createAdmin({ definitions, store, clock, sessions, drafts, limit, refusalOf });
  const largest = documentLimit + Math.max(...list.map(({ form }) => form.submit.attachments));
  let underWay = 0;
  /** @type {Map<string, number>} */
  const shares = new Map();

  /**
   * @param {string} client
   * @param {number} bytes - Of a request that begins; negative when it ends.
   */
  function hold(client, bytes) {
    underWay += bytes;
    const share = (shares.get(client) ?? 0) + bytes;
    if (share > 0) shares.set(client, share);
    else shares.delete(client);
  }

  /**
   * Lets a request begin, if there is memory for it.
   *
   * @param {string} client
   * @param {number} bytes
   * @returns {() => void} Tells that it has ended.
   */
  function admit(client, bytes) {
    const share = shares.get(client) ?? 0;
    // A quarter is left to others, whoever holds many slow connections open.
    if (
      (underWay > 0 && underWay + bytes > memory) ||
      (share > 0 && share + bytes > memory * 0.75)
    ) {
      throw new Refusal(503, 'store.unavailable', {}, { 'Retry-After': '30' });
    }
    hold(client, bytes);
    return () => hold(client, -bytes);
  }

  /**
   * @param {string} client
   * @param {{limit: number, window: number, counts?: boolean}} rule
   */
  async function limit(client, rule) {
    const wait = await store.hit(client, { now: clock(), ...rule });
    if (wait === 0) return;
    const seconds = Math.ceil(wait / 1000);
    throw new Refusal(429, 'request.rate', { seconds }, { 'Retry-After': String(seconds) });
  }

  /**
   * Answers pages of this site and of those that are named, and lets them read refusals, too.
   *
   * @param {Request} request
   * @param {Offer} offer
   * @param {(language: string) => Promise<Response>} answer
   */
  async function across(request, { methods, headers, exposed }, answer) {
    const language = languageOf(request);
    const origin = request.headers.get('origin');
    const foreign = !isSameOrigin(request);
    if (foreign && !(origin && origins.includes(origin))) throw new Refusal(403, 'request.origin');
    /** @type {Record<string, string>} */
    const cors = { Vary: 'Origin' };
    if (foreign && origin) {
      cors['Access-Control-Allow-Origin'] = origin;
      cors['Access-Control-Expose-Headers'] = exposed;
    }
    if (request.method === 'OPTIONS') {
      return new Response(null, {
        status: 204,
        headers: {
          ...cors,
          'Access-Control-Allow-Methods': methods.join(', '),
          'Access-Control-Allow-Headers': headers,
          'Access-Control-Max-Age': '600',
        },
      });
    }
    try {
      if (!methods.includes(request.method)) {
        throw wrongMethod(request, [...methods, 'OPTIONS'].join(', '));
      }
      const response = await answer(language);
      for (const [name, value] of Object.entries(cors)) response.headers.set(name, value);
      return response;
    } catch (error) {
      return failure(error, language, cors);
    }
  }

  /**
   * @param {Request} request
   * @param {string | undefined} definition
   * @param {string} client
   * @param {string} language
   */
  async function applications(request, definition, client, language) {
    await limit(client, rate);
    const end = admit(client, Number(request.headers.get('content-length') ?? largest));
    try {
      const { status, body } = await receive(request, receiver, { language, definition });
      return json(status, body, { 'Content-Language': language });
    } finally {
      end();
    }
  }

  /**
   * @param {unknown} error
   * @param {string} language
   * @param {Record<string, string>} [headers]
   */
  function failure(error, language, headers = {}) {
    const refusal = refusalOf(error);
    const { status, code, params } = refusal;
    return json(
      status,
      { error: { code, message: text(language, code, params) } },
      { ...headers, ...refusal.headers, 'Content-Language': language },
    );
  }

  return async (request, connection = {}) => {
    try {
      const { pathname } = new URL(request.url);
      const client = clientOf(request, connection, proxies);
      const path = /^\/applications(?:\/([a-z0-9_-]{1,64}))?\/?$/.exec(pathname);
      if (path) {
        return secured(
          await across(request, APPLICATIONS, (language) =>
            applications(request, path[1], client, language),
          ),
        );
      }
      if (drafts && /^\/drafts(\/|$)/.test(pathname)) {
        return secured(await across(request, DRAFTS, () => drafts.answer(request, client)));
      }
      if (admin && /^\/admin(\/|$)/.test(pathname)) return secured(await admin(request, client));
      throw new Refusal(404, 'request.not_found');
    } catch (error) {
      return secured(failure(error, languageOf(request)));
    }
  };
}

/**
 * @param {Request} request
 * @param {string} allowed
 */
export function wrongMethod(request, allowed) {
  return new Refusal(405, 'request.method', { method: request.method }, { Allow: allowed });
}

/**
 * What is our fault: told to the log in full, to the client as a sentence. Databases give
 * their errors a code; they may be well again soon.
 *
 * @param {unknown} error
 * @param {(error: unknown) => void} log
 */
function unexpected(error, log) {
  log(error);
  const code = /** @type {{code?: unknown}} */ (error)?.code;
  const isDatabase = typeof code === 'string' && !code.startsWith('ERR_');
  if (!isDatabase || error instanceof HezuoError) return new Refusal(500, 'server.error');
  return new Refusal(503, 'store.unavailable', {}, { 'Retry-After': '30' });
}

/**
 * @param {number} status
 * @param {object} body
 * @param {Record<string, string>} headers
 */
function json(status, body, headers) {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
  });
}

/** @param {Response} response */
function secured(response) {
  const { headers } = response;
  const policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  if (!headers.has('content-security-policy')) headers.set('Content-Security-Policy', policy);
  headers.set('X-Content-Type-Options', 'nosniff');
  // With no-referrer, browsers would send `Origin: null` with our own forms.
  headers.set('Referrer-Policy', 'same-origin');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  headers.set('Cache-Control', 'no-store');
  return response;
}

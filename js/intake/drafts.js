import { readBody } from './body.js';
import { Refusal } from './refusal.js';

/** @import {Store} from './store.js' */

/**
 * @typedef {object} DraftOptions
 * @property {number} [days] - A draft is kept for so long after it was written last.
 * @property {number} [bytes] - Of one draft.
 * @property {number} [total] - Bytes of all drafts, beyond which no new one is taken.
 * @property {{limit: number, window: number}} [rate] - Requests of one client address, in
 *   milliseconds.
 */

/**
 * @typedef {object} Surroundings
 * @property {Store} store
 * @property {() => number} clock
 * @property {(client: string, rule: {limit: number, window: number}) => Promise<void>} limit
 * @property {(client: string, bytes: number) => () => void} admit
 * @property {(error: unknown) => Refusal} refusalOf
 */

const DAY = 86_400_000;
const SLICE = 65_536;
/** An office of a hundred that saves every half minute makes 2000 requests in this time. */
const RATE = { limit: 6000, window: 600_000 };

/** @type {Record<string, string>} What is said of an application, and its words for a draft. */
const OWN_WORDS = {
  'request.too_large': 'draft.too_large',
  'store.unavailable': 'draft.unavailable',
};

/**
 * Drafts that browsers have encrypted, below `/drafts/`. Who knows the id reads, who knows
 * the token with which it was created writes; the key is never here.
 *
 * @param {Surroundings & DraftOptions} options
 */
export function createDrafts({
  store,
  clock,
  limit,
  admit,
  refusalOf,
  days = 90,
  bytes: most = 2_000_000,
  total = 1_000_000_000,
  rate = RATE,
}) {
  const lifetime = days * DAY;
  const since = () => clock() - lifetime;

  /**
   * @param {Request} request
   * @param {string} client
   * @param {string} id
   */
  async function write(request, client, id) {
    const token = await digestOfToken(request);
    const version = versionOf(request);
    if (!/^application\/octet-stream\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
      throw new Refusal(415, 'draft.media_type', {}, { Accept: 'application/octet-stream' });
    }
    const end = admit(client, most);
    try {
      const bytes = await readBody(request, most);
      const now = clock();
      const draft = { id, token, version, bytes, now, since: now - lifetime, total };
      const { outcome, version: stored, written } = await store.drafts.write(draft);
      if (outcome === 'forbidden') throw new Refusal(403, 'draft.forbidden');
      if (outcome === 'full') throw new Refusal(507, 'draft.full');
      if (outcome === 'conflict') return Response.json({ version: stored }, { status: 412 });
      return Response.json(
        { version: stored, expires: new Date(written + lifetime).toISOString() },
        { status: outcome === 'created' ? 201 : 200, headers: { ETag: `"${stored}"` } },
      );
    } finally {
      end();
    }
  }

  /**
   * @param {Request} request
   * @param {string} client
   * @param {string} id
   */
  async function read(request, client, id) {
    // Pages load drafts. A link to one would make this a place to hand files around.
    if (request.headers.get('sec-fetch-mode') === 'navigate') {
      throw new Refusal(404, 'request.not_found');
    }
    const end = admit(client, most);
    /** @type {ReadableStream | null} */
    let body = null;
    try {
      const draft = await store.drafts.read(id, since());
      if (!draft) throw new Refusal(404, 'draft.not_found');
      if (request.method === 'GET') body = streamOf(draft.bytes, end);
      return new Response(body, {
        headers: {
          'Content-Type': 'application/octet-stream',
          'Content-Length': String(draft.bytes.byteLength),
          ETag: `"${draft.version}"`,
        },
      });
    } finally {
      if (!body) end();
    }
  }

  /**
   * @param {Request} request
   * @param {string} id
   */
  async function remove(request, id) {
    const token = await digestOfToken(request);
    const removed = await store.drafts.remove({ id, token, since: since() });
    if (!removed) throw new Refusal(403, 'draft.forbidden');
    return new Response(null, { status: 204 });
  }

  return {
    /** How many are kept, and their bytes. */
    measure: () => store.drafts.measure(since()),

    /**
     * @param {Request} request - Its method is one of GET, HEAD, PUT and DELETE.
     * @param {string} client
     * @returns {Promise<Response>}
     */
    async answer(request, client) {
      try {
        await limit(`draft ${client}`, rate);
        const [, id] = /^\/drafts\/([\w-]{22})$/.exec(new URL(request.url).pathname) ?? [];
        if (!id) throw new Refusal(404, 'request.not_found');
        if (request.method === 'PUT') return await write(request, client, id);
        if (request.method === 'DELETE') return await remove(request, id);
        return await read(request, client, id);
      } catch (error) {
        const { status, code, params, headers } = refusalOf(error);
        throw new Refusal(status, OWN_WORDS[code] ?? code, params, headers);
      }
    },
  };
}

/**
 * @param {Request} request
 * @returns {Promise<string>} What is stored of the token.
 */
async function digestOfToken(request) {
  const authorization = request.headers.get('authorization') ?? '';
  const [, token] = /^Bearer +([\w-]{43})$/i.exec(authorization) ?? [];
  if (!token) throw new Refusal(401, 'draft.unauthorized', {}, { 'WWW-Authenticate': 'Bearer' });
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The version that a writer has seen: 0 for none, -1 for one that was never given out.
 *
 * @param {Request} request
 */
function versionOf({ headers }) {
  const match = headers.get('if-match');
  if (match === null && headers.get('if-none-match') === '*') return 0;
  if (match === null || headers.has('if-none-match')) throw new Refusal(428, 'draft.precondition');
  // A proxy that compresses marks it as weak.
  const [, version] = /^(?:W\/)?"([1-9]\d{0,14})"$/.exec(match) ?? [];
  return Number(version ?? -1);
}

/**
 * Gives bytes out as they are taken, and tells when nobody takes any more: a client may
 * read slowly, and they are held until then.
 *
 * @param {Uint8Array} bytes
 * @param {() => void} end
 * @returns {ReadableStream<Uint8Array>}
 */
function streamOf(bytes, end) {
  let offset = 0;
  return new ReadableStream(
    {
      pull(controller) {
        controller.enqueue(bytes.subarray(offset, offset + SLICE));
        offset += SLICE;
        if (offset < bytes.byteLength) return;
        controller.close();
        end();
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}

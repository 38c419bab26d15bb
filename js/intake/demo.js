import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** @import {Handler} from './handler.js' */

const DAY = 86_400_000;

const POLICY = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'connect-src': "'self'",
  'form-action': "'self'",
  'base-uri': "'none'",
  'frame-ancestors': "'self'",
};

/**
 * The policy of a page. `frame*.html` is made to be embedded: a real site names there the
 * sites that may. `no-script*.html` is such a site, which allows no script.
 *
 * @param {string} path
 */
function policyOf(path) {
  /** @type {Record<string, string>} */
  let own = {};
  if (/^\/frame\b/.test(path)) own = { 'frame-ancestors': '*' };
  if (/^\/no-script\b/.test(path)) own = { 'script-src': "'none'", 'frame-src': "'self'" };
  return Object.entries({ ...POLICY, ...own })
    .map((directive) => directive.join(' '))
    .join('; ');
}

const types = /** @type {Record<string, string>} */ ({
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
});

/**
 * A website that embeds the form, for trying it out: the folder `pages` at `/`, the folder
 * `bundle` at `/dist/`, and the definition at `/call.json`. What it has not, it asks the
 * intake for.
 *
 * @param {object} options
 * @param {URL} options.pages
 * @param {URL} options.bundle
 * @param {URL} options.cache - A folder for what was compressed, which takes a second.
 * @param {string} options.definition - Its text.
 * @param {Handler} options.intake
 * @returns {Handler}
 */
export function createDemo({ pages, bundle, cache, definition, intake }) {
  /** @type {Map<string, ReturnType<typeof createFile>>} */
  const files = new Map();

  /** @param {string} path */
  const find = async (path) => {
    if (path === '/call.json') return Buffer.from(definition);
    if (!/^(\/[\w-]+)*\/[\w-]+(\.[\w-]+)+$/.test(path)) return undefined;
    const url = path.startsWith('/dist/')
      ? new URL(path.slice('/dist/'.length), bundle)
      : new URL(path.slice(1), pages);
    return readFile(url).catch(() => undefined);
  };

  /** @param {Buffer} content */
  const fileOf = (content) => {
    const digest = createHash('sha256').update(content).digest('base64url');
    const file = files.get(digest) ?? createFile(content, digest, cache);
    files.set(digest, file);
    return file;
  };

  // The best compression of these takes a second: it should be over when the first page asks.
  const largest = ['hezuo.js', 'hezuo-form.wasm', 'hezuo-form.wasm2js.js'];
  for (const name of largest) {
    const path = `/dist/${name}`;
    find(path)
      .then((content) => content && fileOf(content).br())
      .catch(() => undefined);
  }

  return async (request, connection) => {
    const { pathname } = new URL(request.url);
    // Every browser asks for it; a site of its own would have one.
    if (pathname === '/favicon.ico') return new Response(null, { status: 204 });
    const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const content = request.method === 'GET' ? await find(path) : undefined;
    if (!content) return intake(request, connection);

    const file = fileOf(content);
    const accepted = request.headers.get('accept-encoding') ?? '';
    const encoding = /\bbr\b/.test(accepted)
      ? 'br'
      : /\bgzip\b/.test(accepted)
        ? 'gzip'
        : undefined;
    const etag = `"${file.digest}${encoding ?? ''}"`;
    /** @type {Record<string, string>} */
    const headers = {
      'Content-Type': types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
      'Content-Security-Policy': policyOf(path),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      'Cache-Control': 'no-cache',
      Vary: 'Accept-Encoding',
      ETag: etag,
    };
    if (request.headers.get('if-none-match') === etag) {
      return new Response(null, { status: 304, headers });
    }
    if (encoding) headers['Content-Encoding'] = encoding;
    const body = await file[encoding ?? 'identity']();
    return new Response(/** @type {BodyInit} */ (body), { headers });
  };
}

/**
 * A file that is compressed once, as a site's build would do it.
 *
 * @param {Buffer} content
 * @param {string} digest
 * @param {URL} cache
 */
function createFile(content, digest, cache) {
  /** @type {Promise<Buffer> | undefined} */
  let br;
  /** @type {Promise<Buffer> | undefined} */
  let gz;
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const compress = () => promisify(brotliCompress)(content, { params });
  return {
    digest,
    identity: async () => content,
    br: () => (br ??= cached(new URL(`${digest}.br`, cache), compress)),
    gzip: () => (gz ??= promisify(gzip)(content)),
  };
}

/**
 * @param {URL} file
 * @param {() => Promise<Buffer>} make
 */
async function cached(file, make) {
  const found = await readFile(file).catch(() => undefined);
  if (found) return found;
  const made = await make();
  // Whole or not at all: others may read it at any moment.
  const part = new URL(`${file.href}.${process.pid}`);
  await writeFile(part, made);
  await rename(part, file);
  return made;
}

/**
 * Moves a call in time: it opened a week ago, and the last of its deadlines is in 60 days.
 * Everything else in the text, its comments too, stays as it is.
 *
 * @param {string} definition
 * @param {number} now
 * @returns {string}
 */
export function movedToNow(definition, now) {
  const instant = /("(opens|at)"\s*:\s*")(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)([+-]\d\d:\d\d|Z)(")/g;
  const closes = [...definition.matchAll(instant)]
    .filter(([, , name]) => name === 'at')
    .map(([, , , time, offset]) => Date.parse(time + offset));
  const last = Math.max(...closes);
  // Whole days keep the times of day.
  const shift = Math.ceil((now + 60 * DAY - last) / DAY) * DAY;
  return definition.replace(instant, (_, before, name, time, offset, after) => {
    const wall = Date.parse(`${time}Z`);
    const opened = Math.floor((now - 7 * DAY) / DAY) * DAY + (wall % DAY);
    const moved = new Date(name === 'opens' ? opened : wall + shift).toISOString().slice(0, 19);
    return before + moved + offset + after;
  });
}

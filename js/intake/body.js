import { Refusal } from './refusal.js';

/**
 * A body may be slow for `grace` milliseconds (a network that wakes up); then it has to have
 * come at `rate` bytes a second, or the connection is only being held.
 */
const PACE = { grace: 30_000, rate: 1000 };

/**
 * Reads a request's body, and stops at the limit: what is beyond it is never held.
 *
 * @param {Request} request
 * @param {number} limit - In bytes.
 * @param {{grace: number, rate: number}} [pace]
 * @returns {Promise<Uint8Array>}
 */
export async function readBody(request, limit, { grace, rate } = PACE) {
  const tooLarge = () => new Refusal(413, 'request.too_large', { max: megabytes(limit) });
  const length = Number(request.headers.get('content-length') ?? 0);
  if (length > limit) throw tooLarge();
  if (!request.body) return new Uint8Array();

  /** @type {Uint8Array[]} */
  const chunks = [];
  let size = 0;
  const start = performance.now();
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Refusal(400, 'request.broken');
    });
    if (done) break;
    size += value.byteLength;
    const elapsed = performance.now() - start;
    const error =
      size > limit
        ? tooLarge()
        : elapsed > grace && size < (elapsed / 1000) * rate
          ? new Refusal(408, 'request.too_slow')
          : undefined;
    if (error) {
      await reader.cancel();
      throw error;
    }
    chunks.push(value);
  }

  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** More than any form sends: a parser takes ever longer for each part. */
const MOST_PARTS = 1000;

/**
 * @param {Uint8Array} bytes
 * @param {string} contentType
 * @returns {Promise<FormData>}
 */
export function parseMultipart(bytes, contentType) {
  const [, quoted, plain] =
    /;\s*boundary=(?:"([^"\\]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (!boundary) throw new Refusal(400, 'request.multipart');
  if (countLines(bytes, new TextEncoder().encode(`--${boundary}`)) > MOST_PARTS) {
    throw new Refusal(400, 'request.too_many', { max: MOST_PARTS });
  }
  // In our words, so that the parser splits where we counted.
  return parseForm(bytes, `multipart/form-data; boundary="${boundary}"`);
}

/**
 * How many lines but the first begin so.
 *
 * @param {Uint8Array} bytes
 * @param {Uint8Array} start
 */
function countLines(bytes, start) {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 10 && start.every((byte, k) => bytes[i + 1 + k] === byte)) count++;
  }
  return count;
}

/**
 * @param {Uint8Array} bytes
 * @param {string} contentType
 * @returns {Promise<FormData>}
 */
export async function parseForm(bytes, contentType) {
  try {
    const headers = { 'content-type': contentType };
    return await new Response(/** @type {BodyInit} */ (bytes), { headers }).formData();
  } catch {
    throw new Refusal(400, 'request.multipart');
  }
}

/**
 * @param {number} bytes
 * @returns {string} "40 MB"
 */
export function megabytes(bytes) {
  return `${Math.round(bytes / 100_000) / 10} MB`;
}

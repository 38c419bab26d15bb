import { Refusal } from './refusal.js';

/** A body may be slow for so long (a network that wakes up) … */
const GRACE_MS = 30_000;
/** … then it has to come at this rate, or the connection is only being held. */
const BYTES_PER_SECOND = 1000;

/**
 * Reads a request's body, and stops at the limit: what is beyond it is never held.
 *
 * @param {Request} request
 * @param {number} limit - In bytes.
 * @returns {Promise<Uint8Array>}
 */
export async function readBody(request, limit) {
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
        : elapsed > GRACE_MS && size < (elapsed / 1000) * BYTES_PER_SECOND
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

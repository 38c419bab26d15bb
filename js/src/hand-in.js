/** @import {Issue} from './elements/application/types.js' */

/**
 * @typedef {object} Outcome
 * @property {'stored' | 'refused' | 'failed'} state
 * @property {{receipt: string, id: string, received: string}} [receipt] When stored.
 * @property {Issue[]} [issues] When refused.
 * @property {'network' | 'too_large' | 'type' | 'busy' | 'server' | 'rejected'} [reason] When failed.
 * @property {number} [retryAfter] In seconds.
 * @property {string} [message] What the server said, for the log.
 */

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What an answer of the intake means. Only a receipt says that it is stored.
 * @param {number} status
 * @param {any} body
 * @param {string | null} retryAfter
 * @returns {Outcome}
 */
export function outcome(status, body, retryAfter) {
  const message = body?.error?.message;
  if ((status === 200 || status === 201) && typeof body?.receipt === 'string') {
    const { receipt, id, received } = body;
    return { state: 'stored', receipt: { receipt, id, received } };
  }
  if (status === 422 && Array.isArray(body?.issues))
    return { state: 'refused', issues: body.issues };
  if (status === 413) return { state: 'failed', reason: 'too_large', message };
  if (status === 415) return { state: 'failed', reason: 'type', message };
  if (status === 429 || status === 503) {
    const seconds = Number(retryAfter);
    return { state: 'failed', reason: 'busy', retryAfter: seconds || undefined, message };
  }
  if (status >= 400 && status < 500) return { state: 'failed', reason: 'rejected', message };
  return { state: 'failed', reason: 'server', message };
}

/**
 * Sends a document and its files to an intake. The same arguments send the same
 * bytes, so that a retry after a cut network is stored once.
 *
 * @param {object} options
 * @param {string} options.url
 * @param {string} options.document
 * @param {{name: string, blob: Blob}[]} options.files
 * @param {string} options.language
 * @param {(share: number) => void} [options.progress] From 0 to 1.
 * @returns {Promise<Outcome>}
 */
export function handIn({ url, document, files, language, progress }) {
  const body = new FormData();
  body.append('document', document);
  for (const { name, blob } of files) body.append('file', blob, name);
  // fetch() tells nothing of how far an upload is.
  const request = new XMLHttpRequest();
  return new Promise((resolve) => {
    request.open('POST', url);
    request.setRequestHeader('Accept-Language', language);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => progress?.(total ? loaded / total : 0);
    request.onload = () =>
      resolve(
        outcome(
          request.status,
          parse(request.responseText),
          request.getResponseHeader('Retry-After'),
        ),
      );
    request.onerror = request.onabort = () => resolve({ state: 'failed', reason: 'network' });
    request.send(body);
  });
}

import { megabytes, parseMultipart, readBody } from './body.js';
import { Refusal } from './refusal.js';

/** @import {Hezuo, Definition, Issue} from '../src/index.js' */
/** @import {Store} from './store.js' */

/** What separates the parts of a request, and what names them. */
const OVERHEAD = 64_000;
/** A part that people do not see and forms send empty; see `refuseTrap`. */
const TRAP = 'website';

/**
 * @typedef {object} Receiver
 * @property {Hezuo} hezuo
 * @property {Definitions} definitions
 * @property {Store} store
 * @property {() => number} clock
 * @property {number} documentLimit - In bytes.
 */

/** @typedef {ReturnType<typeof indexDefinitions>} Definitions */
/** @typedef {{name: string, type: string, size: number, sha256: string}} FileAnswer */

/** @param {Definition[]} definitions - Several revisions of one call may be there. */
export function indexDefinitions(definitions) {
  const newestFirst = [...definitions].sort((a, b) => b.form.revision - a.form.revision);
  return {
    all: newestFirst,

    /**
     * The definition that a document was made for, or else the newest of that id, whose
     * check then says what is wrong with the revision.
     *
     * @param {unknown} id
     * @param {unknown} [revision]
     */
    find(id, revision) {
      const same = newestFirst.filter(({ form }) => form.id === id);
      return same.find(({ form }) => form.revision === revision) ?? same[0];
    },
  };
}

/**
 * Takes an application in: reads it within the limits, lets the core judge it, and
 * stores it durably before it answers. The same document is stored once, and each
 * retry gets the first answer's receipt, also after the deadline.
 *
 * @param {Request} request
 * @param {Receiver} receiver
 * @param {{language: string, definition?: string}} context
 * @returns {Promise<{status: number, body: object}>}
 */
export async function receive(request, receiver, { language, definition: named }) {
  const { definitions, store, documentLimit } = receiver;
  // A slow upload counts from its first byte: that is when it was handed in.
  const received = receiver.clock();
  const candidates = definitions.all.filter(({ form }) => !named || form.id === named);
  if (candidates.length === 0) throw new Refusal(404, 'definition.unknown');
  const contentType = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(contentType)) {
    throw new Refusal(415, 'request.media_type', {}, { Accept: 'multipart/form-data' });
  }

  const attachmentLimit = Math.max(...candidates.map(({ form }) => form.submit.attachments));
  const bytes = await readBody(request, documentLimit + attachmentLimit + OVERHEAD);
  const { text, parts } = await partsOf(await parseMultipart(bytes, contentType), documentLimit);

  const { id, revision } = outline(text);
  const definition = definitions.find(named ?? id ?? candidates[0].form.id, revision);
  if (!definition) throw new Refusal(400, 'definition.unknown');

  const verdict = definition.validate(text, { language, now: received });
  const known = verdict.receipt ? await store.byReceipt(verdict.receipt) : undefined;
  if (known) return { status: 200, body: answer(verdict.receipt, known) };
  if (!verdict.valid) return { status: 422, body: { issues: verdict.issues } };

  const document = JSON.parse(text);
  const stored = await store.receive({
    definition: definition.form.id,
    revision: definition.form.revision,
    language: document.language,
    receipt: verdict.receipt,
    document: text,
    issues: verdict.issues,
    core: receiver.hezuo.core,
    received,
    attachments: await matchAttachments(receiver.hezuo, filesOf(document), parts),
    consents: document.consents ?? {},
  });
  return { status: stored.created ? 201 : 200, body: answer(verdict.receipt, stored) };
}

/**
 * @param {string} receipt
 * @param {{id: string, received: number}} stored
 */
function answer(receipt, { id, received }) {
  return { receipt, id, received: new Date(received).toISOString(), state: 'received' };
}

/**
 * @param {FormData} form
 * @param {number} documentLimit
 */
async function partsOf(form, documentLimit) {
  refuseTrap(form);
  for (const name of new Set(form.keys())) {
    if (!['document', 'file', TRAP].includes(name)) {
      throw new Refusal(400, 'request.parts', { name: name.slice(0, 100) });
    }
  }
  const documents = form.getAll('document');
  if (documents.length !== 1) throw new Refusal(400, 'document.missing');
  const blob = new Blob(documents);
  if (blob.size > documentLimit) {
    throw new Refusal(413, 'document.too_large', { max: megabytes(documentLimit) });
  }
  const parts = form.getAll('file').map((part) => {
    if (typeof part === 'string') throw new Refusal(400, 'request.parts', { name: 'file' });
    return part;
  });
  return { text: decode(await blob.arrayBuffer()), parts };
}

/**
 * A document that came as a file. As a field, `FormData` has decoded it already.
 *
 * @param {ArrayBuffer} bytes
 */
function decode(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(400, 'document.encoding');
  }
}

/**
 * A filled trap is refused, and says so. To answer as if it were stored would keep a
 * program from learning, and lose the application of a person whose browser, input
 * method or screen reader filled it.
 *
 * @param {FormData} form
 */
function refuseTrap(form) {
  if (form.getAll(TRAP).some((value) => value !== '')) throw new Refusal(400, 'request.trap');
}

/**
 * Which definition a document names. Only a choice: the core reads the text itself.
 *
 * @param {string} text
 * @returns {{id?: unknown, revision?: unknown}}
 */
function outline(text) {
  try {
    const document = JSON.parse(text);
    return { id: document?.definition, revision: document?.revision };
  } catch {
    return {};
  }
}

/**
 * Every file that the answers name, also inside the rows of groups. The document is valid:
 * nothing else in it has a digest.
 *
 * @param {Record<string, any>} document
 * @returns {FileAnswer[]}
 */
export function filesOf(document) {
  /** @type {FileAnswer[]} */
  const files = [];
  /** @param {unknown} value */
  const visit = (value) => {
    if (typeof value !== 'object' || value === null) return;
    if ('sha256' in value) files.push(/** @type {FileAnswer} */ (value));
    else Object.values(value).forEach(visit);
  };
  visit(document.answers);
  return files;
}

/**
 * Pairs what the answers declare with what arrived, by content. Names may differ, and one
 * content may serve several answers.
 *
 * @param {Hezuo} hezuo
 * @param {FileAnswer[]} files
 * @param {File[]} parts
 */
async function matchAttachments(hezuo, files, parts) {
  /** @type {Map<string, {sha256: string, type: string, bytes: Uint8Array}>} */
  const arrived = new Map();
  for (const part of parts) {
    const bytes = new Uint8Array(await part.arrayBuffer());
    const { sha256, type } = hezuo.inspect(bytes);
    if (!files.some((file) => file.sha256 === sha256)) {
      throw new Refusal(400, 'attachment.unexpected', { name: part.name });
    }
    arrived.set(sha256, { sha256, type, bytes });
  }
  for (const { name, sha256, type, size } of files) {
    const found = arrived.get(sha256);
    if (!found) throw new Refusal(400, 'attachment.missing', { name });
    if (found.type !== type || found.bytes.byteLength !== size) {
      const what = `${found.type || '?'}, ${found.bytes.byteLength} B`;
      throw new Refusal(400, 'attachment.mismatch', { name, found: what });
    }
  }
  return [...arrived.values()];
}

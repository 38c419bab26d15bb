import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { loadCore } from '../../js/intake/core.js';
import { createIntake } from '../../js/intake/handler.js';

const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

const example = JSON.parse(await read('tests/data/award/manchester-wuhan.json'));

export const hezuo = await loadCore();
const call = await read('core/data/definitions/uec-award-2019.json');
export const definition = hezuo.compile(call);
/** The same call after the maintainer has changed it. */
export const revised = hezuo.compile(call.replace('"revision": 1,', '"revision": 2,'));

/** While the call is open. */
export const open = Date.parse('2019-09-16T12:00:00Z');
export const closed = Date.parse('2019-10-01T00:00:00Z');

export const token = 'token-for-tests';

/** An intake with the real core, whose log makes a test fail. */
export function createTestIntake(options) {
  return createIntake({
    hezuo,
    definitions: [definition],
    clock: () => open,
    token,
    rate: { limit: 1000, window: 60_000 },
    log: (error) => {
      throw error;
    },
    ...options,
  });
}

/** Bytes that are a PDF as far as anybody looks. */
export function pdf(text, size = 0) {
  const head = new TextEncoder().encode(`%PDF-1.7\n${text}\n`);
  const bytes = new Uint8Array(Math.max(head.length, size));
  bytes.set(head);
  return bytes;
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * The application of Manchester and Wuhan, with another title and with files as evidence.
 */
export function application({ title = 'Thirty years', files = [] } = {}) {
  const document = structuredClone(example);
  document.answers.title.en = title;
  if (files.length > 0) {
    document.answers.evidence_files = files.map(({ name, bytes }) => ({
      name,
      type: 'application/pdf',
      size: bytes.length,
      sha256: sha256(bytes),
    }));
  }
  return document;
}

/** What a form sends. `parts` replaces or adds parts. */
export function formOf(document, { files = [], parts = [] } = {}) {
  const form = new FormData();
  form.append('document', typeof document === 'string' ? document : JSON.stringify(document));
  for (const { name, bytes } of files) form.append('file', new Blob([bytes]), name);
  for (const [name, value] of parts) form.append(name, value);
  return form;
}

export function post(body, { path = '/applications', headers = {} } = {}) {
  return new Request(`http://intake.test${path}`, { method: 'POST', body, headers });
}

export function get(path, headers = {}) {
  return new Request(`http://intake.test${path}`, { headers });
}

/** As a maintainer's program. */
export const bearer = { authorization: `Bearer ${token}` };

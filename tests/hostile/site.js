// An intake for the hostile call, in a database of its own.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCore } from '../../js/intake/core.js';
import { createIntake } from '../../js/intake/handler.js';
import { openStore } from '../../js/intake/store.js';
import { callText, documentOf, now } from './corpus.js';

export const hezuo = await loadCore();
export const token = 'token-of-the-hostile-tests';
const bearer = { authorization: `Bearer ${token}` };

/** What is wrong on the server's side makes the attack succeed. */
const log = (error) => {
  throw error;
};

export async function openSite({ text = callText, ...options } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'hezuo-hostile-'));
  const store = await openStore(`sqlite:${join(folder, 'store.sqlite')}`);
  const intake = createIntake({
    ...{ hezuo, store, token, log, clock: () => now, origins: ['http://partner.example'] },
    definitions: [hezuo.compile(text)],
    rate: { limit: 100_000, window: 60_000 },
    drafts: { days: 90 },
    ...options,
  });

  /** Hands in answers, or a whole document, with files. */
  async function handIn(answers, files = [], connection = undefined) {
    const form = new FormData();
    const isText = typeof answers === 'string';
    form.append('document', isText ? answers : documentOf(JSON.stringify(answers)));
    for (const { name, bytes } of files) form.append('file', new Blob([bytes]), name);
    return send(form, {}, connection);
  }

  async function send(body, headers = {}, connection = undefined) {
    const request = new Request('http://a/applications', {
      ...{ method: 'POST', body, headers },
      duplex: 'half',
    });
    const response = await intake(request, connection);
    return { status: response.status, ...(await response.json()) };
  }

  /** A page or a file, as the maintainer gets it. */
  async function get(path, headers = bearer) {
    const response = await intake(new Request(`http://a/admin/${path}`, { headers }));
    // As it came: text() would take the byte-order mark away.
    const text = Buffer.from(await response.arrayBuffer()).toString();
    return { status: response.status, headers: response.headers, text };
  }

  return {
    ...{ store, intake, handIn, send, get },
    async close() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The file answer that fits bytes. */
export const fileOf = (name, type, bytes) => ({
  ...{ name, type, size: bytes.length },
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

/** The cells of a CSV file (RFC 4180). */
export function cellsOf(text) {
  assert.ok(text.startsWith('\ufeff'));
  return text
    .slice(1)
    .split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .filter(Boolean)
    .map((line) =>
      [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map((match) => match[1].replaceAll('""', '"')),
    );
}

// What needs a process of its own: the first compilation in it, and how much memory forms take.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { loadCore } from '../../js/intake/core.js';
import { median, rowsOf } from './measure.js';

const MUCH = 40_000_000;

export function firstCompilation() {
  const file = fileURLToPath(new URL('cold.js', import.meta.url));
  const time = (/** @type {string} */ what) =>
    median(
      Array.from({ length: 9 }, () =>
        Number(execFileSync(process.execPath, [file, what], { encoding: 'utf8' })),
      ),
    );
  return rowsOf('compile a call, first in its process', { hezuo: time('hezuo'), Ajv: time('ajv') });
}

/** Kilobytes of WebAssembly memory, by how much it grows. */
export async function memory({ award, bilingual, large, now }) {
  const { instantiate } = WebAssembly;
  /** @type {WebAssembly.Memory} */
  let pages;
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate.apply(WebAssembly, given);
    pages = made.instance.exports.memory;
    return made;
  };
  const hezuo = await loadCore();
  WebAssembly.instantiate = instantiate;
  return Object.entries({
    'the award': award,
    '40 fields': bilingual,
    '1,000 fields': large,
  }).flatMap(([name, { call, document }]) => {
    const definition = hezuo.compile(call);
    const open = () => definition.open({ document, language: 'en', now });
    // From one growth on, until it has grown by as much as counts.
    const opened = (/** @type {number} */ until) => {
      let count = 0;
      for (; pages.buffer.byteLength < until; ++count) open();
      return count;
    };
    opened(pages.buffer.byteLength + 1);
    const before = pages.buffer.byteLength;
    const count = opened(before + MUCH);
    const each = (pages.buffer.byteLength - before) / count / 1000;
    return rowsOf(
      `memory of an open form: ${name}`,
      { hezuo: each, 'its document as JSON text': document.length / 1000 },
      'kB',
    );
  });
}

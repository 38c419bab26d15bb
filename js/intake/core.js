import { readFile } from 'node:fs/promises';
import { load } from '../src/index.js';

/**
 * The core, with the files that are beside it: Node's `fetch` reads none.
 *
 * @returns {Promise<import('../src/index.js').Hezuo>}
 */
export async function loadCore() {
  const read = (/** @type {string} */ name) => readFile(new URL(`../${name}`, import.meta.url));
  const [wasm, data] = await Promise.all([read('hezuo-form.wasm'), read('hezuo-data.json')]);
  return load({ wasm: new Uint8Array(wasm), data: JSON.parse(data.toString()) });
}

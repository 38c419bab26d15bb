// What the tests of the wasm share: the core as it ships, and the files that they read.
import { readFile } from 'node:fs/promises';

import { loadCore } from '../../js/intake/core.js';

const root = new URL('../../', import.meta.url);

/** @param {string} path From the root of the project. */
export const read = (path) => readFile(new URL(path, root), 'utf8');
/** @param {string} path */
export const readJson = async (path) => JSON.parse(await read(path));

export const hezuo = await loadCore();

export const definitionIds = [
  'eu-china-excellence-award',
  'guangzhou-award-2016',
  'jpi-nsfc-2018',
  'uec-award-2019',
];
/** @param {string} id */
export const readDefinition = (id) => read(`core/data/definitions/${id}.json`);

/** What a call threw, as plain data; fails the test where it did not. */
export function refusal(act) {
  try {
    act();
  } catch (error) {
    if (error.name !== 'HezuoError') throw error;
    return { code: error.code, path: error.path, message: error.message, issues: error.issues };
  }
  throw new Error('nothing was refused');
}

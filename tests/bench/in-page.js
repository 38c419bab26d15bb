// Runs the contests in a page: bundled, and put into one that has the core's files beside it.
import { load } from '../../js/src/index.js';
import { suites } from './suites.js';

globalThis.runSuites = async (subjects, data, asked) => {
  const wasm = new URL('/dist/hezuo-form.wasm', location.href);
  const hezuo = await load({ wasm, data });
  return Object.fromEntries(asked.map((name) => [name, suites[name](hezuo, subjects)]));
};

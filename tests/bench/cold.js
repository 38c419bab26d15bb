// Prints how many microseconds the first compilation in a process takes, once all is loaded.
import { readFile } from 'node:fs/promises';
import Ajv from 'ajv/dist/2020.js';

import { loadCore } from '../../js/intake/core.js';
import { schemaOf } from '../command.js';
import { clock } from './measure.js';

const award = new URL('../../core/data/definitions/uec-award-2019.json', import.meta.url);
const hezuo = await loadCore();

/** @param {() => unknown} work */
function once(work) {
  const began = clock();
  work();
  return clock() - began;
}

if (process.argv[2] === 'ajv') {
  const schema = schemaOf('uec-award-2019');
  console.log(once(() => new Ajv({ strictTypes: false }).compile(schema)));
} else {
  const call = await readFile(award, 'utf8');
  console.log(once(() => hezuo.compile(call)));
}

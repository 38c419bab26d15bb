// Prints how many microseconds the first compilation in a process takes, once all is loaded.
import Ajv from 'ajv/dist/2020.js';

import { loadCore } from '../../js/intake/core.js';
import { schemaOf } from '../command.js';
import { processorTime } from './measure.js';
import { award } from './subjects.js';

const hezuo = await loadCore();

/** @param {() => unknown} work */
function once(work) {
  const began = processorTime();
  work();
  return processorTime() - began;
}

if (process.argv[2] === 'ajv') {
  const schema = schemaOf('uec-award-2019');
  console.log(once(() => new Ajv({ strictTypes: false }).compile(schema)));
} else {
  console.log(once(() => hezuo.compile(award)));
}

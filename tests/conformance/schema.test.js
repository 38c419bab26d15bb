// The exported JSON Schema is for those who have no core: it must never refuse what the
// core accepts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Ajv from 'ajv/dist/2020.js';

import { schemaOf } from '../command.js';
import { definitionIds, hezuo, readDefinition, readJson } from '../wasm/core.js';
import { mutated, validDocumentOf } from './documents.js';
import { random } from './random.js';

const clocks = {
  'eu-china-excellence-award': '2019-09-16T12:00:00Z',
  'guangzhou-award-2016': '2016-05-01T12:00:00Z',
  'jpi-nsfc-2018': '2018-04-01T12:00:00Z',
  'uec-award-2019': '2019-09-16T12:00:00Z',
};
const seeds = 4;
const mutations = 400; // Of each seed's document; about a quarter of them are valid.

for (const id of definitionIds) {
  describe(`the schema of ${id}`, async () => {
    const definition = hezuo.compile(await readDefinition(id));
    const now = Date.parse(clocks[id]);
    const schema = schemaOf(id);
    const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
    const accepts = ajv.compile(schema);
    const validate = (text) => definition.validate(text, { language: 'en', now });

    it('is JSON Schema 2020-12', () => {
      assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
      assert.ok(ajv.validateSchema(schema), ajv.errorsText(ajv.errors));
    });

    it('accepts what the core accepts', () => {
      let valid = 0;
      for (let seed = 1; seed <= seeds; ++seed) {
        const r = random(seed);
        const base = validDocumentOf(definition, now, r);
        if (base === null) continue;
        for (let i = 0; i < mutations; ++i) {
          const text = JSON.stringify(i === 0 ? base : mutated(definition, base, r));
          if (!validate(text).valid) continue;
          valid += 1;
          accepts(JSON.parse(text));
          assert.deepEqual(accepts.errors, null, `seed ${seed}, ${i}: ${text}`);
        }
      }
      assert.ok(valid >= 200, `only ${valid} documents were valid`);
    });

    it('refuses what has another shape', () => {
      const base = validDocumentOf(definition, now, random(1));
      const shapes = [null, [], {}, { ...base, extra: 1 }, { ...base, definition: 'another' }];
      shapes.push({ ...base, answers: { ...base.answers, nope: 1 } });

      for (const shape of shapes) assert.equal(accepts(shape), false, JSON.stringify(shape));
    });
  });
}

describe('the schemas', () => {
  const examples = { 'manchester-wuhan': 'uec-award-2019', 'jpi-nsfc': 'jpi-nsfc-2018' };
  for (const [name, id] of Object.entries(examples)) {
    it(`accept the example ${name}`, async () => {
      const accepts = new Ajv({ strictTypes: false }).compile(schemaOf(id));

      accepts(await readJson(`tests/data/award/${name}.json`));

      assert.deepEqual(accepts.errors, null);
    });
  }
});

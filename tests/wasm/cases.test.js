// The cases that the native tests read, through the wasm.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { hezuo, readDefinition, readJson, refusal } from './core.js';

const units = ['graphemes', 'words', 'han', 'characters', 'bytes'];

describe('count', async () => {
  for (const { name, text, ...expected } of await readJson('tests/data/text/count.json')) {
    it(name, () => {
      const counts = hezuo.count(text);

      assert.deepEqual(
        Object.fromEntries(units.map((unit) => [unit, counts[unit]])),
        Object.fromEntries(units.map((unit) => [unit, expected[unit]])),
      );
    });
  }
});

describe('nfc', async () => {
  for (const { name, text, nfc } of await readJson('tests/data/text/nfc.json')) {
    it(name, () => assert.equal(hezuo.nfc(text), nfc));
  }
});

for (const table of ['addresses', 'codes', 'phone', 'vat']) {
  describe(`checkId, ${table}`, async () => {
    const rows = await readJson(`tests/data/ids/${table}.json`);
    for (const { name, kind, value, verdict, code, normalized } of rows) {
      it(name, () => assert.deepEqual(hezuo.checkId(kind, value), { verdict, code, normalized }));
    }
  });
}

describe('rule', async () => {
  // The table names errors as C++ does.
  const codes = {
    rule_invalid: 'rule.invalid',
    rule_type: 'rule.type',
    rule_steps: 'rule.steps',
    too_deep: 'json.too_deep',
  };
  // A rule by itself has no sets and no clock: those are a call's.
  const ofACall = ['a value of a set', 'a set is an array', 'today', 'today compares with dates'];

  for (const { name, rule, data, result, error, path, message } of await readJson(
    'tests/data/rules/cases.json',
  )) {
    if (ofACall.includes(name)) continue;
    it(name, () => {
      if (error === undefined) return assert.deepEqual(hezuo.rule(rule, data), result);
      const refused = refusal(() => hezuo.rule(rule, data));
      assert.equal(refused.code, codes[error]);
      if (path !== undefined) assert.equal(refused.path, path);
      if (message !== undefined) assert.equal(refused.message, message);
    });
  }

  it('has no clock', () => assert.equal(hezuo.rule({ today: [] }, null), null));
});

describe('validate', async () => {
  const expected = await readJson('tests/data/award/broken.expected.json');
  const documents = {};
  for (const name of ['broken', 'manchester-wuhan', 'jpi-nsfc']) {
    documents[name] = await readJson(`tests/data/award/${name}.json`);
  }
  const calls = {
    [expected.definition]: hezuo.compile(await readDefinition(expected.definition)),
    'jpi-nsfc-2018': hezuo.compile(await readDefinition('jpi-nsfc-2018')),
  };
  const validate = (document, now) =>
    calls[document.definition].validate(JSON.stringify(document), {
      language: 'en',
      now,
    });
  const codesOf = (issues) => [...new Set(issues.map(({ code }) => code))].sort();

  it('accepts the application of the two cities', () => {
    const { valid, issues, receipt } = validate(
      documents['manchester-wuhan'],
      Date.parse('2019-09-16T12:00:00Z'),
    );

    assert.deepEqual(issues, []);
    assert.equal(valid, true);
    assert.match(receipt, /^[0-9a-f]{64}$/);
  });

  it('ends the call at the deadline of the side that applies', () => {
    const chinese = documents['jpi-nsfc'];
    const european = structuredClone(chinese);
    european.answers.registering_side = 'europe';
    const deadline = Date.parse('2018-04-12T08:00:00Z');
    const passed = (document, now) =>
      validate(document, now).issues.some(({ code }) => code === 'deadline.passed');

    assert.equal(passed(chinese, deadline), false);
    assert.equal(passed(chinese, deadline + 1), true);
    assert.equal(passed(european, deadline + 4 * 3_600_000), false);
    assert.equal(passed(european, deadline + 4 * 3_600_000 + 1), true);
  });

  it('meets in the broken document the codes that are listed', () => {
    const { valid, issues } = validate(documents.broken, Date.parse(expected.now));

    assert.equal(valid, false);
    assert.deepEqual(codesOf(issues), [...expected.codes].sort());
  });

  for (const { code, document, now = '2019-09-16T12:00:00Z', set, text } of expected.others) {
    if (!document) continue;
    it(`meets ${code} where a document is changed`, () => {
      const changed = structuredClone(documents[document.replace('.json', '')]);
      for (const [pointer, value] of Object.entries(set ?? {})) {
        const keys = pointer.slice(1).split('/');
        const last = keys.pop();
        keys.reduce((object, key) => object[key], changed)[last] = value;
      }

      const { issues } = calls[expected.definition].validate(text ?? JSON.stringify(changed), {
        language: 'en',
        now: Date.parse(now),
      });

      assert.ok(codesOf(issues).includes(code), codesOf(issues).join());
    });
  }
});

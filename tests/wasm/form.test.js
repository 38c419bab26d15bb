// The tables of definitions and of answers that the native tests read, through the wasm.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { hezuo, readJson, refusal } from './core.js';

const base = await readJson('tests/data/form/small-call.json');
const definitions = await readJson('tests/data/form/definitions.json');

/** Sets what stands at a JSON Pointer; "-" appends to an array, null takes away. */
function patch(document, pointer, value) {
  const keys = pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop();
  const parent = keys.reduce((object, key) => (object[key] ??= {}), document);
  if (Array.isArray(parent)) {
    const at = last === '-' ? parent.length : Number(last);
    parent.splice(at, at < parent.length ? 1 : 0, ...(value === null ? [] : [value]));
  } else if (value === null) delete parent[last];
  else parent[last] = value;
}

function textOf({ text, repeat, before = '', set }) {
  if (text !== undefined) return text;
  if (repeat) return before + repeat[0].repeat(repeat[1]);
  const definition = structuredClone(base);
  for (const pointer of Object.keys(set).sort()) patch(definition, pointer, set[pointer]);
  return JSON.stringify(definition);
}

describe('compile', () => {
  for (const one of definitions.cases) {
    it(one.name, () => {
      const valid = one.issues?.length === 0;
      const { issues } = valid
        ? hezuo.compile(textOf(one))
        : refusal(() => hezuo.compile(textOf(one)));

      const found = issues.map(({ code, pointer }) => [code, pointer]);
      if (one.issues) return assert.deepEqual(found, one.issues);
      const expected = found.filter(
        ([code, pointer]) => code === one.code && pointer === (one.pointer ?? pointer),
      );
      assert.ok(expected.length > 0, JSON.stringify(found));
    });
  }
});

describe('an answer', async () => {
  const { fields } = await readJson('tests/data/form/answers.json');
  const { sets, checks, eligibility, criteria, consents, ...bare } = base;
  // Early enough in the day for it to be 2019-09-16 where the day begins first.
  const options = { language: 'en', now: Date.parse('2019-09-15T12:00:00Z') };

  for (const { field, cases } of fields) {
    const name = JSON.stringify(field).slice(0, 80);
    it(`is checked as a table says of ${name}`, () => {
      const definition = hezuo.compile(
        JSON.stringify({
          ...bare,
          sections: [
            { id: 'about', title: 'About', fields: [{ ...field, id: 'answer', label: 'Answer' }] },
          ],
        }),
      );
      for (const { answer, issues, answered } of cases) {
        const document = JSON.stringify({ answers: { answer } });
        const saved = definition.open({ document, ...options });
        const typed = definition.open(options);
        typed.set('answer', answer);

        const [cell] = saved.state().cells;
        assert.deepEqual(
          cell.issues.map(
            ({ code, pointer }) => `${code} ${pointer.slice('/answers/answer'.length)}`,
          ),
          issues,
          JSON.stringify(answer),
        );
        assert.equal(cell.answered, answered, JSON.stringify(answer));
        assert.deepEqual(typed.state().cells, saved.state().cells);
        saved.close();
        typed.close();
      }
      definition.close();
    });
  }
});

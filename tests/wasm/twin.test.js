// Where WebAssembly is refused, pages run the same module as JavaScript. It must say the same.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { Core, HezuoError, instantiate } from '../../js/src/wasm.js';
import { documentOf, mutated } from '../conformance/documents.js';
import { random, text } from '../conformance/random.js';
import { definitionIds, read, readDefinition, readJson } from './core.js';

const file = (/** @type {string} */ name) => new URL(`../../js/${name}`, import.meta.url);
const wasm = await instantiate(new Uint8Array(await readFile(file('hezuo-form.wasm'))));
const twin = new Core(await import(file('hezuo-form.wasm2js.js')));
const data = await readFile(file('hezuo-data.json'));

/** What both answer to the same call, or refuse. */
function both(call) {
  const [first, second] = [wasm, twin].map((core) => {
    try {
      return call(core);
    } catch (error) {
      if (!(error instanceof HezuoError)) throw error;
      return { code: error.code, path: error.path, message: error.message, issues: error.issues };
    }
  });
  assert.deepEqual(second, first);
  return first;
}

describe('the module as JavaScript', () => {
  it('takes the same messages and taxonomies', () => {
    const { languages } = both((core) => core.call('hz_configure', new Uint8Array(data)));

    assert.equal(languages.length, 2);
  });

  it('counts, composes and checks alike', () => {
    for (let seed = 0; seed < 500; ++seed) {
      const input = text(random(seed), 30);

      both((core) => core.call('hz_count', input));
      both((core) => core.call('hz_nfc', input));
      for (const kind of ['email', 'phone', 'url', 'vat', 'uscc']) {
        const request = JSON.stringify({ kind, value: input.toWellFormed() });
        both((core) => core.call('hz_id', request));
      }
    }
  });

  it('evaluates rules alike, to the last bit of a number', async () => {
    for (const { rule, data: variables } of await readJson('tests/data/rules/cases.json')) {
      both((core) => core.call('hz_rule', JSON.stringify({ rule, data: variables })));
    }
  });

  it('compiles and describes calls alike, and validates their documents', async () => {
    for (const id of definitionIds) {
      const definition = await readDefinition(id);
      const { call, form } = both((core) => core.call('hz_compile', definition));

      for (let seed = 0; seed < 12; ++seed) {
        const r = random(seed);
        let document = documentOf(form, Date.parse('2019-09-16T12:00:00Z'), r);
        for (let i = r.below(4); i > 0; --i) document = mutated({ form }, document, r);
        const options = { language: r.pick(form.languages), now: Date.parse('2019-09-16') };
        both((core) => core.give('hz_validate', call, JSON.stringify(document), options));
      }
    }
  });

  it('holds a session alike, while its memory grows', async () => {
    const definition = await readDefinition('uec-award-2019');
    const document = await read('tests/data/award/manchester-wuhan.json');
    const options = { language: 'zh-Hans', now: Date.parse('2019-09-16T12:00:00Z') };
    const { call } = both((core) => core.call('hz_compile', definition));
    const { session } = both((core) => core.give('hz_open', call, document, options));

    for (const typed of ['武汉', '合作 '.repeat(1_000_000), 'e\u0301', '']) {
      both((core) => core.setText(session, 'title', 'zh-Hans', 1, typed));
      both((core) => core.tell('hz_compare', session, { key: 'title' }));
      both((core) => core.tell('hz_answer', session, { key: 'title' }));
    }
    both((core) => core.tell('hz_row', session, { add: 'members' }));
    both((core) => core.tell('hz_set', session, { key: 'title', value: null }));
    both((core) => core.ask('hz_check', session));
    both((core) => core.ask('hz_left', session));
    both((core) => core.tellText('hz_document', session, { event: 'handed_in', at: options.now }));
  });

  it('says the same of bytes', () => {
    for (let size = 0; size < 200; ++size) {
      const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31 + size) & 255);

      both((core) => core.call('hz_inspect', bytes));
    }
  });
});

// The command and the wasm are one core: on the same inputs, broken ones too, they answer
// alike, number for number and byte for byte.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { command } from '../command.js';
import { definitionIds, hezuo, read, readDefinition, readJson } from '../wasm/core.js';
import { documentOf, mutated } from './documents.js';
import { random, text, value } from './random.js';

/** The command's answer to each line. */
function filtered(name, lines) {
  const out = execFileSync(command, [name, '--json'], {
    input: lines.map((line) => `${line}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const answers = out.trimEnd().split('\n');
  assert.equal(answers.length, lines.length);
  return answers.map((answer) => JSON.parse(answer));
}

/** What a call of the API gave, as the command writes it. */
function outcome(act) {
  try {
    return act();
  } catch ({ name, code, path, message }) {
    assert.equal(name, 'HezuoError');
    return { error: { code, path, message } };
  }
}

function agree(inputs, ofCommand, ofWasm) {
  assert.ok(inputs.length > 0);
  for (const [i, input] of inputs.entries()) {
    assert.deepEqual(ofWasm[i], ofCommand[i], JSON.stringify(input).slice(0, 2000));
  }
}

const megabyte = [
  'a'.repeat(1e6),
  '合作 '.repeat(250_000),
  'e' + '\u0301'.repeat(300_000),
  '\u{1f468}\u200d'.repeat(140_000),
  '\ud800'.repeat(300_000),
  '\0'.repeat(1e6),
];

describe('the command and the wasm', () => {
  const texts = Array.from({ length: 3000 }, (_, seed) => text(random(seed), 40));

  it('count alike', () => {
    const inputs = [...texts, ...megabyte];

    // The wasm gets texts as JavaScript has them, with halves of surrogate pairs.
    agree(
      inputs,
      filtered(
        'count',
        inputs.map((input) => JSON.stringify(input.toWellFormed())),
      ),
      inputs.map((input) => hezuo.count(input)),
    );
  });

  it('compose alike', () => {
    const inputs = [...texts, ...megabyte];

    agree(
      inputs,
      filtered(
        'nfc',
        inputs.map((input) => JSON.stringify(input.toWellFormed())),
      ),
      inputs.map((input) => hezuo.nfc(input)),
    );
  });

  it('check identifiers alike', async () => {
    const tables = await Promise.all(
      ['addresses', 'codes', 'phone', 'vat'].map((name) => readJson(`tests/data/ids/${name}.json`)),
    );
    const rows = tables.flat();
    const inputs = Array.from({ length: 4000 }, (_, seed) => {
      const r = random(seed);
      const { kind, value: known } = r.pick(rows);
      const at = r.below(known.length + 1);
      const changed = known.slice(0, at) + text(r, 2) + known.slice(at + r.below(3));
      // A line of the filter ends where the value has a line end.
      return { kind, value: changed.toWellFormed().replace(/[\r\n]/g, '') };
    });

    agree(
      inputs,
      filtered(
        'id',
        inputs.map(({ kind, value: changed }) => `${kind}\t${changed}`),
      ),
      inputs.map(({ kind, value: changed }) => hezuo.checkId(kind, changed)),
    );
  });

  it('evaluate rules alike', async () => {
    const cases = (await readJson('tests/data/rules/cases.json')).filter(({ sets }) => !sets);
    const graft = (rule, r) => {
      if (r.chance(0.15)) return r.chance(0.5) ? value(r) : r.pick(cases).rule;
      if (Array.isArray(rule)) return rule.map((part) => graft(part, r));
      if (rule === null || typeof rule !== 'object') return rule;
      return Object.fromEntries(Object.entries(rule).map(([key, part]) => [key, graft(part, r)]));
    };
    const inputs = Array.from({ length: 4000 }, (_, seed) => {
      const r = random(seed);
      const { rule, data } = r.pick(cases);
      return { rule: graft(rule, r), data: r.chance(0.5) ? data : value(r) };
    });

    agree(
      inputs,
      filtered(
        'rule',
        inputs.map((input) => JSON.stringify(input)),
      ),
      inputs.map(({ rule, data }) => outcome(() => ({ result: hezuo.rule(rule, data) }))),
    );
  });

  describe('validate alike', () => {
    let folder = '';
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'hezuo-'));
    });
    after(() => rm(folder, { recursive: true }));

    /** Issues by the command have no key: that is a session's. */
    const compared = ({ valid, issues, receipt = '' }) => ({
      valid,
      issues: issues.map(({ key, ...issue }) => issue),
      receipt,
    });

    async function same(id, definition, document, now, language) {
      const bytes = Buffer.from(document);
      const file = join(folder, 'document.json');
      await writeFile(file, bytes);
      const { stdout } = await promisify(execFile)(
        command,
        [
          ...['validate', fileURLToPath(definitionUrl(id)), file, '--json'],
          ...['--lang', language, '--now', new Date(now).toISOString()],
        ],
        { encoding: 'utf8', maxBuffer: 1 << 26 },
      ).catch((failure) => failure);

      const ofWasm = compared(definition.validate(new Uint8Array(bytes), { language, now }));
      assert.deepEqual(ofWasm, compared(JSON.parse(stdout)), bytes.toString().slice(0, 5000));
    }

    const definitionUrl = (id) =>
      new URL(`../../core/data/definitions/${id}.json`, import.meta.url);

    for (const id of definitionIds) {
      it(`documents of ${id}`, async () => {
        const definition = hezuo.compile(await readDefinition(id));
        for (let seed = 0; seed < 30; ++seed) {
          const r = random(seed);
          const now = Date.parse(r.pick(['2016-05-01', '2018-04-12T08:00:00Z', '2019-09-16']));
          let document = documentOf(definition.form, now, r);
          for (let i = r.below(6); i > 0; --i) document = mutated(definition, document, r);
          const json = JSON.stringify(document);

          await same(id, definition, json, now, r.pick(hezuo.languages));
        }
      });
    }

    it('what is broken before it is a document', async () => {
      const id = 'uec-award-2019';
      const definition = hezuo.compile(await readDefinition(id));
      const whole = await read('tests/data/award/manchester-wuhan.json');
      const broken = [
        '',
        ' ',
        '\ufeff{}',
        '{}',
        '[]',
        'null',
        '{"a": 1, "a": 2}',
        '{"answers": {"title": "\\ud800"}}',
        '{"answers": {"title": "\\u0000"}}',
        '{"answers": {"title": 1e999}}',
        `{"answers": ${'['.repeat(100_000)}`,
        `{"answers": {"title": {"en": "${'武'.repeat(400_000)}"}}}`,
        whole.replace('"revision": 1', '"revision": 1.0'),
        whole.replace('"revision": 1', '"revision": 18446744073709551616'),
        whole.slice(0, -3),
        `${whole}x`,
        Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
        Buffer.concat([Buffer.from(whole).subarray(0, 3000), Buffer.from([0xed, 0xa0, 0x80])]),
      ];

      for (const document of broken) {
        await same(id, definition, document, Date.parse('2019-09-16T12:00:00Z'), 'en');
      }
    });
  });
});

// The hostile corpus against the command `hezuo`: each line of a filter has its answer, no file
// breaks it, and nothing of the input reaches the terminal as anything but text.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { filter, run } from '../command.js';
import { bytesOf, call, corpus, documentOf, replaced, surface } from './corpus.js';

const folder = mkdtempSync(join(tmpdir(), 'hezuo-hostile-'));
after(() => rmSync(folder, { recursive: true }));
const attacks = surface('command');
const callFile = fileURLToPath(new URL('../data/hostile/call.json', import.meta.url));

/** Runs one filter on many lines; each has one line of answer. */
function filtered(args, lines) {
  const answers = filter(args, Buffer.concat(lines.map((line) => bytes(`${line}\n`))));
  assert.equal(answers.length, lines.length);
  return answers;
}
const bytes = (text) => Buffer.from(text);

const validate = (document) =>
  run(['validate', callFile, '-', '--now', '2026-11-24T00:00:00Z'], document);

describe('the command', () => {
  it('takes what is not hostile', () => {
    const { status, out } = validate(documentOf('{"name":"x"}'));

    assert.equal(status, 0, out);
  });

  it('answers each hostile line of a filter with one line', async () => {
    const { attack, held } = attacks('lines');
    const { texts, escapes } = corpus('characters');
    const rows = [
      ...corpus('markup').texts,
      ...corpus('sql').texts,
      ...corpus('formulas').bodies,
      ...texts,
    ].map(({ text }) => text);
    const lines = rows.map((text) => JSON.stringify(text));
    const forms = filtered(['nfc'], lines);
    const counts = filtered(['count'], lines);
    const parities = filtered(
      ['parity'],
      rows.map((text) => JSON.stringify({ en: text, 'zh-Hans': text })),
    );
    for (const [i, text] of rows.entries()) {
      await attack(text, () => assert.equal(JSON.parse(forms[i]), text.normalize('NFC')));
      await attack(text, () => assert.ok(JSON.parse(counts[i]).bytes > 0));
      await attack(text, () => assert.ok(Array.isArray(JSON.parse(parities[i]))));
    }
    const single = escapes.filter(({ json }) => !json.includes('\n'));
    const refusals = filtered(
      ['nfc'],
      single.map(({ json }) => json),
    );
    for (const [i, { json }] of single.entries()) {
      await attack(json, () => assert.ok(JSON.parse(refusals[i]).error.message));
    }
    held();
  });

  it('refuses a line that is not UTF-8, and goes on', async () => {
    const { attack, held } = attacks('broken UTF-8');
    const rows = corpus('characters').bytes;
    const input = rows.flatMap((row) => [bytes('"a'), bytesOf(row), bytes('b"\n')]);
    for (const filter of ['nfc', 'count']) {
      const { out } = run([filter], Buffer.concat([...input, bytes('"last"\n')]));
      const answers = out.trimEnd().split('\n');
      for (const [i, { is }] of rows.entries()) {
        await attack([filter, is], () => assert.ok(JSON.parse(answers[i]).error.code));
      }
      assert.equal(answers.length, rows.length + 1);
      assert.ok(!answers.at(-1).includes('error'));
    }
    held();
  });

  it('takes keys of prototypes for names like others', async () => {
    const { attack, held } = attacks('keys of prototypes');
    const { ids } = corpus('keys');
    const reads = ids.map(({ id }) => `{"rule":{"var":"own.${id}"},"data":{"own":{}}}`);
    const calls = ids.map(({ id }) => `{"rule":{"${id}":[1]},"data":{}}`);
    const [read, called] = [filtered(['rule'], reads), filtered(['rule'], calls)];
    for (const [i, { id }] of ids.entries()) {
      await attack(id, () => assert.equal(read[i], '{"result":null}'));
      await attack(id, () => assert.ok(JSON.parse(called[i]).error));
    }
    held();
  });

  it('refuses what nests too deep or is no document', async () => {
    const { attack, held } = attacks('structure');
    const { deep, broken, duplicates } = corpus('structure');
    const texts = [
      ...deep.map(({ repeat, times }) => repeat.repeat(times)),
      ...broken.map(({ text }) => text).filter((text) => !text.includes('\n')),
      ...duplicates.map(({ answers }) => `{${answers}}`),
    ];
    const answers = filtered(['rule'], texts);
    for (const [i, text] of texts.entries()) {
      await attack(text.slice(0, 40), () => assert.ok(JSON.parse(answers[i]).error.code));
      await attack(text.slice(0, 40), () => assert.ok(answers[i].length < 10_000));
    }
    held();
  });

  it('refuses what is too large', async () => {
    const { attack, held } = attacks('size');
    for (const text of [
      ' '.repeat(50_000_000),
      documentOf(`{"name":[${'0,'.repeat(1_000_000)}0]}`),
      documentOf(`{"name":${'['.repeat(1_000_000)}`),
    ]) {
      for (const judge of [validate, (text) => run(['lint', '-'], text)]) {
        await attack([text.slice(0, 40), text.length], () => {
          const { status, out, err } = judge(text);
          assert.equal(status, 1, out + err);
          assert.ok(out.length > 0 && out.length < 10_000);
        });
      }
    }
    held();
  });

  it('lets no hostile text of a file act on the terminal', async () => {
    const { attack, held } = attacks('terminal');
    const texts = corpus('characters').texts.map(({ text }, i) => `n${i}a${text}b`);
    const unknown = Object.fromEntries(texts.map((text) => [text, 1]));
    const original = call();
    const fields = texts.map((text, i) => ({ id: `f${i}`, kind: text, label: 'x' }));
    const labelled = texts.map((text, i) => ({
      ...{ id: `f${i}`, kind: 'line', required: true },
      label: text,
    }));
    const file = join(folder, 'call.json');
    writeFileSync(file, JSON.stringify(replaced(original, ['sections', '1', 'fields'], labelled)));
    const outputs = [
      run(['lint', '-'], JSON.stringify({ ...original, ...unknown })),
      run(['lint', '-'], JSON.stringify(replaced(original, ['sections', '1', 'fields'], fields))),
      run(['validate', file, '-'], documentOf('{"name":"x"}')),
      validate(documentOf(JSON.stringify({ name: 'x', ...unknown }))),
    ];
    for (const { out, err } of outputs) {
      for (const [i, text] of texts.entries()) {
        await attack(text, () => {
          const lines = out.split('\n').filter((line) => line.includes(`n${i}a`));
          assert.ok(lines.length > 0);
          for (const line of lines) assert.doesNotMatch(line, /\p{Cc}/u);
          assert.equal(err, '');
        });
      }
    }
    held();
  });
});

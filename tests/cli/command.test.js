// The command `hezuo`, as a person and as a script call it.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { command, filter, run } from '../command.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const award = join(root, 'core/data/definitions/uec-award-2019.json');
const application = join(root, 'tests/data/award/manchester-wuhan.json');
const broken = join(root, 'tests/data/award/broken.json');
const inTime = ['--now', '2019-09-16T12:00:00Z'];
const tooLate = ['--now', '2019-10-05T12:00:00Z'];

describe('hezuo', () => {
  it('prints its help and its version, and nothing else', () => {
    const help = run(['--help']);
    assert.equal(help.status, 0);
    assert.match(help.out, /hezuo lint DEFINITION/);
    assert.equal(help.err, '');

    const version = run(['--version']);
    assert.equal(version.status, 0);
    assert.match(version.out, /^hezuo \d+\.\d+\.\d+, Unicode 15\.0\n$/);
  });

  it('answers wrong usage on standard error with status 2', () => {
    const wrong = [
      [],
      ['frobnicate'],
      ['lint'],
      ['lint', award, award],
      ['validate', award],
      ['schema'],
      ['receipt'],
      ['nfc', application],
      ['lint', award, '--colour'],
      ['lint', award, '--lang'],
      ['validate', award, application, '--now', 'yesterday'],
      ['validate', award, application, '--now', '2019-09-16'],
    ];
    for (const args of wrong) {
      const { status, out, err } = run(args);
      assert.equal(status, 2, args.join(' '));
      assert.equal(out, '', args.join(' '));
      assert.notEqual(err, '', args.join(' '));
    }
  });

  it('answers files that cannot be read with status 2', () => {
    for (const args of [
      ['lint', join(root, 'no-such-file.json')],
      ['lint', root],
      ['receipt', join(root, 'no-such-file.json')],
      ['validate', award, join(root, 'no-such-file.json')],
      ['lint', award, '--data', join(root, 'no-such-folder')],
    ]) {
      const { status, out, err } = run(args);
      assert.equal(status, 2, args.join(' '));
      assert.equal(out, '');
      assert.match(err, /^hezuo: /);
    }
  });

  it('reads standard input as the file -', () => {
    const { status, out } = run(['lint', '-'], readFileSync(award));
    assert.equal(status, 0);
    assert.match(out, /^valid: 0 errors/);
  });

  it('says when its answer could not be written', () => {
    for (const args of ['nfc', `lint '${award}'`, `schema '${award}'`]) {
      const script = `echo '"x"' | "$0" ${args} > /dev/full`;
      const { status, stderr } = spawnSync('sh', ['-c', script, command]);
      assert.equal(status, 2, args);
      assert.match(stderr.toString(), /standard output/, args);
    }
  });

  it('ends when nobody reads on', async () => {
    const child = spawn(command, ['nfc'], { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdin.on('error', () => {});
    child.stdout.once('data', () => child.stdout.destroy());
    const line = `"${'x'.repeat(10_000)}"\n`;
    const write = () => {
      while (!child.stdin.destroyed && child.stdin.writable && child.stdin.write(line));
    };
    child.stdin.on('drain', write);
    write();

    const [code, signal] = await new Promise((resolve) =>
      child.on('exit', (...how) => resolve(how)),
    );

    assert.ok(signal === 'SIGPIPE' || code === 2, `${code} ${signal}`);
  });
});

describe('hezuo lint', () => {
  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'hezuo-cli-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const written = (text) => {
    const file = join(folder, 'definition.json');
    writeFileSync(file, text);
    return file;
  };

  it('accepts every definition that ships', () => {
    for (const id of ['uec-award-2019', 'jpi-nsfc-2018', 'guangzhou-award-2016']) {
      const { status, out } = run(['lint', join(root, `core/data/definitions/${id}.json`)]);
      assert.equal(status, 0, id);
      assert.equal(out, 'valid: 0 errors, 0 warnings and hints\n');
    }
  });

  it('names code, pointer and remedy in the language that is asked for', () => {
    const file = written('{"hezuo": 1, "titel": "x", "languages": ["en"]}');
    const english = run(['lint', file]);
    assert.equal(english.status, 1);
    assert.match(english.out, /^error definition\.misspelled \/titel\n {4}.*title/m);
    const chinese = run(['lint', file, '--lang', 'zh-CN']);
    assert.match(chinese.out, /\p{Script=Han}/u);
    assert.doesNotMatch(english.out, /\p{Script=Han}/u);
  });

  it('gives a script the same as JSON', () => {
    const { status, out } = run(['lint', written('{"hezuo": 1,'), '--json']);
    assert.equal(status, 1);
    const { valid, issues } = JSON.parse(out);
    assert.equal(valid, false);
    assert.equal(issues[0].code, 'definition.json_place');
    assert.equal(issues[0].pointer, '/hezuo');
    assert.match(issues[0].text, /line 1/);
  });

  it('says what to type instead of a full-width sign', () => {
    const file = written('{\n  "hezuo"：1\n}');
    const [english, chinese] = ['en', 'zh'].map((language) =>
      run(['lint', file, '--lang', language]),
    );
    assert.match(
      english.out,
      /^error definition\.json_sign \/hezuo\n {4}Line 2, column 10: .* : .* ： /m,
    );
    assert.match(chinese.out, /第2行第10列：.* ： .* : /);
    const { status, out } = run(['validate', award, '-'], '{"answers"：{}}');
    assert.equal(status, 1);
    assert.match(out, /not JSON: line 1, column 11: type : for ：/);
  });

  it('looks zones and offsets of deadlines up in the database of the host', () => {
    const call = readFileSync(join(root, 'tests/data/form/small-call.json'), 'utf8');
    const slip = run(['lint', written(call.replace('Europe/Brussels', 'Europe/Brusels'))]);
    const winter = run([
      'lint',
      written(
        call
          .replace('2019-09-30T17:00:00+02:00', '2019-12-02T17:00:00+02:00')
          .replace('2019-09-30T23:00:00+08:00', '2019-12-02T23:00:00+08:00'),
      ),
    ]);
    const elsewhere = run(['lint', written(call.replace('Europe/Brussels', 'Asia/Beijing'))]);

    assert.equal(slip.status, 0, 'a warning: the database may be older than the zone');
    assert.match(
      slip.out,
      /^warning definition\.misspelled \/closes\/0\/zone\n.*Europe\/Brussels/m,
    );
    assert.match(slip.out, /^valid: 0 errors, 1 warning or hint$/m);
    assert.match(elsewhere.out, /^warning definition\.zone_unknown \/closes\/0\/zone\n.*Shanghai/m);
    assert.match(winter.out, /^warning definition\.zone_offset \/closes\/0\/at$/m);
    assert.match(winter.out, /2019-12-02T16:00:00\+01:00\. .* 2019-12-02T17:00:00\+01:00/);
  });

  it('says when it has no zones to look up', () => {
    const { status, stdout, stderr } = spawnSync(command, ['lint', award], {
      env: { ...process.env, TZDIR: folder },
      encoding: 'utf8',
    });
    assert.equal(status, 0);
    assert.match(stdout, /^valid: 0 errors, 0/);
    assert.match(stderr, /no time zones/);
  });

  it('counts one error as one', () => {
    const { out } = run(['lint', written('[]')]);
    assert.match(out, /^not valid: 1 error, 0 warnings and hints$/m);
  });

  it('colours nothing that is not a terminal', () => {
    const { out, err } = run(['lint', written('[]')]);
    assert.doesNotMatch(out + err, /\u001b/);
  });

  it('refuses what is binary, empty or too large', () => {
    for (const bytes of [Buffer.of(0), Buffer.of(0xff, 0xfe), '', '['.repeat(9_000_000)]) {
      const { status, out } = run(['lint', written(bytes)]);
      assert.equal(status, 1);
      assert.match(out, /^error definition\.json/);
    }
  });

  it('shows control characters of a file as harmless ones', () => {
    const { status, out } = run(['lint', written('{"\\u001b[31mred\\u0007": 1}')]);
    assert.equal(status, 1);
    assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u007f]/);
  });
});

describe('hezuo validate', () => {
  it('accepts a valid application in either language', () => {
    for (const language of ['en', 'zh-Hans', 'zh-TW', 'tlh']) {
      const { status, out } = run(['validate', award, application, ...inTime, '--lang', language]);
      assert.equal(status, 0);
      assert.match(out, /^valid: 0 errors/m);
    }
  });

  it('reads the clock that it is given', () => {
    const { status, out } = run(['validate', award, application, ...tooLate]);
    assert.equal(status, 1);
    assert.match(out, /^error deadline\.passed \//m);
  });

  it('tells a script all issues and the receipt', () => {
    const { status, out } = run(['validate', award, broken, ...tooLate, '--json']);
    assert.equal(status, 1);
    const { valid, issues, receipt } = JSON.parse(out);
    assert.equal(valid, false);
    assert.match(receipt, /^[0-9a-f]{64}$/);
    const expected = JSON.parse(
      readFileSync(join(root, 'tests/data/award/broken.expected.json'), 'utf8'),
    );
    assert.deepEqual([...new Set(issues.map(({ code }) => code))].sort(), expected.codes);
    for (const { text, pointer, severity } of issues) {
      assert.doesNotMatch(text, /[{}]/);
      assert.match(pointer, /^(\/|$)/);
      assert.ok(['error', 'warning', 'hint'].includes(severity));
    }
  });

  it('says what is no document at all', () => {
    const { status, out } = run(['validate', award, '-', '--json'], '{"a": 1, "a": 2}');
    assert.equal(status, 1);
    const { issues, receipt } = JSON.parse(out);
    assert.equal(issues[0].code, 'document.invalid');
    assert.equal(issues[0].pointer, '/a');
    assert.equal(receipt, undefined);
  });

  it('blames the definition with status 2, not the applicant', () => {
    const { status, err } = run(['validate', '-', application], '{}');
    assert.equal(status, 2);
    assert.match(err, /not a valid definition/);
  });
});

describe('hezuo schema', () => {
  it('prints JSON for people, or on one line for scripts', () => {
    const pretty = run(['schema', award]);
    const compact = run(['schema', award, '--json']);
    assert.equal(pretty.status, 0);
    assert.deepEqual(JSON.parse(pretty.out), JSON.parse(compact.out));
    assert.equal(compact.out.trimEnd().split('\n').length, 1);
    assert.equal(JSON.parse(compact.out).$schema, 'https://json-schema.org/draft/2020-12/schema');
  });

  it('says what is wrong with the definition instead', () => {
    const { status, out } = run(['schema', '-'], '{}');
    assert.equal(status, 1);
    assert.match(out, /^error definition\.missing/m);
  });
});

describe('hezuo receipt', () => {
  it('is that of the canonical text, however the document is written', () => {
    const text = readFileSync(application, 'utf8');
    const first = run(['receipt', application]);
    assert.equal(first.status, 0);
    assert.match(first.out, /^[0-9a-f]{64}\n$/);
    assert.equal(run(['receipt', '-'], JSON.stringify(JSON.parse(text))).out, first.out);
    const asJson = run(['receipt', application, '--json']);
    assert.deepEqual(JSON.parse(asJson.out), { receipt: first.out.trim() });
  });

  it('refuses what is no document', () => {
    for (const text of ['', '[]', '{"a":1,"a":2}', '{"a":"\\ud800"}']) {
      const { status, out, err } = run(['receipt', '-'], text);
      assert.equal(status, 1);
      assert.equal(out, '');
      assert.notEqual(err, '');
    }
  });
});

describe('the filters of hezuo', () => {
  it('answer each line, the garbage too', () => {
    const input = Buffer.concat([
      Buffer.from('"e\u0301"\n'),
      Buffer.from('\n'),
      Buffer.of(0xff, 0x00, 0xfe, 0x0a),
      Buffer.from('"\\ud800"\r\n'),
      Buffer.from(`"${'x'.repeat(10_000_000)}"\n`),
      Buffer.from('5\n"last"'),
    ]);
    const answers = filter(['nfc'], input);
    assert.equal(answers.length, 7);
    assert.equal(answers[0], '"\u00e9"');
    for (const i of [1, 2, 3, 5]) {
      assert.match(JSON.parse(answers[i]).error.code, /^(json|text)\./, answers[i]);
    }
    assert.equal(answers[4].length, 10_000_002);
    assert.equal(answers[6], '"last"');
  });

  it('answer nothing to nothing', () => {
    for (const name of ['rule', 'id', 'count', 'nfc', 'parity']) {
      const { status, out } = run([name], '');
      assert.equal(status, 0);
      assert.equal(out, '');
    }
  });

  it('parity', () => {
    const lines = [
      '{"en":"1.2 million people","zh-Hans":"12万人"}',
      '{"en":"1.2 million people","zh-Hans":"120万人"}',
      '{"en":5}',
      '[]',
    ];
    const [differs, agrees, number, list] = filter(['parity'], `${lines.join('\n')}\n`).map(
      (line) => JSON.parse(line),
    );

    assert.deepEqual(
      differs.map(({ code, severity }) => [code, severity]),
      [['parity.figure', 'warning']],
    );
    assert.deepEqual(agrees, []);
    assert.equal(number.error.path, '/en');
    assert.equal(list.error.code, 'json.invalid');
  });

  it('count', () => {
    const [counts, error] = filter(['count'], '"武汉 Wuhan e\u0301"\n{}\n');
    assert.deepEqual(JSON.parse(counts), {
      graphemes: 10,
      words: 4,
      han: 2,
      characters: 10,
      bytes: 15,
    });
    assert.equal(JSON.parse(error).error.code, 'json.invalid');
  });

  it('evaluate rules, each on its own data', () => {
    const answers = filter(
      ['rule'],
      [
        '{"rule": {"+": [{"var": "a"}, 1]}, "data": {"a": 2}}',
        '{"rule": {"frobnicate": []}}',
        '{"rule": {"+": [{"var": "a"}, {}]}}',
        '{"data": {}}',
        '[]',
        '{"rule": {"var": "a"}}',
      ].join('\n'),
    ).map((line) => JSON.parse(line));
    assert.deepEqual(answers[0], { result: 3 });
    assert.equal(answers[1].error.code, 'rule.invalid');
    assert.ok(answers[2].error);
    assert.equal(answers[3].error.code, 'json.invalid');
    assert.equal(answers[4].error.code, 'json.invalid');
    assert.deepEqual(answers[5], { result: null });
  });

  it('check identifiers, with tabs or as JSON', () => {
    const input = 'ror\thttps://ror.org/027m9bs27\nror\t027m9bs28\nisbn\t5\nror\n';
    const plain = filter(['id'], input).map((line) => line.split('\t'));
    const asJson = filter(['id', '--json'], input).map((line) => JSON.parse(line));
    assert.deepEqual(plain[0], ['valid', '', '027m9bs27']);
    for (const [i, { verdict, code, normalized }] of asJson.entries()) {
      assert.deepEqual(plain[i], [verdict, code, normalized]);
    }
    assert.equal(asJson[1].code, 'check');
    assert.equal(asJson[2].code, 'unknown_kind');
    assert.equal(asJson[3].verdict, 'invalid');
  });

  it('answer each line before the next is sent', async () => {
    const child = spawn(command, ['nfc']);
    const answer = () =>
      new Promise((resolve) => child.stdout.once('data', (data) => resolve(data.toString())));
    for (const line of ['"a"\n', '"b"\n']) {
      child.stdin.write(line);
      assert.equal(await answer(), line);
    }
    child.stdin.end();
    const code = await new Promise((resolve) => child.on('exit', resolve));
    assert.equal(code, 0);
  });
});

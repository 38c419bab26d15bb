// The hostile corpus against the intake: what is handed in, stored, shown and exported.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { csvLine } from '../../js/intake/csv.js';
import { bytesOf, call, corpus, documentOf, surface } from './corpus.js';
import { cellsOf, fileOf, hezuo, openSite, token } from './site.js';

const attacks = surface('intake');
const escaped = (text) =>
  text.replace(
    /[&<>"']/g,
    (c) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[c]};`,
  );
/** What a spreadsheet would run. */
const formula = /^[\p{C}\p{Z}]*[=+\-@＝＋－＠﹦﹢﹣﹫−]|^[\t\r\n]/u;

describe('the intake', () => {
  let site;
  before(async () => (site = await openSite()));
  after(() => site.close());

  it('keeps hostile answers to the letter, and shows and exports them as text', async () => {
    const { attack, held } = attacks('answers');
    const rows = [
      ...corpus('markup').texts,
      ...corpus('sql').texts,
      ...corpus('formulas').starts.map(({ text }) => ({ text: `${text}cmd|' /C calc'!A0` })),
    ].filter(({ text }) => !text.includes('\0'));
    for (const { text } of rows) {
      const answers = { name: text.replaceAll(/[\t\r\n]/g, ''), story: { en: text } };
      const { status, id } = await site.handIn(answers);
      const stored = id && (await site.store.get(id));
      await attack([text, 'stored'], () => {
        assert.equal(status, 201);
        assert.deepEqual(JSON.parse(stored.document).answers, answers);
      });
      await attack([text, 'page'], async () => {
        const { status, headers, text: page } = await site.get(`applications/${id}`);
        assert.equal(status, 200);
        assert.ok(page.includes(`>${escaped(text)}</span>`));
        assert.ok(!/<(script|img|svg|math|iframe|object|details|base|meta http|hezuo)/i.test(page));
        assert.match(
          headers.get('content-security-policy'),
          /^default-src 'none'; style-src 'self'/,
        );
      });
      await attack([text, 'list'], async () => {
        const { text: page } = await site.get('');
        assert.ok(page.includes(escaped(answers.name)));
        assert.ok(!/<(script|img|svg|math|iframe|object|details|base|meta http|hezuo)/i.test(page));
      });
      await attack([text, 'CSV'], async () => {
        const [head, line] = cellsOf((await site.get('export.csv')).text);
        assert.equal(line.length, head.length);
        assert.equal(
          line[head.findIndex((title) => title.includes('[story.en]'))].replace(/^'/, ''),
          text.replace(/^'/, ''),
        );
        assert.deepEqual(
          line.filter((cell) => formula.test(cell) && !/^-?\d+$/.test(cell)),
          [],
        );
      });
      await attack([text, 'JSON'], async () => {
        const [first] = (await site.get('export.jsonl')).text.split('\n');
        assert.deepEqual(JSON.parse(first).document.answers, answers);
      });
      if (id) await site.store.remove(id, { at: 0, actor: 'test' });
    }
    held();
  });

  it('lets no cell begin as a formula', async () => {
    const { attack, held } = attacks('formulas');
    assert.ok(formula.test('=1+1') && formula.test('\ufeff=1'));
    const { starts, bodies } = corpus('formulas');
    for (const start of starts) {
      for (const body of bodies) {
        const cell = start.text + body.text;
        await attack(cell, () => {
          const [line] = cellsOf(`\ufeff${csvLine([cell, 'next'])}`);
          assert.deepEqual(line, [`'${cell}`, 'next']);
        });
      }
    }
    held();
  });

  it('refuses names of files that lead out, and saves no other as what it is not', async () => {
    const { attack, held } = attacks('names of files');
    for (const [i, { name, refused = false }] of corpus('files').names.entries()) {
      await attack(name, async () => {
        const bytes = bytesOf({ text: `%PDF-1.7\n${i}` });
        const file = fileOf(name, 'application/pdf', bytes);
        const part = { name: name || 'x', bytes };
        const { status, id, issues } = await site.handIn({ name: 'x', proof: [file] }, [part]);
        assert.equal(status, refused ? 422 : 201);
        if (refused)
          return assert.deepEqual(
            issues.map(({ code }) => code),
            ['file.name'],
          );
        const { headers, text } = await site.get(`applications/${id}/files/${file.sha256}`);
        const [, ascii, utf8] =
          /^attachment; filename="([\w. -]+)"; filename\*=UTF-8''([\w.~!$&+%-]+)$/.exec(
            headers.get('content-disposition'),
          );
        assert.match(ascii, /\.pdf$/i);
        assert.ok(decodeURIComponent(utf8).includes(name));
        assert.doesNotMatch(decodeURIComponent(utf8), /^(con|nul|aux|prn|com\d|lpt\d)\./i);
        assert.match(headers.get('content-security-policy'), /sandbox/);
        assert.equal(headers.get('x-content-type-options'), 'nosniff');
        assert.equal(text, `%PDF-1.7\n${i}`);
        const { text: page } = await site.get(`applications/${id}`);
        assert.ok(page.includes(`>${escaped(name)}</a>`));
      });
    }
    held();
  });

  it('takes files for what they are, and saves them so', async () => {
    const { attack, held } = attacks('contents of files');
    const taken = call().sections[1].fields.find(({ id }) => id === 'proof').types;
    for (const { is, name, declared, type, ...content } of corpus('files').contents) {
      await attack(is, async () => {
        const bytes = bytesOf(content);
        const file = fileOf(name, declared, bytes);
        const { status, id } = await site.handIn({ name: is, proof: [file] }, [{ name, bytes }]);
        if (!taken.includes(declared)) return assert.equal(status, 422);
        if (declared !== type) return assert.equal(status, 400);
        assert.equal(status, 201);
        const { headers } = await site.get(`applications/${id}/files/${file.sha256}`);
        assert.equal(headers.get('content-type'), type);
        assert.doesNotMatch(
          headers.get('content-disposition'),
          /\.(html?|hta|svg|js|php|url)("|$)/i,
        );
      });
    }
    held();
  });

  it('answers a replay with the first receipt, and stores nothing twice', async () => {
    const { attack, held } = attacks('replay');
    const text = documentOf('{"name":"replayed","title":{"en":"a","zh-Hans":"b"}}');
    const first = await site.handIn(text);
    const before = await site.store.count();
    const document = JSON.parse(text);
    const spellings = [
      ...Array.from({ length: 8 }, () => text),
      JSON.stringify(document, null, 2),
      JSON.stringify(Object.fromEntries(Object.entries(document).reverse())),
      text.replace('replayed', '\\u0072eplayed'),
      `\ufeff${text}`,
      `${text}\n\n`,
    ];
    const answers = await Promise.all(spellings.map((spelling) => site.handIn(spelling)));
    for (const answer of answers) {
      await attack('again', () => assert.deepEqual(answer, { ...first, status: 200 }));
    }
    for (const other of ['"name":"x","name":"replayed"', '"name":"replayed","\\u006eame":"x"']) {
      await attack(other, async () => {
        const { status } = await site.handIn(text.replace('"name":"replayed"', other));
        assert.equal(status, 422);
      });
    }
    const bytes = bytesOf({ text: '%PDF-1.7\nright' });
    const file = fileOf('a.pdf', 'application/pdf', bytes);
    const wrong = bytesOf({ text: '%PDF-1.7\nwrong' });
    for (const files of [
      [],
      [{ name: 'a.pdf', bytes: wrong }],
      [
        { name: 'a.pdf', bytes },
        { name: 'a.pdf', bytes: wrong },
      ],
    ]) {
      await attack('other bytes', async () => {
        const { status } = await site.handIn({ name: 'replayed', proof: [file] }, files);
        assert.equal(status, 400);
      });
    }
    assert.equal(await site.store.count(), before);
    held();
  });

  it('refuses a document that is not UTF-8', async () => {
    const { attack, held } = attacks('broken UTF-8');
    const [start, end] = documentOf('{"name":"MARK"}').split('MARK');
    for (const { is, hex } of corpus('characters').bytes) {
      await attack(is, async () => {
        const form = new FormData();
        form.append('document', new Blob([start, bytesOf({ hex }), end]), 'document.json');
        const { status, error } = await site.send(form);
        assert.equal(status, 400);
        assert.equal(error.code, 'document.encoding');
      });
    }
    for (const { json } of corpus('characters').escapes) {
      await attack(json, async () => {
        const { status } = await site.handIn(documentOf(`{"name":${json}}`));
        assert.equal(status, 422);
      });
    }
    held();
  });

  it('refuses what nests too deep, is too large or is no document', async () => {
    const { attack, held } = attacks('structure');
    const { deep, broken, duplicates } = corpus('structure');
    const texts = [
      ...deep.map(({ repeat, times }) => repeat.repeat(times)),
      ...broken.map(({ text }) => text),
      ...duplicates.map(({ answers }) => documentOf(`{${answers}}`)),
      documentOf(`{"name":"${'x'.repeat(2_000_000)}"}`),
    ];
    for (const text of texts) {
      await attack([text.slice(0, 40), text.length], async () => {
        const { status, issues, error } = await site.handIn(text);
        assert.ok([400, 413, 422].includes(status), String(status));
        assert.ok(issues?.[0].text ?? error.message);
      });
    }
    held();
  });

  it('refuses more parts than a form sends before it takes them apart', async () => {
    const { attack, held } = attacks('parts');
    const part = (n, head) =>
      `--B\r\nContent-Disposition: form-data; ${head}\r\n\r\n\r\n`.repeat(n);
    for (const head of ['name="file"; filename="a"', 'name="file"', 'name="a"', 'name="website"']) {
      for (const type of [
        'boundary=B',
        'x="boundary=Z"; boundary=B',
        'charset=utf-8; BOUNDARY="B"',
      ]) {
        await attack([head, type], async () => {
          const body = `${part(200_000, head)}--B--\r\n`;
          const began = performance.now();
          const { status } = await site.send(body, {
            'content-type': `multipart/form-data; ${type}`,
          });
          assert.equal(status, 400);
          assert.ok(performance.now() - began < 10_000);
        });
      }
    }
    held();
  });
});

describe('the intake of a call with keys of prototypes', () => {
  const fields = call().sections.flatMap((section) => section.fields);
  const kinds = fields.filter(({ id, kind }) => id !== 'name' && !/^(note|computed)$/.test(kind));

  it('finds no answer where there is none', async () => {
    const { attack, held } = attacks('keys of prototypes');
    for (const { id, kind } of kinds) {
      const text = JSON.stringify(call(), (key, value) =>
        key === 'var' ? (value === id ? 'constructor' : value) : value,
      )
        .replace(`{"id":"${id}"`, '{"id":"constructor"')
        .replace('{"id":"privacy"', '{"id":"constructor"');
      const site = await openSite({ text });
      const { status, id: application } = await site.handIn({ name: 'x' });
      assert.equal(status, 201);
      for (const path of ['', `applications/${application}`, 'export.csv', 'export.jsonl']) {
        await attack([kind, path], async () => {
          const { status, text } = await site.get(path);
          assert.equal(status, 200);
          assert.doesNotMatch(text, /native code|undefined/);
        });
      }
      await site.close();
    }
    held();
  });

  it('shows rows, options and calls that are named so', async () => {
    const { attack, held } = attacks('keys of prototypes');
    const proto = '"id": "__proto__"';
    const text = JSON.stringify(call(), null, 1)
      .replace('"id": "hostile"', proto)
      .replaceAll('"id": "one"', proto);
    const site = await openSite({ text });
    const document = documentOf(
      '{"name":"x","kind_of":"__proto__","areas":["__proto__"],' +
        '"members":[{"row":"__proto__","member":"a"},{"row":"constructor","member":"b"}]}',
    ).replace('"hostile"', '"__proto__"');
    const { status, id } = await site.handIn(document);
    await attack('handed in', () => assert.equal(status, 201));
    for (const path of [`applications/${id}`, 'export.csv', 'export.csv?definition=__proto__']) {
      await attack(path, async () => {
        const { status, text } = await site.get(path);
        assert.equal(status, 200);
        assert.match(text, /Option one[^]*First choice/);
      });
    }
    await site.close();
    held();
  });

  it('shows languages that Intl does not know', async () => {
    const { attack, held } = attacks('languages');
    for (const tag of ['en-a', 'eng-latn-latn', 'zh-cmn-Hans', 'art-lojban', 'en-abcdefgh-1234']) {
      await attack(tag, async () => {
        const site = await openSite({
          text: JSON.stringify(call()).replaceAll('"zh-Hans"', `"${tag}"`),
        });
        const { status, id } = await site.handIn(
          documentOf(`{"name":"x","story":{"${tag}":"y"}}`).replaceAll(
            '"language":"en"',
            `"language":"${tag}"`,
          ),
        );
        assert.equal(status, 201);
        for (const path of ['', `applications/${id}`, 'export.csv']) {
          assert.equal((await site.get(path)).status, 200);
        }
        await site.close();
      });
    }
    held();
  });
});

describe('the door of the intake', () => {
  it('stops who guesses, whatever way and whatever the guess', async () => {
    const { attack, held } = attacks('guesses');
    const site = await openSite();
    const ways = [
      (guess) => ({ path: 'export.csv', headers: { authorization: `Bearer ${guess}` } }),
      (guess) => ({
        path: '',
        headers: { authorization: `bearer  ${guess}`, accept: 'text/html' },
      }),
      (guess) => ({ path: 'login', body: new URLSearchParams({ token: guess }) }),
    ];
    for (const [i, way] of ways.entries()) {
      const ask = async (guess, address) => {
        const { path, headers, body } = way(guess);
        const init = { method: body ? 'POST' : 'GET', headers, body };
        const response = await site.intake(new Request(`http://a/admin/${path}`, init), {
          address,
        });
        return { status: response.status, text: await response.text() };
      };
      for (let n = 0; n < 10; n++) {
        await attack([i, n], async () => {
          const guess = token.slice(0, 12 + n).padEnd(token.length, 'x');
          assert.equal((await ask(guess, `192.0.2.${i}`)).status, 401);
        });
      }
      await attack([i, 'one more'], async () => {
        const [wrong, right] = [
          await ask('x'.repeat(12), `192.0.2.${i}`),
          await ask(token, `192.0.2.${i}`),
        ];
        assert.equal(right.status, 429);
        assert.deepEqual(right, wrong);
        assert.ok((await ask(token, '198.51.100.1')).status < 400);
      });
    }
    await site.close();
    held();
  });

  it('leaves room for others while one holds requests open', async () => {
    const { attack, held } = attacks('held requests');
    const site = await openSite({ memory: 100_000_000 });
    const never = () => new ReadableStream({ pull: () => new Promise(() => {}) });
    const type = {
      'content-type': 'multipart/form-data; boundary=B',
      'content-length': '20000000',
    };
    const hold = () => site.send(never(), type, { address: '192.0.2.1' });
    for (let n = 0; n < 3; n++) void hold();
    await attack('one more', async () => assert.equal((await hold()).status, 503));
    await attack('somebody else', async () => {
      const { status } = await site.handIn({ name: 'x' }, [], { address: '198.51.100.1' });
      assert.equal(status, 201);
    });
    held();
  });
});

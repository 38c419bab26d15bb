import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';

import { HezuoError, load } from '../../js/src/index.js';
import { Core } from '../../js/src/wasm.js';
import { hezuo, read, readDefinition, readJson, refusal } from './core.js';

const file = (/** @type {string} */ name) => readFile(new URL(`../../js/${name}`, import.meta.url));
const wasm = await file('hezuo-form.wasm');
const data = JSON.parse((await file('hezuo-data.json')).toString());

const award = await readDefinition('uec-award-2019');
const application = await read('tests/data/award/manchester-wuhan.json');
const now = Date.parse('2019-09-16T12:00:00Z');
const options = { language: 'en', now };

/** A session of a call of its own, so that a test can close either. */
function opened(document = '') {
  const definition = hezuo.compile(award);
  return { definition, session: definition.open({ document, ...options }) };
}
const cellOf = ({ cells }, key) => cells.find((cell) => cell.key === key);

describe('load', () => {
  /** @type {import('node:http').Server} */
  let server;
  let origin = '';
  const types = {
    '/exact.wasm': 'application/wasm',
    '/capitals.wasm': 'Application/Wasm',
    '/parameters.wasm': 'application/wasm; charset=utf-8',
    '/octets.wasm': 'application/octet-stream',
    '/text.wasm': 'text/html',
    '/untyped.wasm': undefined,
    '/empty.wasm': 'application/wasm',
  };
  before(async () => {
    server = createServer(({ url }, response) => {
      if (url === '/data.json') return response.end(JSON.stringify(data));
      if (!(url in types)) return response.writeHead(404).end('nothing here');
      if (types[url]) response.setHeader('Content-Type', types[url]);
      response.end(url === '/empty.wasm' ? '' : wasm);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${server.address().port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  for (const path of Object.keys(types).filter((path) => path !== '/empty.wasm')) {
    it(`takes a module that is served as ${types[path] ?? 'nothing'}`, async () => {
      const loaded = await load({ wasm: origin + path, data: new URL(`${origin}/data.json`) });

      assert.deepEqual(loaded.languages, ['en', 'zh-Hans']);
      assert.equal(loaded.count('武汉').words, 2);
    });
  }

  it('takes bytes as a view and as a buffer', async () => {
    for (const bytes of [new Uint8Array(wasm), new Uint8Array(wasm).buffer]) {
      const loaded = await load({ wasm: bytes, data });

      assert.equal(loaded.nfc('e\u0301'), 'é');
    }
  });

  it('says which file is not there', async () => {
    const message = (path) => `404 for ${origin}${path}`;

    await assert.rejects(load({ wasm: `${origin}/gone.wasm`, data }), {
      message: message('/gone.wasm'),
    });
    await assert.rejects(load({ wasm, data: `${origin}/gone.json` }), {
      message: message('/gone.json'),
    });
  });

  it('rejects what is no module', async () => {
    await assert.rejects(load({ wasm: `${origin}/empty.wasm`, data }), WebAssembly.CompileError);
  });

  it('rejects messages that are none', async () => {
    await assert.rejects(load({ wasm, data: { messages: [{}], taxonomies: [] } }), HezuoError);
  });

  it('gives cores that share nothing', async () => {
    const other = await load({ wasm, data: { messages: [data.messages[1]], taxonomies: [] } });

    assert.deepEqual(other.languages, ['zh-Hans']);
    assert.deepEqual(hezuo.languages, ['en', 'zh-Hans']);
  });

  it('refuses a module of another version by what to do', () => {
    const exports = { _initialize() {}, hz_abi_version: () => 3 };

    assert.throws(() => new Core(exports), {
      name: 'HezuoError',
      code: 'abi.version',
      message: 'hezuo-form.wasm speaks ABI 3, this script 2: reload the page',
    });
  });
});

describe('the API', () => {
  it('reaches every operation of hezuo.h', async (t) => {
    const header = await read('wasm/hezuo.h');
    const declared = [...header.matchAll(/^HEZUO_EXPORT[^(]*\b(hz_\w+)\(/gm)].map(([, hz]) => hz);
    const called = new Set();
    const instantiate = WebAssembly.instantiate;
    t.mock.method(WebAssembly, 'instantiate', async (...values) => {
      const { instance } = await instantiate(...values);
      const watched = ([name, value]) => [
        name,
        typeof value !== 'function'
          ? value
          : (...numbers) => {
              called.add(name);
              return value(...numbers);
            },
      ];
      return {
        instance: { exports: Object.fromEntries(Object.entries(instance.exports).map(watched)) },
      };
    });

    const { compile, ...simple } = await load({ wasm, data });
    simple.text('en', 'ui.next');
    simple.inspect(new Uint8Array(1));
    simple.count('a');
    simple.nfc('a');
    simple.checkId('country', 'CN');
    simple.rule(true, null);
    const definition = compile(award);
    definition.validate(application, options);
    const session = definition.open(options);
    session.state();
    session.left();
    session.set('title', null);
    session.setText('title', 'en', 'a');
    session.compare('title');
    session.addRow('members');
    session.consent('gdpr', true, now);
    session.setNow(now);
    session.check();
    session.document();
    session.answer('title');
    session.close();
    definition.close();

    assert.ok(declared.length > 20);
    assert.deepEqual(
      declared.filter((name) => !called.has(name)),
      [],
    );
  });

  it('is imported where there is no DOM', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', "await import('./js/src/index.js')"],
      { cwd: new URL('../../', import.meta.url), encoding: 'utf8' },
    );

    assert.equal(status, 0, stderr);
  });

  it('gives the element to a server that only imports it', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', "await import('./js/src/elements/application.js')"],
      { cwd: new URL('../../', import.meta.url), encoding: 'utf8' },
    );

    assert.equal(status, 0, stderr);
  });
});

describe('HezuoError', () => {
  it('points at what is wrong with a definition, in every language', () => {
    const { code, issues } = refusal(() =>
      hezuo.compile(award.replace('"revision"', '"revizion"')),
    );

    assert.equal(code, 'definition.invalid');
    assert.ok(issues.length > 0);
    for (const issue of issues) {
      assert.deepEqual(Object.keys(issue.texts), ['en', 'zh-Hans']);
      assert.match(issue.code, /^definition\./);
      assert.match(issue.pointer, /^(\/|$)/);
    }
  });

  it('says of what is no JSON where it ends', () => {
    const { issues } = refusal(() => hezuo.compile('{"hezuo": 1,'));

    assert.equal(issues.length, 1);
    assert.equal(issues[0].code, 'definition.json_place');
  });

  it('is an Error with a code and a path', () => {
    assert.throws(() => hezuo.checkId('isbn', '3'), HezuoError);
    assert.throws(() => hezuo.checkId('isbn', '3'), Error);
    assert.deepEqual(
      refusal(() => hezuo.checkId('isbn', '3')),
      { code: 'name.unknown', path: '/kind', message: 'no such identifier', issues: undefined },
    );
  });

  it('points into a rule', () => {
    const { code, path } = refusal(() => hezuo.rule({ and: [true, { nope: 1 }] }, {}));

    assert.deepEqual({ code, path }, { code: 'rule.invalid', path: '/and/1/nope' });
  });

  it('names fields, rows, languages and consents that do not exist', () => {
    const { session } = opened();
    const unknown = (path, act) => {
      const refused = refusal(act);
      assert.deepEqual([refused.code, refused.path], ['name.unknown', path]);
    };

    unknown('/key', () => session.set('nope', 1));
    unknown('/key', () => session.set('members/r9/member_name', null));
    unknown('/key', () => session.answer('nope'));
    unknown('/language', () => session.setText('title', 'tlh', 'batlh'));
    unknown('/id', () => session.consent('nope', true, now));
    unknown('/add', () => session.addRow('nope'));
    unknown('/add', () => session.addRow('title'));
    unknown('/remove', () => session.removeRow('members'));
    unknown('/remove', () => session.removeRow('title'));
    unknown('/move', () => session.moveRow('members/r9', 0));
  });

  it('refuses a draft that is no JSON, and opens none', () => {
    const { definition } = opened();

    for (const document of ['{', '[]', 'null', '{"a":1,"a":2}']) {
      assert.throws(() => definition.open({ document, ...options }), HezuoError, document);
    }
  });
});

describe('handles', () => {
  it('refuse work once they are closed', () => {
    const { definition, session } = opened();
    session.close();
    definition.close();

    for (const act of [
      () => session.state(),
      () => session.set('title', null),
      () => session.setText('title', 'en', 'a'),
      () => session.document(),
      () => definition.open(options),
      () => definition.validate(application, options),
    ]) {
      assert.equal(refusal(act).code, 'name.unknown');
    }
  });

  it('do not reach what was opened after them', () => {
    const { definition, session } = opened();
    session.close();
    const next = definition.open(options);

    session.close();
    assert.throws(() => session.setText('title', 'en', 'of another person'), HezuoError);

    assert.equal(next.answer('title'), null);
    const other = hezuo.compile(award);
    definition.close();
    const later = hezuo.compile(award);
    definition.close();
    assert.ok(later.open(options));
    assert.ok(other.open(options));
    assert.throws(() => definition.open(options), HezuoError);
  });

  it('keep two sessions of a call apart', () => {
    const { definition, session } = opened();
    const second = definition.open({ language: 'zh-Hans', now });

    session.setText('title', 'en', 'First');
    second.setText('title', 'en', 'Second');

    assert.deepEqual(session.answer('title'), { en: 'First' });
    assert.deepEqual(second.answer('title'), { en: 'Second' });
    assert.equal(session.state().language, 'en');
    assert.equal(second.state().language, 'zh-Hans');
  });

  it('let a session outlive its closed call', () => {
    const { definition, session } = opened(application);
    definition.close();
    hezuo.compile(award);

    assert.equal(session.check().valid, true);
    session.setText('title', 'en', '');
    assert.equal(session.check().valid, false);
  });

  it('are used again, so that a page may open and close all day', () => {
    const { definition } = opened();
    for (let i = 0; i < 300; ++i) definition.open({ document: application, ...options }).close();

    assert.equal(definition.open({ document: application, ...options }).check().valid, true);
  });
});

describe('a session', () => {
  it('grows the memory while a text is set', () => {
    const { session } = opened();
    const long = '合作 '.repeat(400_000);

    for (const text of ['短', long, long + long, '短']) {
      const change = session.setText('title', 'zh-Hans', text);

      assert.equal(
        cellOf(change, 'title').counts['zh-Hans'].count,
        [...text].filter((character) => character !== ' ').length,
      );
      assert.equal(session.answer('title')['zh-Hans'], text);
    }
  });

  it('takes a text as an answer and by itself alike', () => {
    const texts = [
      'Wuhan',
      'e\u0301',
      '\ud800 a \udfff',
      '\\ud800',
      '\\\\ud800\ud800',
      '\u{1f468}',
      '\0',
    ];
    for (const text of texts) {
      const bySet = opened().session;
      const byText = opened().session;

      const change = bySet.set('title', { en: text });

      assert.deepEqual(change, byText.setText('title', 'en', text));
      assert.deepEqual(bySet.answer('title'), byText.answer('title'));
      assert.equal(bySet.document(), byText.document());
    }
  });

  it('keeps U+0000 and all that JSON escapes', () => {
    const { session } = opened();
    const text = '\0"\\/\b\f\t\u001f\u2028\u2029\u007f<script>';
    session.setText('title', 'en', text);

    assert.equal(session.answer('title').en, text);
    assert.equal(JSON.parse(session.document()).answers.title.en, text);
  });

  it('takes back a row that was removed', () => {
    const { session } = opened(application);
    const document = session.document();
    const [first] = cellOf(session.state(), 'members').rows;

    const { removed } = session.removeRow(`members/${first}`);
    assert.notEqual(session.document(), document);
    session.restoreRow('members', removed);

    assert.equal(session.document(), document);
  });

  it('moves a row', () => {
    const { session } = opened(application);
    const rows = () => cellOf(session.state(), 'members').rows;
    const [first, ...others] = rows();

    session.moveRow(`members/${first}`, others.length);

    assert.deepEqual(rows(), [...others, first]);
  });

  it('says by its changes what its state says', () => {
    const { session } = opened();
    const shown = new Map(session.state().cells.map((cell) => [cell.key, cell]));
    const { answers } = JSON.parse(application);

    for (const [key, value] of Object.entries(answers)) {
      if (cellOf(session.state(), key).rows) continue;
      for (const cell of session.set(key, value).cells) shown.set(cell.key, cell);

      assert.deepEqual(Object.fromEntries(shown), cellsOf(session.state()));
    }
  });

  it('hands in what it checked', async () => {
    const { definition, session } = opened(application);
    const handedIn = session.document({ event: 'handed_in', at: now });
    const { valid, receipt } = definition.validate(handedIn, options);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(handedIn));

    assert.equal(valid, true);
    assert.equal(receipt, Buffer.from(digest).toString('hex'));
    assert.equal(JSON.parse(handedIn).history.at(-1).event, 'handed_in');
  });

  it('speaks the language that is asked for', () => {
    const { session } = opened();
    const textOf = (state) => cellOf(state, 'title').issues[0].text;
    const english = textOf(session.state());

    assert.match(textOf(session.setLanguage('zh-Hans')), /\p{Script=Han}/u);
    assert.equal(textOf(session.setLanguage('en')), english);
  });

  it('follows the clock that it is given', () => {
    const { session } = opened(application);

    assert.equal(session.setNow(Date.parse('2019-10-05T00:00:00Z')).deadline.state, 'closed');
    assert.equal(session.setNow(Date.parse('2019-01-01T00:00:00Z')).deadline.state, 'early');
    assert.equal(session.setNow(now).deadline.state, 'open');
  });
});

describe('inspect', () => {
  it('says of bytes what they are', async () => {
    const bytes = new TextEncoder().encode('%PDF-1.7\n%âã\n');
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');

    assert.deepEqual(hezuo.inspect(bytes), {
      sha256: digest,
      size: bytes.length,
      type: 'application/pdf',
    });
    assert.equal(hezuo.inspect(new Uint8Array()).type, '');
  });

  it('reads a view and not what is around it', () => {
    const around = new TextEncoder().encode('xx%PDF-1.7yy');

    assert.deepEqual(
      hezuo.inspect(around.subarray(2, 10)),
      hezuo.inspect(new TextEncoder().encode('%PDF-1.7')),
    );
  });
});

describe('text', async () => {
  const { messages } = await readJson('core/data/messages/en.json');

  it('knows every code of the catalogue, in both languages', () => {
    for (const code of Object.keys(messages)) {
      for (const language of hezuo.languages) {
        assert.notEqual(hezuo.text(language, code, { n: 1 }), code, `${code} in ${language}`);
      }
    }
  });
});

/** @param {{ cells: { key: string }[] }} state */
function cellsOf({ cells }) {
  return Object.fromEntries(cells.map((cell) => [cell.key, cell]));
}

// The hostile corpus against the core, as a page and the intake call it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadCore } from '../../js/intake/core.js';
import { HezuoError } from '../../js/src/index.js';
import {
  at,
  bytesOf,
  call,
  callText,
  corpus,
  documentOf,
  now,
  places,
  replaced,
} from './corpus.js';
import { surface } from './corpus.js';

const hezuo = await loadCore();
const definition = hezuo.compile(callText);
const options = { language: 'en', now };
const attacks = surface('core');

/** Compiles it and gives its form, or undefined where it is refused with a reason. */
function formOf(definition) {
  try {
    const compiled = hezuo.compile(JSON.stringify(definition));
    compiled.close();
    return compiled.form;
  } catch (error) {
    assert.ok(error instanceof HezuoError, String(error));
    assert.equal(error.code, 'definition.invalid');
    assert.ok(error.issues.every(({ pointer, texts }) => pointer.startsWith('/') && texts.en));
    return undefined;
  }
}

/** The verdict on answers, and the errors in short. */
function verdictOf(document) {
  const { valid, issues, receipt } = definition.validate(document, options);
  const errors = issues.filter(({ severity }) => severity === 'error');
  assert.equal(valid, errors.length === 0);
  assert.ok(issues.every(({ text }) => text));
  return { valid, issues, receipt, codes: errors.map(({ code }) => code) };
}

/** Where a text that the core takes is shown, as the form names it; not all are. */
const hidden =
  /^(notes|opens|sets|criteria|checks|sections\/0\/criterion)|\/(zone|rule|at|value)\b/;

describe('the core', () => {
  it('takes what is not hostile', () => {
    assert.equal(verdictOf(documentOf('{"name":"x"}')).valid, true);
    assert.ok(formOf(call()));
  });

  it('keeps markup in a definition as text, or refuses it', async () => {
    const { attack, held } = attacks('markup in definitions');
    const original = call();
    const every = 6;
    for (const [i, { is, text }] of corpus('markup').texts.entries()) {
      // Each text meets each kind of place, and each place many texts.
      for (const path of places(original).filter((_, place) => (place + i) % every === 0)) {
        await attack([is, path.join('/')], () => {
          const form = formOf(replaced(original, path, text));
          if (!form || hidden.test(path.join('/'))) return;
          assert.ok(JSON.stringify(form).includes(JSON.stringify(text).slice(1, -1)));
        });
      }
    }
    held();
  });

  it('refuses addresses of a contact that are more than addresses', async () => {
    const { attack, held } = attacks('addresses in definitions');
    const { urls, emails } = corpus('markup');
    const refuses = (path, text) => assert.equal(formOf(replaced(call(), path, text)), undefined);
    for (const { text } of urls) {
      await attack(text, () => refuses(['contact', 'url'], text));
    }
    for (const { text } of emails) {
      await attack(text, () => refuses(['contact', 'email'], text));
    }
    held();
  });

  it('takes keys of prototypes for names like others', async () => {
    const { attack, held } = attacks('keys of prototypes');
    const field = ['sections', '0', 'fields', '1', 'id'];
    const option = ['sections', '0', 'fields', '7', 'options', '0', 'id'];
    const idPlaces = [['id'], ['sections', '0', 'id'], field, option, ['consents', '0', 'id']];
    for (const { id } of corpus('keys').ids) {
      for (const path of idPlaces) {
        await attack([id, path.join('/')], () => {
          const form = formOf(replaced(call(), path, id));
          if (form) assert.equal(at(form, path), id);
        });
      }
      const key = JSON.stringify(id);
      const documents = [
        [`{"name":"x",${key}:"y"}`, 'document.unknown'],
        [`{${key}:{"name":"x"}}`, 'document.unknown'],
        [`{"name":{${key}:"x"}}`, 'answer.type'],
        [`{"name":"x","title":{${key}:"y"}}`, 'document.unknown'],
        [`{"name":"x","budget":{${key}:"5"}}`, 'document.unknown'],
        [`{"name":"x","kind_of":${key}}`, 'choice.unknown'],
        [`{"name":"x","goals":[${key}]}`, 'choice.unknown'],
        [`{"name":"x","members":[{${key}:"y","row":"r1"}]}`, 'document.unknown'],
      ];
      for (const [answers, code] of documents) {
        await attack([id, answers], () => {
          const { codes } = verdictOf(documentOf(answers));
          assert.ok(codes.includes(code), codes.join());
        });
      }
      await attack([id, 'a row'], () => {
        const session = definition.open({ document: documentOf('{"name":"x"}'), ...options });
        const { row } = session.addRow('members');
        session.set(`members/${row}/member`, id);
        assert.equal(session.answer(`members/${row}/member`), id);
        for (const call of [() => session.set(id, 'x'), () => session.answer(id)]) {
          assert.throws(call, HezuoError);
        }
        session.close();
      });
      await attack([id, 'a rule'], () => {
        const data = JSON.parse(`{"own":{},${key}:{"deep":7}}`);
        assert.equal(hezuo.rule({ var: `own.${id}` }, data), null);
        assert.equal(hezuo.rule({ var: id }, {}), null);
        assert.equal(hezuo.rule({ var: `${id}.deep` }, data), 7);
        assert.throws(() => hezuo.rule(JSON.parse(`{${key}:[1]}`), {}), HezuoError);
      });
    }
    assert.equal({}.deep, undefined);
    held();
  });

  it('takes back a draft with keys of prototypes', async () => {
    const { attack, held } = attacks('drafts');
    for (const { id } of corpus('keys').ids) {
      const key = JSON.stringify(id);
      for (const answers of [
        `{${key}:"kept","name":"x"}`,
        `{"name":"x","title":{${key}:"kept"}}`,
      ]) {
        await attack(answers, () => {
          const session = definition.open({ document: documentOf(answers), ...options });
          const draft = session.document();
          assert.equal(session.answer('name'), 'x');
          assert.ok(draft.includes('"kept"'));
          assert.ok(session.left().length > 0 || !session.check().valid);
          assert.ok(!session.document({ event: 'handed_in', at: now }).includes('"answers":{}'));
          session.close();
        });
      }
    }
    held();
  });

  it('reports characters that hide or turn what is read', async () => {
    const { attack, held } = attacks('characters');
    const { texts, escapes, bytes } = corpus('characters');
    for (const { is, text, code } of texts) {
      for (const answers of [{ name: `a${text}b` }, { name: 'x', story: { en: `a${text}b` } }]) {
        await attack([is, answers], () => {
          const { issues } = verdictOf(documentOf(JSON.stringify(answers)));
          assert.ok(
            issues.some((issue) => issue.code === code),
            issues.map((issue) => issue.code).join(),
          );
        });
      }
    }
    for (const { json } of escapes) {
      for (const answers of [`{"name":${json}}`, `{${json}:"x","name":"x"}`]) {
        await attack(answers, () => {
          assert.deepEqual(verdictOf(documentOf(answers)).codes, ['document.invalid']);
        });
      }
    }
    const [before, behind] = documentOf('{"name":"MARK"}')
      .split('MARK')
      .map((text) => bytesOf({ text }));
    for (const { is, hex } of bytes) {
      await attack(is, () => {
        const document = Buffer.concat([before, bytesOf({ hex }), behind]);
        assert.deepEqual(verdictOf(new Uint8Array(document)).codes, ['document.invalid']);
      });
    }
    held();
  });

  it('gives numbers at the edges a verdict', async () => {
    const { attack, held } = attacks('numbers');
    const { accepted, zero, refused, rounded } = corpus('numbers');
    const verdict = (json) => verdictOf(documentOf(`{"name":"x","amount":${json}}`));
    const none = verdict('0').receipt;
    for (const { json } of accepted)
      await attack(json, () => assert.equal(verdict(json).valid, true));
    for (const { json } of zero)
      await attack(json, () => assert.equal(verdict(json).receipt, none));
    for (const { json, code } of refused) {
      await attack(json, () => assert.deepEqual(verdict(json).codes, [code]));
    }
    for (const { json } of rounded)
      await attack(json, () => assert.equal(verdict(json).valid, false));
    for (const rule of [
      { '+': [1e308, 1e308] },
      { '*': [1e308, -10] },
      { '/': [1, 0] },
      { '%': [1, 0] },
      { '-': [-1e308, 1e308] },
      { '/': [0, 0] },
    ]) {
      await attack(rule, () => assert.throws(() => hezuo.rule(rule, {}), HezuoError));
    }
    held();
  });

  it('refuses what nests too deep, is too large or is no document', async () => {
    const { attack, held } = attacks('structure');
    const { deep, broken, duplicates } = corpus('structure');
    for (const { is, repeat, times } of deep) {
      const text = repeat.repeat(times);
      for (const document of [text, documentOf(`{"name":${text}`)]) {
        await attack([is, times], () => {
          assert.deepEqual(verdictOf(document).codes, ['document.invalid']);
          assert.throws(() => hezuo.compile(document), { code: 'definition.invalid' });
        });
      }
    }
    for (const { text } of broken) {
      await attack(text, () => {
        assert.ok(verdictOf(text).codes.includes('document.invalid'));
        assert.throws(() => hezuo.compile(text), { code: 'definition.invalid' });
      });
    }
    for (const { answers } of duplicates) {
      await attack(answers, () => {
        assert.deepEqual(verdictOf(documentOf(`{${answers}}`)).codes, ['document.invalid']);
      });
    }
    const large = [
      ['50 MB of blanks', ' '.repeat(50_000_000)],
      ['50 MB of one text', documentOf(JSON.stringify({ name: 'x'.repeat(50_000_000) }))],
      ['a million members', documentOf(`{"name":[${'0,'.repeat(1_000_000)}0]}`)],
      ['200,000 rows', documentOf(`{"name":"x","members":[${'{},'.repeat(200_000)}{}]}`)],
    ];
    for (const [what, text] of large) {
      await attack(what, () => assert.equal(verdictOf(text).valid, false));
      await attack([what, 'definition'], () =>
        assert.throws(() => hezuo.compile(text), HezuoError),
      );
    }
    held();
  });

  it('refuses names of files that leave their folder or hide their end', async () => {
    const { attack, held } = attacks('names of files');
    for (const { name, refused = false } of corpus('files').names) {
      await attack(name, () => {
        const file = { name, type: 'application/pdf', size: 5, sha256: 'a'.repeat(64) };
        const { codes } = verdictOf(documentOf(JSON.stringify({ name: 'x', proof: [file] })));
        assert.deepEqual(codes, refused ? ['file.name'] : []);
      });
    }
    held();
  });

  it('tells files by their content', async () => {
    const { attack, held } = attacks('contents of files');
    for (const { is, type, ...content } of corpus('files').contents) {
      await attack(is, () => assert.equal(hezuo.inspect(bytesOf(content)).type, type));
    }
    held();
  });

  it('keeps hostile answers to the letter', async () => {
    const { attack, held } = attacks('answers');
    const rows = [...corpus('markup').texts, ...corpus('sql').texts, ...corpus('formulas').bodies];
    for (const { text } of rows.filter((row) => !row.text.includes('\0'))) {
      await attack(text, () => {
        const session = definition.open(options);
        session.setText('name', '', text);
        session.setText('story', 'en', text);
        const document = session.document({ event: 'handed_in', at: now });
        session.close();
        assert.equal(JSON.parse(document).answers.name, hezuo.nfc(text));
        assert.equal(JSON.parse(document).answers.story.en, hezuo.nfc(text));
        assert.equal(verdictOf(document).valid, true);
      });
    }
    held();
  });

  it('keeps the sense of its sentences whatever is put into them', async () => {
    const { attack, held } = attacks('messages');
    for (const { is, text } of corpus('markup').texts) {
      await attack(is, () => {
        const file = {
          name: text.replaceAll(/[/\\]/g, '_'),
          type: 'text/html',
          size: 5,
          sha256: 'a'.repeat(64),
        };
        const { issues } = verdictOf(documentOf(JSON.stringify({ name: 'x', proof: [file] })));
        const [issue] = issues.filter(({ code }) => code === 'file.type');
        // Of a long name the beginning is quoted, without what could turn the sentence around.
        const [, quoted] = /^“(.*?)(?:…)?” cannot be used for “File”\. /su.exec(issue.text) ?? [];
        const plain = (/** @type {string} */ name) =>
          name.replaceAll(/[\n\r\u0085\u202a-\u202e\u2028\u2029\u2066-\u2069]/gu, '');
        assert.ok(quoted && plain(file.name).startsWith(plain(quoted)), issue.text);
        assert.ok(quoted.length >= Math.min(24, plain(file.name).length), issue.text);
      });
    }
    held();
  });
});

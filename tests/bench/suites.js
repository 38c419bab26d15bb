// The contests. They run in Node and in a page: what they need is given to them.
import { Validator } from '@cfworker/json-schema';
import Ajv from 'ajv/dist/2020.js';
import { LogicEngine } from 'json-logic-engine';
import jsonLogic from 'json-logic-js';
import { countGraphemes } from 'unicode-segmenter/grapheme';

import { measure, rowsOf } from './measure.js';

/** @typedef {Awaited<ReturnType<import('./subjects.js').makeSubjects>>} Subjects */

/** A key press, as the form hears of it: the whole text in, what changed out. */
function keystroke(hezuo, { oneText, thousand, now }) {
  const session = hezuo.compile(oneText).open({ language: 'en', now });
  const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });
  const bySegmenter = (/** @type {string} */ text) => {
    let count = 0;
    for (const _ of segmenter.segment(text)) count += 1;
    return count;
  };
  return Object.entries(thousand).flatMap(([language, text]) => {
    const typed = [text, `${text}a`, `${text}ab`];
    const at = (/** @type {number} */ i) => typed[i % typed.length];
    return rowsOf(
      `keystroke in 1,000 characters, ${language}: NFC, count, check, reply; rivals only count`,
      measure({
        hezuo: (i) => session.setText('answer', '', at(i)),
        'Intl.Segmenter': (i) => bySegmenter(at(i)),
        'unicode-segmenter': (i) => countGraphemes(at(i)),
      }),
    );
  });
}

/** All checks of a document, against its structure alone by the exported schema. */
function validate(hezuo, { award, bilingual, now }) {
  const options = { language: 'en', now };
  return Object.entries({ 'the award': award, '40 fields': bilingual }).flatMap(
    ([name, { call, document, schema }]) => {
      const definition = hezuo.compile(call);
      const session = definition.open({ document, ...options });
      const accepts = new Ajv({ strictTypes: false, allErrors: true }).compile(schema);
      const cfworker = new Validator(schema, '2020-12', false);
      const parsed = JSON.parse(document);
      const bytes = new TextEncoder().encode(document);
      const isValid = session.check().valid && accepts(parsed) && cfworker.validate(parsed).valid;
      if (!isValid) throw new Error(`${name} is not valid`);
      const [key, { en }] = Object.entries(parsed.answers).find(
        ([, answer]) => answer.en?.length > 300,
      );
      const edited = [en, en.slice(0, -1)];
      const kilobytes = Math.round(bytes.length / 1000);
      return [
        ...rowsOf(
          `validate ${name}, ${kilobytes} kB that are held; rivals: structure alone`,
          measure({
            hezuo: () => session.check(),
            Ajv: () => accepts(parsed),
            '@cfworker/json-schema': () => cfworker.validate(parsed),
          }),
        ),
        ...rowsOf(
          `edit a text, compare its languages, validate ${name}; rivals: structure alone`,
          measure({
            hezuo: (i) => {
              session.setText(key, 'en', edited[i % 2]);
              session.compare(key);
              return session.check();
            },
            Ajv: () => accepts(parsed),
            '@cfworker/json-schema': () => cfworker.validate(parsed),
          }),
        ),
        ...rowsOf(
          `parse and validate ${name}, ${kilobytes} kB; rivals: structure alone`,
          measure({
            hezuo: () => definition.validate(bytes, options),
            'JSON.parse + Ajv': () => accepts(JSON.parse(document)),
            'JSON.parse + @cfworker': () => cfworker.validate(JSON.parse(document)),
          }),
        ),
      ];
    },
  );
}

function compile(hezuo, { award }) {
  return rowsOf(
    'compile a call, again and again',
    measure({
      hezuo: () => hezuo.compile(award.call).close(),
      Ajv: () => new Ajv({ strictTypes: false }).compile(award.schema),
    }),
  );
}

/** By itself a rule goes in as JSON and is compiled each time; in a call it is compiled. */
function rule(hezuo, { fiveClauses, checks, now }) {
  const engine = new LogicEngine();
  const built = engine.build(fiveClauses);
  const data = [17, 170, 1700].map((people) => ({ people, country: 'CN' }));
  const at = (/** @type {number} */ i) => data[i % data.length];
  const rivals = {
    'json-logic-js': (/** @type {number} */ i) => jsonLogic.apply(fiveClauses, at(i)),
    'json-logic-engine, interpreted': (/** @type {number} */ i) => engine.run(fiveClauses, at(i)),
    'json-logic-engine, compiled': (/** @type {number} */ i) => built(at(i)),
  };
  const [none, many] = checks.map(({ call }) => {
    const session = hezuo.compile(call).open({ language: 'en', now });
    session.set('country', 'CN');
    return session;
  });
  const { without, within, ...others } = measure({
    without: (i) => none.set('people', at(i).people),
    within: (i) => many.set('people', at(i).people),
    ...rivals,
  });
  return [
    ...rowsOf('a rule of five clauses, compiled in a call', {
      hezuo: (within - without) / checks[1].count,
      ...others,
    }),
    ...rowsOf(
      'a rule of five clauses by itself: JSON in, compiled, JSON out',
      measure({ hezuo: (i) => hezuo.rule(fiveClauses, at(i)), ...rivals }),
    ),
  ];
}

/** 1,000 numbers and 1,000 values that are computed of them; the rival is what we promise. */
function large(hezuo, { large, now }) {
  const options = { language: 'en', now };
  const definition = hezuo.compile(large.call);
  const session = definition.open({ document: large.document, ...options });
  const { opening, keystroke } = measure({
    opening: () => definition.open({ document: large.document, ...options }).close(),
    keystroke: (i) => session.set('n500', i),
  });
  const limit = 'the limit';
  return [
    ...rowsOf('open a form of 1,000 fields and 1,000 values', { opening, [limit]: 50_000 }),
    ...rowsOf('keystroke in a form of 1,000 fields and 1,000 values', {
      keystroke,
      [limit]: 1000,
    }),
  ];
}

/** What is so many times as much should take no more than so many times as long. */
function growth(hezuo, { growth, now }) {
  const options = { language: 'en', now };
  return Object.entries(growth).flatMap(([name, [small, big, times]]) => {
    const work = (/** @type {{call: string, document: string}} */ { call, document }) => {
      const definition = hezuo.compile(call);
      return () => definition.validate(document, options);
    };
    const results = measure({ big: work(big), small: work(small) });
    const rivalName = `${times} times the time of the smaller`;
    return rowsOf(`growth: ${name}`, { hezuo: results.big, [rivalName]: times * results.small });
  });
}

/** @type {Record<string, (hezuo: import('../../js/src/index.js').Hezuo, subjects: Subjects) => object[]>} */
export const suites = { keystroke, validate, compile, rule, large, growth };

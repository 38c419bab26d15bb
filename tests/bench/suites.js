import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import { LogicEngine } from 'json-logic-engine';
import jsonLogic from 'json-logic-js';
import { countGraphemes } from 'unicode-segmenter/grapheme';

import { loadCore } from '../../js/intake/core.js';
import { schemaOf } from '../command.js';
import { measure, median, rowsOf } from './measure.js';
import {
  application,
  award,
  callWithChecks,
  fiveClauses,
  now,
  oneText,
  thousand,
} from './subjects.js';

const hezuo = await loadCore();
const options = { language: 'en', now };

/** A key press, as the form hears of it: the whole text in, what changed out. */
function keystroke() {
  const session = hezuo.compile(oneText).open(options);
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
function validate() {
  const definition = hezuo.compile(award);
  const session = definition.open({ document: application, ...options });
  const ajv = new Ajv({ strictTypes: false, allErrors: true });
  const accepts = ajv.compile(schemaOf('uec-award-2019'));
  const parsed = JSON.parse(application);
  const bytes = new TextEncoder().encode(application);
  if (!session.check().valid || !accepts(parsed)) throw new Error('the application is not valid');
  const kilobytes = Math.round(bytes.length / 1000);
  return [
    ...rowsOf(
      `validate an application of ${kilobytes} kB that is held; Ajv: structure alone`,
      measure({ hezuo: () => session.check(), Ajv: () => accepts(parsed) }),
    ),
    ...rowsOf(
      `parse and validate an application of ${kilobytes} kB; Ajv: structure alone`,
      measure({
        hezuo: () => definition.validate(bytes, options),
        'JSON.parse + Ajv': () => accepts(JSON.parse(application)),
      }),
    ),
  ];
}

/** The first call in a process, and the thousandth. */
function compile() {
  const schema = schemaOf('uec-award-2019');
  const warm = measure({
    hezuo: () => hezuo.compile(award).close(),
    Ajv: () => new Ajv({ strictTypes: false }).compile(schema),
  });
  const cold = (/** @type {string} */ what) => {
    const file = fileURLToPath(new URL('cold.js', import.meta.url));
    const runs = Array.from({ length: 9 }, () =>
      Number(execFileSync(process.execPath, [file, what], { encoding: 'utf8' })),
    );
    return median(runs);
  };
  return [
    ...rowsOf('compile a call, first in its process', { hezuo: cold('hezuo'), Ajv: cold('ajv') }),
    ...rowsOf('compile a call, again and again', warm),
  ];
}

/** By itself a rule goes in as JSON and is compiled each time; in a call it is compiled. */
function rule() {
  const many = 50;
  const engine = new LogicEngine();
  const built = engine.build(fiveClauses);
  const data = [17, 170, 1700].map((people) => ({ people, country: 'CN' }));
  const at = (/** @type {number} */ i) => data[i % data.length];
  const rivals = {
    'json-logic-js': (/** @type {number} */ i) => jsonLogic.apply(fiveClauses, at(i)),
    'json-logic-engine, interpreted': (/** @type {number} */ i) => engine.run(fiveClauses, at(i)),
    'json-logic-engine, compiled': (/** @type {number} */ i) => built(at(i)),
  };
  const sessions = [0, many].map((count) => {
    const session = hezuo.compile(callWithChecks(count)).open(options);
    session.set('country', 'CN');
    return session;
  });
  const { without, within, ...others } = measure({
    without: (i) => sessions[0].set('people', at(i).people),
    within: (i) => sessions[1].set('people', at(i).people),
    ...rivals,
  });
  return [
    ...rowsOf('a rule of five clauses, compiled in a call', {
      hezuo: (within - without) / many,
      ...others,
    }),
    ...rowsOf(
      'a rule of five clauses by itself: JSON in, compiled, JSON out',
      measure({ hezuo: (i) => hezuo.rule(fiveClauses, at(i)), ...rivals }),
    ),
  ];
}

export const suites = { keystroke, validate, compile, rule };

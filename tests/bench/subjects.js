// What is measured: texts, calls and applications, all as JSON, so that a page can have them.
import { mkdir, readFile, writeFile } from 'node:fs/promises';

import { schemaOf, schemaOfFile } from '../command.js';

const root = new URL('../../', import.meta.url);
const read = (/** @type {string} */ path) => readFile(new URL(path, root), 'utf8');

const paragraphs = {
  'Chinese': '两市自1986年缔结友好城市以来，在智慧城市、气候变化和医疗健康领域开展了务实合作，共有120万居民受益。',
  'English': 'Since 1986 the two cities have worked together on smart city solutions, the climate and health: 1.2 million people. ',
  'Hindi': 'दोनों नगर स्वास्थ्य और जलवायु के क्षेत्र में साथ काम करते हैं। ',
}; // prettier-ignore

const textOf = (/** @type {string} */ paragraph, /** @type {number} */ length) =>
  [...paragraph.repeat(1 + length / 40)].slice(0, length).join('');

const fiveClauses = {
  and: [
    { '>': [{ var: 'people' }, 10] },
    { '<=': [{ var: 'people' }, 1000000] },
    { in: [{ var: 'country' }, ['CN', 'DE', 'FR', 'GB']] },
    { or: [{ '==': [{ var: 'country' }, 'CN'] }, { '<': [{ var: 'people' }, 500000] }] },
    { '!': { '==': [{ '%': [{ var: 'people' }, 1000] }, 999] } },
  ],
};

function callOf(/** @type {object[]} */ fields, more = {}) {
  return {
    hezuo: 1,
    id: 'bench',
    revision: 1,
    languages: ['en', 'zh-Hans'],
    title: 'Bench',
    contact: { name: 'Office', email: 'office@example.org' },
    sections: [{ id: 'all', title: 'All', fields }],
    submit: { amend: false, attachments: '1 MB' },
    ...more,
  };
}

const documentOf = (/** @type {object} */ answers) => ({
  definition: 'bench',
  revision: 1,
  language: 'en',
  answers,
  consents: {},
  history: [],
});

const numbered = (/** @type {number} */ count, /** @type {(i: number) => any} */ make) =>
  Array.from({ length: count }, (_, i) => make(i));

/** A call whose one number is looked at by as many checks more, of five clauses each. */
const callWithChecks = (/** @type {number} */ count) =>
  callOf(
    [
      { id: 'people', kind: 'number', label: 'People', min: 0 },
      { id: 'country', kind: 'country', label: 'Country' },
    ],
    { checks: numbered(1 + count, (i) => ({ id: `c${i}`, rule: fiveClauses, message: 'So.' })) },
  );

/** 40 fields, half of them texts in two languages, limited by grapheme: 16 kB. */
function bilingual() {
  const max = { en: '900 graphemes', 'zh-Hans': '400 graphemes' };
  const texts = numbered(20, (i) => ({
    id: `text_${i}`,
    kind: 'prose',
    answer: 'both',
    label: `Text ${i}`,
    required: true,
    max,
  }));
  const others = numbered(4, (i) => [
    { id: `name_${i}`, kind: 'line', label: 'Name', required: true, max: '100 graphemes' },
    { id: `people_${i}`, kind: 'number', label: 'People', min: 0, max: 100_000_000 },
    { id: `mail_${i}`, kind: 'email', label: 'E-mail' },
    { id: `day_${i}`, kind: 'date', label: 'Day', min: '1980-01-01', max: '2030-12-31' },
    { id: `money_${i}`, kind: 'money', label: 'Budget', currencies: ['EUR', 'CNY'] },
  ]).flat();
  const answers = Object.fromEntries([
    ...texts.map(({ id }) => [
      id,
      { en: textOf(paragraphs.English, 345), 'zh-Hans': textOf(paragraphs.Chinese, 138) },
    ]),
    ...others.map(({ id, kind }, i) => [
      id,
      {
        line: `Office ${i} 办公室`,
        number: 1000 * i,
        email: `office${i}@example.org`,
        date: '2019-09-16',
        money: { EUR: `${1000 * i}.50`, CNY: '8000', on: '2019-09-01' },
      }[kind],
    ]),
  ]);
  return { call: callOf([...texts, ...others]), document: documentOf(answers) };
}

/** As many numbers, and as many values that are computed of them, each of its own and a sum. */
function computed(/** @type {number} */ count) {
  const fields = numbered(count, (i) => [
    { id: `n${i}`, kind: 'number', label: `Number ${i}`, min: 0 },
    {
      id: `v${i}`,
      kind: 'computed',
      label: `Value ${i}`,
      value: { '+': [{ '*': [{ var: `n${i}` }, 2] }, { var: `n${(i + 1) % count}` }] },
    },
  ]).flat();
  const answers = Object.fromEntries(numbered(count, (i) => [`n${i}`, i]));
  return { call: callOf(fields), document: documentOf(answers) };
}

/** One group with as many rows. */
function rows(/** @type {number} */ count) {
  const fields = [
    {
      id: 'members',
      kind: 'group',
      label: 'Members',
      row: 'Member',
      fields: [
        { id: 'name', kind: 'line', label: 'Name', required: true },
        { id: 'amount', kind: 'number', label: 'Amount' },
        { id: 'double', kind: 'computed', value: { '*': [{ var: 'amount' }, 2] } },
      ],
    },
    {
      id: 'total',
      kind: 'computed',
      value: {
        reduce: [
          { var: 'members' },
          { '+': [{ var: 'current.amount' }, { var: 'accumulator' }] },
          0,
        ],
      },
    },
  ];
  const members = numbered(count, (i) => ({ row: `r${i}`, name: `City ${i}`, amount: i }));
  return { call: callOf(fields), document: documentOf({ members }) };
}

function longText(/** @type {number} */ length) {
  const field = { id: 'answer', kind: 'prose', answer: 'both', label: 'Answer' };
  const max = '1000000 graphemes';
  const answer = {
    en: textOf(paragraphs.English, length),
    'zh-Hans': textOf(paragraphs.Chinese, length),
  };
  return { call: callOf([{ ...field, max }]), document: documentOf({ answer }) };
}

/** Definitions and documents are JSON texts, as they come over the network. */
const written = (/** @type {{call: object, document: object}} */ { call, document }) => ({
  call: JSON.stringify(call),
  document: JSON.stringify(document),
});

/** The call above with the schema that the command exports. */
async function withSchema(/** @type {{call: object, document: object}} */ subject) {
  const file = new URL('build/bench/call.json', root);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, JSON.stringify(subject.call));
  return { ...written(subject), schema: schemaOfFile(file) };
}

export async function makeSubjects() {
  return {
    now: Date.parse('2019-09-16T12:00:00Z'),
    award: {
      call: await read('core/data/definitions/uec-award-2019.json'),
      document: await read('tests/data/award/manchester-wuhan.json'),
      schema: schemaOf('uec-award-2019'),
    },
    bilingual: await withSchema(bilingual()),
    /** Texts of 1,000 characters. */
    thousand: Object.fromEntries(
      Object.entries(paragraphs).map(([name, paragraph]) => [name, textOf(paragraph, 1000)]),
    ),
    /** A call that asks for one text of at most 2,000 graphemes. */
    oneText: JSON.stringify(
      callOf([
        { id: 'answer', kind: 'prose', answer: 'plain', label: 'Answer', max: '2000 graphemes' },
      ]),
    ),
    fiveClauses,
    checks: [0, 50].map((count) => ({ count, call: JSON.stringify(callWithChecks(count)) })),
    large: written(computed(1000)),
    growth: {
      'fields, ten times as many': [written(computed(100)), written(computed(1000)), 10],
      'a text, ten times as long': [written(longText(5_000)), written(longText(50_000)), 10],
      'rows, a hundred times as many': [written(rows(20)), written(rows(2000)), 100],
    },
  };
}

// What is measured: texts, a call of one field, an application of 16 kB.
import { readFile } from 'node:fs/promises';

const read = (/** @type {string} */ path) =>
  readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

export const award = await read('core/data/definitions/uec-award-2019.json');
export const application = await read('tests/data/award/manchester-wuhan.json');
export const now = Date.parse('2019-09-16T12:00:00Z');

const paragraphs = {
  'Chinese': '两市自1986年缔结友好城市以来，在智慧城市、气候变化和医疗健康领域开展了务实合作，共有120万居民受益。',
  'English': 'Since 1986 the two cities have worked together on smart city solutions, the climate and health: 1.2 million people. ',
  'Hindi': 'दोनों नगर स्वास्थ्य और जलवायु के क्षेत्र में साथ काम करते हैं। ',
}; // prettier-ignore

/** Texts of 1,000 characters. */
export const thousand = Object.fromEntries(
  Object.entries(paragraphs).map(([name, paragraph]) => [
    name,
    [...paragraph.repeat(30)].slice(0, 1000).join(''),
  ]),
);

/** A call that asks for one text of at most 2,000 graphemes. */
export const oneText = callOf([
  { id: 'answer', kind: 'prose', answer: 'plain', label: 'Answer', max: '2000 graphemes' },
]);

/** A call whose one number is looked at by as many checks more, of five clauses each. */
export const callWithChecks = (/** @type {number} */ count) =>
  callOf(
    [
      { id: 'people', kind: 'number', label: 'People', min: 0 },
      { id: 'country', kind: 'country', label: 'Country' },
    ],
    Array.from({ length: 1 + count }, (_, i) => ({
      id: `check_${i}`,
      rule: fiveClauses,
      message: 'It holds.',
    })),
  );

export const fiveClauses = {
  and: [
    { '>': [{ var: 'people' }, 10] },
    { '<=': [{ var: 'people' }, 1000000] },
    { in: [{ var: 'country' }, ['CN', 'DE', 'FR', 'GB']] },
    { or: [{ '==': [{ var: 'country' }, 'CN'] }, { '<': [{ var: 'people' }, 500000] }] },
    { '!': { '==': [{ '%': [{ var: 'people' }, 1000] }, 999] } },
  ],
};

function callOf(fields, checks) {
  return JSON.stringify({
    hezuo: 1,
    id: 'bench',
    revision: 1,
    languages: ['en'],
    title: 'Bench',
    contact: { name: 'Office', email: 'office@example.org' },
    sections: [{ id: 'all', title: 'All', fields }],
    checks,
    submit: { amend: false, attachments: '1 MB' },
  });
}

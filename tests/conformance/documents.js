// Documents of a call: from what its form says, made valid by what the core says of them.
import { text } from './random.js';

/** @typedef {import('./random.js').Random} Random */

const sentences = {
  en: [
    'The two cities cooperate since 1986. ',
    'Wuhan',
    'A park of 12 hectares was opened.',
    'Yes',
  ],
  'zh-Hans': ['两市自1986年起开展合作。', '武汉', '建成了12公顷的公园。', '是'],
};
const identifiers = {
  uscc: '91350100M000100Y43',
  vat: 'DE136695976',
  ror: 'https://ror.org/027m9bs27',
  orcid: '0000-0002-1825-0097',
  lei: '5493000IBP32UQZ0KL24',
  pic: '999992401',
};
const plain = (/** @type {Random} */ r) => r.pick([...sentences.en, ...sentences['zh-Hans']]);

function texts(field, r) {
  if (field.languages.length === 0) return plain(r);
  const chosen =
    field.answer === 'both' || r.chance(0.5) ? field.languages : [r.pick(field.languages)];
  const written = (language) => {
    // The first sentence has at least five of every unit.
    const { min = 0 } = field.limits[language] ?? {};
    return min > 0
      ? sentences[language][0].repeat(Math.ceil(min / 5))
      : r.pick(sentences[language]);
  };
  return Object.fromEntries(chosen.map((language) => [language, written(language)]));
}

const day = (r) => `20${r.pick(['05', '12', '14', '17', '19'])}-0${1 + r.below(9)}-1${r.below(10)}`;

/** An answer of the right shape, that may still break a limit or a rule. */
export function answerOf(field, countries, r) {
  const some = (offered) => {
    const most = Math.min(field.max ?? 3, offered.length);
    const wanted = Math.max(field.min ?? 1, 1 + r.below(most));
    const chosen = new Set();
    while (chosen.size < wanted) chosen.add(r.pick(offered));
    return [...chosen];
  };
  const makers = {
    line: () => texts(field, r),
    prose: () => texts(field, r),
    choice: () => r.pick(field.options).id,
    choices: () => some(field.options.map(({ id }) => id)),
    taxonomy: () => some(field.options.map(({ id }) => id)),
    number: () => {
      const from = field.min ?? 0;
      const number = from + r.below(Math.min(1000, (field.max ?? 1000) - from) + 1);
      return field.decimals > 0 && r.chance(0.3) ? number + 0.5 : number;
    },
    money: () => {
      const [first, second] = field.currencies;
      const amount = () => `${10000 + r.below(900000)}${r.pick(['', '.5', '.00'])}`;
      return second && r.chance(0.5)
        ? { [first]: amount(), [second]: amount(), on: day(r) }
        : { [r.pick(field.currencies)]: amount() };
    },
    date: () => day(r),
    month: () => day(r).slice(0, 7),
    period: () => {
      const cut = field.precision === 'month' ? 7 : 10;
      const from = day(r);
      const to = r.chance(0.5) ? day(r) : from.replace(/^\d+/, (year) => `${Number(year) + 3}`);
      const [start, end] = [from, to].sort().map((date) => date.slice(0, cut));
      return field.open && r.chance(0.3) ? { start } : { start, end };
    },
    'yes-no': () => field.confirm || r.chance(0.7),
    email: () => r.pick(['office@example.org', '张三@例子.中国', 'A.B+c@Example.CN']),
    phone: () => r.pick(['+86 138 0013 8000', '+44 161 496 0000']),
    url: () => r.pick(['https://example.org/', 'https://例子.中国/路径?q=1']),
    identifier: () => {
      const scheme = r.pick(field.schemes);
      return { scheme, value: identifiers[scheme] };
    },
    country: () => r.pick(['CN', 'GB', 'DE', 'FR', r.pick(countries)]),
    place: () => ({ country: r.pick(['CN', 'CN', 'GB', 'DE']), name: texts(field, r) }),
    file: () =>
      Array.from({ length: Math.max(field.min ?? 0, 1 + r.below(field.max ?? 1)) }, (_, i) => ({
        name: `文件 ${i}.pdf`,
        type: r.pick(field.types),
        size: 1 + r.below(Math.min(field.size, 1e6)),
        sha256: Array.from({ length: 64 }, () => r.pick('0123456789abcdef')).join(''),
      })),
    group: () =>
      Array.from({ length: Math.max(field.min ?? 0, 1 + r.below(field.max ?? 3)) }, (_, i) => ({
        row: `r${i + 1}`,
        ...answersOf(field.fields, countries, r),
      })),
  };
  return makers[field.kind]?.();
}

export function answersOf(fields, countries, r) {
  const answers = {};
  for (const field of fields) {
    if (field.kind === 'computed' || field.kind === 'note') continue;
    if (field.required === false && r.chance(0.4)) continue;
    answers[field.id] = answerOf(field, countries, r);
  }
  return answers;
}

export const fieldsOf = (form) => form.sections.flatMap(({ fields }) => fields);

/** A document of the right shape. */
export function documentOf(form, now, r) {
  const at = new Date(now).toISOString();
  const language = r.pick(form.languages);
  return {
    definition: form.id,
    revision: form.revision,
    language,
    answers: answersOf(fieldsOf(form), form.countries, r),
    consents: Object.fromEntries(
      form.consents.map(({ id, version }) => [id, { given: true, version, language, at }]),
    ),
    history: [{ at, event: 'created', language }],
  };
}

const errorsOf = ({ issues }) => issues.filter(({ severity }) => severity === 'error');

/**
 * A valid document: what has an error is answered anew, or not at all, as long as that
 * leaves no more errors than before. Null where that leads nowhere.
 */
export function validDocumentOf(definition, now, r) {
  const { form } = definition;
  const fields = fieldsOf(form);
  const errors = (document) =>
    errorsOf(definition.validate(JSON.stringify(document), { language: 'en', now }));
  let best = documentOf(form, now, r);
  let found = errors(best);
  for (let attempt = 0; attempt < 1000 && found.length > 0; ++attempt) {
    const next = structuredClone(best);
    const [, , id, row, child] = r.pick(found).pointer.split('/');
    const field = fields.find((known) => known.id === id) ?? r.pick(fields);
    const rows = next.answers[field.id];
    const inside = field.fields && rows?.length > 0 && r.chance(0.8);
    const asked = inside
      ? (field.fields.find((known) => known.id === child) ?? r.pick(field.fields))
      : field;
    const owner = inside ? (rows[row] ?? r.pick(rows)) : next.answers;
    const made =
      asked.required === true || r.chance(0.7) ? answerOf(asked, form.countries, r) : undefined;
    owner[asked.id] = made;
    if (made === undefined) delete owner[asked.id];
    const left = errors(next);
    if (left.length <= found.length) [best, found] = [next, left];
  }
  return found.length === 0 ? best : null;
}

/** Every object and array in `document`, so that any place of it can be changed. */
function places(document) {
  const all = [];
  const visit = (owner) => {
    for (const key of Object.keys(owner)) {
      all.push({ owner, key });
      if (owner[key] !== null && typeof owner[key] === 'object') visit(owner[key]);
    }
  };
  visit(document);
  return all;
}

// What a change makes of the value at a place; some leave the document valid.
const changes = [
  ({ old }, r) => (typeof old === 'string' ? old + text(r, 2) : old),
  ({ old }) => (typeof old === 'boolean' ? !old : old),
  ({ old }, r) => (Array.isArray(old) ? [...old, r.pick([...old, null])] : old),
  ({ old }) => (old?.constructor === Object ? { ...old, extra: 'x' } : old),
  (_, r) => r.pick([null, '', ' ', '\u3000\u200b', [], {}, 0, false, true]),
  (_, r) => r.pick([text(r, 5), -1, 1e21, 0.1, '2019-02-30', [null], [[]]]),
  ({ others }, r) => r.pick(others),
  ({ field, form }, r) => field && answerOf(field, form.countries, r),
  ({ field, form }, r) => field && answerOf(field, form.countries, r),
  () => undefined,
];

/** The document with a few changes, of which some leave it valid. */
export function mutated({ form }, document, r) {
  let changed = structuredClone(document);
  for (let i = 1 + r.below(3); i > 0; --i) {
    const all = places(changed);
    const { owner, key } = r.pick(all);
    const made = r.pick(changes)(
      {
        old: owner[key],
        others: all.map((place) => place.owner[place.key]),
        field: fieldsOf(form).find(({ id }) => id === key),
        form,
      },
      r,
    );
    if (made === undefined) delete owner[key];
    else owner[key] = structuredClone(made);
    // A hole of an array is null in JSON.
    changed = JSON.parse(JSON.stringify(changed));
  }
  return changed;
}

// The merge of two drafts, without a browser.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { merge, same } from '../../js/src/elements/application/merge.js';

const languages = ['en', 'zh-Hans'];
const form = {
  sections: [
    {
      id: 'one',
      fields: [
        { id: 'title', kind: 'line', languages },
        { id: 'website', kind: 'url' },
        { id: 'place', kind: 'place', languages },
        { id: 'kinds', kind: 'choices' },
      ],
    },
    {
      id: 'two',
      fields: [
        {
          id: 'members',
          kind: 'group',
          fields: [
            { id: 'name', kind: 'line', languages },
            { id: 'role', kind: 'prose', languages },
            { id: 'email', kind: 'email' },
          ],
        },
      ],
    },
  ],
};

const draft = (answers, rest = {}) => ({
  definition: 'call',
  revision: 1,
  language: 'en',
  answers,
  consents: {},
  history: [],
  ...rest,
});
const merged = (base, mine, theirs, options) => {
  const { document, conflicts } = merge(form, draft(base), draft(mine), draft(theirs), options);
  return { answers: document.answers, conflicts: conflicts.map(({ id }) => id) };
};

/** The same numbers for the same seed: a failure can be seen again. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Some draft, or one that was made of another by some changes. */
function someDraft(next, from = draft({})) {
  const document = structuredClone(from);
  const { answers, consents } = document;
  const word = () => `word ${next(6)}`;
  const text = (holder, name) => {
    const value = { ...holder[name] };
    const language = languages[next(2)];
    if (next(4)) value[language] = word();
    else delete value[language];
    if (Object.keys(value).length) holder[name] = value;
    else delete holder[name];
  };
  const row = () => {
    const rows = answers.members ?? [];
    const at = next(rows.length + 1);
    const what = next(5);
    if (what === 0 || !rows[at]) {
      const added = { row: `r${1 + rows.length}` };
      if (rows.some((each) => each.row === added.row)) added.row = `x${next(1e6)}`;
      text(added, 'name');
      rows.splice(at, 0, added);
    } else if (what === 1) rows.splice(at, 1);
    else if (what === 2) rows.push(...rows.splice(at, 1));
    else if (what === 3) text(rows[at], 'role');
    else rows[at].email = word();
    if (rows.length) answers.members = rows;
    else delete answers.members;
  };
  const changes = [
    () => text(answers, 'title'),
    () => (answers.website = word()),
    () => delete answers.website,
    () => (answers.kinds = [word()]),
    () => (answers.place = { country: word(), name: { en: word() } }),
    () => (answers.unknown = word()),
    () => (consents.gdpr = { given: next(2) === 1, version: '1', at: word() }),
    () => document.history.push({ at: String(next(1e6)), event: 'resumed' }),
    row,
    row,
    row,
  ];
  for (let i = next(8); i >= 0; --i) changes[next(changes.length)]();
  return document;
}

describe('the merge of two drafts', () => {
  it('takes what one alone has changed, and what both changed alike', () => {
    for (let seed = 0; seed < 3000; ++seed) {
      const next = random(seed);
      const base = someDraft(next);
      const one = someDraft(next, base);

      for (const [what, mine, theirs] of [
        ['mine', one, base],
        ['theirs', base, one],
        ['both', one, one],
      ]) {
        const { document, conflicts } = merge(form, base, mine, structuredClone(theirs));

        assert.deepEqual(document, one, `${what}, seed ${seed}`);
        assert.deepEqual(conflicts, []);
      }
    }
  });

  it('loses no text of either side, but those that a choice drops', () => {
    /** Every text of a document, with the question that it answers. */
    const texts = (value, name = '') =>
      typeof value === 'string'
        ? [`${name}: ${value}`]
        : Object.entries(value ?? {}).flatMap(([key, each]) =>
            key === 'row' ? [] : texts(each, Number.isNaN(Number(key)) ? `${name}/${key}` : name),
          );
    for (let seed = 0; seed < 3000; ++seed) {
      const next = random(seed);
      const base = someDraft(next);
      const sides = [someDraft(next, base), someDraft(next, base)];

      const { document, conflicts } = merge(form, base, ...sides);

      const open = conflicts.flatMap(({ mine, theirs }) => [
        ...texts(mine, ''),
        ...texts(theirs, ''),
      ]);
      const there = texts(document.answers);
      const before = texts(base.answers);
      for (const side of sides) {
        for (const text of texts(side.answers)) {
          const isKept =
            there.includes(text) ||
            before.includes(text) ||
            open.some((each) => text.endsWith(each.replace(/^[^:]*/, '')));
          assert.ok(isKept, `${text}, seed ${seed}`);
        }
      }
      const ids = (document.answers.members ?? []).map(({ row }) => row);
      assert.equal(new Set(ids).size, ids.length, `rows ${ids}, seed ${seed}`);
      assert.equal(new Set(conflicts.map(({ id }) => id)).size, conflicts.length);
    }
  });

  it('asks the same of either side', () => {
    for (let seed = 0; seed < 3000; ++seed) {
      const next = random(seed);
      const base = someDraft(next);
      const [mine, theirs] = [someDraft(next, base), someDraft(next, base)];
      const there = merge(form, base, mine, theirs);
      const back = merge(form, base, theirs, mine);

      assert.equal(there.conflicts.length, back.conflicts.length, `seed ${seed}`);
    }
  });

  it('merges a text of several languages by language', () => {
    const base = { title: { en: 'Old', 'zh-Hans': '旧' } };
    const mine = { title: { en: 'New', 'zh-Hans': '旧' } };
    const theirs = { title: { en: 'Old', 'zh-Hans': '新' } };

    const { answers, conflicts } = merged(base, mine, theirs);

    assert.deepEqual(answers, { title: { en: 'New', 'zh-Hans': '新' } });
    assert.deepEqual(conflicts, []);
  });

  it('asks where both changed one answer, and does as it is told', () => {
    const base = { title: { en: 'Old' }, website: 'https://old.example' };
    const mine = { title: { en: 'Mine' }, website: 'https://mine.example' };
    const theirs = { title: { en: 'Theirs' } };
    const choices = new Map([
      ['title|en', 'both'],
      ['website', 'theirs'],
    ]);

    const asked = merged(base, mine, theirs);
    const chosen = merged(base, mine, theirs, { choices });

    assert.deepEqual(asked, { answers: mine, conflicts: ['title|en', 'website'] });
    assert.deepEqual(chosen.answers, { title: { en: 'Mine\n\nTheirs' } });
  });

  it('keeps the name of a place with its country', () => {
    const wuhan = { country: 'CN', code: '420100', name: { en: 'Wuhan' } };
    const both = { ...wuhan, name: { en: 'Wuhan', 'zh-Hans': '武汉' } };
    const other = { country: 'CN', code: '510100', name: { en: 'Chengdu' } };

    assert.deepEqual(merged({ place: wuhan }, { place: both }, { place: other }).conflicts, [
      'place',
    ]);
    assert.deepEqual(
      merged({}, { place: wuhan }, { place: { ...wuhan, name: { 'zh-Hans': '武汉' } } }),
      { answers: { place: both }, conflicts: [] },
    );
  });

  it('keeps rows that both added, also where they got the same id', () => {
    const base = { members: [{ row: 'r1', name: { en: 'One' } }] };
    const mine = { members: [...base.members, { row: 'r2', name: { en: 'Mine' } }] };
    const theirs = {
      members: [
        { row: 'r2', name: { en: 'Theirs' } },
        { row: 'r1', name: { en: 'One' }, email: 'a@b' },
      ],
    };

    const { answers, conflicts } = merged(base, mine, theirs);

    assert.deepEqual(conflicts, []);
    assert.deepEqual(
      answers.members.map(({ name }) => name.en),
      ['Theirs', 'One', 'Mine'],
    );
    assert.equal(new Set(answers.members.map(({ row }) => row)).size, 3);
    assert.equal(answers.members[1].email, 'a@b');
  });

  it('knows a row that both added by its name', () => {
    const mine = { members: [{ row: 'r1', name: { en: 'Wuhan' }, email: 'a@b' }] };
    const theirs = {
      members: [
        { row: 'r1', name: { en: 'Manchester' } },
        { row: 'r2', name: { en: 'Wuhan', 'zh-Hans': '武汉' } },
      ],
    };

    const { answers, conflicts } = merged({}, mine, theirs);

    assert.deepEqual(conflicts, []);
    assert.deepEqual(
      answers.members.map(({ name }) => name),
      [{ en: 'Manchester' }, { en: 'Wuhan', 'zh-Hans': '武汉' }],
    );
  });

  it('asks about a row that one changed and the other removed', () => {
    const base = { members: [{ row: 'r1', name: { en: 'One' } }, { row: 'r2' }] };
    const mine = { members: [{ row: 'r1', name: { en: 'One, changed' } }] };
    const theirs = { members: [{ row: 'r2' }] };
    const choices = new Map([['members/r1', 'theirs']]);

    assert.deepEqual(merged(base, mine, theirs), {
      answers: mine,
      conflicts: ['members/r1'],
    });
    assert.deepEqual(merged(base, mine, theirs, { choices }).answers, {});
  });

  it('takes the order of the side that moved rows', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((row) => ({ row, name: { en: row } }));
    const { answers } = merged(
      { members: [a, b, c] },
      { members: [a, { ...b, email: 'x' }, c, { row: 'd' }] },
      { members: [c, a, b] },
    );

    assert.deepEqual(
      answers.members.map(({ row }) => row),
      ['c', 'd', 'a', 'b'],
    );
    assert.equal(answers.members[3].email, 'x');
  });

  it("takes answers alone of another person's draft", () => {
    const given = (at) => ({ given: true, version: '1', at });
    const mine = draft(
      { website: 'w' },
      { consents: { gdpr: given('1') }, history: [{ at: '1' }] },
    );
    const theirs = draft(
      { title: { en: 'Theirs' } },
      { language: 'zh-Hans', consents: { gdpr: given('2'), pipl: given('2') }, history: [] },
    );

    const { document, conflicts } = merge(form, undefined, mine, theirs, { isForeign: true });

    assert.deepEqual(conflicts, []);
    assert.deepEqual(document, { ...mine, answers: { website: 'w', title: { en: 'Theirs' } } });
  });

  it('keeps a consent only where neither side took it back', () => {
    const given = (version, at) => ({ given: true, version, at });
    const refused = { given: false, version: '1', at: '3' };
    const of = (gdpr) => draft({}, { consents: gdpr ? { gdpr } : {} });
    const consent = (...sides) => merge(form, ...sides.map(of)).document.consents.gdpr;

    assert.deepEqual(consent(undefined, given('1', '1'), given('1', '2')), given('1', '1'));
    assert.equal(consent(undefined, given('1', '1'), given('2', '2')), undefined);
    assert.deepEqual(consent(given('1', '1'), given('1', '2'), refused), refused);
    assert.equal(consent(given('1', '1'), undefined, given('1', '2')), undefined);
  });

  it('tells what is the same by content, not by order of members', () => {
    assert.ok(same({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 }));
    for (const [a, b] of [
      [{ a: 1 }, { a: 1, b: 2 }],
      [
        [1, 2],
        [2, 1],
      ],
      [[], {}],
      [null, {}],
    ]) {
      assert.ok(!same(a, b));
    }
  });
});

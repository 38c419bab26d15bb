// A page never asks for the whole state: it shows what changes told it. So whatever is done,
// and in whatever order, the changes must add up to the state.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { answerOf, documentOf, fieldsOf } from '../conformance/documents.js';
import { random, text } from '../conformance/random.js';
import { definitionIds, hezuo, readDefinition } from './core.js';

const instants = ['2016-05-01', '2018-04-12T08:00:00Z', '2019-09-16', '2019-10-05'].map(Date.parse);

/** What a page has on its screen. */
class Screen {
  constructor(state) {
    this.cells = new Map();
    this.sections = new Map();
    this.apply(state);
  }

  apply({ cells, length, sections = [], eligibility, deadline }) {
    for (const cell of cells) this.cells.set(cell.key, cell);
    if (length) {
      const { key, language, ...count } = length;
      Object.assign(this.cells.get(key).counts[language], count);
    }
    for (const section of sections) this.sections.set(section.id, section);
    if (eligibility) this.eligibility = eligibility;
    if (deadline) this.deadline = deadline;
    // Rows that are gone take their cells with them.
    for (const key of this.cells.keys()) {
      const [group, row, child] = key.split('/');
      if (child && !this.cells.get(group).rows.includes(row)) this.cells.delete(key);
    }
  }

  /** In an order that is always the same: rows move. */
  get shown() {
    const sorted = (map) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
    return {
      cells: sorted(this.cells),
      sections: sorted(this.sections),
      eligibility: this.eligibility,
      deadline: this.deadline,
    };
  }
}

/** One thing that a person may do, and what the session says changed. */
function act(session, form, r) {
  const field = r.pick(fieldsOf(form).filter(({ kind }) => kind !== 'note' && kind !== 'computed'));
  const rows = field.fields ? session.state().cells.find(({ key }) => key === field.id).rows : [];
  const row = rows.length > 0 ? `${field.id}/${r.pick(rows)}` : '';
  const answer = (asked) => (r.chance(0.2) ? null : answerOf(asked, form.countries, r));
  const consent = r.pick(form.consents);

  if (r.chance(0.1)) return session.setNow(r.pick(instants));
  if (r.chance(0.1)) return session.setLanguage(r.pick(form.languages));
  if (r.chance(0.1)) return session.consent(consent.id, r.chance(0.5), instants[0]);
  if (row && r.chance(0.2)) {
    const { removed, ...change } = session.removeRow(row);
    return r.chance(0.5) ? change : [change, session.restoreRow(field.id, removed)];
  }
  if (row && r.chance(0.2)) return session.moveRow(row, r.below(rows.length));
  if (row && r.chance(0.7)) {
    const child = r.pick(field.fields.filter(({ kind }) => kind !== 'note' && kind !== 'computed'));
    return session.set(`${row}/${child.id}`, answer(child));
  }
  if (field.fields) return session.addRow(field.id, r.below(rows.length + 1));
  if (field.limits && r.chance(0.5)) {
    const language = field.languages.length > 0 ? r.pick(field.languages) : '';
    const typed = text(r, 6);
    return ['', 'a', 'ab'].flatMap((more) => [
      session.setText(field.id, language, typed + more),
      session.compare(field.id),
    ]);
  }
  return session.set(field.id, answer(field));
}

describe('the changes of a session', () => {
  for (const id of definitionIds) {
    it(`add up to the state of ${id}`, async () => {
      const definition = hezuo.compile(await readDefinition(id));
      const { form } = definition;
      for (let seed = 0; seed < 6; ++seed) {
        const r = random(seed);
        const document = r.chance(0.5) ? JSON.stringify(documentOf(form, instants[2], r)) : '';
        const session = definition.open({ document, language: 'en', now: instants[2] });
        const screen = new Screen(session.state());

        for (let i = 0; i < 40; ++i) {
          for (const change of [act(session, form, r)].flat()) screen.apply(change);
          assert.deepEqual(screen.shown, new Screen(session.state()).shown, `seed ${seed}, ${i}`);
        }
        session.close();
      }
    });

    it(`are the same as those of a session that is opened with its document, of ${id}`, async () => {
      const definition = hezuo.compile(await readDefinition(id));
      const { form } = definition;
      for (let seed = 100; seed < 110; ++seed) {
        const r = random(seed);
        const options = { language: 'en', now: instants[2] };
        const session = definition.open(options);
        for (let i = 0; i < 40; ++i) act(session, form, r);
        session.setLanguage('en');
        session.setNow(options.now);

        const draft = session.document();
        const resumed = definition.open({ document: draft, ...options });

        assert.deepEqual(resumed.state(), session.state(), `seed ${seed}`);
        assert.equal(resumed.document(), draft);
        session.close();
        resumed.close();
      }
    });

    it(`lead to the verdict on the document, of ${id}`, async () => {
      const definition = hezuo.compile(await readDefinition(id));
      const options = { language: 'en', now: instants[2] };
      for (let seed = 200; seed < 210; ++seed) {
        const r = random(seed);
        const session = definition.open(options);
        for (let i = 0; i < 60; ++i) act(session, definition.form, r);
        session.setLanguage('en');
        session.setNow(options.now);

        const { valid, issues } = session.check();
        const handedIn = session.document({ event: 'handed_in', at: options.now });
        const judged = definition.validate(handedIn, options);

        // Of the deadline the one who hands in is only warned.
        const warned = judged.issues.map((issue) =>
          issue.code.startsWith('deadline.') ? { ...issue, severity: 'warning' } : issue,
        );
        assert.deepEqual(issues, warned, `seed ${seed}`);
        assert.equal(valid, !warned.some(({ severity }) => severity === 'error'), `seed ${seed}`);
        session.close();
      }
    });
  }
});

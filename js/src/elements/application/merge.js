// Two drafts that grew from one, answer by answer. Plain data: it knows no page and no core.

/** @import {Field, Form} from './types.js' */

/** @typedef {'mine' | 'theirs' | 'both'} Choice */

/**
 * An answer that both changed, each in another way. Undefined is one that was taken away.
 * @typedef {object} Conflict
 * @property {string} id
 * @property {string} key Of the answer, or of a row that one has removed.
 * @property {string} [language]
 * @property {Field} [field] None where the call does not ask for it.
 * @property {number} [row] Which it is in its group, from 1.
 * @property {any} mine
 * @property {any} theirs
 */

/** @param {any} a @param {any} b @returns {boolean} */
export function same(a, b) {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => same(a[name], b[name]));
}

/** @param {any} value */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}

/**
 * What one changed goes before what nobody did.
 * @template T
 * @param {T} base @param {T} mine @param {T} theirs
 * @param {() => T} both When both changed it, each in another way.
 * @returns {T}
 */
function settle(base, mine, theirs, both) {
  if (same(mine, theirs) || same(base, theirs)) return mine;
  return same(base, mine) ? theirs : both();
}

/** The members of either. @param {any} a @param {any} b */
function names(a, b) {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

/** @param {any[]} rows @returns {Map<string, any>} */
function byId(rows) {
  return new Map(rows.map((row) => [row.row, row]));
}

/** @param {Field | undefined} field @param {any} a @param {any} b */
function areTexts(field, a, b) {
  const fits = (/** @type {any} */ value) => value === undefined || isObject(value);
  return Boolean(field?.languages?.length) && field?.kind !== 'place' && fits(a) && fits(b);
}

/** Whether two rows, of which each side has added one, tell of the same. @param {Field} group @param {any} a @param {any} b */
function isAkin(group, a, b) {
  const { row: aId, ...own } = a;
  const { row: bId, ...other } = b;
  if (same(own, other)) return true;
  if (aId === bId && (!Object.keys(own).length || !Object.keys(other).length)) return true;
  const name = group.fields?.find(({ kind }) => kind === 'line')?.id ?? '';
  const [left, right] = [own[name], other[name]];
  if (!isObject(left) || !isObject(right)) return Boolean(left) && left === right;
  return Object.keys(left).some((language) => left[language] && left[language] === right[language]);
}

/**
 * The rows of the other side under the ids that they have in the merge: by these they are told
 * to be the same, and a new row may have got the id of another one.
 * @param {Field} group @param {any[]} base @param {any[]} mine @param {any[]} theirs
 */
function renamed(group, base, mine, theirs) {
  const old = byId(base);
  const added = mine.filter(({ row }) => !old.has(row));
  const taken = new Set([...base, ...mine, ...theirs].map(({ row }) => row));
  const free = () => {
    let number = taken.size;
    while (taken.has(`r${number}`)) number += 1;
    taken.add(`r${number}`);
    return `r${number}`;
  };
  return theirs.map((row) => {
    if (old.has(row.row)) return row;
    const akin = added.filter((each) => isAkin(group, each, row));
    const twin = akin.find((each) => each.row === row.row) ?? akin[0];
    if (twin) added.splice(added.indexOf(twin), 1);
    const isTaken = mine.some((each) => each.row === row.row);
    return { ...row, row: twin?.row ?? (isTaken ? free() : row.row) };
  });
}

/**
 * The ids of all rows, in the order of the side that moved some.
 * @param {any[]} base @param {any[]} mine @param {any[]} theirs
 */
function ordered(base, mine, theirs) {
  const ids = (/** @type {any[]} */ rows) => rows.map(({ row }) => row);
  const old = ids(base);
  /** @param {string[]} order */
  const isMoved = (order) =>
    !same(
      order.filter((id) => old.includes(id)),
      old.filter((id) => order.includes(id)),
    );
  const sides = [ids(mine), ids(theirs)];
  const [lead, other] = isMoved(sides[1]) && !isMoved(sides[0]) ? sides.reverse() : sides;
  const order = [...lead];
  other.forEach((id, i) => {
    if (order.includes(id)) return;
    let at = order.indexOf(other[i - 1]) + 1;
    // After what the other side has added there.
    while (at > 0 && at < order.length && !other.includes(order[at])) at += 1;
    order.splice(at, 0, id);
  });
  return order;
}

/**
 * Merges two documents of a form. What only one of them changed is taken; where both did, the
 * choices say what is, and else `mine`.
 * @param {Form} form
 * @param {any} base What both grew from; undefined where nobody knows.
 * @param {any} mine
 * @param {any} theirs
 * @param {object} [options]
 * @param {Map<string, Choice>} [options.choices] By the conflict's id.
 * @param {boolean} [options.isForeign] Theirs is another person's: its answers alone are taken.
 * @returns {{document: any, conflicts: Conflict[]}}
 */
export function merge(form, base = {}, mine, theirs, { choices = new Map(), isForeign } = {}) {
  /** @type {Conflict[]} */
  const conflicts = [];

  /** @param {Omit<Conflict, 'id'>} conflict */
  const decide = (conflict) => {
    const { key, language, mine: own, theirs: other } = conflict;
    const id = language ? `${key}|${language}` : key;
    conflicts.push({ id, ...conflict });
    const choice = choices.get(id);
    if (choice === 'both') return `${own}\n\n${other}`;
    return choice === 'theirs' ? other : own;
  };

  /** @typedef {{field?: Field, key: string, row?: number}} Place */

  /** @param {Place} place @param {any} old @param {any} own @param {any} other */
  const texts = (place, old = {}, own = {}, other = {}) => {
    /** @type {Record<string, string>} */
    const all = {};
    for (const language of names(own, other)) {
      const [was, a, b] = [old, own, other].map((each) => each[language]);
      const text = settle(was, a, b, () => decide({ ...place, language, mine: a, theirs: b }));
      if (text !== undefined) all[language] = text;
    }
    return Object.keys(all).length ? all : undefined;
  };

  /** @param {Place} place @param {any} old @param {any} own @param {any} other */
  const answer = (place, old, own, other) =>
    settle(old, own, other, () => {
      const { field } = place;
      if (field?.kind === 'group') return rows(field, place.key, old, own, other);
      if (areTexts(field, own, other)) return texts(place, old, own, other);
      if (field?.kind === 'place' && isObject(own) && isObject(other)) {
        const { name, ...rest } = own;
        const { name: otherName, ...otherRest } = other;
        // A name belongs to its country and code.
        if (same(rest, otherRest)) {
          const merged = texts(place, old?.name, name, otherName);
          return merged ? { ...rest, name: merged } : rest;
        }
      }
      return decide({ ...place, mine: own, theirs: other });
    });

  /**
   * @param {Field[]} fields @param {Place} place Of the row; its key ends in '/'.
   * @param {any} old @param {any} own @param {any} other
   */
  const answers = (fields, { key, row }, old, own, other) => {
    /** @type {Record<string, any>} */
    const all = {};
    // In the order of the form: so are the conflicts.
    for (const name of new Set([...fields.map(({ id }) => id), ...names(own, other)])) {
      const field = fields.find(({ id }) => id === name);
      const place = { field, key: key + name, row };
      const value = answer(place, old[name], own[name], other[name]);
      if (value !== undefined) all[name] = value;
    }
    return all;
  };

  /** @param {Field} group @param {string} key @param {any[]} old @param {any[]} own @param {any[]} other */
  const rows = (group, key, old = [], own = [], other = []) => {
    const named = renamed(group, old, own, other);
    const [before, left, right] = [old, own, named].map(byId);
    const all = ordered(old, own, named).map((id) => {
      const [was, a, b] = [before, left, right].map((each) => each.get(id));
      const at = (a ? own : named).indexOf(a ?? b) + 1;
      if (a && b) {
        return settle(was, a, b, () => {
          const place = { key: `${key}/${id}/`, row: at };
          const { row, ...rest } = answers(group.fields ?? [], place, was ?? {}, a, b);
          return { row: id, ...rest };
        });
      }
      // Added by one, or removed by the other.
      if (!was) return a ?? b;
      const place = { field: group, key: `${key}/${id}`, row: at };
      return settle(was, a, b, () => decide({ ...place, mine: a, theirs: b }));
    });
    const there = all.filter(Boolean);
    return there.length ? there : undefined;
  };

  const fields = form.sections.flatMap((section) => section.fields);
  const [old, own, other] = [base, mine, theirs].map((document) => document.answers ?? {});
  const merged = answers(fields, { key: '' }, old, own, other);
  if (isForeign) return { document: { ...mine, answers: merged }, conflicts };

  /** @type {Record<string, any>} */
  const document = {};
  for (const name of names(mine, theirs)) {
    const [was, a, b] = [base, mine, theirs].map((each) => each[name]);
    document[name] = settle(was, a, b, () => a);
  }
  document.answers = merged;
  document.consents = consents(base.consents, mine.consents, theirs.consents);
  document.history = settle(base.history, mine.history, theirs.history, () =>
    events(mine.history, theirs.history),
  );
  return { document, conflicts };
}

/** A consent stands only where both say so. @param {any} base @param {any} mine @param {any} theirs */
function consents(base = {}, mine = {}, theirs = {}) {
  /** @type {Record<string, any>} */
  const all = {};
  for (const name of names(mine, theirs)) {
    const [was, a, b] = [base, mine, theirs].map((each) => each[name]);
    const consent = settle(was, a, b, () => {
      if (!a?.given) return a;
      if (!b?.given) return b;
      return a.version === b.version ? a : undefined;
    });
    if (consent !== undefined) all[name] = consent;
  }
  return all;
}

/** @param {any[]} mine @param {any[]} theirs */
function events(mine = [], theirs = []) {
  const others = theirs.filter((event) => !mine.some((each) => same(each, event)));
  return [...mine, ...others].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

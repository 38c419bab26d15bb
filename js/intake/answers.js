import { day, money } from '../src/elements/application/format.js';
import { inAllLanguages, languages, text } from './texts.js';

/** @import {FileAnswer} from './receive.js' */

/** @typedef {Record<string, string>} Text - By language. */

/**
 * What the pages need of a definition as the core describes it.
 *
 * @typedef {object} Form
 * @property {string} id
 * @property {number} revision
 * @property {Text} title
 * @property {{title: Text, fields: Field[]}[]} sections
 * @property {{id: string, label: Text}[]} consents
 * @property {{at: number, zone: string}[]} closes
 */

/**
 * @typedef {object} Field
 * @property {string} id
 * @property {string} kind
 * @property {Text} label
 * @property {string[]} [languages] - Of a text; empty if it is in none.
 * @property {{id: string, label: Text}[]} [options]
 * @property {string[]} [currencies]
 * @property {Text} [unit]
 * @property {Text} [row] - What a group calls one of its rows.
 * @property {Field[]} [fields] - Of a group.
 */

/**
 * One line of an answer, for people: `text` in every language when it is the definition's
 * (an option's label), as it is when it is the applicant's.
 *
 * @typedef {object} Line
 * @property {string | Text} text
 * @property {string} [data] - For programs, where that is something else.
 * @property {string} [language] - Of the applicant's text, where it is known.
 * @property {FileAnswer} [file]
 */

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {Text} label
 * @property {Line[]} lines - Empty if unanswered.
 * @property {{name: Text, entries: Entry[]}[]} [rows] - Of a group.
 */

/**
 * The answers in the order of the definition, read with its labels.
 *
 * @param {readonly Field[]} fields
 * @param {Record<string, any>} answers
 * @param {string} language
 * @returns {Entry[]}
 */
export function entriesOf(fields, answers, language) {
  return fields.filter(isAnswered).map((field) => {
    const answer = answers[field.id];
    const { id, label } = field;
    if (field.kind !== 'group') return { id, label, lines: linesOf(field, answer, language) };
    const rows = /** @type {Record<string, any>[]} */ (answer ?? []).map((row, i) => ({
      name: numbered(field.row ?? label, i + 1),
      entries: entriesOf(field.fields ?? [], row, language),
    }));
    return { id, label, lines: [], rows };
  });
}

/**
 * A document that was stored. Its objects inherit nothing: the id of a question may be
 * "constructor", and where that is unanswered there is no answer.
 *
 * @param {string} text
 * @returns {{answers: Record<string, any>, consents?: Record<string, any>}}
 */
export function readDocument(text) {
  return JSON.parse(text, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.setPrototypeOf(value, null)
      : value,
  );
}

/**
 * False for what only shows.
 *
 * @param {Field} field
 */
function isAnswered(field) {
  return field.kind !== 'note' && field.kind !== 'computed';
}

/**
 * @param {Text} label
 * @param {number} n
 * @returns {Text}
 */
function numbered(label, n) {
  return Object.fromEntries(Object.entries(label).map(([tag, text]) => [tag, `${text} ${n}`]));
}

/**
 * @param {Field} field
 * @param {any} answer
 * @param {string} language
 * @returns {Line[]}
 */
function linesOf(field, answer, language) {
  if (answer === undefined || answer === null) return [];
  switch (field.kind) {
    case 'choice':
      return [optionLine(field, answer)];
    case 'choices':
    case 'taxonomy':
      return answer.map((/** @type {string} */ id) => optionLine(field, id));
    case 'yes-no':
      return [{ text: inAllLanguages(answer ? 'yes' : 'no') }];
    case 'country':
      return [{ text: countryName(answer) }];
    case 'money':
      return moneyLines(answer, language);
    case 'date':
    case 'month':
      return [{ text: day(language, answer), data: answer }];
    case 'period':
      return [periodLine(answer, language)];
    case 'identifier':
      return [{ text: labelled(answer.scheme.toUpperCase(), answer.value, language) }];
    case 'number':
      return [{ text: field.unit ? withUnit(answer, field.unit) : String(answer) }];
    case 'place':
      return [
        ...textLines(answer.name),
        ...(answer.country ? [{ text: countryName(answer.country) }] : []),
        ...(answer.code ? [{ text: String(answer.code) }] : []),
      ];
    case 'file':
      return answer.map((/** @type {FileAnswer} */ file) => ({ text: file.name, file }));
    default:
      return textLines(answer);
  }
}

/**
 * @param {string | Record<string, string> | undefined} answer
 * @returns {Line[]}
 */
function textLines(answer) {
  if (answer === undefined) return [];
  if (typeof answer === 'string') return [{ text: answer }];
  return Object.entries(answer).map(([language, text]) => ({ text, language }));
}

/**
 * @param {Field} field
 * @param {string} id
 * @returns {Line}
 */
function optionLine(field, id) {
  return { text: field.options?.find((option) => option.id === id)?.label ?? id };
}

/**
 * @param {Record<string, string>} amounts
 * @param {string} language
 * @returns {Line[]}
 */
function moneyLines({ on, ...amounts }, language) {
  const lines = Object.entries(amounts).map(([currency, amount]) => ({
    text: money(language, currency, amount),
    data: `${currency} ${amount}`,
  }));
  if (!on) return lines;
  return [...lines, { text: text(language, 'rateDate', { date: day(language, on) }), data: on }];
}

/**
 * @param {{start: string, end?: string}} period
 * @param {string} language
 * @returns {Line}
 */
function periodLine({ start, end }, language) {
  const until = end ? day(language, end) : text(language, 'running');
  return { text: `${day(language, start)} – ${until}`, data: `${start} – ${end ?? ''}`.trimEnd() };
}

/**
 * @param {string} label
 * @param {string} value
 * @param {string} language
 */
function labelled(label, value, language) {
  return text(language, 'labelled', { label, value });
}

/**
 * @param {number} answer
 * @param {Text} unit
 * @returns {Text}
 */
function withUnit(answer, unit) {
  return Object.fromEntries(Object.entries(unit).map(([tag, name]) => [tag, `${answer} ${name}`]));
}

/**
 * @param {string} code
 * @returns {Text}
 */
export function countryName(code) {
  return Object.fromEntries(
    languages.map((language) => {
      const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' });
      return [language, names.of(code) ?? code];
    }),
  );
}

/**
 * What an application is about, for a list: its first text.
 *
 * @param {Form} form
 * @param {Record<string, any>} answers
 * @param {string} language
 * @returns {string}
 */
export function subjectOf(form, answers, language) {
  for (const { fields } of form.sections) {
    for (const { id, kind } of fields) {
      const answer = answers[id];
      if ((kind !== 'line' && kind !== 'prose') || answer === undefined) continue;
      return typeof answer === 'string' ? answer : inLanguage(answer, language);
    }
  }
  return '';
}

/**
 * Where a call's people read the clock: the zones of its deadlines.
 *
 * @param {Form} [form]
 * @returns {string[]}
 */
export function zonesOf(form) {
  const zones = new Set(form?.closes.map(({ zone }) => zone));
  return zones.size > 0 ? [...zones] : ['UTC'];
}

/**
 * @param {Text} text
 * @param {string} language
 * @returns {string} Another language's if this one is missing.
 */
export function inLanguage(text, language) {
  return text[language] ?? Object.values(text)[0] ?? '';
}

/**
 * @typedef {object} Column
 * @property {string} title - For people, and in brackets what a program knows it by.
 * @property {(document: {answers: Record<string, any>, consents?: Record<string, any>}) =>
 *   string} valueOf
 */

/**
 * A document as columns of a spreadsheet: one for each language of a text, for each part of
 * a compound answer, for a whole group, and for what is known of each consent.
 *
 * @param {Form} form
 * @param {string} language
 * @returns {Column[]}
 */
export function columnsOf(form, language) {
  const fields = form.sections.flatMap((section) => section.fields).filter(isAnswered);
  return [
    ...fields.flatMap((field) =>
      partsOf(field).map((part) => ({
        title: columnTitle(inLanguage(field.label, language), field.id, ...part),
        valueOf: (/** @type {{answers: Record<string, any>}} */ { answers }) =>
          cellOf(field, part, answers[field.id], language),
      })),
    ),
    ...form.consents.flatMap(({ id, label }) =>
      ['given', 'at', 'version', 'language'].map((part) => ({
        title: columnTitle(inLanguage(label, language), 'consents', id, part),
        valueOf: (/** @type {{consents?: Record<string, any>}} */ { consents }) => {
          const value = consents?.[id]?.[part] ?? '';
          return typeof value === 'boolean' ? text(language, value ? 'yes' : 'no') : value;
        },
      })),
    ),
  ];
}

/**
 * @param {string} label
 * @param {string[]} path
 */
export function columnTitle(label, ...path) {
  return `${label} [${path.join('.')}]`;
}

/**
 * @param {Field} field
 * @returns {string[][]} Paths into the answer; the empty path is all of it.
 */
function partsOf(field) {
  const texts = field.languages?.length ? field.languages.map((language) => [language]) : [[]];
  switch (field.kind) {
    case 'line':
    case 'prose':
      return texts;
    case 'money':
      return [...(field.currencies ?? []), 'on'].map((part) => [part]);
    case 'period':
      return [['start'], ['end']];
    case 'identifier':
      return [['scheme'], ['value']];
    case 'place':
      return [['country'], ...texts.map((path) => ['name', ...path]), ['code']];
    default:
      return [[]];
  }
}

/**
 * @param {Field} field
 * @param {string[]} path
 * @param {any} answer
 * @param {string} language
 * @returns {string}
 */
function cellOf(field, path, answer, language) {
  if (path.length > 0) {
    const value = path.reduce((part, name) => part?.[name], answer);
    return value === undefined || value === null ? '' : String(value);
  }
  const [{ lines, rows }] = entriesOf([field], { [field.id]: answer }, language);
  const say = (/** @type {Line[]} */ list) =>
    list
      .map(({ text, data = text }) =>
        typeof data === 'string' ? data : inLanguage(data, language),
      )
      .join(text(language, 'separator'));
  if (!rows) return say(lines);
  return rows
    .map(({ name, entries }) => {
      const cells = entries
        .filter((entry) => entry.lines.length > 0)
        .map((entry) => labelled(inLanguage(entry.label, language), say(entry.lines), language));
      return `${inLanguage(name, language)}\n${cells.join('\n')}`;
    })
    .join('\n\n');
}

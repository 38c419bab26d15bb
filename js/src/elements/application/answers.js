import { html, nothing } from 'lit-html';

import { countryName, day, money, number, size } from './format.js';
import { computedText } from './fields.js';
import { rowName } from './group-field.js';

/** @import {Attachment, Consent, Field, Section} from './types.js' */
/** @import {Model} from './model.js' */

/** @param {Model} model @param {Field} field @param {any} id */
function optionName(model, field, id) {
  const option = field.options?.find((each) => each.id === id);
  return option ? model.text(option.label) : String(id);
}

/**
 * A text in each language that it has, with the language's name.
 * @param {Model} model @param {Field} field @param {string} key @param {any} answer
 */
function textAnswer(model, field, key, answer) {
  if (typeof answer === 'string') return html`<div class="written">${answer}</div>`;
  return (field.languages ?? Object.keys(answer)).map(
    (language) =>
      html`<div class="written-in">
        <span class="written-language">${model.languageName(language)}</span>
        ${
          answer[language]
            ? html`<div class="written" lang=${language}>${answer[language]}</div>`
            : html`<div class="none">${model.say('ui.unanswered')}</div>`
        }
      </div>`,
  );
}

/** @param {Model} model @param {string[]} texts */
function list(model, texts) {
  return html`<ul class="plain">
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;
}

/**
 * An answer as a person reads it.
 * @param {Model} model @param {Field} field @param {string} key
 * @returns {unknown}
 */
export function answerText(model, field, key) {
  if (field.kind === 'computed') return computedText(model, model.cell(key).value);
  const answer = model.answer(key);
  if (answer === null || answer === undefined) {
    return html`<span class="none">${model.say('ui.unanswered')}</span>`;
  }
  const { language } = model;
  switch (field.kind) {
    case 'line':
    case 'prose':
      return textAnswer(model, field, key, answer);
    case 'choice':
      return optionName(model, field, answer);
    case 'choices':
    case 'taxonomy':
      return list(
        model,
        [].concat(answer).map((id) => optionName(model, field, id)),
      );
    case 'number':
      return html`${typeof answer === 'number' ? number(language, answer) : answer}
      ${model.text(field.unit)}`;
    case 'money': {
      const amounts = (field.currencies ?? []).filter((code) => answer[code]);
      return list(model, [
        ...amounts.map((code) => money(language, code, answer[code])),
        ...(answer.on ? [`${model.say('ui.rate_date')}: ${day(language, answer.on)}`] : []),
      ]);
    }
    case 'date':
    case 'month':
      return day(language, String(answer));
    case 'period': {
      const end = answer.end ? day(language, answer.end) : model.say('ui.running');
      return `${day(language, answer.start ?? '')} – ${end}`;
    }
    case 'yes-no':
      return model.say(field.confirm ? 'ui.confirmed' : answer ? 'ui.yes' : 'ui.no');
    case 'identifier':
      return html`${answer.scheme ? model.say(`scheme.${answer.scheme}`) : nothing}
        <span class="code">${answer.value}</span>`;
    case 'country':
      return countryName(language, answer);
    case 'place':
      return html`${answer.name ? textAnswer(model, field, key, answer.name) : nothing}
      ${answer.country ? countryName(language, answer.country) : nothing}
      ${answer.code ? html`<span class="code">${answer.code}</span>` : nothing}`;
    case 'file':
      return list(
        model,
        answer.map(
          (/** @type {Attachment} */ { name, size: bytes }) => `${name} (${size(language, bytes)})`,
        ),
      );
    default:
      return String(answer);
  }
}

/**
 * One question with its answer.
 * @param {Model} model @param {Field} field @param {string} key
 * @param {((key: string) => void) | undefined} change
 */
function entry(model, field, key, change) {
  const label = model.text(field.label);
  const issues = model.issues(key);
  return html`<div class="entry">
    <dt>${label}</dt>
    <dd>
      ${answerText(model, field, key)}
      ${issues.map(({ severity, text }) => html`<p class="issue ${severity}">${text}</p>`)}
    </dd>
    ${
      change && field.kind !== 'computed'
        ? html`<dd class="change">
            <button type="button" class="link" @click=${() => change(key)}>
              <span aria-hidden="true">${model.say('ui.change')}</span>
              <span class="hidden">${model.say('ui.change_of', { label })}</span>
            </button>
          </dd>`
        : nothing
    }
  </div>`;
}

/**
 * @param {Model} model @param {Field[]} fields @param {(id: string) => string} keyOf
 * @param {((key: string) => void) | undefined} change
 */
function entries(model, fields, keyOf, change) {
  const shown = fields.filter(
    (field) =>
      field.kind !== 'group' &&
      field.kind !== 'note' &&
      field.label &&
      model.cell(keyOf(field.id)).relevant,
  );
  if (!shown.length) return nothing;
  return html`<dl class="entries">
    ${shown.map((field) => entry(model, field, keyOf(field.id), change))}
  </dl>`;
}

/**
 * The answers of a section, in the order of its questions.
 * @param {Model} model @param {Section} section
 * @param {(key: string) => void} [change] Makes a way to each answer.
 */
function sectionAnswers(model, section, change) {
  /** @type {unknown[]} */ const parts = [];
  /** @type {Field[]} */ let run = [];
  const end = () => {
    if (run.length) parts.push(entries(model, run, (id) => id, change));
    run = [];
  };
  for (const field of section.fields) {
    if (field.kind !== 'group') {
      run.push(field);
      continue;
    }
    end();
    if (!model.cell(field.id).relevant) continue;
    const rows = model.cell(field.id).rows ?? [];
    parts.push(
      html`<h4>${model.text(field.label)}</h4>
        ${model
          .issues(field.id)
          .map(({ severity, text }) => html`<p class="issue ${severity}">${text}</p>`)}
        ${rows.length ? nothing : html`<p class="none">${model.say('ui.unanswered')}</p>`}
        ${rows.map(
          (row, at) =>
            html`<div class="entry-row">
              <h5>${rowName(model, field, at + 1)}</h5>
              ${entries(model, field.fields ?? [], (id) => `${field.id}/${row}/${id}`, change)}
            </div>`,
        )}`,
    );
  }
  end();
  return parts;
}

/**
 * All answers: what is checked before handing in, shown with a receipt, printed.
 * @param {Model} model
 * @param {(key: string) => void} [change]
 */
export function allAnswers(model, change) {
  return html`<div class="answers" part="answers">
    ${model.relevantSections().map(
      (section) =>
        html`<section class="answer-section">
          <h3>${model.text(section.title)}</h3>
          ${sectionAnswers(model, section, change)}
        </section>`,
    )}
  </div>`;
}

/** The consents as they stand, for print. @param {Model} model @param {Consent[]} consents */
export function consentAnswers(model, consents) {
  if (!consents.length) return nothing;
  return html`<section class="answer-section">
    <h3>${model.say('ui.consents')}</h3>
    <dl class="entries">
      ${consents.map(
        ({ id, label }) =>
          html`<div class="entry">
            <dt>${model.text(label)}</dt>
            <dd>
              ${model.say(model.cell(`consents/${id}`).answered ? 'ui.given' : 'ui.not_given')}
            </dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

import { html, nothing } from 'lit-html';

import { choiceField, choicesField, yesNoField } from './choice-field.js';
import { fileField } from './file-field.js';
import { number } from './format.js';
import { groupField } from './group-field.js';
import { elementId } from './model.js';
import { issueList, paragraphs } from './shell.js';
import { textField } from './text-field.js';
import {
  addressField,
  countryField,
  dateField,
  identifierField,
  moneyField,
  numberField,
  periodField,
  placeField,
} from './value-fields.js';

/** @import {Field} from './types.js' */
/** @import {Model} from './model.js' */

/** @type {Record<string, (model: Model, field: Field, key: string) => unknown>} */
const RENDERERS = {
  line: textField,
  prose: textField,
  choice: choiceField,
  choices: choicesField,
  taxonomy: choicesField,
  number: numberField,
  money: moneyField,
  date: dateField,
  month: dateField,
  period: periodField,
  'yes-no': yesNoField,
  email: addressField,
  phone: addressField,
  url: addressField,
  identifier: identifierField,
  country: countryField,
  place: placeField,
  file: fileField,
  group: (model, field, key) => groupField(model, field, key, renderField),
  computed: computedField,
  note: noteField,
};

/**
 * A question with its control, or nothing while it does not concern the applicant.
 * @param {Model} model
 * @param {Field} field
 * @param {string} key
 * @returns {unknown}
 */
export function renderField(model, field, key) {
  if (!model.cell(key).relevant) return nothing;
  return RENDERERS[field.kind](model, field, key);
}

/** A computed value in words. @param {Model} model @param {any} value */
export function computedText(model, value) {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return number(model.language, value);
  if (typeof value === 'boolean') return model.say(value ? 'ui.yes' : 'ui.no');
  return String(value);
}

/** @param {Model} model @param {Field} field @param {string} key */
function computedField(model, field, key) {
  if (!field.label) return nothing;
  return html`<div class="field computed" part="field" data-key=${key}>
    <span class="label" id=${elementId(key, 'label')}>${model.text(field.label)}</span>
    <output aria-labelledby=${elementId(key, 'label')}
      >${computedText(model, model.cell(key).value)}</output
    >
    ${field.hint ? html`<div class="hint">${paragraphs(model.text(field.hint))}</div>` : nothing}
    ${issueList(model, model.issues(key), elementId(key, 'issues'))}
  </div>`;
}

/** @param {Model} model @param {Field} field @param {string} key */
function noteField(model, field, key) {
  return html`<div class="note" part="note" data-key=${key}>
    ${field.label ? html`<h4>${model.text(field.label)}</h4>` : nothing}
    ${paragraphs(model.text(field.text))}
  </div>`;
}

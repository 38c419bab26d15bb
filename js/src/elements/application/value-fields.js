import { html, nothing } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { live } from 'lit-html/directives/live.js';

import { select, tick } from './choice-field.js';
import { countries, currencyName, dateOrder, money, number } from './format.js';
import { elementId, wellFormed } from './model.js';
import { describedBy, grouped, isInvalid, labelled } from './shell.js';

/** @import {Field} from './types.js' */
/** @import {Model} from './model.js' */

/** @typedef {{year: string, month: string, day: string}} DateParts */

/** Full-width digits and signs, as input methods type them, to ASCII. @param {string} text */
function fold(text) {
  return text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .trim();
}

/** @param {Event} event */
function typed(event) {
  return wellFormed(/** @type {HTMLInputElement} */ (event.target).value);
}

/**
 * @param {Model} model
 * @param {Field} field
 * @param {string} key
 * @param {object} own
 * @param {string} own.id
 * @param {string} own.value
 * @param {(text: string) => void} own.input
 * @param {string} [own.type]
 * @param {string} [own.inputmode]
 * @param {string} [own.className]
 * @param {string} [own.lang]
 * @param {string} [own.describedBy]
 * @param {boolean} [own.isOptional] Of a box that no missing answer is about.
 */
function input(model, field, key, own) {
  return html`<input
    id=${own.id}
    part="input"
    class=${own.className ?? nothing}
    type=${own.type ?? 'text'}
    inputmode=${own.inputmode ?? nothing}
    lang=${own.lang ?? nothing}
    autocomplete=${field.autocomplete ?? 'off'}
    spellcheck=${own.lang ? nothing : 'false'}
    aria-describedby=${own.describedBy ?? describedBy(field, key)}
    aria-invalid=${own.isOptional ? nothing : isInvalid(model.issues(key))}
    aria-required=${model.cell(key).required && !own.isOptional ? 'true' : nothing}
    .value=${live(own.value)}
    @input=${(/** @type {Event} */ event) => own.input(typed(event))}
  />`;
}

/** E-mail, phone and web address: as typed. @param {Model} model @param {Field} field @param {string} key */
export function addressField(model, field, key) {
  const { kind } = field;
  return labelled(
    model,
    field,
    key,
    input(model, field, key, {
      id: elementId(key),
      // A browser cuts the value of type=email and type=url: text keeps it as typed.
      inputmode: kind === 'phone' ? 'tel' : kind,
      className: kind === 'phone' ? 'medium' : undefined,
      value: model.typed(key, ''),
      input: (text) => model.setText(key, '', text),
    }),
  );
}

/** @param {string} text @returns {number | string | null} A number where it is one, else as typed. */
function asNumber(text) {
  const plain = fold(text).replace(/[\s\u00a0\u202f]/g, '');
  if (plain === '') return null;
  const digits = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replace(/,/g, '') : plain;
  return /^-?\d+(\.\d+)?$/.test(digits) ? Number(digits) : text;
}

/** @param {Model} model @param {Field} field @param {string} key */
export function numberField(model, field, key) {
  const { text } = model.parts(key, (answer) => ({ text: answer == null ? '' : String(answer) }));
  const value = asNumber(text);
  return labelled(
    model,
    field,
    key,
    html`<div class="with-unit">
        ${input(model, field, key, {
          id: elementId(key),
          inputmode: field.decimals ? 'decimal' : 'numeric',
          className: 'medium',
          value: text,
          describedBy: `${describedBy(field, key)} ${elementId(key, 'unit')} ${elementId(key, 'read')}`,
          input: (next) => model.setParts(key, { text: next }, asNumber(next)),
        })}
        <span id=${elementId(key, 'unit')}>${model.text(field.unit)}</span>
      </div>
      <div class="read-back" id=${elementId(key, 'read')}>
        ${
          typeof value === 'number' && Math.abs(value) >= 1e4
            ? `= ${number(model.language, value)}`
            : nothing
        }
      </div>`,
  );
}

/** @param {any} text @returns {DateParts} */
function splitDate(text) {
  const [year = '', month = '', day = ''] = typeof text === 'string' ? text.split('-') : [];
  return { year, month, day };
}

/** @param {DateParts} parts @param {boolean} withDay @returns {string | null} */
function joinDate({ year, month, day }, withDay) {
  const boxes = [year, month, ...(withDay ? [day] : [])].map(fold);
  if (boxes.every((box) => box === '')) return null;
  return boxes.map((box, at) => (at && box.length === 1 ? `0${box}` : box)).join('-');
}

/**
 * Year, month and perhaps day, in the order of the language.
 * @param {Model} model
 * @param {Field} field
 * @param {string} key
 * @param {string} name Part of the ids.
 * @param {DateParts} parts
 * @param {boolean} withDay
 * @param {(parts: DateParts) => void} change
 */
function dateBoxes(model, field, key, name, parts, withDay, change) {
  const order = dateOrder(model.language).filter((part) => withDay || part !== 'day');
  return html`<div class="date">
    ${order.map((part) => {
      const id = elementId(key, `${name}${part}`);
      return html`<div class="date-box ${part}">
        <label for=${id}>${model.say(`ui.${part}`)}</label>
        ${input(model, field, key, {
          id,
          inputmode: 'numeric',
          value: parts[part],
          input: (text) => change({ ...parts, [part]: text }),
        })}
      </div>`;
    })}
  </div>`;
}

/** @param {Model} model @param {Field} field @param {string} key */
export function dateField(model, field, key) {
  const withDay = field.kind === 'date';
  const parts = model.parts(key, splitDate);
  return grouped(
    model,
    field,
    key,
    dateBoxes(model, field, key, '', parts, withDay, (next) =>
      model.setParts(key, next, joinDate(next, withDay)),
    ),
  );
}

/** @param {Model} model @param {Field} field @param {string} key */
export function periodField(model, field, key) {
  const withDay = field.precision === 'date';
  const parts = model.parts(key, (answer) => ({
    start: splitDate(answer?.start),
    end: splitDate(answer?.end),
    running: Boolean(field.open && answer?.start && answer.end === undefined),
  }));
  /** @param {Partial<typeof parts>} next */
  const change = (next) => {
    const all = { ...parts, ...next };
    const start = joinDate(all.start, withDay);
    const end = all.running ? null : joinDate(all.end, withDay);
    /** @type {Record<string, string>} */
    const value = {};
    if (start !== null) value.start = start;
    if (end !== null) value.end = end;
    model.setParts(key, all, start === null && end === null ? null : value);
  };
  /** @param {'start' | 'end'} name */
  const side = (name) =>
    html`<div role="group" class="period-side" aria-labelledby=${elementId(key, `${name}-label`)}>
      <div class="sub-label" id=${elementId(key, `${name}-label`)}>
        ${model.say(`ui.${name}_date`)}
      </div>
      ${dateBoxes(model, field, key, name, parts[name], withDay, (date) => change({ [name]: date }))}
    </div>`;
  return grouped(
    model,
    field,
    key,
    html`<div class="period">${side('start')} ${parts.running ? nothing : side('end')}</div>
      ${
        field.open
          ? tick({
              type: 'checkbox',
              id: elementId(key, 'running'),
              name: elementId(key, 'running'),
              label: model.say('ui.running'),
              checked: parts.running,
              change: (running) => change({ running }),
            })
          : nothing
      }`,
  );
}

/** @param {Model} model @param {Field} field @param {string} key */
export function moneyField(model, field, key) {
  const currencies = field.currencies ?? [];
  const parts = model.parts(key, (answer) => ({
    amounts: /** @type {Record<string, string>} */ (
      Object.fromEntries(currencies.map((code) => [code, String(answer?.[code] ?? '')]))
    ),
    on: splitDate(answer?.on),
  }));
  /** @param {typeof parts} next */
  const change = (next) => {
    /** @type {Record<string, string>} */
    const value = {};
    for (const code of currencies) {
      const amount = fold(next.amounts[code]);
      if (amount) value[code] = amount;
    }
    const on = joinDate(next.on, true);
    if (on !== null) value.on = on;
    model.setParts(key, next, Object.keys(value).length ? value : null);
  };
  const given = currencies.filter((code) => parts.amounts[code]).length;
  return grouped(
    model,
    field,
    key,
    html`<div class="amounts">
        ${currencies.map((code) => {
          const id = elementId(key, code);
          return html`<div class="amount">
            <label class="sub-label" for=${id}
              >${currencyName(model.language, code)} <span class="code">${code}</span></label
            >
            ${input(model, field, key, {
              id,
              inputmode: 'decimal',
              value: parts.amounts[code],
              describedBy: `${describedBy(field, key)} ${id}-read`,
              input: (text) => change({ ...parts, amounts: { ...parts.amounts, [code]: text } }),
            })}
            <div class="read-back" id="${id}-read">
              ${
                Number(fold(parts.amounts[code])) >= 1e4
                  ? `= ${money(model.language, code, fold(parts.amounts[code]))}`
                  : nothing
              }
            </div>
          </div>`;
        })}
      </div>
      ${
        given > 1 || parts.on.year
          ? html`<div role="group" aria-labelledby=${elementId(key, 'on-label')}>
              <div class="sub-label" id=${elementId(key, 'on-label')}>
                ${model.say('ui.rate_date')}
              </div>
              ${dateBoxes(model, field, key, 'on', parts.on, true, (on) => change({ ...parts, on }))}
            </div>`
          : nothing
      }`,
  );
}

/** @param {Model} model @param {Field} field @param {string} key */
export function identifierField(model, field, key) {
  const schemes = field.schemes ?? [];
  const parts = model.parts(key, (answer) => ({
    scheme: String(answer?.scheme ?? (schemes.length === 1 ? schemes[0] : '')),
    value: String(answer?.value ?? ''),
  }));
  /** @param {Partial<typeof parts>} next */
  const change = (next) => {
    const all = { ...parts, ...next };
    model.setParts(key, all, all.value ? { scheme: all.scheme, value: all.value } : null);
  };
  const value = input(model, field, key, {
    id: elementId(key, 'value'),
    className: 'code-input',
    value: parts.value,
    input: (text) => change({ value: text }),
  });
  return grouped(
    model,
    field,
    key,
    html`<div class="amounts">
      ${
        schemes.length > 1
          ? html`<div class="amount">
              <label class="sub-label" for=${elementId(key, 'scheme')}
                >${model.say('ui.scheme')}</label
              >
              ${select(
                model,
                { ...field, autocomplete: undefined },
                key,
                parts.scheme,
                schemes.map((scheme) => [scheme, model.say(`scheme.${scheme}`)]),
                { id: elementId(key, 'scheme'), change: (scheme) => change({ scheme }) },
              )}
            </div>`
          : nothing
      }
      <div class="amount">
        <label class="sub-label" for=${elementId(key, 'value')}
          >${model.say(schemes.length === 1 ? `scheme.${schemes[0]}` : 'ui.number')}</label
        >
        ${value}
      </div>
    </div>`,
  );
}

/**
 * @param {Model} model
 * @param {Field} field
 * @param {string} key
 * @param {string} value
 * @param {{id?: string, change?: (value: string) => void}} [own]
 */
function countrySelect(model, field, key, value, own) {
  const state = [model.language, value, model.issues(key).length, model.cell(key).required, key];
  // Two hundred and fifty options are compared only when something about them changed.
  return guard([...state, own ? model.parts(key, () => null) : null], () =>
    select(model, field, key, value, countries(model.language, model.form.countries ?? []), own),
  );
}

/** @param {Model} model @param {Field} field @param {string} key */
export function countryField(model, field, key) {
  return labelled(model, field, key, countrySelect(model, field, key, model.answer(key) ?? ''));
}

/** @param {Model} model @param {Field} field @param {string} key */
export function placeField(model, field, key) {
  const languages = field.languages?.length ? field.languages : [''];
  const parts = model.parts(key, (answer) => ({
    country: String(answer?.country ?? ''),
    code: String(answer?.code ?? ''),
    name: /** @type {Record<string, string>} */ (
      Object.fromEntries(
        languages.map((tag) => [tag, String((tag ? answer?.name?.[tag] : answer?.name) ?? '')]),
      )
    ),
  }));
  /** @param {Partial<typeof parts>} next */
  const change = (next) => {
    const all = { ...parts, ...next };
    const names = Object.entries(all.name).filter(([, text]) => text);
    /** @type {Record<string, any>} */
    const value = {};
    if (all.country) value.country = all.country;
    if (names.length) value.name = names[0][0] ? Object.fromEntries(names) : names[0][1];
    if (all.code) value.code = all.code;
    model.setParts(key, all, Object.keys(value).length ? value : null);
  };
  const invalid = isInvalid(model.issues(key)) === nothing ? '' : 'invalid';
  return grouped(
    model,
    field,
    key,
    html`<div class="amount">
        <label class="sub-label" for=${elementId(key, 'country')}>${model.say('ui.country')}</label>
        ${countrySelect(model, field, key, parts.country, {
          id: elementId(key, 'country'),
          change: (country) => change({ country }),
        })}
      </div>
      <div class="sheets">
        ${languages.map((tag) => {
          const id = elementId(key, `name-${tag}`);
          return html`<div class="sheet ${invalid}">
            <label class="sheet-name" for=${id}
              >${
                tag
                  ? model.say('ui.place_in', { language: model.languageName(tag) })
                  : model.say('ui.place')
              }</label
            >
            ${input(model, field, key, {
              id,
              lang: tag || undefined,
              value: parts.name[tag],
              input: (text) => change({ name: { ...parts.name, [tag]: text } }),
            })}
          </div>`;
        })}
      </div>
      <div class="amount">
        <label class="sub-label" for=${elementId(key, 'code')}
          >${model.say('ui.place_code')}
          <span class="optional">${model.say('ui.optional')}</span></label
        >
        ${input(model, field, key, {
          id: elementId(key, 'code'),
          className: 'medium',
          isOptional: true,
          value: parts.code,
          input: (text) => change({ code: text }),
        })}
      </div>`,
  );
}

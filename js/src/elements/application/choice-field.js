import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { elementId } from './model.js';
import { describedBy, grouped, isInvalid, labelled } from './shell.js';

/** @import {Field, Option} from './types.js' */
/** @import {Model} from './model.js' */

const MOST_RADIOS = 7;
const SEARCH_FROM = 9;

/**
 * One radio button or check box with its label.
 * @param {object} options
 * @param {'radio' | 'checkbox'} options.type
 * @param {string} options.id
 * @param {string} options.name
 * @param {unknown} options.label
 * @param {string} [options.hint]
 * @param {boolean} options.checked
 * @param {boolean} [options.required]
 * @param {string} [options.describedBy]
 * @param {(checked: boolean) => void} options.change
 */
export function tick({ type, id, name, label, hint, checked, required, describedBy, change }) {
  /** @param {Event} event */
  const changed = (event) => change(/** @type {HTMLInputElement} */ (event.target).checked);
  return html`<div class="tick">
    <input
      type=${type}
      id=${id}
      name=${name}
      .checked=${live(checked)}
      aria-required=${required && type === 'checkbox' ? 'true' : nothing}
      aria-describedby=${[hint ? `${id}-hint` : '', describedBy ?? ''].join(' ').trim() || nothing}
      @change=${changed}
    />
    <label for=${id}>${label}</label>
    ${hint ? html`<div class="tick-hint" id="${id}-hint">${hint}</div>` : nothing}
  </div>`;
}

/** @param {Model} model @param {Field} field @param {string} key */
function clear(model, field, key) {
  const { answered, required } = model.cell(key);
  if (!answered || required) return nothing;
  return html`<button type="button" class="link" @click=${() => model.set(key, null)}>
    ${model.say('ui.clear')}
  </button>`;
}

/** @param {Model} model @param {Field} field @param {string} key */
export function choiceField(model, field, key) {
  const options = field.options ?? [];
  const answer = model.answer(key);
  if (options.length > MOST_RADIOS) {
    return labelled(
      model,
      field,
      key,
      select(
        model,
        field,
        key,
        answer ?? '',
        options.map(({ id, label }) => [id, model.text(label)]),
      ),
    );
  }
  return grouped(
    model,
    field,
    key,
    html`<div class="ticks">
        ${options.map(({ id, label, hint }) =>
          tick({
            type: 'radio',
            id: elementId(key, id),
            name: elementId(key),
            label: model.text(label),
            hint: model.text(hint),
            checked: answer === id,
            change: () => model.set(key, id),
          }),
        )}
      </div>
      ${clear(model, field, key)}`,
  );
}

/**
 * @param {Model} model
 * @param {Field} field
 * @param {string} key
 * @param {string} value
 * @param {[string, string][]} options
 * @param {{id?: string, change?: (value: string) => void, label?: string}} [own]
 */
export function select(model, field, key, value, options, own = {}) {
  const change = own.change ?? ((chosen) => model.set(key, chosen || null));
  // `selected` on the options, not `value` on the select: it holds while they are rendered.
  return html`<select
    id=${own.id ?? elementId(key)}
    part="input"
    aria-label=${own.label ?? nothing}
    aria-describedby=${describedBy(field, key)}
    aria-invalid=${isInvalid(model.issues(key))}
    aria-required=${model.cell(key).required ? 'true' : nothing}
    autocomplete=${field.autocomplete ?? 'off'}
    @change=${(/** @type {Event} */ event) =>
      change(/** @type {HTMLSelectElement} */ (event.target).value)}
  >
    <option value="" .selected=${value === ''}>${model.say('ui.choose')}</option>
    ${options.map(
      ([id, label]) => html`<option value=${id} .selected=${value === id}>${label}</option>`,
    )}
  </select>`;
}

/**
 * @param {Model} model
 * @param {string} key
 * @param {Option} option
 * @param {string[]} chosen
 */
function checkbox(model, key, option, chosen) {
  return tick({
    type: 'checkbox',
    id: elementId(key, option.id.replace(/[^a-z0-9]/gi, '_')),
    name: elementId(key),
    label: model.text(option.label),
    hint: model.text(option.hint),
    checked: chosen.includes(option.id),
    change: (checked) => {
      const rest = chosen.filter((id) => id !== option.id);
      const next = checked ? [...rest, option.id] : rest;
      model.set(key, next.length ? next : null);
    },
  });
}

/** @param {Model} model @param {Field} field @param {string} key */
export function choicesField(model, field, key) {
  /** @type {string[]} */
  const chosen = model.answer(key) ?? [];
  const options = field.options ?? [];
  if (field.kind === 'taxonomy' && options.length >= SEARCH_FROM) {
    return taxonomy(model, field, key, chosen, options);
  }
  return grouped(
    model,
    field,
    key,
    html`<div class="ticks">${options.map((option) => checkbox(model, key, option, chosen))}</div>`,
  );
}

/** @param {Option} option @param {string} wanted */
function matches({ id, label, aliases = {} }, wanted) {
  const texts = [id, ...Object.values(label), ...Object.values(aliases).flat()];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}

/**
 * A list to search, with what was chosen above it.
 * @param {Model} model
 * @param {Field} field
 * @param {string} key
 * @param {string[]} chosen
 * @param {Option[]} options
 */
function taxonomy(model, field, key, chosen, options) {
  /** @type {string} */
  const search = model.view.get(key) ?? '';
  const wanted = search.normalize('NFKC').toLowerCase().trim();
  const found = new Set(
    options.filter((option) => !wanted || matches(option, wanted)).map(({ id }) => id),
  );
  // A term stays with the heading that it belongs to, and a heading with its terms.
  const isParent = new Set(options.map(({ parent }) => parent));
  for (const { id, parent } of options) {
    if (found.has(id) && parent) found.add(parent);
    if (parent && wanted && found.has(parent) && matchesParent(options, parent, wanted))
      found.add(id);
  }
  const shown = options.filter(({ id }) => found.has(id));
  const byId = new Map(options.map((option) => [option.id, option]));
  /** @param {Event} event */
  const input = (event) => {
    model.view.set(key, /** @type {HTMLInputElement} */ (event.target).value);
    if (model.composing) return;
    model.host.changed(false);
    model.host.announce(() => model.say('ui.found', { n: found.size }));
  };
  return grouped(
    model,
    field,
    key,
    html`${
        chosen.length
          ? html`<ul class="chips" aria-label=${model.say('ui.chosen')}>
              ${chosen.map((id) => {
                const name = model.text(byId.get(id)?.label) || id;
                return html`<li>
                  <span>${name}</span
                  ><button
                    type="button"
                    aria-label=${model.say('ui.remove', { name })}
                    @click=${() => {
                      const rest = chosen.filter((each) => each !== id);
                      model.set(key, rest.length ? rest : null);
                    }}
                  >
                    <span aria-hidden="true">×</span>
                  </button>
                </li>`;
              })}
            </ul>`
          : nothing
      }
      <div class="finder">
        <label class="finder-search" for=${elementId(key, 'search')}
          >${model.say('ui.search')}
          <input
            id=${elementId(key, 'search')}
            type="search"
            autocomplete="off"
            .value=${live(search)}
            @input=${input}
        /></label>
        <div class="finder-list" role="group" aria-label=${model.text(field.label)}>
          ${shown.map(
            (option) =>
              html`<div
                class=${option.parent ? 'finder-child' : isParent.has(option.id) ? 'finder-parent' : ''}
              >
                ${checkbox(model, key, option, chosen)}
              </div>`,
          )}
          ${shown.length ? nothing : html`<p class="hint">${model.say('ui.found', { n: 0 })}</p>`}
        </div>
      </div>`,
  );
}

/** @param {Option[]} options @param {string} id @param {string} wanted */
function matchesParent(options, id, wanted) {
  const parent = options.find((option) => option.id === id);
  return parent !== undefined && matches(parent, wanted);
}

/** @param {Model} model @param {Field} field @param {string} key */
export function yesNoField(model, field, key) {
  const answer = model.answer(key);
  if (field.confirm) {
    return grouped(
      model,
      field,
      key,
      tick({
        type: 'checkbox',
        id: elementId(key),
        name: elementId(key),
        label: model.say('ui.confirm'),
        checked: answer === true,
        required: model.cell(key).required,
        describedBy: describedBy(field, key),
        change: (checked) => model.set(key, checked ? true : null),
      }),
      { kind: 'declaration' },
    );
  }
  return grouped(
    model,
    field,
    key,
    html`<div class="ticks row">
        ${[true, false].map((value) =>
          tick({
            type: 'radio',
            id: elementId(key, value ? 'yes' : 'no'),
            name: elementId(key),
            label: model.say(value ? 'ui.yes' : 'ui.no'),
            checked: answer === value,
            change: () => model.set(key, value),
          }),
        )}
      </div>
      ${clear(model, field, key)}`,
  );
}

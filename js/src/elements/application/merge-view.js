import { merge } from './merge.js';

/** @import {Choice, Conflict} from './merge.js' */
/** @import {Model} from './model.js' */

/**
 * What the form's own script lends.
 * @typedef {object} Tools
 * @property {typeof import('lit-html').html} html
 * @property {typeof import('./answers.js').answerText} answerText
 * @property {typeof import('./group-field.js').rowName} rowName
 * @property {typeof import('./choice-field.js').tick} tick
 */

/** Two drafts on their way to be one. */
export class Merging {
  /** @type {Map<string, Choice>} */ choices = new Map();
  #documents;

  /**
   * @param {object} options
   * @param {import('./types.js').Form} options.form
   * @param {string} [options.base]
   * @param {string} options.mine
   * @param {string} options.theirs
   * @param {string} options.name Of the other side.
   * @param {boolean} [options.isForeign] It is another person's.
   * @param {(document: string) => void} options.done
   * @param {() => void} [options.cancel]
   */
  constructor({ base, mine, theirs, ...options }) {
    this.options = options;
    this.#documents = [base ?? '{}', mine, theirs].map((text) => JSON.parse(text));
    this.conflicts = this.#merge().conflicts;
  }

  #merge() {
    const [base, mine, theirs] = this.#documents;
    const { form, isForeign } = this.options;
    return merge(form, base, mine, theirs, { choices: this.choices, isForeign });
  }

  /** What was not chosen yet. */
  get open() {
    return this.conflicts.filter(({ id }) => !this.choices.has(id));
  }

  get document() {
    return JSON.stringify(this.#merge().document);
  }

  /** @param {Choice} choice */
  chooseAll(choice) {
    for (const { id } of this.conflicts) this.choices.set(id, choice);
  }

  /**
   * @param {Tools} tools
   * @param {Model} model
   * @param {boolean} isLocked
   */
  view(tools, model, isLocked) {
    const { html } = tools;
    const { name, cancel, done } = this.options;
    const { host } = model;
    const here = model.say('ui.conflict_mine');
    /** @param {Choice} choice @param {string} side */
    const all = (choice, side) =>
      html`<button
        type="button"
        class="button secondary"
        @click=${() => {
          this.chooseAll(choice);
          host.focus('hz-merge');
          host.changed(false);
        }}
      >
        ${model.say('ui.merge.all', { name: side })}
      </button>`;
    const finish = () => {
      const [first] = this.open;
      if (!first) return done(this.document);
      host.announce(model.say('ui.merge.left'));
      host.focus(tickId(this.conflicts.indexOf(first), 'mine'));
    };
    return html`<div class="view merging">
      <h3 class="view-title" id="hz-view" tabindex="-1">${model.say('ui.merge.title')}</h3>
      <p>${model.say('ui.merge.intro')}</p>
      <fieldset class="questions" ?disabled=${isLocked}>
        <div class="buttons">${all('mine', here)} ${all('theirs', name)}</div>
        ${this.conflicts.map((conflict, at) => this.#question(tools, model, conflict, at))}
        <div class="buttons ends">
          ${
            cancel
              ? html`<button type="button" class="button secondary" @click=${cancel}>
                  ${model.say('ui.back')}
                </button>`
              : ''
          }
          <button type="button" class="button" id="hz-merge" @click=${finish}>
            ${model.say('ui.merge.run')}
          </button>
        </div>
      </fieldset>
    </div>`;
  }

  /** @param {Tools} tools @param {Model} model @param {Conflict} conflict @param {number} at */
  #question(tools, model, conflict, at) {
    const { html, tick } = tools;
    const { id, key, language, field, mine, theirs } = conflict;
    const group = key.includes('/') ? model.field(key.split('/')[0]) : undefined;
    const parts = [
      group && tools.rowName(model, group, conflict.row ?? 1),
      field === group ? '' : field ? model.text(field.label) : key,
      language && model.languageName(language),
    ];
    /** @param {Choice} choice @param {string} label @param {unknown} shown */
    const side = (choice, label, shown) =>
      html`<div class="side-by-side">
        ${tick({
          type: 'radio',
          id: tickId(at, choice),
          name: `hz-merge-${at}`,
          label,
          checked: this.choices.get(id) === choice,
          describedBy: `hz-merge-${at}-${choice}-text`,
          change: () => {
            this.choices.set(id, choice);
            model.host.changed(false);
          },
        })}
        <div class="merge-text" id="hz-merge-${at}-${choice}-text">${shown}</div>
      </div>`;
    const canBoth = field?.kind === 'prose' && mine && theirs;
    return html`<fieldset class="field merge">
      <legend class="label">${parts.filter(Boolean).join(' · ')}</legend>
      <div class="merge-sides">
        ${side('mine', model.say('ui.conflict_mine'), answer(tools, model, conflict, mine))}
        ${side('theirs', this.options.name, answer(tools, model, conflict, theirs))}
      </div>
      ${canBoth ? side('both', model.say('ui.merge.both'), '') : ''}
    </fieldset>`;
  }
}

/** @param {number} at @param {Choice} choice */
function tickId(at, choice) {
  return `hz-merge-${at}-${choice}`;
}

/**
 * One side of a conflict, as a person reads it.
 * @param {Tools} tools @param {Model} model @param {Conflict} conflict @param {any} value
 */
function answer({ html, answerText, rowName }, model, { key, language, field, row }, value) {
  if (value === undefined) {
    const isRow = field?.kind === 'group';
    return html`<span class="none"
      >${
        isRow
          ? model.say('ui.removed', { name: rowName(model, field, row ?? 1) })
          : model.say('ui.unanswered')
      }</span
    >`;
  }
  if (language) return html`<div class="written" lang=${language}>${value}</div>`;
  if (!field) return html`<div class="written">${JSON.stringify(value)}</div>`;
  /** @param {any} each */
  const reading = (each) =>
    /** @type {any} */ ({
      language: model.language,
      say: model.say.bind(model),
      text: model.text.bind(model),
      languageName: model.languageName.bind(model),
      answer: () => each,
    });
  if (field.kind !== 'group') return answerText(reading(value), field, key);
  return html`<dl>
    ${field.fields
      ?.filter(({ id }) => value[id] !== undefined)
      .map(
        (each) =>
          html`<dt class="written-language">${model.text(each.label)}</dt>
            <dd>${answerText(reading(value[each.id]), each, `${key}/${each.id}`)}</dd>`,
      )}
  </dl>`;
}

import { html, nothing } from 'lit-html';

import { elementId } from './model.js';

/** @import {Field, Issue, Text} from './types.js' */
/** @import {Model} from './model.js' */

/** @typedef {unknown} Part What lit renders. */

/**
 * A text of a definition as paragraphs: an empty line starts a new one.
 * @param {string} text
 */
export function paragraphs(text) {
  return text.split(/\n\s*\n/).map((paragraph) => html`<p>${paragraph.trim()}</p>`);
}

/**
 * @param {Model} model
 * @param {Issue[]} issues
 * @param {string} id
 */
export function issueList(model, issues, id) {
  return html`<div class="issues" id=${id}>
    ${issues.map(
      ({ severity, text }) =>
        html`<p class="issue ${severity}" part="issue ${severity}">
          <span class="hidden">${model.say(`ui.${severity}`)} </span>${text}
        </p>`,
    )}
  </div>`;
}

/**
 * What was taken away, and a way to have it back.
 * @param {Model} model
 * @param {string} key
 * @param {string} text
 * @param {() => void} undo
 */
export function undoLine(model, key, text, undo) {
  return html`<div class="undo">
    <span>${text}</span>
    <button type="button" class="link" id=${elementId(key, 'undo')} @click=${undo}>
      ${model.say('ui.undo')}
    </button>
  </div>`;
}

/** @param {Issue[]} issues */
export function isInvalid(issues) {
  return issues.some(({ severity }) => severity === 'error') ? 'true' : nothing;
}

/**
 * The ids that describe a control: its hint and its issues.
 * @param {Field} field
 * @param {string} key
 * @param {string} [language]
 */
export function describedBy(field, key, language) {
  const ids = [elementId(key, 'issues')];
  if (field.hint) ids.unshift(elementId(key, 'hint'));
  if (language !== undefined) ids.push(elementId(key, `issues-${language}`));
  return ids.join(' ');
}

/** @param {Model} model @param {Field} field @param {string} key */
function label(model, field, key) {
  return html`${model.text(field.label)}
  ${
    model.cell(key).required
      ? nothing
      : html`<span class="optional">${model.say('ui.optional')}</span>`
  }`;
}

/** @param {Model} model @param {Field} field @param {string} key */
function guidance(model, field, key) {
  return html`${
    field.hint
      ? html`<div class="hint" id=${elementId(key, 'hint')}>
          ${paragraphs(model.text(field.hint))}
        </div>`
      : nothing
  }
  ${
    field.help
      ? html`<details class="help">
          <summary>${model.say('ui.help')}</summary>
          ${paragraphs(model.text(field.help))}
        </details>`
      : nothing
  }
  ${
    field.example
      ? html`<details class="help">
          <summary>${model.say('ui.example')}</summary>
          ${paragraphs(model.text(field.example))}
        </details>`
      : nothing
  }`;
}

/**
 * Listeners that tell the model when the box is entered and left.
 * @param {Model} model
 * @param {string} box
 */
export function watch(model, box) {
  return {
    enter: () => model.enter(box),
    /** @param {FocusEvent} event */
    leave: (event) => {
      const container = /** @type {Node} */ (event.currentTarget);
      if (!container.contains(/** @type {Node | null} */ (event.relatedTarget))) model.leave(box);
    },
  };
}

/**
 * A question with one control, which its label names.
 * @param {Model} model
 * @param {Field} field
 * @param {string} key
 * @param {Part} control Its id is `elementId(key)`.
 */
export function labelled(model, field, key, control) {
  const { enter, leave } = watch(model, key);
  const issues = model.issues(key);
  return html`<div
    class="field ${isInvalid(issues) === nothing ? '' : 'invalid'}"
    part="field"
    data-key=${key}
    @focusin=${enter}
    @focusout=${leave}
  >
    <label class="label" part="label" for=${elementId(key)}>${label(model, field, key)}</label>
    ${guidance(model, field, key)} ${issueList(model, issues, elementId(key, 'issues'))} ${control}
  </div>`;
}

/**
 * A question with several controls, each with a name of its own.
 * @param {Model} model
 * @param {Field} field
 * @param {string} key
 * @param {Part} controls
 * @param {{issues?: Issue[], box?: string, kind?: string}} [options] `box`: what entering tells
 *   the model; none where the controls tell it themselves.
 */
export function grouped(model, field, key, controls, options = {}) {
  const { enter, leave } = watch(model, key);
  const all = model.issues(key);
  const issues = options.issues ?? all;
  return html`<fieldset
    class="field ${options.kind ?? ''} ${isInvalid(all) === nothing ? '' : 'invalid'}"
    part="field"
    data-key=${key}
    aria-describedby=${describedBy(field, key)}
    @focusin=${options.box === '' ? nothing : enter}
    @focusout=${leave}
  >
    <legend class="label" part="label">${label(model, field, key)}</legend>
    ${guidance(model, field, key)} ${issueList(model, issues, elementId(key, 'issues'))} ${controls}
  </fieldset>`;
}

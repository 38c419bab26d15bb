import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { elementId } from './model.js';
import { describedBy, grouped, isInvalid, issueList, labelled, watch } from './shell.js';

/** @import {Count, Field} from './types.js' */
/** @import {Model} from './model.js' */

const GROWS_BY_ITSELF = Boolean(globalThis.CSS?.supports?.('field-sizing', 'content'));

/** The width and the text for which each is as high as it is. @type {WeakMap<Element, string>} */
const fitted = new WeakMap();

/**
 * Makes text areas as high as their texts, where style sheets cannot.
 * @param {Iterable<HTMLTextAreaElement>} areas
 */
export function grow(areas) {
  if (GROWS_BY_ITSELF) return;
  const boxes = [];
  for (const area of areas) {
    const fit = `${area.clientWidth} ${area.value}`;
    if (fitted.get(area) === fit) continue;
    fitted.set(area, fit);
    const around = /** @type {HTMLElement} */ (area.parentElement);
    boxes.push({ area, around: around.style, held: around.getBoundingClientRect().height });
  }
  // What is around keeps its height meanwhile, or the page would scroll; it stretches nothing.
  for (const { area, around, held } of boxes) {
    around.minHeight = `${held}px`;
    area.style.flexGrow = '0';
    area.style.height = 'auto';
  }
  // All are measured at once: each change before would cost a layout.
  const heights = boxes.map(
    ({ area }) => area.scrollHeight + area.offsetHeight - area.clientHeight,
  );
  boxes.forEach(({ area, around }, at) => {
    around.minHeight = area.style.flexGrow = '';
    area.style.height = `${heights[at]}px`;
  });
}

/** The marks upon a box move with its text. @param {Event} event */
function follow({ target }) {
  const box = /** @type {Element} */ (target);
  const upon = box.nextElementSibling;
  if (upon) upon.scrollTop = box.scrollTop;
}

/**
 * Enter makes no new line; that which confirms a candidate is the input method's.
 * @param {Model} model
 * @param {KeyboardEvent} event
 */
function stay(model, event) {
  const isComposing = model.composing !== '' || event.isComposing || event.keyCode === 229;
  if (event.key === 'Enter' && !isComposing) event.preventDefault();
}

/**
 * @param {Model} model
 * @param {Field} field
 * @param {string} key
 * @param {string} language '' for plain text.
 */
function box(model, field, key, language) {
  // A box of its own is named by the question's label, a sheet's by its own.
  const isSheet = (field.languages ?? []).length > 1;
  const id = isSheet ? elementId(key, language) : elementId(key);
  const issues = model
    .issues(key)
    .filter((issue) => !issue.language || issue.language === language);
  const description = `${describedBy(field, key, isSheet ? language : undefined)} ${elementId(key, `count-${language}`)}`;
  /** @param {Event} event */
  const input = (event) => {
    const element = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (event.target);
    // What is pasted into a line loses its line breaks, as in any input.
    if (field.kind === 'line' && element.value.includes('\n')) {
      const end = element.value.length - (element.selectionEnd ?? 0);
      element.value = element.value.replace(/\s*\n\s*/g, ' ').trim();
      element.setSelectionRange(element.value.length - end, element.value.length - end);
    }
    model.setText(key, language, element.value);
    // Nothing is shown anew, which would do this, before an input method is done.
    if (model.composing && element instanceof HTMLTextAreaElement) grow([element]);
  };
  const value = live(model.typed(key, language));
  const required = model.cell(key).required && field.answer !== 'either' ? 'true' : nothing;
  // On a sheet a line shows whole, however long, but stays one line.
  return field.kind === 'prose' || isSheet
    ? html`<textarea
        id=${id}
        part="input"
        class=${field.kind}
        rows=${field.kind === 'line' ? 1 : 4}
        @keydown=${field.kind === 'line' ? (/** @type {KeyboardEvent} */ e) => stay(model, e) : nothing}
        lang=${language || nothing}
        aria-describedby=${description}
        aria-invalid=${isInvalid(issues)}
        aria-required=${required}
        .value=${value}
        @input=${input}
        @scroll=${follow}
      ></textarea>`
    : html`<input
        id=${id}
        part="input"
        lang=${language || nothing}
        autocomplete=${field.autocomplete ?? 'off'}
        aria-describedby=${description}
        aria-invalid=${isInvalid(issues)}
        aria-required=${required}
        .value=${value}
        @input=${input}
      />`;
}

/**
 * The text once more, unseen upon its box: what of it the other language does not say is
 * underlined. To screen readers the issues say it; of a whole text nothing is.
 * @param {Model} model
 * @param {string} key
 * @param {string} language
 */
function marks(model, key, language) {
  const text = model.typed(key, language);
  /** @type {{from: number, to: number, isHint: boolean}[]} */
  const spans = [];
  for (const { severity, params } of model.issues(key)) {
    for (const span of params?.spans ?? []) {
      const isWhole = span.from === 0 && span.to === text.length;
      if (span.language === language && !isWhole) {
        spans.push({ ...span, isHint: severity === 'hint' });
      }
    }
  }
  // They are places in the text as the core has it.
  if (!spans.length || text.normalize() !== text) return nothing;
  let at = 0;
  const pieces = spans
    .sort((a, b) => a.from - b.from)
    .map(({ from, to, isHint }) => {
      const plain = text.slice(at, from);
      const marked = text.slice(Math.max(at, from), to);
      at = Math.max(at, to);
      return html`${plain}<mark class=${isHint ? 'faint' : ''}>${marked}</mark>`;
    });
  return html`<span class="marks ${model.field(key).kind}" lang=${language} aria-hidden="true"
    >${pieces}${text.slice(at)}</span
  >`;
}

/**
 * @param {Count | undefined} count
 * @param {string} key
 * @param {string} language
 */
function counter(count, key, language) {
  const over = count?.max !== undefined && count.count > count.max;
  return html`<div
    class="count ${over ? 'over' : ''}"
    part="count"
    id=${elementId(key, `count-${language}`)}
  >
    ${count?.text ?? nothing}
  </div>`;
}

/**
 * One language's sheet of a question that is answered in several.
 * @param {Model} model
 * @param {Field} field
 * @param {string} key
 * @param {string} language
 */
function sheet(model, field, key, language) {
  const { enter, leave } = watch(model, `${key}|${language}`);
  const concerned = model
    .issues(key)
    .filter((issue) => !issue.language || issue.language === language);
  const issues = concerned.filter((issue) => issue.language);
  return html`<div
    class="sheet ${isInvalid(concerned) === nothing ? '' : 'invalid'}"
    part="sheet"
    @focusin=${enter}
    @focusout=${leave}
  >
    <label class="sheet-name" for=${elementId(key, language)}
      >${model.languageName(language)}</label
    >
    <div class="paper">${box(model, field, key, language)} ${marks(model, key, language)}</div>
    <div class="sheet-foot">
      ${issueList(model, issues, elementId(key, `issues-${language}`))}
      ${counter(model.cell(key).counts?.[language], key, language)}
    </div>
  </div>`;
}

/** @param {Model} model @param {Field} field @param {string} key */
export function textField(model, field, key) {
  const languages = field.languages ?? [];
  if (languages.length > 1) {
    const issues = model.issues(key).filter((issue) => !issue.language);
    return grouped(
      model,
      field,
      key,
      html`${
          field.answer === 'either' ? html`<p class="hint">${model.say('ui.either')}</p>` : nothing
        }
        <div class="sheets" part="sheets">
          ${languages.map((language) => sheet(model, field, key, language))}
        </div>`,
      { issues, box: '', kind: 'pair' },
    );
  }
  const language = languages[0] ?? '';
  return labelled(
    model,
    field,
    key,
    html`${box(model, field, key, language)}
    ${counter(model.cell(key).counts?.[language], key, language)}`,
  );
}

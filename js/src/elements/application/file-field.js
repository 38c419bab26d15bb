import { html, nothing } from 'lit-html';

import { size } from './format.js';
import { elementId } from './model.js';
import { describedBy, grouped, undoLine } from './shell.js';

/** @import {Attachment, Field} from './types.js' */
/** @import {Model} from './model.js' */

/** @type {Record<string, string>} */
const SUFFIXES = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
};

/** @param {string} type */
function typeName(type) {
  return SUFFIXES[type] ?? type;
}

/** @param {Model} model @param {Field} field */
function limits(model, field) {
  const most = field.max ?? 1;
  const parts = [
    (field.types ?? []).map(typeName).join(', '),
    field.size ? model.say('ui.file_size', { size: size(model.language, field.size) }) : '',
    most > 1 ? model.say('ui.file_count', { n: most }) : '',
  ];
  return parts.filter(Boolean).join(model.say('ui.separator'));
}

/**
 * @param {Model} model
 * @param {Field} field
 * @param {string} key
 * @param {Attachment} file
 * @param {number} at
 */
function item(model, field, key, file, at) {
  const { name, sha256 } = file;
  const lost = model.lost.has(sha256);
  /** @type {Attachment[]} */
  const all = model.answer(key) ?? [];
  const remove = () => {
    const rest = all.filter((_, index) => index !== at);
    model.set(key, rest.length ? rest : null);
    model.view.set(`${key}|removed`, { files: all, name });
    model.host.announce(model.say('ui.file_removed', { name }));
    model.host.focus(elementId(key, 'undo'));
  };
  return html`<li class=${lost ? 'lost' : ''}>
    <bdi class="file-name">${name}</bdi>
    <span class="file-size">${typeName(file.type)} ${size(model.language, file.size)}</span>
    ${lost ? html`<span class="issue warning">${model.say('ui.file_lost')}</span>` : nothing}
    <button type="button" class="link" @click=${remove}>
      <span aria-hidden="true">${model.say('ui.remove_short')}</span>
      <span class="hidden">${model.say('ui.remove', { name })}</span>
    </button>
  </li>`;
}

/** @param {Model} model @param {Field} field @param {string} key */
export function fileField(model, field, key) {
  /** @type {Attachment[]} */
  const files = model.answer(key) ?? [];
  const busy = model.view.get(`${key}|busy`);
  const failed = model.view.get(`${key}|failed`);
  const removed = model.view.get(`${key}|removed`);
  const isOne = (field.max ?? 1) === 1;
  const id = elementId(key);
  /** @param {Event} event */
  const picked = (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const list = [...(input.files ?? [])];
    // Emptied, so that the same file can be picked again after it was removed.
    input.value = '';
    if (list.length) model.host.addFiles(key, list);
  };
  /** @param {DragEvent} event */
  const over = (event) => {
    event.preventDefault();
    /** @type {Element} */ (event.currentTarget).classList.toggle(
      'over',
      event.type === 'dragover',
    );
  };
  /** @param {DragEvent} event */
  const drop = (event) => {
    over(event);
    const list = [...(event.dataTransfer?.files ?? [])];
    if (list.length) model.host.addFiles(key, list);
  };
  return grouped(
    model,
    field,
    key,
    html`${
        files.length
          ? html`<ul class="files">
              ${files.map((file, at) => item(model, field, key, file, at))}
            </ul>`
          : nothing
      }
      ${
        removed
          ? undoLine(model, key, model.say('ui.file_removed', { name: removed.name }), () => {
              model.view.delete(`${key}|removed`);
              model.set(key, removed.files);
              model.host.announce(model.say('ui.file_added', { name: removed.name }));
              model.host.focus(id);
            })
          : nothing
      }
      <div class="drop" part="drop" @dragover=${over} @dragleave=${over} @drop=${drop}>
        <label class="button secondary" for=${id}
          >${model.say(isOne ? 'ui.pick_file' : 'ui.pick_files')}</label
        >
        <input
          id=${id}
          class="hidden"
          type="file"
          ?multiple=${!isOne}
          accept=${(field.types ?? []).join(',')}
          aria-describedby="${describedBy(field, key)} ${elementId(key, 'limits')}"
          @change=${picked}
        />
        <span class="drop-text">${model.say(isOne ? 'ui.drop_file' : 'ui.drop_files')}</span>
        <span class="hint" id=${elementId(key, 'limits')}>${limits(model, field)}</span>
        ${busy ? html`<span class="hint">${model.say('ui.reading', { name: busy })}</span>` : nothing}
        ${
          failed
            ? html`<span class="issue error"
                >${model.say('ui.file_unread', { name: failed })}</span
              >`
            : nothing
        }
      </div>`,
  );
}

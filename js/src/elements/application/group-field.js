import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

import { elementId } from './model.js';
import { describedBy, issueList, paragraphs, undoLine, watch } from './shell.js';

/** @import {Field} from './types.js' */
/** @import {Model} from './model.js' */

/** The name of a row: "Partner 2". @param {Model} model @param {Field} group @param {number} number */
export function rowName(model, group, number) {
  return model.say('ui.row', { name: model.text(group.row) || model.text(group.label), n: number });
}

/**
 * What the applicant called it: the first text in a row.
 * @param {Model} model @param {Field} group @param {string} key
 */
function rowTitle(model, group, key) {
  const field = group.fields?.find(({ kind }) => kind === 'line');
  if (!field) return nothing;
  const languages = field.languages?.length ? field.languages : [''];
  const preferred = languages.includes(model.language) ? [model.language, ...languages] : languages;
  for (const language of preferred) {
    const text = model.typed(`${key}/${field.id}`, language);
    if (text) return html`<span class="row-title" lang=${language || nothing}>${text}</span>`;
  }
  return nothing;
}

/**
 * @param {Model} model
 * @param {Field} group
 * @param {string} key Of the group.
 * @param {(model: Model, field: Field, key: string) => unknown} renderField
 */
export function groupField(model, group, key, renderField) {
  const rows = model.cell(key).rows ?? [];
  const { leave } = watch(model, key);
  const undone = model.undo.get(key);
  const issues = model.issues(key);

  /** @param {string} rowKey @param {number} at @param {number} to */
  const move = (rowKey, at, to) => {
    model.moveRow(rowKey, to);
    model.host.announce(model.say('ui.moved', { name: rowName(model, group, at + 1), n: to + 1 }));
    // At the end of the list the pressed button goes: its twin takes the focus.
    const twin = to > at ? (to === rows.length - 1 ? 'up' : 'down') : to === 0 ? 'down' : 'up';
    model.host.focus(elementId(rowKey, twin));
  };

  return html`<fieldset
    class="field group"
    part="field"
    data-key=${key}
    aria-describedby=${describedBy(group, key)}
    @focusout=${leave}
  >
    <legend class="label" part="label">
      ${model.text(group.label)}
      ${
        model.cell(key).required || group.min
          ? nothing
          : html`<span class="optional">${model.say('ui.optional')}</span>`
      }
    </legend>
    ${
      group.hint
        ? html`<div class="hint" id=${elementId(key, 'hint')}>
            ${paragraphs(model.text(group.hint))}
          </div>`
        : nothing
    }
    ${
      group.help
        ? html`<details class="help">
            <summary>${model.say('ui.help')}</summary>
            ${paragraphs(model.text(group.help))}
          </details>`
        : nothing
    }
    ${issueList(model, issues, elementId(key, 'issues'))}
    ${repeat(
      rows,
      (row) => row,
      (row, at) => {
        const rowKey = `${key}/${row}`;
        const name = rowName(model, group, at + 1);
        return html`<div
          class="row-card"
          part="row"
          role="group"
          aria-label=${name}
          data-key=${rowKey}
        >
          <div class="row-head">
            <h4>${name} ${rowTitle(model, group, rowKey)}</h4>
            <div class="row-tools">
              ${
                at > 0
                  ? html`<button
                      type="button"
                      class="link"
                      id=${elementId(rowKey, 'up')}
                      aria-label=${model.say('ui.move_up', { name })}
                      @click=${() => move(rowKey, at, at - 1)}
                    >
                      <span aria-hidden="true">↑</span>
                    </button>`
                  : nothing
              }
              ${
                at < rows.length - 1
                  ? html`<button
                      type="button"
                      class="link"
                      id=${elementId(rowKey, 'down')}
                      aria-label=${model.say('ui.move_down', { name })}
                      @click=${() => move(rowKey, at, at + 1)}
                    >
                      <span aria-hidden="true">↓</span>
                    </button>`
                  : nothing
              }
              <button
                type="button"
                class="link"
                aria-label=${model.say('ui.remove', { name })}
                @click=${() => {
                  model.removeRow(rowKey, at + 1);
                  model.host.announce(model.say('ui.removed', { name }));
                  model.host.focus(elementId(key, 'undo'));
                }}
              >
                ${model.say('ui.remove_short')}
              </button>
            </div>
          </div>
          ${issueList(model, model.issues(rowKey), elementId(rowKey, 'issues'))}
          ${(group.fields ?? []).map((field) => renderField(model, field, `${rowKey}/${field.id}`))}
        </div>`;
      },
    )}
    ${
      undone
        ? undoLine(
            model,
            key,
            model.say('ui.removed', { name: rowName(model, group, undone.number) }),
            () => {
              model.restoreRow(key);
              model.host.announce(
                model.say('ui.restored', { name: rowName(model, group, undone.number) }),
              );
              model.host.focus(elementId(key, 'add'));
            },
          )
        : nothing
    }
    <button
      type="button"
      class="button secondary"
      id=${elementId(key, 'add')}
      ?disabled=${group.max !== undefined && rows.length >= group.max}
      @click=${() => model.host.focusKey(model.addRow(key))}
    >
      ${model.say('ui.add', { name: model.text(group.row) || model.text(group.label) })}
    </button>
  </fieldset>`;
}

import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { allAnswers, consentAnswers } from './answers.js';
import { tick } from './choice-field.js';
import { renderField } from './fields.js';
import { clock, moment, size } from './format.js';
import { elementId, steps } from './model.js';
import { issueList, paragraphs, watch } from './shell.js';
import { deadlines, eligibility, taskList } from './task-list.js';

/** @import {Consent, Issue} from './types.js' */
/** @import {Model} from './model.js' */
/** @import {Saver} from './saver.js' */

/**
 * What the views ask of the element.
 * @typedef {object} Actions
 * @property {(place: string) => void} go
 * @property {(key: string, language?: string) => void} change Goes to a question.
 * @property {(off: boolean) => void} setShared
 * @property {() => void} saveFile
 * @property {() => void} openVault
 * @property {() => void} copyDraft
 * @property {(file: File, isMerge?: boolean) => void} loadFile
 * @property {() => void} discard
 * @property {(pointer: string) => void} drop Takes away what the call does not ask for.
 * @property {() => void} send
 * @property {() => void} retry
 * @property {() => void} edit
 * @property {() => void} saveReceipt
 * @property {() => void} copyReceipt
 * @property {() => void} again
 * @property {boolean} isLocked Another tab works on the draft: it can only be read.
 */

/** How to reach the people of the call. @param {Model} model */
export function contact(model) {
  const { name, email, url } = model.form.contact;
  return html`<p class="contact" part="contact">
    ${model.say('ui.contact')}${model.text(name)}
    <a href="mailto:${email}">${email}</a> ${url ? html`<a href=${url}>${url}</a>` : nothing}
  </p>`;
}

/**
 * Whether what was typed is safe, in a sentence.
 * @param {Model} model @param {Saver} saver
 */
export function saveState(model, saver) {
  const { state } = saver;
  /** @type {Record<string, () => string>} */
  const texts = {
    saving: () => model.say('ui.saving'),
    saved: () => model.say('ui.saved', { at: clock(model.language, saver.at) }),
    failed: () => model.say(`ui.not_saved_${saver.reason}`),
    conflict: () => model.say('ui.not_saved_conflict'),
    off: () => model.say('ui.saved_off'),
  };
  const text = texts[state]?.() ?? '';
  return html`<span class="save-state ${state}" part="save-state">${text}</span>`;
}

/** @param {Model} model @param {Saver} saver @param {Actions} actions */
function draftPanel(model, saver, actions) {
  /** @param {string} id @param {string} code @param {boolean} isMerge */
  const picker = (id, code, isMerge) => {
    /** @param {Event} event */
    const picked = (event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      const file = input.files?.[0];
      input.value = '';
      if (file) actions.loadFile(file, isMerge);
    };
    return html`<input
        id=${id}
        class="hidden"
        type="file"
        accept=".json,application/json"
        ?disabled=${actions.isLocked}
        @change=${picked}
      />
      <label class="button secondary" for=${id}>${model.say(code)}</label>`;
  };
  return html`<section class="panel" part="draft">
    <h3>${model.say('ui.draft')}</h3>
    <p>${model.say(saver.state === 'off' ? 'ui.draft_off' : 'ui.draft_kept')}</p>
    <fieldset ?disabled=${actions.isLocked}>
      ${tick({
        type: 'checkbox',
        id: 'hz-shared',
        name: 'hz-shared',
        label: model.say('ui.shared'),
        hint: model.say('ui.shared_hint'),
        checked: saver.state === 'off',
        change: actions.setShared,
      })}
    </fieldset>
    <div class="buttons">
      <button type="button" class="button secondary" @click=${actions.saveFile}>
        ${model.say('ui.draft_save')}
      </button>
      <button type="button" class="button secondary" @click=${actions.copyDraft}>
        ${model.say('ui.draft_copy')}
      </button>
      ${picker('hz-load', 'ui.draft_load', false)} ${picker('hz-load-merge', 'ui.merge_file', true)}
      ${
        // Web Crypto is there where a page came safely.
        globalThis.crypto?.subtle
          ? html`<button
              type="button"
              class="button secondary"
              id="hz-vault"
              @click=${actions.openVault}
            >
              ${model.say('ui.vault')}
            </button>`
          : nothing
      }
      <button
        type="button"
        class="button quiet"
        id="hz-discard"
        ?disabled=${actions.isLocked}
        @click=${actions.discard}
      >
        ${model.say('ui.discard')}
      </button>
    </div>
    <p class="hint">${model.say('ui.draft_without_files')}</p>
  </section>`;
}

/** @param {Model} model @param {Saver} saver @param {Actions} actions @param {string} last Where one was. */
export function startView(model, saver, actions, last) {
  const sections = model.relevantSections().map(({ id }) => ({ id, ...model.sections.get(id) }));
  const isBegun = sections.some(({ state }) => state !== 'empty');
  const next = sections.find(({ state }) => state !== 'complete')?.id ?? 'check';
  return html`<div class="view start">
    ${model.form.intro ? html`<div class="intro">${paragraphs(model.text(model.form.intro))}</div>` : nothing}
    ${deadlines(model)}
    <h3 id="hz-tasks">${model.say('ui.tasks')}</h3>
    <p class="hint">${model.say('ui.required_unless')}</p>
    <nav aria-labelledby="hz-tasks">${taskList(model, '', actions.go, true)}</nav>
    <div class="buttons">
      <button type="button" class="button" @click=${() => actions.go(last || next)}>
        ${model.say(last || isBegun ? 'ui.continue' : 'ui.start')}
      </button>
    </div>
    ${eligibility(model, actions.change)} ${draftPanel(model, saver, actions)} ${contact(model)}
  </div>`;
}

/** @param {Model} model @param {string} id @param {Actions} actions */
export function sectionView(model, id, actions) {
  const sections = model.relevantSections();
  const at = sections.findIndex((section) => section.id === id);
  const section = sections[at];
  if (!section) return nothing;
  const next = sections[at + 1]?.id ?? 'check';
  const back = sections[at - 1]?.id ?? '';
  return html`<div class="view section">
    <p class="step">${model.say('ui.step', { n: at + 1, of: sections.length })}</p>
    <h3 class="view-title" id="hz-view" tabindex="-1">${model.text(section.title)}</h3>
    ${section.intro ? html`<div class="intro">${paragraphs(model.text(section.intro))}</div>` : nothing}
    <fieldset class="questions" ?disabled=${actions.isLocked}>
      ${section.fields.map((field) => renderField(model, field, field.id))}
    </fieldset>
    <div class="buttons ends">
      <button type="button" class="button secondary" @click=${() => actions.go(back)}>
        ${model.say('ui.back')}
      </button>
      <button type="button" class="button" @click=${() => actions.go(next)}>
        ${model.say('ui.next')}
      </button>
    </div>
  </div>`;
}

/** @param {Model} model @param {Consent} consent */
function consentBox(model, { id, version, label, text, required }) {
  const key = `consents/${id}`;
  const cell = model.cell(key);
  const { enter, leave } = watch(model, key);
  return html`<div
    class="consent"
    part="consent"
    data-key=${key}
    @focusin=${enter}
    @focusout=${leave}
  >
    ${
      text
        ? html`<details class="help" open>
            <summary>${model.say('ui.consent_text', { version })}</summary>
            <div class="consent-text" tabindex="0" role="group" aria-label=${model.text(label)}>
              ${paragraphs(model.text(text))}
            </div>
          </details>`
        : nothing
    }
    ${issueList(model, model.issues(key), elementId(key, 'issues'))}
    ${tick({
      type: 'checkbox',
      id: elementId(key),
      name: elementId(key),
      label: html`${model.text(label)}
      ${
        required === false || !cell.required
          ? html`<span class="optional">${model.say('ui.optional')}</span>`
          : nothing
      }`,
      checked: cell.answered,
      required: cell.required,
      describedBy: elementId(key, 'issues'),
      change: (given) => model.consent(id, given),
    })}
  </div>`;
}

/**
 * @param {Model} model
 * @param {Actions} actions
 * @param {{warnings: Issue[], confirmed: boolean, confirm: (confirmed: boolean) => void}} state
 */
export function checkView(model, actions, { warnings, confirmed, confirm }) {
  const { consents = [] } = model.form;
  return html`<div class="view check">
    <h3 class="view-title" id="hz-view" tabindex="-1">${model.say('ui.check_title')}</h3>
    <p>${model.say('ui.check_intro')}</p>
    ${eligibility(model, actions.change)} ${allAnswers(model, actions.change)}
    ${
      consents.length
        ? html`<section class="consents">
            <h3>${model.say('ui.consents')}</h3>
            <fieldset class="questions" ?disabled=${actions.isLocked}>
              ${consents.map((consent) => consentBox(model, consent))}
            </fieldset>
          </section>`
        : nothing
    }
    ${deadlines(model)} ${leftBehind(model, actions)}
    ${
      warnings.length
        ? html`<section
            class="summary warning"
            id="hz-warnings"
            tabindex="-1"
            aria-labelledby="hz-warnings-title"
          >
            <h3 id="hz-warnings-title">${model.say('ui.warnings')}</h3>
            ${summaryList(model, warnings, actions)}
            <fieldset ?disabled=${actions.isLocked}>
              ${tick({
                type: 'checkbox',
                id: 'hz-confirm',
                name: 'hz-confirm',
                label: model.say('ui.warnings_confirm'),
                checked: confirmed,
                change: confirm,
              })}
            </fieldset>
          </section>`
        : nothing
    }
    <div class="buttons ends">
      <button
        type="button"
        class="button secondary"
        @click=${() => actions.go(model.relevantSections().slice(-1)[0]?.id ?? '')}
      >
        ${model.say('ui.back')}
      </button>
      <button
        type="button"
        class="button"
        id="hz-send"
        ?disabled=${actions.isLocked}
        @click=${actions.send}
      >
        ${model.say('ui.hand_in')}
      </button>
    </div>
  </div>`;
}

/** What older answers hold beside the questions. @param {Model} model @param {Actions} actions */
function leftBehind(model, actions) {
  const left = model.session.left().filter(({ code }) => code === 'document.unknown');
  if (!left.length) return nothing;
  const document = JSON.parse(model.session.document());
  return html`<section class="left-behind">
    <h3>${model.say('ui.left')}</h3>
    <p>${model.say('ui.left_intro')}</p>
    <dl class="answers">
      ${left.map(({ pointer, text }) => {
        const value = steps(pointer).reduce((at, step) => at?.[step], document);
        return html`<div>
          <dt>${text}</dt>
          <dd>
            <p class="written">${typeof value === 'string' ? value : JSON.stringify(value)}</p>
            <button
              type="button"
              class="link"
              ?disabled=${actions.isLocked}
              @click=${() => actions.drop(pointer)}
            >
              ${model.say('ui.drop')}
            </button>
          </dd>
        </div>`;
      })}
    </dl>
  </section>`;
}

/** @param {Model} model @param {Issue[]} issues @param {Actions} actions */
function summaryList(model, issues, actions) {
  return html`<ul>
    ${issues.map(({ key: own, language, text, rule }) => {
      const gate = model.eligibility.find(({ id }) => id === rule);
      const key = own ?? gate?.keys[0] ?? '';
      const canGo = model.cells.has(key) || model.fields.has(key);
      return html`<li>
        ${
          canGo
            ? html`<a
                href="#${elementId(key)}"
                @click=${(/** @type {Event} */ event) => {
                  event.preventDefault();
                  actions.change(key, language);
                }}
                >${text}</a
              >`
            : text
        }
      </li>`;
    })}
  </ul>`;
}

/**
 * What keeps the application from being handed in; takes the focus.
 * @param {Model} model @param {Issue[]} issues @param {Actions} actions
 */
export function errorSummary(model, issues, actions) {
  if (!issues.length) return nothing;
  return html`<section
    class="summary error"
    part="error-summary"
    id="hz-summary"
    tabindex="-1"
    role="alert"
    aria-labelledby="hz-summary-title"
  >
    <h3 id="hz-summary-title">${model.say('ui.errors', { n: issues.length })}</h3>
    ${summaryList(model, issues, actions)}
  </section>`;
}

/** @param {Model} model @param {number} share */
export function sendingView(model, share) {
  return html`<div class="view sending">
    <h3 class="view-title" id="hz-view" tabindex="-1">${model.say('ui.sending')}</h3>
    <p>${model.say('ui.sending_stay')}</p>
    <progress max="1" .value=${live(share)} aria-label=${model.say('ui.sending')}></progress>
  </div>`;
}

/**
 * It was sent, and no answer came that says that it is stored.
 * @param {Model} model
 * @param {{sending: import('./sending.js').Sending, saver: Saver}} desk
 * @param {Actions} actions
 */
export function pendingView(model, { sending, saver }, actions) {
  const { reason, retryAfter, outgoing, missing, nextAt } = sending;
  const next = navigator.onLine
    ? model.say('ui.pending_next', { at: clock(model.language, nextAt) })
    : model.say('ui.pending_offline');
  return html`<div class="view pending">
    <section class="summary error" role="alert">
      <h3 class="view-title" id="hz-view" tabindex="-1">${model.say('ui.pending')}</h3>
      <p>
        ${
          reason === 'busy' && retryAfter
            ? model.say('ui.failed_busy_for', { n: retryAfter })
            : model.say(`ui.failed_${reason}`)
        }
      </p>
      ${
        missing.length
          ? html`<p>${model.say('ui.pending_files')}</p>
              <ul>
                ${missing.map((name) => html`<li>${name}</li>`)}
              </ul>`
          : nothing
      }
    </section>
    ${nextAt ? html`<p>${next}</p>` : nothing}
    <p>${model.say(saver.state === 'off' ? 'ui.pending_off' : 'ui.pending_kept')}</p>
    <div class="buttons">
      <button
        type="button"
        class="button"
        id="hz-retry"
        ?disabled=${missing.length > 0 || sending.isRunning || actions.isLocked}
        @click=${actions.retry}
      >
        ${model.say('ui.retry')}
      </button>
      <button
        type="button"
        class="button secondary"
        ?disabled=${actions.isLocked}
        @click=${actions.edit}
      >
        ${model.say('ui.edit')}
      </button>
      <button type="button" class="button secondary" @click=${actions.saveFile}>
        ${model.say('ui.draft_save')}
      </button>
    </div>
    ${sending.isWorthRetrying ? html`<p class="hint">${model.say('ui.pending_edit')}</p>` : nothing}
    <dl class="receipt-facts">
      <div>
        <dt>${model.say('ui.digest')}</dt>
        <dd class="digest">${outgoing?.receipt}</dd>
      </div>
    </dl>
    ${contact(model)}
  </div>`;
}

/**
 * @param {Model} model
 * @param {import('../../draft-store.js').Receipt} receipt
 * @param {Actions} actions
 */
export function receiptView(model, receipt, actions) {
  const files = model.attachments();
  return html`<div class="view done">
    <section class="summary done">
      <h3 class="view-title" id="hz-view" tabindex="-1">${model.say('ui.done')}</h3>
      <p>${model.say('ui.done_intro')}</p>
      <dl class="receipt-facts" part="receipt">
        <div>
          <dt>${model.say('ui.call')}</dt>
          <dd>${model.text(model.form.title)}</dd>
        </div>
        <div>
          <dt>${model.say('ui.number_of_application')}</dt>
          <dd class="code">${receipt.id}</dd>
        </div>
        <div>
          <dt>${model.say('ui.received')}</dt>
          <dd>${moment(model.language, Date.parse(receipt.received))}</dd>
        </div>
        <div>
          <dt>${model.say('ui.digest')}</dt>
          <dd class="digest">${receipt.receipt}</dd>
        </div>
        ${
          files.length
            ? html`<div>
                <dt>${model.say('ui.files')}</dt>
                <dd>
                  <ul class="plain">
                    ${files.map((file) => html`<li>${file.name} (${size(model.language, file.size)})</li>`)}
                  </ul>
                </dd>
              </div>`
            : nothing
        }
      </dl>
    </section>
    <div class="buttons">
      <button type="button" class="button" @click=${actions.saveReceipt}>
        ${model.say('ui.receipt_save')}
      </button>
      <button type="button" class="button secondary" @click=${actions.copyReceipt}>
        ${model.say('ui.receipt_copy')}
      </button>
      <button type="button" class="button secondary" @click=${() => globalThis.print()}>
        ${model.say('ui.print')}
      </button>
    </div>
    <p class="hint">${model.say('ui.receipt_hint')}</p>
    ${contact(model)}
    <details class="help">
      <summary>${model.say('ui.handed_in')}</summary>
      ${allAnswers(model)} ${consentAnswers(model, model.form.consents ?? [])}
    </details>
    <div class="buttons">
      <button
        type="button"
        class="button quiet"
        ?disabled=${actions.isLocked}
        @click=${actions.again}
      >
        ${model.say('ui.again')}
      </button>
    </div>
  </div>`;
}

/** All that was answered, on paper. @param {Model} model */
export function printView(model) {
  return html`<div class="print">
    <h2>${model.text(model.form.title)}</h2>
    ${allAnswers(model)} ${consentAnswers(model, model.form.consents ?? [])} ${contact(model)}
  </div>`;
}

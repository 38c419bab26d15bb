import { html, nothing } from 'lit-html';

import { moment, ownZone } from './format.js';

/** @import {Gate} from './types.js' */
/** @import {Model} from './model.js' */

const ZONE_NAMES = /** @type {const} */ ({
  pass: 'ui.gate_pass',
  fail: 'ui.gate_fail',
  unknown: 'ui.gate_unknown',
});
const SIGNS = { pass: '✓', fail: '✕', unknown: '?' };

/**
 * How far a section is, in each language that has its own answers.
 * @param {Model} model @param {string} id
 */
export function progress(model, id) {
  const section = model.sections.get(id);
  if (!section) return nothing;
  const languages = Object.entries(section.languages ?? {}).filter(([, { of }]) => of > 0);
  return html`<span class="task-progress">
    <span class="state ${section.state}">${model.say(`ui.state_${section.state}`)}</span>
    ${
      section.required
        ? html`<span
            >${model.say('ui.progress', { n: section.answered, of: section.required })}</span
          >`
        : nothing
    }
    ${
      languages.length > 1
        ? languages.map(
            ([tag, { answered, of }]) =>
              html`<span class="task-language ${answered === of ? 'full' : ''}"
                >${model.languageName(tag)} ${answered}/${of}</span
              >`,
          )
        : nothing
    }
  </span>`;
}

/**
 * The way through the form: all sections, then the check.
 * @param {Model} model
 * @param {string} place Where one is: a section's id, `check`, or ''.
 * @param {(place: string) => void} go
 * @param {boolean} withProgress
 */
export function taskList(model, place, go, withProgress) {
  /** @param {string} id @param {string} name @param {unknown} state */
  const step = (id, name, state) =>
    html`<li class=${place === id ? 'here' : ''}>
      <button type="button" aria-current=${place === id ? 'step' : nothing} @click=${() => go(id)}>
        <span class="task-name">${name}</span>
        ${state}
      </button>
    </li>`;
  return html`<ol class="tasks" part="tasks">
    ${withProgress ? nothing : step('', model.say('ui.overview'), nothing)}
    ${model
      .relevantSections()
      .map(({ id, title }) =>
        step(
          id,
          model.text(title),
          withProgress
            ? progress(model, id)
            : html`<span class="dot ${model.sections.get(id)?.state}"
                ><span class="hidden"
                  >${model.say(`ui.state_${model.sections.get(id)?.state ?? 'empty'}`)}</span
                ></span
              >`,
        ),
      )}
    ${step('check', model.say('ui.check_title'), nothing)}
  </ol>`;
}

/**
 * Who may apply, as far as the answers tell.
 * @param {Model} model @param {(key: string) => void} change
 */
export function eligibility(model, change) {
  if (!model.eligibility.length) return nothing;
  /** @param {Gate} gate */
  const gateItem = ({ state, label, reason, keys }) =>
    html`<li class="gate ${state}">
      <span class="gate-sign" aria-hidden="true">${SIGNS[state]}</span>
      <div>
        <strong>${label}</strong> <span class="gate-state">${model.say(ZONE_NAMES[state])}</span>
        ${state === 'fail' && reason ? html`<p>${reason}</p>` : nothing}
        ${
          state === 'pass'
            ? nothing
            : html`<p class="gate-links">
                ${model.say('ui.depends')}
                ${keys.map(
                  (key) =>
                    html`<button type="button" class="link" @click=${() => change(key)}>
                      ${model.text(model.field(key)?.label)}
                    </button> `,
                )}
              </p>`
        }
      </div>
    </li>`;
  return html`<section class="panel" part="eligibility">
    <h3>${model.say('ui.eligibility')}</h3>
    <ul class="gates">
      ${model.eligibility.map(gateItem)}
    </ul>
  </section>`;
}

/** When the call opens and closes: at each side, and where the visitor is. @param {Model} model */
export function deadlines(model) {
  const { closes = [], opens } = model.form;
  const { language } = model;
  if (!closes.length && opens === undefined) return nothing;
  const zones = closes.map(({ zone }) => zone);
  const own = ownZone();
  const mine = model.deadline.closes ?? closes[0]?.at;
  return html`<section class="panel" part="deadline">
    <h3>
      ${model.say(`ui.deadline_${model.deadline.state === 'none' ? 'open' : model.deadline.state}`)}
    </h3>
    <dl class="deadlines">
      ${
        model.deadline.state === 'early' && opens !== undefined
          ? html`<div>
              <dt>${model.say('ui.opens')}</dt>
              <dd>${moment(language, opens)}</dd>
            </div>`
          : nothing
      }
      ${closes.map(
        ({ at, zone, label }) =>
          html`<div>
            <dt>${model.text(label)}</dt>
            <dd>${moment(language, at, zone)}</dd>
          </div>`,
      )}
      ${
        mine !== undefined && !zones.includes(own)
          ? html`<div>
              <dt>${model.say('ui.own_zone')}</dt>
              <dd>${moment(language, mine)}</dd>
            </div>`
          : nothing
      }
    </dl>
  </section>`;
}

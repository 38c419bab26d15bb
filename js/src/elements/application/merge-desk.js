// What is done with several drafts. Loaded when there are several, and not before: the form is
// smaller without it. What the form has anyway is given to it.
import { copyKey } from '../../draft-store.js';
import { moment } from './format.js';
import { Merging } from './merge-view.js';
export { messages } from './merge-messages.js';

/** @import {Desk} from './desk.js' */
/** @import {Model} from './model.js' */
/** @import {Tools} from './merge-view.js' */

/**
 * The draft that is merged into the one shown.
 * @typedef {object} Other
 * @property {string} [base] What both grew from.
 * @property {string} theirs
 * @property {string} name
 * @property {boolean} [isForeign] It is another person's: its answers alone are taken.
 * @property {() => void} [decided] Both tabs changed one draft; else the visitor asked for it.
 */

/** @param {Desk} desk @param {Other} other */
export async function mergeDrafts(desk, { decided, ...other }) {
  const mine = desk.model.session.document();
  const { form } = desk;
  let aside = '';
  /** @param {string} document */
  const done = (document) => {
    decided?.();
    if (aside) void desk.store?.removeDraft(aside);
    desk.replace(document, 'ui.merge.done', !decided || desk.state === 'merging');
  };
  const cancel = () => {
    desk.state = 'form';
    desk.host.focus('h2');
  };
  const merging = new Merging({ form, mine, done, cancel: decided ? undefined : cancel, ...other });
  if (!merging.conflicts.length) return done(merging.document);
  if (decided) {
    // Until it is decided, what is shown here is in no draft.
    const at = Date.now();
    aside = copyKey(desk.copies.first, at);
    await desk.store?.saveDraft(aside, mine, at, 0, other.base).catch(() => undefined);
  }
  desk.merging = merging;
  desk.state = 'merging';
  desk.host.focus('#hz-view');
}

/** Leaves the draft to the other tab, and goes on with a copy of what is shown. @param {Desk} desk */
export async function copyHere(desk) {
  const at = Date.now();
  const key = copyKey(desk.copies.first, at);
  await desk.store?.saveDraft(key, desk.model.session.document(), at, 0, desk.saver.base);
  desk.saver.reset();
  await desk.openDraft(key, 'ui.merge.here');
}

/** @param {Desk} desk @param {string} key */
async function mergeCopy(desk, key) {
  const draft = await desk.store?.draft(key);
  const name = nameOf(desk, key);
  if (draft) await desk.merge({ base: draft.base, theirs: draft.document, name });
}

/** Discards a copy, in a way that can be undone. @param {Desk} desk @param {string} key */
async function dropCopy(desk, key) {
  const { model, store } = desk;
  const draft = await store?.draft(key);
  if (!draft) return;
  const undo = async () => {
    await store?.saveDraft(key, draft.document, draft.at, 0, draft.base);
    desk.notice = undefined;
    await desk.readCopies();
    desk.host.focus('h2');
  };
  await store?.removeDraft(key);
  await desk.readCopies();
  desk.notice = {
    text: model.say('ui.removed', { name: nameOf(desk, key) }),
    actions: [{ label: model.say('ui.undo'), run: () => void undo() }],
    isLasting: true,
  };
  desk.host.focus('.notice');
}

/** What people call a draft. @param {Desk} desk @param {string} key */
function nameOf({ copies, model }, key) {
  if (key === copies.first) return model.say('ui.merge.first');
  const at = moment(model.language, Number(key.split(' copy ').pop()));
  return model.say('ui.merge.copy', { at });
}

/**
 * Which draft is shown, where it is a copy.
 * @param {Tools} tools @param {Desk} desk
 */
export function draftName({ html }, desk) {
  if (desk.key === desk.copies.first) return '';
  return html`<span class="draft-name">${nameOf(desk, desk.key)}</span>`;
}

/**
 * The drafts of this browser, where there are several.
 * @param {Tools} tools @param {Model} model @param {Desk} desk
 */
export function draftList({ html }, model, desk) {
  const { copies } = desk;
  if (!copies.all.length) return '';
  /** @param {string} code @param {string} name @param {() => void} run @param {boolean} [isLocked] */
  const button = (code, name, run, isLocked) =>
    html`<button
        type="button"
        class="link"
        aria-label="${model.say(code)}: ${name}"
        ?disabled=${isLocked ?? false}
        @click=${run}
      >
        ${model.say(code)}
      </button>
      ${' '}`;
  /** @param {{key: string, isDraft: boolean}} draft */
  const item = ({ key, isDraft }) => {
    const name = nameOf(desk, key);
    if (key === desk.key) return html`<li aria-current="true"><strong>${name}</strong></li>`;
    const isLocked = !desk.turn.isMine;
    return html`<li>
      ${name} ${button('ui.merge.open', name, () => void desk.openDraft(key))}
      ${isDraft ? button('ui.merge.into', name, () => void mergeCopy(desk, key), isLocked) : ''}
      ${
        isDraft && key !== copies.first
          ? button('ui.discard_yes', name, () => void dropCopy(desk, key))
          : ''
      }
    </li>`;
  };
  const first = { key: copies.first, isDraft: true };
  return html`<section class="panel" part="copies">
    <h3>${model.say('ui.merge.drafts')}</h3>
    <ul class="plain">
      ${[first, ...copies.all].map(item)}
    </ul>
  </section>`;
}

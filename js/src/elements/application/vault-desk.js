// Drafts as protected files, and encrypted copies of them at the site. Loaded when somebody asks
// for it: the form is smaller without. What the form has anyway is given to it.
import {
  isSealed,
  isSecret,
  keysOf,
  newSecret,
  seal,
  sealFile,
  unseal,
  unsealFile,
} from '../../vault.js';
import { copy, download } from './files.js';
import { clock, moment } from './format.js';

export { messages } from './vault-messages.js';

/** @import {Desk} from './desk.js' */
/** @import {Tools} from './merge-view.js' */

const LEAST_LETTERS = 8;
/** How long it rests between two renewals of a copy. */
const PAUSE_MS = 15_000;

/** What was asked for is not there. */
class GoneError extends Error {}

export class Vault {
  #desk;
  /** A file that waits for its passphrase. @type {{name: string, text: string, isMerge: boolean} | undefined} */
  #sealed;
  /** What is wrong with the passphrase, as a code. */
  #wrong = '';
  /** The secret of the copy at the site, if there is one. */
  #secret = '';
  /** What the copy held when it was written or read last. @type {string | undefined} */
  #base;
  #version = 0;
  #at = 0;
  #expires = '';
  #isBehind = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** @type {Promise<void> | undefined} */ #running;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  // --- files

  /** @param {string} passphrase */
  async #save(passphrase) {
    const { host, model, form } = this.#desk;
    this.#wrong = passphrase.length < LEAST_LETTERS ? 'ui.vault.short' : '';
    host.focus(this.#wrong ? '#hz-passphrase' : '');
    if (this.#wrong) return;
    const file = await sealFile(model.session.document(), passphrase);
    download(`${form.id}.sealed.json`, file, 'application/json');
  }

  /**
   * Takes a file, if it wants a passphrase.
   * @param {string} name
   * @param {string} text
   * @param {boolean} isMerge
   */
  takes(name, text, isMerge) {
    if (!isSealed(text)) return false;
    this.#sealed = { name, text, isMerge };
    this.#wrong = '';
    this.#desk.host.focus('#hz-passphrase');
    return true;
  }

  /** @param {string} passphrase */
  async #open(passphrase) {
    if (!this.#sealed) return;
    const { name, text, isMerge } = this.#sealed;
    const { host } = this.#desk;
    try {
      const document = await unsealFile(text, passphrase);
      this.#sealed = undefined;
      await this.#desk.files.openText(name, document, isMerge);
    } catch (error) {
      console.warn(error);
      this.#wrong = 'ui.vault.wrong';
      host.focus('#hz-passphrase');
    }
  }

  // --- a copy at the site

  /** @param {string} method @param {Record<string, string>} headers @param {Uint8Array<ArrayBuffer>} [body] */
  async #ask(method, headers, body) {
    const { id, token } = await keysOf(this.#secret);
    const { host, model } = this.#desk;
    const url = new URL(host.drafts(), globalThis.document.baseURI);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${id}`;
    const authorization = method === 'GET' ? undefined : { Authorization: `Bearer ${token}` };
    const response = await fetch(url, {
      method,
      headers: { 'Accept-Language': model.language, ...headers, ...authorization },
      body,
    });
    if (response.status === 404) throw new GoneError(`nothing at ${url.pathname}`);
    if (!response.ok && response.status !== 412) throw new Error(`${response.status}`);
    return response;
  }

  async #read() {
    const response = await this.#ask('GET', {});
    const { key } = await keysOf(this.#secret);
    const text = await unseal(new Uint8Array(await response.arrayBuffer()), key);
    this.#version = Number(/\d+/.exec(response.headers.get('ETag') ?? '')?.[0]);
    return text;
  }

  #keep = async () => {
    const { host, model } = this.#desk;
    this.#secret = newSecret();
    this.#version = 0;
    try {
      await this.#desk.saver.flush();
      await this.#write();
      host.focus('#hz-link');
    } catch (error) {
      console.warn(error);
      this.#secret = '';
      this.#desk.notice = { text: model.say('ui.did_not_work') };
      host.focus('.notice');
    }
  };

  /** The browser keeps this beside the draft, so that the copy follows after a reload. */
  async #remember() {
    const { store, key, saver } = this.#desk;
    saver.saved = this.#secret ? () => this.#renew() : undefined;
    const remote = { secret: this.#secret, version: this.#version, base: this.#base };
    // Without storage there is the link.
    await store?.saveRemote(key, this.#secret ? remote : undefined).catch(() => undefined);
  }

  /** A draft was opened whose copy this is. @param {import('../../draft-store.js').Remote} remote */
  async follow({ secret, version, base }) {
    this.#secret = secret;
    this.#version = version;
    this.#base = base;
    this.#desk.saver.saved = () => this.#renew();
    await this.#renewNow();
  }

  #renew() {
    this.#timer ??= setTimeout(() => void this.#renewNow(), PAUSE_MS);
  }

  async #renewNow() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
    if (!this.#secret || !this.#desk.turn.isMine || this.#desk.state !== 'form') return;
    this.#running = this.#write().catch((error) => {
      console.warn(error);
      this.#isBehind = true;
      this.#renew();
    });
    await this.#running;
    this.#desk.host.changed();
  }

  async #write() {
    const { model } = this.#desk;
    const document = model.session.document();
    if (document === this.#base) return;
    const { key } = await keysOf(this.#secret);
    const sealed = await seal(document, key);
    /** @type {Record<string, string>} */
    const condition = this.#version
      ? { 'If-Match': `"${this.#version}"` }
      : { 'If-None-Match': '*' };
    const headers = { 'Content-Type': 'application/octet-stream', ...condition };
    const response = await this.#ask('PUT', headers, sealed);
    if (response.status === 412) return this.#meet();
    const { version, expires } = await response.json();
    this.#version = version;
    this.#expires = expires;
    this.#base = document;
    this.#at = Date.now();
    this.#isBehind = false;
    await this.#remember();
  }

  /** Another device has written meanwhile: both are merged, and the next renewal writes that. */
  async #meet() {
    const base = this.#base;
    const theirs = await this.#read();
    this.#base = theirs;
    const name = this.#desk.model.say('ui.vault.other');
    await this.#desk.merge({ base, theirs, name, decided: () => undefined });
    this.#renew();
  }

  /** Shows the draft of a link. @param {string} secret */
  async resume(secret) {
    const { host } = this.#desk;
    if (!isSecret(secret)) return this.#desk.tell('ui.vault.bad');
    this.#secret = secret;
    try {
      const text = await this.#read();
      this.#desk.files.probe(text);
      this.#base = text;
      this.#at = Date.now();
      if (this.#desk.model.hasAnswers) {
        const name = this.#desk.model.say('ui.vault.other');
        await this.#desk.merge({ theirs: text, name });
      } else {
        this.#desk.replace(text, 'ui.vault.resumed');
      }
      await this.#desk.saver.flush();
      await this.#remember();
    } catch (error) {
      console.warn(error);
      this.#secret = '';
      const isDamaged = error instanceof DOMException && error.name === 'OperationError';
      const isGone = error instanceof GoneError;
      this.#desk.tell(isGone ? 'ui.vault.gone' : isDamaged ? 'ui.vault.bad' : 'ui.did_not_work');
    }
    host.changed();
  }

  /** Deletes the copy, as its draft is handed in or nobody wants it. */
  async drop() {
    if (!this.#secret) return;
    clearTimeout(this.#timer);
    await this.#running;
    await this.#ask('DELETE', {});
    this.#secret = '';
    this.#base = undefined;
    await this.#remember();
  }

  #dropNow = async () => {
    try {
      await this.drop();
      this.#desk.tell('ui.vault.dropped');
    } catch (error) {
      console.warn(error);
      this.#desk.tell('ui.did_not_work');
    }
  };

  get #link() {
    return `${location.href.split('#')[0]}#${this.#desk.host.id()}/resume/${this.#secret}`;
  }

  #copyLink = async () => {
    const isDone = await copy(this.#link, this.#desk.host.root());
    this.#desk.tell(isDone ? 'ui.copied' : 'ui.not_copied');
  };

  // --- showing it

  /** @param {Tools} tools */
  view({ html }) {
    const { model, host, turn } = this.#desk;
    const say = model.say.bind(model);
    const sealed = this.#sealed;
    /** @param {Event} event */
    const submit = (event) => {
      const from = /** @type {Element} */ (event.currentTarget).closest('.panel');
      const { value } = /** @type {HTMLInputElement} */ (from?.querySelector('#hz-passphrase'));
      void (sealed ? this.#open(value) : this.#save(value));
    };
    /** @param {KeyboardEvent} event */
    const typed = (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      submit(event);
    };
    /** @param {string} code @param {(event: Event) => void} run @param {string} [look] */
    const button = (code, run, look = 'secondary') =>
      html`<button type="button" class="button ${look}" ?disabled=${!turn.isMine} @click=${run}>
        ${say(code)}
      </button>`;
    return html`<section class="panel" id="hz-vault-panel" tabindex="-1" part="vault">
      <h3>${say('ui.vault.title')}</h3>
      ${sealed ? html`<p>${say('ui.vault.sealed', { name: sealed.name })}</p>` : ''}
      <div class="field ${this.#wrong ? 'invalid' : ''}">
        <label class="label" for="hz-passphrase">${say('ui.vault.passphrase')}</label>
        <div class="hint" id="hz-passphrase-hint">
          ${sealed ? '' : say('ui.vault.passphrase_hint')}
        </div>
        <div class="issues" id="hz-passphrase-issues">
          ${
            this.#wrong
              ? html`<p class="issue error">
                  <span class="hidden">${say('ui.error')} </span>${say(this.#wrong)}
                </p>`
              : ''
          }
        </div>
        <input
          id="hz-passphrase"
          class="medium"
          type="password"
          autocomplete=${sealed ? 'current-password' : 'new-password'}
          aria-describedby="hz-passphrase-hint hz-passphrase-issues"
          aria-invalid=${this.#wrong ? 'true' : 'false'}
          @keydown=${typed}
        />
      </div>
      <div class="buttons">${button(sealed ? 'ui.vault.open' : 'ui.vault.save', submit)}</div>
      ${host.drafts() && host.id() ? this.#copyView(html, button) : ''}
    </section>`;
  }

  /**
   * @param {Tools['html']} html
   * @param {(code: string, run: (event: Event) => void, look?: string) => unknown} button
   */
  #copyView(html, button) {
    const { model } = this.#desk;
    if (!this.#secret) {
      return html`<p>${model.say('ui.vault.elsewhere')}</p>
        <div class="buttons">${button('ui.vault.keep', () => void this.#keep())}</div>`;
    }
    const expires = this.#expires ? moment(model.language, Date.parse(this.#expires)) : '';
    const at = clock(model.language, this.#at);
    return html`<div class="field">
        <label class="label" for="hz-link">${model.say('ui.vault.link')}</label>
        <div class="hint" id="hz-link-hint">${model.say('ui.vault.link_hint')}</div>
        <input id="hz-link" readonly aria-describedby="hz-link-hint" .value=${this.#link} />
      </div>
      <p role="status">
        ${
          this.#isBehind
            ? model.say('ui.vault.behind')
            : expires
              ? model.say('ui.vault.kept', { at, expires })
              : ''
        }
      </p>
      <div class="buttons">
        ${button('ui.vault.copy', () => void this.#copyLink())}
        ${button('ui.vault.drop', () => void this.#dropNow(), 'quiet')}
      </div>`;
  }
}

import { moment, size } from '../src/elements/application/format.js';
import { inLanguage } from './answers.js';
import { html } from './html.js';
import { text } from './texts.js';

/** @import {Html, Part} from './html.js' */
/** @import {Entry, Form, Line, Text} from './answers.js' */
/** @import {Issue} from '../src/index.js' */
/** @import {Stored, AttachmentInfo, HistoryEvent} from './store.js' */

/**
 * What a page needs to speak: its language, and links that keep a language that was chosen.
 *
 * @typedef {object} Voice
 * @property {string} language
 * @property {(code: string, params?: Record<string, string | number>) => string} t
 * @property {(path: string, query?: Record<string, string | number>) => string} link
 */

/**
 * @param {string} language
 * @param {boolean} chosen - By the address, not by the browser.
 * @returns {Voice}
 */
export function createVoice(language, chosen) {
  return {
    language,
    t: (code, params) => text(language, code, params),
    link: (path, query = {}) => {
      const params = new URLSearchParams(
        Object.entries({ ...query, ...(chosen ? { lang: language } : {}) }).map(([name, value]) => [
          name,
          String(value),
        ]),
      );
      return params.size > 0 ? `${path}?${params}` : path;
    },
  };
}

/**
 * @param {Voice} voice
 * @param {{title: string, root: string, main: Part, loggedIn?: boolean}} page - `root` leads
 *   to the list.
 * @returns {string}
 */
function layout({ language, t, link }, { title, root, main, loggedIn = true }) {
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="stylesheet" href="${root}style.css" />
      </head>
      <body>
        <header>
          <a href="${link(root)}">${t('title')}</a>
          <nav>
            <a href="?lang=en" lang="en" hreflang="en">English</a>
            <a href="?lang=zh-Hans" lang="zh-Hans" hreflang="zh-Hans">中文</a>
          </nav>
          ${
            loggedIn &&
            html`<form method="post" action="${link(`${root}logout`)}">
              <button>${t('logOut')}</button>
            </form>`
          }
        </header>
        <main>
          <h1>${title}</h1>
          ${main}
        </main>
      </body>
    </html> `;
  return page.markup;
}

/**
 * @param {Voice} voice
 * @param {{root: string, message?: string}} page
 */
export function loginPage(voice, { root, message }) {
  const { t, link } = voice;
  return layout(voice, {
    title: t('logIn'),
    root,
    loggedIn: false,
    main: html`${message && html`<p class="error" role="alert">${message}</p>`}
      <form method="post" action="${link(`${root}login`)}">
        <p>
          <label for="token">${t('token')}</label>
          <input id="token" name="token" type="password" autocomplete="current-password" required />
        </p>
        <button>${t('logIn')}</button>
      </form>`,
  });
}

/**
 * @param {Voice} voice
 * @param {{root: string, message: string, loggedIn: boolean}} page
 */
export function refusalPage(voice, { root, message, loggedIn }) {
  const { t, link } = voice;
  return layout(voice, {
    title: t('refused'),
    root,
    loggedIn,
    main: html`<p class="error" role="alert">${message}</p>
      <p><a href="${link(root)}">${t('back')}</a></p>`,
  });
}

/**
 * @typedef {object} ListPage
 * @property {(Stored & {title: string, subject: string, zones: string[]})[]} applications
 * @property {number} count
 * @property {string} [drafts] - What is said of them.
 * @property {Form[]} forms
 * @property {string} [definition]
 * @property {string} [removed] - The id of an application that was just deleted.
 * @property {Record<string, string | number>} [next] - The query of the next page.
 * @property {boolean} first
 */

/**
 * @param {Voice} voice
 * @param {ListPage} page
 */
export function listPage(voice, page) {
  const { t, language } = voice;
  const { forms, definition } = page;
  return layout(voice, {
    title: t('title'),
    root: './',
    main: html`${
      page.removed && html`<p class="done" role="status">${t('removed', { id: page.removed })}</p>`
    }
    ${
      forms.length > 1 &&
      html`<form method="get">
        <label for="definition">${t('call')}</label>
        <select id="definition" name="definition">
          <option value="">${t('allCalls')}</option>
          ${forms.map(
            ({ id, title }) =>
              html`<option value="${id}" ${id === definition && html`selected`}>
                ${inLanguage(title, language)}
              </option>`,
          )}
        </select>
        <input type="hidden" name="lang" value="${language}" />
        <button>${t('show')}</button>
      </form>`
    }
    ${page.count === 0 ? html`<p>${t('none')}</p>` : applicationTable(voice, page)}
    ${page.drafts && html`<p>${page.drafts}</p>`}`,
  });
}

/**
 * @param {Voice} voice
 * @param {ListPage} page
 */
function applicationTable(voice, page) {
  const { t, link, language } = voice;
  const { applications, forms, definition } = page;
  const only = definition ?? (forms.length === 1 ? forms[0].id : undefined);
  const names = ['id', 'received', 'call', 'subject', 'language', 'state'];
  return html`<p>${t('number', { n: page.count })}</p>
    <table class="applications">
      <thead>
        <tr>
          ${names.map((name) => html`<th scope="col">${t(name)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${applications.map((a) => {
          const cells = [
            html`<a href="${link(`applications/${a.id}`)}">${a.id}</a>`,
            times(a.received, a.zones, language),
            a.title,
            a.subject,
            languageName(a.language, language),
            t(`state.${a.state}`),
          ];
          return html`<tr>
            ${cells.map((cell, i) => html`<td data-label="${t(names[i])}"><div>${cell}</div></td>`)}
          </tr>`;
        })}
      </tbody>
    </table>
    <p class="links">
      ${
        !page.first &&
        html`<a href="${link('./', definition ? { definition } : {})}">${t('newest')}</a>`
      }
      ${page.next && html`<a rel="next" href="${link('./', page.next)}">${t('older')}</a>`}
    </p>
    <p class="links">
      ${(only ? forms.filter(({ id }) => id === only) : forms).map(
        ({ id, title }) =>
          html`<a href="${link('export.csv', { definition: id })}" download
            >${t('exportCsv')}${forms.length > 1 && html` – ${inLanguage(title, language)}`}</a
          > `,
      )}
      <a href="${link('export.jsonl', definition ? { definition } : {})}" download
        >${t('exportJsonl')}</a
      >
    </p>`;
}

/**
 * @param {Voice} voice
 * @param {object} page
 * @param {Stored & {attachments: AttachmentInfo[], events: HistoryEvent[]}} page.application
 * @param {Text} [page.title] - Of the call; unknown without its definition.
 * @param {string[]} page.zones
 * @param {{title: Text, entries: Entry[]}[]} page.sections
 * @param {{label: Text, given: boolean, version: string, language: string, at: string}[]}
 *   page.consents
 * @param {Issue[]} page.issues
 */
export function applicationPage(voice, page) {
  const { t, link, language } = voice;
  const { application, title, zones, sections, consents, issues } = page;
  const { id } = application;
  return layout(voice, {
    title: t('titleOne', { id }),
    root: '../',
    main: html`<dl>
        <dt>${t('call')}</dt>
        <dd>
          ${title ? inAll(title, language) : application.definition}
          <span class="tag">${t('revision', { n: application.revision })}</span>
        </dd>
        <dt>${t('received')}</dt>
        <dd>${times(application.received, zones, language)}</dd>
        <dt>${t('language')}</dt>
        <dd>${languageName(application.language, language)}</dd>
        <dt>${t('state')}</dt>
        <dd>${t(`state.${application.state}`)}</dd>
        <dt>${t('receipt')}</dt>
        <dd><code>${application.receipt}</code></dd>
        <dt>${t('versions')}</dt>
        <dd>${t('versionsText', JSON.parse(application.core))}</dd>
      </dl>
      <h2>${t('issues')}</h2>
      ${
        issues.length === 0
          ? html`<p>${t('noIssues')}</p>`
          : html`<ul>
              ${issues.map(
                (issue) =>
                  html`<li>
                    <span class="tag">${t(`severity.${issue.severity}`)}</span> ${issue.text}
                    <code>${issue.key ?? issue.pointer}</code>
                  </li>`,
              )}
            </ul>`
      }
      ${sections.map(
        (section) =>
          html`<section>
            <h2>${inAll(section.title, language)}</h2>
            ${entryList(voice, id, section.entries)}
          </section>`,
      )}
      ${
        !title &&
        html`<p>${t('unknownCall')}</p>
          <pre>${application.document}</pre>`
      }
      ${
        consents.length > 0 &&
        html`<h2>${t('consents')}</h2>
          <dl>
            ${consents.map(
              (consent) =>
                html`<dt>${inAll(consent.label, language)}</dt>
                  <dd>
                    ${t('consentText', {
                      answer: t(consent.given ? 'given' : 'notGiven'),
                      version: consent.version,
                      language: languageName(consent.language, language),
                    })}
                    ${givenAt(consent.at, zones, language)}
                  </dd>`,
            )}
          </dl>`
      }
      <h2>${t('history')}</h2>
      <dl>
        ${application.events.map(
          ({ event, at }) =>
            html`<dt>${t(`event.${event}`)}</dt>
              <dd>${times(at, zones, language)}</dd>`,
        )}
      </dl>
      <p class="links">
        <a href="${link(`${id}/document.json`)}" download>${t('download')}</a>
        <a href="${link(`${id}/delete`)}">${t('remove')}</a>
        <a href="${link('../')}">${t('back')}</a>
      </p>`,
  });
}

/**
 * @param {Voice} voice
 * @param {string} id - Of the application.
 * @param {Entry[]} entries
 * @returns {Html}
 */
function entryList(voice, id, entries) {
  return html`<dl>
    ${entries.map(
      ({ label, lines, rows }) =>
        html`<dt>${inAll(label, voice.language)}</dt>
          <dd>
            ${rows?.map(
              (row) =>
                html`<h3>${inAll(row.name, voice.language)}</h3>
                  ${entryList(voice, id, row.entries)}`,
            )}
            <div class="${lines.some((line) => line.language) ? 'sheets' : 'lines'}">
              ${lines.map((line) => lineOf(voice, id, line))}
            </div>
            ${
              !rows?.length &&
              lines.length === 0 &&
              html`<span class="empty">${voice.t('unanswered')}</span>`
            }
          </dd>`,
    )}
  </dl>`;
}

/**
 * @param {Voice} voice
 * @param {string} id
 * @param {Line} line
 */
function lineOf({ language, t, link }, id, { text: value, language: of, file }) {
  if (file) {
    return html`<p>
      <a href="${link(`${id}/files/${file.sha256}`)}" download>${file.name}</a>
      <span class="note"
        >${t('fileText', { type: file.type, size: size(language, file.size) })}</span
      >
    </p>`;
  }
  if (typeof value !== 'string') return html`<p class="whole">${inAll(value, language)}</p>`;
  if (!of) return html`<p class="whole text">${value}</p>`;
  const name = html`<span class="tag">${languageName(of, language)}</span> `;
  return html`<p>${name}<span class="text" lang="${of}">${value}</span></p>`;
}

/**
 * @param {Voice} voice
 * @param {{id: string, message?: string}} page
 */
export function removePage(voice, { id, message }) {
  const { t, link } = voice;
  return layout(voice, {
    title: t('removeTitle', { id }),
    root: '../../',
    main: html`<p>${t('removeText')}</p>
      ${message && html`<p class="error" role="alert">${message}</p>`}
      <form method="post" action="${link('delete')}">
        <p>
          <label
            ><input type="checkbox" name="confirm" value="yes" required />
            ${t('removeConfirm')}</label
          >
        </p>
        <button class="danger">${t('removeButton')}</button>
        <a href="${link(`../${id}`)}">${t('cancel')}</a>
      </form>`,
  });
}

/**
 * A text of the definition, in all its languages: the page's own is the first.
 *
 * @param {Text} label
 * @param {string} language
 * @returns {Html}
 */
function inAll(label, language) {
  const texts = Object.entries(label).sort(
    ([a], [b]) => Number(b === language) - Number(a === language),
  );
  return html`${texts.map(
    ([tag, value], i) =>
      html`${i > 0 && html` <span class="slash">/</span> `}<span lang="${tag}">${value}</span>`,
  )}`;
}

/**
 * A moment as the form writes it, in each zone.
 *
 * @param {number} ms
 * @param {string[]} zones
 * @param {string} language
 * @returns {Html}
 */
function times(ms, zones, language) {
  const iso = new Date(ms).toISOString();
  return html`${zones.map(
    (zone) => html`<time datetime="${iso}">${moment(language, ms, zone)}</time> `,
  )}`;
}

/**
 * @param {string} at - As the document has it.
 * @param {string[]} zones
 * @param {string} language
 */
function givenAt(at, zones, language) {
  const ms = Date.parse(at);
  // The core knows leap seconds, Date does not.
  return Number.isNaN(ms) ? html`<time datetime="${at}">${at}</time>` : times(ms, zones, language);
}

/**
 * @param {string} tag
 * @param {string} language
 */
function languageName(tag, language) {
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag; // A call may name languages in a way that Intl does not take, such as "en-a".
  }
}

export const style = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; --line: #8886; }
:lang(zh-Hans) { font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
  "WenQuanYi Micro Hei", sans-serif; }
body { margin: 0 auto; max-width: 72rem; padding: 0 1rem 3rem; }
header { align-items: center; border-bottom: 1px solid; display: flex; flex-wrap: wrap;
  gap: 0.5rem 1.5rem; padding: 0.75rem 0; }
header nav { display: flex; gap: 1rem; margin-left: auto; }
h1 { font-size: 1.6rem; }
h2 { font-size: 1.25rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin: 0.5rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: 0.5rem; text-align: left;
  vertical-align: top; }
td:first-child, td:last-child, th { white-space: nowrap; }
td:nth-child(2) { min-width: 19rem; }
td:nth-child(4) { min-width: 9rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 5fr); margin: 0; }
dt, dd { border-top: 1px solid var(--line); margin: 0; padding: 0.4rem 1rem 0.4rem 0; }
dt { font-weight: 600; }
dt [lang] { display: block; }
dt [lang] ~ [lang] { font-weight: 400; opacity: 0.75; }
dt .slash { display: none; }
dd dl { margin-bottom: 1rem; }
dd p { margin: 0; }
time { display: block; }
.sheets { display: grid; gap: 0 2rem;
  grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); }
.whole { grid-column: 1 / -1; }
.text, pre { overflow-wrap: anywhere; white-space: pre-wrap; }
code { overflow-wrap: anywhere; }
.tag { border: 1px solid var(--line); border-radius: 0.25rem; font-size: 0.8rem; padding: 0 0.4rem; }
.empty, .note, .slash { opacity: 0.75; }
.error { border-left: 0.3rem solid #c00; padding-left: 0.75rem; }
.done { border-left: 0.3rem solid #080; padding-left: 0.75rem; }
.links { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; }
main > p, main > form { max-width: 45rem; }
label[for] { display: block; }
select, input { box-sizing: border-box; max-width: 100%; }
button, select, input { font: inherit; min-height: 2.5rem; padding: 0 0.75rem; }
button { margin-right: 0.75rem; }
header button { margin: 0; }
input[type='password'] { width: 22rem; }
input[type='checkbox'] { min-height: 0; }
.danger { background: #b00; border: 0; color: #fff; }
@media (max-width: 56rem) {
  .applications, tbody, tr, td { display: block; }
  thead { display: none; }
  tr { border-top: 1px solid var(--line); padding: 0.5rem 0; }
  td { border: 0; display: grid; gap: 0 1rem; grid-template-columns: 6rem minmax(0, 1fr);
    padding: 0.15rem 0; }
  td::before { content: attr(data-label); opacity: 0.75; }
}
@media (max-width: 40rem) {
  header, header nav { column-gap: 0.75rem; }
  h1 { font-size: 1.35rem; }
  dl { display: block; }
  dt { padding-bottom: 0; }
  dd { border: 0; padding-left: 1rem; }
}
`;

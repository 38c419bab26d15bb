import { size } from '../src/elements/application/format.js';
import {
  columnTitle,
  columnsOf,
  entriesOf,
  inLanguage,
  readDocument,
  subjectOf,
  zonesOf,
} from './answers.js';
import { parseForm, readBody } from './body.js';
import { isSameOrigin } from './client.js';
import { BYTE_ORDER_MARK, csvLine } from './csv.js';
import { savedName } from './file-name.js';
import {
  applicationPage,
  createVoice,
  listPage,
  loginPage,
  refusalPage,
  removePage,
  style,
} from './pages.js';
import { filesOf } from './receive.js';
import { Refusal } from './refusal.js';
import { languageOf } from './texts.js';

/** @import {Form} from './answers.js' */
/** @import {Voice} from './pages.js' */
/** @import {Definitions} from './receive.js' */
/** @import {Store, Stored} from './store.js' */

const PAGE = 25;
const FORM_LIMIT = 10_000;
const ACTOR = 'maintainer';
const LOGIN_RATE = { limit: 10, window: 600_000 };

const policy =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * The maintainer's pages, below `/admin/`: plain HTML that needs no script. Links are
 * relative, so that a proxy may mount them elsewhere.
 *
 * @param {object} options
 * @param {Definitions} options.definitions
 * @param {Store} options.store
 * @param {() => number} options.clock
 * @param {ReturnType<typeof import('./session.js').createSessions>} options.sessions
 * @param {ReturnType<typeof import('./drafts.js').createDrafts>} [options.drafts]
 * @param {(client: string, rule: {limit: number, window: number, counts?: boolean}) => Promise<void>} options.limit
 * @param {(error: unknown) => Refusal} options.refusalOf
 */
export function createAdmin({ definitions, store, clock, sessions, drafts, limit, refusalOf }) {
  /**
   * @typedef {object} Visit
   * @property {Request} request
   * @property {URLSearchParams} query
   * @property {Voice} voice
   * @property {string} root - Leads to the list.
   * @property {string} client
   */

  /** @type {Record<string, (visit: Visit) => Promise<Response>>} */
  const open = {
    'GET style.css': async () => new Response(style, { headers: { 'Content-Type': 'text/css' } }),
    'POST login': login,
    'POST logout': async ({ voice, root }) =>
      redirect(voice.link(root), { 'Set-Cookie': sessions.close() }),
  };
  /** @type {[RegExp, (visit: Visit, ...parts: string[]) => Promise<Response>][]} */
  const guarded = [
    [/^GET $/, list],
    [/^GET export\.csv$/, exportCsv],
    [/^GET export\.jsonl$/, exportJsonl],
    [/^GET applications\/([\w-]+)$/, show],
    [/^GET applications\/([\w-]+)\/document\.json$/, showDocument],
    [/^GET applications\/([\w-]+)\/files\/([0-9a-f]{64})$/, showFile],
    [/^GET applications\/([\w-]+)\/delete$/, askRemove],
    [/^POST applications\/([\w-]+)\/delete$/, remove],
  ];

  /** @param {Visit} visit */
  async function login({ request, voice, root, client }) {
    await limit(`login ${client}`, LOGIN_RATE);
    const token = (await formOf(request)).get('token');
    if (typeof token !== 'string' || !(await sessions.isToken(token.trim()))) {
      const message = voice.t('admin.wrong_token');
      return page(loginPage(voice, { root, message }), 401);
    }
    // A client that lies about its proxy only loses its own cookie.
    const secure =
      request.url.startsWith('https:') || request.headers.get('x-forwarded-proto') === 'https';
    return redirect(voice.link(root), { 'Set-Cookie': await sessions.open(clock(), secure) });
  }

  /** @param {Visit} visit */
  async function list({ query, voice }) {
    const definition = definitionOf(query);
    const [, received, id] = /^(\d{1,15})_([\w-]+)$/.exec(query.get('before') ?? '') ?? [];
    const before = received ? { received: Number(received), id } : undefined;
    const rows = await store.list({ definition, before, limit: PAGE + 1 });
    const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
    const next = last && {
      ...(definition ? { definition } : {}),
      before: `${last.received}_${last.id}`,
    };
    const applications = rows.slice(0, PAGE).map((row) => {
      const form = definitions.find(row.definition)?.form;
      const { answers } = readDocument(row.document);
      return {
        ...row,
        title: form ? inLanguage(form.title, voice.language) : row.definition,
        subject: form ? subjectOf(form, answers, voice.language) : '',
        zones: zonesOf(form),
      };
    });
    const kept = await drafts?.measure();
    return page(
      listPage(voice, {
        applications,
        next,
        definition,
        first: !before,
        count: await store.count(definition),
        drafts:
          kept && voice.t('drafts', { n: kept.count, size: size(voice.language, kept.bytes) }),
        forms: forms(),
        removed: query.get('removed') ?? undefined,
      }),
    );
  }

  /**
   * One form for each call: of several revisions, the newest.
   *
   * @returns {Form[]}
   */
  function forms() {
    return definitions.all
      .map(({ form }) => form)
      .filter((form) => definitions.find(form.id)?.form === form);
  }

  /**
   * @param {Visit} visit
   * @param {string} id
   */
  async function show({ voice }, id) {
    const application = await found(id);
    const { definition, revision, document, received } = application;
    const exact = definitions.find(definition, revision);
    const known = exact?.form.revision === revision ? exact : undefined;
    /** @type {Form | undefined} */
    const form = known?.form;
    const { answers, consents = Object.create(null) } = readDocument(document);
    return page(
      applicationPage(voice, {
        application,
        title: form?.title,
        zones: zonesOf(form),
        sections: (form?.sections ?? []).map(({ title, fields }) => ({
          title,
          entries: entriesOf(fields, answers, voice.language),
        })),
        consents: (form?.consents ?? [])
          .filter((consent) => consents[consent.id])
          .map((consent) => ({ label: consent.label, ...consents[consent.id] })),
        issues: known?.validate(document, { language: voice.language, now: received }).issues ?? [],
      }),
    );
  }

  /**
   * @param {Visit} visit
   * @param {string} id
   */
  async function showDocument(visit, id) {
    const { document } = await found(id);
    return download(document, 'application/json', `${id}.json`);
  }

  /**
   * @param {Visit} visit
   * @param {string} id
   * @param {string} sha256
   */
  async function showFile(visit, id, sha256) {
    const { document } = await found(id);
    const file = await store.attachment(id, sha256);
    if (!file) throw new Refusal(404, 'request.not_found');
    const name = filesOf(JSON.parse(document)).find((entry) => entry.sha256 === sha256)?.name;
    const saved = savedName(name ?? sha256, file.type);
    return download(/** @type {BodyInit} */ (file.bytes), file.type, saved);
  }

  /**
   * @param {Visit} visit
   * @param {string} id
   */
  async function askRemove({ voice }, id) {
    await found(id);
    return page(removePage(voice, { id }));
  }

  /**
   * @param {Visit} visit
   * @param {string} id
   */
  async function remove({ request, voice }, id) {
    await found(id);
    if ((await formOf(request)).get('confirm') !== 'yes') {
      return page(removePage(voice, { id, message: voice.t('admin.confirm') }), 422);
    }
    await store.remove(id, { at: clock(), actor: ACTOR });
    return redirect(voice.link('../../', { removed: id }));
  }

  /** @param {Visit} visit */
  async function exportCsv({ query, voice }) {
    const { t, language } = voice;
    const asked = definitionOf(query);
    const form = asked
      ? definitions.find(asked)?.form
      : forms().length === 1
        ? forms()[0]
        : undefined;
    if (!form) throw new Refusal(400, 'admin.choose_definition');
    const columns = columnsOf(form, language);
    const head = ['id', 'received', 'state', 'language', 'receipt'];
    await store.record({ definition: form.id, event: 'exported', at: clock(), actor: ACTOR });
    return exported(`${form.id}.csv`, 'text/csv; charset=utf-8', form.id, {
      first:
        BYTE_ORDER_MARK +
        csvLine([
          ...head.map((code) => columnTitle(t(code), code)),
          ...columns.map(({ title }) => title),
        ]),
      line: (a) => {
        const document = readDocument(a.document);
        const received = new Date(a.received).toISOString();
        return csvLine([
          ...[a.id, received, t(`state.${a.state}`), a.language, a.receipt],
          ...columns.map(({ valueOf }) => valueOf(document)),
        ]);
      },
    });
  }

  /** @param {Visit} visit */
  async function exportJsonl({ query }) {
    const definition = definitionOf(query);
    await store.record({ definition, event: 'exported', at: clock(), actor: ACTOR });
    const name = `${definition ?? 'applications'}.jsonl`;
    return exported(name, 'application/jsonl; charset=utf-8', definition, {
      first: '',
      line: ({ id, received, state, receipt, document }) =>
        `${JSON.stringify({
          id,
          received: new Date(received).toISOString(),
          state,
          receipt,
          document: JSON.parse(document),
        })}\n`,
    });
  }

  /**
   * Streams all applications, a page at a time.
   *
   * @param {string} name
   * @param {string} type
   * @param {string | undefined} definition
   * @param {{first: string, line: (application: Stored) => string}} format
   */
  function exported(name, type, definition, { first, line }) {
    const encoder = new TextEncoder();
    /** @type {{received: number, id: string} | undefined} */
    let before;
    const stream = new ReadableStream({
      start: (controller) => controller.enqueue(encoder.encode(first)),
      async pull(controller) {
        const rows = await store.list({ definition, before, limit: PAGE });
        if (rows.length > 0) controller.enqueue(encoder.encode(rows.map(line).join('')));
        before = rows[rows.length - 1];
        if (rows.length < PAGE) controller.close();
      },
    });
    return download(stream, type, name);
  }

  /**
   * Who guesses is stopped, at the login as here, before the guess is looked at.
   *
   * @param {Visit} visit
   */
  async function isOpen({ request, client }) {
    const bearer = sessions.bearerOf(request);
    if (!bearer) return sessions.isOpen(request, clock());
    await limit(`login ${client}`, { ...LOGIN_RATE, counts: false });
    if (await sessions.isToken(bearer)) return true;
    await limit(`login ${client}`, LOGIN_RATE);
    return false;
  }

  /** @param {string} id */
  async function found(id) {
    const application = await store.get(id);
    if (!application) throw new Refusal(404, 'request.not_found');
    return application;
  }

  /**
   * @param {Visit} visit
   * @param {string} path - Below `/admin/`.
   * @returns {Promise<Response>}
   */
  async function answer(visit, path) {
    const { request, voice, root } = visit;
    if (request.method === 'POST' && !isSameOrigin(request)) throw new Refusal(403, 'admin.origin');

    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = `${method} ${path}`;
    if (Object.hasOwn(open, route)) return open[route](visit);
    if (!(await isOpen(visit))) {
      const headers = { 'WWW-Authenticate': 'Bearer' };
      if (!wantsPage(request)) throw new Refusal(401, 'admin.unauthorized', {}, headers);
      return page(loginPage(voice, { root }), 401);
    }
    for (const [pattern, action] of guarded) {
      const match = pattern.exec(route);
      if (match) return action(visit, ...match.slice(1));
    }
    throw new Refusal(404, 'request.not_found');
  }

  /**
   * @param {Visit} visit
   * @param {unknown} error
   */
  async function refused({ request, voice, root }, error) {
    const { status, code, params, headers } = refusalOf(error);
    const message = voice.t(status < 500 ? code : 'admin.broken', params);
    const loggedIn = await sessions.isOpen(request, clock());
    return page(refusalPage(voice, { root, message, loggedIn }), status, headers);
  }

  /**
   * @param {Request} request
   * @param {string} client
   * @returns {Promise<Response>}
   */
  return async (request, client) => {
    const { pathname, searchParams: query } = new URL(request.url);
    if (pathname === '/admin') return redirect('admin/');
    const path = pathname.slice('/admin/'.length);
    const root = './' + '../'.repeat(path.split('/').length - 1);
    const voice = createVoice(languageOf(request), query.has('lang'));
    const visit = { request, query, voice, root, client };
    try {
      return await answer(visit, path);
    } catch (error) {
      if (wantsPage(request)) return refused(visit, error);
      throw error;
    }
  };
}

/**
 * True for a browser, false for a program.
 *
 * @param {Request} request
 */
function wantsPage(request) {
  return request.headers.get('accept')?.includes('text/html') ?? false;
}

/**
 * The call that is asked for, whether or not it is received here still.
 *
 * @param {URLSearchParams} query
 */
function definitionOf(query) {
  const definition = query.get('definition') || undefined;
  if (definition && !/^[a-z0-9_-]{1,64}$/.test(definition)) {
    throw new Refusal(404, 'definition.unknown');
  }
  return definition;
}

/** @param {Request} request */
async function formOf(request) {
  const bytes = await readBody(request, FORM_LIMIT);
  return parseForm(bytes, request.headers.get('content-type') ?? '');
}

/**
 * @param {string} markup
 * @param {number} [status]
 * @param {Record<string, string>} [headers]
 */
function page(markup, status = 200, headers = {}) {
  return new Response(markup, {
    status,
    headers: {
      ...headers,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
      'Cross-Origin-Opener-Policy': 'same-origin',
      Vary: 'Accept-Language',
    },
  });
}

/**
 * @param {string} location - Relative.
 * @param {Record<string, string>} [headers]
 */
function redirect(location, headers = {}) {
  return new Response(null, { status: 303, headers: { Location: location, ...headers } });
}

/**
 * Never shown in the page's origin: a file is only ever saved.
 *
 * @param {BodyInit} body
 * @param {string} type
 * @param {string} name
 */
function download(body, type, name) {
  const ascii = name.replace(/[^\w. -]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new Response(body, {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  });
}

#!/usr/bin/env node
// Receives applications on this machine. `--help` says how.
import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { HezuoError } from '../src/index.js';
import { inLanguage } from './answers.js';
import { loadCore } from './core.js';
import { createDemo, movedToNow } from './demo.js';
import { createIntake } from './handler.js';
import { serve } from './node.js';
import { openStore } from './store.js';

/** @import {Definition, Hezuo} from '../src/index.js' */
/** @import {Handler} from './handler.js' */

const ownCall =
  'To see a call of your own: node js/intake/serve.js --demo --definitions my-call.json';

const usage = `Receives applications.

  node js/intake/serve.js --definitions PATH [options]
  node js/intake/serve.js --demo [--definitions PATH] [options]

  --definitions PATH  the calls that are received: a folder of .json files,  HEZUO_DEFINITIONS
                      or one such file
  --store URL         sqlite:FILE (default sqlite:hezuo.sqlite)              HEZUO_STORE
                      or postgresql://USER@HOST/DATABASE
  --port N            default 8080                                           HEZUO_PORT
  --host ADDRESS      default 127.0.0.1: put a proxy with TLS before it      HEZUO_HOST
  --token TEXT        opens the pages below /admin/; without it, there are   HEZUO_TOKEN
                      none. Twelve characters or more; in the variable,
                      other users of the machine cannot see it
  --origin URL        another website whose pages may hand in; may be        HEZUO_ORIGINS
                      repeated (in the variable: separated by blanks)
  --proxies N         trusted proxies before this server, default 0          HEZUO_PROXIES
  --rate N            hand-ins of one address in ten minutes, default 60     HEZUO_RATE
  --drafts DAYS       keep drafts that only the browser can read for so      HEZUO_DRAFTS
                      many days after the last change; without it, none
  --demo              to try a call on this machine: also serves a website
                      with its form. The call is the first of PATH, or an
                      example. Its dates are moved so that it is open, a
                      token is made, drafts are kept for 90 days, and
                      --store is build/demo/store.sqlite

${ownCall}
`;

const root = new URL('../../', import.meta.url);
const example = 'core/data/definitions/uec-award-2019.json';

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const { values } = readArguments();

function readArguments() {
  try {
    return parseArgs({
      options: {
        definitions: { type: 'string', default: process.env.HEZUO_DEFINITIONS },
        store: { type: 'string', default: process.env.HEZUO_STORE },
        port: { type: 'string', default: process.env.HEZUO_PORT ?? '8080' },
        host: { type: 'string', default: process.env.HEZUO_HOST ?? '127.0.0.1' },
        token: { type: 'string', default: process.env.HEZUO_TOKEN },
        origin: {
          type: 'string',
          multiple: true,
          default: process.env.HEZUO_ORIGINS?.split(/\s+/).filter(Boolean) ?? [],
        },
        proxies: { type: 'string', default: process.env.HEZUO_PROXIES ?? '0' },
        rate: { type: 'string', default: process.env.HEZUO_RATE ?? '60' },
        drafts: { type: 'string', default: process.env.HEZUO_DRAFTS },
        demo: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return fail(`${/** @type {Error} */ (error).message}\n\n${usage}`);
  }
}

/**
 * @param {string} name
 * @returns {number}
 */
function wholeNumber(name) {
  const value = values[/** @type {'port' | 'proxies' | 'rate' | 'drafts'} */ (name)] ?? '0';
  return /^\d{1,9}$/.test(value)
    ? Number(value)
    : fail(`--${name} is a whole number, not ${value}`);
}

/** @typedef {{name: string, text: string}} File */

/** @returns {Promise<File[]>} */
async function readDefinitions() {
  const path =
    values.definitions ?? (values.demo && relative('', fileURLToPath(new URL(example, root))));
  if (!path) return fail(`--definitions is missing.\n\n${usage}`);
  const found = await stat(path).catch(() => fail(`There is no folder or file ${path}`));
  const names = found.isDirectory()
    ? (await readdir(path)).filter((name) => name.endsWith('.json')).map((name) => join(path, name))
    : [path];
  if (names.length === 0) {
    fail(`There is no call in ${path}: each is one .json file, such as ${example}`);
  }
  const read = async (/** @type {string} */ name) => ({ name, text: await readFile(name, 'utf8') });
  const files = await Promise.all(names.sort().map(read));
  if (!values.demo) return files;
  return files.map(({ name, text }) => ({ name, text: movedToNow(text, Date.now()) }));
}

/**
 * @param {Hezuo} hezuo
 * @param {File[]} files
 */
function compile(hezuo, files) {
  /** @type {string[]} */
  const faults = [];
  const definitions = files.flatMap(({ name, text }) => {
    try {
      return hezuo.compile(text);
    } catch (error) {
      if (!(error instanceof HezuoError)) throw error;
      const issues = error.issues ?? [{ pointer: error.path, texts: { en: error.message } }];
      const lines = issues.map(({ pointer, texts }) => `  ${pointer || '(top)'}: ${texts.en}`);
      faults.push(`${name} cannot be used:`, ...lines);
      return [];
    }
  });
  return faults.length > 0 ? fail(faults.join('\n')) : definitions;
}

/** What the build makes, and a clone has not. */
async function assertBuilt() {
  const names = ['js/hezuo-form.wasm', 'js/hezuo-data.json'];
  for (const name of values.demo ? [...names, 'js/dist/hezuo.js'] : names) {
    await access(new URL(name, root)).catch(() =>
      fail(`${name} is missing: run .ci/setup and npm run build`),
    );
  }
}

/**
 * @param {string} url
 * @param {File[]} files
 * @param {Definition} shown
 */
function introduce(url, [{ name }, ...others], { form }) {
  const closes = form.closes.length > 0 ? 'it closes in 60 days' : 'it has no deadline';
  console.log(
    `The form of “${inLanguage(form.title, 'en')}”, on a page as an author would write it:`,
  );
  console.log(`  ${url}/`);
  console.log(`  ${url}/zh.html`);
  console.log('The same on a site that allows no script, in a frame:');
  console.log(`  ${url}/no-script.html`);
  console.log(`Its call is ${name}, with the dates moved so that it is open: ${closes}.`);
  for (const other of others) console.log(`Received as well, but without a page: ${other.name}`);
  if (!values.definitions) console.log(ownCall);
}

async function main() {
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (values.token !== undefined && values.token.length < 12) {
    fail('The token is too short to be safe: take twelve characters or more.');
  }
  if (values.demo) values.drafts ??= '90';
  const [port, proxies, rate, days] = ['port', 'proxies', 'rate', 'drafts'].map(wholeNumber);
  const files = await readDefinitions();
  await assertBuilt();

  // What is stored is for this user alone.
  process.umask(0o077);
  if (values.demo) await mkdir(new URL('build/demo/', root), { recursive: true });
  const demoStore = `sqlite:${new URL('build/demo/store.sqlite', root).pathname}`;
  const storeUrl = values.store ?? (values.demo ? demoStore : 'sqlite:hezuo.sqlite');
  const store = await openStore(storeUrl);
  const token = values.token ?? (values.demo ? randomBytes(12).toString('base64url') : undefined);
  const start = async () => {
    const hezuo = await loadCore();
    const definitions = compile(hezuo, files);
    const intake = createIntake({
      hezuo,
      definitions,
      store,
      token,
      origins: values.origin,
      proxies,
      rate: { limit: rate, window: 600_000 },
      drafts: days > 0 ? { days } : undefined,
      log,
    });
    return { definitions, intake };
  };
  /** @param {unknown} error */
  const log = (error) => {
    console.error(error);
    // A core that trapped may be broken: the next request gets a new one.
    if (error instanceof WebAssembly.RuntimeError) current = start();
  };
  let current = start();
  const { definitions } = await current;
  /** @type {Handler} */
  const intake = async (request, connection) => (await current).intake(request, connection);
  const handler = values.demo
    ? createDemo({
        pages: new URL('demo/plain/', root),
        bundle: new URL('js/dist/', root),
        cache: new URL('build/demo/', root),
        definition: files[0].text,
        intake,
      })
    : intake;

  const server = await serve(handler, { host: values.host, port, attempts: port ? 20 : 1 }).catch(
    (error) => fail(`Cannot listen on ${values.host}, port ${port}: ${error.message}`),
  );
  if (port && server.port !== port) console.log(`Port ${port} is taken.`);
  if (values.demo) introduce(server.url, files, definitions[0]);
  if (token) console.log(`What was handed in: ${server.url}/admin/`);
  if (token && !values.token) console.log(`with the access token ${token}`);
  console.log(`Applications go to ${server.url}/applications`);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await server.stop();
    await store.close();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

await main().catch((error) => fail(String(error?.message ?? error)));

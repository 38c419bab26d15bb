#!/usr/bin/env node
// Receives applications on this machine. `--help` says how.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { HezuoError } from '../src/index.js';
import { loadCore } from './core.js';
import { createDemo, movedToNow } from './demo.js';
import { createIntake } from './handler.js';
import { serve } from './node.js';
import { openStore } from './store.js';

/** @import {Hezuo} from '../src/index.js' */
/** @import {Handler} from './handler.js' */

const usage = `Receives applications.

  hezuo-intake --definitions DIR [options]
  hezuo-intake --demo

  --definitions DIR   folder of the calls that are received, one .json each  HEZUO_DEFINITIONS
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
  --demo              serves a website with the form as well; the call is
                      moved in time so that it is open
`;

const { values } = parseArgs({
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
    demo: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const root = new URL('../../', import.meta.url);

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/**
 * @param {string} name
 * @returns {number}
 */
function wholeNumber(name) {
  const value = values[/** @type {'port' | 'proxies' | 'rate'} */ (name)];
  return /^\d{1,9}$/.test(value)
    ? Number(value)
    : fail(`--${name} is a whole number, not ${value}`);
}

/** @returns {Promise<{name: string, text: string}[]>} */
async function readDefinitions() {
  if (values.demo && !values.definitions) {
    const name = 'core/data/definitions/uec-award-2019.json';
    return [{ name, text: movedToNow(await readFile(new URL(name, root), 'utf8'), Date.now()) }];
  }
  if (!values.definitions) fail(`--definitions is missing.\n\n${usage}`);
  const folder = new URL(`${pathToFileURL(values.definitions).href}/`);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  if (names.length === 0) fail(`There is no .json in ${values.definitions}`);
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), 'utf8') })),
  );
}

/**
 * @param {Hezuo} hezuo
 * @param {{name: string, text: string}} file
 */
function compile(hezuo, { name, text }) {
  try {
    return hezuo.compile(text);
  } catch (error) {
    if (!(error instanceof HezuoError)) throw error;
    const issues = (error.issues ?? []).map(({ pointer, texts }) => `  ${pointer}: ${texts.en}\n`);
    return fail(`${name} cannot be used: ${error.message}\n${issues.join('')}`);
  }
}

async function main() {
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (values.token !== undefined && values.token.length < 12) {
    fail('The token is too short to be safe: take twelve characters or more.');
  }
  const [port, proxies, rate] = ['port', 'proxies', 'rate'].map(wholeNumber);
  const texts = await readDefinitions();

  // What is stored is for this user alone.
  process.umask(0o077);
  if (values.demo) await mkdir(new URL('build/demo/', root), { recursive: true });
  const demoStore = `sqlite:${new URL('build/demo/store.sqlite', root).pathname}`;
  const storeUrl = values.store ?? (values.demo ? demoStore : 'sqlite:hezuo.sqlite');
  const store = await openStore(storeUrl);
  const token = values.token ?? (values.demo ? randomBytes(12).toString('base64url') : undefined);
  const start = async () => {
    const hezuo = await loadCore();
    return createIntake({
      hezuo,
      definitions: texts.map((file) => compile(hezuo, file)),
      store,
      token,
      origins: values.origin,
      proxies,
      rate: { limit: rate, window: 600_000 },
      log,
    });
  };
  /** @param {unknown} error */
  const log = (error) => {
    console.error(error);
    // A core that trapped may be broken: the next request gets a new one.
    if (error instanceof WebAssembly.RuntimeError) current = start();
  };
  let current = start();
  await current;
  /** @type {Handler} */
  const intake = async (request, connection) => (await current)(request, connection);
  const handler = values.demo
    ? createDemo({
        pages: new URL('demo/plain/', root),
        bundle: new URL('js/dist/', root),
        cache: new URL('build/demo/', root),
        definition: texts[0].text,
        intake,
      })
    : intake;

  const server = await serve(handler, { host: values.host, port, attempts: port ? 20 : 1 }).catch(
    (error) => fail(`Cannot listen on ${values.host}, port ${port}: ${error.message}`),
  );
  if (port && server.port !== port) console.log(`Port ${port} is taken.`);
  if (values.demo) {
    console.log(`The form, on a page as an author would write it: ${server.url}/`);
    console.log(
      `The same on a site that allows no script, in a frame: ${server.url}/no-script.html`,
    );
    console.log('Its call is the one of 2019, moved in time so that it closes in 60 days.');
  }
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

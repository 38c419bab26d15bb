// Makes what ships of what was compiled: `npm run build` calls it after the wasm.
//   hezuo-data.json          messages and taxonomies in one file, for the loader
//   hezuo-form.wasm2js.js    the module for pages where WebAssembly is refused
//   hezuo.css                the form's styles, for browsers that cannot share them
//   dist/                    the bundle, and beside it what it fetches
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, transform } from 'esbuild';

import { styles } from './src/elements/application/styles.js';

const root = new URL('../', import.meta.url);
const path = (/** @type {string} */ name) => fileURLToPath(new URL(name, root));
const read = (/** @type {string} */ name) => readFile(new URL(name, root), 'utf8');

/** @type {import('esbuild').BuildOptions} */
const shipped = {
  bundle: true,
  format: 'esm',
  target: 'chrome87',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
};

const css = { minify: true, target: shipped.target };

/** What the core reads of a list; sources, licences and long wordings stay in its file. */
const used = (/** @type {any} */ { id, terms }) => ({
  id,
  terms: terms.map((/** @type {any} */ { id, parent, label }) => ({ id, parent, label })),
});

async function data() {
  const folder = async (/** @type {string} */ name) =>
    (await readdir(new URL(name, root))).sort().map((file) => name + file);
  const parse = (/** @type {string[]} */ names) =>
    Promise.all(names.map(async (name) => JSON.parse(await read(name))));
  const messages = await parse(['core/data/messages/en.json', 'core/data/messages/zh-Hans.json']);
  const taxonomies = (await parse(await folder('core/data/taxonomies/'))).map(used);
  await writeFile(path('js/hezuo-data.json'), JSON.stringify({ messages, taxonomies }));
}

async function sheet() {
  const { code } = await transform(styles, { ...css, loader: 'css' });
  await writeFile(path('js/hezuo.css'), code);
}

async function wasm2js() {
  const wide = path('build/hezuo-form.wasm2js.js');
  await promisify(execFile)('wasm2js', ['-Os', path('js/hezuo-form.wasm'), '-o', wide]);
  await build({
    ...shipped,
    entryPoints: [wide],
    outfile: path('js/hezuo-form.wasm2js.js'),
    plugins: [
      {
        // It imports its host's functions by bare names; the host never changes.
        name: 'host',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^(env|wasi_snapshot_preview1)$/ }, ({ path }) => ({
            path,
            namespace: 'host',
          }));
          onLoad({ filter: /./, namespace: 'host' }, () => ({
            contents: `
              export function emscripten_notify_memory_growth() {}
              export function proc_exit(status) {
                throw new Error('hezuo-form exited with ' + status);
              }`,
          }));
        },
      },
    ],
  });
}

/** What is loaded when somebody asks for it; in the bundle it is `hezuo-NAME.js`. */
const chunks = ['merge', 'vault'];
/** What the bundle needs of no message: those of the chunks, and those for authors of calls. */
const elsewhere = ['definition.', ...chunks.map((name) => `ui.${name}.`)];

/** The messages that `wants` by their code. @param {(code: string) => boolean} wants */
async function messagesThat(wants) {
  const { messages: files } = JSON.parse(await read('js/hezuo-data.json'));
  return files.map((/** @type {any} */ { messages, ...language }) => ({
    ...language,
    messages: Object.fromEntries(Object.entries(messages).filter(([code]) => wants(code))),
  }));
}

/** What the bundle fetches from its own folder. */
const beside = ['hezuo-form.wasm', 'hezuo-form.wasm2js.js', 'hezuo.css'];

/** Templates are not minified; their indentation is a kilobyte. @param {string} code */
const tightened = (code) => code.replace(/\n +/g, '\n');

/** @type {import('esbuild').Plugin} */
const tight = {
  name: 'tight',
  setup({ onLoad }) {
    onLoad({ filter: /-messages\.js$/ }, async ({ path }) => {
      const [, name] = /** @type {RegExpExecArray} */ (/([a-z]+)-messages\.js$/.exec(path));
      const messages = await messagesThat((code) => code.startsWith(`ui.${name}.`));
      return { contents: `export const messages = ${JSON.stringify(messages)};` };
    });
    onLoad({ filter: /\/js\/src\/.+\.js$/ }, async ({ path }) => ({
      contents: tightened(await readFile(path, 'utf8')),
    }));
  },
};

/**
 * The sources look for the core and its data in js/, the folder above them. The bundle has
 * copies of the core beside it, and the data within.
 * @type {import('esbuild').Plugin}
 */
const inTheBundle = {
  name: 'in the bundle',
  setup({ onLoad, onResolve, onEnd }) {
    onResolve({ filter: /\/[a-z]+-desk\.js$/ }, ({ kind, path }) => {
      const [, name] = /** @type {RegExpExecArray} */ (/([a-z]+)-desk\.js$/.exec(path));
      return kind === 'dynamic-import' ? { path: `./hezuo-${name}.js`, external: true } : undefined;
    });
    const above = /new URL\(\s*'(?:\.\.\/)+(hezuo[\w.-]+)',\s*import\.meta\.url,?\s*\)/g;
    /** @type {Set<string>} */
    const found = new Set();
    onLoad({ filter: /\/application\/styles\.js$/ }, async () => ({
      contents: `export const styles = ${JSON.stringify((await read('js/hezuo.css')).trim())};`,
    }));
    onLoad({ filter: /\/hezuo-data\.json$/ }, async () => {
      const { taxonomies } = JSON.parse(await read('js/hezuo-data.json'));
      const messages = await messagesThat(
        (code) => !elsewhere.some((family) => code.startsWith(family)),
      );
      return { contents: JSON.stringify({ messages, taxonomies }), loader: 'json' };
    });
    onLoad({ filter: /\/js\/src\/.+\.js$/ }, async ({ path }) => {
      let data = '';
      const code = (await readFile(path, 'utf8')).replace(above, (_, name) => {
        found.add(name);
        if (name !== 'hezuo-data.json') return `new URL('./${name}', import.meta.url)`;
        data = `import data_ from '../${name}';`;
        return 'data_';
      });
      return { contents: data + tightened(code) };
    });
    onEnd(() => {
      const needed = [...beside, 'hezuo-data.json'];
      const missing = needed.filter((name) => !found.has(name));
      return { errors: missing.map((name) => ({ text: `no source looks for ${name}` })) };
    });
  },
};

async function bundle() {
  await build({
    ...shipped,
    entryPoints: [path('js/src/define.js')],
    outfile: path('js/dist/hezuo.js'),
    plugins: [inTheBundle],
  });
  for (const name of chunks) {
    await build({
      ...shipped,
      entryPoints: [path(`js/src/elements/application/${name}-desk.js`)],
      outfile: path(`js/dist/hezuo-${name}.js`),
      plugins: [tight],
    });
  }
  for (const name of beside) {
    await copyFile(path(`js/${name}`), path(`js/dist/${name}`));
  }
}

/** Whose work is in the files of dist/, and on what terms. */
async function licenses() {
  const parts = {
    Hezuo: 'LICENSE',
    'Unicode data, in the wasm': 'core/src/unicode/LICENSE',
    'JSON for Modern C++, in the wasm': '/usr/share/doc/nlohmann-json3-dev/copyright',
    'musl, in the wasm': '/usr/share/emscripten/system/lib/libc/musl/COPYRIGHT',
    'Lit, in hezuo.js': 'node_modules/lit-html/LICENSE',
  };
  const texts = await Promise.all(
    Object.entries(parts).map(
      async ([name, file]) => `# ${name}\n\n${(await read(file)).trim()}\n`,
    ),
  );
  await writeFile(path('js/dist/LICENSES.txt'), texts.join('\n\n'));
}

await rm(path('js/dist'), { recursive: true, force: true });
await mkdir(path('js/dist'), { recursive: true });
await Promise.all([data(), sheet(), wasm2js()]);
await Promise.all([bundle(), licenses()]);

// Makes what ships of what was compiled: `npm run build` calls it after the wasm.
//   hezuo-data.json          messages and taxonomies in one file, for the loader
//   hezuo-form.wasm2js.js    the module for pages where WebAssembly is refused
//   dist/                    the bundle, and beside it what it fetches
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

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

async function data() {
  const folder = async (/** @type {string} */ name) =>
    (await readdir(new URL(name, root))).sort().map((file) => name + file);
  const parse = (/** @type {string[]} */ names) =>
    Promise.all(names.map(async (name) => JSON.parse(await read(name))));
  const messages = await parse(['core/data/messages/en.json', 'core/data/messages/zh-Hans.json']);
  const taxonomies = await parse(await folder('core/data/taxonomies/'));
  await writeFile(path('js/hezuo-data.json'), JSON.stringify({ messages, taxonomies }));
}

async function wasm2js() {
  const wide = path('build/hezuo-form.wasm2js.js');
  await promisify(execFile)('wasm2js', ['-O2', path('js/hezuo-form.wasm'), '-o', wide]);
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

/**
 * The sources look for the two forms of the core in js/, the folder above them; the bundle
 * has copies beside it.
 * @type {import('esbuild').Plugin}
 */
const besideTheBundle = {
  name: 'beside the bundle',
  setup({ onLoad, onEnd }) {
    let found = 0;
    onLoad({ filter: /\/js\/src\/\w+\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(
        /(new URL\(\s*')\.\.(\/hezuo-form\.[\w.]+',\s*import\.meta\.url,?\s*\))/g,
        (_, before, after) => (found++, `${before}.${after}`),
      ),
    }));
    onEnd(() => (found === 0 ? { errors: [{ text: 'no source looks for the core' }] } : {}));
  },
};

async function bundle() {
  await build({
    ...shipped,
    entryPoints: [path('js/src/define.js')],
    outfile: path('js/dist/hezuo.js'),
    plugins: [besideTheBundle],
  });
  for (const name of ['hezuo-form.wasm', 'hezuo-form.wasm2js.js']) {
    await copyFile(path(`js/${name}`), path(`js/dist/${name}`));
  }
}

/** Whose work is in the files of dist/, and on what terms. */
async function licenses() {
  const parts = {
    Hezuo: 'LICENSE',
    'ICU, in the wasm': 'build/icu/icu/LICENSE',
    'JSON for Modern C++, in the wasm': '/usr/share/doc/nlohmann-json3-dev/copyright',
    'musl, in the wasm': '/usr/share/emscripten/system/lib/libc/musl/COPYRIGHT',
    'Lit, in hezuo.js': 'node_modules/lit/LICENSE',
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
await Promise.all([data(), wasm2js()]);
await Promise.all([bundle(), licenses()]);

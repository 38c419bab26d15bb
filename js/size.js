// Bytes of what ships, as JSON: `npm run size`. Compressed as a server would, at its best.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/**
 * Each row is what a visitor downloads for one use; the limits are in bytes of brotli.
 * @type {Record<string, {files: string[], limit: number}>}
 */
const uses = {
  form: { files: ['hezuo.js', 'hezuo-form.wasm'], limit: 150_000 },
  merge: { files: ['hezuo-merge.js'], limit: 5_000 },
  vault: { files: ['hezuo-vault.js'], limit: 5_000 },
  formWithoutWebAssembly: { files: ['hezuo.js', 'hezuo-form.wasm2js.js'], limit: 200_000 },
};

/** @param {string} name */
function weigh(name) {
  const bytes = readFileSync(new URL(`dist/${name}`, import.meta.url));
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length, // quality 11 unless told
  };
}

/** What each file in js/dist/ and each use of them weighs. */
export function sizes() {
  const names = [...new Set(Object.values(uses).flatMap(({ files }) => files))];
  const files = Object.fromEntries(names.map((name) => [name, weigh(name)]));
  const sums = Object.entries(uses).map(([use, { files: parts, limit }]) => {
    const sum = (/** @type {'raw' | 'gzip' | 'brotli'} */ unit) =>
      parts.reduce((total, name) => total + files[name][unit], 0);
    return [use, { raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli'), limit }];
  });
  return { files, uses: Object.fromEntries(sums) };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(JSON.stringify(sizes(), null, 2));
}

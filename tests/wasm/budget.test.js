import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

import { sizes } from '../../js/size.js';

const { files, uses } = sizes();

describe('what a visitor downloads', () => {
  for (const [use, { brotli, limit }] of Object.entries(uses)) {
    it(`stays within the budget of ${use}`, () => {
      assert.ok(brotli <= limit, `${brotli} bytes, and ${limit} are allowed`);
    });
  }
});

describe('the wrapper', () => {
  it('of API and loader stays under 5 KB', async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('../../js/src/index.js', import.meta.url))],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'chrome87',
      write: false,
    });

    const size = brotliCompressSync(outputFiles[0].contents).length;

    assert.ok(size > 500 && size <= 5000, `${size} bytes`);
  });

  it('with the element, Lit and all messages stays under 45 KB', () => {
    assert.ok(files['hezuo.js'].brotli <= 45_000, `${files['hezuo.js'].brotli} bytes`);
  });
});

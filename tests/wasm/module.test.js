import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = (path) => new URL(path, import.meta.url);
const file = here('../../js/hezuo-form.wasm');
const module = await WebAssembly.compile(await readFile(file));
const header = await readFile(here('../../wasm/hezuo.h'), 'utf8');
const declared = [...header.matchAll(/^HEZUO_EXPORT[^(]*\b(hz_\w+)\(/gm)].map(([, name]) => name);
const all = ['_initialize', 'memory', ...declared].sort();

describe('hezuo-form.wasm', () => {
  it('asks its host for two functions', () => {
    const asked = WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`);

    assert.deepEqual(asked.sort(), [
      'env.emscripten_notify_memory_growth',
      'wasi_snapshot_preview1.proc_exit',
    ]);
  });

  it('exports what hezuo.h declares, its memory and its start', () => {
    const exported = WebAssembly.Module.exports(module).map(({ name }) => name);

    assert.ok(declared.length > 0);
    assert.deepEqual(exported.sort(), all);
  });

  it('uses no instruction that came after the first WebAssembly', () => {
    const { status, stderr } = spawnSync(
      'wasm-opt',
      ['--mvp-features', fileURLToPath(file), '-o', '/dev/null'],
      { encoding: 'utf8' },
    );

    assert.equal(status, 0, stderr);
  });

  it('has no sections for tools', () => {
    for (const name of ['name', 'producers', 'target_features', 'sourceMappingURL']) {
      assert.deepEqual(WebAssembly.Module.customSections(module, name), [], name);
    }
  });
});

describe('hezuo-form.wasm2js.js', () => {
  it('exports the same as the wasm', async () => {
    const twin = await import(here('../../js/hezuo-form.wasm2js.js'));

    assert.deepEqual(Object.keys(twin).sort(), all);
  });
});

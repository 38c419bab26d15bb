// The command `hezuo` of the newest build: with sanitizers, or as it is installed. $HEZUO
// names another.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

function find() {
  if (process.env.HEZUO) return process.env.HEZUO;
  const built = ['build/dev/hezuo', 'build/release/hezuo']
    .map((path) => fileURLToPath(new URL(`../${path}`, import.meta.url)))
    .map((file) => ({ file, at: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.at - a.at);
  assert.ok(built[0].at > 0, 'the command is not built: cmake --workflow --preset release');
  return built[0].file;
}

export const command = find();

/** Runs it to its end. @param {string[]} args @param {string | Buffer} [input] */
export function run(args, input = '') {
  const { status, signal, stdout, stderr } = spawnSync(command, args, {
    input,
    maxBuffer: 1 << 28,
    timeout: 120_000,
  });
  assert.equal(signal, null);
  return { status, out: stdout.toString(), err: stderr.toString() };
}

/** The answers of a filter, one for each line. @param {string[]} args @param {string | Buffer} input */
export function filter(args, input) {
  const { status, out, err } = run(args, input);
  assert.equal(err, '');
  assert.equal(status, 0);
  return out.replace(/\n$/, '').split('\n');
}

/**
 * The JSON Schema of a call that ships.
 * @param {string} id
 */
export function schemaOf(id) {
  return schemaOfFile(new URL(`../core/data/definitions/${id}.json`, import.meta.url));
}

/** @param {URL} file Of a definition. */
export function schemaOfFile(file) {
  return JSON.parse(execFileSync(command, ['schema', fileURLToPath(file)], { encoding: 'utf8' }));
}

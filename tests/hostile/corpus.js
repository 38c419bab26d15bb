// The hostile corpus (tests/data/hostile/README.md), and how attacks are counted.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after } from 'node:test';

/** So many attacks each surface sees at least; together more than 500. */
const least = { core: 1500, command: 500, intake: 900, requests: 250, element: 500 };

const read = (name) =>
  readFileSync(new URL(`../data/hostile/${name}.json`, import.meta.url), 'utf8');

/** Rows marked `skip` succeed still: the reason is in the row. */
const unmended = (_, value) => (Array.isArray(value) ? value.filter((row) => !row?.skip) : value);
export const corpus = (name) => JSON.parse(read(name), unmended);

/** A call in which every kind of text and of question has its place. */
export const callText = read('call');
export const call = () => JSON.parse(callText);

/** While that call is open. */
export const now = Date.parse('2026-11-24T00:00:00Z');

/** A document of that call, whose answers are JSON text as it is. */
export const documentOf = (answers) =>
  `{"definition":"hostile","revision":1,"language":"en","answers":${answers},"consents":{},` +
  '"history":[{"at":"2026-11-24T00:00:00Z","event":"handed_in","language":"en"}]}';

/**
 * Counts the attacks on a surface by class. `attack` runs one, and adds to what is wrong what
 * it throws; `held` fails with all of it. At the end the counts are printed, and too few fail.
 */
export function surface(name) {
  const counts = {};
  after(() => {
    const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
    console.log(`hostile ${name}: ${total} attacks ${JSON.stringify(counts)}`);
    assert.ok(total >= least[name], `${total} attacks of ${least[name]}`);
  });
  return (kind) => {
    const faults = [];
    return {
      async attack(what, run) {
        counts[kind] = (counts[kind] ?? 0) + 1;
        try {
          await run();
        } catch (error) {
          faults.push(
            `${JSON.stringify(what).slice(0, 200)}: ${String(error.message).slice(0, 400)}`,
          );
        }
      },
      held: () => assert.equal(faults.length, 0, faults.slice(0, 9).join('\n')),
    };
  };
}

/** The paths of all strings in a JSON value. */
export function places(value, path = []) {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => places(value[key], [...path, key]));
}

/** A copy in which another value stands at a path. */
export function replaced(value, path, other) {
  const copy = structuredClone(value);
  const parent = path.slice(0, -1).reduce((part, key) => part[key], copy);
  parent[path.at(-1)] = other;
  return copy;
}

/** What stands at a path. */
export const at = (value, path) => path.reduce((part, key) => part?.[key], value);

export const bytesOf = ({ text, hex }) =>
  hex === undefined ? new TextEncoder().encode(text) : Uint8Array.from(Buffer.from(hex, 'hex'));

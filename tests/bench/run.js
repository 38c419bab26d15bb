// Measures the core against its rivals: `npm run bench [suite...]`, in Node and in Chromium.
// Prints tables, and writes each to build/bench/: processor times in Node, times of the wall in
// Chromium.
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';

import { loadCore } from '../../js/intake/core.js';
import { firstCompilation, memory } from './alone.js';
import { inChromium } from './browser.js';
import { makeSubjects } from './subjects.js';
import { suites } from './suites.js';

const folder = new URL('../../build/bench/', import.meta.url);
const alone = { first: firstCompilation, memory };
const places = ['chromium', ...Object.keys(suites), ...Object.keys(alone)];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !places.includes(name));
if (unknown.length > 0) {
  console.error(`No such suite: ${unknown.join(', ')}. There are ${places.join(', ')}.`);
  process.exit(2);
}
const isAsked = (/** @type {string} */ name) => asked.length === 0 || asked.includes(name);

async function report(name, rows) {
  await writeFile(new URL(`${name}.json`, folder), JSON.stringify(rows, null, 2));
  let subject = '';
  for (const row of rows) {
    if (row.name !== subject) console.log(`\n${(subject = row.name)}: ${row.ours} ${row.unit}`);
    const verdict =
      row.ratio >= 1
        ? `${row.ratio} times as much`
        : `wins: ${Number((1 / row.ratio).toPrecision(3))} times less`;
    console.log(
      `  ${row.rivalName.padEnd(32)}${`${row.rival} ${row.unit}`.padStart(14)}  ${verdict}`,
    );
  }
}

await mkdir(folder, { recursive: true });
console.log(`${cpus()[0].model.trim()}, Node ${process.versions.node}`);
const subjects = await makeSubjects();
const hezuo = await loadCore();
const contests = Object.keys(suites).filter(isAsked);
for (const name of contests) await report(name, suites[name](hezuo, subjects));
for (const [name, measured] of Object.entries(alone)) {
  if (isAsked(name)) await report(name, await measured(subjects));
}
if (isAsked('chromium')) {
  console.log('\nIn Chromium');
  const results = await inChromium(subjects, contests.length ? contests : Object.keys(suites));
  for (const [name, rows] of Object.entries(results)) await report(`chromium-${name}`, rows);
}

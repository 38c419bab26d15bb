// Measures the core against its rivals: `npm run bench [suite...]`. Prints a table of
// processor times, and writes it to build/bench/.
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';

import { suites } from './suites.js';

const folder = new URL('../../build/bench/', import.meta.url);
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(
    `No such suite: ${unknown.join(', ')}. There are ${Object.keys(suites).join(', ')}.`,
  );
  process.exit(2);
}

await mkdir(folder, { recursive: true });
const machine = `${cpus()[0].model.trim()}, Node ${process.versions.node}`;
console.log(machine);
for (const [name, suite] of Object.entries(suites)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const rows = suite();
  await writeFile(new URL(`${name}.json`, folder), JSON.stringify(rows, null, 2));

  let subject = '';
  for (const row of rows) {
    if (row.name !== subject) console.log(`\n${(subject = row.name)}: ${row.ours} ${row.unit}`);
    const verdict =
      row.ratio >= 1
        ? `${row.ratio} times as long`
        : `wins: ${Number((1 / row.ratio).toPrecision(3))} times faster`;
    console.log(
      `  ${row.rivalName.padEnd(32)}${`${row.rival} ${row.unit}`.padStart(14)}  ${verdict}`,
    );
  }
}

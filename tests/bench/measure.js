// How much time things take. Every contender runs in every round, so that what else the machine
// does hits all alike. In Node it is processor time, which that changes less; in a page it is
// that of the wall.

const rounds = 15;
const roundMicroseconds = 25_000;

/** @param {number[]} values */
export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Microseconds. */
export function clock() {
  if (!globalThis.process?.cpuUsage) return performance.now() * 1000;
  const { user, system } = process.cpuUsage();
  return user + system;
}

function round(work, times) {
  const began = clock();
  for (let i = 0; i < times; ++i) work(i);
  return clock() - began;
}

/**
 * Microseconds that a call of each contender takes: the median of the rounds.
 *
 * @param {Record<string, (i: number) => unknown>} contenders `i` counts calls, so that none
 *   is asked the same twice in a row.
 * @returns {Record<string, number>}
 */
export function measure(contenders) {
  const all = Object.entries(contenders).map(([name, work]) => {
    // Doubled until a round is long enough; by then the engine has compiled it.
    let times = 1;
    while (round(work, times) < roundMicroseconds) times *= 2;
    return { name, work, times, results: /** @type {number[]} */ ([]) };
  });
  for (let i = 0; i < rounds; ++i) {
    for (const { work, times, results } of all) results.push(round(work, times) / times);
  }
  return Object.fromEntries(all.map(({ name, results }) => [name, median(results)]));
}

/**
 * A row of the table for each rival. `ratio` says how many times longer the rival takes:
 * below 1, the rival wins.
 *
 * @param {string} name
 * @param {Record<string, number>} results Ours is the first.
 */
export function rowsOf(name, results, unit = 'us') {
  const [[, ours], ...rivals] = Object.entries(results);
  return rivals.map(([rivalName, rival]) => ({
    name,
    unit,
    ours: rounded(ours),
    rival: rounded(rival),
    rivalName,
    ratio: rounded(rival / ours),
  }));
}

const rounded = (/** @type {number} */ value) => Number(value.toPrecision(3));

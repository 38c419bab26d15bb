// JavaScript itself says how ECMAScript reads and prints numbers; RFC 8785, and with it every
// receipt, rests on that.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { random } from '../conformance/random.js';
import { hezuo } from './core.js';

const bits = new DataView(new ArrayBuffer(8));

/** A number of any size: all bit patterns that are finite. */
function anyNumber(r) {
  do {
    bits.setUint32(0, r.below(2 ** 32));
    bits.setUint32(4, r.below(2 ** 32));
  } while (!Number.isFinite(bits.getFloat64(0)));
  return bits.getFloat64(0);
}

/** Numbers as people write them, and those between which printers have to choose. */
function likelyNumber(r) {
  const digits = r.below(10 ** (1 + r.below(15)));
  const number = r.pick([digits, digits / 10 ** r.below(12), digits * 10 ** r.below(20)]);
  bits.setFloat64(0, number);
  if (r.chance(0.3)) bits.setUint32(4, bits.getUint32(4) ^ 1);
  // No negative zero: JSON.stringify and RFC 8785 know none.
  return bits.getFloat64(0) * (r.chance(0.3) ? -1 : 1) + 0;
}

const edges = [
  0, 5e-324, 2.2250738585072014e-308, 2.225073858507201e-308, 1.7976931348623157e308, 1e21,
  999999999999999900000, 1e-6, 1e-7, 9.999999999999999e-7, 2 ** 53, 2 ** 53 + 2, 2 ** 63, 2 ** 64,
  -(2 ** 63), 0.1, 0.3, 1 / 3, 4.35, 5e-7, 123456789012345680000, 9007199254740993, 1.5e300,
]; // prettier-ignore

const r = random(8785);
const numbers = [
  ...edges,
  ...Array.from({ length: 20_000 }, (_, i) => (i % 2 ? anyNumber(r) : likelyNumber(r))),
];

describe('numbers', () => {
  const each = (rule, values) => hezuo.rule({ map: [{ var: '' }, rule] }, values);

  it('come back as they went in', () => {
    assert.deepEqual(hezuo.rule({ var: '' }, numbers), numbers);
  });

  it('are printed as JavaScript prints them', () => {
    assert.deepEqual(each({ cat: [{ var: '' }] }, numbers), numbers.map(String));
  });

  it('are read from texts as JavaScript reads them', () => {
    const texts = numbers.flatMap((number) => [
      String(number),
      ` ${number.toExponential(r.below(20))}\n`,
      number.toFixed(r.below(20)),
      `${number.toPrecision(1 + r.below(21))}000`.replace(/(e.*)000$/, '$1'),
    ]);

    const finite = texts.filter((text) => Number.isFinite(Number(text)));

    assert.deepEqual(
      each({ '-': [{ var: '' }, 0] }, finite),
      finite.map((text) => Number(text) + 0),
    );
  });

  it('are read up to where a text is one, by plus', () => {
    const texts = numbers
      .slice(0, 4000)
      .map((number) => `${number}${r.pick(['', ' km', 'x', '.', 'e', '-1'])}`);

    assert.deepEqual(
      each({ '+': [{ var: '' }] }, texts),
      texts.map((text) => parseFloat(text) + 0),
    );
  });

  it('are calculated with as JavaScript does', () => {
    for (let i = 0; i < 2000; ++i) {
      const [a, b] = [likelyNumber(r), likelyNumber(r)];
      for (const [operator, expected] of [
        ['+', a + b],
        ['-', a - b],
        ['*', a * b],
        ['/', a / b],
        ['%', a % b],
      ]) {
        if (!Number.isFinite(expected)) continue;
        const result = hezuo.rule({ [operator]: [{ var: 'a' }, { var: 'b' }] }, { a, b });
        assert.equal(result, expected + 0, `${a} ${operator} ${b}`);
      }
    }
  });
});

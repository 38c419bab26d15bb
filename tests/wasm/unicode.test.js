// Unicode's own tests through the wasm. Its API gives counts, not positions: a text has one
// break more than it has clusters, and as many words as segments hold a letter or a digit.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { hezuo } from './core.js';

const folder = '/usr/share/unicode'; // Debian package unicode-data
const rows = (/** @type {string} */ text) =>
  text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter(Boolean);
const characters = (/** @type {string} */ codes) =>
  codes
    .split(' ')
    .filter(Boolean)
    .map((code) => String.fromCodePoint(parseInt(code, 16)))
    .join('');

/** Of each line, such as "÷ 0020 × 0308 ÷", the segments. */
async function segments(name) {
  const text = await readFile(`${folder}/auxiliary/${name}.txt`, 'utf8');
  return rows(text).map((line) => ({
    line,
    parts: line
      .split('÷')
      .map((part) => characters(part.replaceAll('×', '')))
      .filter(Boolean),
  }));
}

describe('count', () => {
  it('passes GraphemeBreakTest', async () => {
    const cases = await segments('GraphemeBreakTest');
    assert.equal(cases.length, 602);

    for (const { line, parts } of cases) {
      const text = parts.join('');
      // Composing never joins or parts clusters: both forms have as many.
      assert.equal(hezuo.count(text).graphemes, parts.length, line);
      assert.equal(hezuo.count(text.normalize('NFD')).graphemes, parts.length, line);
    }
  });

  it('passes WordBreakTest', async () => {
    const cases = await segments('WordBreakTest');
    assert.equal(cases.length, 1823);

    for (const { line, parts } of cases) {
      const words = parts.filter((part) => /[\p{Alphabetic}\p{Nd}\p{Nl}\p{No}]/u.test(part));
      assert.equal(hezuo.count(parts.join('')).words, words.length, line);
    }
  });
});

describe('nfc', () => {
  const text = execFileSync('bzip2', ['-dc', `${folder}/NormalizationTest.txt.bz2`], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });

  it('passes NormalizationTest', () => {
    const listed = new Set();
    let cases = 0;
    let part = '';
    for (const line of rows(text)) {
      if (line.startsWith('@')) {
        part = line;
        continue;
      }
      const [source, nfc, nfd, nfkc, nfkd] = line.split(';').map(characters);
      if (part === '@Part1') listed.add(source);
      for (const form of [source, nfc, nfd]) assert.equal(hezuo.nfc(form), nfc, line);
      for (const form of [nfkc, nfkd]) assert.equal(hezuo.nfc(form), nfkc, line);
      cases += 1;
    }
    assert.equal(cases, 19_074);

    // Each character that part 1 does not list is its own NFC; line feeds keep them apart.
    for (let first = 0; first < 0x110000; first += 0x100) {
      const others = Array.from({ length: 0x100 }, (_, i) => first + i)
        .filter((code) => code < 0xd800 || code > 0xdfff)
        .map((code) => String.fromCodePoint(code))
        .filter((character) => !listed.has(character))
        .join('\n');
      assert.equal(hezuo.nfc(others), others, `from U+${first.toString(16)}`);
    }
  });
});

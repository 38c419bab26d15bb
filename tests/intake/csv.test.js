import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { csvLine } from '../../js/intake/csv.js';

describe('csvLine', () => {
  it('quotes every cell and doubles quotes', () => {
    assert.equal(csvLine(['a', 'b "c", d', 3]), '"a","b ""c"", d","3"\r\n');
  });

  const formulas = [
    '=1+1',
    '+49 201 88',
    '-1+1|cmd',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '\u200b=1',
    '\ufeff=1',
    '＝1+1',
    '＋1',
    '－1+1',
    '＠SUM',
  ];
  for (const formula of formulas) {
    it(`puts an apostrophe before ${JSON.stringify(formula)}`, () => {
      assert.equal(csvLine([formula]), `"'${formula}"\r\n`);
    });
  }

  for (const text of ['-5', '-5.25', 'a=b', '王芳', '2019-09-30', '']) {
    it(`leaves ${JSON.stringify(text)} as it is`, () => {
      assert.equal(csvLine([text]), `"${text}"\r\n`);
    });
  }
});

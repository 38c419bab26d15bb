import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { texts } from '../../js/intake/texts.js';

const params = (text) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe('the texts of the intake', () => {
  const { en, 'zh-Hans': zh } = texts;

  it('are there in both languages, with the same values', () => {
    assert.deepEqual(Object.keys(zh), Object.keys(en));
    for (const code of Object.keys(en)) assert.deepEqual(params(zh[code]), params(en[code]), code);
  });

  it('are written in Chinese as the form is', () => {
    for (const [code, text] of Object.entries(zh)) {
      assert.doesNotMatch(text, /申请/, code);
      assert.doesNotMatch(text, /\p{Script=Han} ?[,;:!(]|[,;:!)] ?\p{Script=Han}/u, code);
      assert.doesNotMatch(text, /\p{Script=Han} +[\w{]+[^ ]*\p{Script=Han}/u, code);
    }
  });
});

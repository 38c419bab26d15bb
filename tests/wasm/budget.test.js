import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { sizes } from '../../js/size.js';

describe('what a visitor downloads', () => {
  for (const [use, { brotli, limit }] of Object.entries(sizes().uses)) {
    it(`stays within the budget of ${use}`, () => {
      assert.ok(brotli <= limit, `${brotli} bytes, and ${limit} are allowed`);
    });
  }
});

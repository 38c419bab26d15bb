// Inputs that are alike in every run: a failure names its seed.

/** @typedef {ReturnType<typeof random>} Random */

/** Numbers of mulberry32. */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (/** @type {number} */ limit) => Math.floor(next() * limit);
  return {
    below,
    chance: (/** @type {number} */ probability) => next() < probability,
    /** @template Item @param {ArrayLike<Item>} items @returns {Item} */
    pick: (items) => items[below(items.length)],
    times: (/** @type {number} */ most, make) => Array.from({ length: below(most + 1) }, make),
  };
}

// What texts go wrong with: marks, jamo, emoji, flags, hidden and ill-formed characters.
const fragments = [
  'a b', 'city ', "don't", '1,234.56', '3.5%', 'e\u0301', 'q\u0307\u0323', '\u212b', '\u2126',
  '武汉', '合作伙伴。', '二〇一九', '\u{20000}', '豈', '\u1100\u1161\u11a8', '한국', 'ｱﾊﾟｰﾄ', 'ก็',
  'क्षि', '👨‍👩‍👧‍👦', '🇨🇳🇪🇺', '🏳️‍🌈', '1️⃣', '\r\n', '\t', ' ', '\u3000', '\u00a0', '\u200b',
  '\u200d', '\u202e', '\ufeff', '\0', '\u001b', '\u0085', '\ufffe', '\ud800', '\udfff', '\udc00\ud800',
  '"', '\\', '\\ud800', '</script>', '%', '-', '@', '.', '+86 ', '0', '9', 'A',
]; // prettier-ignore

/** @param {Random} r */
export function text(r, most = 12) {
  return r
    .times(most, () => {
      if (r.chance(0.8)) return r.pick(fragments);
      return String.fromCodePoint(r.chance(0.5) ? r.below(0x3000) : r.below(0x110000));
    })
    .join('');
}

/** Any JSON value. */
export function value(r, depth = 3) {
  const kind = r.below(depth > 0 ? 9 : 7);
  if (kind === 7) return r.times(3, () => value(r, depth - 1));
  if (kind === 8) {
    return Object.fromEntries(r.times(3, () => [r.pick(['a', 'b', 'x', '']), value(r, depth - 1)]));
  }
  return [
    null,
    r.chance(0.5),
    r.below(20) - 5,
    r.pick([0.1, -0, 1e21, 1e-7, 2 ** 53, 5e-324, 1.7976931348623157e308, 123456.789]),
    r.pick(['', '0', '1', ' 12 ', '1e3', 'abc', '武汉', '2019-09-30', '2019-02', 'Infinity']),
    text(r, 3).toWellFormed(),
    r.pick(['a', 'b', 'x']),
  ][kind];
}

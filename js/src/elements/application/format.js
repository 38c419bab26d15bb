// What only shows is the browser's Intl: dates, names of countries and zones.

/** English here is read in Europe and in China: day before month. @param {string} language */
export function locale(language) {
  return language === 'en' ? 'en-GB' : language;
}

/** @type {Map<string, any>} */
const made = new Map();

/**
 * @template T
 * @param {string} key
 * @param {() => T} make
 * @returns {T}
 */
function once(key, make) {
  if (!made.has(key)) made.set(key, make());
  return made.get(key);
}

/**
 * The countries by name, in the order of the language.
 * @param {string} language
 * @param {string[]} codes
 * @returns {[string, string][]}
 */
export function countries(language, codes) {
  return once(`countries ${language}`, () => {
    const { compare } = new Intl.Collator(language);
    return codes
      .map((code) => /** @type {[string, string]} */ ([code, countryName(language, code)]))
      .sort((a, b) => compare(a[1], b[1]));
  });
}

/** @param {string} language @param {string} code */
export function countryName(language, code) {
  const names = once(
    `regions ${language}`,
    () => new Intl.DisplayNames([locale(language)], { type: 'region' }),
  );
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** @param {string} language @param {string} code */
export function currencyName(language, code) {
  return new Intl.DisplayNames([locale(language)], { type: 'currency' }).of(code) ?? code;
}

/** @param {string} language @param {number} value */
export function number(language, value) {
  return value.toLocaleString(locale(language), { maximumFractionDigits: 20 });
}

/** @param {string} language @param {string} code @param {string} amount */
export function money(language, code, amount) {
  const value = Number(amount);
  if (amount === '' || !Number.isFinite(value)) return amount;
  return value.toLocaleString(locale(language), {
    style: 'currency',
    currency: code,
    currencyDisplay: 'name',
  });
}

/** @param {string} language @param {number} bytes */
export function size(language, bytes) {
  const [unit, by] = bytes < 1e6 ? ['kilobyte', 1e3] : ['megabyte', 1e6];
  return (bytes / Number(by)).toLocaleString(locale(language), {
    style: 'unit',
    unit: String(unit),
    maximumFractionDigits: bytes < 1e7 ? 1 : 0,
  });
}

/**
 * "2019-09" or "2019-09-30" in words; anything else as it is.
 * @param {string} language
 * @param {string} text
 */
export function day(language, text) {
  const match = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(text);
  if (!match) return text;
  const [, year, month, date] = match;
  const at = new Date(Date.UTC(+year, +month - 1, +(date ?? 1)));
  if (Number.isNaN(at.getTime())) return text;
  return at.toLocaleDateString(locale(language), {
    year: 'numeric',
    month: 'long',
    day: date ? 'numeric' : undefined,
    timeZone: 'UTC',
  });
}

/** @param {string} language @param {number} ms */
export function clock(language, ms) {
  return new Date(ms).toLocaleTimeString(locale(language), { hour: '2-digit', minute: '2-digit' });
}

/**
 * A moment with the name of its zone; the visitor's zone if none is given.
 * @param {string} language
 * @param {number} ms
 * @param {string} [timeZone]
 */
export function moment(language, ms, timeZone) {
  /** @type {Intl.DateTimeFormatOptions} */
  const options = {
    weekday: 'short',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'long',
  };
  try {
    return new Date(ms).toLocaleString(locale(language), options);
  } catch {
    // A zone that this browser does not know, or that is misspelled in the call.
    return new Date(ms).toLocaleString(locale(language), { ...options, timeZone: 'UTC' });
  }
}

/** The visitor's own time zone. */
export function ownZone() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** In which order the parts of a date are written. @param {string} language @returns {('year' | 'month' | 'day')[]} */
export function dateOrder(language) {
  return once(`order ${language}`, () => {
    const parts = new Intl.DateTimeFormat(locale(language)).formatToParts();
    const order = parts.map(({ type }) => type).filter((type) => /^(year|month|day)$/.test(type));
    return /** @type {('year' | 'month' | 'day')[]} */ (order);
  });
}

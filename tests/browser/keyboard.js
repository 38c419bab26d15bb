// Fills a form as a person does who has no mouse: by Tab, arrows, Space and letters. Of the
// page it asks `evaluate`, `waitForFunction` and the `keyboard`, so that old engines can be
// driven as well.

import assert from 'node:assert/strict';
import { sampleAnswers, sorted, withoutRowIds } from './browser.js';

const MOST_TABS = 400;

const WORDS = {
  en: {
    start: 'Start',
    next: 'Next',
    check: 'Check your answers',
    handIn: 'Hand in the application',
  },
  'zh-Hans': {
    start: '开始填写',
    next: '下一步',
    check: '核对填写内容',
    handIn: '提交申报材料',
  },
};

/** The id of a control, as the element makes it of a field's key. */
export function controlId(key, suffix = '') {
  return `hz-${key.replace(/\//g, '-')}${suffix && `-${suffix}`}`;
}

function focused(page) {
  return page.evaluate(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement;
    return { id: inner?.id ?? '', name: inner?.name ?? '', text: inner?.textContent?.trim() ?? '' };
  });
}

/** Presses Tab until the control has the focus. */
export async function tabTo(page, id) {
  for (let i = 0; i < MOST_TABS; ++i) {
    if ((await focused(page)).id === id) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${id} was not reached by Tab`);
}

async function write(page, id, text) {
  await tabTo(page, id);
  // What an input method types comes as a whole, not key by key.
  await page.keyboard.insertText(text);
}

async function tick(page, id) {
  await tabTo(page, id);
  await page.keyboard.press('Space');
}

/** Tab reaches one radio button of a group; the arrows go on from there. */
async function pick(page, ids, wanted) {
  for (let i = 0; i < MOST_TABS && !ids.includes((await focused(page)).id); ++i) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Space');
  for (let i = 0; i < ids.length && (await focused(page)).id !== wanted; ++i) {
    await page.keyboard.press('ArrowDown');
  }
}

async function select(page, id, value) {
  await tabTo(page, id);
  const at = await page.evaluate((wanted) => {
    const box = document.activeElement.shadowRoot.activeElement;
    return [...box.options].findIndex((option) => option.value === wanted);
  }, value);
  await page.keyboard.press('Home');
  for (let i = 0; i < at; ++i) await page.keyboard.press('ArrowDown');
}

/** The boxes of a date stand in the order of the language. */
async function writeDate(page, key, name, text) {
  const [year, month, day] = text.split('-');
  const parts = { year, month, day };
  const prefix = controlId(key, name);
  const boxes = await page.evaluate((start) => {
    const root = document.querySelector('hezuo-application').shadowRoot;
    return [...root.querySelectorAll(`[id^="${start}"]`)].map(({ id }) => id);
  }, prefix);
  for (const id of boxes) {
    const part = /(year|month|day)$/.exec(id)?.[0];
    if (part && id.endsWith(`${name}${part}`)) await write(page, id, parts[part]);
  }
}

/** Answers one question. What comes first in it is answered first. */
export async function answer(page, field, key, value) {
  const languages = field.languages ?? [];
  switch (field.kind) {
    case 'line':
    case 'prose':
      if (typeof value === 'string') return write(page, controlId(key), value);
      for (const language of languages) {
        const id = languages.length > 1 ? controlId(key, language) : controlId(key);
        if (value[language]) await write(page, id, value[language]);
      }
      return undefined;
    case 'choice':
      if (field.options.length > 7) return select(page, controlId(key), value);
      return pick(
        page,
        field.options.map(({ id }) => controlId(key, id)),
        controlId(key, value),
      );
    case 'choices':
    case 'taxonomy':
      for (const { id } of field.options) {
        const box = controlId(key, id.replace(/[^a-z0-9]/gi, '_'));
        if (value.includes(id)) await tick(page, box);
      }
      return undefined;
    case 'number':
      return write(page, controlId(key), String(value));
    case 'money':
      for (const code of field.currencies) {
        if (value[code]) await write(page, controlId(key, code), value[code]);
      }
      return value.on ? writeDate(page, key, 'on', value.on) : undefined;
    case 'date':
    case 'month':
      return writeDate(page, key, '', value);
    case 'period':
      await writeDate(page, key, 'start', value.start);
      if (value.end) return writeDate(page, key, 'end', value.end);
      return tick(page, controlId(key, 'running'));
    case 'yes-no':
      if (field.confirm) return tick(page, controlId(key));
      return pick(
        page,
        [controlId(key, 'yes'), controlId(key, 'no')],
        controlId(key, value ? 'yes' : 'no'),
      );
    case 'identifier':
      if (field.schemes.length > 1) await select(page, controlId(key, 'scheme'), value.scheme);
      return write(page, controlId(key, 'value'), value.value);
    case 'country':
      return select(page, controlId(key), value);
    case 'place':
      await select(page, controlId(key, 'country'), value.country);
      for (const language of languages) {
        if (value.name[language])
          await write(page, controlId(key, `name-${language}`), value.name[language]);
      }
      if (value.code) await write(page, controlId(key, 'code'), value.code);
      return undefined;
    case 'email':
    case 'phone':
    case 'url':
      return write(page, controlId(key), value);
    default:
      throw new Error(`no way to answer a ${field.kind}`);
  }
}

async function rowsOf(page, group) {
  return page.evaluate((key) => {
    const cards = document
      .querySelector('hezuo-application')
      .shadowRoot.querySelectorAll(`[data-key^="${key}/"].row-card`);
    return [...cards].map((card) => card.dataset.key);
  }, group);
}

/** Answers all questions of a section in their order. */
export async function answerSection(page, section, answers) {
  for (const field of section.fields) {
    const value = answers[field.id];
    if (value === undefined) continue;
    if (field.kind !== 'group') {
      await answer(page, field, field.id, value);
      continue;
    }
    for (const [at, row] of value.entries()) {
      if ((await rowsOf(page, field.id)).length <= at) {
        await tabTo(page, controlId(field.id, 'add'));
        await page.keyboard.press('Enter');
      }
      const key = (await rowsOf(page, field.id))[at];
      for (const each of field.fields) {
        if (row[each.id] !== undefined) await answer(page, each, `${key}/${each.id}`, row[each.id]);
      }
    }
  }
}

/** Presses Tab until a button of that text has the focus, then Enter. */
export async function press(page, text) {
  for (let i = 0; i < MOST_TABS; ++i) {
    if ((await focused(page)).text === text) {
      await page.keyboard.press('Enter');
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`"${text}" was not reached by Tab`);
}

/** Waits until one of these is in the form; says whether the first is. */
async function shown(page, first, other = first) {
  const there = await page.waitForFunction(
    ([wanted, instead]) => {
      const { shadowRoot } = document.querySelector('hezuo-application');
      if (shadowRoot?.querySelector(wanted)) return 'first';
      return shadowRoot?.querySelector(instead) ? 'other' : '';
    },
    [first, other],
  );
  return (await there.jsonValue()) === 'first';
}

function titled(page, text) {
  return page.waitForFunction(
    (wanted) =>
      document
        .querySelector('hezuo-application')
        .shadowRoot.querySelector('.view-title')
        ?.textContent.includes(wanted),
    text,
  );
}

/**
 * From the empty form to the receipt, whose digest it returns. `look` is called with the name
 * of each view that was filled in.
 */
export async function journey(page, answers, language, look = async () => undefined) {
  const words = WORDS[language];
  await shown(page, '.view.start');
  const form = await page.evaluate(() => window.form);
  await look('start');
  await press(page, words.start);
  for (const section of form.sections) {
    await titled(page, section.title[language]);
    await answerSection(page, section, answers);
    await look(section.id);
    await press(page, words.next);
  }
  await titled(page, words.check);
  for (const { id } of form.consents) await tick(page, controlId(`consents/${id}`));
  await look('check');
  await press(page, words.handIn);
  if (await shown(page, '#hz-confirm', '.view.done')) {
    await tick(page, 'hz-confirm');
    await press(page, words.handIn);
    await shown(page, '.view.done');
  }
  await look('done');
  return page.evaluate(() =>
    document
      .querySelector('hezuo-application')
      .shadowRoot.querySelector('.digest')
      .textContent.trim(),
  );
}

/** Fills in the sample application by keyboard, and finds it at the intake as it was typed. */
export async function handInByKeyboard(world, path, language) {
  const answers = await sampleAnswers();
  const page = await world.open(path);

  const digest = await journey(page, answers, language);

  const stored = await world.storedOf(page);
  assert.equal(stored.receipt, digest);
  assert.equal(stored.document.language, language);
  assert.deepEqual(sorted(withoutRowIds(stored.document.answers)), sorted(withoutRowIds(answers)));
  assert.deepEqual(page.violations, []);
  assert.deepEqual(page.foreign, []);
  assert.deepEqual(page.failures, []);
}

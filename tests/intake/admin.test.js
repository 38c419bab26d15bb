import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { moment, size } from '../../js/src/elements/application/format.js';
import { openStore } from '../../js/intake/store.js';
import {
  application,
  bearer,
  createTestIntake,
  formOf,
  get,
  open,
  pdf,
  post,
  revised,
  sha256,
  token,
} from './call.js';
import { databases } from './databases.js';

const html = { accept: 'text/html' };
const evil = '<img src=x onerror="alert(1)">';
const file = { name: '证明 "1".pdf', bytes: pdf('evidence') };

/** What a page says in its elements `time`, and what these mean. */
function timesOf(text) {
  const found = [...text.matchAll(/<time datetime="([^"]*)">([^<]*)<\/time>/g)];
  return { instants: found.map((match) => match[1]), texts: found.map((match) => match[2]) };
}

const urlencoded = (values) => new URLSearchParams(values);

let database, store, intake, id;
before(async () => {
  database = await databases[0].start();
  store = await openStore(await database.create());
  intake = createTestIntake({ store });
  ({ id } = await handIn({ title: `=1+1 ${evil}`, files: [file] }));
});
after(async () => {
  await store.close();
  await database.remove();
});

async function handIn({ title, files = [] }) {
  const response = await intake(post(formOf(application({ title, files }), { files })));
  assert.equal(response.status, 201);
  return response.json();
}

async function textOf(path, headers = bearer) {
  const response = await intake(get(path, headers));
  return { response, text: await response.text() };
}

describe('the door of the maintainer’s pages', () => {
  const paths = [
    '/admin/',
    '/admin/export.csv',
    '/admin/export.jsonl',
    '/admin/applications/x',
    '/admin/applications/x/delete',
  ];
  for (const path of paths) {
    it(`is closed at ${path}`, async () => {
      const { response, text } = await textOf(path, {});

      assert.equal(response.status, 401);
      assert.equal(JSON.parse(text).error.code, 'admin.unauthorized');
    });
  }

  it('shows a browser the way in', async () => {
    const { response, text } = await textOf('/admin/', html);

    assert.equal(response.status, 401);
    assert.match(text, /<form method="post" action="\.\/login">/);
    assert.doesNotMatch(text, new RegExp(id));
  });

  it('opens to the token, with a cookie that no script and no other site can use', async () => {
    const login = await intake(post(urlencoded({ token }), { path: '/admin/login' }));
    const cookie = login.headers.get('set-cookie');

    const page = await intake(get('/admin/', { ...html, cookie: cookie.split(';')[0] }));

    assert.equal(login.status, 303);
    assert.equal(login.headers.get('location'), './');
    assert.match(cookie, /; HttpOnly; SameSite=Strict/);
    assert.equal(cookie.includes(token), false);
    assert.equal(page.status, 200);
  });

  it('marks the cookie as secure behind TLS', async () => {
    const headers = { 'x-forwarded-proto': 'https' };

    const login = await intake(post(urlencoded({ token }), { path: '/admin/login', headers }));

    assert.match(login.headers.get('set-cookie'), /; Secure/);
  });

  it('stays closed to another token, a forged cookie and one that is out of date', async () => {
    const login = await intake(post(urlencoded({ token: 'wrong' }), { path: '/admin/login' }));
    const right = await intake(post(urlencoded({ token }), { path: '/admin/login' }));
    const [cookie] = right.headers.get('set-cookie').split(';');
    const later = createTestIntake({ store, clock: () => open + 9 * 3_600_000 });
    const forged = cookie.replace(/=\d+/, `=${open + 99 * 3_600_000}`);

    const statuses = [
      login.status,
      (await intake(get('/admin/', { cookie: forged }))).status,
      (await later(get('/admin/', { cookie }))).status,
      (await intake(get('/admin/', { authorization: 'Bearer wrong' }))).status,
    ];

    assert.deepEqual(statuses, [401, 401, 401, 401]);
  });

  it('lets nobody guess for long', async () => {
    const guess = (headers) =>
      intake(post(urlencoded({ token: 'guess' }), { path: '/admin/login', headers }), {
        address: '192.0.2.66',
      });
    for (let i = 0; i < 10; i++) await guess();

    assert.equal((await guess()).status, 429);
    const page = await guess(html);
    assert.ok(page.headers.has('retry-after'));
    assert.match(await page.text(), /role="alert">Too many requests/);
  });

  it('is not there without a token', async () => {
    const without = createTestIntake({ store, token: undefined });

    assert.equal((await without(get('/admin/', html))).status, 404);
  });
});

describe('the maintainer’s pages', () => {
  it('list what was handed in', async () => {
    const { response, text } = await textOf('/admin/');

    assert.equal(response.status, 200);
    assert.ok(text.includes(`<a href="applications/${id}">${id}</a>`));
    assert.ok(text.includes('UEC Powerhouse Competition 2019'));
  });

  it('say of an empty list only that it is empty', async () => {
    const empty = { ...store, list: async () => [], count: async () => 0 };

    const response = await createTestIntake({ store: empty })(get('/admin/', bearer));

    const text = await response.text();
    assert.ok(text.includes('<p>No application has arrived yet.</p>'));
    assert.doesNotMatch(text, /<table|export\./);
  });

  it('name each value of the list where a narrow screen has no heads', async () => {
    const { text } = await textOf('/admin/?lang=zh-Hans');

    assert.match(text, /<td data-label="受理编号">\s*<div><a href/);
    assert.match(text, /<td data-label="接收时间">\s*<div><time/);
  });

  it('speak Chinese to who asks for it, by address or by browser', async () => {
    const byAddress = await textOf('/admin/?lang=zh-Hans');
    const byBrowser = await textOf('/admin/', { ...bearer, 'accept-language': 'zh-TW' });

    assert.match(byAddress.text, /<html lang="zh-Hans">[^]*<h1>申报材料<\/h1>/);
    assert.ok(byAddress.text.includes(`applications/${id}?lang=zh-Hans`));
    assert.match(byBrowser.text, /<h1>申报材料<\/h1>/);
  });

  it('show an application with the labels in both languages', async () => {
    const { response, text } = await textOf(`/admin/applications/${id}`);

    assert.equal(response.status, 200);
    assert.ok(text.includes('<span lang="zh-Hans">合作伙伴关系</span>'), 'a section');
    assert.ok(text.includes('<span lang="en">European city or region</span>'), 'a field');
    assert.ok(text.includes('Manchester City Council'), 'an answer in a group');
    assert.ok(text.includes('英国'), 'a country');
    assert.ok(text.includes('证明 &quot;1&quot;.pdf'), 'an attachment');
  });

  it('begin with the page’s language, and leave nothing of it in another', async () => {
    const { text } = await textOf(`/admin/applications/${id}?lang=zh-Hans`);

    const words = text.replace(/<(\w+)[^>]* lang="(?!zh-Hans)[^>]*>[^<]*<\/\1>|<[^>]*>/g, '\n');
    assert.match(text, /<dt>\s*<span lang="zh-Hans">[^<]+<\/span> <span class="slash">/);
    assert.ok(words.includes('申报人提交'), 'the history');
    assert.match(words, /已同意，版本1（英语）/);
    assert.match(words, /Hezuo [\d.]+，Unicode [\d.]+/);
    assert.match(words, /application\/pdf，/);
    assert.doesNotMatch(words, /\p{Script=Han} ?[,:(]|[,:)] ?\p{Script=Han}/u);
    assert.doesNotMatch(words, /\b(applicant|version|unicode|received)\b/);
  });

  it('tell the time of the call’s zones, in the words of the form', async () => {
    const paths = ['/admin/', `/admin/applications/${id}`];
    for (const path of paths) {
      const en = await textOf(path);
      const zh = await textOf(`${path}?lang=zh-Hans`);

      const { texts, instants } = timesOf(en.text);
      assert.deepEqual(
        texts.slice(0, 2),
        ['Europe/Brussels', 'Asia/Shanghai'].map((zone) => moment('en', open, zone)),
      );
      assert.deepEqual(new Set(instants.slice(0, 2)), new Set([new Date(open).toISOString()]));
      assert.ok(timesOf(zh.text).texts.includes('2019年9月16日周一 中国标准时间 20:00'), path);
      assert.doesNotMatch(zh.text.replaceAll(/<[^>]*>/g, ''), /\d-\d\d-\d\d|\dT\d/, path);
    }
  });

  it('take a leap second for what it is', async () => {
    const document = application({ title: 'Leap' });
    document.consents.gdpr.at = '2016-12-31T23:59:60Z';
    const stored = await (await intake(post(formOf(document)))).json();

    const { response, text } = await textOf(`/admin/applications/${stored.id}`);

    assert.equal(response.status, 200);
    assert.ok(timesOf(text).texts.includes('2016-12-31T23:59:60Z'));
  });

  it('tell a size as the form does', async () => {
    const { text } = await textOf(`/admin/applications/${id}`);

    const [, note] = /<span class="note"\s*>([^<]*)<\/span/.exec(text);
    assert.equal(note, `application/pdf, ${size('en', file.bytes.length)}`);
  });

  it('write what people typed as text, never as markup', async () => {
    for (const path of ['/admin/', `/admin/applications/${id}`]) {
      const { text } = await textOf(path);

      assert.equal(text.includes('<img'), false, path);
    }
  });

  it('allow no script, no frame and no other site, on any answer', async () => {
    const paths = ['/admin/', `/admin/applications/${id}`, '/admin/style.css', '/nowhere'];
    for (const path of paths) {
      const { response, text } = await textOf(path);

      const policy = response.headers.get('content-security-policy');
      assert.match(policy, /^default-src 'none'/, path);
      assert.doesNotMatch(policy, /script-src|unsafe/, path);
      assert.match(policy, /frame-ancestors 'none'/, path);
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(response.headers.get('referrer-policy'), 'same-origin', path);
      assert.equal(response.headers.get('cache-control'), 'no-store', path);
      assert.doesNotMatch(text, /style="|<script|<style/, path);
    }
  });

  it('give an attachment as a download that cannot run', async () => {
    const response = await intake(
      get(`/admin/applications/${id}/files/${sha256(file.bytes)}`, bearer),
    );

    const disposition = response.headers.get('content-disposition');
    assert.deepEqual(new Uint8Array(await response.arrayBuffer()), file.bytes);
    assert.equal(response.headers.get('content-type'), 'application/pdf');
    assert.match(response.headers.get('content-security-policy'), /sandbox/);
    assert.equal(
      disposition,
      `attachment; filename="__ _1_.pdf"; filename*=UTF-8''%E8%AF%81%E6%98%8E%20%221%22.pdf`,
    );
  });

  it('give the document as it arrived', async () => {
    const { text } = await textOf(`/admin/applications/${id}/document.json`);

    assert.deepEqual(JSON.parse(text), application({ title: `=1+1 ${evil}`, files: [file] }));
  });

  it('show the bare document when its revision is gone', async () => {
    const later = createTestIntake({ store, definitions: [revised] });

    const response = await later(get(`/admin/applications/${id}`, bearer));

    const text = await response.text();
    assert.equal(response.status, 200);
    assert.match(text, /<pre>[^<]*&quot;definition&quot;:&quot;uec-award-2019&quot;/);
    assert.equal(text.includes('<img'), false);
  });

  it('refuse a browser with a page in its language, a program with JSON', async () => {
    const path = '/admin/applications/aaaaa-aaaaa/nowhere';
    const browser = { ...bearer, ...html, 'accept-language': 'zh-CN' };

    const page = await textOf(path, browser);
    const json = await textOf(path);
    const csv = await textOf('/admin/export.csv?definition=none', { ...bearer, ...html });

    assert.equal(page.response.status, 404);
    assert.match(page.response.headers.get('content-type'), /^text\/html/);
    assert.match(page.response.headers.get('content-security-policy'), /^default-src 'none'/);
    assert.match(page.text, /<html lang="zh-Hans">[^]*role="alert">该地址不存在任何内容。</);
    assert.ok(page.text.includes('href="./../../style.css"'));
    assert.equal(json.response.status, 404);
    assert.equal(JSON.parse(json.text).error.code, 'request.not_found');
    assert.equal(csv.response.status, 400);
    assert.match(csv.text, /role="alert">Please say which call/);
  });

  it('tell a browser in a page that something broke, and the log what', async () => {
    const errors = [];
    const broken = { ...store, list: () => Promise.reject(new Error('secret')) };
    const failing = createTestIntake({ store: broken, log: (error) => errors.push(error.message) });

    const response = await failing(get('/admin/', { ...bearer, ...html }));

    const text = await response.text();
    assert.equal(response.status, 500);
    assert.match(text, /role="alert">Something went wrong on the server/);
    assert.equal(text.includes('secret'), false);
    assert.deepEqual(errors, ['secret']);
  });

  it('know nothing of an application that is not there', async () => {
    const { response } = await textOf('/admin/applications/aaaaa-aaaaa');

    assert.equal(response.status, 404);
  });
});

describe('the exports', () => {
  const cellsOf = (line) =>
    [...line.matchAll(/"((?:[^"]|"")*)"/g)].map((match) => match[1].replaceAll('""', '"'));

  async function headOf(lang) {
    const { text } = await textOf(`/admin/export.csv?lang=${lang}`);
    return cellsOf(text.split('\r\n')[0]);
  }

  it('open in a spreadsheet with Chinese intact and formulas inert', async () => {
    const response = await intake(get('/admin/export.csv', bearer));

    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const text = decoder.decode(await response.arrayBuffer());
    const lines = text.split('\r\n');
    assert.match(response.headers.get('content-type'), /text\/csv/);
    assert.equal(text.charCodeAt(0), 0xfeff);
    assert.match(lines[0], /"Title[^"]*\[title\.en\]","Title[^"]*\[title\.zh-Hans\]"/);
    assert.ok(text.includes(`"'=1+1 <img`), 'the formula');
    assert.ok(text.includes('曼彻斯特'));
    assert.ok(text.includes(id));
  });

  it('name the columns in the language asked for, and the same for programs', async () => {
    const [en, zh] = await Promise.all(['en', 'zh-Hans'].map((lang) => headOf(lang)));

    const keys = (head) => head.map((title) => /\[([\w.-]+)\]$/.exec(title)?.[1]);
    assert.equal(en[0], 'Number [id]');
    assert.deepEqual(zh.slice(0, 2), ['受理编号 [id]', '接收时间 [received]']);
    assert.ok(
      zh.every((title) => /\p{Script=Han}.* \[/u.test(title)),
      zh.join(),
    );
    assert.deepEqual(keys(zh), keys(en));
    assert.equal(new Set(keys(en)).size, en.length);
  });

  it('say which consents were given, and when, and in which wording', async () => {
    const { text } = await textOf('/admin/export.csv?lang=zh-Hans');

    const [head, ...rows] = text.split('\r\n').map(cellsOf);
    const row = rows.find(([first]) => first === id);
    const cell = (key) => row[head.findIndex((title) => title.endsWith(`[consents.${key}]`))];
    assert.equal(cell('gdpr.given'), '是');
    assert.equal(cell('gdpr.at'), '2019-09-16T08:30:00Z');
    assert.equal(cell('gdpr.version'), '1');
    assert.equal(cell('gdpr.language'), 'en');
  });

  it('keep a formula inert wherever it hides', async () => {
    const document = application({ title: 'x' });
    document.consents = {
      gdpr: { given: true, version: '=1+1', language: '@SUM(A1)', at: '+1|cmd' },
    };
    const { id: added } = await store.receive({
      definition: 'uec-award-2019',
      revision: 1,
      language: '-1+1',
      receipt: 'receipt of a formula',
      document: JSON.stringify(document),
      issues: [],
      core: {},
      received: open + 1,
      attachments: [],
      consents: {},
    });

    const { text } = await textOf('/admin/export.csv');

    await store.remove(added, { at: open, actor: 'test' });
    const cells = text.split('\r\n').flatMap(cellsOf);
    assert.deepEqual(
      cells.filter((cell) => /^[=+@-]/.test(cell)),
      [],
    );
    for (const cell of ["'=1+1", "'@SUM(A1)", "'+1|cmd", "'-1+1"]) assert.ok(cells.includes(cell));
  });

  it('have all applications as JSON Lines, over all pages', async () => {
    for (let i = 0; i < 30; i++) await handIn({ title: `Application ${i}` });

    const { text } = await textOf('/admin/export.jsonl');

    const rows = text.trimEnd().split('\n').map(JSON.parse);
    assert.equal(rows.length, await store.count());
    assert.equal(new Set(rows.map((row) => row.id)).size, rows.length);
    assert.ok(rows.every(({ document }) => document.definition === 'uec-award-2019'));
  });

  it('page the list without losing one', async () => {
    const seen = new Set();
    let path = '/admin/';
    while (path) {
      const { text } = await textOf(path);
      for (const [, found] of text.matchAll(/applications\/([\w-]+)"/g)) seen.add(found);
      const next = /rel="next" href="\.\/([^"]+)"/.exec(text)?.[1];
      path = next && `/admin/${next}`;
    }

    assert.equal(seen.size, await store.count());
  });
});

describe('deletion', () => {
  const path = () => `/admin/applications/${id}/delete`;

  it('asks before', async () => {
    const { text } = await textOf(path());

    assert.ok(text.includes(`<form method="post" action="delete">`));
    assert.ok(await store.get(id));
  });

  it('does not happen without the tick', async () => {
    const response = await intake(post(urlencoded({}), { path: path(), headers: bearer }));

    assert.equal(response.status, 422);
    assert.ok(await store.get(id));
  });

  it('does not happen from another site', async () => {
    const headers = { ...bearer, origin: 'https://evil.example' };

    const response = await intake(post(urlencoded({ confirm: 'yes' }), { path: path(), headers }));

    assert.equal(response.status, 403);
    assert.ok(await store.get(id));
  });

  it('removes the answers and the files', async () => {
    const count = await store.count();

    const response = await intake(
      post(urlencoded({ confirm: 'yes' }), { path: path(), headers: bearer }),
    );

    const location = new URL(response.headers.get('location'), `http://intake.test${path()}`);
    const { text } = await textOf(location.pathname + location.search);
    assert.equal(response.status, 303);
    assert.equal(location.pathname, '/admin/');
    assert.match(text, new RegExp(`role="status">[^<]*${id}`));
    assert.equal(await store.get(id), undefined);
    assert.equal(await store.attachment(id, sha256(file.bytes)), undefined);
    assert.equal(await store.count(), count - 1);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientOf } from '../../js/intake/client.js';
import { languageOf } from '../../js/intake/texts.js';

const from = (forwarded, address, proxies) =>
  clientOf(
    new Request('http://intake.test/', { headers: { 'x-forwarded-for': forwarded } }),
    { address },
    proxies,
  );

describe('clientOf', () => {
  it('believes no header without a proxy', () => {
    assert.equal(from('198.51.100.9', '192.0.2.1', 0), '192.0.2.1');
  });

  it('takes what the trusted proxy saw, not what the client wrote', () => {
    assert.equal(from('203.0.113.5, 198.51.100.9', '10.0.0.1', 1), '198.51.100.9');
    assert.equal(from('1.1.1.1, 203.0.113.5, 198.51.100.9', '10.0.0.1', 2), '203.0.113.5');
  });

  it('does not run off a chain that is too short', () => {
    assert.equal(from('', '10.0.0.1', 3), '10.0.0.1');
  });

  it('takes the /64 of an IPv6 address for one client', () => {
    assert.equal(from('', '2001:db8:1:2:3:4:5:6', 0), '2001:db8:1:2::/64');
    assert.equal(from('', '2001:DB8:1:2::9', 0), '2001:db8:1:2::/64');
    assert.equal(from('', '2001:db8::1', 0), '2001:db8:0:0::/64');
    assert.equal(from('', '::1', 0), '0:0:0:0::/64');
  });

  it('takes an IPv4 address in IPv6 clothes for what it is', () => {
    assert.equal(from('', '::ffff:192.0.2.1', 0), '192.0.2.1');
  });
});

describe('languageOf', () => {
  const rows = [
    ['', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-Hans'],
    ['zh-TW', 'zh-Hans'],
    ['de-DE,de;q=0.9,en;q=0.5,zh;q=0.4', 'en'],
    ['en;q=0.3, zh;q=0.4', 'zh-Hans'],
    ['zh;q=0, en', 'en'],
    ['fr', 'en'],
    ['*', 'en'],
  ];
  for (const [accepted, language] of rows) {
    it(`answers ${JSON.stringify(accepted)} in ${language}`, () => {
      const headers = { 'accept-language': accepted };

      assert.equal(languageOf(new Request('http://intake.test/', { headers })), language);
    });
  }

  it('lets the address decide', () => {
    const headers = { 'accept-language': 'en' };
    const request = new Request('http://intake.test/?lang=zh-Hans', { headers });

    assert.equal(languageOf(request), 'zh-Hans');
  });
});

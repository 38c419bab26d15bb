/**
 * Who may see what was handed in: who knows the token, as a bearer or, after logging in
 * with it, by a signed cookie. Nothing is stored, so every instance knows every session;
 * another token ends them all.
 */

const COOKIE = 'hezuo_admin';
const HOURS = 8;

/**
 * @param {string} token
 */
export function createSessions(token) {
  const encoder = new TextEncoder();
  const key = crypto.subtle.importKey(
    'raw',
    encoder.encode(token),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  );

  /** @param {string} text */
  const sign = async (text) =>
    new Uint8Array(await crypto.subtle.sign('HMAC', await key, encoder.encode(text)));

  /**
   * Compares digests, so that the time it takes says nothing about the token.
   *
   * @param {string} candidate
   */
  const isToken = async (candidate) => {
    const [a, b] = await Promise.all([sign(`token:${candidate}`), sign(`token:${token}`)]);
    return a.reduce((difference, byte, i) => difference | (byte ^ b[i]), 0) === 0;
  };

  return {
    isToken,

    /**
     * The token that a program sends, right or wrong.
     *
     * @param {Request} request
     * @returns {string | undefined}
     */
    bearerOf: (request) => /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1],

    /**
     * By cookie.
     *
     * @param {Request} request
     * @param {number} now
     */
    async isOpen(request, now) {
      const cookies = (request.headers.get('cookie') ?? '').split(/; */);
      const value = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`)) ?? '';
      const [, until, signature] = /=(\d{1,15})\.([0-9a-f]{64})$/.exec(value) ?? [];
      if (!until || Number(until) < now) return false;
      const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => parseInt(pair, 16));
      return crypto.subtle.verify('HMAC', await key, bytes, encoder.encode(`session:${until}`));
    },

    /**
     * No Path: the browser takes the folder of the login page, wherever that is mounted.
     *
     * @param {number} now
     * @param {boolean} secure
     * @returns {Promise<string>} The Set-Cookie header.
     */
    async open(now, secure) {
      const until = now + HOURS * 3_600_000;
      const signature = Array.from(await sign(`session:${until}`), (byte) =>
        byte.toString(16).padStart(2, '0'),
      ).join('');
      return (
        `${COOKIE}=${until}.${signature}; HttpOnly; SameSite=Strict; Max-Age=${HOURS * 3600}` +
        (secure ? '; Secure' : '')
      );
    },

    close: () => `${COOKIE}=; HttpOnly; SameSite=Strict; Max-Age=0`,
  };
}

/**
 * Drafts that only who has the passphrase, or the link, can read. Web Crypto alone, which pages
 * have that came by HTTPS.
 */

/** By OWASP's Password Storage Cheat Sheet of 2023, for PBKDF2 with HMAC-SHA-256. */
const ITERATIONS = 600_000;
/** Of a file that somebody else made: it must not keep a device busy for minutes. */
const MOST_ITERATIONS = 10_000_000;
const IV_BYTES = 12;
const MARK = 'sealed draft';

const encoder = new TextEncoder();

/** @param {number} size */
const random = (size) => crypto.getRandomValues(new Uint8Array(size));

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** @param {string} text */
const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** RFC 4648, section 5, without padding. @param {Uint8Array} bytes */
const base64url = (bytes) =>
  base64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/**
 * The initialization vector, then the encrypted text and its tag.
 * @param {string} text
 * @param {CryptoKey} key
 */
export async function seal(text, key) {
  const iv = random(IV_BYTES);
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, encoder.encode(text));
  const sealed = new Uint8Array(IV_BYTES + data.byteLength);
  sealed.set(iv);
  sealed.set(new Uint8Array(data), IV_BYTES);
  return sealed;
}

/**
 * Rejects where the key is another, or a bit has changed.
 * @param {Uint8Array<ArrayBuffer>} sealed
 * @param {CryptoKey} key
 */
export async function unseal(sealed, key) {
  const iv = sealed.subarray(0, IV_BYTES);
  const data = sealed.subarray(IV_BYTES);
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data));
}

/**
 * @param {string} passphrase
 * @param {Uint8Array<ArrayBuffer>} salt
 * @param {number} iterations
 */
async function keyOfPassphrase(passphrase, salt, iterations) {
  // Two keyboards may write one letter in two ways.
  const secret = encoder.encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  const cipher = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(derivation, base, cipher, false, ['encrypt', 'decrypt']);
}

/** Whether a file is one of ours that wants a passphrase. @param {string} text */
export function isSealed(text) {
  return text.startsWith(`{"hezuo":"${MARK}"`);
}

/**
 * A draft as a file that says how it is encrypted.
 * @param {string} text
 * @param {string} passphrase
 */
export async function sealFile(text, passphrase) {
  const salt = random(16);
  const key = await keyOfPassphrase(passphrase, salt, ITERATIONS);
  return JSON.stringify({
    hezuo: MARK,
    kdf: { name: 'PBKDF2', hash: 'SHA-256', iterations: ITERATIONS, salt: base64(salt) },
    cipher: { name: 'AES-GCM', length: 256 },
    data: base64(await seal(text, key)),
  });
}

/**
 * Rejects where the passphrase is another, or the file is damaged.
 * @param {string} file
 * @param {string} passphrase
 */
export async function unsealFile(file, passphrase) {
  const { kdf, data } = JSON.parse(file);
  if (!(kdf.iterations <= MOST_ITERATIONS)) throw new RangeError('too many iterations');
  const key = await keyOfPassphrase(passphrase, bytesOf(kdf.salt), kdf.iterations);
  return unseal(bytesOf(data), key);
}

/** What a link holds: 256 bits, of which all else is made. */
export const newSecret = () => base64url(random(32));

/** Whether it can be what a link holds. @param {string} text */
export const isSecret = (text) => /^[\w-]{43}$/.test(text);

/**
 * Where a draft is kept, what allows to change it, and what it is encrypted with. By HKDF (RFC
 * 5869): who keeps it learns the first two, and nothing of the key.
 * @param {string} secret
 */
export async function keysOf(secret) {
  const bytes = bytesOf(secret.replace(/-/g, '+').replace(/_/g, '/'));
  const base = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, [
    'deriveBits',
    'deriveKey',
  ]);
  /** @param {string} use */
  const by = (use) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: encoder.encode(`hezuo draft ${use}`),
  });
  /** @param {string} use @param {number} size */
  const bits = async (use, size) =>
    base64url(new Uint8Array(await crypto.subtle.deriveBits(by(use), base, 8 * size)));
  const cipher = { name: 'AES-GCM', length: 256 };
  const [id, token, key] = await Promise.all([
    bits('id', 16),
    bits('token', 32),
    crypto.subtle.deriveKey(by('key'), base, cipher, false, ['encrypt', 'decrypt']),
  ]);
  return { id, token, key };
}

/**
 * The address that a request comes from: the connection's, or, behind `proxies` trusted
 * proxies, the one that the outermost of them wrote into X-Forwarded-For. What stands
 * before it was written by the client and proves nothing.
 *
 * @param {Request} request
 * @param {{address?: string}} connection
 * @param {number} proxies
 * @returns {string} An IPv6 address is cut to its /64: one customer has that many.
 */
export function clientOf(request, connection, proxies) {
  const forwarded = (request.headers.get('x-forwarded-for') ?? '').split(',').map((a) => a.trim());
  const chain = [...forwarded.filter(Boolean), connection.address ?? 'unknown'];
  const address = chain[Math.max(0, chain.length - 1 - proxies)];
  return network(address.replace(/^::ffff:(?=\d+\.)/i, ''));
}

/** @param {string} address */
function network(address) {
  if (!address.includes(':')) return address.slice(0, 64);
  const [head, tail] = address.toLowerCase().split('%')[0].split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, .../** @type {string[]} */ (Array(zeros).fill('0')), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/**
 * True if a page of this very site sent the request, or no page did (curl, a server).
 *
 * @param {Request} request
 * @returns {boolean}
 */
export function isSameOrigin(request) {
  const site = request.headers.get('sec-fetch-site');
  if (site) return site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  if (!origin) return true;
  // Behind a proxy that ends TLS only the host is the same.
  return URL.canParse(origin) && new URL(origin).host === new URL(request.url).host;
}

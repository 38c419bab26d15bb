export const drafts = { days: 90, bytes: 20_000, total: 100_000 };

export const id = 'the-id-of-a-draft_1234';
export const token = 'the_token_that_only_its_link_knows-12345678';
export const otherToken = 'x'.repeat(43);
export const first = { 'if-none-match': '*' };

/** What a browser sends to save a draft. A header that is undefined is left out. */
export function put(body, headers = first, path = `/drafts/${id}`) {
  const all = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/octet-stream',
    ...headers,
  };
  return new Request(`http://intake.test${path}`, {
    method: 'PUT',
    body,
    headers: Object.entries(all).filter(([, value]) => value !== undefined),
    duplex: 'half',
  });
}

export function remove(headers = { authorization: `Bearer ${token}` }, path = `/drafts/${id}`) {
  return new Request(`http://intake.test${path}`, { method: 'DELETE', headers });
}

export async function outcomeOf(response) {
  const text = await response.text();
  return { status: response.status, ...(text && JSON.parse(text)) };
}

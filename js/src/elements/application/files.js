/** Hands a file to the browser's downloads. @param {string} name @param {string} text @param {string} type */
export function download(name, text, type) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // Some browsers read the address only after the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * Copies a text, also where the clipboard's interface is missing or refused.
 * @param {string} text
 * @param {Node} root Where a box for it may stand for a moment.
 * @returns {Promise<boolean>}
 */
export async function copy(text, root) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'hidden';
    root.appendChild(area);
    area.select();
    const isDone = document.execCommand('copy');
    area.remove();
    return isDone;
  }
}

/** @param {URL} url */
export async function fetchText(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url.href}`);
  return response.text();
}

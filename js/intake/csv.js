/** Lets Excel read UTF-8, Chinese included. */
export const BYTE_ORDER_MARK = '\ufeff';

/**
 * One line of a CSV file (RFC 4180), each cell quoted.
 *
 * A cell that a spreadsheet would run as a formula gets an apostrophe before it: it starts,
 * after blanks and invisible characters, with = + - @ or with their full-width or small
 * forms, or with a tab or a line break. A number alone stays a number.
 *
 *     csvLine(['=1+1', '-5', 'a "b"'])   // -> "'=1+1","-5","a ""b"""
 *
 * @param {readonly (string | number)[]} cells
 * @returns {string}
 */
export function csvLine(cells) {
  return `${cells.map((cell) => `"${guarded(String(cell)).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/** @param {string} cell */
function guarded(cell) {
  if (/^-?\d+(\.\d+)?$/.test(cell)) return cell;
  return /^[\t\r\n]|^[\p{C}\p{Z}]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]/u.test(
    cell,
  )
    ? `'${cell}`
    : cell;
}

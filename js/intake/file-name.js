/** How files of each type that the core recognizes may end. */
const ENDINGS = /** @type {Record<string, string[]>} */ ({
  'application/pdf': ['pdf'],
  'application/zip': ['zip'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'image/gif': ['gif'],
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/tiff': ['tif', 'tiff'],
  'image/webp': ['webp'],
  'text/plain': ['txt', 'csv', 'md'],
});

/**
 * The name under which an applicant's file is saved. What a computer does with a file goes by
 * the end of its name, and a PDF may be a web page or a program's script as well: so the end
 * always is one of its type. Names of Windows' devices are none of files.
 *
 *     savedName('plan.hta', 'application/pdf')   // -> 'plan.hta.pdf'
 *
 * @param {string} name
 * @param {string} type - By content.
 * @returns {string}
 */
export function savedName(name, type) {
  const endings = ENDINGS[type] ?? ['bin'];
  const end = /\.([^.]*)$/.exec(name.toLowerCase())?.[1] ?? '';
  const whole = endings.includes(end) ? name : `${name}.${endings[0]}`;
  return /^(con|prn|aux|nul|com\d|lpt\d)\s*\./i.test(whole) ? `_${whole}` : whole;
}

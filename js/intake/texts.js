/**
 * What the intake itself says, to an applicant and to a maintainer. Verdicts on answers
 * are the core's, in its own catalogues.
 */
export const texts = {
  en: {
    'request.not_found': 'There is nothing at this address.',
    'request.method': 'This address does not take {method}.',
    'request.media_type': 'An application is sent as multipart/form-data.',
    'request.multipart': 'The request arrived damaged. Please send it again.',
    'request.parts': 'The request has a part that is not expected: {name}.',
    'request.too_many': 'The request has more than {max} parts. Please attach fewer files.',
    'request.trap':
      'A field that people do not see was filled in, as programs do. Please leave it empty and send again.',
    'request.origin': 'Pages of this website may not send anything here.',
    'request.rate':
      'Too many requests came from your network. Please try again in {seconds} seconds.',
    'request.too_large': 'The application is larger than {max}. Please attach smaller files.',
    'request.too_slow': 'The connection was too slow. Please try again.',
    'request.broken': 'The connection broke. Please try again.',
    'definition.unknown': 'This call is not received here.',
    'document.missing': 'The request has no document.',
    'document.encoding': 'The answers did not arrive as UTF-8. Please send them as that.',
    'document.too_large': 'The answers are larger than {max}.',
    'attachment.missing': 'The file “{name}” did not arrive. Please send again.',
    'attachment.mismatch':
      'The file “{name}” is not what it is declared to be: {found}. Please choose it again.',
    'attachment.unexpected': 'The file “{name}” is named in no answer.',
    'draft.not_found': 'There is no such draft: it was deleted, or has expired.',
    'draft.unauthorized': 'A draft is written with its token.',
    'draft.forbidden': 'This link may not write to the draft, so nothing was changed.',
    'draft.precondition':
      'A draft is written with its version in If-Match, or with If-None-Match: * the first time.',
    'draft.media_type': 'A draft is sent as application/octet-stream.',
    'draft.too_large':
      'The draft is larger than {max}, so it was not saved on the server. It is still in your browser.',
    'draft.full':
      'The server has no room for more drafts, so this one was not saved there. It is still in your browser.',
    'draft.unavailable':
      'The server cannot reach its drafts just now. Nothing is lost: please try again in a minute.',
    'store.unavailable':
      'The application could not be stored just now. Nothing is lost: please send it again in a minute.',
    'server.error':
      'Something went wrong here. Please send again; if it persists, tell the contact.',
    'admin.unauthorized': 'Please log in.',
    'admin.wrong_token': 'That is not the access token. Please try again.',
    'admin.origin': 'This action has to come from the page itself.',
    'admin.confirm': 'Please tick the box to confirm.',
    'admin.broken':
      'Something went wrong on the server; its log says what. Please try again in a minute.',
    'admin.choose_definition': 'Please say which call: ?definition=…',

    title: 'Applications',
    refused: 'This did not work',
    titleOne: 'Application {id}',
    logIn: 'Log in',
    logOut: 'Log out',
    token: 'Access token',
    allCalls: 'All calls',
    show: 'Show',
    number: 'Number of applications: {n}',
    none: 'No application has arrived yet.',
    drafts: 'Encrypted drafts that are kept for applicants: {n} ({size})',
    older: 'Older',
    newest: 'Newest',
    id: 'Number',
    received: 'Received',
    call: 'Call',
    subject: 'Subject',
    language: 'Language',
    state: 'State',
    'state.received': 'received',
    receipt: 'Digest (SHA-256)',
    revision: 'revision {n}',
    versions: 'Checked by',
    versionsText: 'Hezuo {version}, Unicode {unicode}',
    issues: 'What the check says',
    noIssues: 'No remarks.',
    'severity.error': 'Error',
    'severity.warning': 'Warning',
    'severity.hint': 'Hint',
    unknownCall:
      'The definition of this call is no longer here, or has another revision. The document as it was handed in:',
    unanswered: 'no answer',
    yes: 'Yes',
    no: 'No',
    running: 'still running',
    consents: 'Consents',
    given: 'Given',
    notGiven: 'Not given',
    consentText: '{answer}, version {version} ({language})',
    download: 'Download the document (JSON)',
    history: 'History',
    'event.received': 'Handed in by the applicant',
    remove: 'Delete at the person’s request',
    removeTitle: 'Delete {id}?',
    removeText:
      'The answers, the consents and all attachments are removed for good. What stays is a note that an application with this number was deleted, and when. Copies that were exported before, and backups, have to be deleted by you.',
    removeConfirm: 'Yes, the person asked for it and this is the right application.',
    removeButton: 'Delete for good',
    cancel: 'Cancel',
    removed: 'The application {id} is deleted.',
    back: 'All applications',
    exportCsv: 'Export for spreadsheets (CSV)',
    exportJsonl: 'Export for programs (JSON Lines)',
    rateDate: 'Date of the rate: {date}',
    fileText: '{type}, {size}',
    labelled: '{label}: {value}',
    separator: '; ',
  },
  'zh-Hans': {
    'request.not_found': '该地址不存在任何内容。',
    'request.method': '该地址不接受{method}请求。',
    'request.media_type': '申报材料须以multipart/form-data格式提交。',
    'request.multipart': '请求在传输中损坏，请重新提交。',
    'request.parts': '请求中含有多余的部分：{name}。',
    'request.too_many': '请求包含的部分超过{max}个，请减少附件后重新提交。',
    'request.trap': '检测到隐藏字段被填写，疑似自动程序提交。请将其留空后重新提交。',
    'request.origin': '该网站的页面无权向此处提交内容。',
    'request.rate': '来自您所在网络的请求过多，请在{seconds}秒后重试。',
    'request.too_large': '申报材料超过{max}，请减小附件后重新提交。',
    'request.too_slow': '网络连接过慢，请重试。',
    'request.broken': '网络连接中断，请重试。',
    'definition.unknown': '此处不受理该项申报。',
    'document.missing': '请求中缺少申报内容。',
    'document.encoding': '填写内容不是UTF-8编码，请转换编码后重新提交。',
    'document.too_large': '填写内容超过{max}。',
    'attachment.missing': '附件“{name}”未送达，请重新提交。',
    'attachment.mismatch': '附件“{name}”与所填信息不符：{found}。请重新选择该文件。',
    'attachment.unexpected': '附件“{name}”未在任何问题中列出。',
    'draft.not_found': '没有这份草稿：可能已被删除或已过期。',
    'draft.unauthorized': '保存草稿须提供其令牌。',
    'draft.forbidden': '该链接无权修改这份草稿，未作任何更改。',
    'draft.precondition': '保存草稿须在If-Match中注明其版本，首次保存须使用If-None-Match: *。',
    'draft.media_type': '草稿须以application/octet-stream格式提交。',
    'draft.too_large': '草稿超过{max}，未保存到服务器，但仍保留在您的浏览器中。',
    'draft.full': '服务器已无空间保存新的草稿。这份草稿未保存到服务器，但仍保留在您的浏览器中。',
    'draft.unavailable': '服务器暂时无法存取草稿。已填内容不会丢失，请一分钟后重试。',
    'store.unavailable': '申报材料暂时无法保存。已填内容不会丢失，请一分钟后重新提交。',
    'server.error': '服务器出现错误，请重新提交；如仍未解决，请与联系人联系。',
    'admin.unauthorized': '请先登录。',
    'admin.wrong_token': '访问令牌不正确，请重新输入。',
    'admin.origin': '该操作只能在本页面内进行。',
    'admin.confirm': '请勾选确认框。',
    'admin.broken': '服务器出现错误，原因见服务器日志。请一分钟后重试。',
    'admin.choose_definition': '请指明申报项目：?definition=…',

    title: '申报材料',
    refused: '操作未完成',
    titleOne: '申报材料 {id}',
    logIn: '登录',
    logOut: '退出登录',
    token: '访问令牌',
    allCalls: '全部申报项目',
    show: '显示',
    number: '共{n}份申报材料',
    none: '尚未收到申报材料。',
    drafts: '为申报人保存的加密草稿：{n}份，共{size}',
    older: '更早',
    newest: '最新',
    id: '受理编号',
    received: '接收时间',
    call: '申报项目',
    subject: '主题',
    language: '填写语言',
    state: '状态',
    'state.received': '已接收',
    receipt: '摘要值（SHA-256）',
    revision: '第{n}版',
    versions: '校验程序',
    versionsText: 'Hezuo {version}，Unicode {unicode}',
    issues: '校验结果',
    noIssues: '无异常。',
    'severity.error': '错误',
    'severity.warning': '警告',
    'severity.hint': '提示',
    unknownCall: '该申报项目的征集文件已不存在或已更新版本。以下为提交时的原始内容：',
    unanswered: '未填写',
    yes: '是',
    no: '否',
    running: '至今',
    consents: '同意事项',
    given: '已同意',
    notGiven: '未同意',
    consentText: '{answer}，版本{version}（{language}）',
    download: '下载原始文档（JSON）',
    history: '处理记录',
    'event.received': '申报人提交',
    remove: '应本人要求删除',
    removeTitle: '确定删除申报材料 {id} 吗？',
    removeText:
      '填写内容、同意记录及全部附件将被永久删除，仅保留该受理编号的申报材料已被删除及删除时间的记录。此前导出的副本和备份须由您自行删除。',
    removeConfirm: '确认：系本人要求删除，且所选申报材料无误。',
    removeButton: '永久删除',
    cancel: '取消',
    removed: '申报材料 {id} 已删除。',
    back: '返回列表',
    exportCsv: '导出表格（CSV）',
    exportJsonl: '导出数据（JSON Lines）',
    rateDate: '汇率日期：{date}',
    fileText: '{type}，{size}',
    labelled: '{label}：{value}',
    separator: '；',
  },
};

/** @typedef {keyof typeof texts} Language */
/** @typedef {keyof typeof texts['en']} TextCode */

export const languages = /** @type {Language[]} */ (Object.keys(texts));

/**
 * @param {string} language
 * @param {string} code
 * @param {Record<string, string | number>} [params]
 * @returns {string}
 */
export function text(language, code, params = {}) {
  const catalogue = /** @type {Record<string, string>} */ (
    texts[/** @type {Language} */ (language)]
  );
  return catalogue[code].replace(/\{(\w+)\}/g, (_, name) => String(params[name]));
}

/**
 * @param {string} code
 * @returns {Record<string, string>}
 */
export function inAllLanguages(code) {
  return Object.fromEntries(languages.map((language) => [language, text(language, code)]));
}

/**
 * The best of our languages for a request: `?lang=`, then Accept-Language (RFC 4647
 * lookup by primary language: every Chinese gets Chinese), then English.
 *
 * @param {Request} request
 * @returns {Language}
 */
export function languageOf(request) {
  const asked = new URL(request.url).searchParams.get('lang');
  const ranges = (request.headers.get('accept-language') ?? '')
    .split(',')
    .map((range) => {
      const [tag, ...params] = range.trim().split(/\s*;\s*/);
      const q = params.find((param) => param.startsWith('q='));
      return { tag, q: q ? Number(q.slice(2)) || 0 : 1 };
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q);
  for (const tag of [asked ?? '', ...ranges.map((range) => range.tag)]) {
    const primary = tag.toLowerCase().split('-')[0];
    const found = languages.find((language) => language.split('-')[0] === primary);
    if (found) return found;
  }
  return 'en';
}

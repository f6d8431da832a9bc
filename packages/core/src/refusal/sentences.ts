import { dictionarySentences } from './dictionary-sentences.ts';
import { displaySentences } from './display-sentences.ts';
import { formSentences } from './form-sentences.ts';
import { gateSentences } from './gate-sentences.ts';
import { inChinese } from './machine-words.ts';
import { inOfficeWords } from './office-names.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import { scannerSentences } from './scanner-sentences.ts';

export type Entry = readonly [status: number, zh: string, en: string];

/** `{name}` is filled from the refusal's details. What happened, where, and what to do next. */
const entries: Record<RefusalCode, Entry> = {
  'empty-file': [
    422,
    '文件是空的（0 字节）。请检查原文件后重新上传。',
    'The file is empty (0 bytes). Check the original and upload it again.',
  ],
  'too-large': [
    413,
    '文件超过上限 {limit}。请压缩图片或拆分后重新上传。',
    'The file is larger than the limit of {limit}. Compress its pictures or split it, then upload again.',
  ],
  truncated: [
    422,
    '文件不完整：应有 {expected} 字节，只收到 {received} 字节。请继续或重新上传。',
    'The file is incomplete: {expected} bytes were announced, {received} arrived. Resume or repeat the upload.',
  ],
  'checksum-mismatch': [
    422,
    '收到的内容与申报的校验值不一致，可能在传输中损坏。请重新上传。',
    'What arrived does not match the announced checksum; it may have been damaged on the way. Upload it again.',
  ],
  'type-not-accepted': [
    415,
    '不接受这种文件（{type}）。可接受：Word、WPS、Excel、PPT、ODT、RTF、PDF、OFD、图片、文本、Markdown、CSV、HTML。',
    'This kind of file ({type}) is not accepted. Accepted: Word, WPS, Excel, PowerPoint, ODT, RTF, PDF, OFD, images, text, Markdown, CSV, HTML.',
  ],
  'type-mismatch': [
    415,
    '文件名写的是 {name}，内容却是 {type}。请用原来的软件另存后上传。',
    'The name says {name} but the content is {type}. Save it again with the right program and upload that.',
  ],
  'same-file': [
    409,
    '这份草稿里已有内容完全相同的文件（{name}），没有再加一份。若要换成别的文件，请检查选的是不是它。',
    'The draft already holds a file with exactly this content ({name}); it was not added again. If another file was meant, check which one was chosen.',
  ],
  polyglot: [
    422,
    '文件同时是两种格式（{detail}），可能被改造过。请从原软件重新导出。',
    'The file is two formats at once ({detail}) and may have been tampered with. Export it again from its program.',
  ],
  damaged: [
    422,
    '文件已损坏，无法读取（{detailZh}）。请打开原文件另存后重新上传。',
    'The file is damaged and cannot be read ({detail}). Open the original, save it again, and upload that.',
  ],
  encrypted: [
    422,
    '文件有密码保护。请去掉密码后重新上传。',
    'The file is protected by a password. Remove the password and upload it again.',
  ],
  macros: [
    422,
    '文件含有宏（{part}）。请另存为不含宏的格式后重新上传。',
    'The file contains macros ({part}). Save it in a format without macros and upload that.',
  ],
  'archive-bomb': [
    422,
    '文件解压后过大（{detail}），已停止处理。',
    'The file unpacks to far too much ({detail}); processing was stopped.',
  ],
  'archive-inconsistent': [
    422,
    '文件内部结构前后不一致（{detail}），不同软件会读出不同内容。请另存后重新上传。',
    'The inside of the file contradicts itself ({detail}): programs would read different content. Save it again and upload that.',
  ],
  'archive-nested': [
    422,
    '文件里还套着压缩包或文档（{part}）。请把它作为附件单独上传。',
    'The file contains another archive or document ({part}). Upload that as an attachment of its own.',
  ],
  'path-escape': [
    422,
    '文件内部含有越界路径（{part}），可能是攻击文件。',
    'The file contains a path that leaves it ({part}); it may be an attack.',
  ],
  'xml-dangerous': [
    422,
    '文件内部的 XML 含有不允许的声明或结构（{part}）。请另存后重新上传。',
    'The XML inside the file has a declaration or structure that is not allowed ({part}). Save it again and upload that.',
  ],
  'external-reference': [
    422,
    '文件引用了外部内容（{part}：{target}）。请断开链接、嵌入内容后重新上传。',
    'The file refers to outside content ({part}: {target}). Break the link and embed the content, then upload again.',
  ],
  'embedded-object': [
    422,
    '文件中嵌入了其他文件或对象（{part}）。请删去，或作为附件单独上传。',
    'The file has another file or object embedded ({part}). Remove it, or upload it as an attachment of its own.',
  ],
  'xfa-form': [
    422,
    '这是 XFA 动态表单，各软件显示不一。请打印为普通 PDF 后上传。',
    'This is an XFA form, which programs show differently. Print it to a plain PDF and upload that.',
  ],
  'image-too-large': [
    422,
    '图片像素过大（{detail}）。请降低分辨率后上传。',
    'The image has too many pixels ({detail}). Lower its resolution and upload it again.',
  ],
  'text-encoding': [
    422,
    '文本的编码无法确定（{detail}）。请另存为 UTF-8 后上传。',
    'The encoding of the text cannot be told ({detail}). Save it as UTF-8 and upload it again.',
  ],
  'too-many-pages': [
    422,
    '文件有 {pages} 页，超过上限 {limit} 页。请拆分后上传。',
    'The file has {pages} pages, more than the limit of {limit}. Split it and upload the parts.',
  ],
  'too-many-findings': [
    422,
    '这一件里需要逐处处理的内容太多（{count} 处），无法逐一审查。请先在原文件中删去不应公开的列（如身份证号、电话），或拆成几件后重新上传。',
    'There is too much in this publication to be answered one by one ({count} findings). First take out of the original what must not be public (numbers, telephones), or split it into several publications, and upload it again.',
  ],
  'state-secret': [
    451,
    '文件带有国家秘密标志（{mark}）。本系统不是涉密系统，不得存储或处理；内容已销毁，已通知保密员。请立即按保密规定处置原件。',
    'The document bears a state-secret marking ({mark}). This is not a classified system and may not hold it: the bytes were destroyed and the secrecy officer was told. Handle the original by the secrecy rules at once.',
  ],
  malware: [
    422,
    '文件被病毒扫描器判定为有害（{name}）。',
    'The virus scanner found the file harmful ({name}).',
  ],
  ...scannerSentences,
  'converter-missing': [
    503,
    '本机没有可用的文档转换器，文件已保存，待转换器恢复后自动继续。',
    'This machine has no document converter. The file is kept and goes on by itself once there is one.',
  ],
  'not-drawable': [
    422,
    '第 {page} 页有一处内容不能照原样画出（{object}），因此整个文件不予转换，以免漏掉内容。原件已保留。请用原软件另存为 PDF 后上传。',
    'Something on page {page} cannot be drawn as it is ({object}), so the file was not converted rather than leave it out. The original is kept. Save it as PDF in its program and upload that.',
  ],
  'conversion-failed': [
    422,
    '文件转换为 PDF 失败（{detailZh}）。原件已保留。请另存为 PDF 后上传。',
    'The file could not be converted to PDF ({detail}). The original is kept. Save it as PDF and upload that.',
  ],
  'no-pages': [
    422,
    '转换后没有任何页面。请检查文件是否为空白。',
    'The conversion gave no pages at all. Check whether the document is blank.',
  ],
  'out-of-time': [
    422,
    '处理超过时限 {limit}，已停止。请拆分或简化文件后上传。',
    'Processing took longer than {limit} and was stopped. Split or simplify the file and upload it again.',
  ],
  'out-of-memory': [
    422,
    '处理所需内存超过上限，已停止。请拆分或简化文件后上传。',
    'Processing needed more memory than allowed and was stopped. Split or simplify the file and upload it again.',
  ],
  'inspection-failed': [
    422,
    '检查未能完成（{detailZh}），因此不能发布。请另存为 PDF 后重新上传。',
    'The inspection could not be completed ({detail}), so nothing can be published. Save the file as PDF and upload it again.',
  ],
  ...formSentences,
  'redaction-failed': [
    422,
    '遮盖没有生效：第 {page} 页仍能找到应遮盖的内容。未发布。',
    'The redaction did not take: page {page} still holds what should be gone. Nothing was published.',
  ],
  ...gateSentences,
  ...dictionarySentences,
  'notice-findings': [
    422,
    '公告会立即对外显示，里面有不宜公开的内容（{kinds}），没有撤回。请改写公告后马上再试。',
    'The notice is shown to everyone at once and holds what should not be public ({kindsEn}). Nothing was withdrawn: rewrite the notice and try again now.',
  ],
  'not-signed-in': [401, '请先登录。', 'Please sign in first.'],
  'wrong-credentials': [401, '用户名、密码或验证码不对。', 'The user name, password or code is wrong.'],
  'rate-limited': [
    429,
    '尝试次数过多，请在 {seconds} 秒后再试。',
    'Too many attempts. Try again in {seconds} seconds.',
  ],
  'not-allowed': [
    403,
    '您没有这项权限（需要：{role}）。',
    'You do not have the right to do this (needed: {role}).',
  ],
  'new-reviewer': [
    403,
    '您新任审查人，或刚被重设密码：满 {hours} 小时后才能作第一次决定，请由另一位审查人先办。',
    'You are a new reviewer, or your password was just set for you: your first decision must wait {hours} hours. Another reviewer can decide meanwhile.',
  ],
  'reauthentication-needed': [
    403,
    '这一步需要重新确认身份。请再次输入密码。',
    'This step needs you to confirm who you are. Enter your password again.',
  ],
  'same-person': [
    403,
    '不能审查自己起草、修改或已经审过的文件，请由另一人审查。',
    'Nobody may review what they wrote, changed or already reviewed. Another person must do it.',
  ],
  'cross-site': [
    403,
    '请求不是从本系统的页面发出的，已拒绝。请从本系统的页面重新操作。',
    'The request did not come from a page of this system and was refused. Do it again from its own pages.',
  ],
  'roles-conflict': [
    422,
    '系统管理员不得兼任其他角色（{roles}）：管理人员的人看不到文件，也不能审批。请由不同的人担任。',
    'An administrator may hold no other role ({roles}): who manages people neither sees documents nor approves them. Give the roles to different people.',
  ],
  'last-administrator': [
    409,
    '这是最后一位系统管理员，不能停用或取消。请先任命另一位。',
    'This is the last administrator and cannot be disabled or removed. Appoint another one first.',
  ],
  'account-taken': [
    409,
    '用户名 {account} 已被使用。请换一个。',
    'The account {account} is taken. Choose another.',
  ],
  'password-weak': [
    422,
    '密码太弱：至少 {length} 个字符，不得含用户名或姓名，不得只由少数几个字符重复而成。',
    'The password is too weak: at least {length} characters, without the account or the name in it, and not a few characters repeated.',
  ],
  'second-factor-needed': [
    403,
    '本单位要求第二种验证方式。请先在“账户”中设置动态验证码或通行密钥。',
    'This office requires a second factor. Set up one-time codes or a passkey under “Account” first.',
  ],
  'oidc-off': [
    404,
    '本单位没有启用统一身份认证登录。请用账号和密码登录。',
    'This office has no sign-in by an identity provider. Use the account and password.',
  ],
  'oidc-unreachable': [
    503,
    '统一身份认证系统现在连不上，没有登录。请稍后再试；有本地账号的可用账号和密码登录。',
    'The identity provider cannot be reached, so nobody was signed in. Try again shortly; a local account can be used meanwhile.',
  ],
  'oidc-refused': [
    401,
    '统一身份认证系统没有放行（{detail}）。请重新登录；仍不行请联系其管理员。',
    'The identity provider said no ({detail}). Sign in again; if it stays, ask its administrator.',
  ],
  'oidc-cookie-missing': [
    401,
    '浏览器没有带回开始登录时的 Cookie：可能换了浏览器、换了网址，或禁用了 Cookie。请从 {address} 重新登录。',
    'The browser did not bring back the cookie with which this sign-in began: another browser, another address, or cookies are off. Begin again at {address}.',
  ],
  'oidc-not-begun': [
    409,
    '这次登录已经用过、已过期，或不是从这个浏览器开始的（如按了后退键）。没有登录，请重新开始。',
    'This sign-in was already used, is too old, or did not begin in this browser (the back button, for example). Nobody was signed in; begin again.',
  ],
  'oidc-answer-invalid': [
    401,
    '统一身份认证系统的答复没有通过核验，没有登录。请重新登录；仍不行请管理员查看日志。',
    'The answer of the identity provider did not stand the check, so nobody was signed in. Begin again; if it stays, have the administrator look at the log.',
  ],
  'oidc-unknown': [
    403,
    '身份已核实，但尚未与本系统的人员关联。请把这个标识告诉系统管理员：{subject}',
    'You are who you say, but no person of this office is linked with that identity. Give this to the administrator: {subject}',
  ],
  'oidc-other-person': [
    403,
    '再次确认时登录的是另一个人，没有确认。请用您本人的统一身份重新确认。',
    'Somebody else signed in for the confirmation, so it does not count. Confirm again as yourself.',
  ],
  'oidc-not-fresh': [
    403,
    '统一身份认证系统没有重新核验您的身份，没有确认。请重新确认；仍不行请联系其管理员（需支持 max_age 与 auth_time）。',
    'The identity provider did not check you anew, so it does not count. Confirm again; if it stays, ask its administrator (max_age and auth_time are needed).',
  ],
  'oidc-weak': [
    403,
    '本单位要求更强的验证方式，而统一身份认证系统没有证明用过（{detail}）。请用要求的方式重新登录。',
    'This office asks for a stronger way to sign in than the identity provider attests ({detail}). Sign in again in the way that is asked for.',
  ],
  'person-disabled': [
    403,
    '您在本系统中已停用，不能登录。如有疑问请联系系统管理员。',
    'You are disabled in this system and cannot sign in. Ask its administrator.',
  ],
  'identity-taken': [
    409,
    '这个统一身份已关联或已邀请给 {name}。一个身份只能属于一个人，请先解除。',
    'This identity is already linked with, or kept for, {name}. One identity belongs to one person: unlink it there first.',
  ],
  'identity-present': [
    409,
    '此人已关联一个统一身份。一个人只能有一个，请先解除。',
    'This person already has a linked identity. One person has one: unlink it first.',
  ],
  'local-sign-in-off': [
    403,
    '本单位只允许系统管理员用本地账号登录。请用统一身份认证登录。',
    'In this office only administrators sign in with a local account. Use the identity provider.',
  ],
  'already-decided': [409, '这一环节已有决定。', 'This checkpoint already has its decision.'],
  'not-found': [404, '没有找到。', 'Not found.'],
  gone: [410, '该信息已停止公开。', 'This information is no longer public.'],
  'changed-meanwhile': [
    409,
    '内容刚被他人修改。请刷新，看过最新内容后再操作。',
    'Someone changed this meanwhile. Reload, look at what is new, and try again.',
  ],
  'wrong-state': [
    409,
    '当前状态（{state}）不能进行这一操作。',
    'This cannot be done in the present state ({state}).',
  ],
  'bytes-changed': [
    409,
    '内容与您审阅时不同，决定无效。请重新审阅。',
    'The content is not what you reviewed, so the decision does not count. Review it again.',
  ],
  'findings-unanswered': [
    422,
    '还有 {count} 处发现没有处理。请逐一答复后再通过。',
    '{count} findings have no answer yet. Answer each of them before approving.',
  ],
  'reason-needed': [422, '请写明理由。', 'Please give a reason.'],
  'ground-needed': [422, '请选择不予公开的法定理由。', 'Please choose the legal ground for withholding.'],
  ...displaySentences,
  'metadata-incomplete': [422, '还缺少必填项：{fields}。', 'Required fields are missing: {fields}.'],
  'invalid-input': [400, '输入有误：{detailZh}。', 'The input is not valid: {detail}.'],
  'policy-invalid': [
    422,
    '政策文件“{policy}”的 {where} 有误：{detailZh}（共 {count} 处）。请改正后再启动。',
    'The policy “{policy}” is wrong at {where}: {detail} ({count} problems in all). Correct it and start again.',
  ],
  'index-number-taken': [409, '索引号 {number} 已被使用。', 'The index number {number} is already taken.'],
  'upload-offset': [
    409,
    '续传位置不符：应从第 {offset} 字节继续。',
    'The resume position does not match: continue from byte {offset}.',
  ],
  retained: [
    409,
    '该内容须保存至 {until}，此前不得销毁，也不得缩短保存期。',
    'This content must be kept until {until}; before then it may neither be destroyed nor kept for less.',
  ],
  quota: [
    429,
    '已超过每人上传配额（{limit}）。请联系管理员。',
    'Your upload quota ({limit}) is used up. Ask the administrator.',
  ],
};

const fill = (text: string, details: Refusal['details'], language: 0 | 1): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(details?.[name] ?? (name === 'detailZh' ? inChinese(details?.detail) : '—'));
    return inOfficeWords(name, value, language);
  });

export const httpStatus = (code: RefusalCode): number => entries[code][0];

/** The sentence a person reads, in both languages. */
export const sentence = (refusal: Refusal): { zh: string; en: string } => ({
  zh: fill(entries[refusal.code][1], refusal.details, 0),
  en: fill(entries[refusal.code][2], refusal.details, 1),
});

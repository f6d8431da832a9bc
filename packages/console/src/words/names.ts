import { type FindingKind, kindNames, type Role, type Severity, type State } from '@gongkai/core';
import type { Words } from './language.tsx';

type Named<K extends string> = Readonly<Record<K, readonly [zh: string, en: string]>>;

export const states = {
  draft: ['起草', 'Draft'],
  'first-review': ['待初审', 'First review'],
  'second-review': ['待复核', 'Second review'],
  'principal-review': ['待主要负责人审定', "Principal's review"],
  rendering: ['制作发布件', 'Making the release'],
  gating: ['出口检查', 'At the gate'],
  scheduled: ['待发布', 'Scheduled'],
  published: ['已公开', 'Published'],
  expired: ['已到期', 'Expired'],
  withdrawn: ['已撤回', 'Withdrawn'],
  replaced: ['已被替换', 'Replaced'],
  refused: ['不予公开', 'Refused'],
  stopped: ['涉密终止', 'Stopped'],
  discarded: ['已作废', 'Discarded'],
} as const satisfies Named<State>;

export const kinds: Named<FindingKind> = kindNames;

export const severities = {
  stop: ['禁止', 'Stop'],
  high: ['高', 'High'],
  medium: ['中', 'Medium'],
  low: ['提示', 'Note'],
} as const satisfies Named<Severity>;

export const roles = {
  maker: ['经办人', 'Maker'],
  'first-reviewer': ['初审', 'First reviewer'],
  'second-reviewer': ['复核', 'Second reviewer'],
  principal: ['主要负责人', 'Principal'],
  'secrecy-officer': ['保密员', 'Secrecy officer'],
  'records-officer': ['档案员', 'Records officer'],
  supervisor: ['监督小组', 'Supervisor'],
  administrator: ['系统管理员', 'Administrator'],
} as const satisfies Named<Role>;

export const checkpoints = {
  self: ['自审', 'Self-check'],
  first: ['初审', 'First review'],
  second: ['复核', 'Second review'],
  principal: ['主要负责人', 'Principal'],
} as const satisfies Words;

export const verdicts = {
  approve: ['同意', 'Approved'],
  return: ['退回', 'Returned'],
  refuse: ['不予公开', 'Refused'],
} as const satisfies Words;

export const answers = {
  redact: ['遮盖', 'Redact'],
  'not-sensitive': ['不敏感', 'Not sensitive'],
  consent: ['本人同意', 'Consent'],
  'public-interest': ['公共利益', 'Public interest'],
  removed: ['出件时自动去除', 'Removed by rendering'],
} as const satisfies Words;

/** What was done, as the audit names it. */
export const actions = {
  'publication.created': ['新建', 'Created'],
  'publication.recalled': ['撤回修改', 'Recalled'],
  'publication.discarded': ['作废', 'Discarded'],
  'publication.stopped': ['涉密终止', 'Stopped'],
  'publication.withdrawn': ['撤回公开', 'Withdrawn'],
  'publication.archived': ['导出归档件（含原件）', 'Taken out for the archive, with its originals'],
  'publication.ended': ['提前下架', 'Display ended'],
  'publication.scheduled': ['排定发布', 'Scheduled'],
  'publication.published': ['公开', 'Published'],
  'publication.expired': ['到期', 'Expired'],
  'publication.replaced': ['被替换', 'Replaced'],
  'draft.edited': ['修改', 'Edited'],
  'file.uploaded': ['上传文件', 'File uploaded'],
  'file.accepted': ['文件已接收', 'File accepted'],
  'file.converted': ['已转换', 'Converted'],
  'file.inspected': ['已检查', 'Inspected'],
  'file.refused': ['文件被退', 'File refused'],
  'file.removed': ['移除文件', 'File removed'],
  'decision.approve': ['同意', 'Approved'],
  'decision.return': ['退回', 'Returned'],
  'decision.refuse': ['不予公开', 'Refused'],
  'numbers.assigned': ['编定索引号', 'Numbers assigned'],
  'release.rendered': ['制作发布件', 'Release made'],
  'release.stale': ['发布件过期重做', 'Release made again'],
  'gate.passed': ['出口放行', 'Gate passed'],
  'gate.refused': ['出口退回', 'Sent back at the gate'],
  'render.refused': ['制作退回', 'Sent back by rendering'],
  'gate.stopped': ['出口拦下', 'Stopped at the gate'],
  'reminder.sent': ['到期提醒', 'Reminder sent'],
  'yearly-check.due': ['年度核查', 'Yearly check due'],
  'dictionary.word-added': ['词典加词', 'Word added'],
  'dictionary.word-removed': ['词典删词', 'Word removed'],
  'dictionary.allowed': ['列入白名单', 'Whitelisted'],
  'dictionary.allowance-removed': ['移出白名单', 'Taken off the whitelist'],
  'dictionary.tried': ['词典试运行', 'Dictionary tried'],
  'reconciled.message-sent-again': ['对账后重新派工', 'Work missed, sent again'],
  'reconciled.record-relisted': ['对账后重新登记', 'Listed again'],
  'fault.found': ['发现缺失的文件内容', 'Missing bytes found'],
  'fault.over': ['缺失的文件内容已补回', 'Missing bytes are back'],
  'identity.invited': ['邀请关联登录', 'Invited to sign in'],
  'identity.linked': ['关联登录身份', 'Identity linked'],
  'identity.unlinked': ['解除登录身份', 'Identity unlinked'],
  'dead-letter.revived': ['重新运行', 'Run again'],
  'session.begun': ['登录', 'Signed in'],
  'session.refused': ['登录被拒', 'Sign-in refused'],
  'session.confirmed': ['再次确认身份', 'Identity confirmed'],
  'session.ended': ['退出登录', 'Signed out'],
  'person.added': ['添加人员', 'Person added'],
  'key.handed-over': ['移交签名密钥', 'Signing key handed over'],
  'person.changed': ['变更人员', 'Person changed'],
  'token.made': ['生成令牌', 'Token made'],
  'token.dropped': ['作废令牌', 'Token revoked'],
  'account.password-changed': ['修改密码', 'Password changed'],
  'account.totp-offered': ['准备开启验证码', 'Codes offered'],
  'account.totp-activated': ['开启验证码', 'Codes switched on'],
  'account.totp-removed': ['关闭验证码', 'Codes switched off'],
  'account.passkey-added': ['添加通行密钥', 'Passkey added'],
  'account.passkey-removed': ['移除通行密钥', 'Passkey removed'],
} as const satisfies Words;

import type { Role } from '../people/index.ts';
import type { Display, FileEntry, Metadata, State } from '../publication/index.ts';

type Names<Key extends string> = Record<Key, readonly [zh: string, en: string]>;

const roles = {
  maker: ['经办人', 'maker'],
  'first-reviewer': ['初审', 'first reviewer'],
  'second-reviewer': ['复核', 'second reviewer'],
  principal: ['主要负责人', 'principal'],
  'secrecy-officer': ['保密员', 'secrecy officer'],
  'records-officer': ['档案员', 'records officer'],
  supervisor: ['监督小组', 'supervisor'],
  administrator: ['系统管理员', 'administrator'],
  'another-administrator': ['另一位系统管理员', 'another administrator'],
} satisfies Names<Role | 'another-administrator'>;

const states = {
  draft: ['起草', 'draft'],
  'first-review': ['待初审', 'first review'],
  'second-review': ['待复核', 'second review'],
  'principal-review': ['待主要负责人审定', 'principal’s review'],
  rendering: ['正在制作发布件', 'its release is being made'],
  gating: ['正在出口检查', 'at the gate'],
  scheduled: ['待发布', 'scheduled'],
  published: ['已公开', 'published'],
  expired: ['已到期', 'expired'],
  withdrawn: ['已撤回', 'withdrawn'],
  replaced: ['已被替换', 'replaced'],
  refused: ['不予公开', 'refused'],
  stopped: ['涉密终止', 'stopped'],
  discarded: ['已作废', 'discarded'],
  'file-received': ['文件正在接收', 'a file is being taken in'],
  'file-accepted': ['文件正在转换', 'a file is being converted'],
  'file-converted': ['文件正在检查', 'a file is being inspected'],
  'file-inspected': ['文件已检查', 'the files are inspected'],
  'file-refused': ['有文件未被接受，请先更换或移除', 'a file was not accepted: replace or remove it first'],
} satisfies Names<State | `file-${FileEntry['progress']}`>;

const fields = {
  title: ['名称', 'title'],
  documentNumber: ['文号', 'document number'],
  office: ['发布机构', 'publishing office'],
  generatedOn: ['生成日期', 'date of the document'],
  summary: ['内容概述', 'summary'],
  theme: ['主题分类', 'theme'],
  genre: ['体裁', 'genre'],
  keywords: ['关键词', 'keywords'],
  column: ['栏目', 'column'],
  disclosure: ['公开方式', 'disclosure'],
  audience: ['公开范围', 'audience'],
  validity: ['效力状况', 'validity'],
} satisfies Names<keyof Metadata>;

const displays = {
  days: ['若干天', 'days'],
  'working-days': ['若干工作日', 'working days'],
  until: ['到指定日期', 'until a date'],
  'long-term': ['长期公开', 'long-term'],
} satisfies Names<Display['kind']>;

/** By the detail of a refusal that holds them. */
const named: Readonly<Record<string, Readonly<Record<string, readonly [string, string]>>>> = {
  role: roles,
  roles,
  state: states,
  fields,
  kind: displays,
  allowed: displays,
};

/** `first-reviewer / principal`, `title, column` as the office calls them; what has no name stays as it is. */
export const inOfficeWords = (detail: string, text: string, language: 0 | 1): string => {
  const names = named[detail];
  if (names === undefined) return text;
  return text
    .split(/ \/ |, /)
    .map((one) => (Object.hasOwn(names, one) ? (names[one]?.[language] ?? one) : one))
    .join(language === 0 ? '、' : ', ');
};

import type { Entry } from '@gongkai/local/demonstration';

/** What is shown, in order; `pages` of its PDF as pictures. */
export type Piece = {
  readonly file: string;
  readonly zh: string;
  readonly en: string;
  readonly pages: readonly number[];
};

const affairs = '综合政务/政务公开';
const board = { kind: 'days', amount: 30 } as const;

export const letterData = {
  offices: ['三村镇人民政府'],
  number: '三政发〔2026〕8号',
  title: '三村镇人民政府关于做好2026年政务公开工作的通知',
  recipients: '各村民委员会，镇直各单位',
  body: [
    '为深入推进政务公开，保障群众的知情权、参与权、表达权和监督权，现就做好2026年政务公开工作通知如下。',
    '# 一、公开内容',
    '各村、各单位要把财务收支、规费收缴和重大事务三项内容作为公开重点，做到真实、及时、全面。',
    '## （一）财务公开',
    '每月10日前公开上月财务收支情况，大额支出逐笔列明。',
    '## （二）规费收缴公开',
    '收费项目、标准、依据和收缴结果同步上墙。',
    '# 二、公开程序',
    '公开内容经自审、初审、复核后发布，未经保密审查的信息不得公开。',
    '# 三、监督检查',
    '镇政务公开监督小组每季度检查一次，结果纳入年度考核。',
  ].join('\n\n'),
  attachments: [{ title: '政务公开事项任务分解表' }],
  date: '2026-11-20',
  note: '此件公开发布',
  copies: '县政务公开领导小组办公室',
  printedBy: '三村镇党政办公室',
  printedOn: '2026-11-20',
} as const;

/** The offices' documents (packages/local/documents/made), and the letter that was composed. */
export const entries: Readonly<Record<'letter' | 'plan' | 'relief' | 'summary' | 'scan', Entry>> = {
  letter: {
    files: ['letter.pdf'],
    column: 'affairs-board',
    genre: '通知',
    theme: affairs,
    display: board,
    generatedOn: '2026-11-20',
    until: 'published',
  },
  plan: {
    files: ['02 三村镇政务公开实施方案.docx'],
    column: 'affairs-board',
    genre: '通知',
    theme: affairs,
    display: board,
    generatedOn: '2012-03-01',
    until: 'published',
  },
  relief: {
    files: ['21 临时救助对象公示（虚构人员）.docx'],
    column: 'finance-board',
    genre: '公告',
    theme: '民政、扶贫、救灾',
    display: { kind: 'days', amount: 7 },
    generatedOn: '2026-11-20',
    until: 'published',
  },
  summary: {
    files: ['06 本溪县政务公开日活动总结.pdf'],
    column: 'fees-board',
    genre: '报告',
    theme: affairs,
    display: board,
    generatedOn: '2012-05-20',
    until: 'published',
  },
  scan: {
    files: ['07 本溪市司法局活动总结（扫描件）.png'],
    column: 'fees-board',
    genre: '报告',
    theme: affairs,
    display: board,
    generatedOn: '2012-05-20',
    until: 'published',
  },
};

import type { Display } from '@gongkai/core';

/** One publication of the demonstration: the offices' real documents (packages/local/documents), and what becomes of them. */
export type Entry = {
  readonly files: readonly string[];
  readonly title?: string;
  readonly column: string;
  readonly genre: string;
  readonly theme: string;
  readonly display: Display;
  readonly major?: boolean;
  readonly generatedOn?: string;
  /** Where the demonstration office leaves it, so that everyone finds work; `gongkai demo` takes all the way. */
  readonly until: 'draft' | 'first-review' | 'second-review' | 'principal-review' | 'published' | 'stopped';
};

const affairs = '综合政务/政务公开';
const standing: Display = { kind: 'long-term' };
const days = (amount: number): Display => ({ kind: 'days', amount });

export const programme: readonly Entry[] = [
  {
    files: ['13 政务公开和政府信息公开制度.docx'],
    column: 'system',
    genre: '决定',
    theme: affairs,
    display: standing,
    until: 'published',
  },
  {
    files: ['02 三村镇政务公开实施方案.docx'],
    column: 'plans',
    genre: '通知',
    theme: affairs,
    display: standing,
    until: 'published',
  },
  {
    files: ['21 临时救助对象公示（虚构人员）.docx'],
    column: 'publicity',
    genre: '公告',
    theme: '民政、扶贫、救灾',
    display: days(7),
    until: 'published',
  },
  {
    files: ['03 白水区城建稽查局政务公开实施办法.docx', '03 附件 公开事项任务分解表.xlsx'],
    column: 'local',
    genre: '决定',
    theme: affairs,
    display: days(30),
    major: true,
    until: 'published',
  },
  {
    files: ['04 大德乡政务公开日活动总结.doc'],
    column: 'notices',
    genre: '报告',
    theme: affairs,
    display: days(30),
    generatedOn: '2012-05-18',
    until: 'published',
  },
  {
    files: ['09 环保局政务公开工作总结.pdf'],
    column: 'inspection',
    genre: '报告',
    theme: affairs,
    display: standing,
    generatedOn: '2012-12-20',
    until: 'published',
  },
  {
    files: ['07 本溪市司法局活动总结（扫描件）.png'],
    title: '本溪市司法局开展“政务公开日”活动总结',
    column: 'notices',
    genre: '报告',
    theme: affairs,
    display: days(30),
    generatedOn: '2018-05-18',
    until: 'published',
  },
  {
    files: ['20 政务公开与公信力（GB18030）.txt'],
    title: '政务公开，增强政府公信力',
    column: 'other',
    genre: '意见',
    theme: affairs,
    display: standing,
    generatedOn: '2011-08-20',
    until: 'published',
  },
  {
    files: ['22 带密级标志的文件（虚构，演示拒收）.docx'],
    column: 'notices',
    genre: '通知',
    theme: affairs,
    display: days(30),
    until: 'stopped',
  },
  {
    files: ['08 党务政务公开方案.docx'],
    column: 'plans',
    genre: '通知',
    theme: affairs,
    display: standing,
    until: 'first-review',
  },
  {
    files: ['05 渔政政务公开日活动总结.doc'],
    column: 'notices',
    genre: '报告',
    theme: affairs,
    display: days(30),
    until: 'first-review',
  },
  {
    files: ['06 本溪县政务公开日活动总结.pdf'],
    column: 'notices',
    genre: '报告',
    theme: affairs,
    display: days(30),
    generatedOn: '2012-05-18',
    until: 'second-review',
  },
  {
    files: ['15 政务公开工作经验材料.docx'],
    column: 'local',
    genre: '通报',
    theme: affairs,
    display: standing,
    major: true,
    generatedOn: '2010-12-31',
    until: 'principal-review',
  },
  {
    files: ['19 幼儿园落实政务公开情况汇报.docx'],
    column: 'welfare',
    genre: '报告',
    theme: '科技、教育',
    display: standing,
    until: 'draft',
  },
  {
    files: ['01 区第二中医院政务公开日信息.pdf'],
    title: '推进政务公开，优化营商环境',
    column: 'notices',
    genre: '通报',
    theme: affairs,
    display: days(15),
    until: 'published',
  },
  {
    files: ['10 乡政务公开日工作总结.doc'],
    column: 'notices',
    genre: '报告',
    theme: affairs,
    display: days(30),
    generatedOn: '2012-05-20',
    until: 'published',
  },
  {
    files: ['11 政务公开知识有奖答题试卷.docx'],
    column: 'notices',
    genre: '公告',
    theme: affairs,
    display: days(15),
    generatedOn: '2013-05-10',
    until: 'published',
  },
  {
    files: ['12 政务公开背景材料.txt'],
    title: '政务公开背景材料',
    column: 'other',
    genre: '通报',
    theme: affairs,
    display: days(30),
    generatedOn: '2011-04-01',
    until: 'published',
  },
  {
    files: ['14 学区领导分工（扫描件）.png'],
    title: '学区领导分工',
    column: 'organisation',
    genre: '公告',
    theme: '科技、教育',
    display: standing,
    generatedOn: '2012-03-01',
    until: 'published',
  },
  {
    files: ['16 寒假生活调查报告.txt'],
    column: 'other',
    genre: '报告',
    theme: '科技、教育',
    display: days(30),
    until: 'published',
  },
  {
    files: ['17 打造阳光政府.pdf'],
    title: '政务公开—打造阳光政府',
    column: 'other',
    genre: '通报',
    theme: affairs,
    display: days(30),
    generatedOn: '2010-03-20',
    until: 'published',
  },
  {
    files: ['18 政务公开访谈（扫描件）.png'],
    title: '政务公开重点访谈',
    column: 'other',
    genre: '通报',
    theme: affairs,
    display: days(30),
    generatedOn: '2004-12-28',
    until: 'published',
  },
];

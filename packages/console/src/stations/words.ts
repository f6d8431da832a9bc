import type { Status, Stop } from './stations.ts';

/** What the stops are called, on the line of stations and wherever a machine is named. */
export const stationWords = {
  intake: ['接收', 'Intake'],
  convert: ['转换', 'Convert'],
  inspect: ['检查', 'Inspect'],
  self: ['自审', 'Self-check'],
  first: ['初审', 'First review'],
  second: ['复核', 'Second review'],
  principal: ['主要负责人', 'Principal'],
  render: ['制作', 'Render'],
  gate: ['出口', 'Gate'],
  publish: ['发布', 'Publish'],
  end: ['公开期', 'Display'],
  index: ['检索登记', 'Index'],
  notify: ['通知', 'Notice'],
  discard: ['销毁', 'Destroy'],
  'try-words': ['词典试运行', 'Dictionary trial'],
  line: ['办理进度', 'Progress'],
  done: ['已完成', 'done'],
  now: ['进行中', 'under way'],
  todo: ['未到', 'to come'],
  trouble: ['有问题', 'in trouble'],
} as const satisfies Readonly<
  Record<Stop | Status | 'line' | 'index' | 'notify' | 'discard' | 'try-words', readonly [string, string]>
>;

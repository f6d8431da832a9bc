import type { Words } from '../words/language.tsx';

export const words = {
  title: ['撰写公文', 'Write a document'],
  form: ['表单', 'Form'],
  fill: ['填表', 'Fill in'],
  markdown: ['Markdown', 'Markdown'],
  preview: ['预览', 'Preview'],
  take: ['放入草稿', 'Take into a draft'],
  takeInto: ['放入这件草稿', 'Take into that draft'],
  stale: ['内容已改动，请重新预览', 'Changed since: preview again'],
  nothing: [
    '填好以后按“预览”，这里显示排好的公文。放入草稿的就是预览的这一份，之后照样检查、审查。',
    'Fill it in and preview. What is taken into a draft is exactly what is shown here; it is then inspected and reviewed like any file.',
  ],
  noSecrets: ['涉及国家秘密的内容不得在这里起草。', 'State secrets must not be written here.'],
  add: ['添加', 'Add'],
  remove: ['去掉', 'Take out'],
  needed: ['请填写', 'Needed'],
  help: [
    '## 是“一、”，### 是“（一）”；编号列表、表格、**加粗**都可以。',
    '## is 一、, ### is （一）; numbered lists, tables and **bold** may be used.',
  ],
  sample: [
    '---\n发文机关: {office}\n发文字号: 某政发〔{year}〕1号\n主送机关: \n成文日期: {day}\n附注: 此件公开发布\n---\n# 关于……的通知\n\n现将……通知如下。\n\n## ……\n',
    '---\noffices: {office}\nnumber: 某政发〔{year}〕1号\nrecipients: \ndate: {day}\nnote: 此件公开发布\n---\n# 关于……的通知\n\n现将……通知如下。\n\n## ……\n',
  ],
} as const satisfies Words;

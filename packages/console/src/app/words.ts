import type { Words } from '../words/language.tsx';

export const words = {
  work: ['我的工作', 'My work'],
  upload: ['上传', 'Upload'],
  compose: ['撰写', 'Write'],
  publications: ['信息管理', 'Publications'],
  dictionary: ['词典与白名单', 'Dictionary'],
  deadLetters: ['异常队列', 'Dead letters'],
  people: ['人员', 'People'],
  tokens: ['令牌', 'Tokens'],
  audit: ['审计', 'Audit'],
  account: ['账户设置', 'My account'],
  signOut: ['退出登录', 'Sign out'],
  catalogue: ['公开网站', 'Public site'],
  product: ['政务公开工作台', 'Disclosure console'],
  main: ['主菜单', 'Main menu'],
  skip: ['跳到正文', 'Skip to content'],
  notFound: ['没有这个页面', 'No such page'],
  toWork: ['回到我的工作', 'Back to my work'],
  menu: ['打开菜单', 'Open the menu'],
} as const satisfies Words;

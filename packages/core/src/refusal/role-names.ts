import type { Role } from '../people/index.ts';

/** Roles as the office calls them; what is no role stays as it is. */
const roleNames: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  maker: ['经办人', 'maker'],
  'first-reviewer': ['初审', 'first reviewer'],
  'second-reviewer': ['复核', 'second reviewer'],
  principal: ['主要负责人', 'principal'],
  'secrecy-officer': ['保密员', 'secrecy officer'],
  'records-officer': ['档案员', 'records officer'],
  supervisor: ['监督小组', 'supervisor'],
  administrator: ['系统管理员', 'administrator'],
  'another-administrator': ['另一位系统管理员', 'another administrator'],
} satisfies Record<Role | 'another-administrator', readonly [string, string]>;

/** `first-reviewer / principal` in words. */
export const rolesIn = (text: string, language: 0 | 1): string =>
  text
    .split(' / ')
    .map((role) => roleNames[role]?.[language] ?? role)
    .join(language === 0 ? '、' : ', ');

import { randomInt } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foundPerson } from '@gongkai/api/people';
import type { Office, Role } from '@gongkai/core';
import * as z from 'zod';

const credential = z.object({
  account: z.string(),
  name: z.string(),
  duty: z.string(),
  password: z.string(),
});
export type Credential = z.infer<typeof credential>;

/** The people of the demonstration office. They exist only in a demonstration's data folder, with passwords made there. */
const staff: readonly {
  account: string;
  name: string;
  department: string;
  duty: string;
  roles: readonly Role[];
}[] = [
  { account: 'jingban', name: '王敏', department: '党政办', duty: '经办人', roles: ['maker'] },
  { account: 'chushen', name: '李强', department: '党政办', duty: '初审', roles: ['first-reviewer'] },
  { account: 'fuhe', name: '张华', department: '办公室', duty: '复核', roles: ['second-reviewer'] },
  { account: 'fuzeren', name: '陈伟', department: '领导班子', duty: '主要负责人', roles: ['principal'] },
  { account: 'jiandu', name: '赵静', department: '监督小组', duty: '监督', roles: ['supervisor'] },
  {
    account: 'baomi',
    name: '孙丽',
    department: '保密办',
    duty: '保密员、档案员',
    roles: ['secrecy-officer', 'records-officer'],
  },
  { account: 'guanli', name: '周强', department: '信息中心', duty: '系统管理员', roles: ['administrator'] },
];

/** No l, 1, o, 0: it is read from a terminal and typed into a browser. */
const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
const newPassword = (): string =>
  Array.from({ length: 3 }, () =>
    Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join(''),
  ).join('-');

const file = (data: string): string => join(data, 'demonstration.json');

export const isDemonstration = (data: string): boolean => existsSync(file(data));

export const readCredentials = (path: string): readonly Credential[] =>
  z.array(credential).parse(JSON.parse(readFileSync(path, 'utf8')));

export const credentials = (data: string): readonly Credential[] => readCredentials(file(data));

/** Founds the people; run again after a kill half-way it goes on with the same passwords. */
export const foundStaff = async (office: Office, data: string): Promise<readonly Credential[]> => {
  if (!isDemonstration(data)) {
    const made = staff.map(({ account, name, duty }) => ({ account, name, duty, password: newPassword() }));
    writeFileSync(file(data), JSON.stringify(made, null, 1), { mode: 0o600 });
    chmodSync(file(data), 0o600);
  }
  const known = credentials(data);
  for (const { account, name, department, roles } of staff) {
    const password = known.find((one) => one.account === account)?.password;
    if (password === undefined) throw new Error(`${file(data)}: ${account}`);
    const founded = await foundPerson(office, { account, name, department, roles, password });
    // Already there from before a kill.
    if (!founded.ok && founded.error.code !== 'changed-meanwhile') throw new Error(founded.error.code);
  }
  return known;
};

import * as z from 'zod';
import type { Office } from '../commands/office.ts';
import { type Person, role } from '../people/index.ts';
import type { Message } from '../ports/index.ts';
import { allPeople, load } from '../repository/index.ts';

const about = z.enum([
  'waiting',
  'sent-back',
  'refused',
  'approved',
  'published',
  'expired',
  'expires-soon',
  'yearly-check',
  'withdrawn',
  'state-secret',
]);
const payload = z.object({ person: z.string().optional(), role: role.optional(), about });

/** The words of each notice; the title only where it may be told. */
const words: Record<z.infer<typeof about>, string> = {
  waiting: '有文件等待您审查',
  'sent-back': '文件已退回，请修改',
  refused: '文件决定不予公开',
  approved: '文件审查有进展',
  published: '文件已发布',
  expired: '文件公示期满，已停止展示',
  'expires-soon': '文件公示期即将届满',
  'yearly-check': '长期公开的文件请做年度核对',
  withdrawn: '文件已撤回',
  'state-secret': '发现带有国家秘密标志的文件，已拒收并销毁内容，请立即处置原件',
};

/** 通知: to one person, or to everyone who holds a role. At least once: a repeated notice is a nuisance, a lost one a missed date. */
export const notify = async (office: Office, message: Message): Promise<void> => {
  const wanted = payload.parse(message.payload);
  const loaded = await load(office, message.subject);
  const people = (await allPeople(office)).filter(
    (person: Person) =>
      !person.disabled &&
      (person.id === wanted.person || (wanted.role !== undefined && person.roles.includes(wanted.role))),
  );
  const title = loaded?.item.metadata.title ? `：${loaded.item.metadata.title}` : '';
  for (const person of people)
    await office.notifier.send({
      to: person.email || person.name,
      subject: `${words[wanted.about]}${title}`,
      text: `${words[wanted.about]}${title}\n${message.subject}\n${message.occurredAt}`,
    });
};

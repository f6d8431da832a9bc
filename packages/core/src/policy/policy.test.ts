import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chinaCalendar, isWorkingDay } from '../calendar/index.ts';
import { sentence } from '../refusal/index.ts';
import { isOrganisationCode } from '../release/org-code.ts';
import { deadlineRuleOn } from './deadline-rule.ts';
import { parsePolicy } from './parse.ts';
import type { Policy } from './policy.ts';

const read = (name: string): Record<string, unknown> =>
  parse(readFileSync(new URL(`../../../../policies/${name}.yaml`, import.meta.url), 'utf8'));

const base = read('default');

const accepted = (given: unknown): Policy => {
  const answer = parsePolicy(given, base);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
};

/** The default policy with one value changed, and what is said about it. */
const refused = (path: readonly (string | number)[], value: unknown) => {
  const policy = structuredClone(base);
  const holder = path.slice(0, -1).reduce<unknown>((at, step) => Reflect.get(at as object, step), policy);
  Reflect.set(holder as object, path.at(-1) ?? '', value);
  const answer = parsePolicy(policy);
  return answer.ok ? undefined : answer.error;
};

describe('the default policy', () => {
  const policy = accepted(base);

  it('has the four sections, the items of 条例 §20, the 15 genres and the 22 themes', () => {
    expect(policy.sections.map(({ name }) => name)).toEqual([
      '政府信息公开指南',
      '政府信息公开制度',
      '法定主动公开内容',
      '政府信息公开工作年度报告',
    ]);
    const clauses = policy.columns.map(({ clause }) => clause);
    for (let item = 1; item <= 15; item += 1) expect(clauses).toContain(`条例 §20(${item})`);
    expect(policy.genres).toHaveLength(15);
    expect(policy.themes).toHaveLength(22);
    expect(policy.themes[1]?.children).toContain('政务公开');
  });

  it('covers every ground of 条例 §14 to §16', () => {
    const clauses = policy.grounds.map(({ clause }) => clause).join();
    for (const clause of ['§14', '§15', '§16①', '§16②']) expect(clauses).toContain(clause);
    expect(policy.grounds.find(({ key }) => key === 'privacy')).toMatchObject({
      label: '个人隐私',
      lifted: true,
    });
    expect(policy.grounds.find(({ key }) => key === 'state-secret')?.redactable).toBe(false);
  });

  it('fills in the defaults', () => {
    expect(policy.limits).toMatchObject({
      uploadBytes: 100 * 1024 * 1024,
      pages: 2000,
      scanner: 'when-installed',
    });
    expect(policy.calendar).toBe(chinaCalendar);
  });

  it('applies the version of the law that was in force on the day', () => {
    expect(deadlineRuleOn(policy, 'reply', '2019-05-14')?.amount).toBe(15);
    expect(deadlineRuleOn(policy, 'reply', '2019-05-15')?.amount).toBe(20);
    expect(deadlineRuleOn(policy, 'reply', '2008-04-30')).toBeUndefined();
    expect(deadlineRuleOn(policy, 'third-party-opinion', '2015-01-01')).toBeUndefined();
  });
});

describe('profiles', () => {
  it('白水区城建稽查局: own columns and a floor of a week, everything else from the default', () => {
    const policy = accepted(read('baishui'));
    expect(policy.columns.filter(({ display }) => display === 'board')).toHaveLength(7);
    expect(policy.displayRules.find(({ key }) => key === 'board')).toMatchObject({ floorDays: 7 });
    expect(policy.checkpoints.map(({ key, name, body }) => [key, name, body])).toContainEqual([
      'second',
      '复核',
      '政务公开领导小组',
    ]);
    expect(policy.deadlines).toEqual(accepted(base).deadlines);
    expect(policy.office.address).toBe('');
  });

  it('三村镇: the three boards and the township items of 条例 §21', () => {
    const policy = accepted(read('sancun'));
    expect(policy.columns.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        '财务公开栏',
        '规费收缴公开栏',
        '事务公开栏',
        '农业农村、土地、征收、筹资筹劳和社会救助',
      ]),
    );
    expect(policy.columns.find(({ key }) => key === 'local')).toMatchObject({
      section: 'content',
      display: 'standing',
    });
    expect(policy.boards).toEqual(['finance-board', 'fees-board', 'affairs-board']);
    expect(policy.retention.record).toBe('permanent');
  });

  it('carry codes whose check digit holds', () => {
    for (const name of ['default', 'baishui', 'sancun'])
      expect(isOrganisationCode(accepted(read(name)).office.orgCode)).toBe(true);
  });

  it('take an entry out with drop', () => {
    const dropped = accepted({ ...read('sancun'), columns: [{ key: 'statistics', drop: true }], boards: [] });
    expect(dropped.columns.map(({ key }) => key)).not.toContain('statistics');
    expect(dropped.columns).toHaveLength((base.columns as unknown[]).length - 1);
  });

  it('replace a list whose keys repeat, as those of the deadlines do', () => {
    const deadlines = [{ key: 'reply', amount: 10, unit: 'working-day', clause: '本地规定' }];
    expect(accepted({ ...read('sancun'), deadlines }).deadlines).toEqual(deadlines);
  });

  it('are refused without their base', () => {
    expect(parsePolicy(read('baishui'))).toMatchObject({
      ok: false,
      error: { details: { where: 'extends' } },
    });
    expect(parsePolicy(read('baishui'), read('sancun'))).toMatchObject({ ok: false });
  });

  it('bring their own holiday notice', () => {
    const days = [{ name: '元旦', date: '2027-01-01', isOffDay: true }];
    const policy = accepted({
      extends: 'default',
      key: 'x',
      name: 'x',
      basis: 'x',
      holidays: [{ year: 2027, days }],
    });
    expect(isWorkingDay('2027-01-01', policy.calendar)).toBe(false);
    expect(policy.calendar.version).not.toBe(chinaCalendar.version);
  });
});

describe('a wrong policy is refused with its place', () => {
  it.each<[string, string, (string | number)[], unknown]>([
    ['a misspelt key', 'limits.uplodBytes', ['limits', 'uplodBytes'], 1],
    ['a missing part', 'grounds', ['grounds'], undefined],
    ['a day that does not exist', 'validFrom', ['validFrom'], '2019-02-29'],
    ['an end before its beginning', 'validUntil', ['validUntil'], '2018-01-01'],
    ['a column without its display rule', 'columns[3].display', ['columns', 3, 'display'], 'x'],
    ['a key given twice', 'columns[1].key', ['columns', 1, 'key'], 'guide'],
    ['a section without a column', 'sections[3]', ['columns', 20, 'section'], 'content'],
    ['a board that is no column', 'boards[0]', ['boards'], ['nowhere']],
    ['a template without a serial', 'indexNumber', ['indexNumber'], '{year}'],
    ['one pair of eyes', 'checkpoints', ['checkpoints', 2, 'when'], 'major'],
    ['a proposal below the floor', 'displayRules[1].proposed', ['displayRules', 1, 'proposed', 'amount'], 6],
    ['a limit below the floor', 'displayRules[1].maxDays', ['displayRules', 1, 'maxDays'], 6],
    ['two laws for one day', 'deadlines[1]', ['deadlines', 1, 'validUntil'], '2019-05-15'],
    ['a number as text', 'timers.reminderDays', ['timers', 'reminderDays'], '1'],
    ['a label too long for its box', 'grounds[0].label', ['grounds', 0, 'label'], '一二三四五六七八九'],
  ])('%s', (_, where, path, value) => {
    expect(refused(path, value)).toMatchObject({ code: 'policy-invalid', details: { where } });
  });

  it.each([undefined, null, 'text', 7, []])('%j is no policy at all', (given) => {
    expect(parsePolicy(given)).toMatchObject({ ok: false, error: { code: 'policy-invalid' } });
  });

  it('says so in both languages', () => {
    const refusal = refused(['timers', 'reminderDays'], 0);
    const { zh, en } = sentence(refusal ?? { code: 'gone' });
    expect(zh).toContain('政策文件“default”的 timers.reminderDays 有误');
    expect(zh).toMatch(/数值过小/);
    expect(en).toContain('timers.reminderDays');
  });
});

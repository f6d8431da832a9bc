import { describe, expect, it } from 'vitest';
import type { Finding } from '../document/index.ts';
import { Kept } from './kept.ts';

const found = (kind: Finding['kind'], text: string, y: number, height = 12): Finding => ({
  id: `${kind} ${text} ${y}`,
  kind,
  severity: 'high',
  rule: kind,
  sure: 1,
  text,
  boxes: [{ page: 1, x: 50, y, width: 200, height }],
  removedByRender: false,
  why: { zh: '', en: '' },
});
const keeping = (...findings: Finding[]) =>
  new Kept(
    findings,
    Object.fromEntries(
      findings.map(({ id }) => [
        id,
        { answer: 'not-sensitive' as const, reason: '已核对', person: 'a', at: '' },
      ]),
    ),
  );

describe('what was kept covers in the release', () => {
  const table = found('aggregation', '王小丽、张建国、刘洋', 100, 60);

  it('the same thing, as often as it was kept', () => {
    const kept = keeping(found('mobile', '138 1234 5678', 100));
    expect(kept.take(found('mobile', '13812345678', 100))).toBe(true);
    expect(kept.take(found('mobile', '13812345678', 300))).toBe(false);
  });

  it('a table that says less, because one of its rows is covered', () => {
    expect(keeping(table).take(found('aggregation', '王小丽、刘洋', 400))).toBe(true);
  });

  it('no table that says more, and none elsewhere', () => {
    expect(keeping(table).take(found('aggregation', '王小丽、赵六', 400))).toBe(false);
  });

  it('a name in the table that no longer reads as one, now that its numbers are gone', () => {
    expect(keeping(table).take(found('person-name', '张建国', 120))).toBe(true);
    expect(keeping(table).take(found('person-name', '张建国', 300))).toBe(false);
  });

  it('the picture on a scanned page that somebody looked at, now that the stamp has put words on the page', () => {
    const scan = {
      ...found('not-searched', '1', 0),
      boxes: [{ page: 1, x: 0, y: 0, width: 595, height: 842 }],
    };
    const picture = (page: number) => ({
      ...found('not-searched', '图片 / pictures', 40, 700),
      boxes: [{ page, x: 20, y: 40, width: 555, height: 700 }],
    });
    expect(keeping(scan).take(picture(1))).toBe(true);
    expect(keeping(scan).take(picture(2))).toBe(false);
  });

  it('never a number because of where it stands', () => {
    expect(keeping(table).take(found('mobile', '13812345678', 120))).toBe(false);
    expect(keeping(found('mobile', '13812345678', 100)).take(found('mobile', '13912345678', 100))).toBe(
      false,
    );
  });

  it('nothing that was to be redacted', () => {
    const kept = new Kept([table], {
      [table.id]: { answer: 'redact', reason: '', person: 'a', at: '' },
    });
    expect(kept.take(table)).toBe(false);
    expect(kept.take(found('person-name', '张建国', 120))).toBe(false);
  });
});

import type { Office } from '@gongkai/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestClient, testPolicy, testStaff } from './test-staff.ts';

const data = {
  offices: ['三村镇人民政府'],
  number: '三政发〔2026〕8号',
  title: '关于公开的通知',
  body: '现将有关事项通知如下。',
  date: '2026-03-03',
};
const markdown = `---\n发文机关: 三村镇人民政府\n发文字号: 三政发〔2026〕8号\n成文日期: 2026-03-03\n---\n# 关于公开的通知\n\n正文`;

let world: Awaited<ReturnType<typeof testStaff>>;
let zhao: TestClient;
beforeAll(async () => {
  world = await testStaff();
  zhao = await world.as('zhao');
});

const code = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body.code];

describe('POST /compose', () => {
  it('answers the form as PDF, from data or Markdown, and records nothing', async () => {
    const before = (await zhao.get('/api/publications')).body.items;
    for (const body of [{ data }, { form: 'official-letter', markdown }]) {
      const answer = await zhao.post('/api/compose', body);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('application/pdf');
      expect(answer.body.text).toContain('official-letter');
      expect(answer.body.text).toContain('三政发〔2026〕8号');
    }
    expect((await zhao.get('/api/publications')).body.items).toEqual(before);
  });

  it('names the field that is wrong, in both languages', async () => {
    const answer = await zhao.post('/api/compose', { data: { ...data, date: '3月3日' } });
    expect(code(answer)).toEqual([422, 'form-field']);
    expect(answer.body.zh).toContain('成文日期');
    expect(answer.body.en).toContain('Date');
  });

  it('takes data or Markdown, never both or neither, and no form that only the record may fill', async () => {
    expect(code(await zhao.post('/api/compose', {}))).toEqual([400, 'invalid-input']);
    expect(code(await zhao.post('/api/compose', { data, markdown }))).toEqual([400, 'invalid-input']);
    expect(code(await zhao.post('/api/compose', { form: 'review-sheet', data }))).toEqual([
      400,
      'invalid-input',
    ]);
  });

  it('does not set a state secret in type', async () => {
    let rendered = 0;
    const marked = await testStaff(
      testPolicy(),
      (office: Office): Office => ({
        ...office,
        inspector: {
          ...office.inspector,
          inspectText: async (text) =>
            text.includes('机密★10年')
              ? [
                  {
                    id: 'x',
                    kind: 'state-secret-mark',
                    severity: 'stop',
                    rule: 'mark',
                    sure: 1,
                    text: '机密★10年',
                    boxes: [],
                    removedByRender: false,
                    why: { zh: '', en: '' },
                  },
                ]
              : [],
        },
        renderer: {
          ...office.renderer,
          form: (...given) => {
            rendered += 1;
            return office.renderer.form(...given);
          },
        },
      }),
    );
    const maker = await marked.as('zhao');
    expect(code(await maker.post('/api/compose', { data: { ...data, body: '机密★10年\n\n正文' } }))).toEqual([
      451,
      'form-secret',
    ]);
    expect(rendered).toBe(0);
  });

  it('is for makers', async () => {
    const qian = await world.as('qian');
    expect(code(await qian.post('/api/compose', { data }))).toEqual([403, 'not-allowed']);
  });

  it('is described with the fields of each form', async () => {
    const described = JSON.stringify((await zhao.get('/api/openapi.json')).body.paths);
    expect(described).toContain('发文字号');
    expect(described).toContain('成文日期');
  });
});

describe('POST /publications/:id/compose', () => {
  it('goes the way of an upload: received, inspected, with everything still to be decided', async () => {
    const made = await zhao.post('/api/publications', {});
    const path = `/api/publications/${made.body.id}/compose`;
    expect((await zhao.post(path, { data })).status).toBe(200);
    await world.drain();
    const { item } = await zhao.view(String(made.body.id));
    expect(item.files).toMatchObject([{ name: '关于公开的通知.pdf', progress: 'inspected' }]);
    expect(item.state).toBe('draft');
    expect(item.decisions).toEqual([]);
  });

  it('stops at what stops an upload: somebody else’s or no draft', async () => {
    const id = await world.draft(zhao);
    const zheng = await world.as('zheng');
    expect((await zheng.post(`/api/publications/pub_none/compose`, { data })).status).toBe(404);
    await zhao.decide(id, { verdict: 'approve' });
    expect(code(await zhao.post(`/api/publications/${id}/compose`, { data }))).toEqual([409, 'wrong-state']);
  });
});

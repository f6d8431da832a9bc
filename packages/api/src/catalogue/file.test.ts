import { beforeEach, describe, expect, it } from 'vitest';
import { testCatalogue, testPolicy } from './test-catalogue.ts';

const policy = testPolicy();
const now = '2026-02-10T01:00:00.000Z';
const ago = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString();

describe('the file', () => {
  const text = '0123456789';
  let world: ReturnType<typeof testCatalogue>;
  beforeEach(async () => {
    world = testCatalogue(policy);
    world.clock.set(now);
    await world.put({
      id: 'pub_1',
      state: 'published',
      publishedAt: ago(1),
      texts: [text, '附件的正文'],
      title: '通知',
    });
  });

  it('comes whole, with its hash as ETag and never from a cache unasked', async () => {
    const { status, headers, text: body } = await world.get('/file/pub_1/0');
    expect([status, body]).toEqual([200, text]);
    expect(headers.get('etag')).toMatch(/^"[0-9a-f]{64}"$/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'private, no-cache',
      'content-type': 'application/pdf',
      'content-length': '10',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
    });
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect((await world.get('/file/pub_1/1')).text).toBe('附件的正文');
  });

  it('comes in parts', async () => {
    const part = await world.get('/file/pub_1/0', { headers: { Range: 'bytes=2-4' } });
    expect([
      part.status,
      part.text,
      part.headers.get('content-range'),
      part.headers.get('content-length'),
    ]).toEqual([206, '234', 'bytes 2-4/10', '3']);
    const beyond = await world.get('/file/pub_1/0', { headers: { Range: 'bytes=10-' } });
    expect([beyond.status, beyond.text, beyond.headers.get('content-range')]).toEqual([
      416,
      '',
      'bytes */10',
    ]);
    const stale = await world.get('/file/pub_1/0', {
      headers: { Range: 'bytes=2-4', 'If-Range': '"other"' },
    });
    expect([stale.status, stale.text]).toEqual([200, text]);
  });

  it('answers HEAD like GET without a body', async () => {
    const head = await world.get('/file/pub_1/0', { method: 'HEAD' });
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', '10']);
    const part = await world.get('/file/pub_1/0', { method: 'HEAD', headers: { Range: 'bytes=-1' } });
    expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, '', 'bytes 9-9/10']);
    expect((await world.get('/item/pub_1', { method: 'HEAD' })).status).toBe(200);
  });

  it('is not sent again to who has it, but only while it is public', async () => {
    const etag = (await world.get('/file/pub_1/0')).headers.get('etag') ?? '';
    const again = { headers: { 'If-None-Match': etag } };
    expect((await world.get('/file/pub_1/0', again)).status).toBe(304);
    await world.put({ id: 'pub_2', state: 'published', publishedAt: ago(1), until: ago(0), texts: [text] });
    expect((await world.get('/file/pub_2/0', again)).status).toBe(410);
  });

  it.each([
    '/file/pub_1/2',
    '/file/pub_1/-1',
    '/file/pub_1/x',
    '/file/pub_1/0.5',
    '/file/..%2f/0',
    '/file/pub_9/0',
    `/file/${'a'.repeat(500)}/0`,
  ])('is not found at %s', async (path) => {
    expect((await world.get(path)).status).toBe(404);
  });
});

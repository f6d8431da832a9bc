import { err, ok, refusal } from '@gongkai/core';
import { publication as contract } from '../contract/index.ts';
import { type Route, readBytes, route } from '../route/index.ts';
import { appendTo, beginUpload, dropUpload, finishUpload, offsetOf, ownUpload } from './uploads.ts';

const maker = ['maker'] as const;

/** 上传, resumable: announced, sent in pieces, finished. */
export const uploadRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/publications/:id/uploads',
    summary: '开始上传',
    who: maker,
    token: true,
    body: contract.beginUpload,
    answer: contract.upload,
    audit: { none: 'nothing is in the publication before it is finished' },
    run: ({ office, caller, params, body }) => beginUpload(office, caller, params.id ?? '', body),
  }),
  route({
    method: 'GET',
    path: '/uploads/:id',
    summary: '续传位置',
    who: maker,
    token: true,
    answer: contract.upload,
    run: async ({ office, caller, params }) => {
      const held = await ownUpload(office, caller, params.id ?? '');
      if (!held.ok) return held;
      const offset = await offsetOf(office, held.value);
      if (!offset.ok) return offset;
      return Response.json(
        { upload: held.value.id, offset: offset.value },
        {
          headers: {
            'upload-offset': String(offset.value),
            'upload-length': String(held.value.record.size),
          },
        },
      );
    },
  }),
  route({
    method: 'PATCH',
    path: '/uploads/:id',
    summary: '上传一段（请求头 Upload-Offset；application/offset+octet-stream）',
    who: maker,
    token: true,
    bytes: 'in',
    answer: contract.upload,
    audit: { none: 'nothing is in the publication before it is finished' },
    run: async ({ office, caller, params, request }) => {
      const held = await ownUpload(office, caller, params.id ?? '');
      if (!held.ok) return held;
      const offset = request.headers.get('upload-offset') ?? '';
      if (!/^\d{1,15}$/.test(offset)) return err(refusal('invalid-input', { detail: 'Upload-Offset' }));
      if (!request.headers.get('content-type')?.startsWith('application/offset+octet-stream'))
        return err(refusal('invalid-input', { detail: 'Content-Type: application/offset+octet-stream' }));
      const next = await appendTo(office, held.value, Number(offset), readBytes(request));
      if (!next.ok) return next;
      const body = { upload: held.value.id, offset: next.value };
      return Response.json(body, { headers: { 'upload-offset': String(next.value) } });
    },
  }),
  route({
    method: 'POST',
    path: '/uploads/:id/finish',
    summary: '上传完成',
    who: maker,
    token: true,
    answer: contract.changed,
    audit: ['file.uploaded'],
    run: async ({ office, caller, params }) => {
      const held = await ownUpload(office, caller, params.id ?? '');
      if (!held.ok) return held;
      const done = await finishUpload(office, caller, held.value);
      if (!done.ok) return done;
      const { item, version } = done.value;
      return ok({ id: item.id, version, state: item.state });
    },
  }),
  route({
    method: 'DELETE',
    path: '/uploads/:id',
    summary: '取消上传',
    who: maker,
    token: true,
    audit: { none: 'nothing was in the publication' },
    run: async ({ office, caller, params }) => {
      const held = await ownUpload(office, caller, params.id ?? '');
      return held.ok ? dropUpload(office, held.value) : held;
    },
  }),
];

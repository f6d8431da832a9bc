import type { compose } from '@gongkai/api/contract';
import { useMutation } from '@tanstack/react-query';
import type * as z from 'zod';
import { fileOf } from './request.ts';

export type ComposeAsked = z.input<typeof compose.composeForm>;

/** 预览: the document as it would be; nothing is recorded. */
export const useCompose = () =>
  useMutation({ mutationFn: (asked: ComposeAsked) => fileOf('/compose', { method: 'POST', body: asked }) });

import { serve } from './runtime.ts';

const { AWS_LAMBDA_RUNTIME_API: runtimeApi } = process.env;
if (runtimeApi === undefined) throw new Error('AWS_LAMBDA_RUNTIME_API is not set: this runs in Lambda');
await serve(runtimeApi, async () => (await import('../../functions/machines.ts')).handler);

import { err, ok, type Refusal, type Result, refusal } from '@gongkai/core';

/** Every JSON body; documents come as bytes through uploads. */
export const jsonLimit = 1_000_000;

const tooLarge = refusal('too-large', { limit: '1 MB' });

/** Reads at most `limit` bytes, whatever the length that was announced. */
const readText = async (request: Request, limit: number): Promise<Result<string, Refusal>> => {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return err(tooLarge);
  if (request.body === null) return ok('');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let size = 0;
  let text = '';
  try {
    for await (const chunk of request.body) {
      size += chunk.length;
      if (size > limit) return err(tooLarge);
      text += decoder.decode(chunk, { stream: true });
    }
    return ok(text + decoder.decode());
  } catch (cause) {
    if (cause instanceof TypeError) return err(refusal('invalid-input', { detail: 'UTF-8' }));
    throw cause;
  }
};

/** The JSON of a request; `{}` where there is no body. Anything but `application/json` is refused (CSRF). */
export const readJson = async (request: Request): Promise<Result<unknown, Refusal>> => {
  const text = await readText(request, jsonLimit);
  if (!text.ok) return text;
  if (text.value === '') return ok({});
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    return err(refusal('invalid-input', { detail: 'Content-Type: application/json' }));
  try {
    return ok(JSON.parse(text.value) as unknown);
  } catch {
    return err(refusal('invalid-input', { detail: 'JSON' }));
  }
};

/** The bytes of a request as the ports take them. */
export async function* readBytes(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body === null) return;
  for await (const chunk of request.body) yield chunk;
}

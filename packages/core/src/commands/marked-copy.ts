import type { WatermarkWords } from '../policy/index.ts';
import type { BlobRef } from '../ports/index.ts';
import type { Publication } from '../publication/index.ts';
import { err, ok, type Refusal, type Result, refusal } from '../refusal/index.ts';
import { type EndedWords, endedWords } from '../release/index.ts';
import type { Office } from './office.ts';

/**
 * 注明件: a release that is public no longer, as a new version that says so on every page (已废止, 已失效, 已撤回). Made from the
 * released bytes themselves, which stay as they are: strip, seals and redactions are those that were approved, and the
 * inspector proves that nothing but the pale words came. For staff, who hand it out or file it; it has no gate pass, so no
 * public door leads to it, and no record names it.
 */
export const markedCopyOf = async (
  office: Office,
  item: Publication,
  file: number,
  wanted: EndedWords | undefined,
): Promise<Result<BlobRef, Refusal>> => {
  const words: WatermarkWords | undefined = wanted ?? endedWords(item);
  const released = item.release?.files[file];
  if (released === undefined) return err(refusal('not-found'));
  // Only what is over may be called so: a standing release keeps its own words.
  if (words === undefined || endedWords(item) === undefined)
    return err(refusal('wrong-state', { state: item.state }));
  const { metadata } = item;
  const original = { area: 'vault', sha256: released.sha256 } as const;
  const made = await office.renderer.render(original, {
    redactions: [],
    watermark: words,
    metadata: {
      title: `${metadata.title}${file === 0 ? '' : `（附件${file}）`}（${words}）`,
      author: metadata.office,
      language: 'zh-CN',
    },
    // Of the day when it ended: the same copy for whoever asks.
    createdAt: `${item.since.slice(0, 10)}T00:00:00.000Z`,
    copy: true,
  });
  if (!made.ok) return made;
  const seen = await office.inspector.prove(original, made.value.release, {
    redactions: [],
    own: [],
  });
  return seen.ok ? ok(made.value.release) : seen;
};

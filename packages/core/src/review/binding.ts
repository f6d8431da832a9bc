import { canonicalJson, sha256Hex } from '../hash/index.ts';
import type { Publication } from '../publication/index.ts';

/**
 * The hash of everything that a reviewer sees and that decides what becomes public: originals, converted pages,
 * findings, metadata, redactions, answers, display period and time. A decision counts for exactly this.
 */
export const bindingOf = (item: Publication): string =>
  sha256Hex(
    canonicalJson({
      id: item.id,
      edition: item.edition,
      major: item.major,
      metadata: item.metadata,
      files: item.files.map(({ name, sha256, pdf, inspection }) => ({ name, sha256, pdf, inspection })),
      redactions: item.redactions,
      dispositions: Object.fromEntries(
        Object.entries(item.dispositions).map(([id, { answer, reason }]) => [id, { answer, reason }]),
      ),
      display: item.display,
      publishAt: item.publishAt ?? null,
      replaces: item.replaces ?? null,
    }),
  );

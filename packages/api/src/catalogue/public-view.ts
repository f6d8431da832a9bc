import {
  type ArchivalLevel,
  type ArchivalObstacle,
  archivalWords,
  dayOf,
  expiry,
  lastDayOf,
  type PdfSignature,
  type Publication,
  publicItem,
} from '@gongkai/core';
import { plain } from './plain.ts';
import {
  columnName,
  filePath,
  genreName,
  itemPath,
  ofdPath,
  type Site,
  signaturePath,
  titleOf,
} from './site.ts';
import { disclosureWords, validityWords } from './words.ts';

/** One line of a list, for pages and JSON alike. */
export const summaryOf = (site: Site, item: Publication) => ({
  id: item.id,
  url: site.office.publicUrl + itemPath(item.id),
  indexNumber: item.numbers?.indexNumber ?? '',
  title: titleOf(item),
  documentNumber: plain(item.metadata.documentNumber),
  office: plain(item.metadata.office),
  column: { key: item.metadata.column, name: columnName(site, item.metadata.column) },
  genre: genreName(site, item.metadata.genre),
  theme: plain(item.metadata.theme),
  generatedOn: item.metadata.generatedOn,
  publishedOn: dayOf(item.publishedAt ?? item.since),
  publishedAt: item.publishedAt ?? item.since,
  ...(item.until === undefined ? {} : { until: item.until }),
  validity: item.metadata.validity,
});
export type Summary = ReturnType<typeof summaryOf>;

/** 公开时限 in one sentence, with why: from the same rule by which it was published. */
const displayOf = (site: Site, item: Publication) => {
  const publishedAt = item.publishedAt ?? item.since;
  const { calendar } = site.office.policy;
  const rule = expiry({ publishedAt, display: item.display, calendar });
  return {
    kind: item.display.kind,
    ...(item.until === undefined ? {} : { until: item.until, lastDay: lastDayOf(item.until) }),
    why: rule.ok ? rule.value.why.zh : `${dayOf(publishedAt)} 发布`,
  };
};

/** Of what came in, kept beside the release: whether its own signatures hold. Whose they are may be a person's name. */
const originalSignature = (signatures: readonly PdfSignature[]) => {
  const worst = (['altered', 'unreadable', 'added-to', 'intact'] as const).find((state) =>
    signatures.some((one) => one.state === state),
  );
  return worst === undefined ? {} : { originalSignature: worst };
};

/** 长期保存格式: what the file says of itself, or why it cannot say it. */
const archivalOf = (obstacles: readonly ArchivalObstacle[], level: ArchivalLevel = 'B') =>
  obstacles.length === 0
    ? { standard: level === 'A' ? ('PDF/A-2a' as const) : ('PDF/A-2b' as const) }
    : { because: obstacles.map((one) => plain(archivalWords(one)[0])) };

/**
 * Everything that the public may know of a visible item, and nothing else: no maker, no decision, no finding, no
 * name of an original. Fields are listed one by one so that a new field of the record stays inside by itself.
 */
export const viewOf = (site: Site, item: Publication) => ({
  ...summaryOf(site, item),
  summary: plain(item.metadata.summary),
  keywords: item.metadata.keywords.map(plain).filter((word) => word !== ''),
  disclosure: disclosureWords[item.metadata.disclosure],
  audience: plain(item.metadata.audience),
  validityName: validityWords[item.metadata.validity],
  display: displayOf(site, item),
  verification: {
    code: item.numbers?.code ?? '',
    url: `${site.office.publicUrl}/verify/${item.numbers?.code ?? ''}`,
  },
  files: (item.release?.files ?? []).map(
    ({ sha256, pages, size, notArchival, archivalLevel, signature, detached, ofd }, n) => ({
      url: site.office.publicUrl + filePath(item.id, n),
      type: 'application/pdf',
      sha256,
      pages,
      size,
      ...(notArchival === undefined ? {} : { archival: archivalOf(notArchival, archivalLevel) }),
      ...(signature === undefined ? {} : { signature }),
      ...originalSignature(item.files[n]?.signatures ?? []),
      // As at its door: only what the gate has passed.
      ...(ofd === undefined || item.pass?.ofds?.[n] !== ofd.sha256
        ? {}
        : {
            ofd: {
              url: site.office.publicUrl + ofdPath(item.id, n),
              type: 'application/ofd',
              sha256: ofd.sha256,
              size: ofd.size,
            },
          }),
      ...(detached === undefined ? {} : { detached: `${site.office.publicUrl}${signaturePath(item.id, n)}` }),
    }),
  ),
});
export type View = ReturnType<typeof viewOf>;

/** 墓碑: what may be said of something that was public and is no longer. */
export type Tombstone = {
  readonly id: string;
  readonly state: 'expired' | 'ended' | 'withdrawn' | 'replaced';
  readonly indexNumber: string;
  readonly publishedOn: string;
  /** Since when it is gone. */
  readonly at: string;
  /** Absent when withdrawn: a title can be the very thing that had to go. */
  readonly title?: string;
  readonly notice?: string;
  readonly successor?: Neighbour;
};

const base = (item: Publication) => ({
  id: item.id,
  indexNumber: item.numbers?.indexNumber ?? '',
  publishedOn: dayOf(item.publishedAt ?? item.since),
});

export const tombstoneOf = async (site: Site, item: Publication): Promise<Tombstone> => {
  if (item.state === 'withdrawn')
    return {
      ...base(item),
      state: 'withdrawn',
      at: item.withdrawal?.at ?? item.since,
      notice: item.withdrawal?.notice ?? '',
    };
  if (item.state === 'replaced') {
    const successor = await neighbour(site, item.replacedBy);
    return {
      ...base(item),
      state: 'replaced',
      at: item.since,
      title: titleOf(item),
      ...(successor ? { successor } : {}),
    };
  }
  return {
    ...base(item),
    state: item.endedEarly ? 'ended' : 'expired',
    at: item.until ?? item.since,
    title: titleOf(item),
  };
};

/** A predecessor or successor, as far as the public may know of it; its title only while it is visible. */
export type Neighbour = {
  readonly id: string;
  readonly url: string;
  readonly indexNumber: string;
  readonly title?: string;
};

export const neighbour = async (site: Site, id: string | undefined): Promise<Neighbour | undefined> => {
  const found = id === undefined ? undefined : await publicItem(site.office, id);
  if (!found) return undefined;
  return {
    id: found.item.id,
    url: site.office.publicUrl + itemPath(found.item.id),
    indexNumber: found.item.numbers?.indexNumber ?? '',
    ...(found.visibility === 'visible' ? { title: titleOf(found.item) } : {}),
  };
};

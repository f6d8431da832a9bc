import type { Office, Publication } from '@gongkai/core';
import type { ServedAssets } from './assets.ts';
import { plain } from './plain.ts';
import type { ReadReleasedText } from './released-text.ts';

/** What every page needs: the office, its files, and the texts that were read before. */
export type Site = {
  readonly office: Office;
  readonly assets: ServedAssets;
  readonly releasedText: ReadReleasedText;
};

export const siteName = '政府信息公开';

export const officeName = (site: Site): string => site.office.policy.office.name;

export const columnName = (site: Site, key: string): string =>
  site.office.policy.columns.find((column) => column.key === key)?.name ?? '其他';

export const sectionOfColumn = (site: Site, key: string) => {
  const column = site.office.policy.columns.find((one) => one.key === key);
  return site.office.policy.sections.find((section) => section.key === column?.section);
};

/** 体裁 is kept as the policy's key or as its name, as it was filled in. */
export const genreName = (site: Site, genre: string): string =>
  plain(site.office.policy.genres.find(({ key }) => key === genre)?.name ?? genre);

/** 标题. Never empty, so that every link has a text. */
export const titleOf = (item: Publication): string =>
  plain(item.metadata.title) || item.numbers?.indexNumber || item.id;

export const itemPath = (id: string): string => `/item/${encodeURIComponent(id)}`;
export const signaturePath = (id: string, n: number): string =>
  `${itemPath(id).replace('/item/', '/signature/')}/${n}`;
export const ofdPath = (id: string, n: number): string => `${itemPath(id).replace('/item/', '/ofd/')}/${n}`;
export const filePath = (id: string, n: number): string => `${itemPath(id).replace('/item/', '/file/')}/${n}`;
export const columnPath = (key: string): string => `/column/${encodeURIComponent(key)}`;
export const sectionPath = (key: string): string => `/section/${encodeURIComponent(key)}`;

/** 附件 are called by number: their original names stay inside. */
export const fileLabel = (n: number): string => (n === 0 ? '正文' : `附件 ${n}`);

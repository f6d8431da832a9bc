import type { Inspection } from '../document/index.ts';
import { stampingIn } from '../policy/index.ts';
import type { Publication } from '../publication/index.ts';
import { placeSeals, type ReleasePlan, type SealFate, type Sealing } from '../release/index.ts';
import type { Office } from './office.ts';

/** What of a publication decides about its seals. */
type Sealed = {
  readonly metadata: Pick<Publication['metadata'], 'column'>;
  readonly redactions: Publication['redactions'];
};

/** Where the drawn seals of one file go, by the policy of its column and what the inspection read. */
export const sealingOf = (
  { policy }: Pick<Office, 'policy'>,
  item: Sealed,
  file: number,
  seen: Pick<Inspection, 'pages' | 'signOffs'>,
): Sealing => {
  const { seal } = stampingIn(policy, item.metadata.column);
  return placeSeals({
    // An attachment is sealed where it is signed; only the document itself goes without a 落款.
    seal: file === 0 ? seal : { ...seal, otherwise: 'nowhere' },
    office: policy.office.name,
    pages: seen.pages,
    signOffs: seen.signOffs ?? [],
    covered: item.redactions.filter((one) => one.file === file).flatMap(({ boxes }) => boxes),
  });
};

/** What the plan of a release says of it. */
export const sealOf = (
  office: Pick<Office, 'policy'>,
  item: Sealed,
  file: number,
  seen: Pick<Inspection, 'pages' | 'signOffs'>,
): Pick<ReleasePlan, 'seal'> => {
  const { at, edges } = sealingOf(office, item, file, seen);
  const impressions = [...(at ? [at] : []), ...edges];
  if (impressions.length === 0) return {};
  const { seal } = stampingIn(office.policy, item.metadata.column);
  const { name = office.policy.office.name, code, emblem } = seal;
  return { seal: { name, ...(code === undefined ? {} : { code }), emblem, impressions } };
};

export type SealingView = {
  readonly file: number;
  /** Whether a seal stands on the document, the edges aside. */
  readonly placed: boolean;
  readonly zh: string;
  readonly en: string;
};

const onPage = (fate: SealFate): { zh: string; en: string } =>
  'page' in fate && fate.page !== undefined
    ? { zh: `第 ${fate.page} 页`, en: `p. ${fate.page}` }
    : { zh: '', en: '' };

/** What became of it, as the reviewer is told; undefined where there is nothing to tell. */
const told = (sealing: Sealing, main: boolean): { zh: string; en: string } | undefined => {
  const { fate } = sealing;
  const { zh, en } = onPage(fate);
  switch (fate.fate) {
    case 'off':
      return undefined;
    case 'at-sign-off':
      return {
        zh: `图形印章盖在${zh}的署名和成文日期上`,
        en: `The drawn seal stands on the sign-off, ${en}`,
      };
    case 'lower-right':
      return {
        zh: `没有找到本单位的署名和成文日期，图形印章按本单位规定盖在${zh}右下角`,
        en: `No sign-off of this office was found; the drawn seal stands at the lower right of ${en}, as the policy says`,
      };
    case 'no-sign-off':
      return main
        ? {
            zh: '没有找到署名和成文日期（单独成行、日期在署名下一行），不盖图形印章',
            en: 'No sign-off was found (an office’s name with the date in the line below): no drawn seal',
          }
        : undefined;
    case 'other-name':
      return main
        ? { zh: '署名不是本单位，不盖图形印章', en: 'It is signed by another body: no drawn seal' }
        : undefined;
    case 'several':
      return {
        zh: `本单位署名不止一处（最先在${zh}），不知该盖哪一处，不盖图形印章`,
        en: `It is signed by this office more than once (first on ${en}): no drawn seal, for it is not known where`,
      };
    case 'sealed':
      return {
        zh: `${zh}署名处已有红色印迹，不再盖图形印章`,
        en: `Red ink stands at the sign-off on ${en} already: no drawn seal`,
      };
    case 'covered':
      return {
        zh: `${zh}要盖印的地方有遮盖，不盖图形印章`,
        en: `A redaction lies where the seal would stand on ${en}: no drawn seal`,
      };
    default: {
      const never: never = fate;
      return never;
    }
  }
};

/** For those who decide: where drawn seals will stand, and where none will although the policy wants one. */
export const sealingViews = (
  office: Pick<Office, 'policy'>,
  item: Sealed,
  inspections: readonly (Inspection | undefined)[],
): SealingView[] =>
  inspections.flatMap((seen, file) => {
    if (seen === undefined) return [];
    const sealing = sealingOf(office, item, file, seen);
    const words = told(sealing, file === 0);
    if (words === undefined && sealing.edges.length === 0) return [];
    const edges =
      sealing.edges.length > 0
        ? { zh: '；各页右边盖骑缝章', en: '; a paging seal runs over the right edges' }
        : { zh: '', en: '' };
    const { zh, en } = words ?? { zh: '不盖图形印章', en: 'No drawn seal on the pages' };
    return [{ file, placed: sealing.at !== undefined, zh: zh + edges.zh, en: en + edges.en }];
  });

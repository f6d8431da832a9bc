import { inspection, type Redaction, recognisedPages } from '../document/index.ts';
import { canonicalJson } from '../hash/index.ts';
import type { Publication } from '../publication/index.ts';
import { ok, type Refusal, type Result } from '../refusal/index.ts';
import { loadJson } from '../stations/json.ts';
import type { Office } from './office.ts';

/** Whole pages and columns are as large as they are for another reason than their words. */
const asDrawn = ({ made }: Redaction): boolean => made === 'page' || made === 'column';

const sameBoxes = (one: Redaction, other: Redaction): boolean =>
  one.file === other.file &&
  one.made === other.made &&
  canonicalJson(one.boxes) === canonicalJson(other.boxes);

/**
 * 遮盖框定宽: redactions as they will stand in the plan. Boxes that are new or were moved become as wide as says nothing about
 * their words; the reviewer decides on, the renderer paints, and the gate proves exactly these. Asked of the inspector
 * once a file; what stands already is not asked again.
 */
export const widenRedactions = async (
  office: Office,
  before: Publication,
  wanted: readonly Redaction[],
): Promise<Result<Redaction[], Refusal>> => {
  const standing = new Map(before.redactions.map((one) => [one.id, one]));
  const made = new Map<Redaction, Redaction>();
  const asked = wanted.filter((one) => {
    const old = standing.get(one.id);
    const { tight: _, ...bare } = one;
    if (old !== undefined && sameBoxes(old, one)) made.set(one, old.tight ? { ...bare, tight: true } : bare);
    else if (asDrawn(one)) made.set(one, bare);
    else return true;
    return false;
  });
  for (const [index, { pdf, inspection: seen }] of before.files.entries()) {
    const here = asked.filter(({ file }) => file === index);
    if (here.length === 0 || pdf === undefined) continue;
    const read = seen === undefined ? [] : recognisedPages((await loadJson(office, inspection, seen)).pages);
    const boxes = here.flatMap((one) => one.boxes);
    const widened = await office.inspector.widen({ area: 'renditions', sha256: pdf }, boxes, read);
    if (!widened.ok) return widened;
    let at = 0;
    for (const one of here) {
      const own = widened.value.slice(at, at + one.boxes.length);
      at += one.boxes.length;
      const { tight: _, ...bare } = one;
      made.set(one, {
        ...bare,
        boxes: own.map(({ box }) => box),
        ...(own.some(({ tight }) => tight) ? { tight: true as const } : {}),
      });
    }
  }
  return ok(wanted.map((one) => made.get(one) ?? one));
};

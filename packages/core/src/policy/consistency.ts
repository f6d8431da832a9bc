import type * as z from 'zod';

/** The parts of a policy that refer to each other; a type of its own, because the schema's own type hangs on this check. */
type Parts = {
  readonly validFrom?: string | undefined;
  readonly validUntil?: string | undefined;
  readonly sections: readonly { readonly key: string }[];
  readonly columns: readonly { readonly key: string; readonly section: string; readonly display: string }[];
  readonly boards: readonly string[];
  readonly genres: readonly { readonly key: string }[];
  readonly grounds: readonly { readonly key: string }[];
  readonly checkpoints: readonly { readonly key: string; readonly when: string }[];
  readonly displayRules: readonly { readonly key: string }[];
  readonly deadlines: readonly {
    readonly key: string;
    readonly validFrom?: string | undefined;
    readonly validUntil?: string | undefined;
  }[];
};

/** 自审、初审、复核 always (seed 13: 初审、复核两级审查; 条例 §17), 主要负责人 for what is major. */
const checkpoints = ['self always', 'first always', 'second always', 'principal major'];

export const consistent = (policy: Parts, context: z.core.$RefinementCtx): void => {
  const say = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message, input: policy });

  for (const list of ['sections', 'columns', 'genres', 'grounds', 'displayRules'] as const) {
    const seen = new Set<string>();
    for (const [at, { key }] of policy[list].entries()) {
      if (seen.has(key)) say([list, at, 'key'], `${key} ×2`);
      seen.add(key);
    }
  }

  const rules = new Set(policy.displayRules.map(({ key }) => key));
  for (const [at, { display }] of policy.columns.entries())
    if (!rules.has(display)) say(['columns', at, 'display'], `displayRules ∌ ${display}`);

  for (const [at, board] of policy.boards.entries())
    if (!policy.columns.some(({ key }) => key === board)) say(['boards', at], `columns ∌ ${board}`);

  // 国办公开办函〔2019〕61号 wants all four, and an empty section is a fault of the site.
  const filled = new Set(policy.columns.map(({ section }) => section));
  for (const [at, { key }] of policy.sections.entries())
    if (!filled.has(key)) say(['sections', at], `columns ∌ section ${key}`);

  const given = policy.checkpoints.map(({ key, when }) => `${key} ${when}`);
  if (given.join() !== checkpoints.join())
    say(['checkpoints'], `${given.join(', ')} ≠ ${checkpoints.join(', ')}`);

  if ((policy.validFrom ?? '') > (policy.validUntil ?? '9')) say(['validUntil'], 'validUntil < validFrom');
  for (const [at, one] of policy.deadlines.entries()) {
    const { validFrom = '', validUntil = '9' } = one;
    if (validFrom > validUntil) say(['deadlines', at, 'validUntil'], 'validUntil < validFrom');
    const clash = policy.deadlines.findIndex(
      (other, i) =>
        i < at &&
        other.key === one.key &&
        validFrom <= (other.validUntil ?? '9') &&
        (other.validFrom ?? '') <= validUntil,
    );
    if (clash >= 0) say(['deadlines', at], `${one.key}: deadlines.${clash} ∩ deadlines.${at}`);
  }
};

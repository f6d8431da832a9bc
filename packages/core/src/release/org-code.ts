const uscc = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const weighted = (text: string, alphabet: string, weights: readonly number[]): number | undefined => {
  let sum = 0;
  for (const [at, weight] of weights.entries()) {
    const value = alphabet.indexOf(text[at] ?? ' ');
    if (value < 0) return undefined;
    sum += value * weight;
  }
  return sum;
};

/** 统一社会信用代码 (GB 32100): 18 characters, the last one a check character mod 31. */
export const isCreditCode = (code: string): boolean => {
  if (code.length !== 18) return false;
  const sum = weighted(code, uscc, [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]);
  return sum !== undefined && uscc[(31 - (sum % 31)) % 31] === code[17];
};

/** 组织机构代码 (GB 11714): 9 characters, the last one a check character mod 11. A hyphen before it is left out. */
export const isOrganisationCode = (code: string): boolean => {
  if (code.length !== 9) return false;
  const sum = weighted(code, letters, [3, 7, 9, 10, 5, 8, 4, 2]);
  if (sum === undefined) return false;
  const check = 11 - (sum % 11);
  return code[8] === (check === 10 ? 'X' : check === 11 ? '0' : String(check));
};

/**
 * A warning, never a refusal: real offices publish under codes like 000000001 whose check digit does not hold
 * (domain.md §3).
 */
export const orgCodeWarning = (code: string): { readonly zh: string; readonly en: string } | undefined =>
  isCreditCode(code) || isOrganisationCode(code)
    ? undefined
    : {
        zh: `机构代码 ${code} 既不是有效的统一社会信用代码（18 位），也不是有效的组织机构代码（9 位），请核对`,
        en: `The code ${code} is neither a valid credit code (18 characters) nor a valid organisation code (9): check it`,
      };

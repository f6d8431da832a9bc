const names: readonly (readonly [string, string])[] = [
  ['元旦', "New Year's Day"],
  ['春节', 'Spring Festival'],
  ['清明', 'Tomb-Sweeping Day'],
  ['劳动', 'Labour Day'],
  ['五一', 'Labour Day'],
  ['端午', 'Dragon Boat Festival'],
  ['中秋', 'Mid-Autumn Festival'],
  ['国庆', 'National Day'],
  ['十一', 'National Day'],
  ['抗日战争', 'Victory Day (70th anniversary)'],
];

/** One holiday may carry two festivals (国庆节、中秋节). An unknown one keeps its Chinese name. */
export const festivalInEnglish = (name: string): string => {
  const found = names.filter(([chinese]) => name.includes(chinese)).map(([, english]) => english);
  return found.length === 0 ? name : [...new Set(found)].join(' and ');
};

/** What the browser keeps for this person on this machine: language, theme, saved filters. Never content. */
export const kept = (key: string): string | null => {
  try {
    return localStorage.getItem(`gongkai.${key}`);
  } catch {
    return null; // storage switched off: the choice lasts as long as the page
  }
};

export const keep = (key: string, value: string): void => {
  try {
    localStorage.setItem(`gongkai.${key}`, value);
  } catch {
    // as above
  }
};

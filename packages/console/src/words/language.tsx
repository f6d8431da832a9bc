import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { keep, kept } from '../app/kept.ts';

export type Language = 'zh' | 'en';

/** The same sentence twice, side by side, so that neither is forgotten when the other changes. */
export type Words = Readonly<Record<string, readonly [zh: string, en: string]>>;
type Said<W extends Words> = { readonly [K in keyof W]: string };

const LanguageContext = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: 'zh',
  choose: () => {},
});

export const LanguageProvider = ({ children }: { children: ReactNode }) => {
  const [language, choose] = useState<Language>(() => (kept('language') === 'en' ? 'en' : 'zh'));
  useEffect(() => {
    keep('language', language);
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const value = useMemo(() => ({ language, choose }), [language]);
  return <LanguageContext value={value}>{children}</LanguageContext>;
};

export const useLanguage = () => useContext(LanguageContext);

/** A folder's words in the language of the person. */
export const useWords = <W extends Words>(words: W): Said<W> => {
  const { language } = useLanguage();
  return useMemo(() => {
    const at = language === 'zh' ? 0 : 1;
    return Object.fromEntries(Object.entries(words).map(([key, pair]) => [key, pair[at]])) as Said<W>;
  }, [words, language]);
};

/** Sentences that the server sends in both languages. */
export const useSay = () => {
  const { language } = useLanguage();
  return (pair: { zh: string; en: string }): string => pair[language];
};

/** Puts values into the blanks of a sentence: `还有 {n} 处`. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (blank, name: string) => String(values[name] ?? blank));

/** A name from a dictionary by a key that came from outside; the key itself where there is none. */
export const nameOf = (names: Readonly<Record<string, string>>, key: string): string => names[key] ?? key;

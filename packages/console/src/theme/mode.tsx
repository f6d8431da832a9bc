import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { keep, kept } from '../app/kept.ts';
import { useLanguage } from '../words/language.tsx';
import { customProperties, type Mode, themeFor } from './theme.ts';

const ModeContext = createContext<{ mode: Mode; choose: (mode: Mode) => void }>({
  mode: 'light',
  choose: () => {},
});
export const useMode = () => useContext(ModeContext);

const first = (): Mode => {
  const chosen = kept('theme');
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

/** Light or dark, for Ant Design and for our own style sheet alike. */
export const ThemeProvider = ({ children }: { children: ReactNode }) => {
  const { language } = useLanguage();
  const [mode, set] = useState<Mode>(first);
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = mode;
    root.style.colorScheme = mode;
    for (const [name, value] of Object.entries(customProperties(mode))) root.style.setProperty(name, value);
  }, [mode]);
  const value = useMemo(
    () => ({
      mode,
      choose: (next: Mode) => {
        keep('theme', next);
        set(next);
      },
    }),
    [mode],
  );
  return (
    <ModeContext value={value}>
      <ConfigProvider
        theme={themeFor(mode, matchMedia('(prefers-reduced-motion: reduce)').matches)}
        locale={language === 'zh' ? zhCN : enUS}
        button={{ autoInsertSpace: false }}
      >
        <App className="gk-app">{children}</App>
      </ConfigProvider>
    </ModeContext>
  );
};

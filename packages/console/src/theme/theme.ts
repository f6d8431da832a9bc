import { type ThemeConfig, theme } from 'antd';

export type Mode = 'light' | 'dark';

/** The one place for colour and type. The red is that of the document head (GB/T 9704); status colours are apart from it. */
const shared = {
  fontFamily:
    '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif',
  fontSize: 15,
  borderRadius: 6,
  wireframe: false,
};

const seeds = {
  light: {
    colorPrimary: '#1b5fa8',
    colorLink: '#1b5fa8',
    colorBgLayout: '#f3f4f6',
    colorError: '#c8202c',
    // 4.5:1 on the page's ground (WCAG 1.4.3); Ant Design's own is 3.4:1.
    colorTextDescription: 'rgba(0, 0, 0, 0.62)',
    // Its own is 1.8:1; what a field says while it is empty is to be read, too.
    colorTextPlaceholder: 'rgba(0, 0, 0, 0.58)',
  },
  dark: {
    colorPrimary: '#5b9be0',
    colorLink: '#7fb2ea',
    colorBgLayout: '#101216',
    colorBgContainer: '#191c21',
    colorTextPlaceholder: 'rgba(255, 255, 255, 0.6)',
  },
};

/** Colours that Ant Design has no name for; they become CSS custom properties. */
const own = {
  light: {
    head: '#b3121d',
    headText: '#ffffff',
    page: '#ffffff',
    desk: '#d9dce1',
    find: '#d46b08',
    findChosen: '#d4380d',
    redaction: '#16181c',
    demand: '#7a2cb8',
    warn: '#ad4e00',
  },
  dark: {
    head: '#7d1219',
    headText: '#ffffff',
    page: '#ffffff',
    desk: '#0a0b0d',
    find: '#d46b08',
    findChosen: '#d4380d',
    redaction: '#16181c',
    demand: '#7a2cb8',
    warn: '#ffb65c',
  },
} satisfies Record<Mode, Record<string, string>>;

export const themeFor = (mode: Mode, still: boolean): ThemeConfig => ({
  algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
  token: { ...shared, ...seeds[mode], motion: !still },
  components: { Layout: { headerBg: own[mode].head, headerHeight: 52, headerPadding: '0 20px' } },
});

export const customProperties = (mode: Mode): Record<string, string> =>
  Object.fromEntries(Object.entries(own[mode]).map(([name, value]) => [`--gk-${name}`, value]));

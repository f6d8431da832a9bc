import { MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button, Space, Tooltip } from 'antd';
import { useMode } from '../theme/mode.tsx';
import { useLanguage, useWords } from '../words/language.tsx';

const words = {
  dark: ['换成深色', 'Dark theme'],
  light: ['换成浅色', 'Light theme'],
  other: ['English', '中文'],
} as const;

/** Language and theme, kept in this browser. */
export const Preferences = ({ className }: { className?: string }) => {
  const w = useWords(words);
  const { mode, choose } = useMode();
  const { language, choose: speak } = useLanguage();
  const next = mode === 'dark' ? 'light' : 'dark';
  return (
    <Space size={4} {...(className ? { className } : {})}>
      <Button
        type="text"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => speak(language === 'zh' ? 'en' : 'zh')}
      >
        {w.other}
      </Button>
      <Tooltip title={w[next]}>
        <Button
          type="text"
          aria-label={w[next]}
          icon={mode === 'dark' ? <SunOutlined /> : <MoonOutlined />}
          onClick={() => choose(next)}
        />
      </Tooltip>
    </Space>
  );
};

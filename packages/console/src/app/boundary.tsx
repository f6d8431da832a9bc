import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { useWords } from '../words/language.tsx';

const words = {
  title: ['页面出现意外', 'The page met something unexpected'],
  text: [
    '已保存的内容不受影响。请重新载入；仍不行请把下面的文字告诉管理员。',
    'What was saved is safe. Reload; if it stays, tell the administrator the text below.',
  ],
  reload: ['重新载入', 'Reload'],
} as const;

const Broken = ({ error }: { error: unknown }) => {
  const w = useWords(words);
  return (
    <Result
      status="error"
      title={w.title}
      subTitle={w.text}
      extra={
        <Button type="primary" onClick={() => location.reload()}>
          {w.reload}
        </Button>
      }
    >
      <pre className="gk-note">{error instanceof Error ? error.message : String(error)}</pre>
    </Result>
  );
};

/** A fault in one screen leaves a sentence and a way on, not a white page. */
export class Boundary extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return 'error' in this.state ? <Broken error={this.state.error} /> : this.props.children;
  }
}

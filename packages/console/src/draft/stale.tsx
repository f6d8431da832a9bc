import { Alert, Button, Space } from 'antd';
import { useEffect, useRef } from 'react';
import { Trouble } from '../app/trouble.tsx';
import { useWords } from '../words/language.tsx';
import type { Edits } from './edits.ts';

const words = {
  title: ['内容刚被他人修改', 'Somebody changed this meanwhile'],
  kept: [
    '您填写的内容还在。可以载入最新内容并再次应用您的修改，也可以放弃您的修改。',
    'What you entered is kept. Load the newest content and make your change on it again, or give your change up.',
  ],
  again: ['载入最新并应用我的修改', 'Load the newest and apply mine'],
  drop: ['放弃我的修改', 'Give mine up'],
} as const;

/** Shown when a change did not go through: the sentence, and for a collision the two ways out. */
export const EditTrouble = ({ edits }: { edits: Edits }) => {
  const w = useWords(words);
  const ref = useRef<HTMLDivElement>(null);
  // The button that caused it may be far down the page.
  useEffect(() => {
    if (edits.error) ref.current?.scrollIntoView({ block: 'center' });
  }, [edits.error]);
  if (!edits.error) return null;
  if (edits.stale.length === 0)
    return (
      <div ref={ref}>
        <Trouble error={edits.error} />
      </div>
    );
  return (
    <div ref={ref}>
      <Alert
        type="warning"
        showIcon
        role="alert"
        className="gk-trouble"
        title={w.title}
        description={w.kept}
        action={
          <Space orientation="vertical">
            <Button type="primary" loading={edits.busy} onClick={() => void edits.again()}>
              {w.again}
            </Button>
            <Button onClick={edits.dismiss}>{w.drop}</Button>
          </Space>
        }
      />
    </div>
  );
};

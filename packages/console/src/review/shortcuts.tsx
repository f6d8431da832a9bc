import { Modal } from 'antd';
import { useWords } from '../words/language.tsx';
import { words } from './words.ts';

const lines = {
  'j / k': ['下一处 / 上一处发现', 'next / previous finding'],
  n: ['下一处待处理', 'the next one to answer'],
  s: ['答复的范围：这一处、同值各处、这一类', 'how far an answer reaches: this place, same value, this kind'],
  '1': ['遮盖', 'redact'],
  '2': ['不敏感（写理由）', 'not sensitive (with a reason)'],
  '3': ['本人同意（写理由）', 'consent (with a reason)'],
  '4': ['公共利益（写理由）', 'public interest (with a reason)'],
  y: ['采用上一版的答复', 'take the answer of the earlier version'],
  d: ['画遮盖框 开/关', 'draw boxes on/off'],
  '/': ['搜索并遮盖', 'search and redact'],
  u: ['撤销上一步', 'undo'],
  b: [
    '在本页中央加一个框，再用方向键移动',
    'add a box in the middle of this page, then move it by the arrow keys',
  ],
  c: ['对照 开/关', 'compare on/off'],
  a: ['同意 / 送审', 'approve / submit'],
  r: ['退回', 'return'],
  '?': ['这张表', 'this list'],
} as const;

export const Shortcuts = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const w = useWords(words);
  const said = useWords(lines);
  return (
    <Modal open={open} title={w.help} footer={null} onCancel={onClose}>
      <dl className="gk-shortcuts">
        {(Object.keys(lines) as (keyof typeof lines)[]).map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{said[key]}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
};

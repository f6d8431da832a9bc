import {
  BorderOutlined,
  ColumnWidthOutlined,
  DownOutlined,
  EditOutlined,
  MinusOutlined,
  PlusOutlined,
  RotateRightOutlined,
  UpOutlined,
} from '@ant-design/icons';
import { Button, InputNumber, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/language.tsx';
import { words } from './words.ts';

const Tool = (props: { name: string; icon: ReactNode; onClick: () => void; disabled?: boolean }) => (
  <Tooltip title={props.name}>
    <Button
      type="text"
      aria-label={props.name}
      icon={props.icon}
      onClick={props.onClick}
      disabled={props.disabled ?? false}
    />
  </Tooltip>
);

type Props = {
  page: number;
  pages: number;
  onPage: (page: number) => void;
  percent: number;
  onZoom: (by: number) => void;
  onFit: () => void;
  onTurn: () => void;
  drawing?: { on: boolean; toggle: () => void } | undefined;
  onWholePage?: (() => void) | undefined;
};

export const Toolbar = ({
  page,
  pages,
  onPage,
  percent,
  onZoom,
  onFit,
  onTurn,
  drawing,
  onWholePage,
}: Props) => {
  const w = useWords(words);
  return (
    <div className="gk-toolbar" role="toolbar" aria-label={w.document}>
      <Tool name={w.previous} icon={<UpOutlined />} disabled={page <= 1} onClick={() => onPage(page - 1)} />
      <Tool name={w.next} icon={<DownOutlined />} disabled={page >= pages} onClick={() => onPage(page + 1)} />
      <InputNumber
        aria-label={w.goTo}
        size="small"
        min={1}
        max={pages}
        value={page}
        controls={false}
        onChange={(wanted) => wanted && onPage(wanted)}
        style={{ width: 56 }}
      />
      <span>/ {pages}</span>
      <span className="gk-gap" />
      <Tool name={w.smaller} icon={<MinusOutlined />} onClick={() => onZoom(1 / 1.2)} />
      <span className="gk-percent">{percent}%</span>
      <Tool name={w.larger} icon={<PlusOutlined />} onClick={() => onZoom(1.2)} />
      <Tool name={w.fit} icon={<ColumnWidthOutlined />} onClick={onFit} />
      <Tool name={w.turn} icon={<RotateRightOutlined />} onClick={onTurn} />
      {onWholePage && <Tool name={w.wholePage} icon={<BorderOutlined />} onClick={onWholePage} />}
      {drawing && (
        <Button
          type={drawing.on ? 'primary' : 'default'}
          aria-pressed={drawing.on}
          icon={<EditOutlined />}
          onClick={drawing.toggle}
        >
          {w.draw}
        </Button>
      )}
    </div>
  );
};

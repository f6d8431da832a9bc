import { ArrowLeftOutlined, PrinterOutlined, QuestionCircleOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Tag, Tooltip } from 'antd';
import { Link, useNavigate } from 'react-router';
import { sheetUrl, type View } from '../api/publications.ts';
import { Preferences } from '../app/preferences.tsx';
import { StationLine } from '../stations/line.tsx';
import { fill, useWords } from '../words/language.tsx';
import { states } from '../words/names.ts';
import { words } from './words.ts';

type Props = {
  view: View;
  /** Present when there is something to take back. */
  undo: (() => void) | undefined;
  onHelp: () => void;
};

/** The review page's own head: what it is, how far it is, the way back. */
export const ReviewHead = ({ view, undo, onHelp }: Props) => {
  const w = useWords(words);
  const names = useWords(states);
  const navigate = useNavigate();
  const { item } = view;
  return (
    <header className="gk-review-head">
      <Tooltip title={w.back}>
        <Button type="text" aria-label={w.back} icon={<ArrowLeftOutlined />} onClick={() => navigate(-1)} />
      </Tooltip>
      <div className="gk-review-title">
        <h1>
          <Link to={`/publications/${item.id}`}>{item.metadata.title || item.files[0]?.name || item.id}</Link>
        </h1>
        <p>
          <Tag>{names[item.state]}</Tag>
          <span className="gk-quiet">
            {item.makerName} · {fill(w.edition, { n: item.edition })}
          </span>
        </p>
      </div>
      <StationLine item={item} small />
      <a className="gk-go" href={sheetUrl(item.id)} target="_blank" rel="noreferrer">
        <PrinterOutlined /> {w.sheet}
      </a>
      {undo && (
        <Tooltip title={w.undo}>
          <Button type="text" aria-label={w.undo} icon={<UndoOutlined />} onClick={undo} />
        </Tooltip>
      )}
      <Tooltip title={w.help}>
        <Button type="text" aria-label={w.help} icon={<QuestionCircleOutlined />} onClick={onHelp} />
      </Tooltip>
      <Preferences />
    </header>
  );
};

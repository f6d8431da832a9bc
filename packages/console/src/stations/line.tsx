import { CheckOutlined, CloseOutlined, LoadingOutlined } from '@ant-design/icons';
import { useWords } from '../words/language.tsx';
import { type Station, type Stop, stationsOf, type Traveller } from './stations.ts';
import { stationWords as words } from './words.ts';

const machines: readonly Stop[] = ['intake', 'convert', 'inspect', 'render', 'gate'];

const Mark = ({ station, working }: { station: Station; working: boolean }) => {
  if (station.status === 'done') return <CheckOutlined />;
  if (station.status === 'trouble') return <CloseOutlined />;
  return working && station.status === 'now' && machines.includes(station.stop) ? <LoadingOutlined /> : null;
};

const took = (milliseconds: number): string =>
  milliseconds < 950 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** A document's way as a line of stations; `small` for lists. */
export const StationLine = ({ item, small }: { item: Traveller; small?: boolean }) => {
  const w = useWords(words);
  const working = (item.files?.length ?? 1) > 0;
  return (
    <ol className={small ? 'gk-line small' : 'gk-line'} aria-label={w.line}>
      {stationsOf(item).map((station) => (
        <li
          key={station.stop}
          className={station.status}
          aria-current={station.status === 'now' || station.status === 'trouble' ? 'step' : undefined}
          title={small ? `${w[station.stop]}：${w[station.status]}` : undefined}
        >
          <span className="gk-dot" aria-hidden="true">
            {!small && <Mark station={station} working={working} />}
          </span>
          <span className={small ? 'gk-hidden' : ''}>{w[station.stop]}</span>
          <span className="gk-hidden">{w[station.status]}</span>
          {!small && station.milliseconds !== undefined && <small>{took(station.milliseconds)}</small>}
        </li>
      ))}
    </ol>
  );
};

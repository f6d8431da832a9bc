import { CheckOutlined, CloseOutlined, LoadingOutlined } from '@ant-design/icons';
import { useWords } from '../words/language.tsx';
import { type Station, type Status, type Stop, stationsOf, type Traveller } from './stations.ts';

const words = {
  intake: ['接收', 'Intake'],
  convert: ['转换', 'Convert'],
  inspect: ['检查', 'Inspect'],
  self: ['自审', 'Self-check'],
  first: ['初审', 'First review'],
  second: ['复核', 'Second review'],
  principal: ['主要负责人', 'Principal'],
  render: ['制作', 'Render'],
  gate: ['出口', 'Gate'],
  publish: ['发布', 'Publish'],
  end: ['公开期', 'Display'],
  line: ['办理进度', 'Progress'],
  done: ['已完成', 'done'],
  now: ['进行中', 'under way'],
  todo: ['未到', 'to come'],
  trouble: ['有问题', 'in trouble'],
} as const satisfies Readonly<Record<Stop | Status | 'line', readonly [string, string]>>;

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

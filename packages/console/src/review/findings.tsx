import { Button } from 'antd';
import type { View } from '../api/publications.ts';
import { Nothing } from '../app/page.tsx';
import { fill, useWords } from '../words/language.tsx';
import { kinds } from '../words/names.ts';
import { FindingCard } from './finding.tsx';
import { type Found, grouped } from './order.ts';
import type { Said } from './redact.ts';
import { words } from './words.ts';

type Props = {
  view: View;
  findings: readonly Found[];
  chosen: string | undefined;
  editable: boolean;
  asking: Said | undefined;
  onAsk: (finding: Found, answer: Said | undefined) => void;
  onChoose: (finding: Found) => void;
  onRedact: (findings: readonly Found[]) => void;
  onAnswer: (finding: Found, answer: Said, reason: string) => void;
  onTakeBack: (finding: Found) => void;
};

/** The findings of one file, by kind. */
export const Findings = (props: Props) => {
  const { view, findings, chosen, editable } = props;
  const w = useWords(words);
  const names = useWords(kinds);
  if (findings.length === 0) return <Nothing>{w.noFindings}</Nothing>;
  const isOpen = ({ id }: Found) => view.unanswered.includes(id);
  return (
    <>
      {grouped(findings).map(({ kind, findings: those }) => {
        const open = those.filter(isOpen);
        const coverable = open.filter(({ boxes }) => boxes.length > 0);
        return (
          <section key={kind} className="gk-group">
            <div className="gk-group-head">
              <h2>
                {names[kind]} <span className="gk-quiet">{those.length}</span>
              </h2>
              {editable && coverable.length > 1 && (
                <Button size="small" onClick={() => props.onRedact(coverable)}>
                  {fill(w.redactAll, { n: coverable.length })}
                </Button>
              )}
            </div>
            <ul>
              {those.map((finding) => (
                <FindingCard
                  key={finding.id}
                  finding={finding}
                  answer={view.item.dispositions[finding.id]}
                  open={isOpen(finding)}
                  chosen={finding.id === chosen}
                  editable={editable}
                  asking={finding.id === chosen ? props.asking : undefined}
                  onAsk={(answer) => props.onAsk(finding, answer)}
                  onChoose={() => props.onChoose(finding)}
                  onRedact={() => props.onRedact([finding])}
                  onAnswer={(answer, reason) => props.onAnswer(finding, answer, reason)}
                  onTakeBack={() => props.onTakeBack(finding)}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
};

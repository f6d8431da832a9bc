import type { Redaction } from '@gongkai/core';
import { Button, Tabs } from 'antd';
import type { View } from '../api/publications.ts';
import { useWords } from '../words/language.tsx';
import { Decisions } from './decisions.tsx';
import { Entry } from './entry.tsx';
import { Findings } from './findings.tsx';
import { Redactions } from './redactions.tsx';
import { SearchPlaces } from './search.tsx';
import type { Panel, Review } from './state.ts';
import { words } from './words.ts';

const counted = (name: string, n: number) => (n > 0 ? `${name} ${n}` : name);

/** Beside the pages: findings, boxes, decisions, the entry. */
export const Side = ({ view, review }: { view: View; review: Review }) => {
  const w = useWords(words);
  const inFile = (boxes: readonly Redaction[]) => boxes.filter(({ file }) => file === review.file);
  const redactions = inFile(view.item.redactions);
  const demanded = inFile(view.item.demanded);
  const drafts = inFile(review.drafts);
  return (
    <Tabs
      activeKey={review.panel}
      onChange={(key) => review.setPanel(key as Panel)}
      className="gk-side-tabs"
      items={[
        {
          key: 'findings',
          label: counted(w.findings, review.all.length),
          children: <Findings view={view} review={review} />,
        },
        {
          key: 'redactions',
          label: counted(w.redactions, redactions.length + demanded.length + drafts.length),
          children: (
            <>
              {review.mayDraw && <SearchPlaces view={view} review={review} />}
              <Redactions
                redactions={redactions}
                demanded={demanded}
                drafts={drafts}
                editable={review.editable}
                reviewing={review.reviewing}
                onShow={review.show}
                onGround={review.changeGround}
                onRemove={review.remove}
                onAdopt={review.adopt}
                onDecline={review.decline}
                onColumn={review.toColumn}
              />
              {review.mayDraw && (
                <Button type="dashed" block onClick={review.addBox}>
                  {w.addBox}
                </Button>
              )}
            </>
          ),
        },
        {
          key: 'decisions',
          label: counted(w.decisions, view.item.decisions.length),
          children: <Decisions view={view} />,
        },
        { key: 'entry', label: w.entry, children: <Entry view={view} /> },
      ]}
    />
  );
};

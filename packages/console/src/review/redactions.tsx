import { DeleteOutlined } from '@ant-design/icons';
import { type FindingKind, findingKind, kindNames, type Redaction } from '@gongkai/core';
import { App, Button, Select, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useOffice } from '../api/session.ts';
import { Nothing } from '../app/page.tsx';
import { fill, useLanguage, useWords } from '../words/language.tsx';
import { words } from './words.ts';

/** What is covered for another reason than somebody's privacy. */
const usual: Readonly<Partial<Record<string, string>>> = {
  'commercial-secret': 'trade-secret',
  'internal-mark': 'internal-affairs',
  'secrecy-prose': 'internal-affairs',
  comment: 'process',
  'tracked-change': 'process',
  'earlier-revision': 'process',
  'speaker-notes': 'process',
};

/** 不予公开的依据, as the office's policy lists them. */
export const useGrounds = () => {
  const { data } = useOffice();
  const { language } = useLanguage();
  const grounds = data?.grounds ?? [];
  return {
    options: grounds.map((ground) => ({
      value: ground.key,
      label: `${ground[language]}（${ground.clause}）`,
    })),
    nameOf: (key: string) => grounds.find((ground) => ground.key === key)?.[language] ?? key,
    /** The ground that a redaction of this kind starts with: mostly somebody's privacy (条例 §15). */
    usualFor: (kind: FindingKind | undefined): string =>
      (
        grounds.find(({ key }) => key === (kind && (usual[kind] ?? 'privacy'))) ??
        grounds.find(({ key }) => key.includes('privacy')) ??
        grounds[0]
      )?.key ?? '',
  };
};

/** Extends a box that was drawn in a table to the whole column. */
const Column = ({ redaction, onColumn }: { redaction: Redaction; onColumn: Props['onColumn'] }) => {
  const w = useWords(words);
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  if (redaction.finding !== undefined || redaction.made !== undefined) return null;
  const extend = async () => {
    setBusy(true);
    const found = await onColumn(redaction).catch(() => false);
    setBusy(false);
    if (!found) void message.info(w.noColumn);
  };
  return (
    <Button size="small" loading={busy} onClick={() => void extend()}>
      {w.toColumn}
    </Button>
  );
};

/** What was asked for: a kind by its name, a pattern as it was typed. */
export const askedName = (asked: string, language: 'zh' | 'en'): string => {
  const kind = findingKind.safeParse(asked);
  return kind.success ? kindNames[kind.data][language === 'zh' ? 0 : 1] : `“${asked}”`;
};

type RowProps = {
  redaction: Redaction;
  onShow: () => void;
  onGround?: (ground: string) => void;
  children?: ReactNode;
};

const Row = ({ redaction, onShow, onGround, children }: RowProps) => {
  const w = useWords(words);
  const grounds = useGrounds();
  const { language } = useLanguage();
  const made = {
    hand: w.byHand,
    search: w.bySearch,
    pattern: w.byPattern,
    page: w.wholePage,
    column: w.byColumn,
  };
  const pages = [...new Set(redaction.boxes.map(({ page }) => page))].join('、');
  return (
    <li className="gk-redaction">
      <button type="button" className="gk-link" onClick={onShow} title={w.show}>
        {fill(w.page, { n: pages })}
        {redaction.finding === undefined && ` · ${made[redaction.made ?? 'hand']}`}
        {redaction.asked !== undefined && ` ${askedName(redaction.asked, language)}`}
      </button>
      {redaction.tight && <Tag title={w.tightWhy}>{w.tight}</Tag>}
      {onGround ? (
        <Select
          size="small"
          aria-label={w.ground}
          value={redaction.ground}
          options={grounds.options}
          onChange={onGround}
          popupMatchSelectWidth={false}
        />
      ) : (
        <span>{grounds.nameOf(redaction.ground)}</span>
      )}
      {children}
    </li>
  );
};

type Props = {
  redactions: readonly Redaction[];
  demanded: readonly Redaction[];
  /** A reviewer's own boxes that go with "return". */
  drafts: readonly Redaction[];
  editable: boolean;
  reviewing: boolean;
  onShow: (redaction: Redaction) => void;
  onGround: (id: string, ground: string) => void;
  onRemove: (id: string) => void;
  onAdopt: (ids: readonly string[]) => void;
  onDecline: (id: string) => void;
  onColumn: (redaction: Redaction) => Promise<boolean>;
};

/** 遮盖: what will be covered, what was demanded, what is being demanded. */
export const Redactions = (props: Props) => {
  const { redactions, demanded, drafts, editable, reviewing, onShow, onGround, onRemove } = props;
  const w = useWords(words);
  const remove = (id: string) => (
    <Button
      type="text"
      size="small"
      aria-label={w.remove}
      icon={<DeleteOutlined />}
      onClick={() => onRemove(id)}
    />
  );
  return (
    <>
      {demanded.length > 0 && (
        <section className="gk-group demanded">
          <div className="gk-group-head">
            <h2>{w.demandedTitle}</h2>
            {editable && (
              <Button size="small" onClick={() => props.onAdopt(demanded.map(({ id }) => id))}>
                {w.adoptAll}
              </Button>
            )}
          </div>
          <ul>
            {demanded.map((one) => (
              <Row key={one.id} redaction={one} onShow={() => onShow(one)}>
                {editable && (
                  <>
                    <Button size="small" onClick={() => props.onAdopt([one.id])}>
                      {w.adopt}
                    </Button>
                    <Button size="small" onClick={() => props.onDecline(one.id)}>
                      {w.decline}
                    </Button>
                  </>
                )}
              </Row>
            ))}
          </ul>
        </section>
      )}
      {reviewing && (
        <section className="gk-group demanded">
          <p className="gk-quiet">{w.demandHint}</p>
          {drafts.length > 0 && <h2>{fill(w.demandDrafts, { n: drafts.length })}</h2>}
          <ul>
            {drafts.map((one) => (
              <Row
                key={one.id}
                redaction={one}
                onShow={() => onShow(one)}
                onGround={(ground) => onGround(one.id, ground)}
              >
                <Column redaction={one} onColumn={props.onColumn} />
                {remove(one.id)}
              </Row>
            ))}
          </ul>
        </section>
      )}
      {redactions.length === 0 && <Nothing>{editable ? w.noRedactions : w.noRedactionsRead}</Nothing>}
      <ul>
        {redactions.map((one) => (
          <Row
            key={one.id}
            redaction={one}
            onShow={() => onShow(one)}
            {...(editable ? { onGround: (ground: string) => onGround(one.id, ground) } : {})}
          >
            {editable && <Column redaction={one} onColumn={props.onColumn} />}
            {editable && remove(one.id)}
          </Row>
        ))}
      </ul>
    </>
  );
};

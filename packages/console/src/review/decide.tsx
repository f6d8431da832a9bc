import type { Redaction } from '@gongkai/core';
import { Alert, App, Button, Form, Input, Modal, Select } from 'antd';
import { type ReactNode, type Ref, useImperativeHandle, useRef, useState } from 'react';
import { Link } from 'react-router';
import { type Decide, useDecide, type View } from '../api/publications.ts';
import { isProblem } from '../api/request.ts';
import { useOffice } from '../api/session.ts';
import { Trouble } from '../app/trouble.tsx';
import { words as draftWords } from '../draft/words.ts';
import { fill, nameOf, useSay, useWords } from '../words/language.tsx';
import { useGrounds } from './redactions.tsx';
import { words } from './words.ts';

/** What the keyboard may ask of the bar. */
export type DecideKeys = { approve: () => void; giveBack: () => void };

type Props = {
  view: View;
  /** A reviewer's own boxes: they go with "return". */
  drafts: readonly Redaction[];
  /** What is still to be answered, said where the decision is made. */
  open: ReactNode;
  ref?: Ref<DecideKeys>;
  onDone: () => void;
};

type DialogProps = {
  kind: 'return' | 'refuse';
  open: boolean;
  drafts: number;
  pending: boolean;
  error: unknown;
  onClose: () => void;
  onDecide: (given: { reason: string; ground?: string }) => void;
};

/** Reasons stay in the dialog until the decision has gone through, whatever happens in between. */
const ReasonDialog = ({ kind, open, drafts, pending, error, onClose, onDecide }: DialogProps) => {
  const w = useWords(words);
  const grounds = useGrounds();
  const [form] = Form.useForm<{ reason: string; ground?: string }>();
  const isReturn = kind === 'return';
  return (
    <Modal
      open={open}
      title={isReturn ? w.returnTitle : w.refuseTitle}
      okText={isReturn ? (drafts > 0 ? fill(w.returnDemand, { n: drafts }) : w.return) : w.refuse}
      okButtonProps={{ danger: !isReturn }}
      cancelText={w.cancel}
      confirmLoading={pending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {!isReturn && <Alert type="warning" showIcon title={w.refuseWarn} className="gk-trouble" />}
      <Trouble error={error} />
      <Form form={form} layout="vertical" onFinish={onDecide} requiredMark={false}>
        {!isReturn && (
          <Form.Item name="ground" label={w.ground} rules={[{ required: true, message: w.ground }]}>
            <Select options={grounds.options} />
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={w.reason}
          rules={[{ required: true, whitespace: true, message: w.reasonNeeded }]}
        >
          <Input.TextArea
            autoFocus
            rows={4}
            maxLength={2000}
            showCount
            placeholder={isReturn ? w.returnPlaceholder : ''}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
};

const moved = (error: unknown): boolean =>
  isProblem(error, 'changed-meanwhile') || isProblem(error, 'bytes-changed');

/** What still keeps a maker from submitting: the required fields, by their names on the form. */
const Missing = ({ view }: { view: View }) => {
  const w = useWords(words);
  const names: Readonly<Record<string, string>> = useWords(draftWords);
  const { data } = useOffice();
  const { metadata, id } = view.item;
  const filled: Readonly<Record<string, unknown>> = metadata;
  const missing = (data?.requiredMetadata ?? []).filter((field) => !filled[field]);
  if (!view.may.includes('edit') || missing.length === 0) return null;
  return (
    <p className="gk-left">
      {fill(w.missing, { fields: missing.map((field) => nameOf(names, field)).join('、') })}{' '}
      <Link to={`/publications/${id}`}>{w.toForm}</Link>
    </p>
  );
};

/** 审查决定: approve, return (with the boxes drawn), refuse. */
export const DecideBar = ({ view, drafts, open, ref, onDone }: Props) => {
  const w = useWords(words);
  const say = useSay();
  const { message, modal } = App.useApp();
  const decide = useDecide(view);
  const [dialog, setDialog] = useState<'return' | 'refuse'>();
  const can = (what: View['may'][number]) => view.may.includes(what);
  const submits = can('submit');
  const mayApprove = submits || can('approve');
  const left = view.unanswered.length;

  const sending = useRef(false);
  const send = (given: Omit<Decide, 'binding'>) => {
    // The second half of a double click comes before the button can show that it is busy.
    if (sending.current) return;
    sending.current = true;
    decide.mutate(given, {
      onSuccess: () => {
        setDialog(undefined);
        void message.success(w.done);
        onDone();
      },
      onSettled: () => {
        sending.current = false;
      },
    });
  };
  const approve = () => send({ verdict: 'approve' });
  useImperativeHandle(ref, () => ({
    // A single key is struck by accident more easily than a button is pressed: it asks once.
    approve: () => {
      if (mayApprove && left === 0 && !decide.isPending)
        modal.confirm({
          title: submits ? w.sureSubmit : w.sure,
          content: w.sureText,
          okText: submits ? w.submit : w.approve,
          cancelText: w.cancel,
          onOk: approve,
        });
    },
    giveBack: () => can('return') && setDialog('return'),
  }));

  if (!mayApprove && !can('return'))
    return (
      <footer className="gk-decide">
        {view.may.includes('edit') ? (
          <>
            <Missing view={view} />
            {left > 0 && <span className="gk-left">{open}</span>}
          </>
        ) : (
          <span className="gk-quiet">{view.mayNot ? say(view.mayNot) : w.closed}</span>
        )}
      </footer>
    );
  return (
    <footer className="gk-decide">
      {moved(decide.error) ? (
        <Alert type="warning" showIcon role="alert" title={w.changed} closable={{ onClose: decide.reset }} />
      ) : (
        dialog === undefined && <Trouble error={decide.error} />
      )}
      <span className={left > 0 ? 'gk-left' : 'gk-quiet'} role="status">
        {left > 0 ? open : w.allAnswered}
      </span>
      <div className="gk-decide-buttons">
        {can('refuse') && (
          <Button danger disabled={decide.isPending} onClick={() => setDialog('refuse')}>
            {w.refuse}
          </Button>
        )}
        {can('return') && (
          <Button disabled={decide.isPending} onClick={() => setDialog('return')}>
            {drafts.length > 0 ? fill(w.returnDemand, { n: drafts.length }) : w.return}
          </Button>
        )}
        {mayApprove && (
          <Button
            type="primary"
            disabled={left > 0 || drafts.length > 0}
            loading={decide.isPending && dialog === undefined}
            onClick={approve}
          >
            {submits ? w.submit : w.approve}
          </Button>
        )}
      </div>
      {(['return', 'refuse'] as const).map((kind) => (
        <ReasonDialog
          key={kind}
          kind={kind}
          open={dialog === kind}
          drafts={drafts.length}
          pending={decide.isPending}
          error={decide.error}
          onClose={() => setDialog(undefined)}
          onDecide={({ reason, ground }) =>
            send({
              verdict: kind,
              reason,
              ...(ground ? { ground } : {}),
              ...(kind === 'return' && drafts.length > 0 ? { demanded: [...drafts] } : {}),
            })
          }
        />
      ))}
    </footer>
  );
};

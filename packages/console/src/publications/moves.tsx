import { Alert, App, Button, Form, Input, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { type Move, useMove, type View } from '../api/publications.ts';
import { Trouble } from '../app/trouble.tsx';
import { useWords } from '../words/language.tsx';
import { itemWords } from './words.ts';

const Withdraw = ({ view }: { view: View }) => {
  const w = useWords(itemWords);
  const move = useMove(view);
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<{ reason: string; notice: string }>();
  const { message } = App.useApp();
  const needed = [{ required: true, whitespace: true, message: w.needed }];
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {w.withdraw}
      </Button>
      <Modal
        open={open}
        title={w.withdrawTitle}
        okText={w.withdraw}
        okButtonProps={{ danger: true }}
        cancelText={w.no}
        confirmLoading={move.isPending}
        onOk={form.submit}
        onCancel={() => setOpen(false)}
      >
        <Alert type="warning" showIcon title={w.withdrawWarn} className="gk-trouble" />
        <Trouble error={move.error} />
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={(body) =>
            move.mutate(
              { move: 'withdraw', body },
              {
                onSuccess: () => {
                  setOpen(false);
                  void message.success(w.moved);
                },
              },
            )
          }
        >
          <Form.Item name="reason" label={w.reason} rules={needed}>
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
          <Form.Item name="notice" label={w.notice} rules={needed}>
            <Input.TextArea rows={3} maxLength={1000} placeholder={w.noticePlaceholder} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
};

const plain = ['recall', 'end-display', 'discard'] as const satisfies readonly Move[];

/** 撤回修改、提前下架、作废、撤回公开、替换: what may be done, each behind a plain question. */
export const Moves = ({ view }: { view: View }) => {
  const w = useWords(itemWords);
  const navigate = useNavigate();
  const move = useMove(view);
  const { message } = App.useApp();
  return (
    <>
      <Trouble error={move.error} />
      {plain
        .filter((one) => view.may.includes(one))
        .map((one) => (
          <Popconfirm
            key={one}
            title={w[`${one}Sure`]}
            okText={w.yes}
            cancelText={w.no}
            onConfirm={() => move.mutate({ move: one }, { onSuccess: () => void message.success(w.moved) })}
          >
            <Button danger={one !== 'recall'} loading={move.isPending && move.variables.move === one}>
              {w[one]}
            </Button>
          </Popconfirm>
        ))}
      {view.may.includes('withdraw') && <Withdraw view={view} />}
      {view.may.includes('replace') && (
        <Button onClick={() => navigate(`/upload?replaces=${view.item.id}`)}>{w.replace}</Button>
      )}
    </>
  );
};

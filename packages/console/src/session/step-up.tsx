import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal } from 'antd';
import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import { call, isProblem, ProblemError } from '../api/request.ts';
import { sessionEnded, useSession } from '../api/session.ts';
import { Trouble } from '../app/trouble.tsx';
import { useWords } from '../words/language.tsx';
import { ProviderWindowButton } from './oidc.tsx';
import { words } from './words.ts';

type Run = <T>(step: () => Promise<T>) => Promise<T>;
const StepUpContext = createContext<Run>((step) => step());

/** Runs a step; when the server wants the person confirmed first, asks for the password and runs it again. */
export const useConfirmed = (): Run => useContext(StepUpContext);

type Waiting = { resolve: () => void; reject: (why: unknown) => void };

export const StepUp = ({ children }: { children: ReactNode }) => {
  const w = useWords(words);
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const byProvider = useSession().data?.by === 'oidc';
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const waiting = useRef<Waiting | undefined>(undefined);
  const [form] = Form.useForm<{ password: string; totp?: string }>();

  const run = useMemo<Run>(
    () => async (step) => {
      try {
        return await step();
      } catch (refused) {
        if (!isProblem(refused, 'reauthentication-needed')) throw refused;
        await new Promise<void>((resolve, reject) => {
          waiting.current = { resolve, reject: () => reject(refused) };
          setError(undefined);
          setOpen(true);
        });
        return step();
      }
    },
    [],
  );

  const confirm = async (given: { password: string; totp?: string }) => {
    setBusy(true);
    try {
      const body = { password: given.password, ...(given.totp ? { totp: given.totp } : {}) };
      await call<unknown>('/session/confirm', { method: 'POST', body });
      setOpen(false);
      waiting.current?.resolve();
    } catch (wrong) {
      if (isProblem(wrong, 'not-signed-in')) sessionEnded(client);
      setError(wrong instanceof ProblemError ? wrong : undefined);
    } finally {
      setBusy(false);
      form.resetFields();
    }
  };
  const confirmed = () => {
    setOpen(false);
    waiting.current?.resolve();
  };
  const cancel = () => {
    setOpen(false);
    form.resetFields();
    waiting.current?.reject(undefined);
  };

  return (
    <StepUpContext value={run}>
      {children}
      <Modal
        open={open}
        title={w.confirmTitle}
        okText={w.confirm}
        cancelText={w.cancel}
        confirmLoading={busy}
        okButtonProps={byProvider ? { style: { display: 'none' } } : {}}
        onOk={form.submit}
        onCancel={cancel}
        zIndex={1200}
        destroyOnHidden
        width={420}
      >
        <p>{byProvider ? w.confirmWhyProvider : w.confirmWhy}</p>
        {byProvider && <ProviderWindowButton for="confirmed" onDone={confirmed} />}
        <Trouble error={error} />
        <Form form={form} layout="vertical" onFinish={confirm} hidden={byProvider}>
          <Form.Item name="password" label={w.password} rules={[{ required: true, message: w.needPassword }]}>
            <Input.Password autoFocus autoComplete="current-password" />
          </Form.Item>
          <Form.Item name="totp" label={w.code}>
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
          </Form.Item>
        </Form>
      </Modal>
    </StepUpContext>
  );
};

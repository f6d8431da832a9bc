import { Button, Flex, Form, Input, Popconfirm, QRCode, Tag, Typography } from 'antd';
import { useActivateTotp, useDropTotp, useNewTotp } from '../api/administration.ts';
import { Trouble } from '../app/trouble.tsx';
import { useWords } from '../words/language.tsx';
import { words } from './words.ts';

const Activate = ({ uri, secret, onDone }: { uri: string; secret: string; onDone: () => void }) => {
  const w = useWords(words);
  const activate = useActivateTotp();
  return (
    <>
      <p>{w.scan}</p>
      <Flex gap={24} wrap align="start">
        <QRCode value={uri} bordered={false} bgColor="#ffffff" color="#000000" />
        <div>
          <p>
            {w.key}{' '}
            <Typography.Text code copyable>
              {secret}
            </Typography.Text>
          </p>
          <Trouble error={activate.error} />
          <Form
            layout="inline"
            onFinish={({ code }: { code: string }) => activate.mutate(code.trim(), { onSuccess: onDone })}
          >
            <Form.Item
              name="code"
              label={w.code}
              rules={[{ required: true, pattern: /^\s*\d{6}\s*$/, message: '000000' }]}
            >
              <Input inputMode="numeric" autoComplete="one-time-code" autoFocus style={{ width: 110 }} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={activate.isPending}>
              {w.activate}
            </Button>
          </Form>
        </div>
      </Flex>
    </>
  );
};

/** 手机验证码: switched on only after a code has come back right. */
export const Totp = ({ on }: { on: boolean }) => {
  const w = useWords(words);
  const begin = useNewTotp();
  const drop = useDropTotp();
  if (on)
    return (
      <>
        <Trouble error={drop.error} />
        <Flex gap={12} align="center">
          <Tag color="green">{w.totpOn}</Tag>
          <Popconfirm title={w.offSure} okText={w.yes} cancelText={w.no} onConfirm={() => drop.mutate()}>
            <Button danger loading={drop.isPending}>
              {w.off}
            </Button>
          </Popconfirm>
        </Flex>
      </>
    );
  if (begin.data) return <Activate {...begin.data} onDone={begin.reset} />;
  return (
    <>
      <p>{w.totpOff}</p>
      <Trouble error={begin.error} />
      <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate()}>
        {w.begin}
      </Button>
    </>
  );
};

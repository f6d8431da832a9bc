import { KeyOutlined } from '@ant-design/icons';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { Alert, Button, Card, Divider, Form, Input } from 'antd';
import { useState } from 'react';
import { useOffice, useSignIn } from '../api/session.ts';
import { Preferences } from '../app/preferences.tsx';
import { Trouble } from '../app/trouble.tsx';
import { useWords } from '../words/language.tsx';
import { ProviderButton } from './oidc.tsx';
import { usePasskeySignIn } from './passkey.ts';
import { words } from './words.ts';

type Given = { account: string; password: string; totp?: string };

const PasskeyButton = () => {
  const w = useWords(words);
  const passkey = usePasskeySignIn();
  const [failed, setFailed] = useState(false);
  if (!browserSupportsWebAuthn()) return null;
  return (
    <>
      <Button
        block
        icon={<KeyOutlined />}
        loading={passkey.isPending}
        onClick={() => passkey.mutate(undefined, { onError: () => setFailed(true) })}
      >
        {w.passkey}
      </Button>
      {failed && <Alert type="warning" showIcon title={w.passkeyFailed} style={{ marginTop: 12 }} />}
    </>
  );
};

/** By the office's provider where it has one, and by a local account where the office still wants that. */
const Ways = () => {
  const w = useWords(words);
  const office = useOffice();
  const [asked, setAsked] = useState(false);
  const ways = office.data?.signIn;
  // The form's place depends on the ways there are: what is typed into one that moves would be lost.
  if (office.isPending) return null;
  if (!ways?.oidc) return <SignInForm name="sign-in" />;
  return (
    <>
      <ProviderButton />
      {ways.local === 'administrators' && !asked ? (
        <Button type="link" block style={{ marginTop: 12 }} onClick={() => setAsked(true)}>
          {w.administratorsOnly}
        </Button>
      ) : (
        <>
          <Divider plain>{w.orLocal}</Divider>
          <SignInForm name="sign-in" />
        </>
      )}
    </>
  );
};

/** Account and password, or a passkey. `account` is filled in where it is known who was here. */
export const SignInForm = ({ name, account: known }: { name: string; account?: string }) => {
  const w = useWords(words);
  const signIn = useSignIn();
  const [form] = Form.useForm<Given>();
  const submit = ({ account, password, totp }: Given) =>
    signIn.mutate({ account: account.trim(), password, ...(totp ? { totp: totp.trim() } : {}) });
  return (
    <>
      <Trouble error={signIn.error} />
      <Form
        form={form}
        name={name}
        layout="vertical"
        onFinish={submit}
        requiredMark={false}
        size="large"
        initialValues={{ account: known }}
      >
        <Form.Item name="account" label={w.account} rules={[{ required: true, message: w.needAccount }]}>
          <Input
            autoFocus={known === undefined}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        </Form.Item>
        <Form.Item name="password" label={w.password} rules={[{ required: true, message: w.needPassword }]}>
          <Input.Password autoFocus={known !== undefined} autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="totp" label={w.code} tooltip={w.codeHint}>
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {w.signIn}
        </Button>
      </Form>
      <div style={{ marginTop: 12 }}>
        <PasskeyButton />
      </div>
    </>
  );
};

/** 登录 */
export const SignIn = () => {
  const w = useWords(words);
  const office = useOffice();
  return (
    <main className="gk-sign-in">
      <Card className="gk-sign-in-card">
        <div className="gk-sign-in-head">
          <p className="gk-sign-in-office">{office.data?.name}</p>
          <h1>{w.product}</h1>
        </div>
        {office.data?.demonstration && (
          <Alert type="warning" showIcon title={w.demonstration} style={{ marginBottom: 16 }} />
        )}
        {office.data?.founded === false ? <Alert type="info" showIcon title={w.notFounded} /> : <Ways />}
        <footer className="gk-sign-in-foot">
          <Preferences />
        </footer>
      </Card>
    </main>
  );
};

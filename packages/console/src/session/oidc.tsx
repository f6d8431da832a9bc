import { LoginOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { call, ProblemError } from '../api/request.ts';
import { useOffice } from '../api/session.ts';
import { Trouble } from '../app/trouble.tsx';
import { useWords } from '../words/language.tsx';
import { words } from './words.ts';

/** The page to which the provider sends the browser back (packages/api/src/sign-in/oidc-routes.ts). */
export const returnPath = '/console/oidc';
/** Set in a tab that goes to the provider itself: where it was. A window that was opened for it has none. */
const cameFrom = 'gongkai-came-from';
const channelName = 'gongkai-oidc';

type Told = 'signed-in' | 'confirmed';

const addressOf = async (path: string): Promise<string> =>
  (await call<{ url: string }>(path, { method: 'POST' })).url;

const blocked = new ProblemError(
  {
    code: 'window-blocked',
    zh: '浏览器拦住了登录窗口。请允许本站弹出窗口，然后重试；您填写的内容还在。',
    en: 'The browser blocked the sign-in window. Allow windows of this site and try again; what you entered is still here.',
  },
  0,
);

/** Runs when a window that was opened for it has come back from the provider. A provider may cut it off from its opener. */
const useTold = (wanted: Told, run: () => void): void => {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    channel.onmessage = ({ data }) => data === wanted && latest.current();
    return () => channel.close();
  }, [wanted]);
};

/** Goes to the office's provider with this tab. */
export const ProviderButton = () => {
  const w = useWords(words);
  const office = useOffice();
  const [trouble, setTrouble] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const oidc = office.data?.signIn.oidc;
  if (!oidc) return null;
  const go = async () => {
    setBusy(true);
    setTrouble(undefined);
    try {
      const url = await addressOf('/session/oidc');
      sessionStorage.setItem(cameFrom, location.pathname + location.search);
      location.assign(url);
    } catch (cause) {
      setTrouble(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Trouble error={trouble} />
      <Button type="primary" size="large" block icon={<LoginOutlined />} loading={busy} onClick={go}>
        {w.withProvider.replace('{name}', oidc.name)}
      </Button>
    </>
  );
};

/** Goes there with a window of its own: what stands on this screen stays. */
export const ProviderWindowButton = ({ for: wanted, onDone }: { for: Told; onDone: () => void }) => {
  const w = useWords(words);
  const office = useOffice();
  const [trouble, setTrouble] = useState<unknown>();
  useTold(wanted, onDone);
  const name = office.data?.signIn.oidc?.name;
  if (name === undefined) return null;
  const open = async () => {
    setTrouble(undefined);
    // At once, in the click itself: later it would count as unasked for.
    const there = window.open('', channelName, 'popup,width=560,height=720');
    if (!there) return setTrouble(blocked);
    try {
      there.location.assign(
        await addressOf(wanted === 'confirmed' ? '/session/oidc/confirm' : '/session/oidc'),
      );
      there.focus();
    } catch (cause) {
      there.close();
      setTrouble(cause);
    }
  };
  const text = wanted === 'confirmed' ? w.confirmWithProvider : w.withProvider;
  return (
    <>
      <Trouble error={trouble} />
      <Button type="primary" size="large" block icon={<LoginOutlined />} onClick={open}>
        {text.replace('{name}', name)}
      </Button>
    </>
  );
};

let finishing: Promise<unknown> | undefined;
/** The answer counts once, however often this page is drawn. */
const finish = (query: string): Promise<unknown> => {
  finishing ??= call<unknown>('/session/oidc/finish', { method: 'POST', body: { query } });
  return finishing;
};

/** Where this tab goes on, if it is the one that went to the provider; only to a page of the console. */
const goesOn = (): string | undefined => {
  const before = sessionStorage.getItem(cameFrom);
  sessionStorage.removeItem(cameFrom);
  if (before === null) return undefined;
  return /^\/console(\/(?!oidc)|$)/.test(before) ? before : '/console/';
};

/** 统一身份认证 has sent the browser back: hands the answer over and goes on where the person was. */
export const ProviderReturn = () => {
  const w = useWords(words);
  const [trouble, setTrouble] = useState<unknown>();
  const [done, setDone] = useState(false);
  useEffect(() => {
    const { search } = location;
    // Gone from the address and the history: a reload or the back button finds nothing to send again.
    history.replaceState(null, '', returnPath);
    if (search === '' && !finishing) return location.replace('/console/');
    finish(search)
      .then((session) => {
        const channel = new BroadcastChannel(channelName);
        channel.postMessage((session === undefined ? 'confirmed' : 'signed-in') satisfies Told);
        channel.close();
        const next = goesOn();
        if (next !== undefined) return location.replace(next);
        setDone(true);
        window.close();
      })
      .catch(setTrouble);
  }, []);
  return (
    <main className="gk-sign-in">
      <Card className="gk-sign-in-card">
        <h1>{trouble === undefined ? w.title : w.notSignedIn}</h1>
        <Trouble error={trouble} />
        {done && <Alert type="success" showIcon title={w.windowDone} style={{ marginBottom: 12 }} />}
        {trouble === undefined && !done ? (
          <div role="status" aria-label={w.title}>
            <Spin />
          </div>
        ) : (
          <a href="/console/">{w.toConsole}</a>
        )}
      </Card>
    </main>
  );
};

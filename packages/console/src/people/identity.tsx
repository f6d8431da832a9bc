import { App, Button, Form, Input, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { useLinkIdentity, useUnlinkIdentity } from '../api/administration.ts';
import { useOffice } from '../api/session.ts';
import { Trouble } from '../app/trouble.tsx';
import { day } from '../time/when.ts';
import { useWords } from '../words/language.tsx';
import type { Entry } from './person-form.tsx';
import { words } from './words.ts';

/** 统一身份: who this person is at the office's provider. One identity for one person, and it gives no roles. */
export const IdentityOf = ({ person, onChanged }: { person: Entry; onChanged: () => void }) => {
  const w = useWords(words);
  const { message } = App.useApp();
  const office = useOffice();
  const link = useLinkIdentity();
  const unlink = useUnlinkIdentity();
  const [subject, setSubject] = useState('');
  const [value, setValue] = useState('');
  const oidc = office.data?.signIn.oidc;
  if (!oidc) return null;
  const done = {
    onSuccess: () => {
      void message.success(w.saved);
      onChanged();
    },
  };
  const { identity, invited } = person;
  return (
    <Form layout="vertical" component="div">
      <Form.Item label={oidc.name} extra={identity ? undefined : w.identityHint}>
        <Trouble error={link.error ?? unlink.error} />
        {identity && (
          <p>
            {w.linked} <code>{identity.subject}</code> · {day(identity.linkedAt)}
          </p>
        )}
        {invited && (
          <p>
            {w.invited} <code>{`${invited.claim} = ${invited.value}`}</code> · {w.until} {day(invited.until)}
          </p>
        )}
        {!identity && (
          <>
            <Space.Compact block>
              <Input
                aria-label={w.subject}
                placeholder={w.subject}
                value={subject}
                onChange={({ target }) => setSubject(target.value)}
              />
              <Button
                disabled={subject.trim() === ''}
                loading={link.isPending}
                onClick={() => link.mutate({ id: person.id, to: { subject: subject.trim() } }, done)}
              >
                {w.link}
              </Button>
            </Space.Compact>
            {oidc.claim !== undefined && (
              <Space.Compact block style={{ marginTop: 8 }}>
                <Input
                  aria-label={oidc.claim}
                  placeholder={oidc.claim}
                  value={value}
                  onChange={({ target }) => setValue(target.value)}
                />
                <Button
                  disabled={value.trim() === ''}
                  loading={link.isPending}
                  onClick={() => link.mutate({ id: person.id, to: { claim: value.trim() } }, done)}
                >
                  {w.invite}
                </Button>
              </Space.Compact>
            )}
          </>
        )}
        {(identity || invited) && (
          <Popconfirm title={w.unlinkWhy} onConfirm={() => unlink.mutate(person.id, done)}>
            <Button danger size="small" loading={unlink.isPending} style={{ marginTop: 8 }}>
              {w.unlink}
            </Button>
          </Popconfirm>
        )}
      </Form.Item>
    </Form>
  );
};

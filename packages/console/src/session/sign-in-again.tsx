import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useEffect, useRef } from 'react';
import { useMe, useSessionOver } from '../api/session.ts';
import { useWords } from '../words/language.tsx';
import { ProviderWindowButton } from './oidc.tsx';
import { SignInForm } from './sign-in.tsx';
import { words } from './words.ts';

/**
 * Lies over the screen of a person whose session has ended. What they were typing stays below it; the screen itself
 * cannot be read meanwhile. Somebody else who signs in here gets a console of their own.
 */
export const SignInAgain = () => {
  const w = useWords(words);
  const over = useSessionOver();
  const me = useMe();
  const client = useQueryClient();
  const first = useRef(me.person.id);
  useEffect(() => {
    if (me.person.id !== first.current) location.assign('/console/');
  }, [me.person.id]);
  return (
    <Modal
      open={over}
      title={w.againTitle}
      footer={null}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      styles={{ mask: { background: 'var(--ant-color-bg-layout)' } }}
      zIndex={1300}
      destroyOnHidden
      width={420}
    >
      <p>{w.againWhy}</p>
      {me.by === 'oidc' ? (
        <ProviderWindowButton for="signed-in" onDone={() => void client.invalidateQueries()} />
      ) : (
        <SignInForm name="again" account={me.account} />
      )}
    </Modal>
  );
};

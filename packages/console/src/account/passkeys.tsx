import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { Alert, Button, Flex, Input } from 'antd';
import { useState } from 'react';
import { type Account, useDropPasskey } from '../api/administration.ts';
import { ProblemError } from '../api/request.ts';
import { Trouble } from '../app/trouble.tsx';
import { useAddPasskey } from '../session/passkey.ts';
import { minute } from '../time/when.ts';
import { useWords } from '../words/language.tsx';
import { words } from './words.ts';

const AddPasskey = () => {
  const w = useWords(words);
  const add = useAddPasskey();
  const [name, setName] = useState('');
  if (!browserSupportsWebAuthn()) return <p className="gk-quiet">{w.unsupported}</p>;
  return (
    <>
      {add.error instanceof ProblemError ? (
        <Trouble error={add.error} />
      ) : (
        add.error && <Alert type="warning" showIcon title={w.passkeyFailed} className="gk-trouble" />
      )}
      <Flex gap={8}>
        <Input
          aria-label={w.passkeyName}
          placeholder={w.passkeyName}
          maxLength={100}
          value={name}
          onChange={({ target }) => setName(target.value)}
          style={{ maxWidth: 260 }}
        />
        <Button
          type="primary"
          disabled={name.trim() === ''}
          loading={add.isPending}
          onClick={() => add.mutate(name.trim(), { onSuccess: () => setName('') })}
        >
          {w.addPasskey}
        </Button>
      </Flex>
    </>
  );
};

/** 通行密钥 */
export const Passkeys = ({ passkeys }: Pick<Account, 'passkeys'>) => {
  const w = useWords(words);
  const drop = useDropPasskey();
  return (
    <>
      <Trouble error={drop.error} />
      {passkeys.length === 0 && <p>{w.noPasskeys}</p>}
      <ul className="gk-file-list">
        {passkeys.map((passkey) => (
          <li key={passkey.id}>
            <span className="gk-file-name">{passkey.name}</span>
            <span className="gk-quiet">{minute(passkey.createdAt)}</span>
            <Button
              size="small"
              danger
              loading={drop.isPending && drop.variables === passkey.id}
              onClick={() => drop.mutate(passkey.id)}
            >
              {w.remove}
            </Button>
          </li>
        ))}
      </ul>
      <AddPasskey />
    </>
  );
};

import type { account } from '@gongkai/api/contract';
import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import { call } from '../api/request.ts';
import { useConfirmed } from './step-up.tsx';

type Options = z.infer<typeof account.passkeyOptions>;

const optionsFrom = (path: string) => call<Options>(`${path}/options`, { method: 'POST' });
const answer = (path: string, body: unknown) => call<unknown>(path, { method: 'POST', body });

/** 通行密钥登录: the server's challenge, signed by the device, which knows whose key it is. */
export const usePasskeySignIn = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const { challenge, options } = await optionsFrom('/session/passkey');
      const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
      return answer('/session/passkey', { challenge, response: await startAuthentication({ optionsJSON }) });
    },
    onSuccess: () => client.invalidateQueries(),
  });
};

/** Adds this device's key to one's own account, under a name that tells it from the others. */
export const useAddPasskey = () => {
  const client = useQueryClient();
  const confirmed = useConfirmed();
  return useMutation({
    mutationFn: (name: string) =>
      confirmed(async () => {
        const { challenge, options } = await optionsFrom('/account/passkeys');
        const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
        const response = await startRegistration({ optionsJSON });
        return answer('/account/passkeys', { challenge, name, response });
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['account'] }),
  });
};

import { Alert, Card, Skeleton, Tag } from 'antd';
import { useAccount } from '../api/administration.ts';
import { useMe } from '../api/session.ts';
import { Page } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { useWords } from '../words/language.tsx';
import { roles as roleWords } from '../words/names.ts';
import { Passkeys } from './passkeys.tsx';
import { ChangePassword } from './password.tsx';
import { Totp } from './totp.tsx';
import { words } from './words.ts';

/** 账户设置: one's own ways to sign in. */
const AccountScreen = () => {
  const w = useWords(words);
  const names = useWords(roleWords);
  const me = useMe();
  const account = useAccount();
  return (
    <Page title={w.title}>
      <p>
        <b>{me.person.name}</b> <span className="gk-quiet">{me.account}</span>{' '}
        {me.person.roles.map((role) => (
          <Tag key={role}>{names[role]}</Tag>
        ))}
      </p>
      {account.data?.mustEnrol && (
        <Alert type="warning" showIcon title={w.mustEnrol} className="gk-trouble" />
      )}
      <Trouble error={account.error} retry={() => account.refetch()} />
      {account.isPending && <Skeleton active />}
      {account.data && (
        <>
          <Card className="gk-part" title={<h2>{w.totp}</h2>}>
            <Totp on={account.data.totp} />
          </Card>
          <Card className="gk-part" title={<h2>{w.passkeys}</h2>}>
            <Passkeys passkeys={account.data.passkeys} />
          </Card>
          <Card className="gk-part" title={<h2>{w.password}</h2>}>
            <ChangePassword />
          </Card>
        </>
      )}
    </Page>
  );
};
export default AccountScreen;

import { ExportOutlined, KeyOutlined, LogoutOutlined, MenuOutlined, UserOutlined } from '@ant-design/icons';
import { Badge, Button, Dropdown, Layout, Result, Tag } from 'antd';
import { useState } from 'react';
import { Link, NavLink, Outlet } from 'react-router';
import { useMe, useOffice, useSignOut, useWork } from '../api/session.ts';
import { words as sessionWords } from '../session/words.ts';
import { useWords } from '../words/language.tsx';
import { menuFor } from './menu.ts';
import { Preferences } from './preferences.tsx';
import { words } from './words.ts';

const Menu = ({ onChoose }: { onChoose: () => void }) => {
  const w = useWords(words);
  const me = useMe();
  const work = useWork();
  const counts: Record<string, number> = {
    '/': work.data?.waiting.length ?? 0,
    '/dead-letters': work.data?.deadLetters ?? 0,
  };
  return (
    <ul>
      {menuFor(me.person.roles).map(({ path, word }) => (
        <li key={path}>
          <NavLink to={path} end={path === '/'} onClick={onChoose}>
            {w[word]}
            <Badge count={counts[path] ?? 0} size="small" offset={[8, -2]} />
          </NavLink>
        </li>
      ))}
    </ul>
  );
};

const Person = () => {
  const w = useWords(words);
  const me = useMe();
  const office = useOffice();
  const signOut = useSignOut();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'account', icon: <UserOutlined />, label: <Link to="/account">{w.account}</Link> },
          { key: 'tokens', icon: <KeyOutlined />, label: <Link to="/tokens">{w.tokens}</Link> },
          {
            key: 'public',
            icon: <ExportOutlined />,
            label: (
              <a href={office.data?.publicUrl ?? '/'} target="_blank" rel="noreferrer">
                {w.catalogue}
              </a>
            ),
          },
          { type: 'divider' },
          { key: 'out', icon: <LogoutOutlined />, label: w.signOut, onClick: () => signOut.mutate() },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />}>
        {me.person.name}
      </Button>
    </Dropdown>
  );
};

/** The head with the menu, and the screen below it. */
export const Frame = () => {
  const w = useWords(words);
  const s = useWords(sessionWords);
  const office = useOffice();
  const [open, setOpen] = useState(false);
  return (
    <Layout className="gk-frame">
      <a className="gk-skip" href="#content">
        {w.skip}
      </a>
      <Layout.Header className="gk-head">
        <Button
          type="text"
          className="gk-menu-button"
          aria-label={w.menu}
          aria-expanded={open}
          icon={<MenuOutlined />}
          onClick={() => setOpen(!open)}
        />
        <Link to="/" className="gk-brand">
          {office.data?.name ?? w.product}
          {office.data?.demonstration && <Tag color="gold">{s.demonstrationShort}</Tag>}
        </Link>
        <nav aria-label={w.main} className={open ? 'gk-menu open' : 'gk-menu'}>
          <Menu onChoose={() => setOpen(false)} />
        </nav>
        <Preferences className="gk-preferences" />
        <Person />
      </Layout.Header>
      <main id="content" className="gk-content" tabIndex={-1}>
        <Outlet />
      </main>
    </Layout>
  );
};

export const NotFound = () => {
  const w = useWords(words);
  return <Result status="404" title={w.notFound} extra={<Link to="/">{w.toWork}</Link>} />;
};

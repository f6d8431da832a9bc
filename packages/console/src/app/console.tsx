import { QueryClientProvider } from '@tanstack/react-query';
import { Spin } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { useSession } from '../api/session.ts';
import { ProviderReturn, returnPath } from '../session/oidc.tsx';
import { SignIn } from '../session/sign-in.tsx';
import { SignInAgain } from '../session/sign-in-again.tsx';
import { StepUp } from '../session/step-up.tsx';
import { ThemeProvider } from '../theme/mode.tsx';
import { LanguageProvider } from '../words/language.tsx';
import { Boundary } from './boundary.tsx';
import { createClient } from './client.ts';
import { Frame, NotFound } from './frame.tsx';
import { Trouble } from './trouble.tsx';

const Work = lazy(() => import('../work/work.tsx'));
const Upload = lazy(() => import('../upload/upload.tsx'));
const Compose = lazy(() => import('../compose/compose.tsx'));
const Publications = lazy(() => import('../publications/publications.tsx'));
const Item = lazy(() => import('../publications/item.tsx'));
const Review = lazy(() => import('../review/review.tsx'));
const Dictionary = lazy(() => import('../dictionary/dictionary.tsx'));
const DeadLetters = lazy(() => import('../dead-letters/dead-letters.tsx'));
const People = lazy(() => import('../people/people.tsx'));
const Tokens = lazy(() => import('../tokens/tokens.tsx'));
const Audit = lazy(() => import('../audit/audit.tsx'));
const Account = lazy(() => import('../account/account.tsx'));

const Waiting = () => (
  <div className="gk-waiting" role="status" aria-label="…">
    <Spin size="large" />
  </div>
);

/** Nothing of the office is shown, or even asked for, before somebody has signed in. The address stays. */
const Guarded = () => {
  const session = useSession();
  if (session.isPending) return <Waiting />;
  if (session.isError)
    return (
      <main className="gk-content">
        <Trouble error={session.error} retry={() => session.refetch()} />
      </main>
    );
  if (session.data === null) return <SignIn />;
  // 双因素: where the office demands a second factor, nothing else works until there is one.
  if (session.data.mustEnrol)
    return (
      <Suspense fallback={<Waiting />}>
        <main className="gk-content">
          <Account />
        </main>
      </Suspense>
    );
  return (
    <Suspense fallback={<Waiting />}>
      <SignInAgain />
      <Routes>
        <Route path="publications/:id/review" element={<Review />} />
        <Route element={<Frame />}>
          <Route index element={<Work />} />
          <Route path="upload" element={<Upload />} />
          <Route path="compose" element={<Compose />} />
          <Route path="publications" element={<Publications />} />
          <Route path="publications/:id" element={<Item />} />
          <Route path="dictionary" element={<Dictionary />} />
          <Route path="dead-letters" element={<DeadLetters />} />
          <Route path="people" element={<People />} />
          <Route path="tokens" element={<Tokens />} />
          <Route path="audit" element={<Audit />} />
          <Route path="account" element={<Account />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </Suspense>
  );
};

/** 工作台 */
export const Console = () => {
  const [client] = useState(createClient);
  return (
    <QueryClientProvider client={client}>
      <LanguageProvider>
        <ThemeProvider>
          {location.pathname === returnPath ? (
            <ProviderReturn />
          ) : (
            <StepUp>
              <BrowserRouter basename="/console">
                <Boundary>
                  <Guarded />
                </Boundary>
              </BrowserRouter>
            </StepUp>
          )}
        </ThemeProvider>
      </LanguageProvider>
    </QueryClientProvider>
  );
};

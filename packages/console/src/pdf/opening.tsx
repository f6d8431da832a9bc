import { Progress } from 'antd';
import { ProblemError } from '../api/request.ts';
import { Trouble } from '../app/trouble.tsx';
import { useWords } from '../words/language.tsx';
import type { Opened } from './document.ts';
import { words } from './words.ts';

/** What stands in a PDF's place until it is open, or when it does not open: the server's sentence where there is one. */
export const Opening = ({ opened, made }: { opened: Opened; made?: boolean | undefined }) => {
  const w = useWords(words);
  switch (opened.state) {
    case 'ready':
      return null;
    case 'loading':
      return (
        <div className="gk-desk gk-opening">
          <Progress type="circle" size={72} percent={Math.round(opened.part * 100)} aria-label={w.opening} />
          <p>{made ? w.making : w.opening}</p>
        </div>
      );
    case 'failed':
      return (
        <div className="gk-desk gk-opening" role="alert">
          {opened.error instanceof ProblemError ? <Trouble error={opened.error} /> : <p>{w.failed}</p>}
        </div>
      );
  }
};

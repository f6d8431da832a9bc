import { Alert } from 'antd';
import { isProblem, ProblemError } from '../api/request.ts';
import { useLanguage, useSay } from '../words/language.tsx';

/** What went wrong, in the sentence that the server gave, with the number to quote when asking for help. */
export const Trouble = ({ error, retry }: { error: unknown; retry?: () => void }) => {
  const say = useSay();
  const { language } = useLanguage();
  // The sign-in that lies over the screen says it already.
  if (!error || isProblem(error, 'not-signed-in')) return null;
  const problem = error instanceof ProblemError ? error.problem : undefined;
  const sentence = problem
    ? say(problem)
    : say({ zh: '页面出现意外，请刷新。', en: 'The page met something unexpected. Reload it.' });
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      className="gk-trouble"
      title={sentence}
      description={
        problem?.correlation && (
          <small>
            {language === 'zh' ? '编号' : 'Reference'} {problem.correlation}
          </small>
        )
      }
      action={
        retry && (
          <button type="button" className="gk-link" onClick={retry}>
            {language === 'zh' ? '重试' : 'Retry'}
          </button>
        )
      }
    />
  );
};

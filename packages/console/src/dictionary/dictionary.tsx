import { Tabs, Tag } from 'antd';
import { useSearchParams } from 'react-router';
import { useDictionary } from '../api/dictionary.ts';
import { Page } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { fill, useWords } from '../words/language.tsx';
import { Changes } from './changes.tsx';
import { TrialList } from './trials.tsx';
import { Whitelist } from './whitelist.tsx';
import { WordList } from './word-list.tsx';
import { words } from './words.ts';

/** 词典与白名单: what this office looks for, what it lets pass, and who said so. */
const DictionaryScreen = () => {
  const w = useWords(words);
  const known = useDictionary();
  const [place, setPlace] = useSearchParams();
  const dictionary = known.data;
  const open = (tab: string): void => setPlace({ tab });
  return (
    <Page title={w.title} extra={dictionary && <Tag>{fill(w.version, { n: dictionary.version })}</Tag>}>
      <Trouble error={known.error} retry={() => known.refetch()} />
      {dictionary && (
        <Tabs
          activeKey={place.get('tab') ?? 'words'}
          onChange={open}
          destroyOnHidden
          items={[
            {
              key: 'words',
              label: w.words,
              children: <WordList dictionary={dictionary} onTried={() => open('trials')} />,
            },
            { key: 'whitelist', label: w.whitelist, children: <Whitelist dictionary={dictionary} /> },
            { key: 'trials', label: w.trials, children: <TrialList mayStart={dictionary.may.addWord} /> },
            { key: 'changes', label: w.changes, children: <Changes dictionary={dictionary} /> },
          ]}
        />
      )}
    </Page>
  );
};
export default DictionaryScreen;

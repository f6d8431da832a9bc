import { Button, Flex, Progress } from 'antd';
import { useRefresh } from '../api/publications.ts';
import { Trouble } from '../app/trouble.tsx';
import { fill, useWords } from '../words/language.tsx';
import { sizeText } from './size.ts';
import { cancelUpload, retryUpload, type Upload, useUploads } from './uploads.ts';
import { words } from './words.ts';

const status = (phase: Upload['phase']) =>
  phase === 'failed' || phase === 'cancelled' ? 'exception' : phase === 'done' ? 'success' : 'active';

const Row = ({ one }: { one: Upload }) => {
  const w = useWords(words);
  const refresh = useRefresh();
  const percent = one.file.size === 0 ? 0 : Math.floor((one.sent / one.file.size) * 100);
  return (
    <li>
      <Flex justify="space-between" gap={12} wrap>
        <span className="gk-file-name">{one.file.name}</span>
        <span>
          {w[one.phase]} · {sizeText(one.sent)} / {sizeText(one.file.size)}
        </span>
      </Flex>
      <Flex gap={8} align="center">
        <Progress
          percent={percent}
          status={status(one.phase)}
          aria-label={fill(w.progress, { name: one.file.name })}
        />
        {(one.phase === 'failed' || one.phase === 'cancelled') && (
          <Button size="small" onClick={() => retryUpload(one.key, () => refresh(one.publication))}>
            {w.retry}
          </Button>
        )}
        {(one.phase === 'sending' || one.phase === 'waiting' || one.phase === 'hashing') && (
          <Button size="small" onClick={() => cancelUpload(one.key)}>
            {w.cancel}
          </Button>
        )}
      </Flex>
      {one.phase === 'failed' && <Trouble error={one.error} />}
    </li>
  );
};

/** What is on its way to a publication. Nothing when nothing is. */
export const UploadProgress = ({ publication }: { publication: string }) => {
  const uploads = useUploads(publication).filter(({ phase }) => phase !== 'done');
  if (uploads.length === 0) return null;
  return (
    <ul className="gk-uploads">
      {uploads.map((one) => (
        <Row key={one.key} one={one} />
      ))}
    </ul>
  );
};

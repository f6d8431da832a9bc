import { Alert, Button, Card, Flex, Radio } from 'antd';
import { useRef, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useCreate, usePublication, useRefresh } from '../api/publications.ts';
import { useOffice } from '../api/session.ts';
import { Page } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { StationLine } from '../stations/line.tsx';
import { fill, useWords } from '../words/language.tsx';
import { Chosen, useFault } from './chosen.tsx';
import { Drop } from './drop.tsx';
import { UploadProgress } from './progress.tsx';
import { startUploads, useUploads } from './uploads.ts';
import { words } from './words.ts';

/** One of several publications begun together: how far it is, and the way to its form. */
const Begun = ({ id }: { id: string }) => {
  const w = useWords(words);
  const view = usePublication(id);
  const [first] = useUploads(id);
  const title = view.data?.item.metadata.title || first?.file.name || id;
  return (
    <Card
      size="small"
      className="gk-part"
      title={<Link to={`/publications/${id}`}>{title}</Link>}
      extra={<Link to={`/publications/${id}`}>{w.open}</Link>}
    >
      <UploadProgress publication={id} />
      <Trouble error={view.error} />
      {view.data && <StationLine item={view.data.item} />}
    </Card>
  );
};

/** 上传: one publication of many files, or many publications. `?replaces=` begins the successor of a published one. */
const UploadScreen = () => {
  const w = useWords(words);
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const replaces = query.get('replaces');
  const office = useOffice();
  const fault = useFault(office.data?.limits.uploadBytes);
  const create = useCreate();
  const refresh = useRefresh();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [together, setTogether] = useState(true);
  const running = [...new Set(useUploads().map(({ publication }) => publication))];

  const begin = async (these: readonly File[]): Promise<string> => {
    const { id } = await create.mutateAsync(replaces ? { replaces } : {});
    startUploads(id, these, () => refresh(id));
    return id;
  };
  // A second click comes before React has drawn the first one's button.
  const starting = useRef(false);
  const once = async () => {
    if (starting.current) return;
    starting.current = true;
    await start().finally(() => {
      starting.current = false;
    });
  };
  const start = async () => {
    if (together || files.length === 1) {
      const id = await begin(files);
      navigate(`/publications/${id}`);
      return;
    }
    // Each leaves the list as it begins, so that a refusal half-way never begins the first ones twice.
    for (const file of files) {
      await begin([file]);
      setFiles((left) => left.filter((one) => one !== file));
    }
  };

  return (
    <Page title={w.title}>
      <Alert type="info" showIcon title={w.noSecrets} className="gk-trouble" />
      <Trouble error={create.error} />
      <Drop onFiles={(more) => setFiles([...files, ...more])} />
      {files.length > 0 && (
        <Card className="gk-part" title={<h2>{fill(w.chosen, { n: files.length })}</h2>}>
          {files.length > 1 && (
            <Radio.Group
              value={together}
              onChange={({ target }) => setTogether(target.value === true)}
              options={[
                { value: true, label: w.together },
                ...(replaces ? [] : [{ value: false, label: w.apart }]),
              ]}
            />
          )}
          <Chosen files={files} together={together} fault={fault} onChange={setFiles} />
          <Flex justify="end">
            <Button
              type="primary"
              size="large"
              loading={create.isPending}
              disabled={files.some((file) => fault(file) !== undefined)}
              onClick={() => void once().catch(() => {})}
            >
              {w.start}
            </Button>
          </Flex>
        </Card>
      )}
      {running.length > 0 && <h2>{w.begun}</h2>}
      {running.map((id) => (
        <Begun key={id} id={id} />
      ))}
    </Page>
  );
};
export default UploadScreen;

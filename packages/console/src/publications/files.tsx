import { DeleteOutlined, FormOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Popconfirm, Tag } from 'antd';
import { useRef } from 'react';
import { Link } from 'react-router';
import { fileUrl, useDropFile, useRefresh, type View } from '../api/publications.ts';
import { Trouble } from '../app/trouble.tsx';
import { UploadProgress } from '../upload/progress.tsx';
import { sizeText } from '../upload/size.ts';
import { startUploads } from '../upload/uploads.ts';
import { fill, useSay, useWords } from '../words/language.tsx';
import { itemWords } from './words.ts';

/** Public no longer: its release can be had with a mark that says so. */
const over: ReadonlySet<View['item']['state']> = new Set(['expired', 'withdrawn', 'replaced'] as const);

const AddFiles = ({ view }: { view: View }) => {
  const w = useWords(itemWords);
  const refresh = useRefresh();
  const input = useRef<HTMLInputElement>(null);
  const { id } = view.item;
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          startUploads(id, [...(target.files ?? [])], () => refresh(id));
          target.value = '';
        }}
      />
      <Button icon={<PlusOutlined />} onClick={() => input.current?.click()}>
        {w.add}
      </Button>
    </>
  );
};

/** The files of a publication: what became of each, and each in its forms. */
export const Files = ({ view }: { view: View }) => {
  const w = useWords(itemWords);
  const say = useSay();
  const drop = useDropFile(view);
  const editable = view.may.includes('edit');
  const { item } = view;
  return (
    <>
      <Trouble error={drop.error} />
      <ul className="gk-file-list">
        {item.files.map((file, n) => {
          const sentence = file.refusal && (view.refusals[file.id] ?? view.refusals[file.refusal.code]);
          return (
            <li key={file.id}>
              <Tag color={n === 0 ? 'blue' : 'default'}>{n === 0 ? w.main : w.attachment}</Tag>
              <span className="gk-file-name">{file.name}</span>
              <span className="gk-quiet">
                {sizeText(file.size)}
                {file.pages !== undefined && ` · ${fill(w.pageCount, { n: file.pages })}`}
              </span>
              {item.state !== 'stopped' && (
                <a href={fileUrl(item.id, n, 'original')} download>
                  {w.original}
                </a>
              )}
              {file.pdf && (
                <a href={fileUrl(item.id, n, 'pdf')} target="_blank" rel="noreferrer">
                  {w.pdf}
                </a>
              )}
              {item.release?.files[n] && (
                <a href={fileUrl(item.id, n, 'release')} target="_blank" rel="noreferrer">
                  {w.release}
                </a>
              )}
              {item.release?.files[n]?.ofd && (
                <a href={fileUrl(item.id, n, 'release-ofd')} download>
                  {w.releaseOfd}
                </a>
              )}
              {item.release?.files[n] && over.has(item.state) && (
                <a href={fileUrl(item.id, n, 'marked')} target="_blank" rel="noreferrer">
                  {w.marked}
                </a>
              )}
              {editable && (
                <Popconfirm
                  title={w.dropSure}
                  okText={w.yes}
                  cancelText={w.no}
                  onConfirm={() => drop.mutate(file.id)}
                >
                  <Button
                    type="text"
                    aria-label={`${w.drop} ${file.name}`}
                    icon={<DeleteOutlined />}
                    loading={drop.isPending && drop.variables === file.id}
                  />
                </Popconfirm>
              )}
              {file.refusal && (
                <Alert
                  type="error"
                  showIcon
                  title={sentence ? say(sentence) : `${w.refused}：${file.refusal.code}`}
                />
              )}
            </li>
          );
        })}
      </ul>
      <UploadProgress publication={item.id} />
      {editable && (
        <Flex gap={8} wrap>
          <AddFiles view={view} />
          <Link to={`/compose?into=${item.id}`}>
            <Button icon={<FormOutlined />}>{w.compose}</Button>
          </Link>
        </Flex>
      )}
    </>
  );
};

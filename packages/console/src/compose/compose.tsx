import { EyeOutlined, FileAddOutlined } from '@ant-design/icons';
import { type ComposableForm, composable, composableForms } from '@gongkai/core';
import { Alert, Button, Flex, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useCompose } from '../api/compose.ts';
import { useCreate, useRefresh } from '../api/publications.ts';
import { Nothing, Page } from '../app/page.tsx';
import { Trouble } from '../app/trouble.tsx';
import { PdfViewer } from '../pdf/viewer.tsx';
import { startUploads } from '../upload/uploads.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { editorId, FormEditor, MarkdownEditor } from './editor.tsx';
import { words } from './words.ts';

/** Only these have a body that Markdown could be. */
const withBody: ReadonlySet<ComposableForm> = new Set(['official-letter']);

type Shown = { readonly file: File; readonly count: number; readonly stale: boolean };

/**
 * 撰写: a form is filled or Markdown written, looked at, and taken into a draft. `?into=` names the draft; else one is begun.
 * What is taken is the very file that was looked at, by the way of every upload.
 */
const ComposeScreen = () => {
  const w = useWords(words);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const into = query.get('into');
  const refresh = useRefresh();
  const compose = useCompose();
  const create = useCreate();
  const [form, setForm] = useState<ComposableForm>('official-letter');
  const [way, setWay] = useState<'fill' | 'markdown'>('fill');
  const [shown, setShown] = useState<Shown>();

  const Editor = way === 'markdown' && withBody.has(form) ? MarkdownEditor : FormEditor;
  const take = async (file: File) => {
    const id = into ?? (await create.mutateAsync({})).id;
    startUploads(id, [file], () => refresh(id));
    navigate(`/publications/${id}`);
  };
  return (
    <Page
      title={w.title}
      extra={
        <>
          <Button
            type={shown && !shown.stale ? 'default' : 'primary'}
            htmlType="submit"
            form={editorId}
            icon={<EyeOutlined />}
            loading={compose.isPending}
          >
            {w.preview}
          </Button>
          <Button
            type={shown && !shown.stale ? 'primary' : 'default'}
            icon={<FileAddOutlined />}
            disabled={!shown || shown.stale}
            loading={create.isPending}
            onClick={() => shown && void take(shown.file).catch(() => {})}
          >
            {into ? w.takeInto : w.take}
          </Button>
        </>
      }
    >
      <Alert type="info" showIcon title={w.noSecrets} className="gk-trouble" />
      <Flex gap={12} wrap className="gk-part">
        <Select
          aria-label={w.form}
          value={form}
          onChange={(chosen) => {
            setForm(chosen);
            setShown(undefined);
            compose.reset();
          }}
          options={composableForms.map((one) => ({ value: one, label: composable[one][language] }))}
          className="gk-form-choice"
        />
        {withBody.has(form) && (
          <Segmented<'fill' | 'markdown'>
            value={way}
            onChange={(chosen) => {
              setWay(chosen);
              compose.reset();
            }}
            options={[
              { value: 'fill', label: w.fill },
              { value: 'markdown', label: w.markdown },
            ]}
          />
        )}
      </Flex>
      <Trouble error={compose.error ?? create.error} />
      <div className="gk-compose">
        <Editor
          key={`${form} ${way}`}
          form={form}
          error={compose.error}
          onChange={() => setShown((now) => now && { ...now, stale: true })}
          onPreview={(asked) =>
            compose.mutate(asked, {
              onSuccess: (file) => setShown((now) => ({ file, count: (now?.count ?? 0) + 1, stale: false })),
            })
          }
        />
        <section className="gk-compose-paper" aria-label={w.preview}>
          {shown?.stale && <Alert type="warning" showIcon title={w.stale} />}
          {shown ? (
            <PdfViewer
              url={`composed-${shown.count}`}
              made={shown.file}
              marks={[]}
              target={undefined}
              onDraw={() => {}}
              onPage={() => {}}
            />
          ) : (
            <Nothing>{w.nothing}</Nothing>
          )}
        </section>
      </div>
    </Page>
  );
};
export default ComposeScreen;

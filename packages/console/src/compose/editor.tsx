import { type ComposableForm, composable, fieldsOf } from '@gongkai/core';
import { Form, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { ComposeAsked } from '../api/compose.ts';
import { ProblemError } from '../api/request.ts';
import { useOffice } from '../api/session.ts';
import { day } from '../time/when.ts';
import { fill, useSay, useWords } from '../words/language.tsx';
import { Fields } from './fields.tsx';
import { begun, filled, pathOf } from './values.ts';
import { words } from './words.ts';

type Values = Record<string, unknown>;
type Props = {
  readonly form: ComposableForm;
  readonly error: unknown;
  readonly onChange: () => void;
  readonly onPreview: (asked: ComposeAsked) => void;
};

/** What was begun outlives the screen, not the page: a browser keeps no content of ours (app/kept.ts). */
const begunForms = new Map<ComposableForm, Values>();
let begunText: string | undefined;

const today = (): string => day(new Date().toISOString());

/** The id by which the screen's own button submits whichever editor is there. */
export const editorId = 'compose';

/** 填表: the boxes of a form. A refusal that names a field stands at that field. */
export const FormEditor = ({ form, error, onChange, onPreview }: Props) => {
  const say = useSay();
  const office = useOffice().data?.name;
  const fields = fieldsOf(composable[form].schema);
  const [boxes] = Form.useForm<Values>();
  const wrong = useRef<(string | number)[]>(undefined);
  const clear = () => {
    if (wrong.current) boxes.setFields([{ name: wrong.current, errors: [] }]);
    wrong.current = undefined;
  };
  useEffect(() => {
    const problem = error instanceof ProblemError ? error.problem : undefined;
    const key = problem?.code === 'form-field' && problem.details?.key;
    if (!problem || !key) return;
    const name = pathOf(String(key));
    wrong.current = name;
    boxes.setFields([{ name, errors: [say(problem)] }]);
    boxes.scrollToField(name, { block: 'center' });
  }, [error, boxes, say]);
  // A form takes what it begins with once: on a reload the office's name comes a moment after the screen.
  if (office === undefined) return null;
  return (
    <Form
      id={editorId}
      form={boxes}
      layout="vertical"
      scrollToFirstError
      initialValues={begunForms.get(form) ?? begun(fields, office, today())}
      onFinish={() => onPreview({ form, data: filled(boxes.getFieldsValue(true) as Values) })}
      onValuesChange={() => {
        clear();
        begunForms.set(form, boxes.getFieldsValue(true) as Values);
        onChange();
      }}
    >
      <Fields fields={fields} />
    </Form>
  );
};

/** Markdown with its fields at the head. */
export const MarkdownEditor = ({ form, onChange, onPreview }: Props) => {
  const w = useWords(words);
  const office = useOffice().data?.name ?? '';
  const sample = fill(w.sample, { office, day: today(), year: today().slice(0, 4) });
  const [text, setText] = useState(begunText ?? sample);
  return (
    <Form id={editorId} layout="vertical" onFinish={() => onPreview({ form, markdown: text })}>
      <Form.Item label={w.markdown} extra={w.help} htmlFor="compose-markdown">
        <Input.TextArea
          id="compose-markdown"
          className="gk-markdown"
          autoSize={{ minRows: 20, maxRows: 40 }}
          value={text}
          onChange={({ target }) => {
            begunText = target.value;
            setText(target.value);
            onChange();
          }}
        />
      </Form.Item>
    </Form>
  );
};

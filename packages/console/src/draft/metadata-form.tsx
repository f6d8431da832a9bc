import { Button, Cascader, Col, Flex, Form, type FormInstance, Input, Row, Select, Switch } from 'antd';
import { useEffect, useState } from 'react';
import type { View } from '../api/publications.ts';
import { useOffice } from '../api/session.ts';
import { fromField } from '../time/when.ts';
import { useLanguage, useWords } from '../words/language.tsx';
import { DisplayField } from './display-field.tsx';
import type { Edits } from './edits.ts';
import { changeOf, type Field, type Values, valuesOf } from './form-values.ts';
import { StandingOf } from './standing.tsx';
import { words } from './words.ts';

/** What the office lets one choose: columns, genres, themes. */
const useChoices = () => {
  const { data } = useOffice();
  const { language } = useLanguage();
  return {
    columns: (data?.sections ?? []).map((section) => ({
      label: section[language],
      options: (data?.columns ?? [])
        .filter((column) => column.section === section.key)
        .map((column) => ({ value: column.key, label: column[language] })),
    })),
    genres: (data?.genres ?? []).map((genre) => ({ value: genre, label: genre })),
    themes: (data?.themes ?? []).map(({ name, children }) => ({
      value: name,
      label: name,
      children: children.map((child) => ({ value: child, label: child })),
    })),
    required: new Set(data?.requiredMetadata ?? []),
    proposed: new Map((data?.columns ?? []).map(({ key, proposed }) => [key, proposed])),
  };
};

/** 为什么是这一天, for what stands in the form at this moment. */
const Chosen = ({ form }: { form: FormInstance<Values> }) => {
  const column = Form.useWatch('column', form) ?? '';
  const display = Form.useWatch('display', form);
  const publishAt = Form.useWatch('publishAt', form) ?? '';
  return display ? <StandingOf column={column} display={display} publishAt={fromField(publishAt)} /> : null;
};

/** 目录著录: the fields of the catalogue entry. Fields that the person has not touched follow what the machines read. */
export const MetadataForm = ({ view, edits }: { view: View; edits: Edits }) => {
  const w = useWords(words);
  const choices = useChoices();
  const [form] = Form.useForm<Values>();
  const [touched, setTouched] = useState<ReadonlySet<Field>>(new Set());

  useEffect(() => {
    const fresh = Object.entries(valuesOf(view.item)).filter(([key]) => !touched.has(key as Field));
    form.setFieldsValue(Object.fromEntries(fresh));
  }, [view.item, form, touched]);

  const save = async () => {
    const sent = touched;
    const saved = await edits.apply(changeOf(form.getFieldsValue(true) as Values, sent));
    if (saved) setTouched((now) => new Set([...now].filter((field) => !sent.has(field))));
  };
  const change = (changed: Partial<Values>) => {
    const fields = Object.keys(changed) as Field[];
    // A column brings its own display period with it, unless the person has already chosen one.
    const proposed = choices.proposed.get(changed.column ?? '');
    if (proposed && !touched.has('display')) {
      form.setFieldsValue({ display: proposed });
      fields.push('display');
    }
    setTouched((now) => new Set([...now, ...fields]));
  };
  const item = (field: Field) => ({ name: field, label: w[field], required: choices.required.has(field) });

  return (
    <Form
      form={form}
      layout="vertical"
      onFinish={() => void save()}
      onValuesChange={change}
      className="gk-metadata"
    >
      <p className="gk-quiet">{w.fromText}</p>
      <Form.Item {...item('title')}>
        <Input.TextArea autoSize maxLength={300} />
      </Form.Item>
      <Row gutter={16}>
        <Col xs={24} md={12}>
          <Form.Item {...item('column')}>
            <Select options={choices.columns} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
          <Form.Item {...item('documentNumber')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item {...item('office')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item {...item('generatedOn')}>
            <Input type="date" />
          </Form.Item>
        </Col>
        <Col xs={24} md={12}>
          <Form.Item {...item('theme')}>
            <Cascader options={choices.themes} showSearch changeOnSelect />
          </Form.Item>
          <Form.Item {...item('genre')}>
            <Select options={choices.genres} showSearch allowClear />
          </Form.Item>
          <Form.Item {...item('keywords')} tooltip={w.keywordsHint}>
            <Select
              mode="tags"
              tokenSeparators={['，', ',', '、', ';', '；']}
              maxCount={20}
              open={false}
              suffix={null}
            />
          </Form.Item>
          <Form.Item {...item('validity')}>
            <Select
              options={(['effective', 'repealed', 'expired'] as const).map((value) => ({
                value,
                label: w[value],
              }))}
            />
          </Form.Item>
        </Col>
      </Row>
      <Form.Item {...item('summary')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} showCount />
      </Form.Item>
      <Row gutter={16}>
        <Col xs={24} md={12}>
          <Form.Item {...item('disclosure')}>
            <Select
              options={(['proactive', 'on-request'] as const).map((value) => ({ value, label: w[value] }))}
            />
          </Form.Item>
          <Form.Item {...item('display')} extra={<Chosen form={form} />}>
            <DisplayField />
          </Form.Item>
        </Col>
        <Col xs={24} md={12}>
          <Form.Item {...item('audience')}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item {...item('publishAt')} extra={w.publishAtHint}>
            <Input type="datetime-local" />
          </Form.Item>
        </Col>
      </Row>
      <Form.Item {...item('major')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Flex gap={12} align="center" className="gk-save">
        <Button type="primary" htmlType="submit" loading={edits.busy} disabled={touched.size === 0}>
          {w.save}
        </Button>
        <span className="gk-quiet" role="status">
          {touched.size > 0 ? w.unsaved : ''}
        </span>
      </Flex>
    </Form>
  );
};

import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { FieldView } from '@gongkai/core';
import { Button, Card, Form, Input, Select, Switch } from 'antd';
import { useLanguage, useWords } from '../words/language.tsx';
import { words } from './words.ts';

type Path = readonly (string | number)[];

/** `rest`: what Form.Item hands to the box in it (id, value, onChange). */
const Plain = ({ field, ...rest }: { field: FieldView } & object) => {
  const { language } = useLanguage();
  switch (field.kind) {
    case 'text':
      return <Input.TextArea autoSize={{ minRows: field.lines ?? 3, maxRows: 30 }} {...rest} />;
    case 'day':
      return <Input type="date" {...rest} />;
    case 'choice':
      return (
        <Select
          allowClear={!field.needed}
          options={(field.choices ?? []).map(([value, zh, en]) => ({
            value,
            label: language === 'zh' ? zh : en,
          }))}
          {...rest}
        />
      );
    case 'yes-no':
      return <Switch {...rest} />;
    default:
      return <Input {...rest} />;
  }
};

const TakeOut = ({ what, onClick }: { what: string; onClick: () => void }) => {
  const w = useWords(words);
  return (
    <Button type="text" aria-label={`${w.remove} ${what}`} icon={<DeleteOutlined />} onClick={onClick} />
  );
};

/** Lines or rows of which there may be any number. */
const Several = ({ field, path }: { field: FieldView; path: Path }) => {
  const w = useWords(words);
  const { language } = useLanguage();
  const label = field[language];
  return (
    <Form.Item label={label} required={field.needed}>
      <Form.List name={[...path]}>
        {(entries, { add, remove }, { errors }) => (
          <>
            {entries.map(({ key, name }) => {
              const named = `${label} ${name + 1}`;
              const takeOut = () => remove(name);
              return field.rows ? (
                <Card
                  key={key}
                  size="small"
                  className="gk-part"
                  title={named}
                  extra={<TakeOut what={named} onClick={takeOut} />}
                >
                  <Fields fields={field.rows} path={[name]} />
                </Card>
              ) : (
                <div key={key} className="gk-line-of-list">
                  <Form.Item name={name}>
                    <Input aria-label={named} />
                  </Form.Item>
                  <TakeOut what={named} onClick={takeOut} />
                </div>
              );
            })}
            <Button icon={<PlusOutlined />} onClick={() => add(field.rows ? {} : '')}>
              {w.add} {label}
            </Button>
            <Form.ErrorList errors={errors} />
          </>
        )}
      </Form.List>
    </Form.Item>
  );
};

/** The boxes for a form's fields, whatever form it is. The server checks them; here only what is needed is marked. */
export const Fields = ({ fields, path = [] }: { fields: readonly FieldView[]; path?: Path }) => {
  const { language } = useLanguage();
  return fields.map((field) => {
    const name = [...path, field.key];
    if (field.kind === 'list' || field.kind === 'rows')
      return <Several key={field.key} field={field} path={name} />;
    return (
      <Form.Item
        key={field.key}
        name={name}
        label={field[language]}
        required={field.needed}
        valuePropName={field.kind === 'yes-no' ? 'checked' : 'value'}
      >
        <Plain field={field} />
      </Form.Item>
    );
  });
};

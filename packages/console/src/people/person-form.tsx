import { App, Form, Input, Modal, Select, Switch } from 'antd';
import { type AddPerson, type People, useAddPerson, useChangePerson } from '../api/administration.ts';
import { useOffice } from '../api/session.ts';
import { Trouble } from '../app/trouble.tsx';
import { useWords } from '../words/language.tsx';
import { roles as roleWords } from '../words/names.ts';
import { IdentityOf } from './identity.tsx';
import { words } from './words.ts';

export type Entry = People['people'][number];
type Values = AddPerson & { disabled?: boolean };

/** 添加或修改一个人. `person` absent: a new one. */
export const PersonForm = ({ person, onClose }: { person?: Entry; onClose: () => void }) => {
  const w = useWords(words);
  const names = useWords(roleWords);
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const byProvider = useOffice().data?.signIn.oidc !== undefined;
  const add = useAddPerson();
  const change = useChangePerson();
  const done = {
    onSuccess: () => {
      void message.success(w.saved);
      onClose();
    },
  };
  const submit = ({ name, department, email, account, password, roles, disabled }: Values) => {
    const plain = { name, department: department ?? '', email: email ?? '', roles };
    if (!person) return add.mutate({ ...plain, account, ...(password ? { password } : {}) }, done);
    return change.mutate(
      { id: person.id, change: { ...plain, disabled: disabled ?? false, ...(password ? { password } : {}) } },
      done,
    );
  };
  const needed = { required: true, message: w.needed };
  return (
    <Modal
      open
      title={person ? person.name : w.add}
      okText={w.save}
      cancelText={w.cancel}
      confirmLoading={add.isPending || change.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Trouble error={add.error ?? change.error} />
      <Form form={form} layout="vertical" onFinish={submit} {...(person ? { initialValues: person } : {})}>
        <Form.Item name="name" label={w.name} rules={[needed]}>
          <Input autoFocus />
        </Form.Item>
        <Form.Item name="department" label={w.department}>
          <Input />
        </Form.Item>
        <Form.Item name="email" label={w.email}>
          <Input type="email" />
        </Form.Item>
        {!person && (
          <Form.Item
            name="account"
            label={w.account}
            extra={w.accountHint}
            rules={[needed, { pattern: /^[a-z0-9._-]{2,40}$/, message: w.accountHint }]}
          >
            <Input autoComplete="off" autoCapitalize="none" />
          </Form.Item>
        )}
        <Form.Item
          name="password"
          label={person ? w.newPassword : w.password}
          rules={person || byProvider ? [] : [needed]}
          extra={!person && byProvider ? w.passwordHint : undefined}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="roles" label={w.roles} extra={w.rolesHint} rules={[needed]}>
          <Select
            mode="multiple"
            options={Object.entries(names).map(([value, label]) => ({ value, label }))}
          />
        </Form.Item>
        {person && (
          <Form.Item name="disabled" label={w.disable} valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
      </Form>
      {person && <IdentityOf person={person} onChanged={onClose} />}
    </Modal>
  );
};
